import { Hono } from 'hono'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  createApp,
  createMemoryStore,
  createPublication,
  type Diagnostic,
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
  const context = { site, media: () => undefined, boilerplate: () => new Map() }
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
  items: { id: string; title: string; url: string; content_html: string; tags?: string[] }[]
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

    test('rows as people have them: title, url, date, html', async () => {
      const found: Diagnostic[] = []
      const app = createApp({
        articles: [
          {
            id: 17,
            title: 'Bridge & river',
            url: '/2026/bridge/',
            date: '2026-01-31T09:30:00Z',
            html: '<p>At last. <script>x()</script><a href="../river/">River</a></p>',
          },
          { id: 'urn:x:2', title: 'By ms', date: Date.UTC(2026, 0, 30), text: 'One.\n\nTwo.', tags: 'a, b' },
          {
            slug: 'by-date',
            title: 'By Date',
            date: new Date(Date.UTC(2026, 0, 29)),
            markdown: '*Words*.',
            draft: 0,
          },
          { id: 4, title: 'Draft', date: '2026-01-01', html: '<p>No.</p>', draft: 1 },
          { id: 5, title: 'Later', date: '2026-07-01', html: '<p>No.</p>' },
        ],
        site,
        clock: () => now,
        onDiagnostic: diagnostic => found.push(diagnostic),
      })
      const feed = (await (await app.request('/feed.json')).json()) as JsonFeed
      expect(feed.items.map(({ id, title, url }) => [id, title, url])).toEqual([
        ['tag:news.example.org,2026:file/17', 'Bridge & river', 'https://news.example.org/2026/bridge/'],
        ['urn:x:2', 'By ms', 'https://news.example.org/articles/by-ms/'],
        ['tag:news.example.org,2026:file/by-date', 'By Date', 'https://news.example.org/articles/by-date/'],
      ])
      expect(feed.items.map(item => item.content_html)).toEqual([
        '<p>At last. <a href="https://news.example.org/2026/river/">River</a></p>',
        '<p>One.</p>\n<p>Two.</p>',
        '<p><em>Words</em>.</p>',
      ])
      expect(feed.items[1]!.tags).toEqual(['a', 'b'])
      expect((await app.request('/2026/bridge/')).status).toBe(200)
      expect(found.map(({ code, path }) => [code, path])).toEqual([['html-sanitised', '17']])
    })

    test('a row’s language is its own, else what its text plainly is in, else the publication’s', async () => {
      const german =
        '<p>Der Hafen wurde gestern nach langer Bauzeit wieder geöffnet, und die Leute an den Ufern freuen sich darüber. Die Schiffe können jetzt auch in der Nacht einlaufen, wenn das Wetter es erlaubt. Das ist nicht nur für die Fischer eine gute Nachricht, sondern auch für den Markt, der mit dem Hafen lebt.</p>'
      const row = (id: number, html: string, more = {}) => ({
        id,
        title: `${id}`,
        date: id * 1e12,
        html,
        ...more,
      })
      const app = createApp({
        articles: [
          row(1.4, german),
          row(1.3, german, { language: 'gsw' }),
          row(1.2, '<p>Le Corbusier, La Défense, Notre-Dame.</p>'),
          row(1.1, '<p>It was seen on the towpath by three people.</p>', { language: '' }),
        ],
        site: { ...site, language: 'en' },
        clock: () => now,
      })
      const feed = (await (await app.request('/feed.json')).json()) as { items: { language?: string }[] }
      expect(feed.items.map(({ language }) => language ?? 'en')).toEqual(['de', 'gsw', 'en', 'en'])
    })

    test('rows of a day without an hour stand above those of that day that have one', async () => {
      const row = (id: string, date: string | number | Date) => ({
        id,
        title: id,
        date,
        html: `<p>${id}</p>`,
      })
      const app = createApp({
        articles: [
          row('noon', '2026-05-30T12:00:00Z'),
          row('day', '2026-05-30'),
          row('before', new Date('2026-05-29T23:00:00Z')),
          row('after', Date.parse('2026-05-31T00:10:00Z')),
        ],
        site,
        clock: () => now,
      })
      const feed = (await (await app.request('/feed.json')).json()) as JsonFeed
      expect(feed.items.map(({ title }) => title)).toEqual(['after', 'day', 'noon', 'before'])
    })

    test.each<[unknown, string, string]>([
      [null, 'article-invalid', 'should be an object like { title, url, date, html }; found null'],
      ['text', 'article-invalid', 'found string'],
      [{ id: 1, title: 'T', date: '2026-01-01' }, 'file-no-body', 'could be an article'],
      [{ id: 1, titel: 'T', date: '2026-01-01', html: '<p>x</p>' }, 'field-unknown', 'Did you mean "title"?'],
      [{ id: 1, title: 'T', html: '<p>x</p>' }, 'date-missing', 'No date was found'],
      [{ id: 1, title: 'T', date: 'soon', html: '<p>x</p>' }, 'date-invalid', '"date: soon" is not a date'],
      [{ id: 1, title: 'T', date: 1_769_852_400, html: '<p>x</p>' }, 'date-invalid', 'write them times 1000'],
      [{ id: 1, title: 'T', date: new Date('x'), html: '<p>x</p>' }, 'date-invalid', 'Invalid Date'],
      [
        { id: 1, title: ['T'], date: '2026-01-01', html: '<p>x</p>' },
        'front-matter-type',
        '"title" should be a text',
      ],
      [
        { id: 1, title: 'T', date: '2026-01-01', html: { a: 1 }, text: 'x' },
        'front-matter-type',
        '"html" should be a text',
      ],
      [{ title: 'T', date: '2026-01-01', html: '<p>x</p>' }, 'id-from-title', 'made of its title'],
      [{ id: 1, date: '2026-01-01', html: '<p>x</p>' }, 'title-missing', 'stands in for it'],
      [
        {
          id: 1,
          title: 'T',
          author: 7.5,
          tags: { a: 1 },
          image: true,
          date: '2026-01-01',
          enclosures: 'x y',
          html: '<p>x</p>',
        },
        'front-matter-type',
        '"enclosures" should be',
      ],
    ])('%j is %s, and its neighbour is published', async (row, code, sentence) => {
      const found: Diagnostic[] = []
      const right = { id: 2, title: 'Right', date: '2026-01-02', html: '<p>y</p>' }
      const app = createApp({
        articles: [row as object, right],
        site,
        clock: () => now,
        onDiagnostic: diagnostic => found.push(diagnostic),
      })
      const answer = await app.request('/feed.json')
      expect(answer.status).toBe(200)
      expect(((await answer.json()) as JsonFeed).items.map(({ title }) => title)).toContain('Right')
      expect(
        found
          .filter(one => one.code === code)
          .map(({ message }) => message)
          .join('\n'),
      ).toContain(sentence)
    })

    test('one more article without a restart, another version of one, and one less', async () => {
      const first = { id: 1, title: 'One', date: '2026-01-01', html: '<p>1</p>' }
      const publication = createPublication({ articles: async () => [first], site, clock: () => now })
      const titles = async () =>
        ((await (await publication.app.request('/feed.json')).json()) as JsonFeed).items.map(
          ({ title }) => title,
        )
      expect(await titles()).toEqual(['One'])
      const event = await publication.add({ id: 2, title: 'Two', date: '2026-01-02', html: '<p>2</p>' })
      expect(event.added.map(({ title }) => title)).toEqual(['Two'])
      expect(await titles()).toEqual(['Two', 'One'])
      await publication.add({ ...first, title: 'First' })
      expect(await titles()).toEqual(['Two', 'First'])
      expect((await publication.remove(2)).withdrawn.map(({ title }) => title)).toEqual(['Two'])
      expect(await titles()).toEqual(['First'])
      expect((await publication.app.request('/articles/two/')).status).toBe(404)
    })

    test('below a prefix, behind a password: answers are for whoever asked', async () => {
      const prefixed = { ...site, url: 'https://example.org/news/' }
      const article = { id: 1, title: 'One', date: '2026-01-01', html: '<p>1</p>' }
      const own = new Hono()
      own.use('/news/*', (c, next) =>
        c.req.header('cookie') === 'member=1' ? next() : Promise.resolve(c.text('No.', 401)),
      )
      own.route(
        '/news',
        createApp({ articles: [article], site: prefixed, clock: () => now, isPrivate: true }),
      )
      expect((await own.request('/news/rss.xml')).status).toBe(401)
      const answer = await own.request('/news/rss.xml', { headers: { cookie: 'member=1' } })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, max-age=300'])
      expect(await answer.text()).toContain('https://example.org/news/articles/one/')
    })

    test('templates of one’s own', async () => {
      const app = createApp({
        articles: [{ id: 1, title: 'A < B', date: '2026-01-01', html: '<p>1</p>' }],
        site,
        clock: () => now,
        pages: { home: ({ articles }, frame) => `<h1>${frame.site.title}</h1>${articles.length}` },
      })
      expect(await (await app.request('/')).text()).toBe('<h1>Example</h1>1')
    })

    test('without an address, or without a list, nothing is made up', () => {
      expect(() => createApp({ articles: [], site: { title: 'T' } })).toThrow('createApp needs `site.url`')
      expect(() => createApp({ articles: undefined as never, site })).toThrow('found undefined')
    })

    test('settings are read from text, wherever that comes from', () => {
      expect(readSettings('title = "A"\nurl = "https://a.example.org/"').site).toMatchObject({
        title: 'A',
        tagAuthority: 'a.example.org,2026',
      })
    })
  })
}
