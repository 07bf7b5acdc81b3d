import type { BodyRef, ByteRange, Resource, Snapshot, StoreReader } from '../model/snapshot.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { type AssetManifest, blobPath, holdsHash, type ManifestShard, shardOf } from './asset-manifest.ts'
import { createSnapshot } from './snapshot.ts'
import { sliceStream } from './stream-slice.ts'

/** Static assets as Cloudflare Workers bind them. */
export interface Assets {
  fetch(url: string): Promise<Response>
}

/** A deployed publication: code, manifest and bodies that belong together for as long as the deployment lives. */
export interface DeployedPublication {
  manifest: AssetManifest
  /** The block that `manifest.inlined` points into. */
  bodies: ArrayBuffer
  /** Hashes of the paths in the shards, sorted; empty where there are none. */
  sharded: Uint32Array
}

/** Shards kept in memory at once; a shard is about 100 KB. */
const maxCachedShards = 64

/** Assets are asked for by path; the host says nothing. */
const anyHost = 'https://assets.invalid'

export interface AssetStoreOptions {
  /** A stream whose length its runtime may announce; Workers take it from nothing else, not even from the header. */
  withLength?: (stream: ReadableStream<Uint8Array>, length: number) => ReadableStream<Uint8Array>
}

/** The reader's side of a deployed publication. What the manifest knows is answered without touching the assets. */
export function createAssetStore(
  publication: DeployedPublication,
  assets: Assets,
  options: AssetStoreOptions = {},
): StoreReader {
  const { withLength = (stream: ReadableStream<Uint8Array>) => stream } = options
  const { manifest, bodies, sharded } = publication
  const inlined = new Map(
    manifest.inlined.map(([hash, offset, length]) => [hash, new Uint8Array(bodies, offset, length)]),
  )
  const shards = createLruCache<number, Promise<Map<string, Resource>>>(maxCachedShards)

  async function readShard(number: number): Promise<Map<string, Resource>> {
    const answer = await assets.fetch(anyHost + manifest.shards[number])
    if (!answer.ok) throw new Error(`shard ${number} is missing: ${answer.status}`)
    return new Map((await answer.json()) as ManifestShard)
  }
  function shard(number: number): Promise<Map<string, Resource>> {
    const known = shards.get(number)
    if (known) return known
    const read = readShard(number)
    shards.set(number, read)
    // One that could not be read is tried again at the next request.
    read.catch(() => shards.delete(number))
    return read
  }
  function lookupSharded(path: string): Promise<Resource | undefined> | undefined {
    const hash = fnv1a(path)
    if (!holdsHash(sharded, hash)) return undefined
    return shard(shardOf(path, manifest.shards.length)).then(resources => resources.get(path))
  }

  const { generation, publishedAt, url, maxAge } = manifest
  const resources = new Map(manifest.resources)
  const due = manifest.due.map(({ at, changes }) => ({ at, changes: new Map(changes) }))
  const inMemory = createSnapshot({ generation, publishedAt, url, maxAge, resources, due })
  const snapshot: Snapshot = {
    ...inMemory,
    at(now) {
      const view = inMemory.at(now)
      return { lookup: path => view.lookup(path) ?? lookupSharded(path) }
    },
  }

  return {
    current: () => snapshot,
    async body(ref: BodyRef, range?: ByteRange) {
      const bytes = inlined.get(ref.hash)
      if (bytes) return range ? bytes.subarray(range.start, range.end + 1) : bytes
      const answer = await assets.fetch(anyHost + blobPath(ref.hash))
      if (!answer.ok || !answer.body) {
        await answer.body?.cancel()
        return null
      }
      return range ? withLength(sliceStream(answer.body, range), range.end - range.start + 1) : answer.body
    },
  }
}
