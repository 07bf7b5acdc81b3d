import { createHash } from 'node:crypto'
import { chmodSync, existsSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import type { StatementSync } from 'node:sqlite'
import { BroadsheetError } from '../../model/errors.ts'
import type { SqlRow, SqlValue, StateStore } from '../../model/state-store.ts'
import { beforeFirst } from '../../text/before-first.ts'
import { makeFolder } from './make-folder.ts'
import { backup, DatabaseSync } from './sqlite.ts'

/** A server's own state in a file. */
export interface StateFile extends StateStore {
  path: string
  /** A copy beside it, from which promises are taken should the file be damaged. */
  keepCopy(): Promise<void>
  close(): void
}

/** Another process looks after this state. */
export class StateInUseError extends BroadsheetError {
  override readonly name = 'StateInUseError'
}

/** The folder that would hold the state lies among the articles, or is not one that can be written. */
export class StatePlaceError extends BroadsheetError {
  override readonly name = 'StatePlaceError'
}

/**
 * Where a folder's state lies. `BROADSHEET_STATE`, then the settings, then systemd's `STATE_DIRECTORY`, then the platform's own
 * place (XDG) name the folder for it.
 * @throws StatePlaceError where that is inside the articles' folder
 */
export function stateFileFor(
  folder: string,
  setting: string | null,
  env: Record<string, string | undefined> = process.env,
): string {
  const articles = realpathSync(folder)
  const place = resolve(env.BROADSHEET_STATE || setting || stateFolder(env))
  const inside = relative(articles, place)
  if (!inside.startsWith('..') && inside !== place)
    throw new StatePlaceError(`The state can't lie in ${place}: that is inside the folder of the articles.`)
  const name = createHash('sha256').update(articles).digest('hex').slice(0, 24)
  return join(place, `${name}.sqlite`)
}

function stateFolder(env: Record<string, string | undefined>): string {
  const { STATE_DIRECTORY: systemd, XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = env
  if (systemd) return beforeFirst(systemd, ':')
  if (process.platform === 'win32' && local) return join(local, 'broadsheet', 'state')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'broadsheet')
  return join(xdg || join(homedir(), '.local', 'state'), 'broadsheet')
}

export interface OpenedState {
  state: StateFile
  /** What was done about a damaged file; null where it was sound. */
  mended: { aside: string; rows: number; fromCopy: number } | null
}

/**
 * Opens a state for writing, and holds it: no other process can. The system lets go of it when this one dies. A damaged file is put
 * aside, and what can be read of it is taken over.
 * @param promises the table of which an older copy is better than nothing
 * @throws StateInUseError, or SQLite's and the system's own errors
 */
export function openStateFile(path: string, promises: string): OpenedState {
  makeFolder(dirname(path), 0o700)
  const lock = holdLock(`${path}.lock`)
  try {
    const wasThere = existsSync(path)
    const damaged = wasThere && isDamaged(path)
    const aside = `${path}.damaged`
    if (damaged) for (const end of ['', '-wal', '-shm']) moveAside(`${path}${end}`, `${aside}${end}`)
    const database = openForWriting(path)
    const mended = damaged ? { aside, ...salvage(database, aside, `${path}.copy`, promises) } : null
    return { state: stateFile(database, lock, path), mended }
  } catch (error) {
    lock.close()
    throw error
  }
}

/** A state for reading beside a server that holds it; null where there is none. */
export function readStateFile(path: string): { query: StateStore['query']; close(): void } | null {
  if (!existsSync(path)) return null
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
  return { query: createQuery(database), close: () => database.close() }
}

/** fcntl's locks go with the process that holds them, however it ends. */
function holdLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (codeOf(error) === busy) throw new StateInUseError(path)
    throw error
  }
}

/** SQLite's result codes. */
const busy = 5
const codeOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) & 0xff

function isDamaged(path: string): boolean {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(path, { timeout: 5000 })
    const [result] = database.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[]
    return result?.quick_check !== 'ok'
  } catch (error) {
    // SQLITE_CORRUPT, SQLITE_NOTADB: anything else (a full disk, a missing right) says nothing of what is in it.
    if (codeOf(error) === 11 || codeOf(error) === 26) return true
    throw error
  } finally {
    database?.close()
  }
}

function moveAside(from: string, to: string): void {
  rmSync(to, { force: true })
  if (existsSync(from)) renameSync(from, to)
}

function openForWriting(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 })
  chmodSync(path, 0o600)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216',
  )
  return database
}

/** Opens a state beside the server that holds it, for something small; null where there is none. */
export function writeStateBeside(path: string): (StateStore & { close(): void }) | null {
  if (!existsSync(path)) return null
  const database = new DatabaseSync(path, { timeout: 5000 })
  return { ...storeOf(database), close: () => database.close() }
}

function stateFile(database: DatabaseSync, lock: DatabaseSync, path: string): StateFile {
  return {
    path,
    ...storeOf(database),
    async keepCopy() {
      const fresh = `${path}.copy-new`
      await backup(database, fresh)
      chmodSync(fresh, 0o600)
      renameSync(fresh, `${path}.copy`)
    },
    close() {
      database.close()
      lock.close()
    },
  }
}

function storeOf(database: DatabaseSync): StateStore {
  return {
    query: createQuery(database),
    transaction(run, outlives = 'process') {
      // In WAL mode only FULL waits for the disk at each commit.
      if (outlives === 'power') database.exec('PRAGMA synchronous = FULL')
      try {
        database.exec('BEGIN IMMEDIATE')
        const result = run()
        database.exec('COMMIT')
        return result
      } catch (error) {
        // A full disk has rolled it back already.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      } finally {
        if (outlives === 'power') database.exec('PRAGMA synchronous = NORMAL')
      }
    },
  }
}

function createQuery(database: DatabaseSync): StateStore['query'] {
  const prepared = new Map<string, StatementSync>()
  return <Row extends SqlRow>(statement: string, ...values: SqlValue[]): Row[] => {
    let found = prepared.get(statement)
    if (!found) {
      found = database.prepare(statement)
      prepared.set(statement, found)
    }
    return found.all(...values) as Row[]
  }
}

/** Copies what can be read of a damaged database: each table from its beginning and from its end, up to the damage. */
function salvage(
  database: DatabaseSync,
  damaged: string,
  copy: string,
  promises: string,
): { rows: number; fromCopy: number } {
  const rows = copyReadable(database, damaged, () => true)
  return { rows, fromCopy: existsSync(copy) ? copyReadable(database, copy, table => table === promises) : 0 }
}

function copyReadable(database: DatabaseSync, from: string, wanted: (table: string) => boolean): number {
  let source: DatabaseSync | null = null
  let copied = 0
  try {
    source = new DatabaseSync(from)
    const tables = source
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string; sql: string }[]
    for (const { name, sql } of tables.filter(({ name }) => wanted(name))) {
      database.exec(sql.replace(/^CREATE TABLE (?!IF)/i, 'CREATE TABLE IF NOT EXISTS '))
      for (const direction of ['ASC', 'DESC']) copied += copyTable(database, source, name, direction)
    }
  } catch {
    // Not even its list of tables can be read.
  } finally {
    source?.close()
  }
  return copied
}

function copyTable(to: DatabaseSync, from: DatabaseSync, table: string, direction: string): number {
  let copied = 0
  try {
    const [key] = from.prepare(`SELECT name FROM pragma_table_info('${table}') WHERE pk = 1`).all() as {
      name: string
    }[]
    if (!key) return 0
    const rows = from
      .prepare(`SELECT * FROM ${table} NOT INDEXED ORDER BY ${key.name} ${direction}`)
      .iterate()
    for (const row of rows as Iterable<SqlRow>) {
      const columns = Object.keys(row)
      const put = to.prepare(
        `INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
      )
      copied += Number(put.run(...Object.values(row)).changes)
    }
  } catch {
    // Where the damage is: the other direction has the rest.
  }
  return copied
}
