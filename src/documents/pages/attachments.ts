import { html } from 'hono/html'
import type { Article, Enclosure } from '../../model/article.ts'
import { isPlayable } from '../../model/formats.ts'
import { playableFirst } from '../feed-item.ts'
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
${enclosures.map(enclosure => attachment(enclosure, spoken, ''))}</section>
`
}

/** What is to be heard or seen stands above the text. A sound that the text plays itself gets no second player. */
export function players(article: Article, spoken: PageLanguage, ours: Html | string): Html | string {
  const enclosures = playableFirst(article.enclosures.filter(isPlayable))
  if (enclosures.length === 0) return ''
  const captions =
    article.episode?.transcripts.filter(({ url, type }) => type === 'text/vtt' && url !== '') ?? []
  const tracks = captions.map(
    ({ url, language }) =>
      html`<track kind="captions" src="${url}" srclang="${language ?? article.language ?? 'und'}" label="${language ?? spoken.words.transcript}">`,
  )
  // The same sound in another format is to be had, and needs no player of its own.
  const formOf = ({ url, type }: Enclosure) => `${type.split('/')[0]} ${url.replace(/\.[^./]*$/, '')}`
  const hasPlayer = (enclosure: Enclosure, index: number) =>
    enclosures.slice(0, index).some(other => formOf(other) === formOf(enclosure)) ||
    playsItself(article.html, enclosure.url)
  return html`<section class="attachments players" aria-label="${spoken.words.attachments}"${ours}>
${enclosures.map((enclosure, index) => attachment(enclosure, spoken, tracks, hasPlayer(enclosure, index)))}</section>
`
}

function playsItself(body: string, url: string): boolean {
  return body.includes(`src="${url}"`) || body.includes(`src="${url.replaceAll('&', '&amp;')}"`)
}

function attachment(
  enclosure: Enclosure,
  spoken: PageLanguage,
  tracks: Html[] | string,
  played = false,
): Html {
  const { url, type, length, duration } = enclosure
  const title = enclosure.title ?? fileName(url)
  const facts = [
    duration === null ? null : spoken.duration(duration),
    length === null ? null : spoken.bytes(length),
  ].filter(fact => fact !== null)
  return html`<figure>
<figcaption><bdi>${title}</bdi>${facts.map(fact => html` <span class="meta">${fact}</span>`)} <a href="${url}" type="${type}" download aria-label="${`${spoken.words.download}: ${title}`}">${spoken.words.download}</a></figcaption>
${played ? '' : player(url, type, title, tracks)}</figure>
`
}

function player(url: string, type: string, title: string, tracks: Html[] | string): Html | string {
  if (type.startsWith('audio/'))
    return html`<audio controls preload="none" src="${url}" aria-label="${title}">${tracks}</audio>\n`
  if (type.startsWith('video/'))
    return html`<video controls preload="none" src="${url}" aria-label="${title}">${tracks}</video>\n`
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
