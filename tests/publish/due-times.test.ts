import { expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { livingPublication } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'

const day = (n: number) => Date.parse(`2026-05-${String(n).padStart(2, '0')}T00:00:00Z`)
const article = (title: string, fields: string) => `---\ntitle: ${title}\n${fields}\n---\nText of ${title}.\n`

async function appWith(files: Map<string, string>, published: number) {
  const { publication } = await livingPublication(exampleSite, files)(published)
  const store = createMemoryStore()
  const snapshot = await store.publish(publication)
  let now = published
  const app = createReaderApp({ store, clock: () => now })
  const get = async (path: string, at: number) => {
    now = at
    const response = await app.request(path)
    return {
      status: response.status,
      text: await response.text(),
      cache: response.headers.get('cache-control'),
    }
  }
  return { get, snapshot, publication }
}

test('a scheduled article appears when its time comes, with nothing of it to be had before', async () => {
  const files = new Map([
    ['now.md', article('Now', 'date: 2026-04-01')],
    ['later.md', article('Later', 'date: 2026-05-03\ntags: [surprise]')],
  ])
  const { get, snapshot } = await appWith(files, day(1))
  expect(snapshot.nextDue(day(1))).toBe(day(3))
  for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/', '/opml.xml', '/sitemap.xml'])
    expect((await get(path, day(3) - 1)).text, path).not.toMatch(/later|surprise/i)
  expect((await get('/articles/later/', day(3) - 1)).status).toBe(404)
  expect((await get('/tags/surprise/rss.xml', day(3) - 1)).status).toBe(404)
  expect((await get('/rss.xml', day(3))).text).toContain('<title>Later</title>')
  expect((await get('/articles/later/', day(3))).status).toBe(200)
  expect((await get('/tags/surprise/rss.xml', day(3))).status).toBe(200)
})

test('an article that expires goes when its time comes, from every document', async () => {
  const files = new Map([
    ['stays.md', article('Stays', 'date: 2026-04-01')],
    ['goes.md', article('Goes', 'date: 2026-04-02\nexpiryDate: 2026-05-02')],
  ])
  const { get } = await appWith(files, day(1))
  expect((await get('/rss.xml', day(2) - 1)).text).toContain('<title>Goes</title>')
  for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/', '/sitemap.xml'])
    expect((await get(path, day(2))).text, path).not.toContain('oes')
  expect((await get('/articles/goes/', day(2))).status).toBe(410)
})

test('caches are told to come back in time', async () => {
  const files = new Map([
    ['now.md', article('Now', 'date: 2026-04-01')],
    ['later.md', article('Later', 'date: 2026-05-03')],
  ])
  const { get } = await appWith(files, day(1))
  expect((await get('/rss.xml', day(3) - 60_000)).cache).toContain('max-age=60')
})

test('at most 32 due times are carried, the next ones', async () => {
  const files = new Map(
    Array.from({ length: 40 }, (_, n) => [
      `${n}.md`,
      article(`N${n}`, `date: ${new Date(day(2) + n * 3_600_000).toISOString()}`),
    ]),
  )
  const { publication } = await appWith(files, day(1))
  expect(publication.due.map(({ at }) => at)).toEqual(
    Array.from({ length: 32 }, (_, n) => day(2) + n * 3_600_000),
  )
})
