import type { ListedObject, ObjectStore } from '../model/object-store.ts'
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
import { createRecord } from './object-writer.ts'

export interface StoreTools {
  objects: ObjectStore
  reading: ObjectReading
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
  { objects, clock }: StoreTools,
  generation: number,
  publisher: string,
): Promise<GenerationRecord | null> {
  const [newest, old] = await Promise.all([newestRecord(objects), readRecord(objects, generation)])
  if (!newest || !old) return null
  const now = clock()
  const record: GenerationRecord = {
    ...old,
    generation: newest.generation + 1,
    publisher,
    startedAt: now,
    publishedAt: now,
    ledger: newest.ledger,
    restores: generation,
  }
  await createRecord(objects, record)
  return record
}

export interface SweepReport {
  generations: number
  objects: number
  bytes: number
}

const day = 24 * 60 * 60 * 1000

/**
 * Deletes what no generation of the last 24 hours needs, the newest among them whatever its age. Objects younger than that stay: they may be
 * of a publication that is under way.
 */
export async function sweep(tools: StoreTools, { dryRun = false } = {}): Promise<SweepReport> {
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
    for (const name of await everythingIn(tools, generationOf(key) ?? 0)) needed.add(name)
  }
  const unneeded = listed.filter(({ key, modified }) => isOurs(key) && !needed.has(key) && modified <= since)
  // Records first: nothing that a record names is ever missing while the record is there.
  const inOrder = [...unneeded.filter(isRecord), ...unneeded.filter(object => !isRecord(object))]
  if (!dryRun) for (const { key } of inOrder) await objects.delete(key)
  const generations = unneeded.filter(isRecord).length
  return {
    generations,
    objects: unneeded.length - generations,
    bytes: unneeded.reduce((sum, { size }) => sum + size, 0),
  }
}

const isOurs = (key: string) => /^[bslg]\/|^probe\//.test(key)
const isRecord = ({ key }: ListedObject) => generationOf(key) !== null

/** Every object that a generation needs, its record aside. */
async function everythingIn({ objects, reading }: StoreTools, generation: number): Promise<Set<string>> {
  const record = await readRecord(objects, generation)
  if (!record) return new Set()
  const keys = new Set(keysNamedBy(record))
  const addRows = async (rows: readonly TableRow[]) => {
    for (const [, resource] of rows) {
      for (const key of bodyKeysOf(resource)) keys.add(key)
      for (const body of bodiesOf(resource))
        if (body.parts)
          for (const part of partsIn(await reading.named(bodyKey(body.hash)))) keys.add(bodyKey(part))
    }
  }
  for (const hash of [...record.shards, record.overlay]) await addRows(await reading.shard(hash))
  if (record.due !== null)
    for (const step of await reading.json<DueRows[]>(tableKey(record.due))) await addRows(step.rows)
  return keys
}

/**
 * Copies the newest generation into another store, as the next one there.
 * @throws PublicationConflictError
 */
export async function copyPublication(
  from: StoreTools,
  to: Pick<StoreTools, 'objects' | 'clock'>,
  publisher: string,
): Promise<{ record: GenerationRecord; copied: number } | null> {
  const record = await newestRecord(from.objects)
  if (!record) return null
  const present = new Set((await to.objects.list('')).map(({ key }) => key))
  let copied = 0
  for (const key of await everythingIn(from, record.generation)) {
    if (present.has(key)) continue
    await to.objects.put(key, await from.reading.named(key))
    copied++
  }
  const newest = await newestRecord(to.objects)
  const next = { ...record, generation: (newest?.generation ?? 0) + 1, publisher, startedAt: to.clock() }
  await createRecord(to.objects, next)
  return { record: next, copied }
}
