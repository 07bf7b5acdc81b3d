import { urlRefusal } from '../model/outgoing.ts'
import type { PushSettings } from '../model/push-settings.ts'
import { publicationPath } from '../text/urls.ts'
import type { Door } from './job-queue.ts'
import type { Topics } from './topics.ts'

/** What a subscriber wants, as it waits for verification. */
export interface Intent {
  mode: 'subscribe' | 'unsubscribe'
  door: Exclude<Door, 'webhook'>
  /** The path of the feed. */
  topic: string
  callback: string
  /** Seconds. */
  lease: number
  secret: string | null
  /** Of protocols before WebSub: given back at the verification. */
  verifyToken: string | null
  /** rssCloud without a domain: the callback is at the address that asked, and a message is its challenge. */
  unchallenged: boolean
}

/** A request that is not accepted: an HTTP status and a sentence for whoever wrote the client. */
export interface Refusal {
  status: 400 | 404
  sentence: string
}

export const isRefusal = (value: object): value is Refusal => 'sentence' in value

/** Bytes that a secret must be fewer than (WebSub §5.1). */
const secretBytes = 200
const longestCallback = 2000

/** The form of WebSub §5.1; parameters that it does not know are passed over. */
export async function readSubscription(
  form: URLSearchParams,
  topics: Topics,
  settings: PushSettings,
): Promise<Intent | Refusal> {
  const mode = form.get('hub.mode')
  if (mode !== 'subscribe' && mode !== 'unsubscribe')
    return refuse('hub.mode must be subscribe, unsubscribe or publish.')
  const callback = readCallback(form.get('hub.callback') ?? '', settings)
  if (typeof callback !== 'string') return callback
  const named = form.get('hub.topic') ?? ''
  const topic = await topics.at(named)
  // Somebody may want to be rid of a feed that is not there any more.
  const path = topic?.path ?? (mode === 'unsubscribe' ? await formerPath(named, topics) : null)
  if (path === null)
    return {
      status: 404,
      sentence: 'hub.topic is no feed of this publication: it must be the feed’s own address (rel="self").',
    }
  const secret = form.get('hub.secret') || null
  if (secret !== null && new TextEncoder().encode(secret).length >= secretBytes)
    return refuse('hub.secret must be shorter than 200 bytes.')
  return {
    mode,
    door: 'websub',
    topic: path,
    callback,
    lease: leaseOf(form.get('hub.lease_seconds'), settings),
    secret,
    verifyToken: form.get('hub.verify_token'),
    unchallenged: false,
  }
}

/** An address that may be asked at all; what a name resolves to is seen when it is. */
export function readCallback(given: string, { allowPrivate }: PushSettings): string | Refusal {
  const url = URL.parse(given)
  if (!url || !/^https?:$/.test(url.protocol))
    return refuse('hub.callback must be an absolute address that begins with http:// or https://.')
  url.hash = ''
  const { href } = url
  if (href.length > longestCallback)
    return refuse(`hub.callback is longer than ${longestCallback} characters.`)
  const refusal = urlRefusal(href, allowPrivate ? 'any' : [])
  if (refusal) return refuse(`hub.callback can't be asked: ${refusal}.`)
  return href
}

/** Seconds: what is asked for, within the bounds of the settings; never for ever (WebSub §5.3.1). */
function leaseOf(given: string | null, { leaseDefault, leaseMin, leaseMax }: PushSettings): number {
  const asked = /^\d{1,12}$/.test(given ?? '') ? Number(given) : 0
  return Math.min(Math.max(asked || leaseDefault, leaseMin), leaseMax)
}

async function formerPath(url: string, topics: Topics): Promise<string | null> {
  const base = await topics.base()
  return base === null ? null : publicationPath(url, base)
}

export const refuse = (sentence: string): Refusal => ({ status: 400, sentence })
