import { DamagedObjectError, isStoreTrouble, type ObjectStore } from '../model/object-store.ts'
import type { BodyRef, ByteRange, Resource, Snapshot, StoreReader, View } from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { mediaChunk } from './chunked-digest.ts'
import {
  bodyKey,
  type DueRows,
  type GenerationRecord,
  type PlacedBody,
  partsIn,
  tableKey,
} from './object-layout.ts'
import { createObjectReading, newestRecord, type ObjectCache, readRecord } from './object-reading.ts'
import { holdsHash, resourcesIn, shardOf } from './path-table.ts'
import { createSnapshot } from './snapshot.ts'

export interface ObjectReaderOptions {
  objects: ObjectStore
  digest: Digest
  /** Objects that outlive this process: a folder on Node, the Cache API at the edge. Default: none. */
  cache?: ObjectCache
  /** Bytes of bodies kept in memory. @default 32 MiB */
  maxBodyBytes?: number
  /** Parts of the path table kept in memory, of about 250 KB each. @default 256 */
  maxShards?: number
  /**
   * Whether one request may wait for what another one has asked for. Not on Workers, where a promise belongs to the request that made it.
   * @default true
   */
  sharesWork?: boolean
  /** A stream whose length its runtime may announce: Workers take it from nothing else, not even from the header. Default: the stream as it is. */
  withLength?(stream: ReadableStream<Uint8Array>, length: number): ReadableStream<Uint8Array>
  /** Told of what is wrong: an object that is damaged, a store that does not answer. Default: nobody is. */
  onTrouble?(error: unknown): void
}

/** The reader's side of a publication in an object store. Answers never wait for news: whoever runs it calls `refresh`. */
export interface ObjectReader extends StoreReader {
  /** Looks whether there is a newer generation, and takes it. Never two at once. Rejects where the store does not answer. */
  refresh(): Promise<void>
  /** Epoch milliseconds of the last time the store answered; null: never. */
  lastSeen(): number | null
}

/** A generation as it is served: its record, and the rows that are read at once. */
interface Served {
  record: GenerationRecord
  snapshot: Snapshot
}

export function createObjectReader(options: ObjectReaderOptions & { clock: () => number }): ObjectReader {
  const { objects, digest, cache, clock, maxShards = 256, sharesWork = true } = options
  const { withLength = (stream: ReadableStream<Uint8Array>) => stream, onTrouble = () => {} } = options
  const reading = createObjectReading({ objects, digest, cache })
  const shards = createLruCache<string, Map<string, Resource>>(maxShards)
  const filters = createLruCache<string, Uint32Array>(1)
  const bodies = createLruCache<string, Uint8Array>(
    options.maxBodyBytes ?? 32 * 1024 * 1024,
    ({ length }) => length,
  )
  const once = sharesWork ? createSingleFlight() : <T>(_: string, work: () => Promise<T>) => work()
  let served: Served | null = null
  let seen: number | null = null

  async function shard(hash: string): Promise<Map<string, Resource>> {
    const known = shards.get(hash)
    if (known) return known
    return once(`shard ${hash}`, async () => {
      const rows = resourcesIn(await reading.shard(hash))
      shards.set(hash, rows)
      return rows
    })
  }

  async function serve(record: GenerationRecord): Promise<Served> {
    const knownFilter = filters.get(record.filter)
    const [overlay, due, filter] = await Promise.all([
      reading.shard(record.overlay),
      record.due === null ? [] : reading.json<DueRows[]>(tableKey(record.due)),
      knownFilter ?? reading.filter(record.filter),
    ])
    if (!knownFilter) filters.set(record.filter, filter)
    const removed = new Set(overlay.flatMap(([path, resource]) => (resource === null ? [path] : [])))
    const { generation, publishedAt, url, maxAge } = record
    const inMemory = createSnapshot({
      generation,
      publishedAt,
      url,
      maxAge,
      resources: resourcesIn(overlay),
      due: due.map(({ at, rows }) => ({ at, changes: resourcesIn(rows) })),
    })
    const inTable = (path: string): Resource | undefined | Promise<Resource | undefined> => {
      if (removed.has(path) || !holdsHash(filter, fnv1a(path))) return undefined
      const name = record.shards[shardOf(path, record.shards.length)]
      if (name === undefined) return undefined
      const known = shards.get(name)
      return known ? known.get(path) : shard(name).then(rows => rows.get(path))
    }
    const views = new WeakMap<View, View>()
    const snapshot: Snapshot = {
      ...inMemory,
      at(now) {
        const above = inMemory.at(now)
        const known = views.get(above)
        if (known) return known
        const view: View = { lookup: path => above.lookup(path) ?? inTable(path) }
        views.set(above, view)
        return view
      },
      *paths(now) {
        const listed = new Set<string>()
        for (const [path, resource] of inMemory.paths(now)) {
          listed.add(path)
          yield [path, resource]
        }
        for (const name of record.shards)
          for (const [path, resource] of shards.get(name) ?? [])
            if (!listed.has(path) && !removed.has(path)) yield [path, resource]
      },
    }
    return { record, snapshot }
  }

  async function look(): Promise<void> {
    const record = served ? await newerRecord(objects, served.record.generation) : await newestRecord(objects)
    seen = clock()
    if (record) served = await serve(record)
  }

  async function wholeBody(ref: PlacedBody): Promise<Uint8Array | null> {
    const known = bodies.get(ref.hash)
    if (known) return known
    return once(`body ${ref.hash}`, async () => {
      const bytes = await checkedBody(ref)
      if (bytes) bodies.set(ref.hash, bytes)
      return bytes
    })
  }

  /** From the cache, else from the store, and there once more where the bytes were not what the hash tells. */
  async function checkedBody(ref: PlacedBody): Promise<Uint8Array | null> {
    const own = bodyKey(ref.hash)
    const cached = await cache?.get(own).catch(() => null)
    if (cached && (await digest(cached)) === ref.hash) return cached
    for (let attempt = 1; attempt <= 2; attempt++) {
      const bytes = await rawBody(ref)
      if (bytes && (await digest(bytes)) === ref.hash) {
        await cache?.put(own, bytes).catch(() => {})
        return bytes
      }
    }
    onTrouble(new DamagedObjectError(bodyKey(ref.pack ?? ref.hash), 'damaged'))
    return null
  }

  function rawBody({ hash, length, pack, offset = 0 }: PlacedBody): Promise<Uint8Array | null> {
    if (length === 0) return Promise.resolve(new Uint8Array(0))
    if (pack === undefined) return objects.get(bodyKey(hash))
    return objects.get(bodyKey(pack), { start: offset, end: offset + length - 1 })
  }

  async function streamParts(ref: PlacedBody, range: ByteRange): Promise<ReadableStream<Uint8Array> | null> {
    const list = await wholeBody({ hash: ref.hash, length: ref.length })
    if (!list) return null
    const parts = partsIn(list)
    const lastPart = Math.floor(range.end / mediaChunk)
    let next = Math.floor(range.start / mediaChunk)
    const read = async (): Promise<Uint8Array | null> => {
      const hash = parts[next]
      const bytes = hash === undefined ? null : await checkedBody({ hash, length: mediaChunk })
      const from = next * mediaChunk
      next++
      return (
        bytes?.subarray(Math.max(range.start - from, 0), Math.min(range.end + 1 - from, bytes.length)) ?? null
      )
    }
    // The first part is read before there is a stream: what can't be had is an answer of its own.
    let first = await read()
    if (!first) return null
    const stream = new ReadableStream<Uint8Array>(
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
    return withLength(stream, range.end - range.start + 1)
  }

  return {
    current: () =>
      served?.snapshot ?? (seen === null ? once('refresh', look).then(() => served?.snapshot ?? null) : null),
    body(ref: BodyRef, range?: ByteRange) {
      const placed: PlacedBody = ref
      if (placed.parts) return withTrouble(streamParts(placed, range ?? { start: 0, end: ref.length - 1 }))
      const cut = (bytes: Uint8Array) => (range ? bytes.subarray(range.start, range.end + 1) : bytes)
      const known = bodies.get(ref.hash)
      if (known) return cut(known)
      return withTrouble(wholeBody(placed).then(bytes => bytes && cut(bytes)))
    },
    refresh: () => once('refresh', look),
    lastSeen: () => seen,
  }

  /** A store that is away has no bodies for now; the reader is told to ask again. */
  function withTrouble<T>(body: Promise<T | null>): Promise<T | null> {
    return body.catch(error => {
      onTrouble(error)
      if (isStoreTrouble(error)) return null
      throw error
    })
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

/** One piece of work of a name at a time; whoever asks meanwhile gets what comes of it. */
function createSingleFlight() {
  const underWay = new Map<string, Promise<unknown>>()
  return function once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const known = underWay.get(name)
    if (known) return known as Promise<T>
    const started = work().finally(() => underWay.delete(name))
    underWay.set(name, started)
    return started
  }
}
