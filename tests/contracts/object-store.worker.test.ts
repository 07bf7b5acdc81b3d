import { env } from 'cloudflare:workers'
import type { ObjectStore } from '../../src/model/object-store.ts'
import { createR2Objects, type R2Bucket } from '../../src/runtimes/worker/r2-objects.ts'
import { createMemoryObjects } from '../../src/store/memory-objects.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { sha256 } from '../../src/text/digests.ts'
import { runObjectsContract } from './objects-contract.ts'
import { runStoreContract } from './store-contract.ts'

const { BUCKET } = env as unknown as { BUCKET: R2Bucket }
let count = 0

/** The one bucket, as many: each test has a prefix of its own. */
function ownBucket(): ObjectStore {
  const prefix = `test-${count++}/`
  const inBucket = (options: { prefix?: string; startAfter?: string }) => ({
    ...options,
    prefix: prefix + (options.prefix ?? ''),
    ...(options.startAfter && { startAfter: prefix + options.startAfter }),
  })
  return createR2Objects({
    get: (key, options) => BUCKET.get(prefix + key, options),
    put: (key, value, options) => BUCKET.put(prefix + key, value, options),
    delete: key => BUCKET.delete(prefix + key),
    async list(options) {
      const page = await BUCKET.list(inBucket(options))
      return {
        ...page,
        objects: page.objects.map(({ key, size, uploaded }) => ({
          key: key.slice(prefix.length),
          size,
          uploaded,
        })),
      }
    },
  })
}

const tools = { digest: sha256, compress: {}, clock: Date.now }
runObjectsContract('R2, in workerd', ownBucket)
runStoreContract('objects in R2, in workerd', () =>
  createObjectPublication({ ...tools, objects: ownBucket() }),
)
runStoreContract('objects in memory, in workerd', () =>
  createObjectPublication({ ...tools, objects: createMemoryObjects() }),
)
