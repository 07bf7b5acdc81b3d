import type { Resource } from '../model/snapshot.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { lowerBound } from '../text/lower-bound.ts'

/**
 * A publication as it is deployed: what every answer but a body needs. Feeds and lists are in it; where there are so
 * many paths that they would weigh on the start of every instance, the others lie in shards among the assets.
 */
export interface AssetManifest {
  generation: number
  /** Epoch milliseconds. */
  publishedAt: number
  url: string
  maxAge: number
  resources: [path: string, resource: Resource][]
  due: { at: number; changes: [path: string, resource: Resource][] }[]
  /** Asset paths of the shards; a path is in the one that `shardOf` names. Empty where all paths are above. */
  shards: string[]
  /** Bodies that are deployed with the code, by their place in one block of bytes. */
  inlined: [hash: string, offset: number, length: number][]
}

/** One shard: a JSON document among the assets. */
export type ManifestShard = [path: string, resource: Resource][]

/** Where a body lies among the assets. */
export function blobPath(hash: string): string {
  return `/blob/${hash.slice(0, 2)}/${hash}`
}

/** Which of so many shards a path is in. */
export const shardOf = (path: string, shards: number): number => fnv1a(path) % shards

/** Whether a sorted list holds a hash: what is not in it is not a path of the publication, and nothing is fetched for it. */
export function holdsHash(sorted: Uint32Array, hash: number): boolean {
  return sorted[lowerBound(sorted, other => other < hash)] === hash
}
