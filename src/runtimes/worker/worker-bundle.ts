import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ListedObject } from '../../model/object-store.ts'
import type { Publication, Resource } from '../../model/snapshot.ts'
import { bodiesOf, bodyKeysOf, keysNamedBy, recordKey, type TableRow } from '../../store/object-layout.ts'
import { nothingStored, type StoredPublication, writeGeneration } from '../../store/object-writer.ts'
import type { Rows } from '../../store/path-table.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { createDiskObjects } from '../node/disk-objects.ts'
import { platformLimits } from './worker-limits.ts'

export interface WorkerBundle {
  /** Static assets. */
  files: number
  paths: number
  /** Gzipped bytes of what is deployed with the code. */
  inlinedBytes: number
  /** Documents that are larger than the platform takes, and their bytes. */
  tooLarge: { path: string; size: number }[]
  unreadable: string[]
}

export interface WorkerBundleOptions {
  /** Bytes of rows, as JSON, up to which paths are deployed with the code. @default 1 MiB */
  inlineRows?: number
  /** Bytes of bodies that are deployed with the code. @default 1 MiB */
  inlineBodies?: number
}

/** An asset is fetched whole, though one body of it is wanted: the less there is around that, the better. Still few assets in all. */
const packBytes = 512 * 1024

/** The publication's own feeds and lists, which most requests are for. */
const isAtTop = (path: string) => path.lastIndexOf('/') === 0

/** What people subscribe to has a page that is shown in its place. */
const isFeed = (resource: Resource | null) => resource?.kind === 'document' && resource.page !== null

/**
 * Writes a publication into a folder as a Worker carries it: `publication.js` for the code, with its data beside it, and `assets/`, both in the
 * layout of every other store. The folder is emptied first.
 */
export async function writeWorkerBundle(
  folder: string,
  publication: Publication,
  options: WorkerBundleOptions = {},
): Promise<WorkerBundle> {
  const { inlineRows = 1024 * 1024, inlineBodies = 1024 * 1024 } = options
  const assets = join(folder, 'assets')
  await rm(folder, { recursive: true, force: true })
  await mkdir(assets, { recursive: true })
  const objects = createDiskObjects(assets)
  const unreadable: string[] = []
  const stored = await writeGeneration(
    publication,
    nothingStored,
    { kind: 'same' },
    {
      objects,
      digest: nodeDigest,
      compress: { gzip: nodeCompressors.gzip },
      // Nobody else writes here, and two bundles of one publication are to be the same bytes.
      publisher: 'deployment',
      startedAt: publication.publishedAt,
      // Grows from one deployment to the next without a counter that somebody would have to keep.
      firstGeneration: Math.floor(publication.publishedAt / 1000),
      packBytes,
      atHand: rows => rowsAtHand(rows, inlineRows),
      onUnreadable: path => void unreadable.push(path),
    },
  )
  const written = await objects.list('')
  const withCode = keysWithCode(stored, written, inlineBodies)
  const inlinedBytes = await writeCode(folder, withCode)
  await Promise.all(withCode.map(({ key }) => objects.delete(key)))
  return {
    files: written.length - withCode.length,
    paths: stored.rows.size,
    inlinedBytes,
    tooLarge: tooLarge(stored.rows),
    unreadable,
  }
}

/**
 * Rows that an instance has at its start. Where not all have room: what lies at the top, in the order of the publication, then as many feeds as
 * fit, for those are polled.
 */
function rowsAtHand(rows: Rows, room: number): TableRow[] {
  const sizeOf = (row: TableRow) => JSON.stringify(row).length + 1
  const all = [...rows.values()]
  if (all.reduce((sum, row) => sum + sizeOf(row), 0) <= room) return all
  const atHand: TableRow[] = []
  let left = room
  for (const row of [
    ...all.filter(([path]) => isAtTop(path)),
    ...all.filter(([path, resource]) => !isAtTop(path) && isFeed(resource)),
  ]) {
    const size = sizeOf(row)
    if (size > left) continue
    atHand.push(row)
    left -= size
  }
  return atHand
}

/** The objects without which nothing is answered, and the packs of what lies at the top, as far as there is room. */
function keysWithCode(
  { record, rows }: StoredPublication,
  written: ListedObject[],
  room: number,
): ListedObject[] {
  if (!record) return []
  const sizes = new Map(written.map(object => [object.key, object]))
  const shards = new Set(record.shards.map(hash => `s/${hash}`))
  const needed = [recordKey(record.generation), ...keysNamedBy(record).filter(key => !shards.has(key))]
  const wanted = [...rows.values()].flatMap(([path, resource]) =>
    isAtTop(path) && resource?.kind === 'document' ? bodyKeysOf(resource) : [],
  )
  let left = room
  const fitting = [...new Set(wanted)].filter(key => {
    const size = sizes.get(key)?.size ?? Number.POSITIVE_INFINITY
    if (size > left) return false
    left -= size
    return true
  })
  return [...new Set([...needed, ...fitting])].flatMap(key => sizes.get(key) ?? [])
}

/** What a Worker imports. The data are modules of their own, so that the bytes are never parsed. */
const module = `import bytes from './objects.bin'
import places from './objects.txt'
export default { places: JSON.parse(places), bytes }
`

/** Returns the gzipped bytes of what was written. */
async function writeCode(folder: string, objects: ListedObject[]): Promise<number> {
  const places: [key: string, offset: number, length: number][] = []
  const parts: Buffer[] = []
  let end = 0
  for (const { key } of objects) {
    const bytes = await readFile(join(folder, 'assets', key))
    places.push([key, end, bytes.length])
    parts.push(bytes)
    end += bytes.length
  }
  const files = { 'objects.bin': Buffer.concat(parts), 'objects.txt': Buffer.from(JSON.stringify(places)) }
  for (const [name, bytes] of Object.entries({ ...files, 'publication.js': module }))
    await writeFile(join(folder, name), bytes)
  return Object.values(files).reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
}

/** A large medium is in parts; a document is one object. */
function tooLarge(rows: Rows): WorkerBundle['tooLarge'] {
  return [...rows.values()].flatMap(([path, resource]) =>
    bodiesOf(resource)
      .filter(({ length, parts }) => !parts && length > platformLimits.file)
      .map(({ length }) => ({ path, size: length })),
  )
}
