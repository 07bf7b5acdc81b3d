import { expect, test } from 'vitest'
import { keysOfDifference, PersistentMap } from '../../src/text/persistent-map.ts'
import { randomNumbers } from '../support/folders.ts'

test('a map with changes is the map that a copy would be, and the former one stays as it was', () => {
  const random = randomNumbers(3)
  let map: PersistentMap<object> = PersistentMap.of(
    new Map(Array.from({ length: 500 }, (_, n) => [`${n}`, { n }])),
  )
  let plain: Map<string, object> = new Map(map)
  for (let round = 0; round < 400; round++) {
    const changes = new Map<string, object | undefined>()
    for (let n = 0; n < random() * 12; n++)
      changes.set(`${Math.floor(random() * 1_500)}`, random() < 0.3 ? undefined : { round })
    const [former, formerPlain] = [map, plain]
    map = map.with(changes)
    plain = new Map(plain)
    for (const [key, value] of changes) {
      if (value) plain.set(key, value)
      else plain.delete(key)
    }
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

test('keys whose hashes meet are kept apart', () => {
  // FNV-1a of both is 0x117697cd: https://softwareengineering.stackexchange.com/a/145633 lists such pairs of words.
  const [a, b] = ['costarring', 'liquid']
  const both = PersistentMap.of(new Map(Object.entries({ costarring: 1, liquid: 2, other: 3 })))
  expect([both.get(a!), both.get(b!), both.size]).toEqual([1, 2, 3])
  const changed = both.with(new Map([[b!, 4]]))
  expect([changed.get(a!), changed.get(b!), [...changed.difference(both)]]).toEqual([1, 4, [b]])
  const less = both.with(new Map([[a!, undefined]]))
  expect([less.get(a!), less.get(b!), less.size, [...both.difference(less)]]).toEqual([undefined, 2, 2, [a]])
})

test('nothing is other: the very same map', () => {
  const map = PersistentMap.of(new Map(Object.entries({ a: 1 })))
  expect(map.with(new Map(Object.entries({ a: 1 })))).toBe(map)
  expect(map.with(new Map([['b', undefined]]))).toBe(map)
  expect(PersistentMap.of(map)).toBe(map)
})

test('what one of two maps lacks is a difference', () => {
  const [a, b] = [{}, {}]
  const [less, more] = [new Map([['a', a]]), new Map(Object.entries({ a, b }))]
  expect([...keysOfDifference(less, more)]).toEqual(['b'])
  expect([...keysOfDifference(more, less)]).toEqual(['b'])
})
