import { secondsOfTime } from '../media/transcript.ts'
import { type EpisodeKind, episodeKinds, type Person } from '../model/episode.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import type { Chapter } from '../model/media-facts.ts'
import type { EpisodeReading } from '../model/reading.ts'
import { documentUrl } from '../text/urls.ts'
import { foldKey } from './front-matter-keys.ts'
import { isFalse, isTrue } from './status-keys.ts'

/** What each field is called, in any case, with or without `-` and `_`; also below `itunes:` and `podcast:`. */
const episodeKeys = {
  title: ['itunesTitle', 'episodeTitle'],
  season: ['season', 'itunesSeason', 'seasonNumber'],
  seasonName: ['seasonName'],
  number: ['episode', 'itunesEpisode', 'episodeNumber'],
  kind: ['episodeType', 'itunesEpisodeType'],
  explicit: ['explicit', 'itunesExplicit'],
  blocked: ['itunesBlock', 'podcastBlock'],
  image: ['itunesImage', 'episodeImage', 'episodeCover'],
  duration: ['duration', 'itunesDuration', 'audioDuration'],
  length: [
    'length',
    'audioLength',
    'audioSize',
    'audioBytes',
    'podcastBytes',
    'enclosureLength',
    'enclosureSize',
    'bytes',
  ],
  type: ['audioType', 'enclosureType', 'mimeType'],
  transcripts: ['transcript', 'transcripts', 'podcastTranscript'],
  chapters: ['chapters', 'podcastChapters'],
  persons: ['persons', 'person', 'podcastPerson'],
  hosts: ['hosts', 'host'],
  guests: ['guests', 'guest'],
  texts: ['txt', 'podcastTxt'],
  location: ['location', 'podcastLocation'],
  license: ['license', 'licence', 'podcastLicense'],
  socials: ['socialInteract', 'podcastSocialInteract'],
} as const satisfies Record<string, readonly string[]>

type EpisodeField = keyof typeof episodeKeys
/** Reads a part of a value; null where it is none. */
type Part = (value: unknown, check: (value: unknown) => string | null) => string | null
type Wrong = (key: string, value: unknown, expected: string) => void

const fieldByKey = new Map<string, EpisodeField>(
  Object.entries(episodeKeys).flatMap(([field, names]) =>
    names.map(name => [foldKey(name), field as EpisodeField]),
  ),
)

/**
 * What front matter says of an article as an episode: to be asked only where there is sound, since a blog's `location` and
 * `episode` mean other things.
 * @param wrong told of each value that is none of its key's
 */
export function readEpisodeFields(
  { values, lines }: FrontMatter,
  wrong: Wrong,
): { episode: EpisodeReading; keys: string[] } {
  const { keys, given } = fieldsIn(values)
  // A part of a value may be wrong where the rest of it is right: it is left out, and said.
  let isSpoilt = false
  const part: Part = (value, check) => {
    const found = check(value)
    if (found === null && textOf(value) !== null) isSpoilt = true
    return found
  }
  const read = <T>(
    field: EpisodeField,
    expected: string,
    convert: (value: unknown, key: string) => T | null,
  ): T | null => {
    const found = given.get(field)
    if (!found) return null
    isSpoilt = false
    const value = convert(found.value, found.key)
    if (value === null || isSpoilt) wrong(found.key, found.value, expected)
    return value
  }
  const list = <T>(field: EpisodeField, expected: string, convert: (value: unknown) => T | null): T[] =>
    read(field, expected, (value, key) => {
      const all = (Array.isArray(value) ? value : [value]).map(convert)
      const good = all.filter(entry => entry !== null)
      if (good.length < all.length && good.length > 0) wrong(key, value, expected)
      return good.length > 0 || all.length === 0 ? good : null
    }) ?? []
  const lineOf = (field: EpisodeField) => lines[given.get(field)?.key ?? ''] ?? null
  const seasonName = read('seasonName', 'a text', textOf)
  const season = read('season', 'a whole number, or {number, name}', value => seasonOf(value, seasonName))
  const people = (field: 'persons' | 'hosts' | 'guests', role: string | null) =>
    list(field, 'a name, {name, role, group, image, url}, or a list of them', value =>
      personOf(value, role, part),
    )
  return {
    keys,
    episode: {
      title: read('title', 'a text', textOf),
      season,
      number: read('number', 'a number, or {number, display}', numberOf),
      kind: read('kind', '"full", "trailer" or "bonus"', kindOf),
      explicit: read('explicit', 'true or false', explicitOf),
      blocked: read('blocked', 'true or false', flagOf) ?? false,
      image: read('image', 'an address', addressOf),
      duration: read('duration', 'seconds, or a time like 1:02:03', durationOf),
      length: read('length', 'a number of bytes', countOf),
      type: read('type', 'a media type, like audio/mpeg', mediaTypeText),
      transcripts: list(
        'transcripts',
        'the address of a .vtt, .srt, .json, .html or .txt file, or {url, type, language}',
        transcriptOf,
      ),
      chapters: read(
        'chapters',
        'the address of a chapters.json, or a list of {start, title, url, image}',
        value => chaptersOf(value, part),
      ),
      persons: [...people('hosts', 'host'), ...people('guests', 'guest'), ...people('persons', null)],
      texts: list('texts', 'a text, or {purpose, text}', purposefulText),
      location: read('location', 'a name, or {name, geo, osm}', value => locationOf(value, part)),
      license: read('license', 'an identifier like cc-by-4.0, or {name, url}', value =>
        licenseOf(value, part),
      ),
      lines: { image: lineOf('image'), transcripts: lineOf('transcripts'), chapters: lineOf('chapters') },
      socials: list('socials', 'the address of a post, or {url, protocol, account}', socialOf),
    },
  }
}

/** The first value of each field, and all keys that are fields'. */
function fieldsIn(values: FrontMatter['values']) {
  const keys: string[] = []
  const given = new Map<EpisodeField, { key: string; value: unknown }>()
  const note = (key: string, shown: string, value: unknown) => {
    const field = fieldByKey.get(foldKey(key))
    if (!field || value === null || value === undefined || value === '') return
    keys.push(shown)
    if (!given.has(field)) given.set(field, { key: shown, value })
  }
  for (const [key, value] of Object.entries(values)) {
    note(key, key, value)
    if (/^(?:itunes|podcast)$/i.test(key) && isTable(value))
      for (const [inner, entry] of Object.entries(value)) note(`itunes${inner}`, key, entry)
  }
  return { keys, given }
}

function purposefulText(value: unknown) {
  const text = textOf(isTable(value) ? (entry(value, 'text') ?? entry(value, 'value')) : value)
  return text === null ? null : { text, purpose: textOf(entry(value, 'purpose')) }
}

function locationOf(value: unknown, part: Part) {
  const name = textOf(isTable(value) ? entry(value, 'name') : value)
  const formed = (key: string, form: RegExp) =>
    part(entry(value, key), written => {
      const text = textOf(written)
      return text !== null && form.test(text) ? text : null
    })
  return name === null ? null : { name, geo: formed('geo', /^geo:-?\d/), osm: formed('osm', /^[NWR]\d+/) }
}

function licenseOf(value: unknown, part: Part) {
  const name = textOf(isTable(value) ? (entry(value, 'name') ?? entry(value, 'identifier')) : value)
  return name === null ? null : { name, url: part(entry(value, 'url'), webAddress) }
}

function socialOf(value: unknown) {
  const url = webAddress(isTable(value) ? (entry(value, 'url') ?? entry(value, 'uri')) : value)
  const protocol = textOf(entry(value, 'protocol'))?.toLowerCase() ?? 'activitypub'
  const account = textOf(entry(value, 'account') ?? entry(value, 'accountId'))
  return url === null ? null : { url, protocol, account }
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function entry(value: unknown, name: string): unknown {
  if (!isTable(value)) return undefined
  const key = Object.keys(value).find(candidate => foldKey(candidate) === foldKey(name))
  return key === undefined ? undefined : value[key]
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return text === '' ? null : text
}

function addressOf(value: unknown): string | null {
  return textOf(isTable(value) ? (entry(value, 'url') ?? entry(value, 'src') ?? entry(value, 'href')) : value)
}

function webAddress(value: unknown): string | null {
  const text = textOf(value)
  return text !== null && /^https?:\/\//i.test(text) ? documentUrl(text) : null
}

function countOf(value: unknown): number | null {
  const text = textOf(value)?.replaceAll(/(?<=\d)[_,](?=\d)/g, '') ?? ''
  const count = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(count) && count > 0 ? count : null
}

function seasonOf(value: unknown, name: string | null): EpisodeReading['season'] {
  const number = countOf(isTable(value) ? (entry(value, 'number') ?? entry(value, 'no')) : value)
  return number === null ? null : { number, name: textOf(entry(value, 'name')) ?? name }
}

/** Players count by whole numbers; the podcast namespace allows `3.5`. */
function numberOf(value: unknown): EpisodeReading['number'] {
  const text = textOf(isTable(value) ? (entry(value, 'number') ?? entry(value, 'no')) : value) ?? ''
  const number = Number(text)
  if (!/^\d+(?:\.\d+)?$/.test(text) || number > 1_000_000) return null
  return { value: number, display: textOf(entry(value, 'display')) }
}

function kindOf(value: unknown): EpisodeKind | null {
  const word = textOf(value)?.toLowerCase()
  return episodeKinds.find(kind => kind === word) ?? null
}

/** Apple's words of former years are still written: `yes`, `explicit`, `clean`, `no`. */
function explicitOf(value: unknown): boolean | null {
  if (isTrue(value) || /^explicit$/i.test(textOf(value) ?? '')) return true
  return isFalse(value) || /^clean$/i.test(textOf(value) ?? '') ? false : null
}

function flagOf(value: unknown): boolean | null {
  return isTrue(value) ? true : isFalse(value) ? false : null
}

function mediaTypeText(value: unknown): string | null {
  const text = textOf(value)?.toLowerCase() ?? ''
  return /^(?:audio|video)\/[a-z\d][\w.+-]*$/.test(text) ? text : null
}

/** `3723`, `62:03` or `1:02:03` in seconds. */
export function durationOf(value: unknown): number | null {
  const seconds = secondsOfTime(textOf(value) ?? '')
  return seconds === null || seconds <= 0 ? null : Math.round(seconds)
}

function personOf(value: unknown, role: string | null, part: Part): Person | null {
  const name = textOf(isTable(value) ? entry(value, 'name') : value)
  if (name === null) return null
  return {
    name,
    role: textOf(entry(value, 'role'))?.toLowerCase() ?? role,
    group: textOf(entry(value, 'group'))?.toLowerCase() ?? null,
    image: part(entry(value, 'image') ?? entry(value, 'img'), webAddress),
    url: part(entry(value, 'url') ?? entry(value, 'href'), webAddress),
  }
}

const leadsToNotes = (url: string) =>
  webAddress(url) !== null || /\.(?:json|vtt|srt|html?|txt)(?:[?#].*)?$/i.test(url)

function transcriptOf(value: unknown): EpisodeReading['transcripts'][number] | null {
  const url = addressOf(value)
  return url === null || !leadsToNotes(url)
    ? null
    : {
        url,
        type: textOf(entry(value, 'type')),
        language: textOf(entry(value, 'language') ?? entry(value, 'lang')),
      }
}

/** `00:01:30.500 The name`, as Podlove and Octopod have them. */
function chapterOfLine(line: string): { start: string; title: string } | null {
  const [, start, title] = /^\s*((?:\d+:)?\d{1,2}:\d{2}(?:\.\d+)?)\s+(\S.*)$/s.exec(line) ?? []
  return start !== undefined && title !== undefined ? { start, title: title.trim() } : null
}

function chaptersOf(value: unknown, part: Part): EpisodeReading['chapters'] {
  if (!Array.isArray(value)) {
    const url = addressOf(value)
    return url !== null && leadsToNotes(url) ? { url } : null
  }
  const list = value.map((written): Chapter | null => {
    const chapter = typeof written === 'string' ? chapterOfLine(written) : written
    const [start, title] = [
      entry(chapter, 'start') ?? entry(chapter, 'startTime'),
      textOf(entry(chapter, 'title')),
    ]
    const seconds = secondsOfTime(textOf(start) ?? '')
    if (seconds === null || title === null) return null
    const image = part(entry(chapter, 'image') ?? entry(chapter, 'img'), webAddress)
    return { start: seconds, title, url: part(entry(chapter, 'url'), webAddress), image, listed: true }
  })
  const good = list.filter(chapter => chapter !== null)
  return good.length === value.length ? { list: good.sort((a, b) => a.start - b.start) } : null
}
