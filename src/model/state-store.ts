/** What SQL takes and gives. */
export type SqlValue = string | number | null | Uint8Array

export type SqlRow = Record<string, SqlValue>

/**
 * What a server remembers for itself between restarts: synchronous SQL (SQLite's), `node:sqlite` on Node and a Durable Object's on
 * Cloudflare. It is never in the articles' folder, and nothing that is published hangs on it.
 */
export interface StateStore {
  /** Runs one statement; `?` stand for the values, in order. Returns its rows, all of them. */
  query<Row extends SqlRow = SqlRow>(statement: string, ...values: SqlValue[]): Row[]
  /**
   * Everything that `run` writes is kept, or, where it throws, nothing is. Not to be nested; `run` is synchronous.
   * @param outlives `process`: a process that is killed; the last moments may go with a power cut. `power`: that too, which has to
   *   wait for the disk. @default 'process'
   */
  transaction<T>(run: () => T, outlives?: 'process' | 'power'): T
}

/** The row of a statement that always has one: a count, a sum. @throws {TypeError} where it has none */
export function onlyRow<Row extends SqlRow>(
  state: StateStore,
  statement: string,
  ...values: SqlValue[]
): Row {
  const [row] = state.query<Row>(statement, ...values)
  if (!row) throw new TypeError(`No row came of "${statement}".`)
  return row
}
