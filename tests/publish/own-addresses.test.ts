import { expect, test } from 'vitest'
import { isReservedPath } from '../../src/catalog/addresses.ts'
import type { FeedRule, Site } from '../../src/model/site.ts'
import { broadsheet, datedArticle, temporaryFolder } from '../runtimes/command-line.ts'
import { livingPublication } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'

/** Words that an address of ours begins with. */
const ownWords = [
  'archive',
  'articles',
  'authors',
  'feeds',
  'languages',
  'media',
  'sections',
  'subscribe',
  'tags',
]

interface Checked {
  files: { path: string; article: { url: string }; diagnostics: { code: string }[] }[]
}

const addressesIn = (out: string) =>
  (JSON.parse(out) as Checked).files.map(({ path, article, diagnostics }) => [
    path,
    new URL(article.url).pathname,
    ...diagnostics.map(({ code }) => code),
  ])

test.each([
  ['date', '', (word: string) => `/${word}/2026/01/31/hello.html`],
  ['pretty', 'permalink: pretty\n', (word: string) => `/${word}/2026/01/31/hello/`],
])(
  'a category may be called as a folder of ours: its articles stay where Jekyll has them (%s)',
  async (_, more, wanted) => {
    using folder = temporaryFolder({ '_config.yml': `title: T\nurl: https://example.org\n${more}` })
    for (const word of ownWords)
      folder.write(
        `_posts/2026-01-31-hello.${word}.md`,
        datedArticle(word).replace('---\n', `---\ncategories: ${word}\nslug: hello\n`),
      )
    const { out } = await broadsheet('check', folder.path, '--json')
    expect(addressesIn(out)).toEqual(
      ownWords.map(word => [`_posts/2026-01-31-hello.${word}.md`, wanted(word)]),
    )
  },
)

test('what the publication itself needs is nobody else’s; beside a site that keeps its pages it needs none', async () => {
  const wanted = [
    '/archive/2/',
    '/feeds/',
    '/media/a.png',
    '/rss.xml',
    '/subscribe/',
    '/tags/x/',
    '/tags/x/archive/1/atom.xml',
  ]
  using folder = temporaryFolder({ 'broadsheet.toml': 'title = "T"\nurl = "https://example.org/"\n' })
  for (const [at, address] of wanted.entries())
    folder.write(`${at}.md`, datedArticle(`T ${at}`).replace('---\n', `---\nurl: ${address}\n`))
  const moved = addressesIn((await broadsheet('check', folder.path, '--json')).out)
  expect(moved.map(([, address]) => address).filter(address => wanted.includes(address!))).toEqual([])
  expect(moved.every(([, , code]) => code === 'slug-taken')).toBe(true)
  folder.write('broadsheet.toml', 'title = "T"\nurl = "https://example.org/"\npages = "none"\n')
  expect(addressesIn((await broadsheet('check', folder.path, '--json')).out)).toEqual(
    wanted.map((address, at) => [`${at}.md`, address]),
  )
})

test('every address that a publication makes is reserved, its articles’ alone are not', async () => {
  const all = { tags: [], authors: [], sections: [], languages: [] }
  const rule = { name: 'Own', slug: 'own', include: all, exclude: all } as unknown as FeedRule
  const site: Site = { ...exampleSite, limit: 2, styleFeeds: true, feeds: [rule] }
  const files = new Map<string, string>([['a.png', 'no picture']])
  for (let n = 1; n < 10; n++)
    files.set(
      `${n}.md`,
      `---\ntitle: N ${n}\ndate: 2020-01-0${n}\ntags: [R&D]\nauthor: Broadsheet\nsection: S\nlang: ${n % 2 ? 'en' : 'fa'}\n---\nText ${n * 7919}. ![](a.png)\n`,
    )
  const publish = livingPublication(site, files)
  await publish(Date.parse('2026-01-01T00:00:00Z'))
  const { inspection, documents, publication } = await publish(Date.parse('2026-01-02T00:00:00Z'))
  const articles = new Set(inspection.articles.map(({ url }) => new URL(url).pathname))
  const made = [...documents.keys(), ...publication.media.map(({ path }) => path)]
  expect(
    made.filter(path => /^\/(?:feeds|tags|authors|sections|languages)\/.+\/archive\/\d+\/rss.xml$/.test(path))
      .length,
  ).toBeGreaterThan(4)
  expect(made.filter(path => isReservedPath(path, { pages: 'all' }) === articles.has(path))).toEqual([])
})
