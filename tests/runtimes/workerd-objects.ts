import { DurableObject } from 'cloudflare:workers'

export { Hub } from '../../src/runtimes/worker/live-worker.ts'

/** An object that does nothing by itself: tests run inside it, with its storage. */
export class TestObject extends DurableObject {}

export default { fetch: () => new Response('tests') }
