import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installedTool } from '../support/installed-tool.ts'
import { broadsheet, serveFolder, temporaryFolder } from './command-line.ts'

/** What a reader made of one item. `date` in epoch seconds; `author` empty where the article has none. */
interface Listed {
  title: string
  date: number
  author: string
}

const seeds = join(import.meta.dirname, '../../seeds')
const newsboat = installedTool('newsboat')
const sfeed = installedTool('sfeed_update')
const python = pythonWithFeedparser()

/** Feed readers of Debian subscribe to the running server. Without them these tests are skipped; in CI that fails. */
describe.each([
  ['the feeds', ''],
  ['the feeds dressed for browsers', 'dress_feeds = true\n'],
])('of %s readers list every published item with title, date and author', (_, setting) => {
  const publication = temporaryFolder()
  let server: Awaited<ReturnType<typeof serveFolder>>
  let published: Listed[]

  beforeAll(async () => {
    cpSync(seeds, publication.path, { recursive: true })
    const settings = readFileSync(join(seeds, 'broadsheet.toml'), 'utf8')
    publication.write('broadsheet.toml', setting + settings)
    server = await serveFolder(publication.path)
    const { files } = JSON.parse((await broadsheet('check', seeds, '--json')).out)
    published = files
      .filter((file: { status: string }) => file.status === 'published')
      .map(({ article }: { article: { title: string; published: string; authors: { name: string }[] } }) => ({
        title: article.title,
        date: Date.parse(article.published) / 1000,
        author: article.authors.map(({ name }) => name).join(', '),
      }))
    expect(published.length).toBeGreaterThan(8)
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    publication[Symbol.dispose]()
  })

  for (const feed of ['rss.xml', 'atom.xml']) {
    test.skipIf(!newsboat)(`newsboat, ${feed}`, () => {
      using home = temporaryFolder({ urls: `${server.url}${feed}\n`, config: '' })
      const files = ['-u', home.at('urls'), '-c', home.at('cache.db'), '-C', home.at('config')]
      execFileSync(newsboat!, [...files, '-x', 'reload'], { env: { ...process.env, HOME: home.path } })
      const cache = new DatabaseSync(home.at('cache.db'))
      const rows = cache.prepare('select title, pubDate as date, author from rss_item').all()
      cache.close()
      expect(byTitle(rows as unknown as Listed[])).toEqual(byTitle(published))
    })

    test.skipIf(!sfeed)(`sfeed, ${feed}`, () => {
      using home = temporaryFolder()
      home.write('feeds/.keep', '')
      home.write(
        'sfeedrc',
        `sfeedpath="${home.at('feeds')}"\nfeeds() {\n\tfeed "seeds" "${server.url}${feed}"\n}\n`,
      )
      execFileSync(sfeed!, [home.at('sfeedrc')], { stdio: 'pipe' })
      const lines = readFileSync(home.at('feeds/seeds'), 'utf8').replace(/\n$/, '').split('\n')
      const rows = lines.map(line => {
        const [date, title, , , , , author] = line.split('\t')
        return { title: title!, date: Number(date), author: author! }
      })
      expect(byTitle(rows)).toEqual(byTitle(published))
    })

    test.skipIf(!python)(`python3-feedparser, ${feed}`, () => {
      const program = `
import calendar, feedparser, json, sys
feed = feedparser.parse(sys.argv[1])
assert not feed.bozo, feed.bozo_exception
print(json.dumps([{
  'title': entry.title,
  'date': calendar.timegm(entry.published_parsed),
  'author': ', '.join(author.name for author in entry.get('authors', []) if 'name' in author),
} for entry in feed.entries]))
`
      const out = execFileSync(python!, ['-c', program, `${server.url}${feed}`], { encoding: 'utf8' })
      expect(byTitle(JSON.parse(out))).toEqual(byTitle(published))
    })
  }
})

function byTitle(items: Listed[]): Listed[] {
  return items
    .map(({ title, date, author }) => ({ title, date, author }))
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0))
}

/** The system's own Python before one that stands earlier on the PATH: Debian's package is installed for that one. */
function pythonWithFeedparser(): string | null {
  const found = ['/usr/bin/python3', 'python3'].find(
    name => spawnSync(name, ['-c', 'import feedparser'], { stdio: 'ignore' }).status === 0,
  )
  if (!found && process.env.CI) throw new Error('CI must install python3-feedparser')
  return found ?? null
}
