import type { Ask } from '../model/outgoing.ts'
import type { PushSettings } from '../model/push-settings.ts'
import type { StateStore } from '../model/state-store.ts'
import { createDeliverer, type DeliveryLimits } from './deliverer.ts'
import { createHostLimits } from './host-limits.ts'
import { createJobQueue, type JobQueue } from './job-queue.ts'
import { createPerformer, type Performed } from './perform-job.ts'
import { type Audience, createPublicationLook } from './publication-look.ts'
import { preparePushTables } from './push-tables.ts'
import { createSubscriptionDesk, type SubscriptionDesk } from './subscription-desk.ts'
import type { Intent } from './subscription-requests.ts'
import {
  createSubscriptions,
  type Subscription,
  type SubscriptionKey,
  type Subscriptions,
} from './subscriptions.ts'
import { createToldTopics, type PublishedFeeds, type ToldTopics } from './topics.ts'
import { createToldArticles, type ToldArticle } from './webhook-events.ts'

export interface HubOptions {
  state: StateStore
  feeds: PublishedFeeds
  ask: Ask
  settings: PushSettings
  /** Epoch milliseconds. */
  clock: () => number
  /** @default `Math.random` */
  random?: () => number
  /** Of a webhook, by its url; null: unknown. @default none is known */
  webhookSecret?: (url: string) => string | null
  /** A string that nobody can guess. @default a random UUID */
  challenge?: () => string
  /** @default 64 quick ones, 1024 in all */
  max?: DeliveryLimits
  /** Something was put in the queue. @default `run` is called */
  onWork?: () => void
  /** When `run` is next to be called; null: nothing waits. */
  wakeAt: (due: number | null) => void
  /** Told of what operators want to know. @default nobody is */
  say?: (event: HubEvent) => void
}

export type HubEvent =
  | {
      kind: 'subscribed' | 'unsubscribed' | 'ended' | 'refused'
      door: string
      topic: string
      host: string
      why: string
    }
  /** All that was to be told is told, or waits for its next attempt. */
  | { kind: 'told'; arrived: number; waiting: number; given: number; milliseconds: number }
  | { kind: 'trouble'; error: unknown }
  | { kind: 'recovered' }

/** How much there is and what became of it since the start. */
export interface HubNumbers {
  subscriptions: number
  waiting: number
  /** Epoch milliseconds; null where nothing waits. */
  oldest: number | null
  arrived: number
  failed: number
  givenUp: number
}

/** A WebSub hub and an rssCloud for the feeds of one publication, and its webhooks. */
export interface Hub {
  /**
   * Looks at what was published and puts in the queue whom it concerns: subscribers of feeds whose bytes are other than what they
   * were told last. To be called once readers get the publication, and at every start.
   * @param articles those that are published now, for webhooks; null: only feeds are looked at
   */
  published(articles: Iterable<ToldArticle> | null): Promise<Audience>
  /** Takes wishes up, to be verified soon. False: there are too many already. */
  take(intents: Intent[]): boolean
  /** An operator's cancellation: the subscriber is told so. False: there is no such subscription. */
  cancel(key: SubscriptionKey, reason: string): boolean
  /** What waits for its next attempt is tried now. Returns how many. */
  retry(): number
  list(): Subscription[]
  numbers(): HubNumbers
  run(): Promise<void>
  stop(): Promise<void>
}

/** Days on which a subscription has to be over before it is forgotten. */
const daysOver = 7
const day = 86_400_000

/** @throws whatever the state throws where it can't be read or written */
export function createHub(options: HubOptions): Hub {
  const { state, feeds, settings, clock, say = () => {} } = options
  preparePushTables(state)
  const queue = createJobQueue(state)
  const subscriptions = createSubscriptions(state)
  const toldTopics = createToldTopics(state)
  const parts = { state, queue, subscriptions, feeds, toldTopics, settings, clock, say }
  const desk = createSubscriptionDesk(parts)
  const publications = createPublicationLook({ ...parts, toldArticles: createToldArticles(state) })
  const counted = { arrived: 0, failed: 0, givenUp: 0 }
  const campaigns = createCampaigns(queue, clock, say)
  const troubles = createTroubles(say)
  let lastLook: Promise<unknown> = Promise.resolve()

  begin(options, queue, subscriptions)
  const deliverer = createDeliverer({
    ...parts,
    hosts: createHostLimits(),
    perform: createPerformer({
      ...parts,
      ask: options.ask,
      challenge: options.challenge ?? (() => crypto.randomUUID()),
      webhookSecret: options.webhookSecret ?? (() => null),
    }),
    settled: createSettlement({ ...parts, desk, counted, campaigns }),
    random: options.random ?? Math.random,
    max: options.max ?? { quick: 64, all: 1024 },
    wakeAt(due) {
      troubles.over('sending')
      campaigns.rest()
      options.wakeAt(due)
    },
    onTrouble: error => troubles.met('sending', error),
  })

  const goOn = options.onWork ?? (() => void deliverer.run())

  async function published(articles: Iterable<ToldArticle> | null): Promise<Audience> {
    try {
      const audience = await publications.look(articles)
      troubles.over('looking')
      tidy(parts)
      if (audience.subscribers + audience.webhooks > 0) campaigns.begin()
      return audience
    } catch (error) {
      troubles.met('looking', error)
      throw error
    } finally {
      goOn()
    }
  }

  /** Whatever was put in the queue is looked at. */
  function thenRun<T>(result: T): T {
    goOn()
    return result
  }

  return {
    published(articles) {
      // One after the other: each look compares with what the one before has written.
      const result = lastLook.then(() => published(articles))
      lastLook = result.catch(() => {})
      return result
    },
    take: intents => thenRun(desk.take(intents)),
    cancel: (key, reason) => thenRun(desk.cancel(key, reason)),
    retry: () => thenRun(state.transaction(() => queue.retryNow(clock()))),
    list: subscriptions.list,
    numbers: () => ({ subscriptions: subscriptions.count(), ...queue.messages(), ...counted }),
    run: () => deliverer.run(),
    stop: () => deliverer.stop(),
  }
}

/** What a process before this one left behind is taken up. */
function begin({ state, settings, clock }: HubOptions, queue: JobQueue, subscriptions: Subscriptions): void {
  state.transaction(() => {
    queue.release(clock())
    queue.mendDueTimes(clock())
    keepWebhooks(settings, subscriptions, clock())
  })
}

interface HubParts {
  state: StateStore
  subscriptions: Subscriptions
  toldTopics: ToldTopics
  clock: () => number
  say: (event: HubEvent) => void
}

/** What follows from a job that ended: written at once; the function that it gives says and counts it, when that is kept. */
function createSettlement({
  desk,
  subscriptions,
  counted,
  campaigns,
  say,
}: Pick<HubParts, 'subscriptions' | 'say'> & {
  desk: SubscriptionDesk
  counted: Pick<HubNumbers, 'arrived' | 'failed' | 'givenUp'>
  campaigns: ReturnType<typeof createCampaigns>
}) {
  return (performed: Performed, end: 'done' | 'again' | 'given up'): (() => void) => {
    const { job, outcome } = performed
    if (job.kind === 'deny') return () => {}
    if (job.kind === 'verify') {
      const event = end === 'again' ? null : desk.settle(performed)
      return () => event && say(event)
    }
    const over =
      outcome.end === 'gone' && job.kind === 'tell' && job.subscription !== null
        ? subscriptions.byId(job.subscription)
        : null
    if (over) subscriptions.remove(over)
    return () => {
      counted[end === 'done' ? 'arrived' : end === 'again' ? 'failed' : 'givenUp']++
      campaigns.ended(end)
      if (over)
        say({ kind: 'ended', door: over.door, topic: over.topic, host: over.host, why: outcome.words })
    }
  }
}

/** Once a day, whichever way the clock went. */
function tidy({ state, subscriptions, toldTopics, clock }: HubParts): void {
  const [last] = state.query<{ value: string }>("SELECT value FROM note WHERE name = 'tidied'")
  if (last && Math.abs(clock() - Number(last.value)) < day) return
  state.transaction(() => {
    subscriptions.forgetOver(clock(), daysOver)
    toldTopics.forgetUnused()
    state.query("INSERT OR REPLACE INTO note (name, value) VALUES ('tidied', ?)", String(clock()))
  })
}

/** What is said when everything that a publication brought was tried. */
function createCampaigns(queue: JobQueue, clock: () => number, say: (event: HubEvent) => void) {
  let campaign = { arrived: 0, given: 0, since: null as number | null }
  return {
    begin() {
      campaign.since ??= clock()
    },
    ended(end: 'done' | 'again' | 'given up') {
      if (end === 'done') campaign.arrived++
      if (end === 'given up') campaign.given++
    },
    rest() {
      const { arrived, given, since } = campaign
      if (since === null) return
      const { waiting, untried } = queue.messages()
      if (untried > 0) return
      campaign = { arrived: 0, given: 0, since: null }
      say({ kind: 'told', arrived, waiting, given, milliseconds: clock() - since })
    },
  }
}

/** A state that can't be written is spoken of once, and once when everything that failed has gone well again. */
function createTroubles(say: (event: HubEvent) => void) {
  const failing = new Set<'looking' | 'sending'>()
  return {
    met(work: 'looking' | 'sending', error: unknown) {
      if (failing.size === 0) say({ kind: 'trouble', error })
      failing.add(work)
    },
    over(work: 'looking' | 'sending') {
      if (failing.delete(work) && failing.size === 0) say({ kind: 'recovered' })
    },
  }
}

/** The settings' webhooks, and no others. */
function keepWebhooks({ webhooks }: PushSettings, subscriptions: Subscriptions, now: number): void {
  const urls = new Set(webhooks.map(({ url }) => url))
  for (const known of subscriptions.webhooks()) if (!urls.has(known.callback)) subscriptions.remove(known)
  for (const url of urls)
    subscriptions.put(
      { door: 'webhook', topic: '', callback: url, host: new URL(url).host, secret: null, expires: null },
      now,
    )
}
