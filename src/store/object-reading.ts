import { DamagedObjectError, type ObjectStore, ObjectStoreError } from '../model/object-store.ts'
import type { Digest } from '../text/digests.ts'
import {
  decodeHashes,
  type GenerationRecord,
  type Gunzip,
  generationOf,
  gunzip as gunzipAnywhere,
  hashInKey,
  ledgerKey,
  recordKey,
  recordPrefix,
  type TableRow,
  tableKey,
} from './object-layout.ts'

/** Objects that were read already, by their keys. What it has lost is read again; what it gives is checked. */
export interface ObjectCache {
  get(key: string): Promise<Uint8Array | null>
  put(key: string, bytes: Uint8Array): Promise<void>
}

export interface ObjectReadingOptions {
  objects: ObjectStore
  digest: Digest
  /** @default none */
  cache?: ObjectCache | undefined
  /** @default the one that every runtime has */
  gunzip?: Gunzip | undefined
}

/** Reads objects by the hash of their bytes, and never gives other ones. */
export interface ObjectReading {
  /** @throws DamagedObjectError, ObjectStoreError */
  named(key: string): Promise<Uint8Array>
  json<T>(key: string): Promise<T>
  shard(hash: string): Promise<TableRow[]>
  filter(hash: string): Promise<Uint32Array>
  ledgerText(hashes: readonly string[]): Promise<string>
}

export function createObjectReading(options: ObjectReadingOptions): ObjectReading {
  const { objects, digest, cache, gunzip = gunzipAnywhere } = options
  async function named(key: string): Promise<Uint8Array> {
    const cached = await cache?.get(key).catch(() => null)
    if (cached && (await digest(cached)) === hashInKey(key)) return cached
    const bytes = await objects.get(key)
    if (!bytes) throw new DamagedObjectError(key, 'missing')
    if ((await digest(bytes)) !== hashInKey(key)) throw new DamagedObjectError(key, 'damaged')
    // A cache that is full or broken costs time only.
    await cache?.put(key, bytes).catch(() => {})
    return bytes
  }
  const text = async (key: string) => new TextDecoder().decode(await gunzip(await named(key)))
  const json = async <T>(key: string) => JSON.parse(await text(key)) as T
  return {
    named,
    json,
    shard: hash => json<TableRow[]>(tableKey(hash)),
    filter: async hash => decodeHashes(await named(tableKey(hash))),
    async ledgerText(hashes) {
      return (await Promise.all(hashes.map(hash => text(ledgerKey(hash))))).join('')
    },
  }
}

/** Where a cache has the record that was read last: its bytes are not what its key tells, so that it is for those alone who can't ask the store. */
const rememberedKey = `${recordPrefix}newest`

export async function rememberRecord(cache: ObjectCache, record: GenerationRecord): Promise<void> {
  await cache.put(rememberedKey, new TextEncoder().encode(JSON.stringify(record)))
}

/** The record that was read last, by this process or one before it; null where that is not known. */
export async function rememberedRecord(cache: ObjectCache): Promise<GenerationRecord | null> {
  const bytes = await cache.get(rememberedKey).catch(() => null)
  const record = bytes && parseRecord(bytes)
  return record?.format === 1 ? record : null
}

/** The newest generation's record; null where nothing was ever published there. */
export async function newestRecord(objects: ObjectStore): Promise<GenerationRecord | null> {
  const [newest] = await objects.list(recordPrefix, { limit: 1 })
  const generation = newest ? generationOf(newest.key) : null
  return generation === null ? null : readRecord(objects, generation)
}

/** Null where there is no such generation. */
export async function readRecord(objects: ObjectStore, generation: number): Promise<GenerationRecord | null> {
  const key = recordKey(generation)
  const bytes = await objects.get(key)
  if (!bytes) return null
  const record = parseRecord(bytes)
  if (record?.format !== 1 || record.generation !== generation)
    throw new ObjectStoreError(`${key} is not a record that this Broadsheet can read.`, null)
  return record
}

function parseRecord(bytes: Uint8Array): GenerationRecord | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as GenerationRecord
  } catch {
    return null
  }
}
