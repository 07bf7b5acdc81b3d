import { type ObjectStore, ObjectStoreError } from '../model/object-store.ts'
import type { ByteRange } from '../model/snapshot.ts'
import { sliceStream } from './stream-slice.ts'

/** Static assets as Cloudflare Workers bind them. */
export interface Assets {
  fetch(url: string): Promise<Response>
}

/** What a deployment carries with its code: the objects that every instance needs at its start, and those that most requests are for. */
export interface DeployedPublication {
  /** Where in `bytes` each object lies. */
  places: [key: string, offset: number, length: number][]
  bytes: ArrayBuffer
}

/** Assets are asked for by path; the host says nothing. */
const anyHost = 'https://assets.invalid/'

/**
 * A deployment's objects, the same layout as in a bucket: some with the code, the others among the assets. They belong together for as long
 * as the deployment lives, and nothing is written to them. Records are always with the code, for assets can't be listed.
 */
export function createAssetObjects(assets: Assets, deployed: DeployedPublication): ObjectStore {
  const withCode = new Map(
    deployed.places.map(([key, offset, length]) => [key, new Uint8Array(deployed.bytes, offset, length)]),
  )
  async function asset(key: string, range?: ByteRange): Promise<Uint8Array | null> {
    const answer = await assets.fetch(anyHost + key)
    if (answer.ok && answer.body) {
      const body = range ? sliceStream(answer.body, range) : answer.body
      return new Uint8Array(await new Response(body).arrayBuffer())
    }
    await answer.body?.cancel()
    if (answer.status === 404) return null
    throw new ObjectStoreError(`The asset ${key} can’t be read: ${answer.status}.`, answer.status)
  }
  const readOnly = async (): Promise<never> => {
    throw new ObjectStoreError('A deployment is changed by the next one only.', null)
  }
  return {
    name: 'assets',
    async get(key, range) {
      const bytes = withCode.get(key)
      if (!bytes) return asset(key, range)
      return range ? bytes.subarray(range.start, range.end + 1) : bytes
    },
    async list(prefix, { after = '', limit = Number.POSITIVE_INFINITY } = {}) {
      const keys = [...withCode.keys()].filter(key => key.startsWith(prefix) && key > after).sort()
      return keys.slice(0, limit).map(key => ({ key, size: withCode.get(key)?.length ?? 0, modified: 0 }))
    },
    put: readOnly,
    create: readOnly,
    delete: readOnly,
  }
}
