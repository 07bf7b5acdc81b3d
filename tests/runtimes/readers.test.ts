import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installedTool } from '../support/installed-tool.ts'
import { broadsheet, datedArticle, eventually, serveFolder, temporaryFolder } from './command-line.ts'

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
  ['the feeds dressed for browsers', 'style_feeds = true\n'],
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

/** Whoever gets only what is new must end up with everything all the same. */
describe('readers that ask for what is new alone lose nothing on it', () => {
  /** Text that no compression makes much shorter, so that a part is always the shorter one. */
  const words = () => randomBytes(3000).toString('base64').replaceAll(/.{8}/g, '$& ')

  async function growing() {
    const folder = temporaryFolder({
      'news/broadsheet.toml': '[serve]\nmetrics = "127.0.0.1:0"\ndeltas = true\n',
    })
    const write = (title: string, day: number) =>
      folder.write(`news/${title}.md`, datedArticle(title, `2026-01-${10 + day}T00:00:00Z`, words()))
    for (const [day, title] of ['Acorn', 'Barley', 'Clover'].entries()) write(title, day)
    const server = await serveFolder(folder.at('news'))
    const [, operations] = await server.until(/Metrics at (\S+metrics)/)
    let day = 3
    return {
      url: server.url,
      async publish(title: string) {
        const count = server.said().split('Published again').length
        write(title, day++)
        await eventually(
          () => server.said().split('Published again').length,
          now => now > count,
        )
      },
      parts: async () =>
        Number(/rss",status="226"} (\d+)/.exec(await (await fetch(operations!)).text())?.[1] ?? 0),
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]()
        folder[Symbol.dispose]()
      },
    }
  }

  test.skipIf(!newsboat)('newsboat', async () => {
    await using server = await growing()
    using home = temporaryFolder({ urls: `${server.url}rss.xml\n`, config: '' })
    const files = ['-u', home.at('urls'), '-c', home.at('cache.db'), '-C', home.at('config')]
    const reload = () =>
      execFileSync(newsboat!, [...files, '-x', 'reload'], { env: { ...process.env, HOME: home.path } })
    // It sends validators from its third poll on.
    for (let poll = 0; poll < 3; poll++) reload()
    for (const title of ['Damson', 'Elder']) {
      await server.publish(title)
      reload()
    }
    const cache = new DatabaseSync(home.at('cache.db'))
    const titles = cache
      .prepare('select title from rss_item order by title')
      .all()
      .map(row => row.title)
    cache.close()
    expect(titles).toEqual(['Acorn', 'Barley', 'Clover', 'Damson', 'Elder'])
    expect(await server.parts()).toBeGreaterThan(0)
  })

  test.skipIf(!python)('python3-feedparser', async () => {
    await using server = await growing()
    const program = `
import feedparser, json, sys
feed = feedparser.parse(sys.argv[1], etag=sys.argv[2] or None)
assert not feed.bozo, feed.bozo_exception
print(json.dumps([feed.status, feed.etag, [entry.title for entry in feed.entries]]))
`
    const ask = (etag: string) =>
      JSON.parse(execFileSync(python!, ['-c', program, `${server.url}rss.xml`, etag], { encoding: 'utf8' }))
    const [status, etag, titles] = ask('')
    expect([status, titles]).toEqual([200, ['Clover', 'Barley', 'Acorn']])
    await server.publish('Damson')
    const [later, laterTag, news] = ask(etag)
    expect([later, news]).toEqual([226, ['Damson']])
    await server.publish('Elder')
    expect(ask(laterTag).slice(2)).toEqual([['Elder']])
  })
})
