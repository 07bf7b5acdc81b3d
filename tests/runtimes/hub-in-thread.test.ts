import { existsSync, renameSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { pushDefaults } from '../../src/model/push-settings.ts'
import { createTopics } from '../../src/push/topics.ts'
import { createHubInThread, type HubReport } from '../../src/runtimes/node/hub-in-thread.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { startSubscriber } from '../push/real-subscriber.ts'
import { publicationOfOneFeed } from '../support/one-feed.ts'
import { eventually, temporaryFolder } from './command-line.ts'

const site = 'http://news.example.org/'
const settings = { ...pushDefaults, hub: true, allowPrivate: true }
/** Milliseconds: a thread begins on machines that may be busy. */
const patience = { timeout: 120_000 }

function createPublication() {
  const store = createMemoryStore()
  const publish = (body: string) => store.publish(publicationOfOneFeed(site, body))
  return { publish, topics: createTopics(store, Date.now) }
}

const wish = (callback: string) => ({
  mode: 'subscribe' as const,
  door: 'websub' as const,
  topic: '/rss.xml',
  callback,
  lease: 3600,
  secret: 'a secret',
  verifyToken: null,
  unchallenged: false,
})

test('a hub in a thread tells what is published here, and says what became of it', patience, async () => {
  using folder = temporaryFolder()
  await using reader = await startSubscriber('a secret')
  const { publish, topics } = createPublication()
  const said: HubReport[] = []
  const told = () => said.filter(({ kind }) => kind === 'told').length
  const task = { path: folder.at('state/hub.sqlite'), settings, secrets: [] }
  const hub = createHubInThread(task, topics, report => said.push(report))
  await publish('one')
  expect(await hub.published(null)).toEqual({ subscribers: 0, webhooks: 0 })
  expect(await hub.take([wish(reader.url)])).toBe(true)
  await eventually(
    () => said.map(({ kind }) => kind),
    kinds => kinds.includes('subscribed'),
  )
  for (const [number, words] of ['two', 'three'].entries()) {
    await publish(words)
    expect(await hub.published(null)).toEqual({ subscribers: 1, webhooks: 0 })
    await eventually(told, times => times === number + 1)
  }
  expect(reader.received.map(({ body, signedWell }) => [body, signedWell])).toEqual([
    ['two', true],
    ['three', true],
  ])
  expect(await hub.numbers()).toMatchObject({ subscriptions: 1, waiting: 0, arrived: 2, failed: 0 })
  await hub.stop()
  // What it knew is written, and nobody holds it any more.
  const next = createHubInThread(task, topics, () => {})
  expect(await next.numbers()).toMatchObject({ subscriptions: 1 })
  await next.stop()
})

test('a hub whose thread ends loses nothing: it says so, begins anew, and tells', patience, async () => {
  using folder = temporaryFolder()
  const mark = folder.at('has-ended')
  folder.write(
    'ending.mjs',
    `import { existsSync, writeFileSync } from 'node:fs'
     import { parentPort } from 'node:worker_threads'
     if (existsSync(${JSON.stringify(mark)})) await import(${JSON.stringify(import.meta.resolve('../../src/runtimes/node/hub-thread.ts'))})
     else parentPort.on('message', () => { writeFileSync(${JSON.stringify(mark)}, ''); throw new Error('no more room') })`,
  )
  const { publish, topics } = createPublication()
  const said: HubReport[] = []
  const task = { path: folder.at('state/hub.sqlite'), settings, secrets: [] }
  const program = pathToFileURL(folder.at('ending.mjs'))
  const hub = createHubInThread(task, topics, report => said.push(report), { program, tryAgain: 1 })
  await publish('one')
  await expect(hub.published(null)).rejects.toThrow('no more room')
  expect(existsSync(mark)).toBe(true)
  await eventually(
    () => said.map(({ kind }) => kind),
    kinds => kinds.includes('recovered'),
  )
  expect(said).toEqual([{ kind: 'broken', reason: 'no more room' }, { kind: 'recovered' }])
  expect(await hub.published(null)).toEqual({ subscribers: 0, webhooks: 0 })
  await hub.stop()
})

test(
  'what was published while the state could not be written is told when it can, though only a ping came since',
  patience,
  async () => {
    using folder = temporaryFolder()
    await using receiver = await startSubscriber()
    const { publish, topics } = createPublication()
    const secret = `whsec_${Buffer.alloc(24, 'x').toString('base64')}`
    const task = {
      path: folder.at('state/hub.sqlite'),
      settings: {
        ...settings,
        webhooks: [{ url: receiver.url, secretEnv: 'SECRET', events: ['published' as const] }],
      },
      secrets: [[receiver.url, secret]] as [string, string][],
    }
    const article = (id: string) => ({ id, title: id, url: `${site}${id}`, published: 0, revised: 0 })
    await publish('one')
    const first = createHubInThread(task, topics, () => {})
    await first.published([article('old')])
    await first.stop()
    renameSync(folder.at('state'), folder.at('aside'))
    folder.write('state', 'no folder')
    const said: HubReport[] = []
    const hub = createHubInThread(task, topics, report => said.push(report), { tryAgain: 20 })
    expect(await hub.published([article('old'), article('new')])).toBeNull()
    expect(await hub.published(null)).toBeNull()
    rmSync(folder.at('state'))
    renameSync(folder.at('aside'), folder.at('state'))
    await eventually(
      () => receiver.received.map(({ body }) => JSON.parse(body).data?.title ?? body),
      bodies => bodies.length > 0,
    )
    expect(receiver.received.map(({ body }) => body)).toEqual([expect.stringContaining('"new"')])
    expect(said.map(({ kind }) => kind).slice(0, 2)).toEqual(['closed', 'recovered'])
    await hub.stop()
  },
)
