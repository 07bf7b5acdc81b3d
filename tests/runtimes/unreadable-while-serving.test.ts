import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { datedArticle, eventually, spawnBroadsheet, temporaryFolder } from './command-line.ts'

const patience = { timeout: 60_000 }
const settings =
  'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\nauthors = ["Broadsheet"]\n'

function folderOfTwo() {
  return temporaryFolder({
    'broadsheet.toml': settings,
    'one.md': datedArticle('One'),
    'two.md': datedArticle('Two'),
  })
}

async function serveAt(folder: string, cache: string) {
  const command = spawnBroadsheet(['serve', folder, '--port', '0'], { env: { BROADSHEET_CACHE: cache } })
  const [, url = ''] = await command.until(/Serving at (\S+)/)
  return Object.assign(command, {
    status: async (path: string) => (await fetch(new URL(path, url))).status,
    entries: async () =>
      ((await (await fetch(new URL('atom.xml', url))).text()).match(/<entry/g) ?? []).length,
  })
}

test('a file that is emptied is said to be empty, and what was published stays', patience, async () => {
  using folder = folderOfTwo()
  using cache = temporaryFolder()
  await using server = await serveAt(folder.path, cache.path)
  folder.write('one.md', '')
  await server.until(
    /1 file is empty: one\.md\. What was published of it stays until it has text again, or is removed\.\n/,
  )
  expect([await server.status('articles/one/'), await server.entries()]).toEqual([200, 2])
  folder.write('two.md', '---\ntitle: Two\ndate: 2026')
  await server.until(/1 file ends inside its front matter: two\.md\. What was published of it stays/)
  expect(server.said()).not.toContain('just now')
  folder.write('two.md', datedArticle('Two'))
  rmSync(folder.at('one.md'))
  await eventually(
    () => server.status('articles/one/'),
    status => status === 410,
  )
  expect(await server.entries()).toBe(1)
})

test(
  'of what nothing remembers the address says that it is away, not that it never was',
  patience,
  async () => {
    using folder = folderOfTwo()
    {
      using cache = temporaryFolder()
      await using server = await serveAt(folder.path, cache.path)
      expect(await server.status('articles/one/')).toBe(200)
    }
    folder.write('one.md', '')
    using cache = temporaryFolder()
    await using server = await serveAt(folder.path, cache.path)
    expect(server.said()).toMatch(
      /1 file is empty: one\.md\. Nothing is remembered of it: it is left out, and/,
    )
    expect(await server.status('articles/one/')).toBe(503)
    expect(await server.status('articles/none/')).toBe(404)
    expect([await server.status('articles/two/'), await server.entries()]).toEqual([200, 1])
    folder.write('one.md', datedArticle('One'))
    await eventually(
      () => server.status('articles/one/'),
      status => status === 200,
    )
  },
)
