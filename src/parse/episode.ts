import type { LinkResolver } from '../html/sanitise.ts'
import { chaptersInNotes } from '../media/chapter-lists.ts'
import type { Enclosure } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { type Episode, type EpisodePicture, plainEpisode, type Transcript } from '../model/episode.ts'
import { isPlayable, mediaTypeOf } from '../model/formats.ts'
import { embeddedCoverPath, mediaAddress } from '../model/media-address.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { EpisodeReading, ParseContext } from '../model/reading.ts'
import { cleanLine } from '../text/hygiene.ts'
import { canonicalLanguage } from '../text/language.ts'
import { documentUrl, encodePath } from '../text/urls.ts'
import { missingMedia } from './missing-media.ts'

/** A sound of the folder that an article has. */
export interface OwnSound {
  path: string
  sound: SoundFile
  enclosure: Enclosure
}

export interface EpisodeSources {
  given: EpisodeReading | undefined
  enclosures: Enclosure[]
  /** Of the enclosures, those whose files lie in the folder. */
  own: OwnSound[]
  /** The article's body, safe to show. */
  html: string
  links: LinkResolver
  /** Files that are served; the episode's are added. */
  media: Set<string>
  /** Where the article stands, and in what. */
  place: { path: string; line: number | null }
  context: ParseContext
  diagnostics: Diagnostic[]
}

/**
 * Puts together what front matter, the files beside the sound, the sound itself and the notes say, in this order. Undefined
 * where the article has neither sound nor film, or nothing is said of it.
 */
export function settleEpisode(sources: EpisodeSources): Episode | undefined {
  const { given, enclosures, own } = sources
  if (!enclosures.some(isPlayable)) return undefined
  const tags = own.find(({ sound }) => 'facts' in sound.reading)?.sound.reading
  const facts = tags && 'facts' in tags ? tags.facts : null
  const {
    duration: _,
    length: __,
    type: ___,
    transcripts: ____,
    chapters: _____,
    image,
    ...said
  } = given ?? {}
  const episode: Episode = {
    ...plainEpisode,
    ...said,
    number: given?.number ?? (facts?.tags.number ? { value: facts.tags.number, display: null } : null),
    season: given?.season ?? (facts?.tags.season ? { number: facts.tags.season, name: null } : null),
    image: imageOf(image ?? null, sources),
    transcripts: transcriptsOf(sources),
    chapters: chaptersOf(sources),
  }
  return JSON.stringify(episode) === JSON.stringify(plainEpisode) ? undefined : cleanEpisode(episode)
}

/** Words pass the gate that all words pass; addresses and HTML have passed theirs. */
function cleanEpisode(episode: Episode): Episode {
  const notWords = new Set(['url', 'html', 'image', 'type', 'geo', 'osm'])
  const clean = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return notWords.has(key) ? value : cleanLine(value).text
    if (Array.isArray(value)) return value.map(inner => clean(inner, key))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner, name)]))
  }
  return clean(episode, '') as Episode
}

function imageOf(
  written: string | null,
  { own, links, media, context, place, diagnostics }: EpisodeSources,
): EpisodePicture | null {
  if (written !== null) {
    const { url: resolved, media: found, problem } = links.resolve(written, 'file')
    const url = resolved && documentUrl(resolved)
    if (url && !problem) {
      if (found === null) return { url, type: null, width: null, height: null }
      media.add(found)
      return { ...pictureIn(found, context), url }
    }
    diagnostics.push(missingMedia(written, problem, place))
  }
  const beside = own.map(({ sound }) => sound.cover).find(cover => cover !== null)
  if (beside) {
    media.add(beside)
    return pictureIn(beside, context)
  }
  for (const { path, sound } of own) {
    const cover = 'facts' in sound.reading ? sound.reading.facts.cover : null
    const name = cover && embeddedCoverPath(path, cover.type)
    if (!cover || !name) continue
    media.add(name)
    const { type, width, height } = cover
    return { url: fileUrl(name, context), type, width, height }
  }
  return null
}

function pictureIn(path: string, context: ParseContext): EpisodePicture {
  const { width = null, height = null } = context.media(path)?.picture ?? {}
  return { url: fileUrl(path, context), type: mediaTypeOf(path), width, height }
}

function transcriptsOf({
  given,
  own,
  links,
  media,
  context,
  place,
  diagnostics,
}: EpisodeSources): Transcript[] {
  const beside = own.flatMap(({ sound }) => sound.transcripts)
  const transcripts: Transcript[] = []
  const add = (transcript: Transcript) => {
    if (!transcripts.some(({ url }) => url === transcript.url)) transcripts.push(transcript)
  }
  for (const { url: written, type, language } of given?.transcripts ?? []) {
    if (isKeptBack(written, own)) continue
    const near = beside.find(({ path }) => path === written || path.endsWith(`/${written}`))
    const {
      url: resolved,
      media: found,
      problem,
    } = near ? served(near.path, context) : links.resolve(written, 'file')
    const url = resolved && documentUrl(resolved)
    if (!url || problem) {
      diagnostics.push(missingMedia(written, problem, place))
      continue
    }
    if (found !== null) media.add(found)
    const known = near ?? (found === null ? undefined : context.media(found)?.captions?.transcript)
    add({
      url,
      type: type ?? known?.type ?? plainType(url),
      language: (language && canonicalLanguage(language)) ?? known?.language ?? null,
      html: known?.html ?? null,
    })
  }
  for (const { path, type, language, html } of beside) {
    // A page among the media would be run by browsers: what it says is on the article's own page.
    if (type !== 'text/html') media.add(path)
    add({ url: type === 'text/html' ? '' : fileUrl(path, context), type, language, html })
  }
  for (const { path, message } of own.flatMap(({ sound }) => sound.problems))
    diagnostics.push(
      diagnose('sound-notes-unreadable', place, `${path} stands beside the sound; ${message}.`),
    )
  return transcripts
}

/** Whether what front matter names stands beside the sound and says that it is not to be read yet. */
const isKeptBack = (written: string, own: EpisodeSources['own']) =>
  own.some(({ sound }) => sound.keptBack.some(path => path === written || path.endsWith(`/${written}`)))

function plainType(url: string): string {
  const path = url.replace(/[?#].*$/, '')
  const extension = /\.(json|html?|txt)$/i.exec(path)?.[1]?.toLowerCase()
  if (extension)
    return extension === 'json' ? 'application/json' : extension === 'txt' ? 'text/plain' : 'text/html'
  return mediaTypeOf(path)?.replace(/;.*$/, '') ?? 'text/html'
}

/** Lines as their writer broke them: plain text joins what stands in one paragraph. */
function linesOf(html: string): string[] {
  if (!/\d:\d\d/.test(html)) return []
  return html
    .replaceAll(/<(?:br|\/?(?:p|li|[uod]l|d[td]|div|h\d|tr|t[dh]|blockquote))\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (reference, name: string) => references[name] ?? reference)
    .split('\n')
}

const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function chaptersOf({
  given,
  own,
  html,
  links,
  media,
  context,
  place,
  diagnostics,
}: EpisodeSources): Episode['chapters'] {
  const written = given?.chapters
  const beside = own.map(({ sound }) => sound.chapters).find(chapters => chapters !== null)
  if (written && 'list' in written) return { list: written.list, url: null }
  if (written && !isKeptBack(written.url, own)) {
    const near = beside && (beside.path === written.url || beside.path.endsWith(`/${written.url}`))
    const {
      url: resolved,
      media: found,
      problem,
    } = near ? served(beside.path, context) : links.resolve(written.url, 'file')
    const url = resolved && documentUrl(resolved)
    if (url && !problem) {
      if (found !== null) media.add(found)
      return { list: near ? beside.list : [], url }
    }
    diagnostics.push(missingMedia(written.url, problem, place))
  }
  if (beside) {
    media.add(beside.path)
    return { list: beside.list, url: fileUrl(beside.path, context) }
  }
  for (const { sound } of own)
    if ('facts' in sound.reading && sound.reading.facts.chapters.length > 1)
      return { list: sound.reading.facts.chapters, url: null }
  const list = chaptersInNotes(linesOf(html))
  return list.length > 0 ? { list, url: null } : null
}

const fileUrl = (path: string, { site }: ParseContext) => site.url + encodePath(mediaAddress(path).slice(1))
const served = (path: string, context: ParseContext) => ({
  url: fileUrl(path, context),
  media: path,
  problem: null,
})
