import type { SqlRow, SqlValue, StateStore } from '../../model/state-store.ts'

/** As much of a Durable Object's storage as its SQL needs. */
export interface DurableStorage {
  sql: { exec(statement: string, ...values: unknown[]): { toArray(): Record<string, unknown>[] } }
  transactionSync<T>(run: () => T): T
}

/** A Durable Object's own SQLite as a state: one object is one process's, and nobody else writes to it. */
export function durableState(storage: DurableStorage): StateStore {
  return {
    query: <Row extends SqlRow>(statement: string, ...values: SqlValue[]) =>
      storage.sql.exec(statement, ...values).toArray() as Row[],
    transaction: run => storage.transactionSync(run),
  }
}
