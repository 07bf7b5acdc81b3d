import { html } from 'hono/html'
import type { Enclosure } from '../../model/article.ts'
import type { Html } from './html.ts'
import type { PageLanguage } from './page-frame.ts'

/** The files that go with an article, with a player where a browser has one. Nothing loads before it is asked for. */
export function attachments(
  enclosures: Enclosure[],
  spoken: PageLanguage,
  ours: Html | string,
): Html | string {
  if (enclosures.length === 0) return ''
  return html`<section class="attachments" aria-label="${spoken.words.attachments}"${ours}>
${enclosures.map(enclosure => attachment(enclosure, spoken))}</section>
`
}

function attachment(enclosure: Enclosure, spoken: PageLanguage): Html {
  const { url, type, length, duration } = enclosure
  const title = enclosure.title ?? fileName(url)
  const facts = [
    duration === null ? null : spoken.duration(duration),
    length === null ? null : spoken.bytes(length),
  ].filter(fact => fact !== null)
  return html`<figure>
<figcaption><bdi>${title}</bdi>${facts.map(fact => html` <span class="meta">${fact}</span>`)} <a href="${url}" type="${type}" download aria-label="${`${spoken.words.download}: ${title}`}">${spoken.words.download}</a></figcaption>
${player(url, type, title)}</figure>
`
}

function player(url: string, type: string, title: string): Html | string {
  if (type.startsWith('audio/'))
    return html`<audio controls preload="none" src="${url}" aria-label="${title}"></audio>\n`
  if (type.startsWith('video/'))
    return html`<video controls preload="none" src="${url}" aria-label="${title}"></video>\n`
  return ''
}

function fileName(url: string): string {
  const last =
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) || url
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
