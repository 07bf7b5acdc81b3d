import { isStoreTrouble, type ObjectStore } from '../model/object-store.ts'
import type { BodyRef, ByteRange, Snapshot, StoreReader } from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { createObjectBodies } from './object-bodies.ts'
import type { GenerationRecord, Gunzip, PlacedBody } from './object-layout.ts'
import {
  createObjectReading,
  newestRecord,
  type ObjectCache,
  readRecord,
  rememberedRecord,
  rememberRecord,
} from './object-reading.ts'
import { createObjectTable } from './object-table.ts'
import { readAhead } from './read-ahead.ts'
import { createSingleFlight, type Once } from './single-flight.ts'

export interface ObjectReaderOptions {
  objects: ObjectStore
  digest: Digest
  /** Objects that outlive this process: a folder on Node, the Cache API at the edge. @default none */
  cache?: ObjectCache
  /** @default the one that every runtime has */
  gunzip?: Gunzip
  /** Bytes of bodies kept in memory. @default 32 MiB */
  maxBodyBytes?: number
  /** Parts of the path table kept in memory, of about 250 KB each. @default 256 */
  maxShards?: number
  /** Documents of a newer generation that are read before it is served, where they are in memory of the former one. @default 64 */
  maxAhead?: number
  /**
   * Whether one request may wait for what another one has asked for. Not on Workers, where a promise belongs to the request that made it.
   * @default true
   */
  sharesWork?: boolean
  /** A stream whose length its runtime may announce: Workers take it from nothing else, not even from the header. @default the stream as it is */
  withLength?(stream: ReadableStream<Uint8Array>, length: number): ReadableStream<Uint8Array>
  /** Told of what is wrong: an object that is damaged, a store that does not answer. @default nobody is */
  onTrouble?(error: unknown): void
}

/** The reader's side of a publication in an object store. Answers never wait for news: whoever runs it calls `refresh`. */
export interface ObjectReader extends StoreReader {
  /**
   * Looks whether there is a newer generation, and takes it. Never two at once. Rejects where the store does not answer; where nothing was
   * read from it yet, what the cache has of the last time is served meanwhile.
   */
  refresh(): Promise<void>
  /** Serves what the cache has of the last time, where nothing was read from the store yet. */
  recall(): Promise<void>
  /** Epoch milliseconds of the last time the store answered; null: never. */
  lastSeen(): number | null
  /** The generation that is served; null: none yet. */
  generation(): number | null
}

/** A generation as it is served. */
interface Served {
  record: GenerationRecord
  snapshot: Snapshot
}

/** Milliseconds after which the next record may be swept already, a later one being the newest: then the list tells. */
const longestStep = 12 * 60 * 60 * 1000

/** Milliseconds that a newer generation waits for what is read ahead of it: readers are to have it soon. */
const patience = 500

export function createObjectReader(options: ObjectReaderOptions & { clock: () => number }): ObjectReader {
  const { objects, digest, cache, gunzip, clock, maxShards = 256, sharesWork = true } = options
  const { maxAhead = 64, withLength = stream => stream, onTrouble = () => {} } = options
  const once: Once = sharesWork ? createSingleFlight() : (_, work) => work()
  const table = createObjectTable(createObjectReading({ objects, digest, cache, gunzip }), maxShards, once)
  const maxBodyBytes = options.maxBodyBytes ?? 32 * 1024 * 1024
  const bodies = createObjectBodies({ objects, digest, cache, maxBodyBytes, once, withLength, onTrouble })
  let served: Served | null = null
  let seen: number | null = null

  async function look(): Promise<void> {
    const isNear = seen !== null && clock() - seen < longestStep
    const record =
      served && isNear ? await newerRecord(objects, served.record.generation) : await newestRecord(objects)
    seen = clock()
    if (!record || record.generation === served?.record.generation) return
    const snapshot = await table.snapshotOf(record)
    if (served) await readAhead(served.snapshot, snapshot, { bodies, clock, most: maxAhead, patience })
    served = { record, snapshot }
    await (cache && rememberRecord(cache, record).catch(() => {}))
  }

  async function recall(): Promise<void> {
    const record = served || !cache ? null : await rememberedRecord(cache)
    if (record) served = { record, snapshot: await table.snapshotOf(record) }
  }

  const refresh = () =>
    once('refresh', () =>
      look().catch(async error => {
        await recall().catch(() => {})
        throw error
      }),
    )

  async function first(): Promise<Snapshot | null> {
    await refresh().catch(error => {
      if (!served) throw error
    })
    return served?.snapshot ?? null
  }

  /** A store that is away has no bodies for now; the reader is told to ask again. */
  function withTrouble<T>(body: Promise<T | null>): Promise<T | null> {
    return body.catch(error => {
      onTrouble(error)
      if (isStoreTrouble(error)) return null
      throw error
    })
  }

  return {
    current: () => served?.snapshot ?? (seen === null ? first() : null),
    body(ref: BodyRef, range?: ByteRange) {
      const placed: PlacedBody = ref
      if (placed.parts) return withTrouble(bodies.stream(placed, range ?? { start: 0, end: ref.length - 1 }))
      const cut = (bytes: Uint8Array) => (range ? bytes.subarray(range.start, range.end + 1) : bytes)
      const known = bodies.kept(ref.hash)
      if (known) return cut(known)
      return withTrouble(bodies.whole(placed).then(bytes => bytes && cut(bytes)))
    },
    refresh,
    recall,
    lastSeen: () => seen,
    generation: () => served?.record.generation ?? null,
  }
}

/** The newest record, where there is one behind this generation. */
async function newerRecord(objects: ObjectStore, generation: number): Promise<GenerationRecord | null> {
  const next = await readRecord(objects, generation + 1)
  if (!next) return null
  // Whoever steps from one to the next falls behind; the list's first is the newest.
  const newest = await newestRecord(objects)
  return newest && newest.generation > next.generation ? newest : next
}
