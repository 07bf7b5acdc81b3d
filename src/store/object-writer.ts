import { BroadsheetError, isErrorNamed } from '../model/errors.ts'
import { type ObjectStore, ObjectStoreError } from '../model/object-store.ts'
import type {
  BodyRef,
  DocumentResource,
  DocumentSet,
  MediaFile,
  Publication,
  PublishedDocument,
  RenderedDocument,
  Resource,
} from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { inTurns, mapInOrder } from '../text/in-turns.ts'
import { type BodyPlaces, type BodyWriter, createBodyWriter, withPlaces } from './body-packs.ts'
import { digestInChunks } from './chunked-digest.ts'
import {
  bodiesOf,
  type DueRows,
  encodeHashes,
  encodeJson,
  type GenerationRecord,
  ledgerKey,
  type PlacedBody,
  recordKey,
  type TableRow,
  tableKey,
  zipText,
} from './object-layout.ts'
import type { ObjectReading } from './object-reading.ts'
import { readRecord } from './object-reading.ts'
import {
  filterOf,
  isWorthRewriting,
  overlayOf,
  type Rows,
  sameRow,
  shardCount,
  shardOf,
  shardsOf,
  withOverlay,
} from './path-table.ts'
import {
  bodyOf,
  type Compressors,
  documentResource,
  encodeBody,
  lastModifiedOf,
  mediumResource,
} from './resources.ts'

/** What a publication stands on: the generation before it. */
export interface StoredPublication {
  /** Null: nothing was ever published. */
  record: GenerationRecord | null
  /** What the shards hold. */
  base: Rows
  /** What readers find. */
  rows: Rows
  due: DueRows[]
}

export const nothingStored: StoredPublication = { record: null, base: new Map(), rows: new Map(), due: [] }

/** What the ledger's text becomes. */
export type LedgerText =
  | { kind: 'same' }
  | { kind: 'appended'; text: string }
  | { kind: 'replaced'; text: string }

export interface ObjectWriterOptions {
  objects: ObjectStore
  digest: Digest
  compress: Compressors
  /** Of this run alone. */
  publisher: string
  /** Epoch milliseconds: when this run began. */
  startedAt: number
  /** Number of the first generation, where there is none before. @default 1 */
  firstGeneration?: number
  /** Rows that readers are to have at once, beside a table that is written anew. @default none */
  atHand?(rows: Rows): TableRow[]
  /** Bytes of small bodies that lie in one object, at most. @default 4 MiB */
  packBytes?: number
  /** Keys that the store holds already, as a broken run may have left them. @default none is known */
  present?: () => Promise<ReadonlySet<string>>
  /** Told how many documents have been looked at. */
  onProgress?(done: number): void
  /** Told of each medium that could not be read and is therefore not published. */
  onUnreadable?(path: string, error: unknown): void
}

/** Somebody else published while this publication was made: it stands on a ledger that is not the newest any more. */
export class PublicationConflictError extends BroadsheetError {
  override readonly name = 'PublicationConflictError'
  readonly generation: number
  constructor(generation: number) {
    super(`Another publisher made generation ${generation} meanwhile.`)
    this.generation = generation
  }
}

export function isPublicationConflict(error: unknown): error is PublicationConflictError {
  return isErrorNamed<PublicationConflictError>(error, 'PublicationConflictError')
}

/** What a store holds at its newest generation. */
export async function readStored(
  reading: ObjectReading,
  record: GenerationRecord | null,
): Promise<StoredPublication> {
  if (!record) return nothingStored
  const base = new Map<string, TableRow>()
  for (const shard of await Promise.all(record.shards.map(hash => reading.shard(hash))))
    for (const row of shard) base.set(row[0], row)
  const overlay = await reading.shard(record.overlay)
  const due = record.due === null ? [] : await reading.json<DueRows[]>(tableKey(record.due))
  return { record, base, rows: withOverlay(base, overlay), due }
}

/**
 * Writes one generation: bodies, the table's changed parts, then the record, by whose creation the publication becomes what readers find.
 * Nothing is written where readers would find no difference.
 * @throws PublicationConflictError where somebody else made the next generation
 */
export async function writeGeneration(
  publication: Publication,
  before: StoredPublication,
  ledger: LedgerText,
  options: ObjectWriterOptions,
): Promise<StoredPublication> {
  const known = placesIn(before)
  const bodies = createBodyWriter({ ...options, known })
  const found = asFound(before, publication.publishedAt)
  const made = await makeRows(publication, found, bodies, options)
  const places = await bodies.finish()
  const place = (hash: string) => places.get(hash) ?? known.get(hash)
  const rows = placeRows(made.rows, found, place)
  const due = made.due.map(({ at, rows }) => ({ at, rows: [...placeRows(rows, new Map(), place).values()] }))
  if (before.record && ledger.kind === 'same' && isSame(before, { rows, due }, publication, before.record))
    return before
  return writeRecord({ publication, before, rows, due, ledger }, options)
}

/**
 * Writes a generation with the content of an earlier one. What readers find otherwise than just now has changed now: whoever asks by date
 * has to get it. The ledger stays the newest.
 * @throws PublicationConflictError where somebody else made the next generation
 */
export async function restoreGeneration(
  old: StoredPublication & { record: GenerationRecord },
  before: StoredPublication,
  options: ObjectWriterOptions,
): Promise<StoredPublication> {
  const now = options.startedAt
  const found = asFound(before, now)
  const rows = new Map<string, TableRow>()
  for (const row of asFound(old, now).values()) rows.set(row[0], rowAgain(row, found.get(row[0]), now))
  const { url, maxAge, generation } = old.record
  const due = old.due.filter(({ at }) => at > now)
  const publication = { url, maxAge, publishedAt: now }
  const parts: GenerationParts = { publication, before, rows, due, ledger: { kind: 'same' } }
  return writeRecord({ ...parts, restores: generation }, options)
}

/** A row that was there before, in the place of another. */
function rowAgain(row: TableRow, replaced: TableRow | undefined, now: number): TableRow {
  const [path, resource, fingerprint] = row
  if (resource?.kind !== 'document' && resource?.kind !== 'media') return row
  const lastModified = lastModifiedOf(bodyOf(resource).hash, now, replaced?.[1] ?? undefined)
  const again: TableRow = [path, { ...resource, lastModified }, fingerprint]
  return replaced && sameRow(replaced, again) ? replaced : again
}

/** Rows whose bodies are not placed yet. */
interface MadeRows {
  rows: Map<string, TableRow>
  due: DueRows[]
}

async function makeRows(
  publication: Publication,
  before: Rows,
  bodies: BodyWriter,
  options: ObjectWriterOptions,
): Promise<MadeRows> {
  const { publishedAt } = publication
  const rows = new Map<string, TableRow>()
  const old = (path: string) => before.get(path)
  for (const { path, location } of publication.redirects)
    rows.set(path, [path, { kind: 'redirect', status: 301, location }, null])
  for (const path of publication.gone) rows.set(path, [path, { kind: 'gone' }, null])
  // Documents first: what most requests are for lies together, in the first packs.
  await addDocuments(rows, publication, publishedAt, old, bodies, options)
  for (const file of publication.media) {
    const row = await mediumRow(file, publishedAt, old(file.path), bodies, options)
    if (row && rows.get(file.path)?.[1]?.kind !== 'document') rows.set(file.path, row)
  }
  const due: DueRows[] = []
  let current: Rows = rows
  await bodies.separate()
  for (const step of publication.due) {
    const changed = new Map<string, TableRow>()
    for (const path of step.gone) changed.set(path, [path, { kind: 'gone' }, null])
    for (const file of step.media ?? []) {
      const row = await mediumRow(file, step.at, current.get(file.path), bodies, options)
      if (row) changed.set(file.path, row)
    }
    await addDocuments(changed, step, step.at, path => current.get(path), bodies, options)
    const other = [...changed.values()].filter(row => current.get(row[0]) !== row)
    due.push({ at: step.at, rows: other })
    current = new Map([...current, ...changed])
  }
  return { rows, due }
}

/** Documents that are there already, and those that can be made; of the latter only what the fingerprint says is other. */
async function addDocuments(
  rows: Map<string, TableRow>,
  { documents, onDemand }: { documents: RenderedDocument[]; onDemand?: DocumentSet },
  at: number,
  old: (path: string) => TableRow | undefined,
  bodies: BodyWriter,
  options: ObjectWriterOptions,
): Promise<void> {
  // Bodies are kept in the order of their documents, whichever is encoded first: packs are the same each time.
  const take = async ({ row, bytes }: MadeRow) => {
    for (const [ref, body] of bytes) await bodies.keep(ref, body)
    rows.set(row[0], row)
  }
  const made = (document: RenderedDocument) => documentRow(document, null, at, old(document.path), options)
  for await (const row of mapInOrder(documents, encodedAhead, made)) await take(row)
  let done = 0
  /** While some are encoded, the next ones that are other are looked for. */
  function* others() {
    for (const published of onDemand?.values() ?? []) {
      if (rows.get(published.path)?.[1]?.kind === 'document') continue
      const former = old(published.path)
      if (former && former[1]?.kind === 'document' && former[2] === published.fingerprint)
        rows.set(published.path, former)
      else yield published
      options.onProgress?.(++done)
    }
  }
  const render = (published: PublishedDocument) =>
    documentRow(published.render(), published.fingerprint, at, old(published.path), options)
  for await (const row of mapInOrder(others(), encodedAhead, render)) await take(row)
}

/** Documents under way at once: codings are other threads' work. More of them cost memory, and are no sooner done. */
const encodedAhead = 8

/** A row, and the bodies that are new with it. */
interface MadeRow {
  row: TableRow
  bytes: ReadonlyMap<BodyRef, Uint8Array>
}

const nothingNew: ReadonlyMap<BodyRef, Uint8Array> = new Map()

async function documentRow(
  document: RenderedDocument,
  fingerprint: string | null,
  at: number,
  old: TableRow | undefined,
  { digest, compress }: ObjectWriterOptions,
): Promise<MadeRow> {
  const { path } = document
  const identity = new TextEncoder().encode(document.body)
  const hash = await digest(identity)
  const former = old?.[1] ?? undefined
  const rowWith = (bodies: DocumentResource['bodies']): TableRow => [
    path,
    documentResource(document, bodies, at, former),
    fingerprint,
  ]
  if (former?.kind === 'document' && former.bodies.identity.hash === hash)
    return { row: rowWith(former.bodies), bytes: nothingNew }
  const { bodies, bytes } = await encodeBody(identity, hash, { digest, compress })
  return { row: rowWith(bodies), bytes }
}

/** The file's stamp stands for its bytes, as long as it is said by the same folder. */
async function mediumRow(
  file: MediaFile,
  now: number,
  old: TableRow | undefined,
  bodies: BodyWriter,
  { digest, onUnreadable }: ObjectWriterOptions,
): Promise<TableRow | null> {
  const { path, mediaType, stamp } = file
  const former = old?.[1] ?? undefined
  if (old && stamp !== null && old[2] === stamp && former?.kind === 'media' && former.mediaType === mediaType)
    return old
  try {
    const body =
      file.size > maxWholeMedium
        ? await keepInParts(file, bodies, digest)
        : await keepWhole(file, bodies, digest)
    return [path, mediumResource(mediaType, body, now, former), stamp]
  } catch (error) {
    onUnreadable?.(path, error)
    // A failed read is no withdrawal: what was published stays.
    return former?.kind === 'media' && old ? old : null
  }
}

const maxWholeMedium = 1024 * 1024

async function keepWhole(file: MediaFile, bodies: BodyWriter, digest: Digest): Promise<PlacedBody> {
  const bytes = await file.read()
  const ref = { hash: await digest(bytes), length: bytes.length }
  await bodies.keep(ref, bytes)
  return ref
}

async function keepInParts(file: MediaFile, bodies: BodyWriter, digest: Digest): Promise<PlacedBody> {
  const list: string[] = []
  const hash = await digestInChunks(file, digest, async (part, bytes) => {
    list.push(part)
    await bodies.keepPart(part, bytes)
  })
  const ref = { hash, length: file.size }
  await bodies.keepParts(ref, new TextEncoder().encode(list.join('')))
  return ref
}

function placesIn({ rows, due }: StoredPublication): BodyPlaces {
  const places = new Map<string, PlacedBody>()
  const note = (resource: Resource | null) => {
    for (const body of bodiesOf(resource)) places.set(body.hash, body)
  }
  for (const [, resource] of rows.values()) note(resource)
  for (const step of due) for (const [, resource] of step.rows) note(resource)
  return places
}

/** Rows with their bodies' places; the very row of before where it says the same. */
function placeRows(
  rows: Iterable<TableRow> | ReadonlyMap<string, TableRow>,
  before: Rows,
  place: (hash: string) => PlacedBody | undefined,
): Map<string, TableRow> {
  const placed = new Map<string, TableRow>()
  for (const row of rows instanceof Map ? rows.values() : (rows as Iterable<TableRow>)) {
    const [path, resource, fingerprint] = row
    const old = before.get(path)
    if (old === row || resource === null) {
      placed.set(path, row)
      continue
    }
    const now: TableRow = [path, withPlaces(resource, place), fingerprint]
    placed.set(path, old && sameRow(old, now) ? old : now)
  }
  return placed
}

function isSame(
  before: StoredPublication,
  { rows, due }: { rows: Rows; due: DueRows[] },
  { url, maxAge, publishedAt }: Publication,
  record: GenerationRecord,
): boolean {
  const later = (steps: DueRows[]) => JSON.stringify(steps.filter(({ at }) => at > publishedAt))
  return (
    record.url === url &&
    record.maxAge === maxAge &&
    later(before.due) === later(due) &&
    overlayOf(asFound(before, publishedAt), rows).length === 0
  )
}

/** What readers find at an instant: due times that have passed count as published. */
function asFound({ rows, due }: StoredPublication, now: number): Rows {
  const passed = due.filter(({ at }) => at <= now)
  return passed.length === 0
    ? rows
    : withOverlay(
        rows,
        passed.flatMap(step => step.rows),
      )
}

interface GenerationParts {
  publication: Pick<Publication, 'url' | 'maxAge' | 'publishedAt'>
  before: StoredPublication
  rows: Rows
  due: DueRows[]
  ledger: LedgerText
  /** The generation whose content this is. */
  restores?: number
}

async function writeRecord(parts: GenerationParts, options: ObjectWriterOptions): Promise<StoredPublication> {
  const { publication, before, rows, due, ledger, restores } = parts
  const { objects, publisher, startedAt, firstGeneration = 1 } = options
  const put = (keyOf: (hash: string) => string, bytes: Uint8Array) => putNamed(keyOf, bytes, options)
  const [table, dueTable, ledgerParts] = await Promise.all([
    writeTable(before, rows, options),
    due.length === 0 ? null : encodeJson(due).then(bytes => put(tableKey, bytes)),
    writeLedger(before.record?.ledger ?? [], ledger, put),
  ])
  const record: GenerationRecord = {
    format: 1,
    generation: before.record ? before.record.generation + 1 : firstGeneration,
    publisher,
    startedAt,
    publishedAt: publication.publishedAt,
    url: publication.url,
    maxAge: publication.maxAge,
    ...table.names,
    due: dueTable,
    ledger: ledgerParts,
    ...(restores !== undefined && { restores }),
  }
  await createRecord(objects, record)
  return { record, base: table.base, rows, due }
}

async function writeLedger(
  before: string[],
  ledger: LedgerText,
  put: (keyOf: (hash: string) => string, bytes: Uint8Array) => Promise<string>,
): Promise<string[]> {
  if (ledger.kind === 'same') return before
  const part = await put(ledgerKey, await zipText(ledger.text))
  return ledger.kind === 'appended' ? [...before, part] : [part]
}

/** The table as it is named in the record: its shards where they are worth writing, else the rows beside them. */
async function writeTable(
  before: StoredPublication,
  rows: Rows,
  options: ObjectWriterOptions,
): Promise<{ base: Rows; names: Pick<GenerationRecord, 'shards' | 'filter' | 'overlay'> }> {
  const put = (bytes: Uint8Array) => putNamed(tableKey, bytes, options)
  const overlay = overlayOf(before.base, rows)
  if (before.record && !isWorthRewriting(before.base, overlay)) {
    const { shards, filter } = before.record
    return { base: before.base, names: { shards, filter, overlay: await put(await encodeJson(overlay)) } }
  }
  const count = shardCount(rows.size)
  const former = before.record?.shards.length === count ? before.record.shards : []
  const touched = new Set(overlay.map(([path]) => shardOf(path, count)))
  const shards = await inTurns(shardsOf(rows, count), 8, async (shard, index) => {
    const name = former[index]
    return name !== undefined && !touched.has(index) ? name : put(await encodeJson(shard))
  })
  const filter = await put(encodeHashes(filterOf(rows)))
  const atHand = options.atHand?.(rows) ?? []
  return { base: rows, names: { shards, filter, overlay: await put(await encodeJson(atHand)) } }
}

async function putNamed(
  keyOf: (hash: string) => string,
  bytes: Uint8Array,
  { objects, digest }: Pick<ObjectWriterOptions, 'objects' | 'digest'>,
): Promise<string> {
  const hash = await digest(bytes)
  await objects.put(keyOf(hash), bytes)
  return hash
}

const maxAttempts = 5

/**
 * Makes the record, and settles what an answer leaves open by reading it: whoever's id it carries has won.
 * @throws PublicationConflictError
 */
export async function createRecord(objects: ObjectStore, record: GenerationRecord): Promise<void> {
  const key = recordKey(record.generation)
  const bytes = new TextEncoder().encode(JSON.stringify(record))
  for (let attempt = 1; ; attempt++) {
    const outcome = await objects.create(key, bytes)
    if (outcome === 'created') return
    const found = await readRecord(objects, record.generation)
    if (found?.publisher === record.publisher && found.startedAt === record.startedAt) return
    if (found) throw new PublicationConflictError(record.generation)
    if (attempt >= maxAttempts)
      throw new ObjectStoreError(
        `The record of generation ${record.generation} could not be written: ${objects.name} did not say what became of it ${maxAttempts} times.`,
        null,
      )
  }
}
