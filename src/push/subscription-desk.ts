import type { PushSettings } from '../model/push-settings.ts'
import type { StateStore } from '../model/state-store.ts'
import type { HubEvent } from './hub.ts'
import { dataOf, type JobQueue } from './job-queue.ts'
import type { Performed } from './perform-job.ts'
import type { Intent } from './subscription-requests.ts'
import type { SubscriptionKey, Subscriptions } from './subscriptions.ts'
import type { ToldTopics } from './topics.ts'
import type { Denial } from './verify-subscription.ts'

export interface DeskOptions {
  state: StateStore
  queue: JobQueue
  subscriptions: Subscriptions
  toldTopics: ToldTopics
  settings: PushSettings
  clock: () => number
}

/** Takes wishes up, has them verified, and writes down what was agreed. */
export interface SubscriptionDesk {
  /** False: there are too many already. */
  take(intents: Intent[]): boolean
  /** What a verification came to; null: nothing that anybody need be told. To be called inside a transaction. */
  settle(performed: Performed): HubEvent | null
  /** False: there is no such subscription. */
  cancel(key: SubscriptionKey, reason: string): boolean
}

/** Verifications that may wait at once, in all and at one host. */
const maxVerifications = 10_000
const maxVerificationsAtHost = 200
/** Milliseconds by which a verification may be later than its request, and the lease still counts from the request. */
const promptly = 60_000
const noRoom = 'There are as many subscriptions as there may be.'

export function createSubscriptionDesk(options: DeskOptions): SubscriptionDesk {
  const { state, queue, subscriptions, toldTopics, settings, clock } = options

  /** A renewal needs no room. */
  function hasRoom({ door, topic, callback }: SubscriptionKey, host: string): boolean {
    const { maxSubscriptions, maxPerHost } = settings
    const isFree = subscriptions.count() < maxSubscriptions && subscriptions.countAt(host) < maxPerHost
    return isFree || subscriptions.has({ door, topic, callback })
  }

  function mayWait(intents: Intent[], hosts: string[]): boolean {
    const { length } = intents
    return (
      queue.verifications() + length <= maxVerifications &&
      hosts.every(host => queue.verifications(host) + length <= maxVerificationsAtHost)
    )
  }

  /** Only WebSub has a way of saying it. */
  function deny(key: SubscriptionKey & { host: string }, reason: string): void {
    const { door, callback, topic, host } = key
    if (door !== 'websub') return
    const denial: Denial = { callback, topic, reason }
    const name = `deny ${topic} ${callback}`
    queue.add({ kind: 'deny', name, subscription: null, host, data: JSON.stringify(denial) }, clock())
  }

  function agree(intent: Intent, etag: string | null, host: string, asked: number): HubEvent['kind'] | null {
    if (intent.mode === 'unsubscribe') return subscriptions.remove(intent) ? 'unsubscribed' : null
    if (!hasRoom(intent, host)) {
      deny({ ...intent, host }, noRoom)
      return 'refused'
    }
    const now = clock()
    // A lease counts from the time of the question (WebSub §5.3).
    const expires = Math.max(now - promptly, asked) + intent.lease * 1000
    subscriptions.put({ ...intent, host, expires }, now)
    if (etag !== null) toldTopics.begin(intent.topic, etag, now)
    return 'subscribed'
  }

  return {
    take(intents) {
      const hostOf = ({ callback }: Intent) => new URL(callback).host
      const fits = (intent: Intent) => intent.mode === 'unsubscribe' || hasRoom(intent, hostOf(intent))
      if (!mayWait(intents, intents.map(hostOf)) || !intents.every(fits)) return false
      state.transaction(() => {
        for (const intent of intents) {
          const name = `verify ${intent.door} ${intent.topic} ${intent.callback}`
          const data = JSON.stringify(intent)
          queue.add({ kind: 'verify', name, subscription: null, host: hostOf(intent), data }, clock())
        }
      })
      return true
    },
    settle({ job, outcome, verified }) {
      const intent = verified?.intent ?? dataOf<Intent>(job)
      const { door, topic } = intent
      const kind = verified ? agree(intent, verified.etag, job.host, job.made) : 'refused'
      const why = verified && kind === 'refused' ? noRoom : outcome.words
      return kind === null ? null : ({ kind, door, topic, host: job.host, why } as HubEvent)
    },
    cancel(key, reason) {
      return state.transaction(() => {
        const removed = subscriptions.remove(key)
        if (removed) deny(removed, reason)
        return removed !== null
      })
    },
  }
}
