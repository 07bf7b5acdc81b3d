/**
 * What the library has for Cloudflare Workers alone: `import { … } from 'broadsheet/worker'`. For a Worker that does nothing else,
 * `broadsheet deploy` needs none of it.
 */

export type { Assets, DeployedPublication } from '../store/asset-objects.ts'
export { createDeployedApp, createDeployedWorker, type DeployedWorker } from './worker/deployed-worker.ts'
export type { EdgeRequest } from './worker/edge-request.ts'
export { default as liveWorker, type LiveEnvironment } from './worker/live-worker.ts'
export { createR2Objects, type R2Bucket } from './worker/r2-objects.ts'
