/**
 * What the library has for Cloudflare Workers alone: `import { … } from 'broadsheet/worker'`. For a Worker that does nothing else,
 * `broadsheet deploy` needs none of it.
 */

export type { Assets, DeployedPublication } from '../store/asset-objects.ts'
export {
  createDeployedApp,
  createDeployedHub,
  createDeployedWorker,
  type DeployedEnvironment,
  type DeployedHub,
  type DeployedWorker,
} from './worker/deployed-worker.ts'
export type { EdgeRequest } from './worker/edge-request.ts'
export type { HubEnvironment, HubNamespace, HubObjectClass, HubObjectState } from './worker/hub-object.ts'
export { default as liveWorker, Hub as LiveHub, type LiveEnvironment } from './worker/live-worker.ts'
export { createR2Objects, type R2Bucket } from './worker/r2-objects.ts'
