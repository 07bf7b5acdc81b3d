import { expect, test } from 'vitest'
import type { Article } from '../../src/model/article.ts'
import type { Site } from '../../src/model/site.ts'
import { type PublicationInputs, renderPublication } from '../../src/publish/publication.ts'
import { resolveSite } from '../../src/settings/resolved-site.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { anArticle, dateAt, exampleSite } from '../support/articles.ts'
import { childOf, childrenOf, parseDocument, textOf } from '../support/xml.ts'

function publish(articles: Article[], site: Partial<Site> = {}, inputs: Partial<PublicationInputs> = {}) {
  const { documents } = renderPublication(
    { ...exampleSite, ...site },
    { articles, ...inputs },
    { now: 0, source: null },
  )
  const body = (path: string) => documents.find(document => document.path === path)!.body
  return {
    paths: documents.map(({ path }) => path),
    rssText: body('/rss.xml'),
    channel: () => childOf(parseDocument(body('/rss.xml')), 'channel'),
    item: () => childOf(childOf(parseDocument(body('/rss.xml')), 'channel'), 'item'),
    feed: () => parseDocument(body('/atom.xml')),
    entry: () => childOf(parseDocument(body('/atom.xml')), 'entry'),
    json: () => JSON.parse(body('/feed.json')),
    body,
  }
}

const settings = (toml: string) => {
  const { site, problems } = readSettings(`url = "https://example.org/"\n${toml}`)
  expect(problems).toEqual([])
  return site!
}

const sound = {
  url: 'https://example.org/media/a.mp3',
  type: 'audio/mpeg',
  length: 9,
  title: null,
  duration: 61,
}
const leaflet = {
  url: 'https://example.org/media/a.pdf',
  type: 'application/pdf',
  length: 5,
  title: null,
  duration: null,
}
const cover = {
  url: 'https://example.org/c.png',
  alt: 'A <cover>',
  type: 'image/png',
  length: 7,
  width: 640,
  height: 480,
}

test('Atom: a tag and a section say which they are, and what people read', () => {
  const { entry, item, json } = publish([
    anArticle({ section: 'News & views', tags: ['a b', 'News & views'] }),
  ])
  expect(childrenOf(entry(), 'category').map(({ attributes }) => attributes)).toEqual([
    { term: 'News & views', scheme: 'https://example.org/sections/', label: 'News & views' },
    { term: 'a b', scheme: 'https://example.org/tags/', label: 'a b' },
  ])
  expect(childrenOf(item(), 'category').map(({ text }) => text)).toEqual(['News & views', 'a b'])
  expect(json().items[0].tags).toEqual(['News & views', 'a b'])
})

test('Atom: language on feed, entry and content, a base, an author with an address', () => {
  const author = { name: 'A', url: 'https://example.org/a?b=1&c=2', email: 'a@example.org', role: null }
  const { feed, entry } = publish([anArticle({ language: 'fa', authors: [author] })])
  expect(feed().attributes).toMatchObject({ 'xml:lang': 'en', 'xml:base': 'https://example.org/atom.xml' })
  expect([entry().attributes['xml:lang'], childOf(entry(), 'content').attributes['xml:lang']]).toEqual([
    'fa',
    'fa',
  ])
  const written = childOf(entry(), 'author')
  expect(['name', 'uri', 'email'].map(name => textOf(written, name))).toEqual([
    'A',
    author.url,
    'a@example.org',
  ])
})

test('a picture above the article is in its text too, once, and readers that look beside the text find it', () => {
  const { item, entry, json } = publish([anArticle({ image: cover })])
  const html =
    '<p><img src="https://example.org/c.png" alt="A &lt;cover&gt;" width="640" height="480"></p><p>Words.</p>'
  expect(textOf(item(), 'content:encoded')).toBe(html)
  expect(json().items[0]).toMatchObject({ content_html: html, image: cover.url, banner_image: cover.url })
  expect(childOf(item(), 'media:thumbnail').attributes).toEqual({ url: cover.url })
  expect(childOf(entry(), 'media:thumbnail').attributes).toEqual({ url: cover.url })

  const inside = publish([anArticle({ image: cover, html: `<p><img src="${cover.url}" alt=""></p>` })])
  expect(textOf(inside.item(), 'content:encoded')).toBe(`<p><img src="${cover.url}" alt=""></p>`)
  expect(inside.json().items[0]).not.toHaveProperty('banner_image')
})

test('sound makes a podcast of a feed: what players and directories ask', () => {
  const site = settings(
    '[[authors]]\nname = "Example"\n[podcast]\ncategory = ["Arts > Books", "History"]\nemail = "a@example.org"\nimage = "https://example.org/show.jpg"\nlocked = true',
  )
  const { channel, item } = publish([anArticle({ enclosures: [leaflet, sound], image: cover })], site)
  expect(childOf(item(), 'enclosure').attributes.url).toBe(sound.url)
  expect(textOf(item(), 'itunes:duration')).toBe('61')
  expect(textOf(item(), 'itunes:explicit')).toBe('false')
  expect(textOf(item(), 'itunes:summary')).toBe('A summary.')
  expect(childOf(item(), 'itunes:image').attributes.href).toBe(cover.url)
  expect(childOf(channel(), 'itunes:image').attributes.href).toBe('https://example.org/show.jpg')
  expect(textOf(channel(), 'itunes:author')).toBe('Example')
  expect(textOf(childOf(channel(), 'itunes:owner'), 'itunes:email')).toBe('a@example.org')
  const [arts, history] = childrenOf(channel(), 'itunes:category')
  expect([
    arts!.attributes.text,
    childOf(arts!, 'itunes:category').attributes.text,
    history!.attributes.text,
  ]).toEqual(['Arts', 'Books', 'History'])
  expect(childOf(channel(), 'podcast:locked').text).toBe('yes')
  // `python3 -c 'import uuid; print(uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), "example.org/rss.xml"))'`
  expect(textOf(channel(), 'podcast:guid')).toBe('c01e137b-d456-572f-9dcf-07e857dc2292')
})

test('a feed without sound says nothing of podcasts', () => {
  expect(publish([anArticle({ enclosures: [leaflet] })]).rssText).not.toMatch(/itunes|podcast/)
})

test('the origin of a republished article: its name, and its feed where the settings know it', () => {
  const article = anArticle({ source: 'Wire & Co' })
  const plain = publish([article])
  expect(textOf(plain.item(), 'dc:source')).toBe('Wire & Co')
  expect(textOf(plain.entry(), 'dc:source')).toBe('Wire & Co')
  const known = publish([article], settings('[sources."Wire & Co"]\nfeed = "https://wire.example/f?a=1&b=2"'))
  expect(childOf(known.item(), 'source')).toMatchObject({
    attributes: { url: 'https://wire.example/f?a=1&b=2' },
    text: 'Wire & Co',
  })
  expect(childrenOf(known.item(), 'dc:source')).toEqual([])
  expect(childrenOf(childOf(known.entry(), 'source')).map(({ name }) => name)).toEqual([
    'id',
    'title',
    'link',
  ])
})

test('fields of the publisher’s own, in all three formats', () => {
  const site = settings(
    '[feed_namespaces]\ngeo = "https://example.org/geo#"\n[feed_fields]\n"geo:lat" = "place.lat"\n"geo:name" = { key = "names" }\n"dc:rights" = { value = "CC & BY" }\n"geo:area" = { feed = "all" }',
  )
  const extra = { place: { lat: 52.5 }, names: ['<a>', 'b'] }
  const { channel, item, feed, entry, json } = publish([anArticle({ extra })], site)
  for (const element of [item(), entry()]) {
    expect(textOf(element, 'geo:lat')).toBe('52.5')
    expect(childrenOf(element, 'geo:name').map(({ text }) => text)).toEqual(['<a>', 'b'])
    expect(textOf(element, 'dc:rights')).toBe('CC & BY')
  }
  for (const element of [channel(), feed()]) expect(textOf(element, 'geo:area')).toBe('all')
  expect(json()._geo).toEqual({ about: 'https://example.org/geo#', area: 'all' })
  expect(json().items[0]._geo).toEqual({ about: 'https://example.org/geo#', lat: '52.5', name: ['<a>', 'b'] })
  expect(feed().attributes['xmlns:geo']).toBe('https://example.org/geo#')
})

test.each([
  ['an undeclared prefix', '[feed_fields]\n"geo:lat" = "lat"'],
  ['an element that every item has already', '[feed_fields]\n"dc:creator" = "lat"'],
  ['no element', '[feed_fields]\n"a b:c>" = "lat"'],
  ['a prefix that feeds use', '[feed_namespaces]\natom = "https://example.org/"'],
  ['two feeds at one path', '[[feeds]]\nname = "A b"\n[[feeds]]\nname = "a B"'],
  ['a list nobody knows', '[[feeds]]\nname = "A"\ninclude = { words = ["a"] }'],
])('settings: %s is refused', (_, toml) => {
  const { site, problems } = readSettings(`url = "https://example.org/"\n${toml}`)
  expect(site).toBeNull()
  expect(problems).toHaveLength(1)
  expect(problems[0]!.line).toBeGreaterThan(1)
})

test('a feed of one’s own: one of each list, and none of what is left out', () => {
  const site = settings(
    '[[feeds]]\nname = "HTTP, calm"\ninclude = { tags = ["HTTP", "web"], languages = ["en"] }\nexclude = { tags = ["release"], authors = ["Robot"] }',
  )
  const robot = { name: 'robot', url: null, email: null, role: null }
  const articles = [
    anArticle({ path: 'yes.md', tags: ['http'] }),
    anArticle({ path: 'also.md', tags: ['Web', 'b'] }),
    anArticle({ path: 'release.md', tags: ['http', 'Release'] }),
    anArticle({ path: 'robot.md', tags: ['http'], authors: [robot] }),
    anArticle({ path: 'fa.md', tags: ['http'], language: 'fa' }),
    anArticle({ path: 'other.md', tags: ['b'] }),
  ]
  const { body } = publish(articles, site)
  const items = JSON.parse(body('/feeds/http-calm/feed.json')).items as { url: string }[]
  expect(items.map(({ url }) => url)).toEqual([
    'https://example.org/articles/also/',
    'https://example.org/articles/yes/',
  ])
  expect(body('/opml.xml')).toContain('xmlUrl="https://example.org/feeds/http-calm/rss.xml"')
  expect(body('/feeds/http-calm/')).toContain('HTTP, calm')
})

test('withdrawn articles are told of in Atom where the settings ask for it', () => {
  const entry = {
    path: 'gone.md',
    first: 0,
    published: 0,
    dated: null,
    revised: null,
    title: '',
    words: '',
    sketch: '',
    address: '/articles/gone/',
    formerAddresses: [],
    archives: {},
  }
  const entries = new Map(
    [
      { ...entry, id: '12345', withdrawn: Date.parse('2026-02-01T00:00:00Z') },
      { ...entry, id: 'tag:example.org,2026:file/b', withdrawn: Date.parse('2026-03-01T00:00:00Z') },
      { ...entry, id: 'tag:example.org,2026:file/c', withdrawn: null },
    ].map(entry => [entry.id, entry]),
  )
  const ledger = { authority: 'example.org,2026', entries }
  const articles = [anArticle({ published: dateAt('2026-01-01T00:00:00Z') })]
  const { feed } = publish(articles, { tombstones: true }, { ledger })
  expect(childrenOf(feed(), 'at:deleted-entry').map(({ attributes }) => attributes)).toEqual([
    { ref: 'tag:example.org,2026:file/b', when: '2026-03-01T00:00:00Z' },
    { ref: 'tag:example.org,2026:guid/12345', when: '2026-02-01T00:00:00Z' },
  ])
  expect(publish(articles, {}, { ledger }).body('/atom.xml')).not.toContain('deleted-entry')
})

test('a podcast’s cover in the folder is published with it', () => {
  const site = settings('[podcast]\nimage = "images/cover.jpg"')
  const { channel } = publish([anArticle({ enclosures: [sound] })], site)
  expect(childOf(channel(), 'itunes:image').attributes.href).toBe(
    'https://example.org/media/images/cover.jpg',
  )
})

test.each([
  ['no element', { feedFields: [{ element: 'a b>', on: 'item' as const, from: { value: 'x' } }] }],
  [
    'a prefix without namespace',
    { feedFields: [{ element: 'a:b', on: 'item' as const, from: { value: 'x' } }] },
  ],
  ['an empty namespace', { feedNamespaces: { a: '' } }],
  ['no language', { language: 'english' }],
])('the library refuses settings that no feed can carry: %s', (_, given) => {
  expect(() => resolveSite({ url: 'https://example.org/', ...given })).toThrow(TypeError)
})
