import type { SqlRow, StateStore } from '../model/state-store.ts'
import { onlyRow } from '../model/state-store.ts'
import { longestWait, waitAfter } from './back-off.ts'

/** How somebody is told. */
export type Door = 'websub' | 'rsscloud' | 'webhook'

/** `tell`: a feed has changed. `event`: one message of a webhook. `verify`, `deny`: of a subscription. */
export type JobKind = 'tell' | 'event' | 'verify' | 'deny'

export interface Job extends SqlRow {
  id: number
  kind: JobKind
  subscription: number | null
  host: string
  version: number
  /** JSON; null where the subscription says all. */
  data: string | null
  made: number
  attempt: number
}

/** What a job says, by its kind. @throws {TypeError} where it says nothing */
export function dataOf<Data>({ kind, data }: Job): Data {
  if (data === null) throw new TypeError(`A job of the kind ${kind} says nothing.`)
  return JSON.parse(data) as Data
}

/** What became of a job. */
export type Outcome =
  /** Done: it is forgotten, unless something newer has taken its place meanwhile. */
  | { end: 'done'; words: string }
  /** May be tried again. */
  | { end: 'failed'; words: string; retryAfter: number | null }
  /** Nothing more is to be tried. */
  | { end: 'hopeless'; words: string }
  /** The subscriber says that there is no such subscription any more. */
  | { end: 'gone'; words: string }

/** Milliseconds for which a claimed job belongs to who claimed it: longer than any request takes. */
const claimLease = 60_000
/** Milliseconds after which nobody waits for a verification. */
const verificationLife = 3_600_000

/**
 * What is to be sent, in a server's own state. A job is claimed for a time, and is there again after it: one that is under way when
 * a process dies is done once more. Methods are to be called inside a transaction where they write.
 */
export interface JobQueue {
  add(job: Pick<Job, 'kind' | 'subscription' | 'host' | 'data'> & { name: string }, now: number): void
  /** For each subscription of a topic that holds at `now`: to be told. Returns how many. */
  addForTopic(topic: string, version: number, now: number): number
  /** At most `most` that are due and whose host is none of `busy`; `take` decides about each. */
  claim(
    now: number,
    most: number,
    busy: string[],
    take: (host: string) => boolean,
  ): { jobs: Job[]; more: boolean }
  settle(job: Job, outcome: Outcome, now: number, random: () => number): 'done' | 'again' | 'given up'
  /** What a process that died had claimed can be claimed at once. To be called where nobody else claims. */
  release(now: number): void
  /** Due times that lie further ahead than any wait come from a clock that was set back. */
  mendDueTimes(now: number): void
  /** What waits for its next attempt is tried now. Returns how many. */
  retryNow(now: number): number
  nextDue(busy: string[]): number | null
  nextDueAt(host: string): number | null
  /** Verifications that wait, in all or at a host. */
  verifications(host?: string): number
  /** Messages that are to be sent, how many of them were never tried, and since when the first of them waits. */
  messages(): { waiting: number; untried: number; oldest: number | null }
}

export function createJobQueue(state: StateStore): JobQueue {
  const numberOf = (statement: string, ...values: (string | number)[]) =>
    onlyRow<{ number: number }>(state, statement, ...values).number

  /** What is claimed keeps its claim: the request under way ends first, and then finds that there is something newer. */
  const replace = `ON CONFLICT (name) DO UPDATE SET version = max(excluded.version, version + 1), data = excluded.data,
    subscription = excluded.subscription, made = excluded.made, attempt = 0,
    due = CASE WHEN claimed = 1 THEN due ELSE excluded.due END`

  return {
    add({ kind, name, subscription, host, data }, now) {
      state.query(
        `INSERT INTO job (kind, name, subscription, host, version, data, made, attempt, due)
         VALUES (?, ?, ?, ?, 1, ?, ?, 0, ?) ${replace}`,
        ...[kind, name, subscription, host, data, now, now],
      )
    },
    addForTopic(topic, version, now) {
      // Those who took long the last time come after the others, who would wait for them.
      state.query(
        `INSERT INTO job (kind, name, subscription, host, version, made, attempt, due)
         SELECT 'tell', 'tell ' || id, id, host, ?, ?, 0, ? + CASE WHEN took > 250 THEN min(took, 3000) ELSE 0 END FROM subscription
         WHERE topic = ? AND expires > ? ${replace}`,
        ...[version, now, now, topic, now],
      )
      return numberOf('SELECT count(*) number FROM subscription WHERE topic = ? AND expires > ?', topic, now)
    },
    claim(now, most, busy, take) {
      const found = state.query<Job>(
        `SELECT id, kind, subscription, host, version, data, made, attempt FROM job
         WHERE due <= ? ${busy.length > 0 ? 'AND host NOT IN (SELECT value FROM json_each(?))' : ''}
         ORDER BY due LIMIT ?`,
        ...(busy.length > 0 ? [now, JSON.stringify(busy), most] : [now, most]),
      )
      const jobs = found.filter(({ host }) => take(host))
      if (jobs.length > 0)
        state.query(
          'UPDATE job SET due = ?, claimed = 1 WHERE id IN (SELECT value FROM json_each(?))',
          now + claimLease,
          JSON.stringify(jobs.map(({ id }) => id)),
        )
      return { jobs, more: found.length === most }
    },
    settle: (job, outcome, now, random) => settleJob(state, job, outcome, now, random),
    release(now) {
      state.query('UPDATE job SET due = ?, claimed = 0 WHERE claimed = 1', now)
    },
    mendDueTimes(now) {
      state.query('UPDATE job SET due = ? WHERE due > ?', now, now + longestWait)
    },
    retryNow(now) {
      return state.query(
        'UPDATE job SET due = ?, attempt = 0 WHERE claimed = 0 AND due > ? RETURNING id',
        now,
        now,
      ).length
    },
    nextDue(busy) {
      return (
        state.query<{ due: number | null }>(
          `SELECT min(due) due FROM job ${busy.length > 0 ? 'WHERE host NOT IN (SELECT value FROM json_each(?))' : ''}`,
          ...(busy.length > 0 ? [JSON.stringify(busy)] : []),
        )[0]?.due ?? null
      )
    },
    nextDueAt: host =>
      state.query<{ due: number | null }>('SELECT min(due) due FROM job WHERE host = ?', host)[0]?.due ??
      null,
    verifications: host =>
      host === undefined
        ? numberOf("SELECT count(*) number FROM job WHERE kind = 'verify'")
        : numberOf("SELECT count(*) number FROM job WHERE kind = 'verify' AND host = ?", host),
    messages: () =>
      onlyRow<{ waiting: number; untried: number; oldest: number | null }>(
        state,
        "SELECT count(*) waiting, count(*) FILTER (WHERE attempt = 0) untried, min(made) oldest FROM job WHERE kind IN ('tell', 'event')",
      ),
  }
}

function settleJob(
  state: StateStore,
  job: Job,
  outcome: Outcome,
  now: number,
  random: () => number,
): 'done' | 'again' | 'given up' {
  const { id, version, kind } = job
  const forget = () =>
    state.query('DELETE FROM job WHERE id = ? AND version = ? RETURNING id', id, version).length === 1
  const renew = () =>
    void state.query('UPDATE job SET due = ?, claimed = 0 WHERE id = ? AND version <> ?', now, id, version)
  if (outcome.end !== 'failed') {
    if (!forget()) renew()
    return outcome.end === 'hopeless' ? 'given up' : 'done'
  }
  const isVerification = kind === 'verify' || kind === 'deny'
  const wait = waitAfter(job.attempt, random, isVerification ? 'verification' : 'message')
  if (wait === null || (isVerification && now - job.made > verificationLife)) {
    if (!forget()) renew()
    return 'given up'
  }
  const due = now + Math.max(wait, Math.min(outcome.retryAfter ?? 0, longestWait))
  state.query(
    'UPDATE job SET due = ?, claimed = 0, attempt = attempt + 1 WHERE id = ? AND version = ?',
    ...[due, id, version],
  )
  renew()
  return 'again'
}
