import { expect, test } from 'vitest'
import { compareWays } from '../support/two-ways.ts'

/* The short form of `npm run fuzz -- two-ways`. */
test('random requests are answered alike by both ways, bytes and all', async () => {
  const { differences, statuses } = await compareWays(2_000, 1)
  expect(differences).toEqual([])
  for (const status of ['200', '301', '304', '400', '404', '405', '410'])
    expect(statuses[status]).toBeGreaterThan(0)
})
