import type { Hono } from 'hono'
import { createReaderApp } from '../../http/app.ts'
import type { PushSettings } from '../../model/push-settings.ts'
import { type Assets, createAssetObjects, type DeployedPublication } from '../../store/asset-objects.ts'
import type { ObjectReader } from '../../store/object-reader.ts'
import { createEdgeReader } from './edge-reader.ts'
import { asSent, type EdgeRequest } from './edge-request.ts'
import { createHubFront, type HubFront } from './hub-front.ts'
import { createHubObject, type HubEnvironment, type HubObjectClass } from './hub-object.ts'

export interface DeployedEnvironment extends HubEnvironment {
  ASSETS: Assets
}

interface Context {
  waitUntil(work: Promise<unknown>): void
}

/** A Worker's handler, as its module exports it by default. */
export interface DeployedWorker {
  fetch(request: EdgeRequest, env: DeployedEnvironment, context?: Context): Response | Promise<Response>
  /** The hub is told of the deployment though nobody reads. */
  scheduled(event: unknown, env: DeployedEnvironment, context: Context): void
}

/** The hub of a deployment: the `[push]` table of its settings, and the publication's url. */
export interface DeployedHub {
  push: PushSettings
  url: string
}

interface Deployed {
  app: Hono
  reader: ObjectReader
  front: HubFront | null
}

/**
 * The handler of a Worker that carries a publication: one deployment is one publication, and it changes when the next one replaces it.
 * @param publication the module that `broadsheet deploy --no-upload` writes: `.broadsheet/worker/publication.js`
 * @param hub absent: the Worker is none
 */
export function createDeployedWorker(publication: DeployedPublication, hub?: DeployedHub): DeployedWorker {
  /** Made with the first request and kept: assets are bound to the deployment, not to a request. */
  let deployed: Deployed | undefined
  const of = (env: DeployedEnvironment) => {
    deployed ??= createDeployed(publication, env, hub)
    return deployed
  }
  return {
    fetch(request, env, context) {
      const isFirst = deployed === undefined
      const { app, front, reader } = of(env)
      // Behind the answer, never before it.
      if (isFirst && front) context?.waitUntil(tellOf(front, reader))
      return front?.answer(request) ?? app.fetch(asSent(request))
    },
    scheduled(_event, env, context) {
      const { front, reader } = of(env)
      if (front) context.waitUntil(tellOf(front, reader))
    },
  }
}

/** The class that such a Worker exports as `Hub` and binds as `HUB`: a part of its hub. */
export function createDeployedHub(
  publication: DeployedPublication,
  { push }: DeployedHub,
): HubObjectClass<DeployedEnvironment> {
  return createHubObject<DeployedEnvironment>({
    settings: () => push,
    store: env => createEdgeReader({ objects: createAssetObjects(env.ASSETS, publication) }),
  })
}

/**
 * The same as a Hono app, to be mounted in a Worker of your own: `app.route('/', feeds)`. Make it with the first request and keep it.
 * @param assets the binding of the static assets beside that module
 */
export function createDeployedApp(publication: DeployedPublication, assets: Assets): Hono {
  return appOfReader(createEdgeReader({ objects: createAssetObjects(assets, publication) }))
}

function createDeployed(
  publication: DeployedPublication,
  env: DeployedEnvironment,
  hub?: DeployedHub,
): Deployed {
  const reader = createEdgeReader({ objects: createAssetObjects(env.ASSETS, publication) })
  const app = appOfReader(reader)
  const front = hub ? createHubFront(env.HUB, hub.push, hub.url, app) : null
  return { app, reader, front }
}

const appOfReader = (store: ObjectReader) =>
  createReaderApp({
    store,
    // The bytes are compressed already: without this the runtime would do it once more.
    bodyInit: { encodeBody: 'manual' },
    onError: error => console.error(error),
  })

async function tellOf(front: HubFront, reader: ObjectReader): Promise<void> {
  const snapshot = await reader.current()
  if (snapshot) await front.tell(snapshot.generation)
}
