import type { MarkdownIt } from 'markdown-it'
import { textContent } from '../html/html-query.ts'
import { parseHtml } from '../html/html-tree.ts'
import { slugOf } from '../text/slugs.ts'

/** Gives every heading an id: the one written behind it (`## Words {#words}`), else a slug of its text, what HTML hides in it left out, made unique. */
export function headingIds(markdown: MarkdownIt): void {
  markdown.core.ruler.push('heading_ids', state => {
    const counts = new Map<string, number>()
    for (const [index, open] of state.tokens.entries()) {
      if (open.type !== 'heading_open') continue
      const children = state.tokens[index + 1]?.children ?? []
      const last = children.at(-1)
      const given = last?.type === 'text' ? /\s*\{:?\s*#([^\s{}"'<>=]+)\s*\}\s*$/.exec(last.content) : null
      if (last && given) last.content = last.content.slice(0, given.index)
      const text = children.some(({ type }) => type === 'html_inline')
        ? textContent(parseHtml(markdown.renderer.renderInline(children, markdown.options, state.env)).root)
        : children
            .map(child => (child.type === 'text' || child.type === 'code_inline' ? child.content : ''))
            .join('')
      const slug = given?.[1] ?? slugOf(text)
      const count = counts.get(slug) ?? 0
      counts.set(slug, count + 1)
      open.attrSet('id', count === 0 ? slug : `${slug}-${count}`)
    }
  })
}
