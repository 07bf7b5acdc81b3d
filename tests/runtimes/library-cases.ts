import { Hono } from 'hono'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  createApp,
  createMemoryStore,
  type ParsedArticle,
  parseFile,
  readSettings,
  renderPublication,
  resolveSite,
} from '../../src/index.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const now = Date.UTC(2026, 5, 1)

function parsed(path: string, text: string): ParsedArticle {
  const site = resolveSite({ url: 'https://news.example.org/', timezone: 'UTC' })
  const context = { site, media: () => undefined, boilerplate: new Set<string>() }
  const { article, diagnostics } = parseFile({ path, bytes: encode(text) }, context)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return article!
}
const articles = () => [
  parsed('one.md', '---\ntitle: One\ndate: 2026-01-01\n---\n\nThe first.\n'),
  parsed('two.md', '---\ntitle: Two\ndate: 2026-01-02\n---\n\nThe second.\n'),
  parsed('draft.md', '---\ntitle: Draft\ndraft: true\ndate: 2026-01-02\n---\n\nNot yet.\n'),
  parsed('later.md', '---\ntitle: Later\ndate: 2026-07-01\n---\n\nIn a month.\n'),
]
const site = { title: 'Example', url: 'https://news.example.org/', timezone: 'UTC' }
interface JsonFeed {
  items: { id: string; title: string; url: string }[]
}

/** The library as other people's programs use it. */
export function runLibraryCases(runtime: string): void {
  describe(`the library ${runtime}`, () => {
    test('parsed articles become an app', async () => {
      const app = createApp({ articles: articles(), site, clock: () => now })
      expectTypeOf(app).toExtend<Hono>()
      for (const [path, type] of [
        ['/rss.xml', 'application/rss+xml; charset=utf-8'],
        ['/atom.xml', 'application/atom+xml; charset=utf-8'],
        ['/feed.json', 'application/feed+json; charset=utf-8'],
      ] as const) {
        const answer = await app.request(path)
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
        const text = await answer.text()
        expect([
          text.includes('One'),
          text.includes('Two'),
          text.includes('Draft'),
          text.includes('Later'),
        ]).toEqual([true, true, false, false])
        const etag = answer.headers.get('etag')!
        expect((await app.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
      }
    })

    test('a podcast is one here, too, and finds its cover', async () => {
      const lines =
        'audio: https://cdn.example/ep.mp3\nduration: 62\nlength: 99\nepisode: 3\nexplicit: true\n'
      const app = createApp({
        articles: [parsed('ep.md', `---\ntitle: Ep\ndate: 2026-01-01\n${lines}---\n\nNotes.\n`)],
        site: { ...site, podcast: { categories: ['Arts > Books'] } },
        media: [
          {
            path: '/media/cover.jpg',
            mediaType: 'image/jpeg',
            size: 3,
            stamp: null,
            read: async () => encode('jpg'),
          },
        ],
        clock: () => now,
      })
      const rss = await (await app.request('/rss.xml')).text()
      for (const said of [
        '<itunes:duration>62</itunes:duration>',
        '<itunes:episode>3</itunes:episode>',
        '<itunes:explicit>true</itunes:explicit>',
        '<itunes:explicit>false</itunes:explicit>',
        '<itunes:category text="Books"/>',
        '<itunes:image href="https://news.example.org/media/cover.jpg"/>',
        '<podcast:guid>',
        '<enclosure url="https://cdn.example/ep.mp3" length="99" type="audio/mpeg"/>',
      ])
        expect(rss).toContain(said)
      const json = (await (await app.request('/feed.json')).json()) as { items: { attachments: unknown[] }[] }
      expect(json.items[0]!.attachments).toEqual([
        {
          url: 'https://cdn.example/ep.mp3',
          mime_type: 'audio/mpeg',
          size_in_bytes: 99,
          duration_in_seconds: 62,
        },
      ])
      expect((await app.request('/media/cover.jpg')).headers.get('content-type')).toBe('image/jpeg')
    })

    test('an article comes when its time does, without another call', async () => {
      let instant = now
      const app = createApp({ articles: articles(), site, clock: () => instant })
      const titles = async () =>
        ((await (await app.request('/feed.json')).json()) as JsonFeed).items.map(item => item.title)
      expect(await titles()).toEqual(['Two', 'One'])
      instant = Date.UTC(2026, 6, 1)
      expect(await titles()).toEqual(['Later', 'Two', 'One'])
    })

    test('the app mounts in another one, and leaves it its own addresses', async () => {
      const own = new Hono()
      own.get('/own', c => c.text('mine'))
      own.route('/', createApp({ articles: articles(), site, clock: () => now }))
      own.notFound(c => c.text('mine too', 404))
      expect(await (await own.request('/own')).text()).toBe('mine')
      expect((await own.request('/atom.xml')).status).toBe(200)
      expect(await (await own.request('/nowhere')).text()).toBe('mine too')
    })

    test('a store works as well, and shows what is published to it', async () => {
      const store = createMemoryStore()
      const app = createApp({ store })
      expect((await app.request('/rss.xml')).status).toBe(503)
      const settled = resolveSite(site)
      await store.publish(renderPublication(settled, { articles: [] }, { now, source: null }))
      expect((await app.request('/rss.xml')).status).toBe(200)
    })

    test('ids that articles have are kept, others are minted as in a folder', async () => {
      const [one, two] = articles() as [ParsedArticle, ParsedArticle]
      const given = { ...one, id: 'https://example.org?p=1', revised: one.published!.epoch }
      const app = createApp({ articles: [given, two], site, clock: () => now })
      const feed = (await (await app.request('/feed.json')).json()) as JsonFeed
      expect(feed.items.map(item => item.id)).toEqual([
        'tag:news.example.org,2026:file/two.md',
        'https://example.org?p=1',
      ])
    })

    test('settings are read from text, wherever that comes from', () => {
      expect(readSettings('title = "A"\nurl = "https://a.example.org/"').site).toMatchObject({
        title: 'A',
        tagAuthority: 'a.example.org,2026',
      })
    })
  })
}
