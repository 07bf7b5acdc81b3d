/**
 * The item at an index that the code before has made sure of, where what makes it sure is beyond the types.
 * @throws {RangeError} where there is none: a fault of the program, said here and not as an odd value further on
 */
export function itemAt<Item>(list: ArrayLike<Item>, index: number): Item {
  const item = list[index]
  if (item === undefined) throw new RangeError(`Nothing stands at ${index} in a list of ${list.length}.`)
  return item
}

/** The same for a value under a key. @throws {RangeError} where there is none */
export function valueUnder<Key, Value>(values: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = values.get(key)
  if (value === undefined) throw new RangeError(`Nothing stands under ${String(key)}.`)
  return value
}
