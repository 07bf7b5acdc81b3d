import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readExposition } from '../support/exposition.ts'
import { broadsheet, datedArticle, eventually, spawnBroadsheet, temporaryFolder } from './command-line.ts'

/*
 * A ledger that only another user may write, in a folder that only he may write: as it is where a publication was checked out by
 * one user and is served by another. Root may write everything, and so has the commands run by nobody (65534).
 */
const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

let folder: ReturnType<typeof temporaryFolder>
beforeAll(async () => {
  folder = temporaryFolder({
    'news/broadsheet.toml': 'url = "https://news.example.org/"\n[serve]\nmetrics = "127.0.0.1:0"\n',
    'news/articles/one.md': datedArticle('One'),
  })
  expect((await broadsheet('build', folder.at('news'), '--out', folder.at('out'))).exitCode).toBe(0)
  chmodSync(folder.at('news/broadsheet.ledger'), 0o444)
  chmodSync(folder.at('news'), 0o555)
  chmodSync(folder.path, 0o755)
  cpSync(folder.at('out'), folder.at('own/out'), { recursive: true })
  for (const path of [
    'own',
    'own/out',
    ...readdirSync(folder.at('own/out'), { recursive: true }).map(name => `own/out/${name}`),
  ])
    chmodSync(folder.at(path), 0o777)
})
afterAll(() => {
  chmodSync(folder.at('news'), 0o755)
  folder[Symbol.dispose]()
})

const said = `can't be written (EACCES). Nothing is published that it could not record.`
const command = (...words: string[]) =>
  spawnBroadsheet(words, { env: { BROADSHEET_CACHE: 'off' }, ...asNobody })

test('serve goes on with what was published, and says, counts and tells readiness what it could not record', async () => {
  await using server = command('serve', folder.at('news'), '--port', '0')
  const [, operations] = await server.until(/Metrics at (\S+)metrics\./)
  const [, url] = await server.until(/Serving at (\S+)/)
  const feed = async () => (await fetch(`${url}feed.json`)).text()
  await server.until(/JSON Feed 1\.1 +(\S+)/)
  const before = await feed()
  expect(before).toContain('"One"')
  folder.write('news/articles/two.md', datedArticle('Two'))
  const ready = async () => (await (await fetch(`${operations}readyz`)).json()) as { publishing?: string }
  expect(await eventually(ready, ({ publishing }) => publishing === 'failing')).toMatchObject({
    status: 'ready',
    publishing: 'failing',
    reason: 'ledger-unwritable',
  })
  const metrics = readExposition(await (await fetch(`${operations}metrics`)).text())
  expect(metrics.get('broadsheet_publications_total{outcome="failure"}')).toBeGreaterThanOrEqual(1)
  expect(server.said() + server.out()).toContain(said)
  expect(server.said() + server.out()).not.toMatch(/\n {4}at /)
  expect(await feed()).toBe(before)
})

test('build says it in a sentence, and leaves what it built before as it is', async () => {
  folder.write('news/articles/two.md', datedArticle('Two'))
  const feed = readFileSync(folder.at('own/out/rss.xml'), 'utf8')
  await using build = command('build', folder.at('news'), '--out', folder.at('own/out'))
  expect(await build.exited).not.toBe(0)
  expect(build.said()).toContain(said)
  expect(build.said()).not.toMatch(/\n {4}at /)
  expect(readFileSync(folder.at('own/out/rss.xml'), 'utf8')).toBe(feed)
})
