import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { broadsheet, datedArticle, serveFolder, spawnBroadsheet, temporaryFolder } from './command-line.ts'

const settings = `title = "News"
url = "https://news.example.org/blog/"
timezone = "UTC"
hubs = ["https://hub.example.org/"]

[push]
hub = true
`
const files = {
  'broadsheet.toml': settings,
  'one.md': datedArticle('One', undefined, 'See [two](two.md) and ![a picture](p.png).'),
  'two.md': datedArticle('Two', '2026-02-01T00:00:00Z'),
  'p.png': 'not looked at',
  'later.md': datedArticle('Later', '2126-01-01T00:00:00Z'),
  'draft.md': '---\ntitle: Unfinished\ndraft: true\n---\n\nWords.\n',
  'paid.md': '---\ntitle: Paid\ndate: 2026-01-01\nvisibility: paid\n---\n\nWords.\n',
}

interface JsonFeed {
  hubs?: unknown
  items: { id: string; title: string; url: string; content_html: string }[]
}
const feedOf = async (url: string): Promise<JsonFeed> =>
  (await (await fetch(new URL('feed.json', url))).json()) as JsonFeed

test('a preview has local addresses and the ids of the publication, and records nothing', async () => {
  using folder = temporaryFolder(files)
  await using server = await serveFolder(folder.path, '--preview')
  expect(server.url).toMatch(/^http:\/\/localhost:\d+\/blog\/$/)
  expect(server.said()).toContain(
    `Serving at ${server.url} (a preview for this machine: what is published now; nothing is recorded or sent).`,
  )
  const feed = await feedOf(server.url)
  expect(feed.items.map(({ title, id }) => [title, id])).toEqual([
    ['Two', 'tag:news.example.org,2026:file/two.md'],
    ['One', 'tag:news.example.org,2026:file/one.md'],
  ])
  const [two, one] = feed.items
  expect(one!.content_html).toContain(`href="${two!.url}"`)
  const [, picture] = /src="([^"]+)"/.exec(one!.content_html)!
  expect(picture).toContain(server.url)
  for (const url of [picture!, two!.url]) expect([url, (await fetch(url)).status]).toEqual([url, 200])
  expect(JSON.stringify(feed)).not.toContain('news.example.org/')
  // The hub is told of nothing.
  expect(feed.hubs).toEqual([{ type: 'WebSub', url: 'https://hub.example.org/' }])
  server.child.kill('SIGTERM')
  await server.exited
  expect(existsSync(folder.at('broadsheet.ledger'))).toBe(false)
})

test('--drafts shows drafts and what waits, each named as what it is; what is paid for stays away', async () => {
  using folder = temporaryFolder(files)
  await using server = await serveFolder(folder.path, '--drafts')
  expect(server.said()).toContain('(a preview for this machine, with drafts and scheduled articles; nothing')
  const titles = (await feedOf(server.url)).items.map(({ title }) => title).sort()
  expect(titles).toEqual(['Draft: Unfinished', 'One', 'Scheduled for 2126-01-01T00:00:00Z: Later', 'Two'])
  folder.write('draft.md', '---\ntitle: Unfinished\ndraft: true\n---\n\nMore words.\n')
  await server.until(/Published again: 1 updated \(Draft: Unfinished\)/)
})

test('a preview of a folder that was published shows a mass change, which publishing refuses', async () => {
  using folder = temporaryFolder(files)
  using out = temporaryFolder()
  expect((await broadsheet('build', folder.path, '--out', out.at('site'))).exitCode).toBe(0)
  const ledger = readFileSync(folder.at('broadsheet.ledger'), 'utf8')
  for (const name of ['one.md', 'two.md']) folder.write(name, datedArticle(name, '2020-01-01T00:00:00Z'))
  folder.write('three.md', datedArticle('Three'))
  await using server = await serveFolder(folder.path, '--preview')
  expect((await feedOf(server.url)).items).toHaveLength(3)
  expect(readFileSync(folder.at('broadsheet.ledger'), 'utf8')).toBe(ledger)
  const { out: said } = await broadsheet('diff', folder.path)
  expect(said).toContain('1 article new:')
})

test('dev is a preview on this machine', async () => {
  using folder = temporaryFolder(files)
  await using command = spawnBroadsheet(['dev', folder.path, '--port', '0'])
  await command.until(/Serving at http:\/\/localhost:\d+\/blog\/ \(a preview for this machine/)
  await command.until(/JSON Feed/)
  await using drafts = spawnBroadsheet(['dev', folder.path, '--port', '0', '--drafts'])
  await drafts.until(/\(a preview for this machine, with drafts and scheduled articles;/)
})

test('a preview goes to no store', async () => {
  using folder = temporaryFolder(files)
  const { exitCode, said } = await broadsheet('serve', folder.path, '--preview', '--to', 'dir:store')
  expect([exitCode, said]).toEqual([
    2,
    expect.stringContaining('A preview is for this machine, and goes to no store.'),
  ])
})
