import type { Resource, Snapshot, View } from '../model/snapshot.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { createLruCache, type LruCache } from '../text/lru-cache.ts'
import { type DueRows, type GenerationRecord, tableKey } from './object-layout.ts'
import type { ObjectReading } from './object-reading.ts'
import { holdsHash, resourcesIn, shardOf } from './path-table.ts'
import type { Once } from './single-flight.ts'
import { createSnapshot } from './snapshot.ts'

type Shard = Map<string, Resource>

/** The path tables of generations: which resource is at a path. Parts of a table are read when somebody asks for a path in them. */
export interface ObjectTable {
  /** What is at once known of a generation, and how to find the rest. */
  snapshotOf(record: GenerationRecord): Promise<Snapshot>
}

export function createObjectTable(reading: ObjectReading, maxShards: number, once: Once): ObjectTable {
  const shards = createLruCache<string, Shard>(maxShards)
  const filters = createLruCache<string, Uint32Array>(1)

  async function shard(name: string): Promise<Shard> {
    const known = shards.get(name)
    if (known) return known
    return once(`shard ${name}`, async () => {
      const rows = resourcesIn(await reading.shard(name))
      shards.set(name, rows)
      return rows
    })
  }

  return {
    async snapshotOf(record) {
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
      return {
        ...inMemory,
        at(now) {
          const above = inMemory.at(now)
          const known = views.get(above)
          if (known) return known
          const view: View = { lookup: path => above.lookup(path) ?? inTable(path) }
          views.set(above, view)
          return view
        },
        paths: now => knownPaths(inMemory.paths(now), record, shards, removed),
      }
    },
  }
}

/** Those in memory; what nobody has asked for yet is in none of the parts that are. */
function* knownPaths(
  above: Iterable<[string, Resource]>,
  { shards: names }: GenerationRecord,
  shards: LruCache<string, Shard>,
  removed: ReadonlySet<string>,
): Generator<[string, Resource]> {
  const listed = new Set<string>()
  for (const [path, resource] of above) {
    listed.add(path)
    yield [path, resource]
  }
  for (const name of names)
    for (const [path, resource] of shards.get(name) ?? [])
      if (!listed.has(path) && !removed.has(path)) yield [path, resource]
}
