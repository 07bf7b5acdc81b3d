import { env } from 'cloudflare:workers'
import { createR2Objects, type R2Bucket } from '../../src/runtimes/worker/r2-objects.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { sha256 } from '../../src/text/digests.ts'
import { createMemoryObjects } from '../support/memory-objects.ts'
import { runObjectsContract } from './objects-contract.ts'
import { runStoreContract } from './store-contract.ts'

const { BUCKET } = env as unknown as { BUCKET: R2Bucket }
let count = 0

/** The one bucket, as many: each test has a prefix of its own. */
const ownBucket = () => createR2Objects(BUCKET, `test-${count++}/`)

const tools = { digest: sha256, compress: {}, clock: Date.now }
runObjectsContract('R2, in workerd', ownBucket)
runStoreContract('objects in R2, in workerd', () =>
  createObjectPublication({ ...tools, objects: ownBucket() }),
)
runStoreContract('objects in memory, in workerd', () =>
  createObjectPublication({ ...tools, objects: createMemoryObjects() }),
)
