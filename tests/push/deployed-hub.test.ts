import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { datedArticle, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'
import { startSubscriber, subscribeTo } from './real-subscriber.ts'

/** Milliseconds: each of these starts wrangler and workerd, on machines that may be busy. */
const patience = { timeout: 300_000 }
const push = '[push]\nhub = true\nallow_private = true\n'

function aProject(settings = 'url = "https://news.example.org/"\n') {
  return temporaryFolder({
    'package.json': '{ "name": "stranger", "private": true, "type": "module" }',
    'articles/one.md': datedArticle('One'),
    'articles/broadsheet.toml': `title = "News"\ntimezone = "UTC"\n${settings}${push}`,
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function broadsheetIn(project: { path: string }, ...words: string[]) {
  const command = spawnBroadsheet(words, {
    cwd: project.path,
    env: {
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_WRITE_LOGS: 'false',
    },
  })
  const exitCode = await command.exited
  return { exitCode, said: command.said() + command.out() }
}

/** It ends what it has started, which a process that is killed can't. */
function devWorker(project: { path: string }, port: number) {
  const command = spawnBroadsheet(['dev', 'articles', '--worker', '--port', String(port)], {
    cwd: project.path,
  })
  return {
    until: command.until,
    async [Symbol.asyncDispose]() {
      command.child.kill('SIGTERM')
      await command.exited
    },
  }
}

test(
  'a deployed Worker is a hub: who subscribes is told of the next deployment, signed',
  patience,
  async () => {
    using project = aProject()
    await using reader = await startSubscriber('a secret')
    const port = await freePort()
    const dev = () => devWorker(project, port)
    const feed = `http://localhost:${port}/rss.xml`
    {
      await using worker = dev()
      await worker.until(/Ready on/)
      const asked = await subscribeTo(feed, `${reader.url}callback`, { 'hub.secret': 'a secret' })
      expect([asked.status, asked.topic]).toEqual([202, feed])
      await worker.until(/"kind":"subscribed"/)
    }
    project.write('articles/two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
    await using worker = dev()
    await worker.until(/Ready on/)
    // The first reader of a deployment makes it known.
    const now = await (await fetch(feed)).text()
    await worker.until(/"kind":"told","arrived":1/)
    expect(reader.received).toMatchObject([{ path: '/callback', signedWell: true, body: now }])
    expect(now).toContain('<title>Two</title>')
  },
)

test('deploy binds what a hub needs, and nothing of it where there is none', patience, async () => {
  using project = aProject()
  const { exitCode, said } = await broadsheetIn(project, 'deploy', 'articles', '--dry-run')
  expect([exitCode, said]).toEqual([0, expect.stringContaining('--dry-run: exiting now')])
  const made = () => JSON.parse(readFileSync(project.at('.broadsheet/worker/wrangler.json'), 'utf8'))
  expect(made()).toMatchObject({
    durable_objects: { bindings: [{ name: 'HUB', class_name: 'Hub' }] },
    migrations: [{ new_sqlite_classes: ['Hub'] }],
    triggers: { crons: ['*/10 * * * *'] },
  })
  expect(readFileSync(project.at('.broadsheet/worker/worker.js'), 'utf8')).toContain('export { Hub }')
  // A hub on another host is asked there.
  project.write(
    'articles/broadsheet.toml',
    `url = "https://news.example.org/"\n${push}hub_url = "https://hub.example.org/"\n`,
  )
  expect((await broadsheetIn(project, 'deploy', 'articles', '--no-upload')).exitCode).toBe(0)
  expect(made()).not.toHaveProperty('durable_objects')
  expect(readFileSync(project.at('.broadsheet/worker/worker.js'), 'utf8')).not.toContain('Hub')
})

test(
  'settings of somebody’s own that bind no object for the hub are refused, with what they lack',
  patience,
  async () => {
    using project = aProject()
    project.write('wrangler.toml', 'name = "own"\nmain = ".broadsheet/worker/worker.js"\n')
    const { exitCode, said } = await broadsheetIn(project, 'deploy', 'articles', '--no-upload')
    expect([exitCode, said]).toEqual([
      2,
      expect.stringContaining('wrangler.toml binds no Durable Object for it'),
    ])
  },
)
