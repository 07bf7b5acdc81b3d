import { expect, test } from 'vitest'
import { createPublisher } from '../../src/publish/publisher.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

/** What is said of the feeds of a publication whose articles have so many letters. */
async function said(lengths: number[], settings: Partial<typeof exampleSite> = {}) {
  const files = lengths.map((length, index): [string, string] => {
    const date = new Date(Date.UTC(2026, 0, index + 1)).toISOString()
    return [`${index}.md`, `---\ntitle: Number ${index}\ndate: ${date}\n---\n${'long '.repeat(length / 5)}\n`]
  })
  const source = memorySource(new Map(files))
  const publisher = createPublisher({ source, clock: () => Date.UTC(2026, 5, 1) })
  const { inspection } = await publisher.plan({ ...exampleSite, ...settings })
  return inspection.settings.filter(({ code }) => code === 'feed-large').map(({ message }) => message)
}

test('a feed of 2 MB is told of: by the number of its articles, or by the one that is long', async () => {
  const [many, ...others] = await said(Array(45).fill(50_000))
  expect(others).toEqual([])
  expect(many).toContain('has 2.3 MB')
  expect(many).toContain('It holds 45 articles, 51 KB each.')
  const [one] = await said([2_100_000, 50_000])
  expect(one).toContain('"Number 0" alone takes 2.1 MB of it.')
})

test('nothing is said of a smaller one, whether by its articles, its limit or `max_feed_bytes`', async () => {
  expect(await said(Array(30).fill(50_000))).toEqual([])
  expect(await said(Array(45).fill(50_000), { content: 'summary' })).toEqual([])
  expect(await said(Array(45).fill(50_000), { maxFeedBytes: 1_500_000 })).toEqual([])
})
