import { existsSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from './command-line.ts'

const day = (date: number) => `2026-01-${String(date).padStart(2, '0')}T00:00:00Z`
const id = (name: string) => `tag:news.example.org,2026:file/${name}`
const settings = 'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\n'
const words = (title: string, date: number, text: string) => datedArticle(title, day(date), text)
const letters = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const article = (letter: string, at: number) =>
  words(`Article ${letter.toUpperCase()}`, at + 1, `The ${(at + 1) * 7919} words of ${letter}, of a kind.`)
const articles = () =>
  Object.fromEntries(letters.map((letter, at): [string, string] => [`${letter}.md`, article(letter, at)]))

test('diff names what publishing would show, kind by kind, and the next publication shows just that', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, ...articles() })
  using out = temporaryFolder()
  const build = () => broadsheet('build', folder.path, '--out', out.at('site'))
  const diff = async () => (await broadsheet('diff', folder.path)).out
  const first = await broadsheet('diff', folder.path)
  expect(first.out.split('\n').toSorted()).toEqual(
    ['', '6 articles new:', ...letters.map(a => `  Article ${a.toUpperCase()}  ${id(`${a}.md`)}`)].toSorted(),
  )
  expect(first.said).toContain('was not published before: there is no broadsheet.ledger.')
  expect(existsSync(folder.at('broadsheet.ledger'))).toBe(false)
  rmSync(folder.at('a.md'))
  await build()
  expect(await diff()).toBe('Subscribers will see no change.\n')

  folder.write('a.md', article('a', 0))
  folder.write('b.md', words('Article B', 2, 'Other words, for once.'))
  folder.write('d.md', words('Article D', 31, `The ${4 * 7919} words of d, of a kind.`))
  rmSync(folder.at('e.md'))
  const ledger = readFileSync(folder.at('broadsheet.ledger'), 'utf8')
  expect(await diff()).toBe(
    `1 article new:
  Article A  ${id('a.md')}
1 article updated:
  Article B  ${id('b.md')}
1 article with another date:
  Article D  ${id('d.md')}  (before: 2026-01-04T00:00:00.000Z)
1 article withdrawn:
  Article E  ${id('e.md')}
`,
  )
  expect(readFileSync(folder.at('broadsheet.ledger'), 'utf8')).toBe(ledger)
  await build()
  expect(await diff()).toBe('Subscribers will see no change.\n')
  folder.write('e.md', article('e', 4))
  folder.write('c.md', words('Article C, renamed', 3, `The ${3 * 7919} words of c, of a kind.`))
  expect(await diff()).toBe(
    `1 article published again:
  Article E  ${id('e.md')}
1 article updated:
  Article C, renamed  ${id('c.md')}  (before: Article C)
`,
  )
})

test('diff --against names what subscribers of another feed would see, kind by kind', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': `${settings}limit = 4\n`, ...articles() })
  const item = (
    letter: string,
    at: number,
    { title = `Article ${letter.toUpperCase()}`, guid = id(`${letter}.md`) } = {},
  ) =>
    `<item><title>${title}</title><guid>${guid}</guid><pubDate>${new Date(day(at + 1)).toUTCString()}</pubDate></item>`
  // A and B are old, and below what the new feed holds; C it does not know; G is nowhere.
  const items = [
    item('d', 3, { guid: 'https://old.example.org/?p=4' }),
    item('e', 20),
    item('f', 5, { title: 'Article F, as it was' }),
    item('g', 6),
  ]
  folder.write('old.xml', `<rss version="2.0"><channel><title>Old</title>${items.join('')}</channel></rss>`)
  const { exitCode, out } = await broadsheet('diff', folder.path, '--against', folder.at('old.xml'))
  expect([exitCode, out]).toEqual([
    0,
    `1 article new:
  Article C  ${id('c.md')}
1 article updated:
  Article F  ${id('f.md')}  (before: Article F, as it was)
1 article shown once more, under another id:
  Article D  ${id('d.md')}  (before: https://old.example.org/?p=4)
1 article with another date:
  Article E  ${id('e.md')}  (before: 2026-01-21T00:00:00.000Z)
1 article withdrawn:
  Article G  ${id('g.md')}
`,
  ])
})
