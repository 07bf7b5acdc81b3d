import { expect, test } from 'vitest'
import { createJobQueue } from '../../src/push/job-queue.ts'
import { preparePushTables } from '../../src/push/push-tables.ts'
import { createSubscriptions } from '../../src/push/subscriptions.ts'
import { openStateFile, stateFileFor } from '../../src/runtimes/node/state-file.ts'
import { spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'

const patience = { timeout: 60_000 }
const day = 86_400_000
const start = Date.parse('2026-02-01T08:00:00Z')
const answers = (arrived: boolean, words: string) => ({ arrived, words, took: 5 })

/** A folder whose hub has a state, and what commands say of it. */
function hubState() {
  const folder = temporaryFolder({
    'broadsheet.toml': 'url = "https://news.example.org/"\n[push]\nhub = true\n',
  })
  const place = temporaryFolder()
  const { state } = openStateFile(stateFileFor(folder.path, place.path, {}), 'subscription')
  return {
    state,
    async says(...words: string[]): Promise<string> {
      const [command = '', ...options] = words
      const run = spawnBroadsheet([command, folder.path, ...options], {
        env: { BROADSHEET_STATE: place.path },
      })
      expect(await run.exited).toBe(0)
      return run.out()
    },
    [Symbol.dispose]() {
      state.close()
      folder[Symbol.dispose]()
      place[Symbol.dispose]()
    },
  }
}

test('what arrived and what failed have each their own time', patience, async () => {
  using hub = hubState()
  preparePushTables(hub.state)
  const subscriptions = createSubscriptions(hub.state)
  hub.state.transaction(() => {
    for (const host of ['well.example', 'later.example', 'never.example', 'new.example'])
      subscriptions.put(
        {
          door: 'websub',
          topic: '/rss.xml',
          callback: `https://${host}/`,
          host,
          secret: null,
          expires: Date.parse('2999-01-01T00:00:00Z'),
        },
        start,
      )
    const ids = new Map(subscriptions.list().map(({ host, id }) => [host, id]))
    const note = (host: string, arrived: boolean, words: string, at: number) =>
      subscriptions.note(ids.get(host) ?? 0, answers(arrived, words), at)
    note('well.example', true, 'answered 204', start + day)
    note('later.example', true, 'answered 204', start + day)
    note('later.example', false, 'answered 503', start + 2 * day)
    note('later.example', false, 'answered 502', start + 3 * day)
    note('never.example', false, 'answered 500', start + day)
  })
  const out = await hub.says('subscribers')
  const of = (host: string) =>
    out
      .split('\n\n')
      .find(part => part.startsWith(host))
      ?.trim()
      .split('\n')
      .slice(2)
  expect(of('well.example')).toEqual(['  last told 2026-02-02T08:00:00Z, answered 204'])
  expect(of('later.example')).toEqual([
    '  last told 2026-02-02T08:00:00Z',
    '  2 attempts in a row failed, the last at 2026-02-04T08:00:00Z, answered 502',
  ])
  expect(of('never.example')).toEqual([
    '  not told yet',
    '  one attempt failed at 2026-02-02T08:00:00Z, answered 500',
  ])
  expect(of('new.example')).toEqual(['  not told yet'])
  const rows: { host: string }[] = JSON.parse(await hub.says('subscribers', '--json'))
  expect(rows.find(({ host }) => host === 'later.example')).toMatchObject({
    lastDelivery: '2026-02-02T08:00:00Z',
    lastAttempt: '2026-02-04T08:00:00Z',
    lastOutcome: 'answered 502',
    failures: 2,
  })
  expect(rows.find(({ host }) => host === 'new.example')).toMatchObject({
    lastDelivery: null,
    lastAttempt: null,
  })
})

test(
  'a state of an earlier version, which knows no time of failures, is read and taken over',
  patience,
  async () => {
    using hub = hubState()
    preparePushTables(hub.state)
    hub.state.query('ALTER TABLE subscription DROP COLUMN tried')
    hub.state.query(
      `INSERT INTO subscription (door, topic, callback, host, since, told, outcome, failures)
     VALUES ('webhook', '', 'https://a.example/', 'a.example', ?, ?, 'answered 503', 3)`,
      start,
      start + day,
    )
    expect(await hub.says('subscribers')).toContain(
      '  last told 2026-02-02T08:00:00Z\n  3 attempts in a row failed, answered 503\n',
    )
    preparePushTables(hub.state)
    const subscriptions = createSubscriptions(hub.state)
    const [{ id } = { id: 0 }] = subscriptions.list()
    subscriptions.note(id, answers(false, 'answered 500'), start + 2 * day)
    expect(await hub.says('subscribers')).toContain(
      '4 attempts in a row failed, the last at 2026-02-03T08:00:00Z',
    )
  },
)

test('where nothing waits, push --retry says so', patience, async () => {
  using hub = hubState()
  preparePushTables(hub.state)
  expect(await hub.says('push')).toBe('No message is waiting to be sent.\n')
  expect(await hub.says('push', '--retry')).toBe('No message is waiting to be sent.\n')
  const queue = createJobQueue(hub.state)
  const message = { subscription: null, host: 'a.example', data: '{}' }
  queue.add({ ...message, kind: 'verify', name: 'verify 1' }, Date.now() + day)
  expect(await hub.says('push', '--retry')).toMatch(
    /^No message is waiting to be sent\.\n1 confirmation of a subscription is tried as soon as/,
  )
  queue.add({ ...message, kind: 'event', name: 'event 1' }, Date.now() + day)
  expect(await hub.says('push', '--retry')).toMatch(/^1 message to be sent\.\n1 message is tried as soon as/)
  expect(await hub.says('push', '--retry')).toBe(
    '1 message to be sent.\nNone of them waits for a later time: a server tries them as soon as it looks.\n',
  )
})
