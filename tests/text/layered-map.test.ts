import { expect, test } from 'vitest'
import { keysOfDifference, mapWith } from '../../src/text/layered-map.ts'
import { randomNumbers } from '../support/folders.ts'

test('a map with changes is the map that a copy would be, and the former one stays as it was', () => {
  const random = randomNumbers(3)
  let map: ReadonlyMap<string, object> = new Map(Array.from({ length: 500 }, (_, n) => [`${n}`, { n }]))
  let plain = new Map(map)
  for (let round = 0; round < 400; round++) {
    const changes = new Map<string, object | undefined>()
    for (let n = 0; n < random() * 12; n++)
      changes.set(`${Math.floor(random() * 1_500)}`, random() < 0.3 ? undefined : { round })
    const [former, formerPlain] = [map, plain]
    map = mapWith(map, changes)
    plain = new Map(plain)
    for (const [key, value] of changes) {
      if (value) plain.set(key, value)
      else plain.delete(key)
    }
    // With more than a thousand changes it is copied, and then shared anew.
    if (round % 20 !== 0) continue
    expect(new Map(former)).toEqual(formerPlain)
    expect(new Map(map)).toEqual(plain)
    expect([...map.keys()].sort()).toEqual([...plain.keys()].sort())
    expect(new Set(map.values())).toEqual(new Set(plain.values()))
    expect(map.size).toBe(plain.size)
    let visited = 0
    map.forEach((value, key) => {
      visited++
      expect([map.has(key), map.get(key) === value]).toEqual([true, true])
    })
    expect(visited).toBe(plain.size)
    const expected = [...changes.keys()].filter(key => former.get(key) !== plain.get(key)).sort()
    expect([...keysOfDifference(former, map)].sort()).toEqual(expected)
    expect([...keysOfDifference(map, former)].sort()).toEqual(expected)
    expect([...keysOfDifference(new Map(former), map)].sort()).toEqual(expected)
  }
  expect(map.has('none')).toBe(false)
  expect(map.get('none')).toBe(undefined)
})

test('keys keep their order, and new ones come last', () => {
  const map = mapWith(new Map(Object.entries({ a: 1, b: 2, c: 3 })), new Map(Object.entries({ d: 4, b: 5 })))
  expect([...map]).toEqual(Object.entries({ a: 1, b: 5, c: 3, d: 4 }))
  expect([...mapWith(map, new Map([['a', undefined]]))]).toEqual(Object.entries({ b: 5, c: 3, d: 4 }))
})

test('what one of two maps lacks is a difference', () => {
  const [a, b] = [{}, {}]
  const [less, more] = [new Map([['a', a]]), new Map(Object.entries({ a, b }))]
  expect([...keysOfDifference(less, more)]).toEqual(['b'])
  expect([...keysOfDifference(more, less)]).toEqual(['b'])
})
