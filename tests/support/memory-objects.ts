import type { ObjectStore } from '../../src/model/object-store.ts'

/** Objects in memory: for tests and for trying things out. */
export function createMemoryObjects(clock: () => number = Date.now): ObjectStore {
  const objects = new Map<string, { bytes: Uint8Array; modified: number }>()
  const keep = (key: string, bytes: Uint8Array) =>
    objects.set(key, { bytes: bytes.slice(), modified: clock() })
  return {
    name: 'memory',
    async get(key, range) {
      const bytes = objects.get(key)?.bytes
      if (!bytes) return null
      return range ? bytes.slice(range.start, range.end + 1) : bytes.slice()
    },
    async put(key, bytes) {
      keep(key, bytes)
    },
    async create(key, bytes) {
      if (objects.has(key)) return 'exists'
      keep(key, bytes)
      return 'created'
    },
    async list(prefix, { after = '', limit = Number.POSITIVE_INFINITY } = {}) {
      return [...objects]
        .filter(([key]) => key.startsWith(prefix) && key > after)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, { bytes, modified }]) => ({ key, size: bytes.length, modified }))
    },
    async delete(key) {
      objects.delete(key)
    },
  }
}
