import { expect, test } from 'vitest'
import { inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'
import { folderOfCopies, lostParagraphs } from '../support/page-text-copies.ts'

/* The long run of the same property: `tests/fuzz/copies.fuzz.ts`. */
test('copies, near copies, letters, serials and templates of one author lose no article and no paragraph', async () => {
  for (const seed of [1, 2]) {
    const made = folderOfCopies(seed, 120)
    const source = memorySource(new Map(made.map(({ path, text }) => [path, text])))
    const { files } = await inspect(source, exampleSite, { now: 0 })
    expect(lostParagraphs(made, files), `seed ${seed}`).toEqual([])
  }
})
