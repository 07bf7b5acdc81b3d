import type { Hono } from 'hono'
import { hubPath, type PushSettings } from '../../model/push-settings.ts'
import { createShardedHubApp } from '../../push/hub-shards.ts'
import { type HubNamespace, partOfHub, tellHub } from './hub-object.ts'

/** What a Worker does for its hub, beside answering readers. */
export interface HubFront {
  /** The answer of the hub; null where the request is none of its. */
  answer(request: Request): Promise<Response> | null
  /** Tells the hub of a generation, once for each instance. Never rejects. */
  tell(generation: number): Promise<void>
}

/**
 * @param url the publication's
 * @param readers what answers all others: a publication may have something at the hub's address
 */
export function createHubFront(
  hub: HubNamespace | undefined,
  settings: PushSettings,
  url: string,
  readers: Hono,
): HubFront {
  const path = hubPath(settings, url)
  const app = createShardedHubApp({
    path,
    clientAddress: c => c.req.header('cf-connecting-ip') ?? null,
    ask: async (shard, request) => (hub ? partOfHub(hub, shard).fetch(request) : notBound()),
  }).all('*', c => readers.fetch(c.req.raw))
  let told: number | null = null
  return {
    answer(request) {
      const { pathname } = new URL(request.url)
      const isOurs = pathname === path || pathname.startsWith(`${path.replace(/\/$/, '')}/`)
      return isOurs ? Promise.resolve(app.fetch(request)) : null
    },
    async tell(generation) {
      if (!hub || told === generation) return
      told = generation
      try {
        await tellHub(hub, generation)
      } catch (error) {
        told = null
        console.error(error)
      }
    },
  }
}

const notBound = () =>
  new Response('This hub has no Durable Object to keep subscriptions in.\n', {
    status: 503,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
