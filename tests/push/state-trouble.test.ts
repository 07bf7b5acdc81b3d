import { spawnSync } from 'node:child_process'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StateStore } from '../../src/model/state-store.ts'
import {
  openStateFile,
  StateInUseError,
  StatePlaceError,
  stateFileFor,
} from '../../src/runtimes/node/state-file.ts'
import { datedArticle, eventually, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'
import { createWorld } from './subscriber-world.ts'

const callbacks = Array.from({ length: 300 }, (_, number) => `https://reader-${number}.example.net/callback`)

async function subscribeAll(state: StateStore) {
  const world = createWorld(state)
  await world.publish('one')
  for (const callback of callbacks) await world.subscribe(callback)
  return world
}

/** What became of 300 subscriptions after their file was damaged and a server started anew. */
async function afterDamage(damage: (path: string) => void, copied: boolean) {
  using folder = temporaryFolder()
  const path = folder.at('state.sqlite')
  const first = openStateFile(path, 'subscription').state
  await subscribeAll(first)
  if (copied) await first.keepCopy()
  first.close()
  damage(path)
  const { state, mended } = openStateFile(path, 'subscription')
  try {
    const world = createWorld(state)
    await world.publish('one')
    const known = world.hub().list().length
    await world.settle()
    const sentAgain = world.messages().length
    await world.publish('two')
    await world.settle()
    return {
      mended: mended !== null,
      known,
      sentAgain,
      told: new Set(world.messages().map(({ url }) => url.host)).size,
    }
  } finally {
    state.close()
  }
}

const overwrite = (from: number, to: number) => (path: string) => {
  const bytes = readFileSync(path)
  bytes.fill(0x5a, Math.floor(bytes.length * from), Math.floor(bytes.length * to))
  writeFileSync(path, bytes)
}

test.each([
  [
    'its end cut off',
    (path: string) => truncateSync(path, Math.floor(readFileSync(path).length * 0.9)),
    true,
  ],
  ['its middle overwritten', overwrite(0.4, 0.6), true],
  ['its beginning overwritten', overwrite(0, 0.2), true],
  ['all of it overwritten', overwrite(0, 1), true],
])('a state with %s: every promise is kept, nothing is sent twice', async (_, damage, copied) => {
  expect(await afterDamage(damage, copied)).toEqual({ mended: true, known: 300, sentAgain: 0, told: 300 })
})

test('without a copy, what can be read of it is kept', async () => {
  const { mended, known, sentAgain, told } = await afterDamage(overwrite(0.5, 0.55), false)
  expect([mended, sentAgain, told]).toEqual([true, 0, known])
  expect(known).toBeGreaterThan(100)
})

test('a full disk: one line, nobody is told twice, and all are told when there is room', async () => {
  using folder = temporaryFolder()
  const { state } = openStateFile(folder.at('state.sqlite'), 'subscription')
  const world = await subscribeAll(state)
  const [pages] = state.query<{ page_count: number }>('PRAGMA page_count')
  state.query(`PRAGMA max_page_count = ${pages!.page_count}`)
  await expect(world.publish('two')).rejects.toThrow(/full/)
  await expect(world.publish('two')).rejects.toThrow(/full/)
  expect(world.messages()).toEqual([])
  expect(world.said.filter(({ kind }) => kind === 'trouble')).toHaveLength(1)
  state.query('PRAGMA max_page_count = 1000000')
  expect((await world.hub().published(null)).subscribers).toBe(300)
  await world.settle()
  expect([world.messages().length, new Set(world.messages().map(({ url }) => url.host)).size]).toEqual([
    300, 300,
  ])
  state.close()
})

test('what was agreed is said once it is written, never before: a process that dies between the two has promised nothing', async () => {
  using folder = temporaryFolder()
  const { state } = openStateFile(folder.at('state.sqlite'), 'subscription')
  const saidBeforeWritten: string[] = []
  let said: readonly { kind: string }[] = []
  const watched: StateStore = {
    ...state,
    transaction(run, outlives) {
      return state.transaction(() => {
        const before = said.length
        const result = run()
        saidBeforeWritten.push(...said.slice(before).map(({ kind }) => kind))
        return result
      }, outlives)
    },
  }
  const world = createWorld(watched)
  said = world.said
  await world.publish('one')
  await world.subscribe('https://reader.example.net/callback')
  await world.settle()
  expect(world.said.map(({ kind }) => kind)).toContain('subscribed')
  expect(saidBeforeWritten).toEqual([])
  state.close()
})

test('one server at a time looks after a state', () => {
  using folder = temporaryFolder()
  const { state } = openStateFile(folder.at('state.sqlite'), 'subscription')
  expect(() => openStateFile(folder.at('state.sqlite'), 'subscription')).toThrow(StateInUseError)
  state.close()
  openStateFile(folder.at('state.sqlite'), 'subscription').state.close()
})

test('a state never lies among the articles', () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  for (const inside of [folder.path, folder.at('state'), folder.at('deep/er')])
    expect(() => stateFileFor(folder.path, inside, {})).toThrow(StatePlaceError)
  expect(stateFileFor(folder.path, null, { XDG_STATE_HOME: '/var/xdg' })).toMatch(
    /^\/var\/xdg\/broadsheet\/[\da-f]{24}\.sqlite$/,
  )
  expect(stateFileFor(folder.path, '/srv/state', { STATE_DIRECTORY: '/var/lib/b' })).toMatch(
    /^\/srv\/state\//,
  )
})

test('where no state can be written, readers are served, subscribers are refused with 503', {
  timeout: 120_000,
}, async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One'), 'broadsheet.toml': '[push]\nhub = true\n' })
  using place = temporaryFolder({ 'a-file': '' })
  await using server = spawnBroadsheet(['serve', folder.path, '--port', '0'], {
    env: { BROADSHEET_STATE: place.at('a-file/state') },
  })
  const [, url] = await server.until(/Serving at (\S+)/)
  await server.until(/The hub’s state \S+ can’t be written \(ENOTDIR\): no subscriptions are taken/)
  expect((await fetch(`${url}rss.xml`)).status).toBe(200)
  const answer = await fetch(`${url}hub`, {
    method: 'POST',
    body: new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.topic': `${url}rss.xml`,
      'hub.callback': 'https://reader.example.net/',
    }),
  })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '300'])
  folder.write('two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
  await eventually(
    async () => (await (await fetch(`${url}feed.json`)).text()).includes('Two'),
    found => found,
  )
})

const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

// On systems that let nobody make a mount namespace there is no small disk.
test.skipIf(!mayMount).each([
  ['full', { failed: 3, said: 1, kept: 300, told: 300, twice: 0 }],
  ['read-only', { failed: 3, said: 0, kept: 300, told: 300, twice: 0 }],
])(
  'a disk that really is %s: nothing promised is lost, nobody is told twice, and all are told when it is not',
  (kind, expected) => {
    using folder = temporaryFolder()
    const script = join(import.meta.dirname, 'state-on-disk.ts')
    const { stdout, stderr } = spawnSync('unshare', ['-rm', process.execPath, script, folder.path, kind], {
      encoding: 'utf8',
    })
    expect([stderr.replaceAll(/^.*Warning.*\n/gm, ''), JSON.parse(stdout)]).toEqual(['', expected])
  },
)
