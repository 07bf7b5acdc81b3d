import { expect, test } from 'vitest'
import { inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'
import { folderOfCopies, lostParagraphs } from '../support/page-text-copies.ts'

/* The long run of the same property: `tests/fuzz/copies.fuzz.ts`. */
test('copies, near copies, letters, serials and templates of one author lose no article and no paragraph', async () => {
  // Of few files, half of them of one site, more is taken for its frame.
  for (const [seed, count] of [1, 2, 3, 4, 5, 6, 7, 8, 9].map(seed => [seed, seed < 3 ? 120 : 40] as const)) {
    const made = folderOfCopies(seed, count)
    const source = memorySource(new Map(made.map(({ path, text }) => [path, text])))
    const { files } = await inspect(source, exampleSite, { now: 0 })
    expect(lostParagraphs(made, files), `seed ${seed}`).toEqual([])
  }
})
