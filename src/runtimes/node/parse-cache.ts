import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { articleWith } from '../../model/article.ts'
import { articleFormatOf } from '../../model/article-paths.ts'
import type { FileSample, LearntBoilerplate } from '../../page-text/learn-boilerplate.ts'
import { createParseMemory, type FileReading } from '../../publish/read-articles.ts'
import { noReadingCache, type ReadingCache } from '../../publish/reading-cache.ts'
import { type BodyShelf, createBodyShelf } from './body-shelf.ts'
import { cacheFolder } from './cache-folder.ts'
import { programStamp } from './program-stamp.ts'
import { createSharedValues, type SharedValues } from './shared-values.ts'

/** The cache of one folder; `BROADSHEET_CACHE` names another place than the platform's own, or `off`. */
export function parseCacheFor(
  folder: string,
  env: Record<string, string | undefined> = process.env,
): ReadingCache {
  const place = cacheFolder(env)
  if (place === null) return noReadingCache
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)
  return parseCacheAt(join(place, `${name}.sqlite`))
}

/** Databases of one folder that are kept: each is for its own settings and program, and two may be in use in turns. */
const keptDatabases = 3

/** @param file where the databases lie: `x.sqlite` stands for `x-….sqlite`, one for each settings and program */
export function parseCacheAt(file: string): ReadingCache {
  let database: DatabaseSync | null = null
  let bodies: BodyShelf | null = null
  let keptSamples: LearntBoilerplate['samples'] = new Map()

  /** What goes wrong with the database ends its use; nothing in it can't be made again. */
  function attempt(work: (database: DatabaseSync) => void): void {
    if (!database) return
    try {
      work(database)
    } catch {
      // Bodies that lie in it are still read from it: it stays open.
      database = null
    }
  }

  return {
    load(settings) {
      const memory = createParseMemory()
      database = openDatabase(file, keyOf(settings))
      attempt(database => {
        const shared = createSharedValues()
        const shelf = createBodyShelf(database, shared)
        bodies = shelf
        memory.learnt = learntIn(database)
        keptSamples = memory.learnt.samples
        const rows = database.prepare('SELECT reading FROM readings').iterate()
        for (const row of rows as Iterable<unknown> as Iterable<{ reading: string }>) {
          const reading = restore(row.reading, shelf, shared)
          memory.readings.set(reading.file.path, reading)
          if (articleFormatOf(reading.file.path) === 'page-text') memory.pageTexts++
        }
        memory.shelve = reading => {
          if (database === null) return
          attempt(() => shelf.take(reading))
          // Anew: what was cut out of a file's text, a title say, holds all of that text.
          Object.assign(reading, { ...restore(rowOf(reading), shelf, shared), file: reading.file })
        }
      })
      return memory
    },
    save(_, memory) {
      const { made, gone } = memory.news
      if (made.size === 0 && gone.size === 0) return
      memory.news = { made: new Map(), gone: new Set() }
      attempt(database => {
        if (!database.isTransaction) database.exec('BEGIN IMMEDIATE')
        const put = database.prepare(
          'INSERT OR REPLACE INTO readings (path, content, reading) VALUES (?, ?, ?)',
        )
        for (const reading of made.values()) {
          bodies!.take(reading)
          put.run(reading.file.path, reading.digests?.content ?? null, rowOf(reading))
        }
        const remove = database.prepare('DELETE FROM readings WHERE path = ?')
        for (const path of gone) remove.run(path)
        const setMeta = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)')
        const { lines, samples } = memory.learnt
        setMeta.run('boilerplate', JSON.stringify([...lines].map(([path, set]) => [path, [...set]])))
        keepSamples(database, keptSamples, samples)
        database.exec('COMMIT')
        keptSamples = samples
      })
    },
  }
}

function learntIn(database: DatabaseSync): LearntBoilerplate {
  const lists: [path: string, lines: string[]][] = JSON.parse(metaOf(database, 'boilerplate') ?? '[]')
  const rows = database.prepare('SELECT path, stamp, lines FROM samples').iterate()
  const samples = new Map<string, FileSample>()
  for (const row of rows as Iterable<unknown> as Iterable<SampleRow>) {
    // A copy, since an array of larger numbers must begin at a multiple of their size.
    const lines = row.lines && new Uint32Array(row.lines.slice().buffer)
    samples.set(row.path, { stamp: row.stamp, lines })
  }
  return { lines: new Map(lists.map(([path, lines]) => [path, new Set(lines)])), samples }
}

interface SampleRow {
  path: string
  stamp: string | null
  lines: Uint8Array<ArrayBuffer> | null
}

function keepSamples(
  database: DatabaseSync,
  before: LearntBoilerplate['samples'],
  now: LearntBoilerplate['samples'],
): void {
  if (before === now) return
  const put = database.prepare('INSERT OR REPLACE INTO samples (path, stamp, lines) VALUES (?, ?, ?)')
  for (const [path, sample] of now)
    if (before.get(path) !== sample) put.run(path, sample.stamp, sample.lines && bytesOf(sample.lines))
  const remove = database.prepare('DELETE FROM samples WHERE path = ?')
  for (const path of before.keys()) if (!now.has(path)) remove.run(path)
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** What a row says otherwise: the body has a table of its own, and an id is given to an article by the whole folder. */
const elsewhere = {
  html: undefined,
  text: undefined,
  bodyKey: undefined,
  id: undefined,
  revised: undefined,
  fingerprint: undefined,
}

function rowOf(reading: FileReading): string {
  const { article } = reading
  return JSON.stringify({ ...reading, article: article && articleWith(article, elsewhere) })
}

function restore(text: string, bodies: BodyShelf, shared: SharedValues): FileReading {
  const reading: FileReading = JSON.parse(text)
  const { article, file, digests, diagnostics, links, asked } = reading
  Object.assign(reading, {
    diagnostics: shared.list(diagnostics),
    links: shared.list(links),
    asked: shared.list(asked),
  })
  if (!article || !digests) return reading
  article.path = file.path
  reading.article = bodies.lend(article, digests.content)
  return reading
}

const schema = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS readings (path TEXT PRIMARY KEY, content TEXT, reading TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS samples (path TEXT PRIMARY KEY, stamp TEXT, lines BLOB);
  CREATE TABLE IF NOT EXISTS bodies (content TEXT PRIMARY KEY, html TEXT NOT NULL, text TEXT NOT NULL);
`

/** Null where it can't be opened; a damaged one is thrown away. */
function openDatabase(base: string, key: string): DatabaseSync | null {
  const file = base.replace(/(?:\.sqlite)?$/, `-${key.slice(0, 16)}.sqlite`)
  for (const last of [false, true])
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      const database = new DatabaseSync(file, { timeout: 2_000 })
      // Drafts are in it.
      chmodSync(file, 0o600)
      // A reader does not wait for a writer: this program may run twice over one folder.
      // Bodies of some KB lie whole on pages of this size: on SQLite's own, filling a new database takes twice as long.
      database.exec(
        `PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`,
      )
      // What no article says any more. Not later, when somebody may still read what was published before.
      database.exec(
        'DELETE FROM bodies WHERE content NOT IN (SELECT content FROM readings WHERE content IS NOT NULL)',
      )
      forgetOthers(file, base)
      return database
    } catch (error) {
      const locked = error instanceof Error && 'errcode' in error && error.errcode === 5
      if (locked || last) return null
      remove(file)
    }
  return null
}

/** Databases of former settings and programs, but for the latest. Whoever has one open keeps what it holds. */
function forgetOthers(file: string, base: string): void {
  const stem = basename(base).replace(/\.sqlite$/, '')
  const others = readdirSync(dirname(file))
    .filter(name => name.startsWith(`${stem}-`) && name.endsWith('.sqlite') && name !== basename(file))
    .map(name => join(dirname(file), name))
    .sort((a, b) => modified(b) - modified(a))
  for (const other of others.slice(keptDatabases - 1)) remove(other)
}

const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

function metaOf(database: DatabaseSync, name: string): string | null {
  const row = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)
  return row ? String(row.value) : null
}

/** Other settings or another program may read the same file otherwise; another version keeps it in another form. */
function keyOf(settings: string): string {
  return createHash('sha256').update(settings).update(programStamp()).digest('hex')
}
