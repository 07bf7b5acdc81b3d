import type { Ask } from '../model/outgoing.ts'
import { hubAddress, type PushSettings } from '../model/push-settings.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { encodePath } from '../text/urls.ts'
import type { Job, Outcome } from './job-queue.ts'
import { formRequest, type Reply, send, withParameters } from './messages.ts'
import { hubSignature, webhookSignature } from './signature.ts'
import type { Intent } from './subscription-requests.ts'
import type { Subscription } from './subscriptions.ts'
import type { Topic, Topics } from './topics.ts'

export interface PerformOptions {
  ask: Ask
  topics: Topics
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

/** `data` of a job that tells somebody that there is no subscription. */
export interface Denial {
  callback: string
  /** The path of the feed. */
  topic: string
  reason: string
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
  const { ask, topics, settings, clock } = options
  const bodies = createBodies(topics)

  async function perform(job: Job, subscription: Subscription | null): Promise<Performed> {
    if (job.kind === 'verify') return verify(job, JSON.parse(job.data!) as Intent)
    const { outcome, took, hostIsWell } =
      job.kind === 'deny' ? await deny(JSON.parse(job.data!) as Denial) : await message(job, subscription)
    return { job, outcome, took, hostIsWell }
  }

  async function message(job: Job, subscription: Subscription | null): Promise<Reply> {
    if (!subscription) return unsent({ end: 'hopeless', words: 'there is no such subscription' })
    if (job.kind === 'event') return sendEvent(subscription, JSON.parse(job.data!) as WebhookMessage)
    // WebSub §5.3.1: leases are enforced.
    if (subscription.expires !== null && subscription.expires <= clock())
      return unsent({ end: 'hopeless', words: 'the subscription is over' })
    const topic = await topics.atPath(subscription.topic)
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

  async function verify(job: Job, intent: Intent): Promise<Performed> {
    const topic = await topics.atPath(intent.topic)
    const end = (outcome: Outcome, { took, hostIsWell }: Reply) => ({ job, outcome, took, hostIsWell })
    if (intent.mode === 'subscribe' && !topic) return denied(job, intent, 'There is no such feed.')
    const challenge = options.challenge()
    const address = topic?.url ?? (await topicAddress(intent.topic))
    const reply =
      intent.door === 'websub'
        ? await askIntent(intent, address, challenge)
        : await askCloud(intent, address, challenge)
    const { outcome } = reply
    if (outcome.end !== 'done') {
      // Whoever answers and does not agree has spoken (WebSub §5.3.1); a host that is not well is asked again.
      const words = `not verified: ${outcome.words}`
      return end(reply.hostIsWell === false ? outcome : { end: 'hopeless', words }, reply)
    }
    if (!intent.unchallenged && !answersChallenge(intent, reply.text, challenge))
      return end({ end: 'hopeless', words: 'not verified: the answer was not the challenge' }, reply)
    return { ...end(outcome, reply), verified: { intent, etag: topic?.resource.etag ?? null } }
  }

  async function topicAddress(path: string): Promise<string> {
    return `${(await topics.base()) ?? '/'}${encodePath(path.slice(1))}`
  }

  function askIntent(intent: Intent, topic: string, challenge: string): Promise<Reply> {
    const url = withParameters(intent.callback, {
      'hub.mode': intent.mode,
      'hub.topic': topic,
      'hub.challenge': challenge,
      ...(intent.mode === 'subscribe' && { 'hub.lease_seconds': String(intent.lease) }),
      ...(intent.verifyToken !== null && { 'hub.verify_token': intent.verifyToken }),
    })
    return send(ask, url, { limit: 4096 }, clock)
  }

  /** Without a domain the address that asked is told of the feed as if it had changed; any success will do. */
  function askCloud(intent: Intent, url: string, challenge: string): Promise<Reply> {
    return intent.unchallenged
      ? send(ask, intent.callback, formRequest({ url }), clock)
      : send(ask, withParameters(intent.callback, { url, challenge }), { limit: 4096 }, clock)
  }

  async function denied(job: Job, intent: Intent, reason: string): Promise<Performed> {
    const words = `denied: ${reason}`
    if (intent.door !== 'websub')
      return { job, outcome: { end: 'hopeless', words }, took: 0, hostIsWell: null }
    const { took, hostIsWell } = await deny({ ...intent, reason })
    return { job, outcome: { end: 'hopeless', words }, took, hostIsWell }
  }

  /** WebSub §5.2. */
  async function deny({ callback, topic, reason }: Denial): Promise<Reply> {
    const parameters = { 'hub.mode': 'denied', 'hub.topic': await topicAddress(topic), 'hub.reason': reason }
    return send(ask, withParameters(callback, parameters), {}, clock)
  }

  return perform
}

/** WebSub wants the challenge and nothing else; of rssCloud's receivers some end it with a line. */
function answersChallenge({ door }: Intent, text: string, challenge: string): boolean {
  return door === 'websub' ? text === challenge : text.trim() === challenge
}

/** The bytes of the feeds that are being told now: one reading for all subscribers of a version. */
function createBodies(topics: Topics) {
  const known = createLruCache<string, { etag: string; body: Promise<Uint8Array<ArrayBuffer> | null> }>(8)
  return (topic: Topic): Promise<Uint8Array<ArrayBuffer> | null> => {
    const { path, resource } = topic
    const found = known.get(path)
    if (found?.etag === resource.etag) return found.body
    const body = topics.body(topic)
    known.set(path, { etag: resource.etag, body })
    void body.then(bytes => bytes ?? known.delete(path)).catch(() => known.delete(path))
    return body
  }
}
