import type { LeadImage } from '../../model/article.ts'
import { escapeXml } from '../../text/escape.ts'
import type { PageWords } from './page-words.ts'

/**
 * One tag of sanitised HTML. Text holds no bare `<`, and what stands in an attribute is passed over together with its
 * tag, so that a match is always a tag.
 */
const tag = /<(\/?)([a-z][a-z\d]*)((?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)*)\s*\/?>/gi

/**
 * A sanitised body, made ready for a page: what is wider than the column scrolls by itself and can be reached by
 * keyboard (WCAG 2.2 §2.1.1), the boxes of tasks say what they are, pictures further down load when they are near, and
 * the one whose size we know keeps its place from the start. Nothing else changes.
 */
export function pageBody(html: string, image: LeadImage | null, { task }: Pick<PageWords, 'task'>): string {
  if (!/<(?:pre|table|img|input)\b/.test(html)) return html
  let tables = 0
  let images = 0
  return html.replace(tag, (whole, slash: string, name: string, attributes: string) => {
    if (name === 'pre') return slash ? whole : `<pre tabindex="0"${attributes}>`
    if (name === 'table') {
      if (slash) return --tables === 0 ? `${whole}</div>` : whole
      return tables++ === 0 ? `<div class="wide" tabindex="0">${whole}` : whole
    }
    if (name === 'img') return `<img${attributes}${imageAttributes(attributes, images++, image)}>`
    // The one input that the sanitiser leaves.
    if (name === 'input')
      return `<input${attributes} aria-label="${escapeXml(/\schecked\b/.test(attributes) ? task.done : task.open)}">`
    return whole
  })
}

function imageAttributes(attributes: string, position: number, image: LeadImage | null): string {
  const more: string[] = []
  if (position > 0 && !/\sloading=/.test(attributes)) more.push(' loading="lazy"')
  if (!/\sdecoding=/.test(attributes)) more.push(' decoding="async"')
  const sized = /\s(?:width|height)=/.test(attributes)
  if (!sized && image?.width && image.height && sourceOf(attributes) === image.url)
    more.push(` width="${image.width}" height="${image.height}"`)
  return more.join('')
}

function sourceOf(attributes: string): string | null {
  const source = /\ssrc="([^"]*)"/.exec(attributes)?.[1]
  return source?.replaceAll('&amp;', '&') ?? null
}

/** Whether a body shows a picture already. */
export function showsImage(html: string, url: string): boolean {
  return html.includes(`"${url}"`) || html.includes(`"${url.replaceAll('&', '&amp;')}"`)
}
