import type { Ask } from '../model/outgoing.ts'
import { encodePath } from '../text/urls.ts'
import type { Job, Outcome } from './job-queue.ts'
import { formRequest, type Reply, send, withParameters } from './messages.ts'
import type { Performed } from './perform-job.ts'
import type { Intent } from './subscription-requests.ts'
import type { PublishedFeeds } from './topics.ts'

/** `data` of a job that tells somebody that there is no subscription. */
export interface Denial {
  callback: string
  /** The path of the feed. */
  topic: string
  reason: string
}

export interface VerifierOptions {
  ask: Ask
  feeds: PublishedFeeds
  clock: () => number
  /** A string that nobody can guess. */
  challenge: () => string
}

/** Asks subscribers whether they meant it, and tells them where there is no subscription. */
export function createVerifier(options: VerifierOptions) {
  const { ask, feeds, clock } = options

  async function verify(job: Job, intent: Intent): Promise<Performed> {
    const topic = await feeds.atPath(intent.topic)
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
    return `${(await feeds.base()) ?? '/'}${encodePath(path.slice(1))}`
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

  return { verify, deny }
}

/** WebSub wants the challenge and nothing else; of rssCloud's receivers some end it with a line. */
function answersChallenge({ door }: Intent, text: string, challenge: string): boolean {
  return door === 'websub' ? text === challenge : text.trim() === challenge
}
