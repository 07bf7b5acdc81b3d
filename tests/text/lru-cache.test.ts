import { expect, test } from 'vitest'
import { createLruCache } from '../../src/text/lru-cache.ts'

test('what was not asked for the longest goes first', () => {
  const cache = createLruCache<string, number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([...cache.entries()]).toEqual([
    ['a', 1],
    ['c', 3],
  ])
  cache.delete('a')
  cache.set('d', 4)
  expect(cache.get('c')).toBe(3)
})

test('sizes are counted, and a value that is put again is counted once', () => {
  const cache = createLruCache<string, string>(10, ({ length }) => length)
  cache.set('a', 'four')
  cache.set('a', 'fives')
  cache.set('b', 'fives')
  expect([...cache.entries()].map(([key]) => key)).toEqual(['a', 'b'])
  cache.set('c', 'one')
  expect(cache.get('a')).toBeUndefined()
  // One that is larger than all the room stays until the next comes.
  cache.set('large', 'x'.repeat(20))
  expect([...cache.entries()].map(([key]) => key)).toEqual(['large'])
  cache.set('d', 'four')
  expect([...cache.entries()].map(([key]) => key)).toEqual(['d'])
})
