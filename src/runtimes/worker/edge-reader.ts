import { createObjectReader, type ObjectReader, type ObjectReaderOptions } from '../../store/object-reader.ts'
import { sha256 } from '../../text/digests.ts'

declare const FixedLengthStream: new (length: number) => TransformStream<Uint8Array, Uint8Array>

/** A reader of objects within what a Worker has: 128 MB of memory for all its requests, and promises that belong to one of them. */
export function createEdgeReader(options: Pick<ObjectReaderOptions, 'objects' | 'cache'>): ObjectReader {
  return createObjectReader({
    ...options,
    digest: sha256,
    clock: Date.now,
    maxBodyBytes: 16 * 1024 * 1024,
    maxShards: 64,
    // Each asks the cache, the store and the cache again: fifty such calls are what a request may make on the free plan.
    maxAhead: 8,
    sharesWork: false,
    withLength: (stream, length) => stream.pipeThrough(new FixedLengthStream(length)),
    onTrouble: error => console.error(error),
  })
}
