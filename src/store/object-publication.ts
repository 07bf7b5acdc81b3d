import type { Publication, Snapshot, Store } from '../model/snapshot.ts'
import { bodyPrefix, randomName } from './object-layout.ts'
import { createObjectReader, type ObjectReader, type ObjectReaderOptions } from './object-reader.ts'
import { createObjectReading, newestRecord } from './object-reading.ts'
import {
  type LedgerText,
  type ObjectWriterOptions,
  PublicationConflictError,
  readStored,
  type StoredPublication,
  writeGeneration,
} from './object-writer.ts'
import { resourcesIn } from './path-table.ts'
import { createSnapshot } from './snapshot.ts'

export interface ObjectPublicationOptions
  extends ObjectReaderOptions,
    Pick<ObjectWriterOptions, 'compress' | 'onProgress' | 'onUnreadable'> {
  clock: () => number
  /** Called before the first generation is written; what it throws stops that. @default nothing is asked */
  beforeFirst?(): Promise<void>
}

/** The ledger of the newest generation. */
export interface NewestLedger {
  generation: number
  /** In how many parts it lies. */
  parts: number
  /** Reads it. Null where there is none. */
  text(): Promise<string | null>
}

/** A publication in an object store, for whoever publishes to it and reads from it. */
export interface ObjectPublication extends Store, Pick<ObjectReader, 'refresh' | 'lastSeen'> {
  /** Which generation is the newest, and its ledger; 0: there is none. */
  newestLedger(): Promise<NewestLedger>
  /**
   * The ledger that the next `publish` writes with the publication, in the same step.
   * @param generation the one that it stands on; `publish` fails where there is another by then
   */
  stageLedger(change: LedgerText, generation: number): void
}

/** Resumed uploads trust what a listing shows only while it is younger than this: older ones might be swept meanwhile. */
const trustedAge = 12 * 60 * 60 * 1000

/** What was written, without reading it back. */
function snapshotOf({ record, rows, due }: StoredPublication): Snapshot {
  if (!record) throw new Error('nothing was published')
  const { generation, publishedAt, url, maxAge } = record
  return createSnapshot({
    generation,
    publishedAt,
    url,
    maxAge,
    resources: resourcesIn(rows.values()),
    due: due.map(({ at, rows }) => ({ at, changes: resourcesIn(rows) })),
  })
}

export function createObjectPublication(options: ObjectPublicationOptions): ObjectPublication {
  const { objects, digest, clock } = options
  const reading = createObjectReading({ objects, digest, cache: options.cache, gunzip: options.gunzip })
  const reader = createObjectReader(options)
  const startedAt = clock()
  let stored: StoredPublication | null = null
  let staged: { change: LedgerText; generation: number } | null = null
  let lastPublication: Promise<unknown> = Promise.resolve()

  async function newest(): Promise<StoredPublication> {
    const record = await newestRecord(objects)
    if (stored?.record?.generation !== record?.generation || !stored)
      stored = await readStored(reading, record)
    return stored
  }

  async function publish(publication: Publication): Promise<Snapshot> {
    const before = stored ?? (await newest())
    const generation = before.record?.generation ?? 0
    if (staged && staged.generation !== generation) throw new PublicationConflictError(generation)
    try {
      if (!before.record) await options.beforeFirst?.()
      stored = await writeGeneration(publication, before, staged?.change ?? { kind: 'same' }, {
        ...options,
        // Each try has a name of its own: a record of an earlier one, whose answer was lost, is somebody else's.
        publisher: randomName(),
        startedAt,
        present: leftBehind,
      })
    } catch (error) {
      // What is there now is not known for sure any more.
      stored = null
      throw error
    } finally {
      staged = null
    }
    // It is published: a store that can't be read just now does not undo that, and the reader asks it again.
    const { record } = stored
    const read = await reader.refresh().then(
      () => reader.current(),
      error => options.onTrouble?.(error),
    )
    return read && read.generation === record?.generation ? read : snapshotOf(stored)
  }

  /** Bodies that a broken run wrote. */
  async function leftBehind(): Promise<Set<string>> {
    const since = clock() - trustedAge
    const found = await objects.list(bodyPrefix)
    return new Set(found.flatMap(({ key, modified }) => (modified > since ? [key] : [])))
  }

  return {
    ...reader,
    async newestLedger() {
      const { record } = await newest()
      const parts = record?.ledger ?? []
      return {
        generation: record?.generation ?? 0,
        parts: parts.length,
        text: async () => (parts.length > 0 ? reading.ledgerText(parts) : null),
      }
    },
    stageLedger(change, generation) {
      staged = { change, generation }
    },
    publish(publication) {
      // One at a time, in the order they were asked for; one that fails leaves the generation before it in place.
      const published = lastPublication.then(() => publish(publication))
      lastPublication = published.catch(() => {})
      return published
    },
  }
}
