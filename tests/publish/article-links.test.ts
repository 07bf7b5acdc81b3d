import { expect, test } from 'vitest'
import { createPipeline, inspect } from '../../src/publish/inspect.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { memorySource } from '../support/memory-source.ts'

const { site } = readSettings('url = "https://news.example.org/"\ntimezone = "UTC"\n')
const now = Date.parse('2026-02-01T00:00:00Z')
const article = (body: string, more = '') =>
  `---\ntitle: An article\ndate: 2026-01-31\n${more}---\n\n${body}\n`
/** The links of one file, and what is said of it. */
function linksOf({ files }: Awaited<ReturnType<typeof inspect>>, path: string) {
  const { article, diagnostics } = files.find(file => file.path === path)!
  return {
    links: [...article!.html.matchAll(/href="([^"]*)"/g)].map(match => match[1]),
    codes: diagnostics.map(({ code }) => code),
  }
}

test('a link to another file leads to that article’s address, wherever it lies', async () => {
  const files = new Map([
    ['one.md', article('[Two](deep/two%20b.md#part) [self](one.md)')],
    ['deep/two b.md', article('[One](../one.md?x=1) [three](three.html)', 'slug: second\n')],
    ['deep/three.html', '<title>Three</title><meta name="date" content="2026-01-30"><p>Words of three.</p>'],
  ])
  const found = await inspect(memorySource(files), site!, { now })
  expect(linksOf(found, 'one.md')).toEqual({
    links: ['https://news.example.org/articles/second/#part', 'https://news.example.org/articles/one/'],
    codes: [],
  })
  expect(linksOf(found, 'deep/two b.md').links).toEqual([
    'https://news.example.org/articles/one/?x=1',
    'https://news.example.org/articles/three/',
  ])
})

test('a link to a file that is not there, or is not an article that can be read, is told of', async () => {
  const files = new Map([
    ['one.md', article('[Gone](gone.md)')],
    ['two.md', article('[Empty](empty.md)')],
    ['empty.md', ''],
  ])
  const found = await inspect(memorySource(files), site!, { now })
  expect(linksOf(found, 'one.md').codes).toEqual(['link-unresolved'])
  expect(linksOf(found, 'two.md')).toEqual({
    links: ['https://news.example.org/empty.md'],
    codes: ['link-unresolved'],
  })
})

test('what is remembered follows: an address that changes, a file that comes and goes', async () => {
  const files = new Map([
    ['one.md', article('[Two](two.md)')],
    ['two.md', article('Words.')],
  ])
  const source = memorySource(files)
  const pipeline = createPipeline(source, site!)
  const look = async () => linksOf(await pipeline.look({ now }), 'one.md')
  expect((await look()).links).toEqual(['https://news.example.org/articles/two/'])
  files.set('two.md', article('Words.', 'slug: other\n'))
  expect((await look()).links).toEqual(['https://news.example.org/articles/other/'])
  files.delete('two.md')
  expect((await look()).codes).toEqual(['link-unresolved'])
  files.set('two.md', article('Words.'))
  expect(await look()).toEqual({ links: ['https://news.example.org/articles/two/'], codes: [] })
})

test('of a link to an article that is withheld the words stay, until it is not', async () => {
  const link = '[The **two**](two.md#part "A title > more") and [three](three.md).'
  const files = new Map([
    ['one.md', article(link)],
    ['two.md', article('Words.', 'slug: hidden\ndraft: true\n')],
    ['three.md', article('More words.')],
  ])
  const source = memorySource(files)
  const pipeline = createPipeline(source, site!)
  const look = async () => {
    const found = await pipeline.look({ now })
    return {
      ...linksOf(found, 'one.md'),
      html: found.files.find(({ path }) => path === 'one.md')!.article!.html,
    }
  }
  const three = 'https://news.example.org/articles/three/'
  const kept = await look()
  expect([kept.links, kept.codes]).toEqual([[three], ['link-withheld']])
  expect(kept.html).toBe(`<p>The <strong>two</strong> and <a href="${three}">three</a>.</p>`)
  files.set('two.md', article('Words.', 'slug: hidden\n'))
  expect(await look()).toMatchObject({
    links: ['https://news.example.org/articles/hidden/#part', three],
    codes: [],
  })
  files.set('two.md', article('Words.', 'slug: hidden\nprivate: true\n'))
  expect(await look()).toMatchObject({ links: [three], codes: ['link-withheld'] })
})

test('what has expired is led to no more, what is to come already is, and what has no date never', async () => {
  const files = new Map([
    ['one.md', article('[Two](two.md) [three](three.md) [four](four.md)')],
    ['two.md', article('Words.', 'expires: 2026-02-10\n')],
    ['three.md', article('More words.', 'publishDate: 2026-03-01\n')],
    ['four.md', '---\ntitle: Four\n---\n\nWords without a day.\n'],
  ])
  const pipeline = createPipeline(memorySource(files), site!)
  const leadsTo = async (time: string) =>
    linksOf(await pipeline.look({ now: Date.parse(time) }), 'one.md').links.map(link =>
      link?.split('/').at(-2),
    )
  expect(await leadsTo('2026-02-01')).toEqual(['two', 'three'])
  expect(await leadsTo('2026-02-11')).toEqual(['three'])
  expect(await leadsTo('2026-02-01')).toEqual(['two', 'three'])
})
