import { articleFormatOf } from '../model/article-paths.ts'
import { diagnose } from '../model/diagnostic.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { FormerTerm } from '../model/preset.ts'
import { declaresPodcast, type Site } from '../model/site.ts'
import type { Source, SourceFile } from '../model/source.ts'
import {
  boilerplateIn,
  type LearntBoilerplate,
  learnBoilerplate,
  sameLines,
} from '../page-text/learn-boilerplate.ts'
import { type Digest, sha256 } from '../text/digests.ts'
import { createArticleReader } from './article-reader.ts'
import {
  createFileReader,
  createFilesReader,
  dependenciesUnchanged,
  type FileReading,
  type ReadOneByOne,
  textReader,
  withFallback,
} from './file-reading.ts'
import type { FileChanges, FileStage } from './file-stage.ts'
import {
  contextOf,
  createDependents,
  createExports,
  createSounds,
  lookUpFiles,
  type ParseContextOfFolder,
} from './folder-context.ts'
import type { KeyedChanges } from './keyed-changes.ts'
import { mediaOf } from './media-files.ts'
import type { ParseWorkers, StartParseWorkers } from './parse-workers.ts'
import { type CoverReading, readCovers } from './podcast-checks.ts'
import { readExportFile } from './read-exports.ts'
import { createPictures } from './read-pictures.ts'
import { loneSounds, readLoneSound } from './read-sounds.ts'
import { noReadingCache, type ReadingCache } from './reading-cache.ts'

export interface ReadingOptions {
  cache?: ReadingCache
  digest?: Digest
  /** Finds others who read at the same time, where there is much to read. Default: nobody. */
  startWorkers?: StartParseWorkers
  onProgress?(done: number, total: number): void
}

/** Readings by path; those of an export's entries at the export's path, `#` and the entry's key. */
export interface ReadingStage {
  /** Reads each file that is not known by its stamp already. A file that can't be read costs itself only. */
  apply(changes: FileChanges): Promise<KeyedChanges<FileReading>>
  /** Paths that could not be read just now: they are tried again at the next look. */
  unavailable(): ReadonlySet<string>
  /** What was read of a sound. */
  soundAt(path: string): SoundFile | undefined
  summary(): ReadingSummary
}

export interface ReadingSummary {
  /** Files that were taken for no articles, and were read: exports, sounds that are episodes. */
  read: number
  /** What was taken for articles and is none: entries of exports, transcripts. */
  unread: number
  /** What the addresses of the systems that exports come from call things. */
  terms: readonly FormerTerm[]
  /** The covers of shows that lie in the folder. */
  covers: CoverReading[]
}

/** What the stage has to know of a reading that it has handed on. */
interface Known
  extends Pick<FileReading, 'file' | 'asked' | 'entries' | 'others' | 'terms' | 'sound' | 'cover'> {
  hasArticle: boolean
  hasDiagnostics: boolean
}

/** Files read at once: enough to keep a disk busy while another is parsed, few enough to hold little in memory. */
const filesAtOnce = 64
const bytesAtOnce = 1_000_000

export function createReadingStage(
  source: Source,
  site: Site,
  files: FileStage,
  options: ReadingOptions = {},
): ReadingStage {
  const { cache = noReadingCache, digest = sha256, startWorkers, onProgress } = options
  const sounds = createSounds(source, files)
  const soundAt = (path: string) => sounds.now().byPath.get(path)
  const pictures = createPictures(source)
  const exports = createExports(source, site, files, sounds.isTranscript)
  const context = contextOf(site, files, sounds.now, pictures.now, exports.isArticle)
  let learnt: LearntBoilerplate
  const memory = cache.open(
    JSON.stringify(site),
    createArticleReader(
      source,
      () => ({ ...context(), boilerplateOf: boilerplateIn(learnt.lines) }),
      soundAt,
    ),
  )
  learnt = memory.learnt()
  const remembered = new Map<string, FileReading>()
  for (const reading of memory.readings()) remembered.set(reading.file.path, reading)
  const rememberedPageTexts = [...remembered.keys()].filter(isPageText).length
  const known = new Map<string, Known>()
  const pageTexts = new Map<string, SourceFile>()
  const dependents = createDependents()
  const unavailable = new Set<string>()
  let isFirst = true

  /** What is known of a file under its stamp, if all that it hangs on is as it was. */
  function unchanged(file: SourceFile, now: ParseContextOfFolder): FileReading | Known | null {
    const before = known.get(file.path) ?? remembered.get(file.path)
    if (!before || file.stamp === null || before.file.stamp !== file.stamp) return null
    return dependenciesUnchanged(before, now) && asksBeside(before, now) ? before : null
  }

  /** Files to look at: those that are other, and those that hang on one that is. */
  function concerned({ set, removed }: FileChanges, others: Iterable<string>): Map<string, SourceFile> {
    const paths = new Set([...set.keys(), ...unavailable, ...others])
    for (const path of [...set.keys(), ...removed, ...others])
      for (const dependent of dependents.of(path)) paths.add(dependent)
    const found = new Map<string, SourceFile>()
    for (const path of paths) {
      const file = files.get(path)?.file
      if (file && (exports.isArticle(path) || exports.isExport(path))) found.set(path, file)
    }
    return found
  }

  /** Page text whose directories have learnt other lines. */
  async function relearn({ set, removed }: FileChanges, stale: ReadonlySet<string>): Promise<SourceFile[]> {
    const touched = [...set.keys(), ...removed].filter(path => {
      const file = files.get(path)
      const isOne = file?.place === 'page-text' && exports.isArticle(path)
      if (file && isOne) pageTexts.set(path, file.file)
      return pageTexts.has(path) && (isOne || pageTexts.delete(path))
    })
    const asRemembered =
      isFirst && rememberedPageTexts === pageTexts.size && touched.every(path => !stale.has(path))
    if (touched.length === 0 || asRemembered) return []
    const before = learnt
    const inOrder = [...pageTexts.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
    learnt = await learnBoilerplate(inOrder, textReader(createFileReader(source, site.maxFileBytes)), before)
    const [then, now] = [boilerplateIn(before.lines), boilerplateIn(learnt.lines)]
    return inOrder.filter(({ path }) => !sameLines(then(path), now(path)))
  }

  /** @param exported files that are exports: each has a reading of its own, and one for each of its entries */
  async function read(pending: SourceFile[], exported: SourceFile[]): Promise<FileReading[]> {
    const { articles, ...parsing } = context()
    const readings: FileReading[] = []
    const total = articles().length
    let next = 0
    /** Has files read as long as there are any: whoever is quicker reads more of them. */
    async function work(reader: ReadOneByOne): Promise<void> {
      while (next < pending.length) {
        const some: SourceFile[] = []
        for (let bytes = 0; some.length < filesAtOnce && bytes < bytesAtOnce; next++) {
          const file = pending[next]
          if (!file) break
          some.push(file)
          bytes += file.size
        }
        for await (const reading of reader(some)) readings.push(memory.keep(reading))
        onProgress?.(total - pending.length + readings.length, total)
      }
    }
    const readHere = createFilesReader(
      source,
      { ...parsing, boilerplateOf: boilerplateIn(learnt.lines) },
      digest,
    )
    const media = () => [...files.values()].flatMap(({ file }) => (mediaOf(file) ? [file] : []))
    const workers = startWorkers?.(
      () => ({
        site,
        boilerplate: learnt.lines,
        articles: articles(),
        media: media(),
        sounds: [...sounds.now().byPath],
        captions: [...sounds.now().captions],
        pictures: [...pictures.now()],
      }),
      pending.reduce((sum, { size }) => sum + size, 0),
    )
    try {
      const others = (workers?.readers ?? []).map(reader => withFallback(reader, readHere))
      const here = workers?.apart && others.length > 0 ? [] : [readHere]
      // Others twice: while one answer is on its way, they read the next.
      await Promise.all([...others, ...others, ...here].map(work))
      for (const file of exported)
        for (const reading of await readExportAt(file, workers?.readExport)) readings.push(reading)
    } finally {
      workers?.end()
    }
    return readings
  }

  /** The file's own reading, then its entries'; empty where it is no export. */
  async function readExportAt(
    file: SourceFile,
    elsewhere: ParseWorkers['readExport'],
  ): Promise<FileReading[]> {
    const kind = exports.kindOf(file.path)
    if (!kind) return []
    const made =
      (await elsewhere?.(file, kind).catch(() => null)) ??
      (await readExportFile(source, file, kind, { ...context(), boilerplate: new Set() }, digest))
    return made.map(memory.keep)
  }

  /** What is remembered of a file, its entries too where it is an export. */
  function recall(path: string): FileReading[] {
    const reading = remembered.get(path)
    return reading ? [reading, ...(reading.entries ?? []).flatMap(recall)] : []
  }

  /** A file that can't be read is known as it was, and is told of. */
  function asKnown(reading: FileReading): FileReading[] {
    const { path } = reading.file
    unavailable.add(path)
    const before = recall(path)
    if (known.has(path) || before.length === 0) return [reading]
    return before.map(one =>
      one.file.path === path ? { ...one, diagnostics: [...one.diagnostics, ...reading.diagnostics] } : one,
    )
  }

  function forget(path: string, removed: Set<string>): void {
    const before = known.get(path)
    if (!before) return
    for (const entry of before.entries ?? []) forget(entry, removed)
    known.delete(path)
    dependents.remove(path, before.asked)
    removed.add(path)
  }

  function accept(path: string, reading: FileReading, removed: Set<string>): void {
    removed.delete(path)
    // One that can't be read has nothing to say of what it hangs on.
    if (reading.unavailable) return
    const { file, asked, entries, others, terms, sound, cover, article, diagnostics } = reading
    dependents.remove(path, known.get(path)?.asked ?? [])
    known.set(path, {
      file,
      asked,
      ...(entries && { entries }),
      ...(others !== undefined && { others }),
      ...(terms && { terms }),
      ...(sound && { sound }),
      ...(cover && { cover }),
      hasArticle: article !== null,
      hasDiagnostics: diagnostics.length > 0,
    })
    dependents.add(path, asked)
  }

  /** What is no article file and has a reading all the same: each sound, by which it is remembered, and a show's cover. */
  async function readByThemselves(removed: Set<string>): Promise<FileReading[]> {
    const now = sounds.now()
    for (const [path, { sound }] of known) if (sound && !now.byPath.has(path)) forget(path, removed)
    const readings: FileReading[] = []
    const covers = await readCovers(source, site, lookUpFiles(files), file => {
      const before = known.get(file.path) ?? remembered.get(file.path)
      return file.stamp !== null && before?.file.stamp === file.stamp ? before.cover : undefined
    })
    const paths = new Set(covers.map(({ file }) => file.path))
    for (const [path, before] of known) if (before.cover && !paths.has(path)) forget(path, removed)
    for (const cover of covers) if (known.get(cover.file.path)?.cover !== cover.cover) readings.push(cover)
    if (now.files.length === 0) return readings
    const others = [...known.values()].filter(one => !isByItself(one))
    const isPodcast = declaresPodcast(site) || others.every(({ hasArticle }) => !hasArticle)
    const asked = others.flatMap(({ asked }) => asked.map(([path]) => path))
    const lone = isPodcast ? loneSounds(now, site, asked) : new Set<string>()
    const parsing = context()
    for (const file of now.files) {
      const sound = now.byPath.get(file.path)
      const before = known.get(file.path) ?? remembered.get(file.path)
      const isSame =
        before?.sound === sound &&
        before !== undefined &&
        before.asked.length > 0 === lone.has(file.path) &&
        dependenciesUnchanged(before, parsing)
      if (!sound || (isSame && known.has(file.path))) continue
      const kept = isSame ? remembered.get(file.path) : undefined
      readings.push(
        kept ?? memory.keep(await readLoneSound(file, sound, lone.has(file.path), parsing, digest)),
      )
    }
    return readings
  }

  return {
    async apply(changes) {
      const set = new Map<string, FileReading>()
      const removed = new Set<string>()
      const fresh = new Map<string, FileReading>()
      await pictures.apply(changes)
      const others = await sounds.apply(changes, path => remembered.get(path)?.sound)
      const regrouped = [...others, ...(await exports.apply(changes))]
      const now = context()
      const pending = new Map<string, SourceFile>()
      for (const [path, file] of concerned(changes, regrouped)) {
        const before = unavailable.has(path) ? null : unchanged(file, now)
        if (before === null) pending.set(path, file)
        else if (!known.has(path))
          for (const reading of recall(path))
            set.set(reading.file.path, { ...reading, file: path === reading.file.path ? file : reading.file })
      }
      for (const path of changes.removed) forget(path, removed)
      for (const path of [...changes.set.keys(), ...regrouped])
        if (!exports.isArticle(path) && !exports.isExport(path) && !isByItself(known.get(path)))
          forget(path, removed)
      for (const file of await relearn(changes, new Set(pending.keys()))) pending.set(file.path, file)
      for (const path of pending.keys()) unavailable.delete(path)
      const { isExport } = exports
      const made = await read(
        [...pending.values()].filter(({ path }) => !isExport(path)),
        [...pending.values()].filter(({ path }) => isExport(path)),
      )
      for (const { file, entries, unavailable } of made)
        if (entries && !unavailable) forget(file.path, removed)
      for (const reading of made) {
        const kept = reading.unavailable ? asKnown(reading) : [reading]
        for (const one of kept) set.set(one.file.path, one)
        if (!reading.unavailable) fresh.set(reading.file.path, reading)
      }
      for (const path of changes.unavailable)
        if (known.has(path)) {
          unavailable.add(path)
          set.set(path, hiddenReading(files.get(path)?.file ?? { path, size: 0, stamp: null }))
        }
      for (const [path, reading] of set) accept(path, reading, removed)
      for (const reading of await readByThemselves(removed)) {
        set.set(reading.file.path, reading)
        accept(reading.file.path, reading, removed)
        if (remembered.get(reading.file.path) !== reading) fresh.set(reading.file.path, reading)
      }
      const forgotten = isFirst
        ? [...remembered.keys()].filter(path => !known.has(path) && !unavailable.has(path))
        : []
      memory.commit(fresh, new Set([...removed, ...forgotten]), learnt)
      isFirst = false
      remembered.clear()
      return { set, removed }
    },
    unavailable: () => unavailable,
    soundAt,
    summary() {
      const all = [...known.values()]
      const exported = all.filter(({ entries }) => entries !== undefined)
      const transcripts = [...files.values()].filter(
        ({ file, place }) => (place === 'article' || place === 'page-text') && sounds.isTranscript(file.path),
      )
      return {
        read:
          exported.filter(({ file }) => files.get(file.path)?.place === 'export').length +
          all.filter(({ sound, hasArticle, hasDiagnostics }) => sound && (hasArticle || hasDiagnostics))
            .length,
        unread: exported.reduce((sum, { others = 0 }) => sum + others, 0) + transcripts.length,
        terms: exported.flatMap(({ terms = [] }) => terms),
        covers: all.filter(({ cover }) => cover !== undefined),
      }
    },
  }
}

/** Sounds and covers: of a file that is no article file. */
const isByItself = (reading: Pick<Known, 'sound' | 'cover'> | undefined) =>
  reading?.sound !== undefined || reading?.cover !== undefined

/** Whether no sound has come to stand beside a file since it was read. */
function asksBeside(
  { file, asked }: Pick<Known, 'file' | 'asked'>,
  { soundsBeside }: ParseContextOfFolder,
): boolean {
  const beside = soundsBeside?.(file.path) ?? []
  return beside.every(sound => asked.some(([path]) => path === sound))
}

const isPageText = (path: string) => articleFormatOf(path) === 'page-text'

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
