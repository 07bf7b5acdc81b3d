import type { MarkdownIt } from 'markdown-it'
import { escapeHtmlText } from '../text/escape.ts'

/**
 * What stands over a block of code on the site: `js title="a.js"` (Docusaurus, Starlight, Material for MkDocs), `js:title=a.js`
 * (Gatsby), `js [a.js]` (VitePress), `js,name=a.js` (Zola).
 */
const forms = [
  /(?:^|[\s{,])title=(?:"([^"]+)"|'([^']+)'|([^\s"'{}]+))/,
  /^[\w+#-]+:title=([^\s:{}]+)/,
  /^[\w+#-]+,(?:\S*,)?name=([^\s,]+)/,
  /^[\w+#-]+(?:[:{]\S*)? (?:.* )?\[([^\]\s]+)\]\s*$/,
]

/** The title of a block of code is read with it. */
export function codeTitles(markdown: MarkdownIt): void {
  const { fence } = markdown.renderer.rules
  markdown.core.ruler.push('code_titles', state => {
    for (const token of state.tokens) {
      if (token.type !== 'fence' || !/[=[,]/.test(token.info)) continue
      const title = forms.reduce<string | undefined>(
        (found, form) => found ?? form.exec(token.info)?.slice(1).find(Boolean),
        undefined,
      )
      // What Zola and rustdoc write behind a comma says how lines are shown.
      token.info = token.info.replace(/^\s*([\w+#-]+),\S*/, '$1')
      if (title === undefined) continue
      token.meta = { title }
      token.info = token.info.replace(/:title=\S+/, '')
    }
  })
  markdown.renderer.rules.fence = (tokens, index, options, env, renderer) => {
    const code = fence?.(tokens, index, options, env, renderer) ?? ''
    const title = (tokens[index]?.meta as { title?: string } | null)?.title
    return title === undefined
      ? code
      : `<figure>\n<figcaption>${escapeHtmlText(title)}</figcaption>\n${code}</figure>\n`
  }
}
