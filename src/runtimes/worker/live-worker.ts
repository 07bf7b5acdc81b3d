import { createReaderApp } from '../../http/app.ts'
import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import { hubAddress, type PushSettings, pushDefaults } from '../../model/push-settings.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import type { ObjectReader } from '../../store/object-reader.ts'
import type { ObjectCache } from '../../store/object-reading.ts'
import { createEdgeReader } from './edge-reader.ts'
import { asSent, type EdgeRequest } from './edge-request.ts'
import { createHubFront, type HubFront } from './hub-front.ts'
import { createHubObject, type HubEnvironment, type HubObjectClass } from './hub-object.ts'
import { createR2Objects, type R2Bucket } from './r2-objects.ts'

/** What the deployment binds: the bucket that somebody publishes to, and where in it; objects for a hub. */
export interface LiveEnvironment extends HubEnvironment {
  BUCKET: R2Bucket
  /** Put before every key, as in `r2://ACCOUNT/BUCKET/PREFIX`, with a `/` at its end. @default nothing */
  PREFIX?: string
  /** Seconds between two looks for something newer. @default 5 */
  POLL?: string
}

interface Context {
  waitUntil(work: Promise<unknown>): void
}

declare const caches: {
  default: {
    match(url: string): Promise<Response | undefined>
    put(url: string, answer: Response): Promise<void>
  }
}

interface LiveServer {
  app: ReturnType<typeof createReaderApp>
  reader: ObjectReader
  /** Null where what is published names no hub here. */
  front: HubFront | null
  /** The generation that `front` was made for. */
  generation: number | null
  /** Epoch milliseconds. */
  looked: number
}

/** The settings rest with the publisher: a hub of a bucket has the usual ones. */
const settings: PushSettings = { ...pushDefaults, hub: true }

/** Made with the first request and kept, as long as the platform keeps this instance. */
let server: LiveServer | undefined

/** The handler of a Worker that is deployed once: what is published to its bucket later is served without another deployment. */
export default {
  async fetch(request: EdgeRequest, env: LiveEnvironment, context: Context): Promise<Response> {
    server ??= createServer(env)
    const served = server
    // A hub is known by what is published.
    if (request.method === 'POST' && served.generation === null) await noteGeneration(served, env)
    const answer = await (served.front?.answer(request) ?? served.app.fetch(asSent(request)))
    // Behind the answer, never before it.
    const now = Date.now()
    if (now - served.looked >= Number(env.POLL ?? 5) * 1000) {
      served.looked = now
      context.waitUntil(look(served, env))
    } else if (served.generation === null) context.waitUntil(noteGeneration(served, env))
    return answer
  },
  scheduled(_event: unknown, env: LiveEnvironment, context: Context): void {
    server ??= createServer(env)
    context.waitUntil(look(server, env))
  },
}

/** Looks for something newer. Never rejects. */
async function look(served: LiveServer, env: LiveEnvironment): Promise<void> {
  try {
    if (served.reader.lastSeen() !== null) await served.reader.refresh()
    await noteGeneration(served, env)
  } catch (error) {
    console.error(error)
  }
}

/** Tells the hub of a generation that this instance has not seen before, where what is published names a hub here. */
async function noteGeneration(served: LiveServer, env: LiveEnvironment): Promise<void> {
  const snapshot = await served.reader.current()
  if (!snapshot || snapshot.generation === served.generation) return
  const isNamed = await namesHubHere(snapshot)
  served.front = isNamed ? createHubFront(env.HUB, settings, snapshot.url, served.app) : null
  served.generation = snapshot.generation
  await served.front?.tell(snapshot.generation)
}

/** The publisher's `hub = true`, as every feed says it. */
async function namesHubHere(snapshot: Snapshot): Promise<boolean> {
  for (const name of feedFormatNames) {
    const feed = await snapshot.at(Date.now()).lookup(`/${feedFormats[name].file}`)
    if (feed?.kind === 'document')
      return `${feed.headers.link}`.includes(`<${hubAddress(settings, snapshot.url)}>; rel="hub"`)
  }
  return false
}

function readerOf(env: LiveEnvironment): ObjectReader {
  const prefix = env.PREFIX ?? ''
  return createEdgeReader({ objects: createR2Objects(env.BUCKET, prefix), cache: edgeCache(prefix) })
}

/** A part of the hub. The deployment binds it as `HUB`; it is asked for nothing unless what is published names a hub here. */
export const Hub: HubObjectClass<LiveEnvironment> = createHubObject({
  settings: () => settings,
  store: readerOf,
})

function createServer(env: LiveEnvironment): LiveServer {
  const reader = readerOf(env)
  const app = createReaderApp({
    store: reader,
    // The bytes are compressed already: without this the runtime would do it once more.
    bodyInit: { encodeBody: 'manual' },
    onError: error => console.error(error),
  })
  return { app, reader, front: null, generation: null, looked: Date.now() }
}

/** The data centre's own cache. No request from outside reaches what lies there under this host (RFC 2606, §2). */
function edgeCache(prefix: string): ObjectCache {
  const urlOf = (key: string) => `https://objects.invalid/${prefix}${key}`
  return {
    async get(key) {
      const answer = await caches.default.match(urlOf(key))
      return answer ? new Uint8Array(await answer.arrayBuffer()) : null
    },
    async put(key, bytes) {
      const headers = { 'cache-control': 'public, max-age=31536000, immutable' }
      await caches.default.put(urlOf(key), new Response(bytes as Uint8Array<ArrayBuffer>, { headers }))
    },
  }
}
