import { createLruCache } from './lru-cache.ts'

/** UTF-16 code units of keys, and what a value takes besides, as if it were as many. */
const maxSize = 8_000_000
const valueSize = 300

/**
 * A memory of values by what they are made of: see `Remembered` in model/reading.ts. What was not asked for the longest is
 * forgotten first.
 */
export function createRemembered(): <Value>(key: string, make: () => Value) => Value {
  const kept = createLruCache<string, { value: unknown; size: number }>(maxSize, ({ size }) => size)
  return <Value>(key: string, make: () => Value): Value => {
    const known = kept.get(key)
    if (known) return known.value as Value
    const value = make()
    kept.set(key, { value, size: key.length + valueSize })
    return value
  }
}
