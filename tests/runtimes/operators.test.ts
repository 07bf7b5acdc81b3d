import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { programFile } from '../support/program-file.ts'
import {
  broadsheet,
  datedArticle,
  eventually,
  serveFolder,
  spawnBroadsheet,
  takenPort,
  temporaryFolder,
} from './command-line.ts'

const settings = 'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\n'
const some = (number: number) =>
  Object.fromEntries(
    Array.from({ length: number }, (_, at) => [
      `${at}.md`,
      datedArticle(
        `Article ${at}`,
        `2026-01-${String(at + 1).padStart(2, '0')}T00:00:00Z`,
        `The ${at * 7919} words.`,
      ),
    ]),
  )
test.each([
  ['the server', 'serve . --port 0 --json', /"url":"([^"]+)"/],
  ['wrangler and workerd', 'dev . --worker --port PORT', /Ready on (\S+)/],
])('SIGTERM to npm ends %s that it started', async (_, command, ready) => {
  const { port, [Symbol.asyncDispose]: release } = await takenPort()
  await release()
  using folder = temporaryFolder({
    'one.md': datedArticle('One'),
    // A shell of its own between npm and the program, as most systems have it.
    'package.json': JSON.stringify({
      scripts: {
        feeds: `'${process.execPath}' '${programFile}' ${command.replace('PORT', String(port))}; true`,
      },
    }),
  })
  const npm = spawn('npm', ['run', '-s', 'feeds'], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>(resolve => {
      const look = (text: Buffer) => {
        said += text
        const found = pattern.exec(said)
        if (found) resolve(found)
      }
      npm.stderr.on('data', look)
      npm.stdout.on('data', look)
    })
  const [, url] = await until(ready)
  const feed = (await (await fetch(new URL('feed.json', url))).json()) as { items: { title: string }[] }
  expect(feed.items.map(({ title }) => title)).toEqual(['One'])
  const ended = once(npm, 'exit')
  npm.kill('SIGTERM')
  if (command.startsWith('serve')) await until(/Stopping: npm, which started it, is gone/)
  const state = () =>
    fetch(url!).then(
      () => 'up',
      () => 'down',
    )
  expect(await eventually(state, answer => answer === 'down')).toBe('down')
  // The socket may be closed before the processes have ended.
  await ended
})

test('a line says that it stops, and why', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  await using server = await serveFolder(folder.path)
  server.child.kill('SIGTERM')
  expect(await server.exited).toBe(0)
  expect(server.said()).toContain('Stopping: SIGTERM. Answers under way are finished.')
})

test('an alarm is accepted while the server runs, and it says how', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, ...some(12) })
  await using server = await serveFolder(folder.path)
  for (let at = 0; at < 11; at++) rmSync(folder.at(`${at}.md`))
  const [, number] = await server.until(/error .*[\s\S]*accept (\d+) \S+\. If not/)
  expect(await (await fetch(`${server.url}feed.json`)).json()).toMatchObject({
    items: expect.objectContaining({ length: 12 }),
  })
  expect((await broadsheet('accept', '3', folder.path)).exitCode).toBe(2)
  const { exitCode, out } = await broadsheet('accept', number!, folder.path)
  expect([exitCode, out]).toEqual([0, expect.stringContaining('11 articles withdrawn:')])
  await server.until(/All is well again\./)
  const left = await eventually(
    async () => ((await (await fetch(`${server.url}feed.json`)).json()) as { items: unknown[] }).items.length,
    length => length === 1,
  )
  expect(left).toBe(1)
})

test('where there is no mass change, accept records nothing', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'one.md': datedArticle('One') })
  const { exitCode, said } = await broadsheet('accept', '3', folder.path)
  expect([exitCode, said]).toEqual([2, expect.stringContaining('There is no mass change to accept.')])
  expect(existsSync(folder.at('broadsheet.ledger'))).toBe(false)
})

test('a damaged ledger is an event of its own: level, reason, metric, readiness', async () => {
  using folder = temporaryFolder({
    'broadsheet.toml': `${settings}\n[serve]\nmetrics = "127.0.0.1:0"\nlog = "json"\n`,
    'one.md': datedArticle('One'),
  })
  await using server = spawnBroadsheet(['serve', folder.path, '--port', '0'])
  const [, metrics] = await server.until(/"metrics":"([^"]+)"/)
  folder.write('broadsheet.ledger', 'damaged\n')
  folder.write('two.md', datedArticle('Two'))
  const [line] = await server.until(/.*"event":"publish-failed".*/)
  expect(JSON.parse(line!)).toMatchObject({
    level: 'error',
    event: 'publish-failed',
    reason: 'ledger-damaged',
  })
  expect(line).not.toContain('    at ')
  const ready = await (await fetch(new URL('/readyz', metrics))).json()
  expect(ready).toMatchObject({ status: 'ready', publishing: 'failing', reason: 'ledger-damaged' })
  expect(await (await fetch(metrics!)).text()).toMatch(
    /^broadsheet_publish_failures_total\{reason="ledger-damaged"\} [1-9]/m,
  )
})

test('a ledger that can’t be written says so, and is no stack trace', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'one.md': datedArticle('One') })
  await using server = await serveFolder(folder.path)
  rmSync(folder.at('broadsheet.ledger'))
  mkdirSync(folder.at('broadsheet.ledger'))
  folder.write('two.md', datedArticle('Two'))
  await server.until(/error .*broadsheet\.ledger.*Nothing is published/)
  expect(server.said()).not.toContain('    at ')
})

test('whoever has read enough closes the pipe, and that is no error', async () => {
  using folder = temporaryFolder(some(40))
  const { status, stderr } = await new Promise<{ status: number | null; stderr: string }>(resolve => {
    const child = spawn('bash', [
      '-o',
      'pipefail',
      '-c',
      `'${process.execPath}' '${programFile}' get /rss.xml '${folder.path}' | head -c 10; '${process.execPath}' '${programFile}' check --json '${folder.path}' | head -c 10`,
    ])
    let stderr = ''
    child.stderr.on('data', text => {
      stderr += text
    })
    child.stdout.resume()
    child.on('close', status => resolve({ status, stderr }))
  })
  expect([status, stderr]).toEqual([0, ''])
})

test('get takes a path below the base path, and the whole address', async () => {
  using folder = temporaryFolder({
    'broadsheet.toml': 'url = "https://example.org/news/"\ntimezone = "UTC"\n',
    'one.md': datedArticle('One'),
  })
  const whole = await broadsheet('get', 'https://example.org/news/feed.json', folder.path)
  expect(JSON.parse(whole.out).items).toHaveLength(1)
  for (const path of ['/news/feed.json', '/feed.json'])
    expect((await broadsheet('get', path, folder.path)).out).toBe(whole.out)
  const other = await broadsheet('get', 'https://example.com/feed.json', folder.path)
  expect([other.exitCode, other.said]).toEqual([
    2,
    expect.stringContaining('Its addresses begin with https://example.org/news/'),
  ])
})
