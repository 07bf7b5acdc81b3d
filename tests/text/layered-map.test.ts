import { expect, test } from 'vitest'
import { keysOfDifference, mapWith } from '../../src/text/layered-map.ts'
import { randomNumbers } from '../support/folders.ts'

test('a map with changes is the map that a copy would be, and the former one stays as it was', () => {
  const random = randomNumbers(3)
  let map: ReadonlyMap<string, object> = new Map(Array.from({ length: 500 }, (_, n) => [`${n}`, { n }]))
  let plain = new Map(map)
  for (let round = 0; round < 400; round++) {
    const changes = new Map(
      Array.from({ length: random() * 12 }, () => [`${Math.floor(random() * 1_500)}`, { round }]),
    )
    const [former, formerPlain] = [map, plain]
    map = mapWith(map, changes)
    plain = new Map([...plain, ...changes])
    // With more than a thousand changes it is copied, and then shared anew.
    if (round % 20 !== 0) continue
    expect([...former]).toEqual([...formerPlain])
    expect([...map]).toEqual([...plain])
    expect([...map.keys()]).toEqual([...plain.keys()])
    expect([...map.values()]).toEqual([...plain.values()])
    expect(map.size).toBe(plain.size)
    map.forEach((value, key) => {
      expect([map.has(key), map.get(key) === value]).toEqual([true, true])
    })
    const expected = [...changes.keys()].sort()
    expect([...keysOfDifference(former, map)].sort()).toEqual(expected)
    expect([...keysOfDifference(map, former)].sort()).toEqual(expected)
    expect([...keysOfDifference(new Map(former), map)].sort()).toEqual(expected)
  }
  expect(map.has('none')).toBe(false)
  expect(map.get('none')).toBe(undefined)
})

test('what one of two maps lacks is a difference', () => {
  const [a, b] = [{}, {}]
  const [less, more] = [new Map([['a', a]]), new Map(Object.entries({ a, b }))]
  expect([...keysOfDifference(less, more)]).toEqual(['b'])
  expect([...keysOfDifference(more, less)]).toEqual(['b'])
})
