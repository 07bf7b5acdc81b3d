import { createHash } from 'node:crypto'
import {
  chmodSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { StatementSync } from 'node:sqlite'
import type { FramePlace } from '../../model/reading.ts'
import { type FileSample, type LearntBoilerplate, nothingLearnt } from '../../page-text/learn-boilerplate.ts'
import type { DayOrder } from '../../page-text/learn-date-order.ts'
import type { FileReading } from '../../publish/file-reading.ts'
import { noReadingCache, type ReadingCache, type ReadingMemory } from '../../publish/reading-cache.ts'
import { cacheFolder } from './cache-folder.ts'
import { createInterning, type Interning } from './interning.ts'
import { makeFolder } from './make-folder.ts'
import { programStamp } from './program-stamp.ts'
import { DatabaseSync } from './sqlite.ts'
import { type AtHand, atHandOf, createStoredArticles, type StoredArticles } from './stored-articles.ts'

export interface ReadingDatabaseOptions {
  /** Told, in a sentence, that a damaged database was thrown away. @default nobody is */
  onRebuilt?(message: string): void
}

/** The cache of one folder; `BROADSHEET_CACHE` names another place than the platform's own, or `off`. */
export function readingDatabaseFor(
  folder: string,
  options: ReadingDatabaseOptions = {},
  env: Record<string, string | undefined> = process.env,
): ReadingCache {
  const place = cacheFolder(env)
  if (place === null) return noReadingCache
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)
  return readingDatabaseAt(join(place, `${name}.sqlite`), options)
}

/**
 * Readings in SQLite, one database for each settings and program. Whatever happens to it (locked, full, damaged, deleted
 * while it is in use, written by others at the same time) costs time only: what can't be written stays in memory, and
 * what can't be read is read from the article's file again.
 * @param file where the databases lie: `x.sqlite` stands for `x-….sqlite`
 */
export function readingDatabaseAt(file: string, { onRebuilt }: ReadingDatabaseOptions = {}): ReadingCache {
  const generationFile = `${file.replace(/\.sqlite$/, '')}.generation`
  return {
    open(settings, readAgain) {
      const place = databaseFile(file, settings)
      const opened = openDatabase(place)
      if (opened.rebuilt)
        onRebuilt?.(`${place} was damaged, and is filled anew: everything is read once more.`)
      forgetOthers(place, file)
      if (!opened.database) return noReadingCache.open(settings, readAgain)
      const { database } = opened
      const interning = createInterning()
      const onDamage = () => {
        remove(place)
        onRebuilt?.(
          `${place} is damaged, and is filled anew at the next start: everything is read once more.`,
        )
      }
      const writes = createWriter(database, onDamage)
      const articles = createStoredArticles(database, writes, interning, readAgain)
      return createMemory(database, writes, articles, interning)
    },
    generation() {
      try {
        const number = Number(readFileSync(generationFile, 'utf8'))
        return Number.isSafeInteger(number) && number > 0 ? number : null
      } catch {
        return null
      }
    },
    keepGeneration(generation) {
      try {
        makeFolder(dirname(generationFile), 0o700)
        const beside = `${generationFile}.${process.pid}`
        writeFileSync(beside, `${generation}\n`)
        renameSync(beside, generationFile)
      } catch {
        // The next run goes by the clock.
      }
    },
  }
}

/** What is done in one transaction, or, where that fails, not at all. */
export interface DatabaseWriter {
  /** Whether it was done. After a failure that does not pass (a full disk, damage) nothing is tried any more. */
  write(work: () => void): boolean
}

/** SQLite's primary result codes that pass: somebody else is writing. */
const busy = new Set([5, 6])
const damaged = new Set([11, 26])

function createWriter(database: DatabaseSync, onDamage: () => void): DatabaseWriter {
  let isUsable = true
  const attempt = (work: () => void) => {
    try {
      work()
      return null
    } catch (error) {
      return error
    }
  }
  return {
    write(work) {
      if (!isUsable) return false
      const error = attempt(() => {
        database.exec('BEGIN IMMEDIATE')
        work()
        database.exec('COMMIT')
      })
      if (error === null) return true
      if (database.isTransaction) attempt(() => database.exec('ROLLBACK'))
      const code = codeOf(error)
      isUsable = busy.has(code)
      if (damaged.has(code)) attempt(onDamage)
      return false
    },
  }
}

/** SQLite's primary result code; 1 for any other error. */
function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 1
}

interface Statements {
  put: StatementSync
  remove: StatementSync
  retire: StatementSync
  setMeta: StatementSync
  putSample: StatementSync
  removeSample: StatementSync
}

function createMemory(
  database: DatabaseSync,
  writer: DatabaseWriter,
  articles: StoredArticles,
  interning: Interning,
): ReadingMemory {
  let samples: LearntBoilerplate['samples'] = new Map()
  let statements: Statements | null = null

  function prepared(): Statements {
    statements ??= {
      put: database.prepare('INSERT OR REPLACE INTO readings (path, content, reading) VALUES (?, ?, ?)'),
      remove: database.prepare('DELETE FROM readings WHERE path = ?'),
      // What this article said before. Others may still be reading it.
      retire: database.prepare(
        'UPDATE bodies SET unused = ?1 WHERE content = (SELECT content FROM readings WHERE path = ?2 AND content IS NOT ?3)',
      ),
      setMeta: database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)'),
      putSample: database.prepare('INSERT OR REPLACE INTO samples VALUES (?, ?, ?, ?)'),
      removeSample: database.prepare('DELETE FROM samples WHERE path = ?'),
    }
    return statements
  }

  function keepSamples(now: LearntBoilerplate['samples']): void {
    const { putSample, removeSample } = prepared()
    for (const [path, sample] of now)
      if (samples.get(path) !== sample)
        putSample.run(path, sample.stamp, sample.lines && bytesOf(sample.lines), sample.dates)
    for (const path of samples.keys()) if (!now.has(path)) removeSample.run(path)
  }

  return {
    *readings() {
      try {
        for (const row of rowsOf<{ reading: string }>(database, 'SELECT reading FROM readings'))
          yield restore(row.reading, articles, interning)
      } catch {
        // Whatever is missing is read from its file.
      }
    },
    learnt() {
      try {
        const learnt = learntIn(database)
        samples = learnt.samples
        return learnt
      } catch {
        return nothingLearnt
      }
    },
    keep(reading) {
      const { article, digests } = reading
      if (!article || !digests || !articles.take(article, digests.content)) return reading
      // Anew: what was cut out of a file's text, a title say, holds all of that text.
      return { ...restore(rowOf(reading), articles, interning), file: reading.file }
    },
    commit(read, removed, learnt) {
      articles.flush()
      if (read.size === 0 && removed.size === 0 && samples === learnt.samples) return
      const now = Date.now()
      const isKept = writer.write(() => {
        const { put, remove, retire, setMeta } = prepared()
        for (const [path, reading] of read) {
          const content = reading.digests?.content ?? null
          retire.run(now, path, content)
          put.run(path, content, rowOf(reading))
        }
        for (const path of removed) {
          retire.run(now, path, null)
          remove.run(path)
        }
        if (samples === learnt.samples) return
        setMeta.run('boilerplate', textOfLines(learnt.lines))
        setMeta.run('dateOrders', JSON.stringify([...learnt.orders]))
        keepSamples(learnt.samples)
      })
      if (isKept) samples = learnt.samples
    },
  }
}

function rowsOf<Row>(database: DatabaseSync, sql: string): Iterable<Row> {
  return database.prepare(sql).iterate() as Iterable<unknown> as Iterable<Row>
}

function textOfLines(lines: LearntBoilerplate['lines']): string {
  return JSON.stringify([...lines].map(([path, sources]) => [path, sources.map(source => [...source])]))
}

function learntIn(database: DatabaseSync): LearntBoilerplate {
  const metaOf = (name: string) => {
    const row = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)
    return JSON.parse(row ? String(row.value) : '[]')
  }
  const lists: [path: string, sources: [line: string, place: FramePlace][][]][] = metaOf('boilerplate')
  const samples = new Map<string, FileSample>()
  for (const row of rowsOf<SampleRow>(database, 'SELECT path, stamp, lines, dates FROM samples')) {
    // A copy, since an array of larger numbers must begin at a multiple of their size.
    const lines = row.lines && new Uint32Array(row.lines.slice().buffer)
    samples.set(row.path, { stamp: row.stamp, lines, dates: row.dates })
  }
  return {
    lines: new Map(lists.map(([path, sources]) => [path, sources.map(lines => new Map(lines))])),
    orders: new Map(metaOf('dateOrders') as [string, DayOrder][]),
    samples,
  }
}

interface SampleRow {
  path: string
  stamp: string | null
  lines: Uint8Array<ArrayBuffer> | null
  dates: FileSample['dates']
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** A reading as its row has it: of its article what is at hand. */
type ReadingRow = Omit<FileReading, 'article'> & { article: AtHand | null }

function rowOf(reading: FileReading): string {
  const { article } = reading
  return JSON.stringify({ ...reading, article: article && atHandOf(article) } satisfies ReadingRow)
}

function restore(text: string, articles: StoredArticles, interning: Interning): FileReading {
  const { article, ...reading }: ReadingRow = JSON.parse(text)
  const { file, digests, diagnostics, links, asked } = reading
  return {
    ...reading,
    article: article && digests && articles.lend(article, file.path, digests.content),
    diagnostics: interning.list(diagnostics),
    links: interning.list(links),
    asked: interning.list(asked),
  }
}

const schema = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS readings (path TEXT PRIMARY KEY, content TEXT, reading TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS readings_content ON readings (content);
  CREATE TABLE IF NOT EXISTS samples (path TEXT PRIMARY KEY, stamp TEXT, lines BLOB, dates TEXT);
  CREATE TABLE IF NOT EXISTS bodies (content TEXT PRIMARY KEY, html TEXT NOT NULL, text TEXT NOT NULL, rest TEXT NOT NULL, unused INTEGER);
  CREATE INDEX IF NOT EXISTS bodies_unused ON bodies (unused) WHERE unused IS NOT NULL;
`

/** Milliseconds for which a text that no article says any more stays: whoever serves the former publication may need it. */
const keptUnused = 24 * 60 * 60 * 1000

const forgetUnused = `
  DELETE FROM bodies WHERE unused < ?
  AND NOT EXISTS (SELECT 1 FROM readings WHERE readings.content = bodies.content)
`

interface OpenedDatabase {
  /** Null where it can't be opened. */
  database: DatabaseSync | null
  /** A damaged one was thrown away. */
  rebuilt: boolean
}

function openDatabase(file: string): OpenedDatabase {
  for (const rebuilt of [false, true])
    try {
      return { database: opened(file), rebuilt }
    } catch (error) {
      if (!damaged.has(codeOf(error)) || rebuilt) return { database: null, rebuilt }
      remove(file)
    }
  return { database: null, rebuilt: true }
}

function opened(file: string): DatabaseSync {
  makeFolder(dirname(file), 0o700)
  const database = new DatabaseSync(file, { timeout: 2_000 })
  try {
    // Drafts are in it.
    chmodSync(file, 0o600)
    // A reader does not wait for a writer: this program may run twice over one folder.
    // Bodies of some KB lie whole on pages of this size: on SQLite's own, filling a new database takes twice as long.
    database.exec('PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
    const isNew =
      database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'bodies_unused'").get() === undefined
    if (isNew) database.exec(schema)
    tidy(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** That it can't be done now is no reason not to read. */
function tidy(database: DatabaseSync): void {
  try {
    database.prepare(forgetUnused).run(Date.now() - keptUnused)
  } catch (error) {
    if (damaged.has(codeOf(error))) throw error
  }
}

/** Databases of one folder that are kept: each is for its own settings and program, and some may be in use in turns. */
const keptDatabases = 3

/** Databases of former settings and programs, but for the latest, and those that somebody has used within a day. */
function forgetOthers(file: string, base: string): void {
  try {
    const stem = basename(base).replace(/\.sqlite$/, '')
    const others = readdirSync(dirname(file))
      .filter(name => name.startsWith(`${stem}-`) && name.endsWith('.sqlite') && name !== basename(file))
      .map(name => join(dirname(file), name))
      .sort((a, b) => lastUsed(b) - lastUsed(a))
    for (const other of others.slice(keptDatabases - 1))
      if (lastUsed(other) < Date.now() - keptUnused) remove(other)
  } catch {
    // They take room, and nothing else.
  }
}

/** SQLite touches one of these whenever it is opened or written. */
const lastUsed = (file: string) =>
  Math.max(
    ...['', '-wal', '-shm'].map(suffix => statSync(file + suffix, { throwIfNoEntry: false })?.mtimeMs ?? 0),
  )

function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

/** Other settings or another program may read the same file otherwise; another version keeps it in another form. */
function databaseFile(base: string, settings: string): string {
  const key = createHash('sha256').update(settings).update(programStamp()).digest('hex')
  return base.replace(/(?:\.sqlite)?$/, `-${key.slice(0, 16)}.sqlite`)
}
