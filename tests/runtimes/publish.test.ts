import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { expect, test } from 'vitest'
import {
  broadsheet,
  datedArticle,
  eventually,
  serveFolder,
  spawnBroadsheet,
  takenPort,
  temporaryFolder,
} from './command-line.ts'

const settings = 'title = "The News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\n'
const folderOf = (files: Record<string, string>) => temporaryFolder({ 'broadsheet.toml': settings, ...files })

const published = (out: string) =>
  JSON.parse(out) as { generation: number; changed: boolean; added: string[]; withdrawn: string[] }

async function idsIn(url: string): Promise<string[]> {
  const answer = await fetch(`${url}feed.json`)
  if (!answer.ok) return [String(answer.status)]
  return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id)
}

test('what is published to a store is served from it by a server without the folder, and so is each edit', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder()
  const store = `dir:${stores.at('store')}`
  await using server = spawnBroadsheet(['serve', '--from', store, '--port', '0', '--poll', '1'])
  const [, url = ''] = await server.until(/Serving \S+ at (\S+?)\. /)
  expect((await fetch(`${url}rss.xml`)).status).toBe(503)

  const first = await broadsheet('publish', folder.path, '--to', store, '--json')
  expect([first.exitCode, published(first.out)]).toEqual([
    0,
    expect.objectContaining({ generation: 1, changed: true }),
  ])
  const ids = await eventually(
    () => idsIn(url),
    found => found.length === 1 && found[0] !== '503',
  )
  expect(ids).toEqual(published(first.out).added)
  expect(existsSync(folder.at('broadsheet.ledger'))).toBe(false)

  const again = await broadsheet('publish', folder.path, '--to', store, '--json')
  expect(published(again.out)).toMatchObject({ generation: 1, changed: false })

  folder.write('renamed.md', datedArticle('One'))
  rmSync(folder.at('one.md'))
  folder.write('two.md', datedArticle('Two', '2026-02-01T09:30:00Z'))
  const second = await broadsheet('publish', folder.path, '--to', store, '--json')
  expect(published(second.out)).toMatchObject({ generation: 2, withdrawn: [] })
  expect(
    await eventually(
      () => idsIn(url),
      found => found.length === 2,
    ),
  ).toEqual([...published(second.out).added, ...ids])
  const before = await fetch(`${url}articles/one/`, { redirect: 'manual' })
  expect([before.status, before.headers.get('location')]).toEqual([
    301,
    'https://news.example.org/articles/renamed/',
  ])

  server.child.kill('SIGTERM')
  expect(await server.exited).toBe(0)
})

test('serve publishes to a store too, and each edit is served by whoever reads from there', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder()
  const store = `dir:${stores.at('store')}`
  await using publishing = await serveFolder(folder.path, '--to', store)
  await using server = spawnBroadsheet(['serve', '--from', store, '--port', '0', '--poll', '1'])
  const [, url = ''] = await server.until(/Serving \S+ at (\S+?)\. /)
  const [first] = await idsIn(url)
  folder.write('two.md', datedArticle('Two', '2026-02-01T09:30:00Z'))
  await publishing.until(/Published again: 1 new \(Two\)/)
  await server.until(/Serving generation 2/)
  expect((await idsIn(url)).slice(1)).toEqual([first])
  expect(await idsIn(publishing.url)).toEqual(await idsIn(url))
})

test('a folder that was published before goes on with its ids', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder()
  await broadsheet('build', folder.path, '--out', stores.at('out'))
  const [known] = (
    JSON.parse(readFileSync(stores.at('out/feed.json'), 'utf8')) as { items: { id: string }[] }
  ).items
  folder.write('moved.md', datedArticle('One'))
  rmSync(folder.at('one.md'))
  const ledger = readFileSync(folder.at('broadsheet.ledger'), 'utf8')
  const { out } = await broadsheet('publish', folder.path, '--to', `dir:${stores.at('store')}`, '--json')
  expect(published(out)).toMatchObject({ added: [], withdrawn: [] })
  await using server = spawnBroadsheet(['serve', '--from', `dir:${stores.at('store')}`, '--port', '0'])
  const [, url = ''] = await server.until(/Serving \S+ at (\S+?)\. /)
  expect(await idsIn(url)).toEqual([known?.id])
  expect(readFileSync(folder.at('broadsheet.ledger'), 'utf8')).toBe(ledger)
})

test('publishers in a race lose nothing', async () => {
  using folder = folderOf(
    Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`${index}.md`, datedArticle(`Article ${index}`)]),
    ),
  )
  using stores = temporaryFolder()
  const store = `dir:${stores.at('store')}`
  const runs = Array.from({ length: 4 }, () =>
    spawnBroadsheet(['publish', folder.path, '--to', store, '--json']),
  )
  expect(await Promise.all(runs.map(run => run.exited))).toEqual([0, 0, 0, 0])
  const { out } = await broadsheet('store', 'list', store, '--json')
  const { generations } = JSON.parse(out) as { generations: { generation: number }[] }
  expect(generations.map(({ generation }) => generation)).toEqual([1])
})

test.each([
  ['a name that is none', ['publish', '--to', 'ftp://x'], /"ftp:\/\/x" names no store/, 2],
  ['a bucket without credentials', ['publish', '--to', 's3://news'], /no credentials for the bucket news/, 2],
  [
    'an endpoint that is none',
    ['publish', '--to', 's3://news?endpoint=nowhere'],
    /The endpoint "nowhere" is not an address/,
    2,
  ],
  ['an account without a bucket', ['publish', '--to', 'r2://account'], /names no bucket/, 2],
  [
    'a generation that is none',
    ['store', 'rollback', 'dir:.', 'one'],
    /"one" is not the number of a generation/,
    2,
  ],
  [
    'a generation that there is not',
    ['store', 'rollback', 'dir:nowhere', '7'],
    /There is no generation 7/,
    2,
  ],
])('%s is said in a sentence', async (_, [command = '', ...words], expected, code) => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  const credentials = {
    AWS_ACCESS_KEY_ID: '',
    AWS_SHARED_CREDENTIALS_FILE: folder.at('none'),
    AWS_CONFIG_FILE: folder.at('none'),
  }
  const run = spawnBroadsheet([command, ...(command === 'publish' ? [folder.path] : []), ...words], {
    env: credentials,
    cwd: folder.path,
  })
  expect(await run.exited).toBe(code)
  expect(run.said()).toMatch(expected)
  expect(run.said()).not.toMatch(/ at .*\.ts:/)
})

test('without an address nothing is published', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  const { exitCode, said } = await broadsheet('publish', folder.path, '--to', `dir:${folder.at('store')}`)
  expect([exitCode, said]).toEqual([2, expect.stringContaining('The publication has no address yet')])
})

test('several processes share a port: all serve each publication, one that is killed is replaced, and a signal ends all', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder()
  const store = `dir:${stores.at('store')}`
  await broadsheet('publish', folder.path, '--to', store)
  const place = stores.at('metrics.sock')
  await using server = spawnBroadsheet([
    'serve',
    '--from',
    store,
    '--port',
    '0',
    '--poll',
    '1',
    '--workers',
    '3',
    '--metrics',
    place,
  ])
  const [, url = ''] = await server.until(/Serving \S+ at (\S+?)\. /)
  await server.until(/3 processes serve\./)
  // Said by one of them.
  expect(server.said().match(/Serving \S+ at /g)).toHaveLength(1)
  const metrics = () => ask(place, '/metrics')
  const processes = async () => [
    ...new Set(
      [...(await metrics()).matchAll(/process_start_time_seconds\{worker="(\d)"\} (\S+)/g)].map(String),
    ),
  ]
  const before = await processes()
  expect(before).toHaveLength(3)
  // Connections of their own, so that they go round.
  const fetched = () =>
    fetch(`${url}feed.json`, { headers: { connection: 'close' } }).then(
      answer => answer.status,
      () => 0,
    )
  expect(await Promise.all(Array.from({ length: 9 }, fetched))).toEqual(Array(9).fill(200))
  const answers = [
    ...(await metrics()).matchAll(
      /broadsheet_http_requests_total\{[^}]*format="json"[^}]*worker="(\d)"\} (\d+)/g,
    ),
  ]
  expect(answers.reduce((sum, [, , number]) => sum + Number(number), 0)).toBe(9)
  expect(JSON.parse(await ask(place, '/readyz'))).toEqual({
    status: 'ready',
    generation: 1,
    publishing: 'ok',
  })

  folder.write('two.md', datedArticle('Two', '2026-02-01T09:30:00Z'))
  await broadsheet('publish', folder.path, '--to', store)
  const generation = () => ask(place, '/readyz').then(text => JSON.parse(text).generation)
  expect(await eventually(generation, found => found === 2)).toBe(2)

  process.kill(childrenOf(server.child.pid ?? 0)[1] ?? 0, 'SIGKILL')
  await server.until(/A server process ended by SIGKILL; another takes its place\./)
  await eventually(processes, found => found.length === 3 && found.some(it => !before.includes(it)))
  expect(await processes()).toHaveLength(3)
  const children = childrenOf(server.child.pid ?? 0)
  expect(children).toHaveLength(3)
  server.child.kill('SIGTERM')
  expect(await server.exited).toBe(0)
  for (const pid of children) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('while a store is away, what is known is served, and /readyz and the log say so until it is back', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder()
  const store = `dir:${stores.at('store')}`
  await broadsheet('publish', folder.path, '--to', store)
  const place = stores.at('metrics.sock')
  const words = ['serve', '--from', store, '--port', '0', '--poll', '1', '--metrics', place]
  await using server = spawnBroadsheet(words)
  const [, url = ''] = await server.until(/Serving \S+ at (\S+?)\. /)
  const known = await idsIn(url)
  renameSync(stores.at('store'), stores.at('elsewhere'))
  writeFileSync(stores.at('store'), 'no folder')
  await server.until(/can't be read: .* What is known is served/)
  const readiness = async () => JSON.parse(await ask(place, '/readyz'))
  expect(await readiness()).toEqual({
    status: 'ready',
    generation: 1,
    publishing: 'failing',
    reason: 'store',
  })
  expect(await idsIn(url)).toEqual(known)
  const unknown = await fetch(`${url}articles/one/`)
  expect([unknown.status, unknown.headers.has('retry-after')]).toEqual([503, true])
  rmSync(stores.at('store'))
  renameSync(stores.at('elsewhere'), stores.at('store'))
  await server.until(/answers again/)
  expect(await readiness()).toEqual({ status: 'ready', generation: 1, publishing: 'ok' })
  expect((await fetch(`${url}articles/one/`)).status).toBe(200)
})

test('a store is not copied among the files of somebody else', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder({ 'site/index.html': 'theirs' })
  const store = `dir:${stores.at('store')}`
  await broadsheet('publish', folder.path, '--to', store)
  const { exitCode, said } = await broadsheet('store', 'copy', store, `dir:${stores.at('site')}`)
  expect([exitCode, said]).toEqual([2, expect.stringContaining('belong to no store, like index.html')])
  expect(readdirSync(stores.at('site'))).toEqual(['index.html'])
  const { exitCode: fit } = await broadsheet('store', 'copy', store, `dir:${stores.at('copy')}`)
  expect(fit).toBe(0)
})

test('processes that can’t listen say why, once, and end; a folder is looked after by one', async () => {
  using folder = folderOf({ 'one.md': datedArticle('One') })
  using stores = temporaryFolder()
  await using taken = await takenPort()
  const store = `dir:${stores.at('store')}`
  const server = spawnBroadsheet(['serve', '--from', store, '--port', String(taken.port), '--workers', '2'])
  expect(await server.exited).not.toBe(0)
  expect(server.said().match(/Port \d+ is taken/g)).toHaveLength(1)
  const { exitCode, said } = await broadsheet('serve', folder.path, '--workers', '2')
  expect([exitCode, said]).toEqual([2, expect.stringContaining('--workers goes with --from')])
})

/** The text at a path of a server that listens at a socket. */
function ask(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path, agent: false }, async answer => {
      resolve((await answer.setEncoding('utf8').toArray()).join(''))
    }).on('error', reject)
  })
}

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number)
}
