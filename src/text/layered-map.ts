/**
 * A map that shares all but a few of its entries with another: a change of a large map costs what changed. Keys keep
 * their order, new ones come last.
 */
class LayeredMap<Key, Value extends {}> implements ReadonlyMap<Key, Value> {
  readonly base: ReadonlyMap<Key, Value>
  /** In place of what is below, and more; undefined for what was taken out. */
  readonly above: ReadonlyMap<Key, Value | undefined>
  readonly size: number

  constructor(base: ReadonlyMap<Key, Value>, above: ReadonlyMap<Key, Value | undefined>) {
    this.base = base
    this.above = above
    this.size = base.size
    for (const [key, value] of above) this.size += Number(value !== undefined) - Number(base.has(key))
  }

  get(key: Key): Value | undefined {
    return this.above.get(key) ?? (this.above.has(key) ? undefined : this.base.get(key))
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const key of this.base.keys()) {
      const value = this.get(key)
      if (value !== undefined) yield [key, value]
    }
    for (const [key, value] of this.above) if (value !== undefined && !this.base.has(key)) yield [key, value]
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries()
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    const { above } = this
    this.base.forEach((below, key) => {
      const value = above.has(key) ? above.get(key) : below
      if (value !== undefined) visit(value, key, this)
    })
    this.above.forEach((value, key) => {
      if (value !== undefined && !this.base.has(key)) visit(value, key, this)
    })
  }
}

/** Entries above another map, before all of it is copied: every look-up asks for them first. */
const mostAbove = 1_000

/**
 * The map with other values, and without the keys whose value is undefined. Neither is changed by this, and the first may
 * not be changed by anybody from now on.
 */
export function mapWith<Key, Value extends {}>(
  map: ReadonlyMap<Key, Value>,
  changes: ReadonlyMap<Key, Value | undefined>,
): ReadonlyMap<Key, Value> {
  if (changes.size === 0) return map
  const { base, above: former } = layersOf(map)
  const layered = new LayeredMap(base, new Map([...former, ...changes]))
  return layered.above.size <= mostAbove ? layered : new Map(layered)
}

/** Keys under which two maps do not hold the same object, in the order of the later one. */
export function* keysOfDifference<Key, Value extends {}>(
  before: ReadonlyMap<Key, Value>,
  after: ReadonlyMap<Key, Value>,
): Iterable<Key> {
  const [old, now] = [before, after].map(layersOf)
  // What both share below is the same.
  const candidates = old!.base === now!.base ? [now!.above, old!.above] : [after, before]
  for (const key of candidates[0]!.keys()) if (before.get(key) !== after.get(key)) yield key
  for (const key of candidates[1]!.keys())
    if (!candidates[0]!.has(key) && before.get(key) !== after.get(key)) yield key
}

function layersOf<Key, Value>(
  map: ReadonlyMap<Key, Value>,
): {
  base: ReadonlyMap<Key, Value>
  above: ReadonlyMap<Key, Value>
} {
  return map instanceof LayeredMap ? map : { base: map, above: new Map() }
}
