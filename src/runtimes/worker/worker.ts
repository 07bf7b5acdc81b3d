import publication from 'broadsheet-publication'
import { createReaderApp } from '../../http/app.ts'
import { type Assets, createAssetStore } from '../../store/asset-store.ts'
import { asSent, type EdgeRequest } from './edge-request.ts'

type App = ReturnType<typeof createReaderApp>

declare const FixedLengthStream: new (length: number) => TransformStream<Uint8Array, Uint8Array>

/** Made with the first request and kept: assets are bound to the deployment, not to a request. */
let app: App | undefined

/** The handler that Cloudflare Workers call. One deployment is one publication: it changes when the next one replaces it. */
export default {
  fetch(request: EdgeRequest, env: { ASSETS: Assets }): Response | Promise<Response> {
    app ??= createReaderApp({
      store: createAssetStore(publication, env.ASSETS, {
        withLength: (stream, length) => stream.pipeThrough(new FixedLengthStream(length)),
      }),
      // The bytes are compressed already: without this the runtime would do it once more.
      bodyInit: { encodeBody: 'manual' },
      onError: error => console.error(error),
    })
    return app.fetch(asSent(request))
  },
}
