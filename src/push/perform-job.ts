import type { Ask } from '../model/outgoing.ts'
import { hubAddress, type PushSettings } from '../model/push-settings.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { dataOf, type Job, type Outcome } from './job-queue.ts'
import { formRequest, type Reply, send } from './messages.ts'
import { hubSignature, webhookSignature } from './signature.ts'
import type { Intent } from './subscription-requests.ts'
import type { Subscription } from './subscriptions.ts'
import type { PublishedFeeds, Topic } from './topics.ts'
import { createVerifier, type Denial } from './verify-subscription.ts'

export interface PerformOptions {
  ask: Ask
  feeds: PublishedFeeds
  settings: PushSettings
  clock: () => number
  /** A string that nobody can guess. */
  challenge: () => string
  /** Of a webhook, by its url; null where the environment does not have it (any more). */
  webhookSecret: (url: string) => string | null
}

/** What a job came to, and what is to be written because of it. */
export interface Performed {
  job: Job
  outcome: Outcome
  took: number
  hostIsWell: boolean | null
  /** Of a verification that succeeded: what was asked for, and the validator that the feed had then. */
  verified?: { intent: Intent; etag: string | null }
}

/** `data` of a webhook's message. */
export interface WebhookMessage {
  /** Unique for ever: receivers know by it what they have had. */
  id: string
  body: string
}

const unsent = (outcome: Outcome): Reply => ({ outcome, hostIsWell: null, text: '', took: 0 })

/** Does what a job says: one request, at most. Writes nothing. */
export function createPerformer(options: PerformOptions) {
  const { ask, feeds, settings, clock } = options
  const bodies = createBodies(feeds)
  const { verify, deny } = createVerifier(options)

  async function perform(job: Job, subscription: Subscription | null): Promise<Performed> {
    if (job.kind === 'verify') return verify(job, dataOf<Intent>(job))
    const { outcome, took, hostIsWell } =
      job.kind === 'deny' ? await deny(dataOf<Denial>(job)) : await message(job, subscription)
    return { job, outcome, took, hostIsWell }
  }

  async function message(job: Job, subscription: Subscription | null): Promise<Reply> {
    if (!subscription) return unsent({ end: 'hopeless', words: 'there is no such subscription' })
    if (job.kind === 'event') return sendEvent(subscription, dataOf<WebhookMessage>(job))
    // WebSub §5.3.1: leases are enforced.
    if (subscription.expires !== null && subscription.expires <= clock())
      return unsent({ end: 'hopeless', words: 'the subscription is over' })
    const topic = await feeds.atPath(subscription.topic)
    if (!topic) return unsent({ end: 'hopeless', words: 'the feed is not there any more' })
    return subscription.door === 'rsscloud'
      ? send(ask, subscription.callback, formRequest({ url: topic.url }), clock)
      : distribute(subscription, topic)
  }

  /** WebSub §7: the whole document, under its own type, with hub and self in one Link header. */
  async function distribute({ callback, secret }: Subscription, topic: Topic): Promise<Reply> {
    const body = await bodies(topic)
    if (!body) return unsent({ end: 'failed', words: 'the feed could not be read', retryAfter: null })
    const headers = {
      'Content-Type': topic.resource.mediaType,
      Link: `<${hubAddress(settings, topic.base)}>; rel="hub", <${topic.url}>; rel="self"`,
      ...(secret !== null && { 'X-Hub-Signature': await hubSignature(settings.signature, secret, body) }),
    }
    return send(ask, callback, { method: 'POST', headers, body }, clock)
  }

  async function sendEvent({ callback }: Subscription, { id, body }: WebhookMessage): Promise<Reply> {
    const secret = options.webhookSecret(callback)
    if (secret === null)
      return unsent({
        end: 'failed',
        words: 'not sent: its secret is not in the environment',
        retryAfter: null,
      })
    // Of the attempt, not of the event: receivers refuse what is older than some minutes.
    const seconds = Math.floor(clock() / 1000)
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': await webhookSignature(secret, { id, seconds, body }),
    }
    return send(ask, callback, { method: 'POST', headers, body }, clock)
  }

  return perform
}

/** The bytes of the feeds that are being told now: one reading for all subscribers of a version. */
function createBodies(feeds: PublishedFeeds) {
  const known = createLruCache<string, { etag: string; body: Promise<Uint8Array<ArrayBuffer> | null> }>(8)
  return (topic: Topic): Promise<Uint8Array<ArrayBuffer> | null> => {
    const { path, resource } = topic
    const found = known.get(path)
    if (found?.etag === resource.etag) return found.body
    const body = feeds.body(topic)
    known.set(path, { etag: resource.etag, body })
    void body.then(bytes => bytes ?? known.delete(path)).catch(() => known.delete(path))
    return body
  }
}
