import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { createHub, type Hub, type HubEvent } from '../../push/hub.ts'
import type { Audience } from '../../push/publication-look.ts'
import type { PublishedFeeds, Topic } from '../../push/topics.ts'
import type { ToldArticle } from '../../push/webhook-events.ts'
import { askBriefly } from './brief-request.ts'
import type { HubNeeds, HubReport, HubTask, HubWork } from './hub-in-thread.ts'
import { createOutgoing } from './outgoing.ts'
import { openStateFile, type StateFile, StateInUseError } from './state-file.ts'
import { connectThreads, type ThreadCalls } from './thread-calls.ts'

/* The thread of hub-in-thread.ts: a hub with its state and its way out. Where the state can't be opened, that is tried again and again. */

/** Milliseconds: what `broadsheet push --retry` asks for is seen this soon. */
const maxSleep = 10_000
/** Milliseconds between two copies of the state. */
const copyEvery = 3_600_000
/** What is under way, or has ended and is not yet written, is sent twice when a process is killed: few, unless they take long. */
const max = { quick: 20, all: 1024, perTurn: 20, gathered: 4, slowAfter: 25 }

/** A hub that is there as long as its state can be written. */
function createKeptHub(task: HubTask, main: ThreadCalls<HubNeeds>): HubWork {
  const { path, tryAgain } = task
  const given = hubOptions(task, main)
  const timers: Record<string, NodeJS.Timeout | undefined> = {}
  let state: StateFile | null = null
  let hub: Hub | null = null
  let complaint = ''
  /** The newest publication, until it has been looked at. */
  let waiting: { articles: ToldArticle[] | null } | null = null

  const say = (event: HubEvent) => void main.say(reportOf(event))

  function open(): void {
    try {
      const opened = openStateFile(path, 'subscription')
      state = opened.state
      if (opened.mended) void main.say({ kind: 'mended', ...opened.mended })
      hub = createHub({ ...given, state, wakeAt, say })
      if (complaint !== '') say({ kind: 'recovered' })
      complaint = ''
      const keepCopy = () => void state?.keepCopy().catch(error => say({ kind: 'trouble', error }))
      timers.copy = setInterval(keepCopy, copyEvery)
      keepCopy()
      if (waiting) void published(null)
    } catch (error) {
      state?.close()
      state = null
      const reason = reasonOf(error)
      if (reason !== complaint)
        void main.say({ kind: 'closed', inUse: error instanceof StateInUseError, reason })
      complaint = reason
      timers.open = setTimeout(open, tryAgain)
    }
  }

  function wakeAt(due: number | null): void {
    clearTimeout(timers.wake)
    if (due !== null)
      timers.wake = setTimeout(() => void hub?.run(), Math.min(Math.max(due - Date.now(), 0), maxSleep))
  }

  async function published(articles: ToldArticle[] | null): Promise<Audience | null> {
    // While the state can't be written, what is to be told is what will differ when it can.
    const look = { articles: articles ?? waiting?.articles ?? null }
    waiting = look
    if (!hub) return null
    try {
      const audience = await hub.published(look.articles)
      if (waiting === look) waiting = null
      return audience
    } catch {
      // The hub has said why. What was not told differs still at the next look.
      timers.again ??= setTimeout(() => {
        timers.again = undefined
        if (waiting) void published(null)
      }, tryAgain)
      return null
    }
  }

  open()
  return {
    published,
    take(intents) {
      if (!hub) throw new Error('The state can’t be written.')
      return hub.take(intents)
    },
    numbers: () => hub?.numbers() ?? null,
    async stop() {
      for (const timer of Object.values(timers)) clearTimeout(timer)
      await hub?.stop()
      await state?.keepCopy().catch(() => {})
      state?.close()
    },
  }
}

/**
 * The feeds that the main thread serves. Asked once for all who ask at the same time: what comes back was read after the last
 * publication that this thread was told of, for messages keep their order.
 */
function feedsOf({ topic, topicBody, base }: ThreadCalls<HubNeeds>): PublishedFeeds {
  const asked = new Map<string, Promise<Topic | null>>()
  return {
    base,
    body: topicBody,
    atPath(path) {
      const found = asked.get(path) ?? topic(path).finally(() => asked.delete(path))
      asked.set(path, found)
      return found
    },
  }
}

function hubOptions({ settings, secrets }: HubTask, main: ThreadCalls<HubNeeds>) {
  const ask = createOutgoing({ privateHosts: settings.allowPrivate ? 'any' : [], askBriefly })
  const webhookSecret = (url: string) => new Map(secrets).get(url) ?? null
  return { feeds: feedsOf(main), settings, ask, max, clock: Date.now, webhookSecret }
}

/** An error in words: what it says besides its message does not come out of a thread. */
const reportOf = (event: HubEvent): HubReport =>
  event.kind === 'trouble' ? { kind: 'trouble', reason: reasonOf(event.error) } : event

/** SQLite's and the system's words for what went wrong. */
function reasonOf(error: unknown): string {
  const { code, errstr, message } = error as { code?: string; errstr?: string; message?: string }
  return errstr ?? (code === 'ERR_SQLITE_ERROR' ? message : code) ?? String(error)
}

/** Where there are too few cores. Only on Linux a priority is a thread's, and not its process's (setpriority(2)). */
function readersFirst(): void {
  try {
    setPriority(5)
  } catch {
    // A sandbox may forbid it.
  }
}

if (parentPort) {
  if (process.platform === 'linux') readersFirst()
  const main = connectThreads<HubNeeds>(parentPort, ['say', 'topic', 'topicBody', 'base'])
  main.answer(createKeptHub(workerData as HubTask, main.calls))
}
