import { DamagedObjectError, type ObjectStore } from '../model/object-store.ts'
import type { ByteRange } from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { mediaChunk } from './chunked-digest.ts'
import { bodyKey, type PlacedBody, partsIn } from './object-layout.ts'
import type { ObjectCache } from './object-reading.ts'
import type { Once } from './single-flight.ts'

export interface ObjectBodiesOptions {
  objects: ObjectStore
  digest: Digest
  cache: ObjectCache | undefined
  /** Bytes of bodies kept in memory. */
  maxBodyBytes: number
  once: Once
  /** Whatever the runtime needs to announce a stream's length. */
  withLength(stream: ReadableStream<Uint8Array>, length: number): ReadableStream<Uint8Array>
  onTrouble(error: unknown): void
}

/** The bodies of an object store. Bytes that are not what their hash tells are never given. */
export interface ObjectBodies {
  /** Only what is in memory. */
  kept(hash: string): Uint8Array | undefined
  /** Whether it is in memory, without asking for it. */
  has(hash: string): boolean
  /** Null: the store has no such body. */
  whole(ref: PlacedBody): Promise<Uint8Array | null>
  /** Of a body that rests in parts. */
  stream(ref: PlacedBody, range: ByteRange): Promise<ReadableStream<Uint8Array> | null>
}

export function createObjectBodies(options: ObjectBodiesOptions): ObjectBodies {
  const bodies = createLruCache<string, Uint8Array>(options.maxBodyBytes, ({ length }) => length)

  async function whole(ref: PlacedBody): Promise<Uint8Array | null> {
    const known = bodies.get(ref.hash)
    if (known) return known
    return options.once(`body ${ref.hash}`, async () => {
      const bytes = await checkedBody(ref, options)
      if (bytes) bodies.set(ref.hash, bytes)
      return bytes
    })
  }

  return {
    kept: hash => bodies.get(hash),
    has: hash => bodies.has(hash),
    whole,
    async stream(ref, range) {
      const list = await whole({ hash: ref.hash, length: ref.length })
      const bodyOf = (hash: string) => checkedBody({ hash, length: mediaChunk }, options)
      const stream = list && (await streamParts(partsIn(list), range, bodyOf))
      return stream && options.withLength(stream, range.end - range.start + 1)
    },
  }
}

/** From the cache, else from the store, and there once more where the bytes were not what the hash tells. */
async function checkedBody(
  ref: PlacedBody,
  { objects, cache, digest, onTrouble }: ObjectBodiesOptions,
): Promise<Uint8Array | null> {
  const own = bodyKey(ref.hash)
  const cached = await cache?.get(own).catch(() => null)
  if (cached && (await digest(cached)) === ref.hash) return cached
  for (let attempt = 1; attempt <= 2; attempt++) {
    const bytes = await rawBody(ref, objects)
    if (bytes && (await digest(bytes)) === ref.hash) {
      await cache?.put(own, bytes).catch(() => {})
      return bytes
    }
  }
  onTrouble(new DamagedObjectError(bodyKey(ref.pack ?? ref.hash), 'damaged'))
  return null
}

function rawBody(
  { hash, length, pack, offset = 0 }: PlacedBody,
  objects: ObjectStore,
): Promise<Uint8Array | null> {
  if (length === 0) return Promise.resolve(new Uint8Array(0))
  if (pack === undefined) return objects.get(bodyKey(hash))
  return objects.get(bodyKey(pack), { start: offset, end: offset + length - 1 })
}

async function streamParts(
  parts: string[],
  range: ByteRange,
  bodyOf: (hash: string) => Promise<Uint8Array | null>,
): Promise<ReadableStream<Uint8Array> | null> {
  const lastPart = Math.floor(range.end / mediaChunk)
  let next = Math.floor(range.start / mediaChunk)
  const read = async (): Promise<Uint8Array | null> => {
    const hash = parts[next]
    const bytes = hash === undefined ? null : await bodyOf(hash)
    const from = next * mediaChunk
    next++
    return (
      bytes?.subarray(Math.max(range.start - from, 0), Math.min(range.end + 1 - from, bytes.length)) ?? null
    )
  }
  // The first part is read before there is a stream: what can't be had is an answer of its own.
  let first = await read()
  if (!first) return null
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = first ?? (await read())
        first = null
        if (!bytes) throw new Error('a part of the medium is not in the store')
        controller.enqueue(bytes)
        if (next > lastPart) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
