import type { BodyRef, Resource } from '../model/snapshot.ts'
import { concatenated } from '../text/concatenated.ts'
import { hex } from '../text/digests.ts'

/*
 * A publication at rest, the same in a folder, in a bucket and in memory. Everything but a record is named by the SHA-256 of its bytes.
 *
 *   b/<sha256>           bodies: small ones packed together, a large medium in parts
 *   s/<sha256>           parts of the path table, and other JSON (gzipped)
 *   l/<sha256>           parts of the ledger's text (gzipped)
 *   g/<9999999999 − n>   the record of generation n: made only where there is none, so that of two publishers one loses
 *
 * Keys of records fall while generations rise, so that the first one listed is the newest.
 */

/** Whether a key is one of those above, or one that a try of the store has left behind. */
export const isObjectKey = (key: string) => /^(?:[bslg]|probe)\//.test(key)

/** Where a body lies. `hash` and `length` are those of its bytes, wherever they lie. */
export interface PlacedBody extends BodyRef {
  /** Hash of the object that holds this body among others, from `offset` on. Absent: it is an object by itself. */
  pack?: string
  /** Bytes. */
  offset?: number
  /** Whether `hash` names a list of the digests of its parts, each an object (`digestInChunks`). */
  parts?: true
}

/** One path of the table; a null in place of the resource takes the path out of the table below. */
export type TableRow = [path: string, resource: Resource | null, fingerprint: string | null]

/** What is other at an instant. */
export interface DueRows {
  /** Epoch milliseconds. */
  at: number
  rows: TableRow[]
}

/** One generation of a publication. Written once, never changed. */
export interface GenerationRecord {
  format: 1
  generation: number
  /** A name of this one try to write it: by it a publisher whose write was not answered finds out whether it won. */
  publisher: string
  /** Epoch milliseconds: when that publisher began. */
  startedAt: number
  /** Epoch milliseconds. */
  publishedAt: number
  url: string
  /** Seconds. */
  maxAge: number
  /** The table: a path's row is in the shard that its hash names. Shards that stay the same are shared between generations. */
  shards: string[]
  /** Sorted 32-bit hashes of the table's paths, so that nothing is fetched for a path that there is not. */
  filter: string
  /** Rows in place of the table's, and beside them. */
  overlay: string
  /** What changes at the next due times (`DueRows[]`); null where nothing does. */
  due: string | null
  /** The ledger's text, in this order. Empty where there is none. */
  ledger: string[]
  /** The generation whose content this one has again. */
  restores?: number
}

export const recordPrefix = 'g/'
const highest = 9_999_999_999

export const recordKey = (generation: number): string =>
  `${recordPrefix}${String(highest - generation).padStart(10, '0')}`

/** The generation whose record has this key; null where it is none's. */
export function generationOf(key: string): number | null {
  const digits = /^g\/(\d{10})$/.exec(key)?.[1]
  return digits === undefined ? null : highest - Number(digits)
}

export const bodyPrefix = 'b/'
export const bodyKey = (hash: string): string => `${bodyPrefix}${hash}`
export const tableKey = (hash: string): string => `s/${hash}`
export const ledgerKey = (hash: string): string => `l/${hash}`

/** The hash that a key ends in. */
export const hashInKey = (key: string): string => key.slice(2)

/** Every object that a record needs, its own aside. Bodies are named by the rows. */
export function keysNamedBy(record: GenerationRecord): string[] {
  const { shards, filter, overlay, due, ledger } = record
  return [...shards, filter, overlay, ...(due === null ? [] : [due])]
    .map(tableKey)
    .concat(ledger.map(ledgerKey))
}

/** Every object that a row's bodies lie in; the parts of a large medium are named by the list among them. */
export function bodyKeysOf(resource: Resource | null): string[] {
  return bodiesOf(resource).map(({ pack, hash }) => bodyKey(pack ?? hash))
}

export function bodiesOf(resource: Resource | null): PlacedBody[] {
  if (resource?.kind === 'document') return Object.values(resource.bodies)
  return resource?.kind === 'media' ? [resource.body] : []
}

/** The digests of a large medium's parts, from their list. */
export function partsIn(list: Uint8Array): string[] {
  return new TextDecoder().decode(list).match(/.{64}/gs) ?? []
}

export async function encodeJson(value: unknown): Promise<Uint8Array> {
  return gzip(new TextEncoder().encode(JSON.stringify(value)))
}

export async function zipText(text: string): Promise<Uint8Array> {
  return gzip(new TextEncoder().encode(text))
}

export type Gunzip = (bytes: Uint8Array) => Promise<Uint8Array>

/** What every runtime has; some have a quicker one of their own. */
export const gunzip: Gunzip = bytes => through(bytes, new DecompressionStream('gzip'))

/** Big-endian, so that the bytes are the same on every machine. */
export function encodeHashes(hashes: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 4)
  const view = new DataView(bytes.buffer)
  hashes.forEach((hash, index) => {
    view.setUint32(index * 4, hash)
  })
  return bytes
}

export function decodeHashes(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(index * 4))
}

/** A name that nobody can guess: for a publisher's run. */
export function randomName(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)))
}

const gzip = (bytes: Uint8Array) => through(bytes, new CompressionStream('gzip'))

async function through(
  bytes: Uint8Array,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const writer = transform.writable.getWriter()
  const write = async () => {
    await writer.write(bytes as Uint8Array<ArrayBuffer>)
    await writer.close()
  }
  const [parts] = await Promise.all([partsOf(transform.readable), write()])
  return concatenated(parts)
}

async function partsOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return parts
    parts.push(value)
  }
}
