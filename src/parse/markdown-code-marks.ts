import type { MarkdownIt } from 'markdown-it'

/** `js{1,3}:line-numbers`, `js [main.js]`: the language, then what says how its lines are shown. */
const language = /^([\w+#.-]+)(?=[{:[])/

/** A line of Docusaurus' that says of others that they are lit up. https://docusaurus.io/docs/markdown-features/code-blocks#highlighting-with-comments */
const lineMark =
  /^(?:\/\/|#|--|%|;|<!--|\/\*|\{\/\*)?[ \t]*highlight-(?:next-line|start|end)[ \t]*(?:-->|\*\/\}?)?$/

/** What VitePress takes from the end of a line: `// [!code focus]`. https://vitepress.dev/guide/markdown#focus-in-code-blocks */
const endMark = /^\[!code [^\]]+\]\s*(?:-->|\*\/)?\s*$/
const remark = /(?:\/\/|#|--|%|;|<!--|\/\*)$/

/** In code of VitePress and Docusaurus: what says how it is shown, and is not shown itself. */
export function codeMarks(markdown: MarkdownIt): void {
  markdown.core.ruler.push('code_marks', state => {
    for (const token of state.tokens) {
      if (token.type !== 'fence') continue
      token.info = language.exec(token.info)?.[1] ?? token.info
      if (/highlight-|\[!code /.test(token.content))
        token.content = token.content.split('\n').flatMap(withoutMark).join('\n')
    }
  })
}

/** The line; none where it was a mark alone. */
function withoutMark(line: string): string[] {
  if (lineMark.test(line.trim())) return []
  const at = line.lastIndexOf('[!code ')
  if (at === -1 || !endMark.test(line.slice(at))) return [line]
  const before = line.slice(0, at).trimEnd()
  const [sign] = remark.exec(before) ?? []
  if (sign === undefined) return [line]
  const code = before.slice(0, -sign.length).trimEnd()
  return code === '' ? [] : [code]
}
