import { html } from 'hono/html'
import type { Article } from '../../model/article.ts'
import { isPlayable } from '../../model/formats.ts'
import { clockOf } from '../../text/clock-of.ts'
import { escaped, type Html } from './html.ts'
import type { PageLanguage } from './page-frame.ts'

/** The chapters of an episode. Each leads into the sound at its second (Media Fragments 1.0 §4.2.1): no script is needed. */
export function chapterList(
  { episode, enclosures }: Article,
  { words }: PageLanguage,
  ours: Html | string,
): Html | string {
  const listed = episode?.chapters?.list.filter(({ listed }) => listed) ?? []
  const sound = enclosures.find(isPlayable)
  if (listed.length === 0 || !sound) return ''
  const at = (start: number) => `${sound.url.replace(/#.*$/, '')}#t=${Math.floor(start)}`
  return html`<section class="chapters" aria-labelledby="chapters"${ours}>
<h2 id="chapters">${words.chapters}</h2>
<ol>
${listed.map(
  ({ start, title, url }) =>
    html`<li><a href="${at(start)}"><time datetime="PT${Math.floor(start)}S">${clockOf(start)}</time> <bdi>${title}</bdi></a>${
      url ? html` <a href="${url}" aria-label="${`${words.link}: ${title}`}">${words.link}</a>` : ''
    }</li>\n`,
)}</ol>
</section>
`
}

/** What is said, to be read and searched; every passage can be linked to by its second. */
export function transcripts(
  { episode, language, direction }: Article,
  { words, languageName }: PageLanguage,
  ours: Html | string,
): Html | string {
  const shown =
    episode?.transcripts.flatMap(({ html, ...of }) => (html === null ? [] : { ...of, html })) ?? []
  if (shown.length === 0) return ''
  // One language is read as it is; of several files in it (captions and text) one is enough.
  const languages = new Map(
    shown.map(transcript => [transcript.language ?? language ?? '', transcript] as const).reverse(),
  )
  return html`${[...languages].reverse().map(([spokenIn, transcript], index) => {
    const id = index === 0 ? 'transcript' : `transcript-${spokenIn.toLowerCase()}`
    // Of the further ones the marks would stand twice.
    const body =
      index === 0
        ? transcript.html
        : transcript.html
            .replaceAll(/ id="t\d+"/g, '')
            .replaceAll(/<a href="#t\d+">([\d:]+)<\/a>/g, '<span class="meta">$1</span>')
    return html`<section class="transcript" aria-labelledby="${id}"${ours}>
<h2 id="${id}">${words.transcript}${index > 0 ? html` <span class="meta" lang="${spokenIn}">${languageName(spokenIn)}</span>` : ''}</h2>
<div${spokenIn ? html` lang="${spokenIn}"` : ''} dir="${transcript.language ? 'auto' : direction}">
${escaped(body)}
</div>
</section>
`
  })}`
}
