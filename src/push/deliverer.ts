import type { StateStore } from '../model/state-store.ts'
import type { HostLimits } from './host-limits.ts'
import type { Job, JobQueue } from './job-queue.ts'
import type { Performed } from './perform-job.ts'
import type { Subscription, Subscriptions } from './subscriptions.ts'

export interface DelivererOptions {
  state: StateStore
  queue: JobQueue
  subscriptions: Subscriptions
  hosts: HostLimits
  perform: (job: Job, subscription: Subscription | null) => Promise<Performed>
  /**
   * Writes what follows from a job besides its own end. Called inside the transaction that ends the job; what it returns is
   * called once that transaction holds, for what was rolled back must be neither said nor counted.
   */
  settled: (performed: Performed, end: 'done' | 'again' | 'given up') => () => void
  clock: () => number
  random: () => number
  max: DeliveryLimits
  /** When something is next to be done; null: nothing waits. Whoever is told calls `run` then. */
  wakeAt: (due: number | null) => void
  /** The state can't be written: nothing is sent until it can, for what was sent could not be remembered. Null: it can again. */
  onTrouble: (error: unknown) => void
}

/** Requests at most: under way and not known to be slow (as many are sent twice where a process is killed), and all that are under way. */
export interface DeliveryLimits {
  quick: number
  all: number
  /** Begun in one turn: whatever else the process has to do is done between turns. @default 8 */
  perTurn?: number
  /** Milliseconds after which a request is a slow one, and others no longer wait for it to end. @default 250 */
  slowAfter?: number
  /** Milliseconds for which what has ended is gathered, to be written together, unless that is half of the quick ones. @default 0 */
  gathered?: number
  /** All of one `run`, where the platform counts them. @default no limit */
  perRun?: number
}

export interface Deliverer {
  /** Sends what is due; resolves when nothing is, or when as much is sent as one run may send. */
  run(): Promise<void>
  /** Takes nothing more, and resolves when what is under way has ended. */
  stop(): Promise<void>
}

/** What was promised is to outlive anything; a message that is sent twice after a power cut is no loss. */
const outlives = (settling: Performed[]) => (settling.some(({ verified }) => verified) ? 'power' : 'process')

const usualPerTurn = 8
const usualSlowAfter = 250
/** Milliseconds; a timer takes no more than 2³¹. */
const longestSleep = 3_600_000
/** Milliseconds after which a state that could not be written is tried again. */
const troubleWait = 5000

/**
 * Takes jobs out of the queue, a few at once, and writes what became of them: in one transaction for all that ended in the same turn,
 * so that a process that dies has little to do twice.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { state, queue, subscriptions, hosts, clock, random, max } = options
  let ended: Performed[] = []
  const underWay = createUnderWay()
  const soon = createTimer(turn, clock)
  let stopping = false
  let failing = false
  let idle: PromiseWithResolvers<void> | null = null

  function turn(): void {
    const now = clock()
    underWay.age(now, max.slowAfter ?? usualSlowAfter)
    const settling = ended
    ended = []
    let claimed: ReturnType<typeof withSubscriptions> = []
    let more = false
    const taken: string[] = []
    const take = (host: string) => hosts.take(host, now) && taken.push(host) > 0
    let written: (() => void)[] = []
    try {
      state.transaction(() => {
        written = settling.map(performed => settle(options, performed, now))
        if (stopping || underWay.room(max) <= 0) return
        const claim = queue.claim(now, underWay.room(max), hosts.busy(now), take)
        more = claim.more
        claimed = withSubscriptions(claim.jobs, subscriptions)
      }, outlives(settling))
      failing = false
    } catch (error) {
      // Nothing was claimed, and what has ended is written later.
      ended = [...settling, ...ended]
      for (const host of taken) hosts.done(host, null, now, random)
      failing = true
      options.onTrouble(error)
      if (stopping) finish(now)
      else soon(troubleWait)
      return
    }
    for (const report of written) report()
    for (const { job, subscription } of claimed) start(job, subscription, now)
    more &&= claimed.length > 0 && underWay.room(max) > 0
    const wait = more ? 0 : waitFor(underWay.count(), options, now)
    if (wait !== null) soon(wait)
    else if (ended.length === 0) finish(now)
  }

  function finish(now: number): void {
    underWay.rest()
    idle?.resolve()
    idle = null
    if (!stopping) options.wakeAt(nextTime(options, now))
  }

  function start(job: Job, subscription: Subscription | null, now: number): void {
    underWay.begin(job.id, now)
    const end = (performed: Performed) => {
      underWay.end(job.id)
      hosts.done(job.host, performed.hostIsWell, clock(), random)
      ended.push(performed)
      soon(failing ? troubleWait : ended.length * 2 >= max.quick ? 0 : (max.gathered ?? 0))
    }
    options.perform(job, subscription).then(end, error => end(ourFault(job, error)))
  }

  /** Resolves when nothing is due, and nothing under way. */
  function untilIdle(): Promise<void> {
    idle ??= Promise.withResolvers<void>()
    const { promise } = idle
    soon()
    return promise
  }

  return {
    run: () => (stopping ? Promise.resolve() : untilIdle()),
    stop() {
      stopping = true
      return underWay.count().all + ended.length === 0 ? Promise.resolve() : untilIdle()
    },
  }
}

/** Milliseconds until a look at what is under way is worth it; null: nothing is. */
function waitFor(
  underWay: { quick: number; all: number },
  options: DelivererOptions,
  now: number,
): number | null {
  const { slowAfter = usualSlowAfter } = options.max
  if (underWay.quick > 0) return slowAfter
  return underWay.all > 0
    ? Math.max((nextTime(options, now) ?? now + longestSleep) - now, usualSlowAfter)
    : null
}

/** When there will be something to do that nothing under way has to end for. */
function nextTime({ queue, hosts }: DelivererOptions, now: number): number | null {
  const resting = hosts.resting(now)
  const times = [queue.nextDue(resting), ...resting.map(host => hosts.restEnd(host, queue.nextDueAt(host)))]
  const due = times.flatMap(time => time ?? [])
  return due.length > 0 ? Math.min(...due) : null
}

function settle(options: DelivererOptions, performed: Performed, now: number): () => void {
  const { queue, subscriptions, random } = options
  const { job, outcome, took } = performed
  const end = queue.settle(job, outcome, now, random)
  if (job.subscription !== null) {
    const words = end === 'given up' ? `given up: ${outcome.words}` : outcome.words
    subscriptions.note(job.subscription, { arrived: outcome.end === 'done', words, took }, now)
  }
  return options.settled(performed, end)
}

/** Each job with whom it is for; null where that is nobody, or nobody any more. */
function withSubscriptions(jobs: Job[], subscriptions: Subscriptions) {
  const known = subscriptions.byIds(jobs.flatMap(({ subscription }) => subscription ?? []))
  return jobs.map(job => ({ job, subscription: known.get(job.subscription ?? Number.NaN) ?? null }))
}

const ourFault = (job: Job, error: unknown): Performed => ({
  job,
  outcome: { end: 'failed', words: `a fault of this program: ${String(error)}`, retryAfter: null },
  took: 0,
  hostIsWell: null,
})

/** Requests that are under way: those that may end at any moment, and those that are known to be slow. */
function createUnderWay() {
  const quick = new Map<number, number>()
  let slow = 0
  let begun = 0
  return {
    begin(id: number, now: number): void {
      quick.set(id, now)
      begun++
    },
    /** How many may be begun now. */
    room: (max: DeliveryLimits) =>
      Math.min(
        max.quick - quick.size,
        max.all - quick.size - slow,
        (max.perRun ?? Number.POSITIVE_INFINITY) - begun,
        max.perTurn ?? usualPerTurn,
      ),
    /** A run is over. */
    rest(): void {
      begun = 0
    },
    end(id: number): void {
      if (!quick.delete(id)) slow--
    },
    age(now: number, slowAfter: number): void {
      for (const [id, started] of quick) {
        if (now - started < slowAfter) break
        quick.delete(id)
        slow++
      }
    },
    count: () => ({ quick: quick.size, all: quick.size + slow }),
  }
}

/** Acts once, at the earliest of the instants that were asked for. */
function createTimer(act: () => void, clock: () => number): (milliseconds?: number) => void {
  let next: { timer: ReturnType<typeof setTimeout>; at: number } | null = null
  return (milliseconds = 0) => {
    const at = clock() + milliseconds
    if (next && next.at <= at) return
    if (next) clearTimeout(next.timer)
    const timer = setTimeout(() => {
      next = null
      act()
    }, milliseconds)
    next = { timer, at }
  }
}
