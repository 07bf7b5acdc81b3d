import { afterAll, afterEach, expect, test, vi } from 'vitest'
import type { FeedItem } from '../../src/documents/feed-item.ts'
import { exampleSite } from '../support/articles.ts'

/** How often each item was rendered, by format and id. */
const rendered = new Map<string, number>()
const counting =
  <Rest extends unknown[]>(format: string, render: (item: FeedItem, ...rest: Rest) => string) =>
  (item: FeedItem, ...rest: Rest) => {
    const key = `${format} ${item.id}`
    rendered.set(key, (rendered.get(key) ?? 0) + 1)
    return render(item, ...rest)
  }
const rss = await import('../../src/documents/rss.ts')
const atom = await import('../../src/documents/atom.ts')
const json = await import('../../src/documents/json-feed.ts')

// Files of tests share the modules of their process: this one loads its own, and leaves none of them to the next.
vi.resetModules()
vi.doMock('../../src/documents/rss.ts', () => ({ ...rss, renderRssItem: counting('rss', rss.renderRssItem) }))
vi.doMock('../../src/documents/atom.ts', () => ({
  ...atom,
  renderAtomEntry: counting('atom', atom.renderAtomEntry),
}))
vi.doMock('../../src/documents/json-feed.ts', () => ({
  ...json,
  renderJsonItem: counting('json', json.renderJsonItem),
}))
const { livingPublication } = await import('../support/archive-client.ts')
afterAll(() => {
  for (const format of ['rss', 'atom', 'json-feed']) vi.doUnmock(`../../src/documents/${format}.ts`)
  vi.resetModules()
})
afterEach(() => rendered.clear())

const article = (number: number, words = '') =>
  `---\ntitle: Number ${number}\ndate: 2020-01-${String(number).padStart(2, '0')}\ntags: [a, b, n${number % 3}]\nauthor: A\nsection: S\n---\nText ${number} ${words}\n`

test('an article is rendered once per format, however many feeds and archives carry it', async () => {
  const files = new Map(Array.from({ length: 20 }, (_, index) => [`${index}.md`, article(index + 1)]))
  files.set('later.md', '---\ntitle: Later\ndate: 2030-01-01\ntags: [a]\n---\nText of later.\n')
  const publish = livingPublication({ ...exampleSite, limit: 4 }, files)
  const { documents } = await publish(Date.parse('2026-01-01T00:00:00Z'))
  const carrying = [...documents.values()].filter(
    ({ path, body }) => path.endsWith('feed.json') && body.includes('"Number 3"'),
  )
  expect(carrying.length).toBeGreaterThan(4)
  expect(rendered.size).toBe(3 * 21)
  expect([...rendered.values()].every(count => count === 1)).toBe(true)

  rendered.clear()
  files.set('3.md', article(4, 'edited'))
  await publish(Date.parse('2026-01-02T00:00:00Z'))
  expect([...rendered].sort()).toEqual(
    ['atom', 'json', 'rss'].map(format => [`${format} tag:example.org,2026:file/3.md`, 1]),
  )
})
