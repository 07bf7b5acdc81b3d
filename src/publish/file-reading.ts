import type { ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { ParseContext } from '../model/reading.ts'
import { isGone, type Source, type SourceFile, whyUnreadable } from '../model/source.ts'
import { decodeText } from '../parse/decode.ts'
import { parseFile } from '../parse/parse-file.ts'
import { titledMark } from '../systems/preset-links.ts'
import type { Digest } from '../text/digests.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { lookUpPaths } from '../text/path-spelling.ts'
import { sketchOf } from '../text/sketch.ts'
import { fileNameOf } from '../text/urls.ts'
import { linkedPaths, provisionalLink } from './article-links.ts'
import type { ReadFiles } from './parse-workers.ts'

/** What one file gave. `article` is null where it could not be read, and a diagnostic of severity `error` says why. */
export interface FileReading {
  file: SourceFile
  article: ParsedArticle | null
  diagnostics: Diagnostic[]
  /** What the article is known again by; null where there is no article. */
  digests: ArticleDigests | null
  /** Other files that the article leads to: see `linkedPaths`. */
  links: string[]
  /** Files of the folder that were asked for while it was parsed, and what they were: the result hangs on them too. */
  asked: AskedFile[]
  /** Of an export: the paths of its articles' own readings. */
  entries?: string[]
  /** Of an export: how many entries are not articles. */
  others?: number
  /** Of an export: what the old system's addresses call its categories, tags and authors. */
  terms?: FormerTerm[]
  /** Of a file of sound or film: what was read of it. Its article, where it has one, is made of that alone. */
  sound?: SoundFile
  /** Of the show's cover: what is wrong with it. */
  cover?: string[]
  /** The export that it is an entry of, and its place in it, from 0. */
  from?: { file: string; place: number }
  /** The file could not be read just now: what is known of it stays. */
  unavailable?: true
}

export interface ArticleDigests {
  /** Of its words, white space left out. */
  words: string
  sketch: string
  /** Of everything it says. */
  content: string
}

/** Path, and what was there: another value where it is another file. */
type AskedFile = [path: string, state: FileState]
/** A file's size, of a picture its width and height too, or of sound a name for all that was read of it. */
type FileState = number | string | null

/** Plain files in the order of their paths, then what came of exports, as it stands in them. */
export function inReadingOrder(
  a: Pick<FileReading, 'file' | 'from'>,
  b: Pick<FileReading, 'file' | 'from'>,
): number {
  if (!a.from || !b.from) return a.from ? 1 : b.from ? -1 : comparePaths(a.file.path, b.file.path)
  return comparePaths(a.from.file, b.from.file) || a.from.place - b.from.place
}

const comparePaths = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Which files of a folder are articles. */
export interface ArticlePaths {
  has(path: string): boolean
  all(): string[]
}

/**
 * Leads to the articles of a folder, while they have no addresses yet. After `**` and a slash: to the only article whose
 * path ends so.
 */
export function linksAmong(
  { has, all }: ArticlePaths,
  siteUrl: string,
): (path: string) => string | undefined {
  let byName: Map<string, string[]> | undefined
  const anywhere = (end: string) => {
    byName ??= Map.groupBy(all(), fileNameOf)
    const found = (byName.get(fileNameOf(end)) ?? []).filter(path => `/${path}`.endsWith(`/${end}`))
    return found.length === 1 ? found[0] : undefined
  }
  const spelt = lookUpPaths(
    path => (has(path) ? path : undefined),
    () => all().map((path): [string, string] => [path, path]),
  )
  return written => {
    const mark = written.startsWith(titledMark) ? titledMark : ''
    const path = written.slice(mark.length)
    const found = path.startsWith('**/') ? anywhere(path.slice(3)) : spelt(path)
    return found === undefined ? undefined : provisionalLink(siteUrl, mark + found)
  }
}

/** Readings in the order of the files, each as soon as it is made. */
export type ReadOneByOne = (files: SourceFile[]) => AsyncIterable<FileReading>

/** What a folder is to those who read its files. */
export interface FilesContext extends Omit<ParseContext, 'boilerplate' | 'dateOrder'> {
  boilerplateOf(path: string): ParseContext['boilerplate']
  dateOrderOf(path: string): ParseContext['dateOrder']
}

/** Reads and parses files one after the other. */
export function createFilesReader(source: Source, folder: FilesContext, digest: Digest): ReadOneByOne {
  const { boilerplateOf, dateOrderOf, ...context } = folder
  const reader = createFileReader(source, context.site.maxFileBytes)
  return async function* (files) {
    const reads = files.map(file => ({ file, read: reader(file) }))
    for (const { file, read } of reads) {
      const taught = { boilerplate: boilerplateOf(file.path), dateOrder: dateOrderOf(file.path) }
      const reading = parseRead(file, await read, { ...context, ...taught })
      yield completeReading(reading, context.site.url, digest)
    }
  }
}

/** What somebody else fails at is read here. */
export function withFallback(read: ReadFiles, readHere: ReadOneByOne): ReadOneByOne {
  return async function* (files) {
    const readings = await read(files).catch(() => null)
    yield* readings ?? readHere(files)
  }
}

export function textReader(reader: Reader): (file: SourceFile) => Promise<string | null> {
  return async file => {
    const read = await reader(file)
    return 'bytes' in read ? decodeText(read.bytes, file.path).text : null
  }
}

/** Runs of white space that are not one space already: those are most of them, and stay. */
const otherThanOneSpace = /[^\S ]\s*| \s+/g

/** What parsing alone gives. */
export type BareReading = Omit<FileReading, 'digests' | 'links'>

/** A reading with what is computed from its article once, while all of it is at hand. */
export async function completeReading(
  reading: BareReading,
  siteUrl: string,
  digest: Digest,
): Promise<FileReading> {
  const { article } = reading
  if (!article) return { ...reading, digests: null, links: [] }
  const text = `${article.title}\n${article.text}`.normalize('NFC').replace(otherThanOneSpace, ' ')
  const words = (await digest(new TextEncoder().encode(text))).slice(0, 32)
  return {
    ...reading,
    digests: { words, sketch: sketchOf(text), content: contentDigest(article) },
    links: linkedPaths(article, siteUrl),
  }
}

/** A name for everything that an article says. Its two long texts go in as they are: to write them as JSON takes as long as to hash them. */
export function contentDigest(article: ParsedArticle): string {
  const { html, text } = article
  return fingerprintOf([html, text, JSON.stringify({ ...article, html: undefined, text: undefined })])
}

export function parseRead(file: SourceFile, read: Read, context: ParseContext): BareReading {
  if ('refused' in read) {
    const { refused, unavailable } = read
    return { file, article: null, diagnostics: [refused], asked: [], ...(unavailable && { unavailable }) }
  }
  const { asked, ...recording } = trackDependencies(context)
  // Asked for by whoever stands beside them, so that one that comes or goes is noticed.
  for (const sound of context.soundsBeside?.(file.path) ?? []) recording.media(sound)
  const parsed = parseFile({ path: file.path, bytes: read.bytes }, { ...context, ...recording })
  return { file, ...parsed, asked: [...asked] }
}

type AskedContext = Pick<ParseContext, 'media' | 'linkTo' | 'soundNamed' | 'leadsOutside'>

/** The folder's files as a parser asks for them, and a list of those it asked for. */
export function trackDependencies(context: AskedContext) {
  const asked = new Map<string, FileState>()
  const remembering =
    <Found>(look: (path: string) => Found) =>
    (path: string): Found => {
      asked.set(path, stateOf(path, context))
      return look(path)
    }
  return {
    media: remembering(context.media),
    linkTo: remembering(path => context.linkTo?.(path)),
    soundNamed(name: string) {
      asked.set(`**/${name}`, stateOf(`**/${name}`, context))
      return context.soundNamed?.(name)
    },
    asked,
  }
}

/** Whether everything that a reading hangs on is as it was. */
export function dependenciesUnchanged({ asked }: Pick<FileReading, 'asked'>, context: AskedContext): boolean {
  return asked.every(([path, state]) => stateOf(path, context) === state)
}

const inWords = (bytes: number) => bytes.toLocaleString('en')

/**
 * What other files' parsing may hang on: the state of a sound, what is shown of a picture, the size of another media file, 0 for an article, -1 for a link out of the folder, null for what is not there. Where any
 * folder may have it, its place counts too.
 */
function stateOf(path: string, { media, linkTo, soundNamed, leadsOutside }: AskedContext): FileState {
  const file = media(path)
  if (file?.sound) return file.sound.state
  if (file?.captions) return file.captions.state
  // Another picture may have as many bytes.
  if (file?.picture) return `${file.size} ${file.picture.width}×${file.picture.height}`
  const elsewhere = path.startsWith('**/') ? soundNamed?.(path.slice(3)) : undefined
  const found = file?.size ?? elsewhere ?? linkTo?.(path)
  if (found === undefined) return leadsOutside?.(path) ? -1 : null
  if (typeof found === 'number') return found
  return path.startsWith('**/') ? Number.parseInt(fingerprintOf([found]).slice(0, 8), 16) : 0
}

type Read = { bytes: Uint8Array } | { refused: Diagnostic; unavailable?: true }
type Reader = (file: Pick<SourceFile, 'path' | 'size'>) => Promise<Read>

export function createFileReader(source: Source, maxFileBytes: number): Reader {
  return async file => {
    if (file.size > maxFileBytes) {
      const message = `The file has ${inWords(file.size)} bytes; the limit is ${inWords(maxFileBytes)}.`
      return { refused: diagnose('file-too-large', file, message) }
    }
    try {
      return { bytes: await source.read(file.path) }
    } catch (error) {
      const refused = diagnose('file-unreadable', file, whyUnreadable(error))
      return isGone(error) ? { refused } : { refused, unavailable: true }
    }
  }
}
