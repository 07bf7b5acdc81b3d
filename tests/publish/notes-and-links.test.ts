import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { imageSize } from '../../src/media/image-size.ts'
import type { siteDefaults } from '../../src/model/site.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { byPath } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const now = Date.UTC(2026, 5, 1)

async function publish(
  files: Record<string, string | Uint8Array>,
  settings: Partial<typeof siteDefaults> = {},
) {
  const source = memorySource(new Map(Object.entries(files)))
  const site = { ...exampleSite, ...settings }
  const inspection = await inspect(source, site, { now, ledgerKept: true })
  const publication = renderPublication(site, inspection, { now, source })
  const documents = byPath(publication.documents)
  const body = (path: string) => documents.get(path)!.body
  return { publication, body, json: () => JSON.parse(body('/feed.json')) }
}
const note = '---\ndate: 2026-01-02\n---\nJust saw a heron on the canal.\n'
const link = '---\ntitle: On tides\ndate: 2026-01-01\nlink: https://essay.example/tides\n---\nI liked it.\n'

test('a note without a title has none in RSS and JSON Feed, and its first words in Atom', async () => {
  const { body, json } = await publish({ 'n.md': note })
  expect(body('/rss.xml')).not.toMatch(/<item>\s*<title>/)
  expect(json().items[0]).not.toHaveProperty('title')
  expect(body('/atom.xml')).toContain('<title type="text">Just saw a heron on the canal.</title>')
})

test('its first words are its title everywhere where the settings say so', async () => {
  const { body, json } = await publish({ 'n.md': note }, { untitled: 'first-words' })
  expect(body('/rss.xml')).toMatch(/<item>\s*<title>Just saw a heron/)
  expect(json().items[0].title).toBe('Just saw a heron on the canal.')
})

test('a link post names what it links to in all formats, in its text and on its page', async () => {
  const { body, json } = await publish({ 'l.md': link })
  expect(json().items[0]).toMatchObject({ external_url: 'https://essay.example/tides', title: 'On tides' })
  expect(json().items[0].url).toBe('https://example.org/articles/l/')
  expect(body('/rss.xml')).toContain('<atom:link rel="related" href="https://essay.example/tides"/>')
  expect(body('/atom.xml')).toContain(
    '<link rel="related" type="text/html" href="https://essay.example/tides"/>',
  )
  for (const path of ['/rss.xml', '/atom.xml', '/articles/l/'])
    expect(body(path)).toContain('<a href="https://essay.example/tides">→ essay.example/tides</a>')
})

test('a link post without a word is published, and a link into the publication is no link post', async () => {
  const { json } = await publish({
    'only.md': '---\ntitle: Only a link\ndate: 2026-01-01\nexternal_url: https://essay.example/x\n---\n',
    'own.md': '---\ntitle: Own\ndate: 2026-01-02\nlink: https://example.org/articles/own/\n---\nText.\n',
  })
  expect(
    json().items.map(({ title, external_url }: Record<string, string>) => [title, external_url]),
  ).toEqual([
    ['Own', undefined],
    ['Only a link', 'https://essay.example/x'],
  ])
})

test('of several authors RSS names all in one element, JSON Feed and Atom each', async () => {
  const { body, json } = await publish({
    'a.md': '---\ntitle: A\ndate: 2026-01-01\nauthors: [One, Two]\n---\nText.\n',
  })
  expect(body('/rss.xml').match(/<dc:creator>.*?<\/dc:creator>/g)).toEqual([
    '<dc:creator>One, Two</dc:creator>',
  ])
  expect(json().items[0].authors).toEqual([{ name: 'One' }, { name: 'Two' }])
})

test('a complete feed has no archives, and one that has archives is not complete', async () => {
  const one = { 'a.md': '---\ntitle: A\ndate: 2026-01-01\n---\nText.\n' }
  for (const [limit, complete, archived] of [
    [1, false, true],
    [2, true, false],
  ] as const) {
    const { body } = await publish(one, { limit })
    expect(
      [body('/rss.xml').includes('<fh:complete'), body('/rss.xml').includes('prev-archive')],
      `limit ${limit}`,
    ).toEqual([complete, archived])
  }
})

test('the description of the channel is escaped once, and a collection speaks the language of its articles', async () => {
  const { body } = await publish(
    { 'a.md': '---\ntitle: A\ndate: 2026-01-01\ntags: [x]\nlang: de\n---\nEin Text.\n' },
    { description: 'Fish & chips' },
  )
  expect(body('/rss.xml')).toContain('<description>Fish &#x26; chips</description>')
  expect(body('/tags/x/rss.xml')).toContain('<language>de</language>')
  expect(body('/rss.xml')).toContain('<language>en</language>')
})

test('a feed of one’s own says of itself what it likes, and holds what it likes', async () => {
  const files = Object.fromEntries(
    [1, 2, 3].map(day => [
      `${day}.md`,
      `---\ntitle: T${day}\ndate: 2026-01-0${day}\ntags: [x]\n---\nText ${day}.\n`,
    ]),
  )
  const empty = { tags: [], authors: [], sections: [], languages: [] }
  const feed = {
    name: 'Own',
    slug: 'own',
    include: { ...empty, tags: ['x'] },
    exclude: empty,
    title: 'A title',
    description: 'What it is.',
    language: 'en-GB',
    image: 'https://example.org/own.png',
    limit: 2,
  }
  const { body } = await publish(files, { feeds: [feed] })
  const rss = body('/feeds/own/rss.xml')
  expect(rss).toMatch(
    /<title>A title<\/title>[\s\S]*<description>What it is\.<\/description>[\s\S]*<language>en-GB<\/language>/,
  )
  expect(rss).toContain('<url>https://example.org/own.png</url>')
  expect(rss.match(/<item>/g)).toHaveLength(2)
  expect(body('/rss.xml').match(/<item>/g)).toHaveLength(3)
})

test('a feed holds no more than it may, and one article at least', async () => {
  const files = Object.fromEntries(
    [1, 2, 3].map(day => [
      `${day}.md`,
      `---\ntitle: T${day}\ndate: 2026-01-0${day}\n---\n${'Word '.repeat(3_000)}\n`,
    ]),
  )
  const { body, json } = await publish(files, { maxFeedBytes: 40_000 })
  expect(body('/rss.xml').match(/<item>/g)).toHaveLength(2)
  expect(body('/rss.xml')).not.toContain('fh:complete')
  expect(json().items).toHaveLength(2)
  const { json: least } = await publish(files, { maxFeedBytes: 1 })
  expect(least().items).toHaveLength(1)
})

test('names with signs of their own are spelt in one way, whichever form of accents their files have', async () => {
  const names = [
    'a+b.png',
    'a,b.png',
    'a&b.png',
    "a'b.png",
    'a#b.png',
    'a?b.png',
    '100%.png',
    'Zu\u0308rich.png',
  ]
  const written = names.map(name => encodeURIComponent(name.normalize('NFC')))
  const pictures = Object.fromEntries(names.map(name => [`pics/${name}`, new Uint8Array([1])]))
  const text = written.map(name => `![x](pics/${name})`).join('\n\n')
  const { publication, body } = await publish({
    'a.md': `---\ntitle: A\ndate: 2026-01-01\nimage: "pics/${written.at(-1)}"\n---\n${text}\n`,
    ...pictures,
  })
  const sources = [...body('/articles/a/').matchAll(/<img[^>]* src="([^"]*)"/g)].map(match =>
    match[1]!.replaceAll('&amp;', '&'),
  )
  expect(sources).toHaveLength(names.length)
  expect(sources.map(source => decodeURIComponent(new URL(source).pathname)).sort()).toEqual(
    publication.media.map(({ path }) => path).sort(),
  )
})

test('an icon of the publication is where programs look for one', async () => {
  const { publication } = await publish(
    { 'n.md': note, 'icon.png': new Uint8Array([1]) },
    { icon: 'icon.png' },
  )
  expect(publication.media.map(({ path }) => path)).toEqual([
    '/media/icon.png',
    '/favicon.ico',
    '/apple-touch-icon.png',
  ])
})

test('a picture of the folder says its size on the page and in feeds, unless the author does', async () => {
  const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/pictures/colour.png'))
  const { body, json } = await publish({
    'a.md':
      '---\ntitle: A\ndate: 2026-01-01\n---\n![x](p.png)\n\n<img src="p.png" alt="y" width="7">\n\n![z](https://cdn.example/p.png)\n',
    'p.png': new Uint8Array(picture),
  })
  const { width, height } = imageSize(picture)!
  const [own, given, foreign] = json().items[0].content_html.match(/<img[^>]*>/g)
  expect(own).toContain(` width="${width}" height="${height}"`)
  expect(given).toContain(' width="7"')
  expect(given + foreign).not.toContain('height')
  for (const path of ['/rss.xml', '/atom.xml', '/articles/a/']) expect(body(path)).toContain(own.slice(0, -1))
})

test('a heading that is a link to somebody else’s page makes a link post of its article', async () => {
  const head = '---\ndate: 2026-01-01\n---\n'
  const { body, json } = await publish({
    'a.md': `${head}# [A fine essay](https://essay.example/a)\n\nI liked it.\n`,
  })
  expect(json().items[0]).toMatchObject({ title: 'A fine essay', external_url: 'https://essay.example/a' })
  expect(body('/rss.xml')).toContain('https://essay.example/a')
})

test('a heading that is the title stays in the text where that alone has its picture or its links', async () => {
  const head = '---\ntitle: On herons\ndate: 2026-01-01\n---\n'
  const of = async (heading: string) =>
    (await publish({ 'a.md': `${head}# ${heading}\n\nWords.\n` })).json().items[0].content_html
  expect(await of('On [herons](https://h.example/)')).toContain(
    '<a href="https://h.example/">herons</a></h1>',
  )
  expect(await of('On herons ![](https://h.example/p.png)')).toContain('p.png')
  expect(await of('On herons [](#on-herons)')).toBe('<p>Words.</p>')
})

test('a heading that is the title with other quotation marks stands once', async () => {
  const text = '---\ntitle: "Don’t “panic”"\ndate: 2026-01-01\n---\n# Don\'t "panic"\n\nWords.\n'
  const { json } = await publish({ 'a.md': text })
  expect(json().items[0].content_html).toBe('<p>Words.</p>')
})

test('a formula that has its lines for itself is in no summary, unless there is nothing else', async () => {
  const head = '---\ntitle: A\ndate: 2026-01-01\n---\n$$\nx^2\n$$\n'
  const of = async (text: string) => (await publish({ 'a.md': head + text })).json().items[0].summary
  expect(await of('\nWords of $y$.\n')).toBe('Words of $y$.')
  expect(await of('')).toContain('x^2')
})
