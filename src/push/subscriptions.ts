import type { SqlRow, StateStore } from '../model/state-store.ts'
import { onlyRow } from '../model/state-store.ts'
import type { Door } from './job-queue.ts'

/** Times are epoch milliseconds. */
export interface Subscription extends SqlRow {
  id: number
  door: Door
  /** The path of a feed on the publication; of a webhook: empty. */
  topic: string
  callback: string
  host: string
  secret: string | null
  since: number
  /** Null: as long as the settings name it. */
  expires: number | null
  /** When the last message arrived. */
  told: number | null
  /** When the last request was made; null: not yet, or by a version that did not write it down. */
  tried: number | null
  /** What the last request came to, in words. */
  outcome: string | null
  /** In a row. */
  failures: number
  /** Milliseconds that the last one took. */
  took: number
  /** On how many days it was found to be over. */
  over: number
}

export type SubscriptionKey = Pick<Subscription, 'door' | 'topic' | 'callback'>

/** What was promised to whom. Methods that write are to be called inside a transaction. */
export interface Subscriptions {
  byId(id: number): Subscription | null
  byIds(ids: number[]): Map<number, Subscription>
  /** A renewed one keeps the time since when it is there. */
  put(
    subscription: Pick<Subscription, 'door' | 'topic' | 'callback' | 'host' | 'secret' | 'expires'>,
    now: number,
  ): void
  remove(key: SubscriptionKey): Subscription | null
  note(id: number, result: { arrived: boolean; words: string; took: number }, now: number): void
  /** Those that are over and not yet forgotten among them. */
  count(): number
  countAt(host: string): number
  has(key: SubscriptionKey): boolean
  webhooks(): Subscription[]
  /** Every one, those that are over too. */
  list(): Subscription[]
  /**
   * Forgets those that were found to be over on `times` days. Not the first time: a clock may be wrong for a while, and a promise
   * is not to be lost by it.
   */
  forgetOver(now: number, times: number): void
}

export function createSubscriptions(state: StateStore): Subscriptions {
  const numberOf = (statement: string, ...values: (string | number)[]) =>
    onlyRow<{ number: number }>(state, statement, ...values).number

  return {
    byId: id => state.query<Subscription>('SELECT * FROM subscription WHERE id = ?', id)[0] ?? null,
    byIds(ids) {
      const wanted = JSON.stringify(ids)
      const found = state.query<Subscription>(
        'SELECT * FROM subscription WHERE id IN (SELECT value FROM json_each(?))',
        wanted,
      )
      return new Map(found.map(row => [row.id, row]))
    },
    put({ door, topic, callback, host, secret, expires }, now) {
      state.query(
        `INSERT INTO subscription (door, topic, callback, host, secret, since, expires) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (topic, callback, door) DO UPDATE SET secret = excluded.secret, expires = excluded.expires,
           since = CASE WHEN expires <= ? THEN excluded.since ELSE since END`,
        ...[door, topic, callback, host, secret, now, expires, now],
      )
    },
    remove({ door, topic, callback }) {
      const [removed = null] = state.query<Subscription>(
        'DELETE FROM subscription WHERE door = ? AND topic = ? AND callback = ? RETURNING *',
        ...[door, topic, callback],
      )
      if (removed) state.query('DELETE FROM job WHERE subscription = ?', removed.id)
      return removed
    },
    note(id, { arrived, words, took }, now) {
      if (arrived)
        state.query(
          'UPDATE subscription SET told = ?, tried = ?, outcome = ?, failures = 0, took = ? WHERE id = ?',
          ...[now, now, words, took, id],
        )
      else
        state.query(
          'UPDATE subscription SET tried = ?, outcome = ?, failures = failures + 1, took = ? WHERE id = ?',
          ...[now, words, took, id],
        )
    },
    count: () => numberOf('SELECT count(*) number FROM subscription'),
    countAt: host => numberOf('SELECT count(*) number FROM subscription WHERE host = ?', host),
    has: ({ door, topic, callback }) =>
      numberOf(
        'SELECT count(*) number FROM subscription WHERE door = ? AND topic = ? AND callback = ?',
        ...[door, topic, callback],
      ) > 0,
    webhooks: () => state.query<Subscription>("SELECT * FROM subscription WHERE door = 'webhook'"),
    list: () => state.query<Subscription>('SELECT * FROM subscription ORDER BY door, topic, host, id'),
    forgetOver(now, times) {
      state.query('UPDATE subscription SET over = over + 1 WHERE expires <= ?', now)
      state.query('UPDATE subscription SET over = 0 WHERE expires > ? AND over > 0', now)
      state.query(
        'DELETE FROM job WHERE subscription IN (SELECT id FROM subscription WHERE over >= ?)',
        times,
      )
      state.query('DELETE FROM subscription WHERE over >= ?', times)
    },
  }
}
