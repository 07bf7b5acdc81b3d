import type { ArticleDate, Author, Dropped, Enclosure, Field, LeadImage, ParsedArticle } from './article.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Episode } from './episode.ts'
import type { CaptionFile, Chapter, SoundFile } from './media-facts.ts'
import type { Site } from './site.ts'

/**
 * What a format's own parser found in one file. Absent fields are undefined; `assembleArticle` settles the defaults, the
 * same way for every format.
 */
export interface Reading {
  title?: Field<string>
  kicker?: Field<string>
  section?: Field<string>
  standfirst?: Field<string>
  summary?: Field<string>
  authors?: Field<Author[]>
  agency?: Field<string>
  dateline?: Field<string>
  published?: Field<ArticleDate>
  updated?: Field<ArticleDate>
  /** The date that its system's addresses name, where it is another. */
  addressed?: Field<ArticleDate>
  expires?: Field<ArticleDate>
  source?: Field<string>
  sourceId?: Field<string>
  guid?: Field<string>
  language?: Field<string>
  direction?: Field<'ltr' | 'rtl'>
  tags?: Field<string[]>
  /** As written: absolute, or a path on the publication. */
  permalink?: Field<string>
  slug?: Field<string>
  /** As written: what a link post links to. */
  externalUrl?: Field<string>
  /** In the order in which the writer's system joins them to an address. */
  categories?: string[]
  /** Front matter that addresses of its system may name, as text. */
  addressKeys?: Record<string, string>
  aliases?: Field<string[]>
  /** `url` as written. */
  image?: Field<LeadImage>
  enclosures?: Field<Enclosure[]>
  episode?: EpisodeReading
  status?: Field<ParsedArticle['status']>
  /** Its front matter says plainly that it is there to be read (`draft: false`): what is guessed of it counts no more. */
  isSaidToBeRead?: boolean
  /** `false`: a page that is no news; see `ParsedArticle.inFeeds`. */
  inFeeds?: Field<boolean>
  extra?: Record<string, unknown>
  /** Body as HTML: not yet sanitised, links as written. */
  html: string
  /** What relative links start from, where the file says so. */
  base?: string
  dropped: Dropped[]
  diagnostics: Diagnostic[]
}

/** What front matter says of an episode, addresses as they are written. */
export interface EpisodeReading
  extends Pick<
    Episode,
    | 'title'
    | 'season'
    | 'number'
    | 'kind'
    | 'explicit'
    | 'blocked'
    | 'persons'
    | 'texts'
    | 'location'
    | 'license'
    | 'socials'
  > {
  /** An address. */
  image: string | null
  /** Seconds. */
  duration: number | null
  /** Bytes. */
  length: number | null
  type: string | null
  transcripts: { url: string; type: string | null; language: string | null }[]
  chapters: { url: string } | { list: Chapter[] } | null
  /** Where in the file it says which files these are. */
  lines: { [field in 'image' | 'transcripts' | 'chapters']: number | null }
}

/** A file of the folder that articles may show or play. `size` in bytes. */
export interface FolderMedia {
  size: number
  type: string
  /** What was read of it, where it is sound or film. */
  sound?: SoundFile
  /** Pixels, where it is a picture that says them. */
  picture?: { width: number; height: number }
  /** What is said in it, where it is captions beside no sound. */
  captions?: CaptionFile
}

/** Where a line that pages of a source have in common stands in most of them: before the article, behind it, or in it too. */
export type FramePlace = 'before' | 'behind' | 'amid'

/** What a parser may know besides the file's own bytes. */
export interface ParseContext {
  site: Site
  /** Size and type of a file in the folder, by its path; undefined where there is none. */
  media(path: string): FolderMedia | undefined
  /** Sound that has the name of a file, and its folder: `ep1.mp3` for `ep1.md`. Absent: there is none. */
  soundsBeside?(path: string): string[]
  /** The path of the sound that has a name, in whatever folder. Absent: there is none. */
  soundNamed?(name: string): string | undefined
  /** Whether a path is a link that leads out of the folder, or lies behind one. Absent: none does. */
  leadsOutside?(path: string): boolean
  /** The address of the article in another file of the folder, where it is already known; links to it lead there. */
  linkTo?(path: string): string | undefined
  /** Of a page's lines (trimmed) those that the pages of its source have in common: they are not one article's own. */
  boilerplate(lines: readonly string[]): ReadonlyMap<string, FramePlace>
  /** How page text around the file writes numeric dates, where that proves it. @default null */
  dateOrder?: 'dmy' | 'mdy' | null
}
