import { type Context, Hono } from 'hono'
import { fnv1a } from '../text/fnv1a.ts'
import { addHubPages, type HubAppOptions, readForm } from './hub-app.ts'
import { cloudCallback } from './rss-cloud.ts'

/**
 * Parts of a hub, each with a state of its own. Their number can't change: a subscription stays where it is. 16 tell 10,000 subscribers of
 * something with six connections each, and a publication that interests nobody wakes no more than these.
 */
export const hubShards = 16

/** The part that looks after a callback. Its host decides, so that what holds for a host holds in one place. */
export const shardOfHost = (host: string): number => fnv1a(host) % hubShards

export interface ShardedHubOptions extends Pick<HubAppOptions, 'path' | 'clientAddress'> {
  /** Hands a request to one part. */
  ask: (shard: number, request: Request) => Promise<Response>
}

/** A hub in parts: each request is handed to the one whose it is, pings to the first, which tells the others. */
export function createShardedHubApp({ path, clientAddress, ask }: ShardedHubOptions): Hono {
  const app = new Hono()
  const below = path.replace(/\/$/, '')

  const handOn = (shardOf: (form: URLSearchParams, c: Context) => number) => async (c: Context) => {
    const form = await readForm(c.req.raw)
    if (!(form instanceof URLSearchParams)) return form
    const { url, method, headers } = c.req.raw
    return ask(shardOf(form, c), new Request(url, { method, headers, body: form }))
  }

  app.post(
    path,
    handOn(form =>
      form.get('hub.mode') === 'publish' ? 0 : shardOfHost(hostOf(form.get('hub.callback') ?? '')),
    ),
  )
  app.post(
    `${below}/pleaseNotify`,
    handOn((form, c) => shardOfHost(hostOf(cloudCallback(form, clientAddress(c)) ?? ''))),
  )
  app.post(
    `${below}/ping`,
    handOn(() => 0),
  )
  return addHubPages(app, path)
}

const hostOf = (url: string) => URL.parse(url)?.host ?? ''
