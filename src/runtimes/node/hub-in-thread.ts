import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PushSettings } from '../../model/push-settings.ts'
import type { Hub, HubEvent, HubNumbers } from '../../push/hub.ts'
import type { Audience } from '../../push/publication-look.ts'
import type { PublishedFeeds, Topic } from '../../push/topics.ts'
import type { ToldArticle } from '../../push/webhook-events.ts'
import { createLruCache } from '../../text/lru-cache.ts'
import { connectThreads } from './thread-calls.ts'

/** What a hub's thread is begun with. */
export interface HubTask {
  /** The file of its state. */
  path: string
  settings: PushSettings
  /** Of webhooks, by their url; what is not in the environment is not there. */
  secrets: [url: string, secret: string][]
  /** Milliseconds until what could not be opened or written is tried again. */
  tryAgain: number
}

/** What is asked of the thread. */
export interface HubWork {
  /** Null: the state can't be written; whom the publication concerns is told when it can. Never rejects by itself. */
  published(articles: ToldArticle[] | null): Promise<Audience | null>
  /** @throws where the state can't be written */
  take(...wishes: Parameters<Hub['take']>): boolean | Promise<boolean>
  /** Null: the state can't be written. */
  numbers(): HubNumbers | null | Promise<HubNumbers | null>
  stop(): Promise<void>
}

/** What the thread asks of the one that serves. */
export interface HubNeeds {
  topic: PublishedFeeds['atPath']
  topicBody: PublishedFeeds['body']
  base: PublishedFeeds['base']
  say(report: HubReport): void
}

/** What operators want to know, as it comes out of a thread. */
export type HubReport =
  | Exclude<HubEvent, { kind: 'trouble' }>
  | { kind: 'trouble'; reason: string }
  /** Its thread has ended, and is begun anew. */
  | { kind: 'broken'; reason: string }
  /** The state can't be opened, or another server looks after it. */
  | { kind: 'closed'; inUse: boolean; reason: string }
  | { kind: 'mended'; aside: string; rows: number; fromCopy: number }

/** What is new in a thread that tells many is garbage soon; without a limit its heap grows before anything is collected. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }
const threadFile = new URL(`./hub-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * A hub in a thread of its own, with its state and all that it sends: telling thousands takes nothing from the thread that answers readers, which
 * says what was published and who wants to subscribe, and shows its feeds. A thread that ends is begun anew; what it had written is there.
 * @param program instead of the hub's own
 * @param tryAgain milliseconds until a thread that ended is begun anew, and a state that can't be written is tried again
 */
export function createHubInThread(
  task: Omit<HubTask, 'tryAgain'>,
  feeds: PublishedFeeds,
  say: (report: HubReport) => void,
  { program = threadFile, tryAgain = 30_000 } = {},
): HubWork {
  let thread = start()
  let again: NodeJS.Timeout | undefined
  /** What is owed to a thread that begins anew: nothing before the first publication. */
  let last: { articles: ToldArticle[] | null } | null = null

  function start() {
    const worker = new Worker(program, {
      workerData: { ...task, tryAgain } satisfies HubTask,
      resourceLimits,
    })
    const connection = connectThreads<HubWork>(worker, ['published', 'take', 'numbers', 'stop'])
    connection.answer({ ...shownFeeds(feeds), say } satisfies HubNeeds)
    let reason = 'without a word'
    worker.on('error', error => {
      reason = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => ended(worker, reason))
    // It ends with the process.
    worker.unref()
    return { worker, connection, isEnding: false }
  }

  function ended(worker: Worker, reason: string): void {
    if (thread.worker !== worker) return
    thread.connection.end(reason)
    if (thread.isEnding) return
    say({ kind: 'broken', reason })
    again = setTimeout(() => {
      thread = start()
      const isBack = last ? published(last.articles) : thread.connection.calls.numbers()
      void isBack.then(
        () => say({ kind: 'recovered' }),
        () => {},
      )
    }, tryAgain).unref()
  }

  async function published(articles: ToldArticle[] | null): Promise<Audience | null> {
    last = { articles: articles ?? last?.articles ?? null }
    const audience = await thread.connection.calls.published(articles)
    last = { articles: null }
    return audience
  }

  return {
    published,
    take: intents => thread.connection.calls.take(intents),
    numbers: () => thread.connection.calls.numbers(),
    async stop() {
      clearTimeout(again)
      const { worker, connection } = thread
      thread.isEnding = true
      worker.ref()
      await connection.calls.stop().catch(() => {})
      await worker.terminate()
    },
  }
}

/** Feeds as another thread can be shown them: a store gives the bytes only of what is its own, and not of a copy. */
function shownFeeds({ atPath, body, base }: PublishedFeeds): Omit<HubNeeds, 'say'> {
  const shown = createLruCache<string, Topic>(64)
  const nameOf = ({ path, resource }: Topic) => `${resource.etag} ${path}`
  return {
    base,
    async topic(path) {
      const topic = await atPath(path)
      if (topic) shown.set(nameOf(topic), topic)
      return topic
    },
    async topicBody(copied) {
      const topic = shown.get(nameOf(copied))
      const bytes = topic ? await body(topic) : null
      // Bytes that lie in something larger would take all of it along.
      return bytes && new Uint8Array(bytes)
    },
  }
}
