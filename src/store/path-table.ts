import type { Resource } from '../model/snapshot.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { lowerBound } from '../text/lower-bound.ts'
import type { TableRow } from './object-layout.ts'

/** Rows by path. */
export type Rows = ReadonlyMap<string, TableRow>

/** A shard of so many rows has about 50 KB gzipped, and is read and parsed in a millisecond or two. */
const rowsInShard = 512

/** Rows beside the table up to which it stays as it is: so many are read at every start. */
const minOverlay = 512
const maxOverlayShare = 1 / 16

/** A power of two, so that a table that grows a little keeps its shards. */
export function shardCount(rows: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(rows / rowsInShard)))
}

/** Which of so many shards a path is in. */
export const shardOf = (path: string, shards: number): number => fnv1a(path) % shards

/** Whether a sorted list holds a hash: what is not in it is not a path of the publication, and nothing is fetched for it. */
export function holdsHash(sorted: Uint32Array, hash: number): boolean {
  return sorted[lowerBound(sorted, other => other < hash)] === hash
}

/** Rows in the order of their paths, for each shard. */
export function shardsOf(rows: Rows, count: number): TableRow[][] {
  const shards = Array.from({ length: count }, (): TableRow[] => [])
  for (const row of rows.values()) shards[shardOf(row[0], count)]?.push(row)
  return shards.map(shard => shard.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The rows that make `rows` of `base`: those that are other, and a null for each path that there is not any more. */
export function overlayOf(base: Rows, rows: Rows): TableRow[] {
  const overlay: TableRow[] = []
  for (const row of rows.values()) {
    const under = base.get(row[0])
    if (under !== row && (!under || !sameRow(under, row))) overlay.push(row)
  }
  for (const path of base.keys()) if (!rows.has(path)) overlay.push([path, null, null])
  return overlay.sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Whether the table is better written anew than added to. */
export function isWorthRewriting(base: Rows, overlay: readonly TableRow[]): boolean {
  return base.size === 0 || overlay.length > Math.max(minOverlay, base.size * maxOverlayShare)
}

export function withOverlay(base: Rows, overlay: readonly TableRow[]): Map<string, TableRow> {
  const rows = new Map(base)
  for (const row of overlay)
    if (row[1] === null) rows.delete(row[0])
    else rows.set(row[0], row)
  return rows
}

export function resourcesIn(rows: Iterable<TableRow>): Map<string, Resource> {
  const resources = new Map<string, Resource>()
  for (const [path, resource] of rows) if (resource) resources.set(path, resource)
  return resources
}

/** Sorted hashes of the table's paths. */
export function filterOf(rows: Rows): Uint32Array {
  return Uint32Array.from(rows.keys(), path => fnv1a(path)).sort()
}

export function sameRow(a: TableRow, b: TableRow): boolean {
  return a === b || (a[2] === b[2] && JSON.stringify(a[1]) === JSON.stringify(b[1]))
}
