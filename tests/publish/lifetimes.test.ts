import { describe, expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { Site } from '../../src/model/site.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { livingPublication } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'

const hour = 3_600_000
const start = Date.parse('2026-01-01T06:00:00Z')
/** Long after the last article: the time of day has no part in any of this. */
const now = start + 1000 * 24 * hour

const article = (number: number, at: number, more = '') =>
  `---\ntitle: Number ${number}\ndate: ${new Date(at).toISOString()}\n${more}\n---\nText ${number}.\n`

/** Articles at these instants, in hours from the start. */
const at = (hours: number[], more?: string) =>
  new Map(hours.map((hours, number) => [`${number}.md`, article(number, start + hours * hour, more)]))

const every = (gap: number, count = 30) => at(Array.from({ length: count }, (_, n) => n * gap))

/** `max-age` and `ttl` (in seconds) of documents, as a reader is told them. */
async function told(files: Map<string, string>, given: Partial<Site> = {}, path = '/rss.xml') {
  const { publication } = await livingPublication({ ...exampleSite, ...given }, files)(now)
  const store = createMemoryStore()
  await store.publish(publication)
  const answer = await createReaderApp({ store, clock: () => now }).request(path)
  const maxAge = /^public, max-age=(\d+)$/.exec(answer.headers.get('cache-control')!)![1]
  return { maxAge: Number(maxAge), ttl: Number(/<ttl>(\d+)</.exec(await answer.text())?.[1]) * 60 }
}
const both = (seconds: number) => ({ maxAge: seconds, ttl: seconds })

describe('how long a feed may be kept follows from how often the publication publishes', () => {
  test.each([
    ['an article every quarter of an hour', every(0.25), 300],
    ['every three hours', every(3), 300],
    ['every six hours', every(6), 900],
    ['every nine hours, to a round number of minutes', every(9), 1200],
    ['every day', every(24), 3600],
    ['every week', every(7 * 24), 3600],
    ['one article', every(24, 1), 300],
    ['two, which make no habit', every(24, 2), 300],
    ['none', new Map(), 300],
    ['a holiday of a month in between', at([0, 6, 12, 18, 700, 706, 712]), 900],
    ['three at a time, every six hours', at([0, 0, 0.1, 6, 6.05, 6.1, 12, 12, 12, 18]), 900],
    [
      'busy once, slow since',
      at([...Array(40).keys()].map(n => (n < 20 ? n : 20 + (n - 20) * 24 * 7))),
      3600,
    ],
  ])('%s', async (_, files, seconds) => expect(await told(files)).toEqual(both(seconds)))

  test('settings bound it, and can fix it', async () => {
    expect(await told(every(24 * 7), { maxAgeCeiling: 21_600 })).toEqual(both(21_600))
    expect(await told(every(48), { maxAgeCeiling: 21_600 })).toEqual(both(7200))
    expect(await told(every(1), { maxAgeFloor: 60 })).toEqual(both(120))
    expect(await told(every(1), { maxAgeFloor: 1200 })).toEqual(both(1200))
    expect(await told(every(24), { maxAge: 600 })).toEqual(both(600))
    expect(await told(every(24), { maxAge: 0 })).toEqual({ maxAge: 0, ttl: 60 })
  })

  test('pages go with the publication’s feed, archives may be kept longest', async () => {
    expect((await told(every(6), {}, '/')).maxAge).toBe(900)
    expect((await told(every(6), {}, '/articles/3/')).maxAge).toBe(900)
    expect(await told(every(6), { limit: 4 }, '/archive/1/rss.xml')).toEqual(both(3600))
  })

  test('a preview is always asked again, and its feeds say what they will say in public', async () => {
    expect(await told(every(6), { preview: true })).toEqual({ maxAge: 0, ttl: 900 })
    expect((await told(every(6), { preview: true }, '/')).maxAge).toBe(0)
  })
})

test('each collection has its own rhythm: news elsewhere changes not a byte of it', async () => {
  const tagged = (tag: string, articles: Map<string, string>) =>
    [...articles].map(([path, text]): [string, string] => [
      `${tag}/${path}`,
      text.replace('\n\n', `\ntags: [${tag}]\n`),
    ])
  const files = new Map([...tagged('slow', every(24, 5)), ...tagged('quick', every(1, 10))])
  expect(await told(files, {}, '/tags/slow/rss.xml')).toEqual(both(3600))
  expect(await told(files, {}, '/tags/quick/rss.xml')).toEqual(both(300))
  const publish = livingPublication(exampleSite, files)
  const before = (await publish(now)).documents
  files.set('c.md', article(99, now, 'tags: [quick]'))
  const after = (await publish(now + 7 * 24 * hour)).documents
  expect(after.get('/tags/quick/rss.xml')).not.toBe(before.get('/tags/quick/rss.xml'))
  for (const file of ['rss.xml', 'atom.xml', 'feed.json'])
    expect(after.get(`/tags/slow/${file}`)).toBe(before.get(`/tags/slow/${file}`))
})

test('old articles that come into the folder together are one event, whatever their dates', async () => {
  const files = every(24 * 7, 4)
  const publish = livingPublication(exampleSite, files)
  await publish(now)
  for (let n = 10; n < 40; n++) files.set(`${n}.md`, article(n, start + n * 3 * hour))
  const { documents } = await publish(now + 7 * 24 * hour)
  expect(documents.get('/rss.xml')!.body).toContain('<ttl>60</ttl>')
})
