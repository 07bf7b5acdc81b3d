import { feedFormatNames, feedFormats } from '../model/formats.ts'
import type { PublicationObserver } from '../model/observer.ts'
import { type Ask, isOutgoingFailure } from '../model/outgoing.ts'
import { encodePath } from '../text/urls.ts'
import { waitAfter } from './back-off.ts'
import { requestTime, userAgent } from './messages.ts'

/** What became of a ping. */
export interface PingResult {
  hub: string
  /** Null: the hub has taken it; else why not, in a few words. */
  fault: string | null
}

/** Feeds named in one ping; hubs take forms of some kilobytes. */
const mostTopics = 50

/** Tells a hub of somebody else's that feeds are other than before, in the way that all hubs know (PubSubHubbub 0.3 §7.1). Never rejects. */
export async function pingHub(ask: Ask, hub: string, topics: readonly string[]): Promise<PingResult> {
  const body = new URLSearchParams([
    ['hub.mode', 'publish'],
    ...topics.slice(0, mostTopics).map((topic): [string, string] => ['hub.url', topic]),
  ]).toString()
  try {
    const { status } = await ask(hub, {
      method: 'POST',
      headers: { 'User-Agent': userAgent, 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
      timeout: requestTime,
      limit: 0,
    })
    return { hub, fault: status >= 200 && status < 300 ? null : `answered ${status}` }
  } catch (error) {
    if (!isOutgoingFailure(error)) throw error
    return { hub, fault: error.message }
  }
}

/** The publication's own feeds, which every publication has. @param url the publication's */
export const mainTopics = (url: string): string[] =>
  feedFormatNames.map(name => `${url}${feedFormats[name].file}`)

/** Whether a path is that of a feed that may change: an archive document, once full, does not. */
const isTopic = (path: string) =>
  feedFormatNames.some(name => path.endsWith(`/${feedFormats[name].file}`)) && !path.startsWith('/archive/')

export interface HubPingsOptions {
  /** Those of others: one of our own knows by itself. */
  hubs: readonly string[]
  /** The publication's. */
  url: string
  ask: Ask
  random: () => number
  /** Told of each ping that was taken, or that is given up. */
  say: (result: PingResult) => void
}

/** Pings hubs after each publication that changed a feed. One that does not answer is asked twice more; what changed meanwhile goes along. */
export function createHubPings(options: HubPingsOptions): PublicationObserver & { stop(): void } {
  const { hubs, url, ask, random, say } = options
  const owed = new Map<string, Set<string>>(hubs.map(hub => [hub, new Set()]))
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  async function ping(hub: string, attempt: number): Promise<void> {
    clearTimeout(timers.get(hub))
    const topics = [...(owed.get(hub) ?? [])]
    owed.get(hub)?.clear()
    const result = await pingHub(ask, hub, topics)
    const wait = result.fault === null ? null : waitAfter(attempt, random, 'verification')
    if (wait === null) return say(result)
    for (const topic of topics) owed.get(hub)?.add(topic)
    timers.set(
      hub,
      setTimeout(() => void ping(hub, attempt + 1), wait),
    )
  }

  return {
    published({ changed }) {
      const topics = changed.filter(isTopic).map(path => url + encodePath(path.slice(1)))
      if (topics.length === 0) return
      for (const [hub, known] of owed) {
        for (const topic of topics) known.add(topic)
        void ping(hub, 0)
      }
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
