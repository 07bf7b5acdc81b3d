import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createParseMemory, type FileReading, type ParseMemory } from '../../publish/read-articles.ts'
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

interface Row {
  path: string
  reading: string
  html: string
  text: string
}

export function parseCacheAt(file: string): ParseCache {
  let kept: ReadonlyMap<string, FileReading> = new Map()
  let keptKey = ''
  return {
    load(settings) {
      const memory = createParseMemory()
      attempt(file, database => {
        keptKey = keyOf(settings)
        if (metaOf(database, 'key') !== keptKey) return
        memory.boilerplate = new Set(JSON.parse(metaOf(database, 'boilerplate') ?? '[]'))
        const rows = database.prepare('SELECT path, reading, html, text FROM readings').iterate()
        for (const row of rows as Iterable<unknown> as Iterable<Row>)
          memory.readings.set(row.path, restore(row, memory))
      })
      kept = memory.readings
      return memory
    },
    save(settings, memory) {
      const key = keyOf(settings)
      const { readings } = memory
      const changed = [...readings.values()].filter(reading => kept.get(reading.file.path) !== reading)
      const gone = [...kept.keys()].filter(path => !readings.has(path))
      if (key === keptKey && changed.length === 0 && gone.length === 0) return
      attempt(file, database => {
        database.exec('BEGIN IMMEDIATE')
        if (metaOf(database, 'key') !== key) database.exec('DELETE FROM readings')
        const put = database.prepare(
          'INSERT OR REPLACE INTO readings (path, reading, html, text) VALUES (?, ?, ?, ?)',
        )
        const whole = metaOf(database, 'key') === key ? changed : readings.values()
        for (const reading of whole) {
          const row = rowOf(reading, memory)
          put.run(row.path, row.reading, row.html, row.text)
        }
        const remove = database.prepare('DELETE FROM readings WHERE path = ?')
        for (const path of gone) remove.run(path)
        const setMeta = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)')
        setMeta.run('key', key)
        setMeta.run('boilerplate', JSON.stringify([...memory.boilerplate]))
        database.exec('COMMIT')
      })
      kept = readings
      keptKey = key
    },
  }
}

/** Bodies lie in columns of their own: they are most of the bytes, and need no parsing. */
function rowOf(reading: FileReading, memory: ParseMemory): Row {
  const { article } = reading
  const words = article && memory.words.get(article)
  const head = { ...reading, article: article && { ...article, html: '', text: '' }, words }
  return {
    path: reading.file.path,
    reading: JSON.stringify(head),
    html: article?.html ?? '',
    text: article?.text ?? '',
  }
}

function restore(row: Row, memory: ParseMemory): FileReading {
  const { words, ...reading } = JSON.parse(row.reading)
  if (reading.article) {
    reading.article.html = row.html
    reading.article.text = row.text
    if (words) memory.words.set(reading.article, words)
  }
  return reading
}

const schema = `
  PRAGMA journal_mode = DELETE;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS readings (path TEXT PRIMARY KEY, reading TEXT NOT NULL, html TEXT NOT NULL, text TEXT NOT NULL);
`

/** Works on the database, and throws it away where that fails: nothing in it can't be made again. */
function attempt(file: string, work: (database: DatabaseSync) => void): void {
  let database: DatabaseSync | null = null
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    database = new DatabaseSync(file, { timeout: 2_000 })
    // Drafts are in it.
    chmodSync(file, 0o600)
    database.exec(schema)
    work(database)
  } catch (error) {
    const locked = error instanceof Error && 'errcode' in error && error.errcode === 5
    if (!locked) rmSync(file, { force: true })
  } finally {
    database?.close()
  }
}

function metaOf(database: DatabaseSync, name: string): string | null {
  const row = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)
  return row ? String(row.value) : null
}

/** Other settings or another program may read the same file otherwise. */
function keyOf(settings: string): string {
  return createHash('sha256').update(settings).update(programStamp()).digest('hex')
}
