import type { ParsedArticle } from '../model/article.ts'
import { articleFormatOf } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { ParseContext } from '../model/reading.ts'
import { type Source, type SourceFile, whyUnreadable } from '../model/source.ts'
import {
  boilerplateIn,
  type LearntBoilerplate,
  learnBoilerplate,
  nothingLearnt,
  sameLines,
} from '../page-text/learn-boilerplate.ts'
import { decodeText } from '../parse/decode.ts'
import { parseFile } from '../parse/parse-file.ts'
import { type Digest, sha256 } from '../text/digests.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { lookUpPaths } from '../text/path-spelling.ts'
import { sketchOf } from '../text/sketch.ts'
import { fileNameOf } from '../text/urls.ts'
import { linkedPaths, provisionalLink } from './article-links.ts'
import type { ChosenFiles, PlacedFiles } from './choose-files.ts'
import type { ReadingChanges } from './identify-folder.ts'
import type { LastInspection } from './inspect.ts'
import type { ReadFiles, StartParseWorkers } from './parse-workers.ts'
import type { Sounds } from './read-sounds.ts'

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
/** A file's size, or of sound a name for all that was read of it. */
type FileState = number | string | null

/** Results that outlive one run. Made for one site: other settings need another memory. */
export interface ParseMemory {
  /** By path. */
  readings: Map<string, FileReading>
  /** What became other since the last time that somebody cleared this. */
  news: { made: Map<string, FileReading>; gone: Set<string> }
  /** Of what page text has in common. */
  learnt: LearntBoilerplate
  /** What was found out of paths alone. */
  placed: PlacedFiles
  /** How many of the readings are of page text. */
  pageTexts: number
  /** What all of it came to. */
  last?: LastInspection
  /** Told of each new reading; may put the article's body elsewhere, to be read from there when it is asked for. */
  shelve?(reading: FileReading): void
}

export function createParseMemory(): ParseMemory {
  return {
    readings: new Map(),
    news: { made: new Map(), gone: new Set() },
    learnt: nothingLearnt,
    placed: { files: [], places: [] },
    pageTexts: 0,
  }
}

/**
 * @param readings of all files there are
 * @param changes what is other among them; null where nobody knows
 */
export function rememberReadings(
  { readings: known, news }: ParseMemory,
  readings: FileReading[],
  changes: ReadingChanges | null,
): void {
  if (changes) {
    for (const { file } of changes.removed) forget(file.path)
    for (const reading of changes.added) keep(reading)
    return
  }
  for (const reading of readings) if (known.get(reading.file.path) !== reading) keep(reading)
  if (known.size === readings.length) return
  const present = new Set(readings.map(({ file }) => file.path))
  for (const path of known.keys()) if (!present.has(path)) forget(path)

  function keep(reading: FileReading): void {
    const { path } = reading.file
    known.set(path, reading)
    news.made.set(path, reading)
    news.gone.delete(path)
  }
  function forget(path: string): void {
    known.delete(path)
    news.made.delete(path)
    news.gone.add(path)
  }
}

export interface ReadOptions {
  memory?: ParseMemory
  digest?: Digest
  /** Finds others who read at the same time, where there is much to read. Default: nobody. */
  startWorkers?: StartParseWorkers
  onProgress?(done: number, total: number): void
}

/** What is known of a folder before any of its files is read. */
export interface FolderContext extends Pick<ParseContext, 'site' | 'media'> {
  /** The folder's sound. Absent: there is none. */
  sounds?: Sounds
  /** All files that `media` knows. */
  mediaFiles(): SourceFile[]
}

/** Files read at once: enough to keep a disk busy while another is parsed, few enough to hold little in memory. */
const filesAtOnce = 64
const bytesAtOnce = 1_000_000

/** Parses each file that its stamp does not know already. A file that can't be read costs itself only. */
export async function readArticles(
  source: Source,
  { articles: files, pageTexts }: Pick<ChosenFiles, 'articles' | 'pageTexts'>,
  { site, media, mediaFiles, sounds }: FolderContext,
  { memory, digest = sha256, startWorkers, onProgress }: ReadOptions,
): Promise<FileReading[]> {
  const articlePaths = () => files.map(({ path }) => path)
  const context = {
    site,
    media,
    linkTo: linksAmong(articlePaths, site.url),
    ...(sounds && { soundsBeside: sounds.beside }),
  }
  const last = memory?.last?.readings ?? []
  let at = 0
  const unchanged = (file: SourceFile) => {
    // Both are in the order of paths: most are found by walking along.
    while (last[at]?.file !== file && at < last.length && last[at]!.file.path < file.path) at++
    const known = last[at]?.file === file ? last[at++] : memory?.readings.get(file.path)
    if (!known || file.stamp === null || known.file.stamp !== file.stamp) return null
    // One object for one file: there are many.
    known.file = file
    return dependenciesUnchanged(known, context) && asksBeside(known, context) ? known : null
  }
  const readings: (FileReading | null)[] = files.map(unchanged)
  const isKnown = (file: SourceFile) => memory?.readings.get(file.path)?.file === file
  // One that came, went or changed may change what others have in common.
  const samePageTexts = memory?.pageTexts === pageTexts.length && pageTexts.every(isKnown)
  const before = memory?.learnt ?? nothingLearnt
  const learnt = samePageTexts
    ? before
    : await learnBoilerplate(pageTexts, textReader(createReader(source, site.maxFileBytes)), before)
  const [linesBefore, linesNow] = [boilerplateIn(before.lines), boilerplateIn(learnt.lines)]
  const hasSameLines = ({ path }: SourceFile) =>
    learnt === before || articleFormatOf(path) !== 'page-text' || sameLines(linesBefore(path), linesNow(path))
  const pending: number[] = []
  files.forEach((file, index) => {
    if (!readings[index] || !hasSameLines(file)) pending.push(index)
  })
  let done = files.length - pending.length
  let next = 0
  /** Has files read as long as there are any: whoever is quicker reads more of them. */
  async function work(read: ReadOneByOne): Promise<void> {
    while (next < pending.length) {
      const some: number[] = []
      for (let bytes = 0; next < pending.length && some.length < filesAtOnce && bytes < bytesAtOnce; next++) {
        some.push(pending[next]!)
        bytes += files[pending[next]!]!.size
      }
      let at = 0
      for await (const reading of read(some.map(index => files[index]!))) {
        const index = some[at++]!
        // One object for one file, also where the reading was made elsewhere.
        reading.file = files[index]!
        memory?.shelve?.(reading)
        readings[index] = reading
      }
      done += some.length
      onProgress?.(done, files.length)
    }
  }
  const readHere = createFilesReader(source, { ...context, boilerplateOf: linesNow }, digest)
  const bytes = pending.reduce((sum, index) => sum + files[index]!.size, 0)
  const taskOf = () => ({
    site,
    boilerplate: learnt.lines,
    articles: articlePaths(),
    media: mediaFiles(),
    sounds: [...(sounds?.byPath ?? [])],
  })
  const help = startWorkers?.(taskOf, bytes)
  try {
    const helpers = (help?.readers ?? []).map(read => withFallback(read, readHere))
    // Helpers twice: while one answer is on its way, they read the next.
    await Promise.all([...helpers, ...helpers, readHere].map(work))
  } finally {
    help?.end()
  }
  if (memory) Object.assign(memory, { learnt, pageTexts: pageTexts.length })
  return readings as FileReading[]
}

/**
 * Leads to the articles of a folder, while they have no addresses yet. After `**` and a slash: to the only article whose
 * path ends so.
 */
export function linksAmong(
  articlePaths: () => string[],
  siteUrl: string,
): (path: string) => string | undefined {
  let paths: Set<string> | undefined
  let byName: Map<string, string[]> | undefined
  const anywhere = (end: string) => {
    byName ??= Map.groupBy(articlePaths(), fileNameOf)
    const found = (byName.get(fileNameOf(end)) ?? []).filter(path => `/${path}`.endsWith(`/${end}`))
    return found.length === 1 ? found[0] : undefined
  }
  const spelt = lookUpPaths(
    path => (paths!.has(path) ? path : undefined),
    () => [...paths!].map((path): [string, string] => [path, path]),
  )
  return path => {
    paths ??= new Set(articlePaths())
    const found = path.startsWith('**/') ? anywhere(path.slice(3)) : spelt(path)
    return found === undefined ? undefined : provisionalLink(siteUrl, found)
  }
}

/** Readings in the order of the files, each as soon as it is made. */
type ReadOneByOne = (files: SourceFile[]) => AsyncIterable<FileReading>

/** What a folder is to those who read its files. */
export interface FilesContext extends Omit<ParseContext, 'boilerplate'> {
  boilerplateOf(path: string): ParseContext['boilerplate']
}

/** Reads and parses files one after the other. */
export function createFilesReader(source: Source, folder: FilesContext, digest: Digest): ReadOneByOne {
  const { boilerplateOf, ...context } = folder
  const reader = createReader(source, context.site.maxFileBytes)
  return async function* (files) {
    const reads = files.map(file => ({ file, read: reader(file) }))
    for (const { file, read } of reads) {
      const boilerplate = boilerplateOf(file.path)
      const reading = parseRead(file, await read, { ...context, boilerplate })
      yield completeReading(reading, context.site.url, digest)
    }
  }
}

/** What somebody else fails at is read here. */
function withFallback(read: ReadFiles, readHere: ReadOneByOne): ReadOneByOne {
  return async function* (files) {
    const readings = await read(files).catch(() => null)
    yield* readings ?? readHere(files)
  }
}

function textReader(reader: Reader): (file: SourceFile) => Promise<string | null> {
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
  const content = fingerprintOf([JSON.stringify(article)])
  return {
    ...reading,
    digests: { words, sketch: sketchOf(text), content },
    links: linkedPaths(article, siteUrl),
  }
}

function parseRead(file: SourceFile, read: Read, context: ParseContext): BareReading {
  if ('refused' in read) return { file, article: null, diagnostics: [read.refused], asked: [] }
  const { asked, ...recording } = trackDependencies(context)
  // Asked for by whoever stands beside them, so that one that comes or goes is noticed.
  for (const sound of context.soundsBeside?.(file.path) ?? []) recording.media(sound)
  const parsed = parseFile({ path: file.path, bytes: read.bytes }, { ...context, ...recording })
  return { file, ...parsed, asked: [...asked] }
}

type AskedContext = Pick<ParseContext, 'media' | 'linkTo'>

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
    asked,
  }
}

/** Whether everything that a reading hangs on is as it was. */
export function dependenciesUnchanged({ asked }: Pick<FileReading, 'asked'>, context: AskedContext): boolean {
  return asked.every(([path, state]) => stateOf(path, context) === state)
}

/** Whether no sound has come to stand beside a file since it was read. */
function asksBeside(
  { file, asked }: FileReading,
  { soundsBeside }: Pick<ParseContext, 'soundsBeside'>,
): boolean {
  const beside = soundsBeside?.(file.path) ?? []
  return beside.every(sound => asked.some(([path]) => path === sound))
}

const inWords = (bytes: number) => bytes.toLocaleString('en')

/**
 * What other files' parsing may hang on: the state of a sound, the size of another media file, 0 for an article, null for what is not there. Where any
 * folder may have it, its place counts too.
 */
function stateOf(path: string, { media, linkTo }: AskedContext): FileState {
  const file = media(path)
  if (file?.sound) return file.sound.state
  const found = file?.size ?? linkTo?.(path)
  if (found === undefined || typeof found === 'number') return found ?? null
  return path.startsWith('**/') ? Number.parseInt(fingerprintOf([found]).slice(0, 8), 16) : 0
}

type Read = { bytes: Uint8Array } | { refused: Diagnostic }
type Reader = (file: Pick<SourceFile, 'path' | 'size'>) => Promise<Read>

function createReader(source: Source, maxFileBytes: number): Reader {
  return async file => {
    if (file.size > maxFileBytes) {
      const message = `The file has ${inWords(file.size)} bytes; the limit is ${inWords(maxFileBytes)}.`
      return { refused: diagnose('file-too-large', file, message) }
    }
    try {
      return { bytes: await source.read(file.path) }
    } catch (error) {
      return { refused: diagnose('file-unreadable', file, whyUnreadable(error)) }
    }
  }
}
