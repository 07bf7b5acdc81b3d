import type { MarkdownIt } from 'markdown-it'

/** Python-Markdown's way of naming the language of an indented block, in a first line that is not shown: `:::php`, `#!python`. */
const namedLanguage = /^[ \t]*(?::::[ \t]*|#![ \t]*)([A-Za-z][\w+#.-]*)(?:[ \t]+hl_lines=\S+.*)?[ \t]*\n/

/** https://python-markdown.github.io/extensions/code_hilite/, which Pelican has for every site. */
export function codeLanguages(markdown: MarkdownIt): void {
  markdown.core.ruler.push('code_languages', state => {
    for (const token of state.tokens) {
      if (token.type !== 'code_block') continue
      const [line = '', language] = namedLanguage.exec(token.content) ?? []
      const code = token.content.slice(line.length)
      // What closes with the same mark is a box that is shown as it is written.
      if (language === undefined || /^[ \t]*:::/m.test(code)) continue
      token.type = 'fence'
      token.info = language
      token.tag = 'code'
      token.content = code
    }
  })
}
