import { expect, test } from 'vitest'
import { mapInOrder } from '../../src/text/in-turns.ts'

test('what comes of many is given in their order, and no more are begun than asked for', async () => {
  const ends = Array.from({ length: 6 }, () => Promise.withResolvers<void>())
  const log: string[] = []
  const given = mapInOrder(ends.keys(), 3, async n => {
    log.push(`begin ${n}`)
    await ends[n]!.promise
    return n
  })
  const first = given.next()
  await Promise.resolve()
  expect(log).toEqual(['begin 0', 'begin 1', 'begin 2'])
  // The others end before the first.
  for (const { resolve } of ends.toReversed()) resolve()
  log.push(`given ${(await first).value}`)
  for await (const n of given) log.push(`given ${n}`)
  expect(log.filter(line => line.startsWith('given'))).toEqual([0, 1, 2, 3, 4, 5].map(n => `given ${n}`))
  expect(log.indexOf('begin 3')).toBeGreaterThan(log.indexOf('given 0'))
})

test('one that fails is told in its turn, and nobody else hears of it', async () => {
  const given = mapInOrder([1, 2, 3], 3, async n => {
    if (n === 2) throw new Error('two')
    return n
  })
  expect((await given.next()).value).toBe(1)
  await expect(given.next()).rejects.toThrow('two')
})
