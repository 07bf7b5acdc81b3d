import { createReaderApp } from '../../http/app.ts'
import type { ObjectReader } from '../../store/object-reader.ts'
import type { ObjectCache } from '../../store/object-reading.ts'
import { createEdgeReader } from './edge-reader.ts'
import { asSent, type EdgeRequest } from './edge-request.ts'
import { createR2Objects, type R2Bucket } from './r2-objects.ts'

/** What the deployment binds: the bucket that somebody publishes to, and where in it. */
export interface LiveEnvironment {
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
  /** Epoch milliseconds. */
  looked: number
}

/** Made with the first request and kept, as long as the platform keeps this instance. */
let server: LiveServer | undefined

/** The handler of a Worker that is deployed once: what is published to its bucket later is served without another deployment. */
export default {
  fetch(request: EdgeRequest, env: LiveEnvironment, context: Context): Response | Promise<Response> {
    server ??= createServer(env)
    const { app, reader } = server
    const now = Date.now()
    if (reader.lastSeen() !== null && now - server.looked >= Number(env.POLL ?? 5) * 1000) {
      server.looked = now
      // Behind the answer, never before it.
      context.waitUntil(reader.refresh().catch(error => console.error(error)))
    }
    return app.fetch(asSent(request))
  },
}

function createServer(env: LiveEnvironment): LiveServer {
  const prefix = env.PREFIX ?? ''
  const reader = createEdgeReader({ objects: createR2Objects(env.BUCKET, prefix), cache: edgeCache(prefix) })
  const app = createReaderApp({
    store: reader,
    // The bytes are compressed already: without this the runtime would do it once more.
    bodyInit: { encodeBody: 'manual' },
    onError: error => console.error(error),
  })
  return { app, reader, looked: Date.now() }
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
