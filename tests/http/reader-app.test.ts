import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { Publication, RenderedDocument } from '../../src/model/snapshot.ts'
import { createMemoryStore } from '../../src/store/memory.ts'

const document = (path: string, body: string, more: Partial<RenderedDocument> = {}): RenderedDocument => ({
  path,
  mediaType: path.endsWith('.xml') ? 'application/rss+xml; charset=utf-8' : 'text/html; charset=utf-8',
  body,
  headers: {},
  page: null,
  maxAge: null,
  ...more,
})

const publication = (more: Partial<Publication> = {}): Publication => ({
  url: 'https://example.org/',
  maxAge: 300,
  publishedAt: Date.UTC(2026, 0, 1),
  documents: [document('/', '<p>Home</p>'), document('/rss.xml', '<rss/>', { page: '/' })],
  media: [],
  redirects: [],
  gone: [],
  due: [],
  ...more,
})

test('before the first publication every address asks for patience, and the process is alive', async () => {
  const app = createReaderApp({ store: createMemoryStore() })
  const answer = await app.request('/rss.xml')
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
  const health = await app.request('/healthz')
  expect([health.status, await health.json()]).toEqual([200, { status: 'starting', generation: null }])
})

test('a validator that came with an answer gets a 304', async () => {
  const store = createMemoryStore()
  await store.publish(publication())
  const app = createReaderApp({ store })
  const first = await app.request('/rss.xml')
  expect(await first.text()).toBe('<rss/>')
  for (const [name, value] of [
    ['if-none-match', first.headers.get('etag')!],
    ['if-modified-since', first.headers.get('last-modified')!],
  ] as const) {
    const second = await app.request('/rss.xml', { headers: { [name]: value } })
    expect([name, second.status, await second.text()]).toEqual([name, 304, ''])
  }
})

test('mounted in another app, its own routes stay its own and unknown addresses are its to answer', async () => {
  const store = createMemoryStore()
  await store.publish(publication())
  const host = new Hono()
  host.get('/about', c => c.text('about'))
  host.route('/', createReaderApp({ store }))
  host.get('/later', c => c.text('later'))
  host.notFound(c => c.text('nothing', 404))
  const texts = ['/about', '/rss.xml', '/later', '/nowhere'].map(async path =>
    (await host.request(path)).text(),
  )
  expect(await Promise.all(texts)).toEqual(['about', '<rss/>', 'later', 'nothing'])
})

test('below a prefix, paths are those of the publication’s url', async () => {
  const store = createMemoryStore()
  await store.publish(publication({ url: 'https://example.org/news/' }))
  const host = new Hono()
  host.route('/news', createReaderApp({ store }))
  expect(await (await host.request('/news/rss.xml')).text()).toBe('<rss/>')
  expect((await host.request('/rss.xml')).status).toBe(404)
  const bare = await host.request('/news')
  expect([bare.status, bare.headers.get('location')]).toEqual([301, '/news/'])
})

test('a proxy may take the prefix away: addresses we send people to have it again', async () => {
  const store = createMemoryStore()
  await store.publish(publication({ url: 'https://example.org/news/' }))
  const app = createReaderApp({ store, basePath: '/' })
  expect(await (await app.request('/rss.xml')).text()).toBe('<rss/>')
  expect((await app.request('/rss.xml/')).headers.get('location')).toBe('/news/rss.xml')
})

test('an error of the store is a 500 that says nothing, and is reported', async () => {
  const seen: unknown[] = []
  const store = {
    current: () => {
      throw new Error('the disk is on fire')
    },
    body: () => null,
  }
  const app = createReaderApp({ store, onError: error => seen.push(error) })
  const answer = await app.request('/rss.xml')
  expect([answer.status, await answer.text()]).toEqual([500, 'Something went wrong here.\n'])
  expect(seen).toEqual([new Error('the disk is on fire')])
})
