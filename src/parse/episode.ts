import type { LinkResolver, ResolvedLink } from '../html/sanitise.ts'
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
import { decodePath, documentUrl, encodePath, fileNameOf, schemeOf } from '../text/urls.ts'
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
    lines: ______,
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
  { given, own, links, media, context, place, diagnostics }: EpisodeSources,
): EpisodePicture | null {
  if (written !== null) {
    const { url: resolved, media: found, problem } = links.resolve(written, 'file')
    const url = resolved && documentUrl(resolved)
    if (url && !problem) {
      if (found === null) return { url, type: null, width: null, height: null }
      media.add(found)
      return { ...pictureIn(found, context), url }
    }
    diagnostics.push(
      missingMedia(written, problem, { path: place.path, line: given?.lines.image ?? place.line }),
    )
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
    if (isKeptBack(written, own, context)) continue
    const near = beside.find(({ path }) => isNamed(path, written, context))
    const {
      url: resolved,
      media: found,
      problem,
    } = near ? served(near.path, context) : notesAt(written, links, context)
    const url = resolved && documentUrl(resolved)
    if (!url || problem) {
      diagnostics.push(missingNotes('transcripts', written, problem, { given, own, place }))
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
const isKeptBack = (written: string, own: EpisodeSources['own'], context: ParseContext) =>
  own.some(({ sound }) => sound.keptBack.some(path => isNamed(path, written, context)))

/** Whether front matter means a file beside the sound: by its name, from wherever. */
function isNamed(path: string, written: string, { site }: ParseContext): boolean {
  const copies = `${site.url}media/`
  const name = (written.startsWith(copies) ? written.slice(copies.length) : written).replace(
    /^(?:\.{0,2}\/)+/,
    '',
  )
  return path === name || path.endsWith(`/${name}`) || path === decodePath(name)
}

/**
 * Where notes lie that stand beside no sound of the article's. Of the folder only captions are served so: any other file of it, and whatever is
 * said to lie among our copies, would lead nowhere. A site that stays may have it.
 */
function notesAt(written: string, links: LinkResolver, { site }: ParseContext): ResolvedLink {
  const resolved = links.resolve(written, 'file')
  const { url, media, problem } = resolved
  const isOurs =
    (schemeOf(written) === null && !written.startsWith('//')) || url?.startsWith(`${site.url}media/`)
  return problem === null && media === null && isOurs && site.media !== 'site'
    ? { ...resolved, problem: 'media-missing' }
    : resolved
}

/** What is said of notes that front matter names and that would lead nowhere. */
function missingNotes(
  field: 'transcripts' | 'chapters',
  written: string,
  problem: ResolvedLink['problem'],
  { given, own: [sound], place }: Pick<EpisodeSources, 'given' | 'own' | 'place'>,
): Diagnostic {
  const at = { path: place.path, line: given?.lines[field] ?? place.line }
  if (problem === 'media-outside') return missingMedia(written, problem, at)
  const message = `"${written}" is no file beside ${sound ? `"${sound.path}"` : 'a sound of the folder'}: it was left out.`
  const extension = field === 'chapters' ? 'chapters.json' : 'vtt'
  const hint = sound
    ? `Put the file beside the sound and call it as the sound is called: \`${fileNameOf(sound.path).replace(/\.[^.]*$/, '')}.${extension}\`.`
    : 'Write the whole address of a file that is on the web.'
  return diagnose('media-missing', at, message, hint)
}

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
  if (written && !isKeptBack(written.url, own, context)) {
    const near = beside && isNamed(beside.path, written.url, context)
    const {
      url: resolved,
      media: found,
      problem,
    } = near ? served(beside.path, context) : notesAt(written.url, links, context)
    const url = resolved && documentUrl(resolved)
    if (url && !problem) {
      if (found !== null) media.add(found)
      return { list: near ? beside.list : [], url }
    }
    diagnostics.push(missingNotes('chapters', written.url, problem, { given, own, place }))
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
