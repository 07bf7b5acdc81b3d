import type { LinkResolver } from '../html/sanitise.ts'
import type { Enclosure, Field } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { leadingSound, mediaTypeAt, mediaTypeOf } from '../model/formats.ts'
import { mediaAddress } from '../model/media-address.ts'
import type { MediaFacts, SoundFile } from '../model/media-facts.ts'
import type { EpisodeReading, ParseContext } from '../model/reading.ts'
import { declaresPodcast, type Site } from '../model/site.ts'
import {
  decodePath,
  documentUrl,
  encodePath,
  fileNameOf,
  folderOf,
  normalisePath,
  publicationPath,
  schemeOf,
} from '../text/urls.ts'
import type { OwnSound } from './episode.ts'
import { missingMedia } from './missing-media.ts'

export interface EnclosureSources {
  path: string
  given: Field<Enclosure[]> | undefined
  episode: EpisodeReading | undefined
  links: LinkResolver
  /** Files that are served; those of enclosures are added. */
  media: Set<string>
  context: ParseContext
  diagnostics: Diagnostic[]
}

/**
 * Files that go with the article: addresses absolute, lengths, types and durations measured for those in the folder. Where
 * front matter names none, the sound of the file's own name is it. Whatever is left out is said.
 */
export function settleEnclosures(sources: EnclosureSources): { enclosures: Enclosure[]; own: OwnSound[] } {
  const { path, given, episode, context } = sources
  const beside = given ? [] : (context.soundsBeside?.(path) ?? [])
  const own: OwnSound[] = []
  const enclosures = [
    ...(given?.value ?? []).flatMap(enclosure => settled(enclosure, sources, own)),
    ...beside.flatMap(sound => fromFile(sound, plainEnclosure(sound), sources, own) ?? []),
  ]
  const enclosure = leadingSound(enclosures)
  if (enclosure && episode) {
    const { duration, length, type } = episode
    const isOwn = own.some(sound => sound.enclosure === enclosure)
    const better = {
      ...enclosure,
      duration: duration ?? enclosure.duration,
      ...(isOwn ? {} : { length: enclosure.length ?? length, type: type ?? enclosure.type }),
    }
    for (const sound of own) if (sound.enclosure === enclosure) sound.enclosure = better
    enclosures[enclosures.indexOf(enclosure)] = better
  }
  return { enclosures, own }
}

const plainEnclosure = (path: string): Enclosure => ({
  url: path,
  type: mediaTypeOf(path) ?? 'application/octet-stream',
  length: null,
  title: null,
  duration: null,
})

function settled(enclosure: Enclosure, sources: EnclosureSources, own: OwnSound[]): Enclosure[] {
  const { links, path, given, diagnostics, context } = sources
  const named = fileNamed(enclosure.url, path, context)
  if (named !== null) return fromFile(named, enclosure, sources, own) ?? []
  const { url: resolved, media: found, problem } = links.resolve(enclosure.url, 'file')
  const url = resolved && documentUrl(resolved)
  if (!url || problem) {
    const namesake = soundElsewhere(enclosure.url, context)
    const elsewhere =
      namesake === undefined ? undefined : `A file of this name lies elsewhere: write "${namesake}".`
    diagnostics.push(missingMedia(enclosure.url, problem, { path, line: given?.line ?? null }, elsewhere))
    return []
  }
  return found === null ? [{ ...enclosure, url }] : (fromFile(found, enclosure, sources, own) ?? [])
}

/**
 * A file by its plain name, which may hold `#`, `?` and `%` as no address could; or by its address on this publication.
 * Null where it has to be looked for as a link.
 */
function fileNamed(written: string, path: string, context: ParseContext): string | null {
  const own = publicationPath(written, `${context.site.url}media/`)
  const names = own ? [own.slice(1)] : [`${folderOf(path)}/${written}`, written]
  const paths = names.map(normalisePath).filter(name => name !== null)
  return paths.find(name => isSound(context.media(name)?.type ?? '')) ?? null
}

/** Null where it can't be played by anybody. */
function fromFile(
  found: string,
  enclosure: Enclosure,
  { path, given, media, context, diagnostics }: EnclosureSources,
  own: OwnSound[],
): Enclosure[] | null {
  const measured = context.media(found)
  if (!measured) return null
  const place = { path, line: given?.line ?? null }
  const { sound } = measured
  const fault = sound && faultOf(found, sound, measured.type)
  if (fault) diagnostics.push(diagnose(fault.code, place, fault.message))
  if (fault?.lost) return null
  const facts = sound && 'facts' in sound.reading ? sound.reading.facts : null
  if (facts?.notesCut) diagnostics.push(notesTooLong(found, place))
  const settled: Enclosure = {
    ...enclosure,
    url: addressOf(found, measured.type, context),
    type: facts?.type ?? measured.type,
    length: measured.size,
    duration: enclosure.duration ?? (facts?.duration ? Math.max(1, Math.round(facts.duration)) : null),
  }
  if (context.site.podcast.mediaUrl === null || !isSound(measured.type)) media.add(found)
  if (sound) own.push({ path: found, sound, enclosure: settled })
  return [settled]
}

const isSound = (type: string) => /^(?:audio|video)\//.test(type)

function addressOf(path: string, type: string, { site }: ParseContext): string {
  const { mediaUrl } = site.podcast
  return mediaUrl !== null && isSound(type)
    ? mediaUrl + encodePath(path)
    : site.url + encodePath(mediaAddress(path).slice(1))
}

interface Fault {
  code: 'sound-unplayable' | 'sound-damaged' | 'sound-mislabelled'
  message: string
  /** Left out of the feeds. */
  lost: boolean
}

const unplayable = {
  empty: 'was left out: it is empty',
  unreadable: 'was left out: it cannot be read',
  // A format that we do not know may be one that others know: whoever put it there decides.
  unknown: 'holds no sound or film of a kind that is known here; it is published as it is',
}

/** What is wrong with a file of sound, whoever names it. */
export function faultOf(path: string, { reading }: SoundFile, type: string): Fault | null {
  if ('fault' in reading)
    return reading.fault === 'damaged'
      ? {
          code: 'sound-damaged',
          lost: false,
          message: `${path} is damaged: its header ends too soon, or leads nowhere.`,
        }
      : {
          code: 'sound-unplayable',
          lost: reading.fault !== 'unknown',
          message: `${path} ${unplayable[reading.fault]}.`,
        }
  const { facts } = reading
  if (facts.cut) {
    const left = facts.duration === null ? '' : ` About ${Math.round(facts.duration)} seconds are left of it.`
    return {
      code: 'sound-damaged',
      lost: false,
      message: `${path} is cut short: it ends before its header says.${left}`,
    }
  }
  if (containerOf(facts) !== containerOf({ type }))
    return {
      code: 'sound-mislabelled',
      lost: false,
      message: `${path} is called as if it were ${type}; its bytes are ${facts.type}.`,
    }
  if (facts.duration === null)
    return { code: 'sound-damaged', lost: false, message: `${path} does not say how long it is.` }
  return null
}

/** Sound and film have the same containers: an `.mp4` may hold nothing but sound. */
function containerOf({ type }: Pick<MediaFacts, 'type'>): string {
  const container = type.replace(/^(?:audio|video)\//, '').replace(/^(?:x-m4[abv]|quicktime)$/, 'mp4')
  return container
}

/** A podcast's notes may play the sound themselves: then it is the episode's. In other publications it stays in the text. */
export function playedInBody(html: string, site: Site): Field<Enclosure[]> | undefined {
  if (!declaresPodcast(site) || !/<(?:audio|video)\b/.test(html)) return undefined
  const [, source] = /<(?:audio|video|source)\b[^>]*?\ssrc="([^"]+)"/.exec(html) ?? []
  const url = source?.replaceAll('&amp;', '&')
  const type = url && mediaTypeAt(url)
  if (!url || !type) return undefined
  const value = [{ url, type, length: null, title: null, duration: null }]
  return { value, from: 'markup', confidence: 1, line: null }
}

/** Where a sound lies that is written with its name alone, or with a folder that it is not in. */
function soundElsewhere(written: string, context: ParseContext): string | undefined {
  if (schemeOf(written)) return undefined
  const name = fileNameOf(written)
  return context.soundNamed?.(name) ?? context.soundNamed?.(decodePath(name))
}

function notesTooLong(path: string, place: { path: string; line: number | null }): Diagnostic {
  const message = `The notes in ${path} are longer than what is read of any sound: a picture, chapters or a title may be in the rest.`
  return diagnose('sound-notes-long', place, message)
}
