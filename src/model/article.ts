import type { Diagnostic } from './diagnostic.ts'
import type { Episode } from './episode.ts'

/** Where a field's value came from. `derived` was computed from other text (a title from the first words, say). */
export type Origin =
  | 'front-matter'
  | 'markup'
  | 'text'
  | 'path'
  | 'settings'
  | 'export'
  | 'derived'
  | 'absent'

/** A value together with its provenance: what `broadsheet check` shows under `fields`. */
export interface Field<T> {
  value: T
  from: Origin
  /** 0 to 1. Front matter and markup are 1; what a pattern found in text is less. */
  confidence: number
  /** 1-based line in the file; null where the value has no place there. */
  line: number | null
}

export type FieldOrigin = Omit<Field<unknown>, 'value'>

export interface Author {
  name: string
  url: string | null
  email: string | null
  role: string | null
}

/** A date as it was written and as the instant it means. */
export interface ArticleDate {
  /** The text it was read from, untouched. */
  raw: string
  /** `2016-10-01T04:47:00`: the wall clock where it was written. */
  local: string
  precision: 'day' | 'minute' | 'second'
  /** IANA name or `+03:30`. */
  zone: string
  zoneFrom: 'text' | 'front-matter' | 'source' | 'site' | 'assumed'
  /** Milliseconds since 1970-01-01T00:00Z. */
  epoch: number
  /** RFC 3339 with the local offset; with `Z` where that offset has seconds. */
  rfc3339: string
}

/** A file that goes with an article: audio, video, a document. `length` in bytes, null where unknown. */
export interface Enclosure {
  url: string
  type: string
  length: number | null
  title: string | null
  /** Seconds. */
  duration: number | null
}

export interface LeadImage {
  url: string
  alt: string
  type: string | null
  length: number | null
  width: number | null
  height: number | null
}

/** Text that stands in the file and not in the article, and why. */
export interface Dropped {
  line: number
  reason: string
  text: string
}

/** Why an article that could be read is not published. */
export type WithheldReason =
  | 'draft'
  | 'scheduled'
  | 'expired'
  | 'undated'
  | 'password'
  | 'paid'
  | 'unlisted'
  | 'response'
  | 'duplicate'
  | 'untitled'

/** `sound`: a file of sound without notes, whose tags say what it is. */
export type ArticleFormat = 'page-text' | 'markdown' | 'html' | 'export' | 'sound'

export type FieldName =
  | 'title'
  | 'kicker'
  | 'section'
  | 'standfirst'
  | 'summary'
  | 'authors'
  | 'agency'
  | 'dateline'
  | 'published'
  | 'updated'
  | 'source'
  | 'sourceId'
  | 'language'
  | 'tags'
  | 'url'
  | 'image'

/**
 * What one file says, after every default has been settled: the result of the parse room. It has no id yet (identity is
 * decided over the whole folder, in the catalog) and knows nothing of its neighbours.
 */
export interface ParsedArticle {
  /** Inside the folder, `/` between parts; an export adds `#` and the entry's own key. */
  path: string
  format: ArticleFormat
  /** Never empty. `fields.title.from` is `derived` where the file gives none. One line, plain text. */
  title: string
  kicker: string | null
  section: string | null
  standfirst: string | null
  /** Plain text; given, or derived from the first words of the body. */
  summary: string
  authors: Author[]
  agency: string | null
  dateline: string | null
  published: ArticleDate | null
  updated: ArticleDate | null
  expires: ArticleDate | null
  source: string | null
  sourceId: string | null
  /** An id given in the file (`id`, `guid`), to be kept character for character. */
  guid: string | null
  /** BCP 47; null where neither file nor settings nor text say. */
  language: string | null
  direction: 'ltr' | 'rtl'
  /** Sanitised HTML of the body; every link and source absolute. Like `text` it may lie elsewhere until it is asked for. */
  html: string
  /** Plain text of the body, blocks parted by blank lines. */
  text: string
  tags: string[]
  /** Absolute. Where the article is to be read: under the publication's url, or on another site. */
  url: string
  /** Absolute: the page elsewhere that the article is about, where it is a link with a remark. */
  externalUrl?: string | null
  /** Absolute paths on this publication that lead here (`aliases`, old permalinks). */
  aliases: string[]
  image: LeadImage | null
  enclosures: Enclosure[]
  /** What it says as an episode; absent where none of the enclosures can be played. */
  episode?: Episode
  /** Paths inside the folder that the article refers to; each is served below `/media/`. */
  media: string[]
  /** What the file itself says of its status; dates are compared later, by whoever holds the clock. */
  status: 'published' | Exclude<WithheldReason, 'scheduled' | 'expired' | 'undated' | 'duplicate'>
  /** `false`: a page that is no news (About, an imprint): in no feed and no list, needs no date and shows none. Absent: as all articles. */
  inFeeds?: false
  /** Front matter keys that mean nothing here, kept as they are. */
  extra: Record<string, unknown>
  fields: Partial<Record<FieldName, FieldOrigin>>
  dropped: Dropped[]
}

/**
 * A copy with other values. A spread alone would do, but for what lies elsewhere: it is read by accessors, of the article
 * itself or of its prototype, which a spread would lose or run.
 */
export function articleWith<A extends ParsedArticle, Changes extends object>(
  article: A,
  changes: Changes,
): Omit<A, keyof Changes> & Changes {
  const from = Object.getPrototypeOf(article)
  if (isComputed(article) || isComputed(changes)) {
    // Property by property, each defined: an object whose properties are assigned so becomes a table, and takes five times the room.
    const copy = Object.create(from)
    const all = { ...Object.getOwnPropertyDescriptors(article), ...Object.getOwnPropertyDescriptors(changes) }
    for (const [key, property] of Object.entries(all)) Object.defineProperty(copy, key, property)
    return copy
  }
  const copy = { ...article, ...changes }
  return from === Object.prototype ? copy : Object.setPrototypeOf(copy, from)
}

/** Of an article's own properties the body alone may be computed when it is asked for. */
const isComputed = (values: object) =>
  Object.getOwnPropertyDescriptor(values, 'html')?.get !== undefined ||
  Object.getOwnPropertyDescriptor(values, 'text')?.get !== undefined

/** Whether it goes into feeds and lists; what does not is a page beside them. */
export const isNews = ({ inFeeds }: Pick<ParsedArticle, 'inFeeds'>): boolean => inFeeds !== false

/** A parsed article with the id under which subscribers know it. */
export interface Article extends ParsedArticle {
  /** A `tag:` URI (RFC 4151), or a GUID given by the publisher; the same in all three formats, for ever. */
  id: string
  /** Epoch milliseconds: when the words were last changed; never before `published`. */
  revised: number
  /**
   * Epoch milliseconds of its first publication, where its date names a day without a time and this is an hour of that day: its place among the
   * articles of the day. Absent: nobody knows the hour.
   */
  arrived?: number
  /** Of everything above: another one where anything is other. Absent: to be made of it when it is needed. */
  fingerprint?: string
}

/** What became of one file. `ignored` files are counted and not listed. */
export interface FileReport {
  path: string
  status: 'published' | 'withheld' | 'rejected'
  reason: string | null
  article: Article | null
  diagnostics: Diagnostic[]
}

/** When an article of the publication appeared. @throws {TypeError} where it has no date: it is never published then */
export function publicationDate({ published, path }: Pick<Article, 'path' | 'published'>): ArticleDate {
  if (published === null) throw new TypeError(`${path} is published without a date.`)
  return published
}
