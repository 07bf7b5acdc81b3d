import { shownAs } from '../../model/formats.ts'
import { escapeHtmlAttribute, escapeHtmlText } from '../../text/escape.ts'
import { articleMark, titledMark } from '../preset-links.ts'
import { wordsBehind } from './shown-embeds.ts'
import type { TemplateTag } from './template-tags.ts'

/** Tags of Hexo that lead to files of the folder; what they would show. https://hexo.io/docs/tag-plugins */
export const hexoTags: Record<string, (tag: TemplateTag) => string | null> = {
  // {% asset_img [class names] slug [width] [height] [title text [alt text]] %}
  asset_img: ({ words, inside }) => {
    const file = words.find(word => shownAs(word) === 'image')
    if (file === undefined) return null
    return `<img src="${escapeHtmlAttribute(file)}" alt="${escapeHtmlAttribute(wordsBehind(file, inside))}">`
  },
  // {% link text url [external] [title] %}: with a path alone it is Jekyll's.
  link: ({ inside }) => {
    const [, words, address] = /^link\s+(.*?)\s+(https?:\/\/\S+)/.exec(inside) ?? []
    return words && address ? link(address, words) : null
  },
  iframe: ({ inside }) => {
    const [, address] = /^iframe\s+(https?:\/\/\S+)/.exec(inside) ?? []
    return address ? `<iframe src="${escapeHtmlAttribute(address)}"></iframe>` : null
  },
  asset_link: ({ words: [slug = '', ...title] }) => (slug ? link(slug, title.join(' ') || slug) : null),
  asset_path: ({ words: [slug = ''] }) => slug || null,
  post_link: ({ words: [name = '', ...title] }) =>
    name
      ? link(
          articleMark + (titleOf(title) === '' ? titledMark : '') + encodeURI(name),
          titleOf(title) || name,
        )
      : null,
  post_path: ({ words: [name = ''] }) => (name ? articleMark + encodeURI(name) : null),
}

/** The last word may say whether the title is to be escaped. */
const titleOf = (words: string[]) =>
  (/^(?:true|false)$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words).join(' ')

const link = (href: string, words: string) =>
  `<a href="${escapeHtmlAttribute(href)}">${escapeHtmlText(words)}</a>`

/** `{% blockquote [author[, source]] [link] [title of the link] %}`, each line of it where it was. */
export function quoteOf({ inside }: TemplateTag, text: string): string {
  const [, said = '', address = '', title = ''] =
    /^\w+\s*((?:(?!https?:\/\/)[\s\S])*?)\s*(?:(https?:\/\/\S+)\s*([\s\S]*))?$/.exec(inside) ?? []
  const linked = address ? link(address, title.trim() || address) : ''
  const by = [escapeHtmlText(said.replace(/^["']|["']$/g, '')), linked].filter(Boolean).join(', ')
  const quote = text.split('\n').map(line => `> ${line}`.trimEnd())
  return quote.join('\n') + (by === '' ? '' : ` <br>— ${by}`)
}
