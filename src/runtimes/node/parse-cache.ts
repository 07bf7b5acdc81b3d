import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { articleWith, type FieldOrigin } from '../../model/article.ts'
import { articleFormatOf } from '../../parse/article-paths.ts'
import { createParseMemory, type FileReading, type ParseMemory } from '../../publish/read-articles.ts'
import { type BodyShelf, createBodyShelf } from './body-shelf.ts'
import { programStamp } from './program-stamp.ts'

/**
 * What was parsed, kept between runs outside the publication's folder. It is a convenience only: one that is missing,
 * damaged, locked or unwritable is as good as empty.
 */
export interface ParseCache {
  /** What was kept under the same settings and the same program; else an empty memory. */
  load(settings: string): ParseMemory
  /** Keeps what is new in a memory, and forgets what it no longer has. */
  save(settings: string, memory: ParseMemory): void
}

export const noParseCache: ParseCache = { load: createParseMemory, save: () => {} }

/** The cache of one folder; `BROADSHEET_CACHE` names another place than the platform's own, or `off`. */
export function parseCacheFor(
  folder: string,
  env: Record<string, string | undefined> = process.env,
): ParseCache {
  const place = cacheFolder(env)
  if (place === null) return noParseCache
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)
  return parseCacheAt(join(place, `${name}.sqlite`))
}

function cacheFolder(env: Record<string, string | undefined>): string | null {
  const { BROADSHEET_CACHE: given, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env
  if (given === 'off') return null
  if (given) return given
  if (process.platform === 'win32') return local ? join(local, 'broadsheet', 'cache') : null
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'broadsheet')
  return join(xdg || join(homedir(), '.cache'), 'broadsheet')
}

/** Databases of one folder that are kept: each is for its own settings and program, and two may be in use in turns. */
const keptDatabases = 3

/** @param file where the databases lie: `x.sqlite` stands for `x-….sqlite`, one for each settings and program */
export function parseCacheAt(file: string): ParseCache {
  let database: DatabaseSync | null = null
  let bodies: BodyShelf | null = null

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
        const shelf = createBodyShelf(database)
        bodies = shelf
        memory.boilerplate = new Set(JSON.parse(metaOf(database, 'boilerplate') ?? '[]'))
        const rows = database.prepare('SELECT reading FROM readings').iterate()
        const names = createNameTable()
        for (const row of rows as Iterable<unknown> as Iterable<{ reading: string }>) {
          const reading = restore(row.reading, shelf, names)
          memory.readings.set(reading.file.path, reading)
          if (articleFormatOf(reading.file.path) === 'page-text') memory.pageTexts++
        }
        memory.shelve = reading => {
          if (database !== null) attempt(() => shelf.take(reading))
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
        setMeta.run('boilerplate', JSON.stringify([...memory.boilerplate]))
        database.exec('COMMIT')
      })
    },
  }
}

/** A reading without its article's body, which lies in a table of its own: most of the bytes, and seldom asked for. */
function rowOf(reading: FileReading): string {
  const { article } = reading
  return JSON.stringify({
    ...reading,
    article: article && articleWith(article, { html: undefined, text: undefined, bodyKey: undefined }),
  })
}

function restore(text: string, bodies: BodyShelf, names: NameTable): FileReading {
  // What many articles share is held once: there may be a hundred thousand of them.
  const reading: FileReading = names.list(JSON.parse(text))
  const { article, file, digests } = reading
  if (!article || !digests) return reading
  article.path = file.path
  names.list(article)
  article.tags = article.tags.map(names.text)
  for (const name of Object.keys(article.fields) as (keyof typeof article.fields)[])
    article.fields[name] = names.origin(article.fields[name]!)
  reading.article = bodies.lend(article, digests.content)
  return reading
}

/** Equal values as one value. */
interface NameTable {
  /** The object, its empty lists being one and the same. */
  list<Holder extends object>(holder: Holder): Holder
  text(text: string): string
  origin(origin: FieldOrigin): FieldOrigin
}

function createNameTable(): NameTable {
  const texts = new Map<string, string>()
  const origins = new Map<string, FieldOrigin>()
  const one = <Value>(table: Map<string, Value>, key: string, value: Value): Value => {
    const known = table.get(key)
    if (known === undefined) table.set(key, value)
    return known ?? value
  }
  const none: readonly never[] = Object.freeze([])
  return {
    list(holder) {
      for (const [name, value] of Object.entries(holder))
        if (Array.isArray(value) && value.length === 0) Object.assign(holder, { [name]: none })
      return holder
    },
    text: text => one(texts, text, text),
    origin: origin => one(origins, `${origin.from} ${origin.confidence} ${origin.line}`, origin),
  }
}

const schema = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS readings (path TEXT PRIMARY KEY, content TEXT, reading TEXT NOT NULL);
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
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`)
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
