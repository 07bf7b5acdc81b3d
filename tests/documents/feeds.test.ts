import { expect, test } from 'vitest'
import { type PublicationInputs, renderPublication } from '../../src/publish/publication.ts'
import { anArticle, dateAt, exampleSite } from '../support/articles.ts'
import { childOf, childrenOf, parseDocument, textOf } from '../support/xml.ts'

const hostile = anArticle({
  path: 'hostile & <odd>.md',
  title: 'AT&T <b>bold</b> &amp; "quotes" ]]> it\'s broadsheet:0: $& $1',
  summary: 'Is 1 < 2 & 3 > 2? &lt;b&gt; broadsheet:1:',
  html: '<p>one ]]> two ]]> </item><item><title>no</title> &amp;amp; broadsheet:2: $&</p>',
  authors: [
    { name: 'A & B <c>', url: 'https://example.org/?a=1&b=2', email: null, role: null },
    { name: 'D', url: null, email: null, role: null },
  ],
  tags: ['R&D', '<tag>', 'رسانه'],
  image: {
    url: 'https://example.org/i.png?x=1&y=2',
    alt: 'a "b" <c>',
    type: 'image/png',
    length: 5,
    width: 1,
    height: 2,
  },
  enclosures: [
    {
      url: 'https://example.org/a.mp3?x=1&y=%222%22',
      type: 'audio/mpeg',
      length: 123,
      title: 'A & <b>',
      duration: 9,
    },
    { url: 'https://example.org/b.mp3', type: 'audio/mpeg', length: null, title: null, duration: null },
  ],
})
const older = anArticle({ path: 'old.md', published: dateAt('2025-01-01T00:00:00Z') })
const persian = anArticle({
  path: 'fa.md',
  title: 'خوراک چیست',
  language: 'fa',
  direction: 'rtl',
  published: dateAt('2024-01-01T00:00:00Z'),
})

function documentsOf(inputs: Partial<PublicationInputs>, site = exampleSite): (path: string) => string {
  const publication = renderPublication(
    site,
    { articles: [], media: new Map(), ...inputs },
    { now: 0, source: null },
  )
  return path => publication.documents.find(document => document.path === path)!.body
}
const bodyOf = documentsOf({ articles: [hostile, older, persian] })
const entriesOf = {
  rss: () => childrenOf(childOf(parseDocument(bodyOf('/rss.xml')), 'channel'), 'item'),
  atom: () => childrenOf(parseDocument(bodyOf('/atom.xml')), 'entry'),
  json: () => JSON.parse(bodyOf('/feed.json')).items,
}

test('the three formats carry the same items under the same ids, newest first', () => {
  const ids = [hostile.id, older.id, persian.id]
  expect(entriesOf.rss().map(item => textOf(item, 'guid'))).toEqual(ids)
  expect(entriesOf.atom().map(entry => textOf(entry, 'id'))).toEqual(ids)
  expect(entriesOf.json().map((item: { id: string }) => item.id)).toEqual(ids)
})

test('a title is its own text in every format, whatever it holds', () => {
  expect(textOf(entriesOf.rss()[0]!, 'title')).toBe(hostile.title)
  expect(textOf(entriesOf.atom()[0]!, 'title')).toBe(hostile.title)
  expect(entriesOf.json()[0].title).toBe(hostile.title)
})

test('a title in RSS survives a reader that unescapes it twice', () => {
  expect(bodyOf('/rss.xml')).toContain('<title>AT&#x26;T &#x3C;b&#x3E;')
})

test('bodies arrive whole: the end of a CDATA section cannot be forged', () => {
  const picture = `<p><img src="https://example.org/i.png?x=1&amp;y=2" alt="a &quot;b&quot; &lt;c&gt;" width="1" height="2"></p>`
  const html = picture + hostile.html.replaceAll(']]>', ']]&gt;')
  expect(textOf(entriesOf.rss()[0]!, 'content:encoded')).toBe(html)
  expect(textOf(entriesOf.atom()[0]!, 'content')).toBe(html)
  expect(entriesOf.json()[0].content_html).toBe(picture + hostile.html)
})

test('RSS: the summary is HTML-escaped text before the body; authors, tags, one enclosure, the image', () => {
  const item = entriesOf.rss()[0]!
  const names = childrenOf(item).map(({ name }) => name)
  expect(names.indexOf('description')).toBeLessThan(names.indexOf('content:encoded'))
  expect(textOf(item, 'description')).toBe('Is 1 &lt; 2 &amp; 3 &gt; 2? &amp;lt;b&amp;gt; broadsheet:1:')
  expect(childrenOf(item, 'dc:creator').map(({ text }) => text)).toEqual(['A & B <c>, D'])
  expect(childrenOf(item, 'category').map(({ text }) => text)).toEqual(hostile.tags)
  expect(childrenOf(item, 'enclosure').map(({ attributes }) => attributes)).toEqual([
    { url: hostile.enclosures[0]!.url, length: '123', type: 'audio/mpeg' },
  ])
  expect(childOf(item, 'media:content').attributes).toMatchObject({ url: hostile.image!.url, fileSize: '5' })
})

test('Atom: text types, language, alternate and enclosure links', () => {
  const [entry, , foreign] = entriesOf.atom()
  expect(childOf(entry!, 'title').attributes.type).toBe('text')
  expect(childOf(entry!, 'summary').attributes.type).toBe('text')
  expect(entry!.attributes['xml:lang']).toBe('en')
  expect(foreign!.attributes['xml:lang']).toBe('fa')
  expect(childrenOf(entry!, 'link').map(({ attributes }) => attributes)).toEqual([
    { rel: 'alternate', type: 'text/html', href: hostile.url },
    {
      rel: 'enclosure',
      href: hostile.enclosures[0]!.url,
      type: 'audio/mpeg',
      length: '123',
      title: 'A & <b>',
    },
    { rel: 'enclosure', href: hostile.enclosures[1]!.url, type: 'audio/mpeg' },
  ])
})

test('Atom: the page is the one alternate of the feed, for readers that take the last of several', () => {
  const [head = ''] = bodyOf('/atom.xml').split('<entry')
  expect(head.match(/<link rel="alternate"[^>]*>/g)).toEqual([
    '<link rel="alternate" type="text/html" href="https://example.org/"/>',
  ])
})

test('JSON Feed 1.1: authors, attachments, language of a foreign item', () => {
  const [item, , foreign] = entriesOf.json()
  expect(JSON.parse(bodyOf('/feed.json')).version).toBe('https://jsonfeed.org/version/1.1')
  expect(item.authors).toEqual([{ name: 'A & B <c>', url: 'https://example.org/?a=1&b=2' }, { name: 'D' }])
  expect(item.attachments[0]).toEqual({
    url: hostile.enclosures[0]!.url,
    mime_type: 'audio/mpeg',
    title: 'A & <b>',
    size_in_bytes: 123,
    duration_in_seconds: 9,
  })
  expect(foreign.language).toBe('fa')
  expect(item).not.toHaveProperty('author')
})

test('right-to-left articles carry their direction in the HTML', () => {
  const html = '<div dir="rtl" lang="fa"><p>Words.</p></div>'
  expect(textOf(entriesOf.rss()[2]!, 'content:encoded')).toBe(html)
  expect(entriesOf.json()[2].content_html).toBe(html)
})

test('a feed names itself, its page and its sisters', () => {
  const links = childrenOf(childOf(parseDocument(bodyOf('/rss.xml')), 'channel'), 'atom:link')
  expect(links.map(({ attributes }) => [attributes.rel, attributes.href])).toEqual([
    ['self', 'https://example.org/rss.xml'],
    ['alternate', 'https://example.org/'],
    ['alternate', 'https://example.org/atom.xml'],
    ['alternate', 'https://example.org/feed.json'],
  ])
})

test('where nobody is named the feed, never the entry, has the publication as its author', () => {
  const feed = parseDocument(bodyOf('/atom.xml'))
  expect(textOf(childOf(feed, 'author'), 'name')).toBe('Example')
  expect(childrenOf(entriesOf.atom()[1]!, 'author')).toEqual([])
})

test('summaries only: no body in any format, and JSON Feed still has a content', () => {
  const body = documentsOf({ articles: [older] }, { ...exampleSite, content: 'summary' })
  expect(body('/rss.xml')).not.toContain('content:encoded>')
  expect(body('/atom.xml')).not.toContain('<content')
  const [item] = JSON.parse(body('/feed.json')).items
  expect(item.content_text).toBe('A summary.')
  expect(item).not.toHaveProperty('content_html')
})

test('a publication without articles has valid, empty feeds', () => {
  const body = documentsOf({})
  expect(childrenOf(childOf(parseDocument(body('/rss.xml')), 'channel'), 'item')).toEqual([])
  expect(textOf(parseDocument(body('/atom.xml')), 'updated')).toBe('1970-01-01T00:00:00.000Z')
  expect(JSON.parse(body('/feed.json')).items).toEqual([])
})

test('tags in any script get their feeds, and the lists name them all', () => {
  expect(
    textOf(childOf(childOf(parseDocument(bodyOf('/tags/رسانه/rss.xml')), 'channel'), 'item'), 'guid'),
  ).toBe(hostile.id)
  const folders = childrenOf(childOf(parseDocument(bodyOf('/opml.xml')), 'body'), 'outline')
  const outlines = folders.flatMap(folder => [folder, ...childrenOf(folder, 'outline')])
  expect(outlines.map(({ attributes }) => attributes.xmlUrl)).toContain(
    'https://example.org/tags/%D8%B1%D8%B3%D8%A7%D9%86%D9%87/rss.xml',
  )
  expect(childrenOf(parseDocument(bodyOf('/sitemap.xml')), 'url').length).toBeGreaterThan(6)
})
