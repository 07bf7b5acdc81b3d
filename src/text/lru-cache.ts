/** Values by key, up to a total size; what was not asked for the longest goes first. (A module of its own size would be 25 times as long: `lru-cache` has lifetimes, disposal and fetching, and none of them is needed.) */
export interface LruCache<Key, Value> {
  get(key: Key): Value | undefined
  /** Looking for it is not asking for it. */
  has(key: Key): boolean
  set(key: Key, value: Value): void
  delete(key: Key): void
  /** From the one that was not asked for the longest to the newest. */
  entries(): IterableIterator<[Key, Value]>
}

/** @param maxSize the total that `sizeOf` may come to; a single value that is larger is kept until the next one comes */
export function createLruCache<Key, Value>(
  maxSize: number,
  sizeOf: (value: Value) => number = () => 1,
): LruCache<Key, Value> {
  const kept = new Map<Key, Value>()
  let size = 0
  function drop(key: Key): void {
    const value = kept.get(key)
    if (value === undefined) return
    kept.delete(key)
    size -= sizeOf(value)
  }
  return {
    get(key) {
      const value = kept.get(key)
      if (value === undefined) return undefined
      kept.delete(key)
      kept.set(key, value)
      return value
    },
    has: key => kept.has(key),
    set(key, value) {
      drop(key)
      kept.set(key, value)
      size += sizeOf(value)
      for (const oldest of kept.keys()) {
        if (size <= maxSize || oldest === key) break
        drop(oldest)
      }
    },
    delete: drop,
    entries: () => kept.entries(),
  }
}
