import type { Hono } from 'hono'
import { createReaderApp } from '../../http/app.ts'
import { type Assets, createAssetObjects, type DeployedPublication } from '../../store/asset-objects.ts'
import { createEdgeReader } from './edge-reader.ts'
import { asSent, type EdgeRequest } from './edge-request.ts'

/** A Worker's handler, as its module exports it by default. */
export interface DeployedWorker {
  fetch(request: EdgeRequest, env: { ASSETS: Assets }): Response | Promise<Response>
}

/**
 * The handler of a Worker that carries a publication: one deployment is one publication, and it changes when the next one replaces it.
 * @param publication the module that `broadsheet deploy --no-upload` writes: `.broadsheet/worker/publication.js`
 */
export function createDeployedWorker(publication: DeployedPublication): DeployedWorker {
  /** Made with the first request and kept: assets are bound to the deployment, not to a request. */
  let app: Hono | undefined
  return {
    fetch(request, env) {
      app ??= createDeployedApp(publication, env.ASSETS)
      return app.fetch(asSent(request))
    },
  }
}

/**
 * The same as a Hono app, to be mounted in a Worker of your own: `app.route('/', feeds)`. Make it with the first request and keep it.
 * @param assets the binding of the static assets beside that module
 */
export function createDeployedApp(publication: DeployedPublication, assets: Assets): Hono {
  return createReaderApp({
    store: createEdgeReader({ objects: createAssetObjects(assets, publication) }),
    // The bytes are compressed already: without this the runtime would do it once more.
    bodyInit: { encodeBody: 'manual' },
    onError: error => console.error(error),
  })
}
