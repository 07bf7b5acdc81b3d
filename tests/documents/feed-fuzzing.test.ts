import { expect, test } from 'vitest'
import { fuzzFeeds, seededBugs } from '../support/feed-fuzzing.ts'

// `tests/fuzz/feeds.fuzz.ts` does the same with as many articles as one has time for.
test('random articles, from files and from objects: every document obeys its format', async () => {
  const { failures, published } = await fuzzFeeds({ count: 800, seed: 7 })
  expect(failures).toEqual([])
  expect(published).toBeGreaterThan(600)
})

test.each(Object.entries(seededBugs))('seeded: %s is found', async (_, seeded) => {
  expect((await fuzzFeeds({ count: 80, seed: 7, seeded })).failures).not.toEqual([])
})
