import type { ListedObject, ObjectStore } from '../model/object-store.ts'
import type { Digest } from '../text/digests.ts'
import { inTurns } from '../text/in-turns.ts'
import {
  bodiesOf,
  bodyKey,
  bodyKeysOf,
  type DueRows,
  type GenerationRecord,
  generationOf,
  keysNamedBy,
  partsIn,
  recordPrefix,
  type TableRow,
  tableKey,
} from './object-layout.ts'
import { newestRecord, type ObjectReading, readRecord } from './object-reading.ts'
import { createRecord, readStored, restoreGeneration } from './object-writer.ts'

export interface StoreTools {
  objects: ObjectStore
  reading: ObjectReading
  digest: Digest
  /** Epoch milliseconds. */
  clock: () => number
}

/** The newest generations, newest first. */
export async function listGenerations({ objects }: StoreTools, limit: number): Promise<GenerationRecord[]> {
  const listed = await objects.list(recordPrefix, { limit })
  const records = await Promise.all(listed.map(({ key }) => readRecord(objects, generationOf(key) ?? 0)))
  return records.filter(record => record !== null)
}

/**
 * Makes a new generation with the content of an old one. The ledger stays the newest, so that no id is ever lost.
 * @throws PublicationConflictError where somebody publishes meanwhile
 */
export async function rollBack(
  { objects, reading, digest, clock }: StoreTools,
  generation: number,
  publisher: string,
): Promise<GenerationRecord | null> {
  const [newest, record] = await Promise.all([newestRecord(objects), readRecord(objects, generation)])
  if (!newest || !record) return null
  const [before, old] = [await readStored(reading, newest), await readStored(reading, record)]
  const options = { objects, digest, compress: {}, publisher, startedAt: clock() }
  return (await restoreGeneration({ ...old, record }, before, options)).record
}

export interface SweepReport {
  generations: number
  objects: number
  bytes: number
}

const day = 24 * 60 * 60 * 1000

export interface LongWork {
  /** Told how many objects have been dealt with, of how many. */
  onProgress?(done: number, total: number): void
}

/**
 * Deletes what no generation of the last 24 hours needs, the newest among them whatever its age. Objects younger than that stay: they may be
 * of a publication that is under way.
 */
export async function sweep(
  tools: StoreTools,
  { dryRun = false, onProgress }: LongWork & { dryRun?: boolean } = {},
): Promise<SweepReport> {
  const { objects, clock } = tools
  const since = clock() - day
  const listed = await objects.list('')
  const records = listed.filter(({ key }) => generationOf(key) !== null)
  const kept = records.filter((record, index) => index === 0 || record.modified > since)
  // The one before the oldest that is kept was current within the day.
  const oldest = records[kept.length]
  const needed = new Set<string>()
  for (const { key } of oldest ? [...kept, oldest] : kept) {
    needed.add(key)
    await addEverythingIn(needed, tools, generationOf(key) ?? 0)
  }
  const unneeded = listed.filter(({ key, modified }) => isOurs(key) && !needed.has(key) && modified <= since)
  // Records first: nothing that a record names is ever missing while the record is there.
  const inOrder = [...unneeded.filter(isRecord), ...unneeded.filter(object => !isRecord(object))]
  if (!dryRun)
    for (const [index, { key }] of inOrder.entries()) {
      // Asked once more: a publication under way may have written it anew meanwhile.
      const [now] = await objects.list(key, { limit: 1 })
      if (now?.key === key && now.modified <= since) await objects.delete(key)
      onProgress?.(index + 1, inOrder.length)
    }
  const generations = unneeded.filter(isRecord).length
  return {
    generations,
    objects: unneeded.length - generations,
    bytes: unneeded.reduce((sum, { size }) => sum + size, 0),
  }
}

const isOurs = (key: string) => /^[bslg]\/|^probe\//.test(key)
const isRecord = ({ key }: ListedObject) => generationOf(key) !== null

/** Every object that a generation needs, its record aside. A part of the table that is among `keys` is not read again. */
async function addEverythingIn(
  keys: Set<string>,
  { objects, reading }: Pick<StoreTools, 'objects' | 'reading'>,
  generation: number,
): Promise<void> {
  const record = await readRecord(objects, generation)
  if (!record) return
  const isNew = (hash: string) => !keys.has(tableKey(hash))
  const tables = [...record.shards, record.overlay].filter(isNew)
  const due = record.due !== null && isNew(record.due) ? record.due : null
  for (const key of keysNamedBy(record)) keys.add(key)
  const addRows = async (rows: readonly TableRow[]) => {
    for (const [, resource] of rows) {
      for (const key of bodyKeysOf(resource)) keys.add(key)
      for (const body of bodiesOf(resource))
        if (body.parts)
          for (const part of partsIn(await reading.named(bodyKey(body.hash)))) keys.add(bodyKey(part))
    }
  }
  for (const hash of tables) await addRows(await reading.shard(hash))
  if (due !== null) for (const step of await reading.json<DueRows[]>(tableKey(due))) await addRows(step.rows)
}

/** Objects that are on their way from one store to another at once: some megabytes each. */
const copiedAtOnce = 8

/**
 * Copies the newest generation into another store, as the next one there.
 * @param to `beforeFirst` is called before anything is written where nothing is published yet; what it throws stops that
 * @throws PublicationConflictError
 */
export async function copyPublication(
  from: StoreTools,
  to: Pick<StoreTools, 'objects' | 'reading' | 'clock'> & { beforeFirst?(): Promise<void> },
  publisher: string,
  { onProgress }: LongWork = {},
): Promise<{ record: GenerationRecord; copied: number } | null> {
  const record = await newestRecord(from.objects)
  if (!record) return null
  const newest = await newestRecord(to.objects)
  if (!newest) await to.beforeFirst?.()
  const wanted = new Set<string>()
  await addEverythingIn(wanted, from, record.generation)
  const present = await lastingIn(to, newest)
  const missing = [...wanted].filter(key => !present.has(key))
  let copied = 0
  await inTurns(missing, copiedAtOnce, async key => {
    await to.objects.put(key, await from.reading.named(key))
    copied++
    onProgress?.(copied, missing.length)
  })
  const next = { ...record, generation: (newest?.generation ?? 0) + 1, publisher, startedAt: to.clock() }
  await createRecord(to.objects, next)
  return { record: next, copied }
}

/** What lies in a store and stays there: what the newest generation needs, and what is too young to be swept. */
async function lastingIn(
  { objects, reading, clock }: Pick<StoreTools, 'objects' | 'reading' | 'clock'>,
  newest: GenerationRecord | null,
): Promise<Set<string>> {
  const keys = new Set<string>()
  if (newest) await addEverythingIn(keys, { objects, reading }, newest.generation)
  const since = clock() - day / 2
  for (const { key, modified } of await objects.list('')) if (modified > since) keys.add(key)
  return keys
}
