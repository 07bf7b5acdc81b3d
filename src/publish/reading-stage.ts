import { diagnose } from '../model/diagnostic.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { Site } from '../model/site.ts'
import type { Source, SourceFile } from '../model/source.ts'
import type { LearntBoilerplate } from '../page-text/learn-boilerplate.ts'
import { type Digest, sha256 } from '../text/digests.ts'
import { createArticleReader } from './article-reader.ts'
import { type BoilerplateStage, createBoilerplateStage } from './boilerplate-stage.ts'
import { createFilesReader, type FileReading } from './file-reading.ts'
import type { FileChanges, FileStage } from './file-stage.ts'
import { createFolderContext, type FolderContext } from './folder-context.ts'
import type { KeyedChanges } from './keyed-changes.ts'
import { createKnownReadings, isByItself, type KnownReading, type KnownReadings } from './known-readings.ts'
import { readLoneFiles } from './lone-files.ts'
import type { ParseWorkers, ReadingTask, StartParseWorkers } from './parse-workers.ts'
import type { CoverReading } from './podcast-checks.ts'
import { readExportFile } from './read-exports.ts'
import { readTogether } from './read-together.ts'
import { noReadingCache, type ReadingCache, type ReadingMemory } from './reading-cache.ts'

export interface ReadingOptions {
  cache?: ReadingCache
  digest?: Digest
  /** Finds others who read at the same time, where there is much to read. Default: nobody. */
  startWorkers?: StartParseWorkers
  onProgress?(done: number, total: number): void
}

/** Readings by path; those of an export's entries at the export's path, `#` and the entry's key. */
export interface ReadingStage {
  /**
   * Reads each file that is not known by its stamp already. A file that can't be read costs itself only.
   * @param publishedAt what was published of a file, and was not withdrawn
   */
  apply(changes: FileChanges, publishedAt?: PublishedAt): Promise<KeyedChanges<FileReading>>
  /** Paths that could not be read just now: they are tried again at the next look. */
  unavailable(): ReadonlySet<string>
  /** What was read of a sound. */
  soundAt(path: string): SoundFile | undefined
  summary(): ReadingSummary
}

export type PublishedAt = (path: string) => Pick<LedgerEntry, 'words'> | undefined

export interface ReadingSummary {
  /** Files that were taken for no articles, and were read: exports, sounds that are episodes. */
  read: number
  /** What was taken for articles and is none: entries of exports, transcripts. */
  unread: number
  /** What the addresses of the systems that exports come from call things. */
  terms: readonly FormerTerm[]
  /** The covers of shows that lie in the folder. */
  covers: CoverReading[]
  /** Files with articles in a form that is of no system known here: JSON, say. */
  unknownForms: ReadonlyMap<string, string>
}

/** The state of the stage. */
interface Parts {
  folder: FolderContext
  task: ReturnType<typeof createTask>
  memory: ReadingMemory
  known: KnownReadings
  boilerplate: BoilerplateStage
  /** Paths that could not be read at the last look. */
  unavailable: ReadonlySet<string>
  publishedAt: PublishedAt
}

export function createReadingStage(
  source: Source,
  site: Site,
  files: FileStage,
  options: ReadingOptions = {},
): ReadingStage {
  const { cache = noReadingCache, digest = sha256 } = options
  const folder = createFolderContext(source, site, files, digest)
  const soundAt = (path: string) => folder.sounds.now().byPath.get(path)
  const boilerplateOf = (path: string) => boilerplate.boilerplateOf(path)
  const dateOrderOf = (path: string) => boilerplate.dateOrderOf(path)
  const taught = { boilerplateOf, dateOrderOf }
  const readAgain = createArticleReader(source, () => ({ ...folder.context(), ...taught }), soundAt)
  const memory = cache.open(JSON.stringify(site), readAgain)
  const learnt = memory.learnt()
  const known = createKnownReadings(memory.readings())
  const paths = known.remembered.keys()
  const boilerplate = createBoilerplateStage(folder, folder.exports.isArticle, { learnt, paths })
  const task = createTask(folder)
  let unavailable: ReadonlySet<string> = new Set()

  return {
    async apply(changes, publishedAt = () => undefined) {
      const parts = { folder, task, memory, known, boilerplate, unavailable, publishedAt }
      const made = await readChanges(parts, changes, options)
      const { set, fresh } = made
      const removed = new Set(made.forgotten)
      const accept = (path: string, reading: FileReading) => {
        removed.delete(path)
        known.accept(reading)
      }
      for (const [path, reading] of set) accept(path, reading)
      const lone = await readLoneFiles(folder, known, memory.keep)
      for (const path of lone.gone.flatMap(known.forget)) removed.add(path)
      for (const reading of lone.readings) {
        const { path } = reading.file
        if (known.remembered.get(path) !== reading) fresh.set(path, reading)
        set.set(path, reading)
        accept(path, reading)
      }
      unavailable = made.unavailable
      // Of the first look: what was remembered, and is there no more.
      const lost = [...known.remembered.keys()].filter(path => !known.all.has(path) && !unavailable.has(path))
      memory.commit(fresh, new Set([...removed, ...lost]), boilerplate.learnt())
      known.endFirstLook()
      return { set, removed }
    },
    unavailable: () => unavailable,
    soundAt,
    summary: () => summaryOf(folder, known),
  }
}

interface MadeReadings {
  set: Map<string, FileReading>
  /** Those of them that nobody has kept yet. */
  fresh: Map<string, FileReading>
  forgotten: string[]
  unavailable: Set<string>
}

/** The readings of all article files and exports that are other, or hang on one that is. */
async function readChanges(
  parts: Parts,
  changes: FileChanges,
  options: ReadingOptions,
): Promise<MadeReadings> {
  const { folder, known, boilerplate } = parts
  const { isArticle, isExport } = folder.exports
  const regrouped = await folder.apply(changes, path => known.remembered.get(path)?.sound)
  const { pending, set } = sortOut(parts, changes, regrouped)
  const noArticles = [...changes.set.keys(), ...regrouped].filter(
    path => !isArticle(path) && !isExport(path) && !isByItself(known.all.get(path)),
  )
  const forgotten = [...changes.removed, ...noArticles].flatMap(known.forget)
  for (const file of await boilerplate.apply(changes, new Set(pending.keys()))) pending.set(file.path, file)
  const isSettled = (path: string) => pending.has(path) || changes.removed.has(path)
  const unavailable = new Set([...parts.unavailable].filter(path => !isSettled(path)))
  const made = lostAsUnavailable(await readPending(parts, [...pending.values()], options), parts.publishedAt)
  for (const { file, entries, unavailable } of made)
    if (entries && !unavailable) for (const path of known.forget(file.path)) forgotten.push(path)
  const fresh = new Map<string, FileReading>()
  for (const reading of made) {
    const { path } = reading.file
    if (reading.unavailable) unavailable.add(path)
    else fresh.set(path, reading)
    for (const one of reading.unavailable ? asKnown(reading, known) : [reading]) set.set(one.file.path, one)
  }
  for (const path of changes.unavailable)
    if (known.all.has(path)) {
      unavailable.add(path)
      set.set(path, hiddenReading(folder.files.get(path)?.file ?? { path, size: 0, stamp: null }))
    }
  return { set, fresh, forgotten, unavailable }
}

/** Files to read, and what is remembered of those that need not be read. */
function sortOut(
  { folder, known, unavailable }: Parts,
  { set, removed }: FileChanges,
  regrouped: readonly string[],
): { pending: Map<string, SourceFile>; set: Map<string, FileReading> } {
  const { files, exports, context } = folder
  const paths = new Set([...set.keys(), ...unavailable, ...regrouped])
  for (const path of [...set.keys(), ...removed, ...regrouped])
    for (const dependent of known.dependentsOf(path)) paths.add(dependent)
  const now = context()
  const pending = new Map<string, SourceFile>()
  const recalled = new Map<string, FileReading>()
  for (const path of paths) {
    const file = files.get(path)?.file
    if (!file || !(exports.isArticle(path) || exports.isExport(path))) continue
    if (unavailable.has(path) || !known.isUnchanged(file, now)) pending.set(path, file)
    else if (!known.all.has(path))
      for (const reading of known.recall(path))
        recalled.set(reading.file.path, path === reading.file.path ? { ...reading, file } : reading)
  }
  return { pending, set: recalled }
}

async function readPending(
  { folder, task, memory, boilerplate }: Parts,
  pending: SourceFile[],
  { startWorkers, onProgress }: ReadingOptions,
): Promise<FileReading[]> {
  const { source, digest, exports, context } = folder
  const { articles: _, ...parsing } = context()
  const { boilerplateOf, dateOrderOf } = boilerplate
  const readHere = createFilesReader(source, { ...parsing, boilerplateOf, dateOrderOf }, digest)
  const plain = pending.filter(({ path }) => !exports.isExport(path))
  const exported = pending.filter(({ path }) => exports.isExport(path))
  const total = folder.contents().articles.length
  const workers = startWorkers?.(
    () => task(boilerplate.learnt()),
    plain.reduce((sum, { size }) => sum + size, 0),
  )
  try {
    const readings = await readTogether(plain, readHere, workers, memory.keep, count =>
      onProgress?.(total - plain.length + count, total),
    )
    for (const file of exported)
      for (const reading of await readExportAt(file, folder, workers)) readings.push(memory.keep(reading))
    return readings
  } finally {
    workers?.end()
  }
}

/** The file's own reading, then its entries'; empty where it is no export. */
async function readExportAt(
  file: SourceFile,
  { source, digest, exports, context }: FolderContext,
  workers: ParseWorkers | undefined,
): Promise<FileReading[]> {
  const kind = exports.kindOf(file.path)
  if (!kind) return []
  const made = await workers?.readExport?.(file, kind).catch(() => null)
  return made ?? readExportFile(source, file, kind, { ...context(), boilerplate: () => new Map() }, digest)
}

/** What others are told of the folder: the very same as last time where nothing of it is other. */
function createTask({ site, files, sounds, pictures, contents }: FolderContext) {
  let last: { of: unknown[]; task: ReadingTask } | null = null
  return ({ lines, orders }: LearntBoilerplate): ReadingTask => {
    const of = [contents(), lines, orders, files.outside().join('\n')]
    if (last?.of.every((part, at) => part === of[at])) return last.task
    const task = {
      site,
      boilerplate: lines,
      dateOrders: orders,
      ...contents(),
      sounds: [...sounds.now().byPath],
      captions: [...sounds.now().captions],
      pictures: [...pictures.now()],
      outside: files.outside(),
    }
    last = { of, task }
    return task
  }
}

/** What is said of files that were not written whole. */
const cutShort: ReadonlySet<string> = new Set(['file-empty', 'file-binary', 'front-matter-cut'])

/**
 * A published article whose file holds no text is no withdrawal: a save that is under way leaves an empty one, or its first lines, a crash one of
 * NUL bytes.
 * Where a file with the very words has come, the article was moved there.
 */
function lostAsUnavailable(made: FileReading[], publishedAt: PublishedAt): FileReading[] {
  const isTextless = ({ article, diagnostics }: FileReading) =>
    article === null && diagnostics.some(({ code }) => cutShort.has(code))
  if (!made.some(isTextless)) return made
  const words = new Set(made.flatMap(({ digests }) => (digests ? [digests.words] : [])))
  return made.map(reading => {
    const published = isTextless(reading) ? publishedAt(reading.file.path) : undefined
    return published && !words.has(published.words) ? { ...reading, unavailable: true } : reading
  })
}

/** A file that can't be read is known as it was, and is told of. */
function asKnown(reading: FileReading, known: KnownReadings): FileReading[] {
  const { path } = reading.file
  const before = known.recall(path)
  if (known.all.has(path) || before.length === 0) return [reading]
  return before.map(one =>
    one.file.path === path ? { ...one, diagnostics: [...one.diagnostics, ...reading.diagnostics] } : one,
  )
}

/** Asked at each look: what holds nothing of it is passed over at once. */
function summaryOf({ files, sounds, exports }: FolderContext, known: KnownReadings): ReadingSummary {
  const exported: KnownReading[] = []
  const covers: CoverReading[] = []
  let heard = 0
  for (const reading of known.all.values()) {
    const { entries, cover, sound, hasArticle, hasDiagnostics } = reading
    if (entries !== undefined) exported.push(reading)
    if (cover !== undefined) covers.push(reading)
    if (sound && (hasArticle || hasDiagnostics)) heard++
  }
  const transcripts =
    sounds.now().files.length === 0
      ? []
      : [...files.values()].filter(
          ({ file, place }) =>
            (place === 'article' || place === 'page-text') && sounds.isTranscript(file.path),
        )
  return {
    read: exported.filter(({ file }) => files.get(file.path)?.place === 'export').length + heard,
    unread: exported.reduce((sum, { others = 0 }) => sum + others, 0) + transcripts.length,
    terms: exported.flatMap(({ terms = [] }) => terms),
    covers,
    unknownForms: exports.unknown,
  }
}

function hiddenReading(file: SourceFile): FileReading {
  const why = 'This file cannot be read: its folder may not be looked into.'
  return {
    file,
    article: null,
    diagnostics: [diagnose('file-unreadable', file, why)],
    digests: null,
    links: [],
    asked: [],
    unavailable: true,
  }
}
