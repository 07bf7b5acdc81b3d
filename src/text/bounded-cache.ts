/** Values by key, up to a total size; what was not asked for the longest goes first. */
export interface BoundedCache<Key, Value> {
  get(key: Key): Value | undefined
  /** What is kept under the key already stays. */
  keep(key: Key, value: Value): void
}

/** @param room the total that `sizeOf` may come to; a single value that is larger is kept until the next one comes */
export function createBoundedCache<Key, Value>(
  room: number,
  sizeOf: (value: Value) => number,
): BoundedCache<Key, Value> {
  const kept = new Map<Key, Value>()
  let taken = 0
  return {
    get(key) {
      const value = kept.get(key)
      if (value === undefined) return undefined
      kept.delete(key)
      kept.set(key, value)
      return value
    },
    keep(key, value) {
      if (kept.has(key)) return
      kept.set(key, value)
      taken += sizeOf(value)
      for (const [oldest, former] of kept) {
        if (taken <= room || oldest === key) break
        kept.delete(oldest)
        taken -= sizeOf(former)
      }
    },
  }
}
