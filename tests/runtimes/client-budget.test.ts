import { Agent, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import { type ServingSettings, servingDefaults } from '../../src/model/serving.ts'
import type { Publication } from '../../src/model/snapshot.ts'
import { createClientAddress, networkOf } from '../../src/runtimes/node/client-address.ts'
import { createClientBudget } from '../../src/runtimes/node/client-budget.ts'
import { exposition } from '../../src/runtimes/node/exposition.ts'
import { createOperations } from '../../src/runtimes/node/operations.ts'
import { startWatchedServer } from '../../src/runtimes/node/watched-server.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { readExposition } from '../support/exposition.ts'

const start = Date.parse('2026-06-01T12:00:00Z')
const minute = 60_000

function publication(words: string, url = 'https://news.example.org/'): Publication {
  const document = { headers: {}, maxAge: null }
  return {
    url,
    maxAge: 300,
    publishedAt: start - 10 * minute,
    documents: [
      {
        ...document,
        path: '/rss.xml',
        mediaType: 'application/rss+xml',
        body: `<rss>${words}</rss>`,
        page: '/',
      },
      {
        ...document,
        path: '/tags/a/atom.xml',
        mediaType: 'application/atom+xml',
        body: '<feed/>',
        page: null,
      },
      { ...document, path: '/', mediaType: 'text/html', body: '<p>', page: null },
    ],
    media: [],
    redirects: [],
    gone: [],
    due: [],
  }
}

interface ReadRequest {
  path?: string
  method?: string
  /** Whom the proxy was asked by. */
  from?: string
  headers?: Record<string, string | string[]>
}

/** A server with a budget of five copies an hour, behind a proxy on this machine, at a time that the test moves. */
async function budgeted(given: Partial<ServingSettings> = {}) {
  const settings = {
    ...servingDefaults,
    clientBudget: 5,
    metrics: 'none',
    trustedProxies: ['127.0.0.1'],
    ...given,
  }
  const store = createMemoryStore()
  await store.publish(publication('one'))
  let now = start
  const clock = () => now
  const operations = createOperations({ settings, store, clock, logRequest: null })
  const app = createReaderApp({ store, clock })
  const server = await startWatchedServer({ host: '127.0.0.1', port: 0, fetch: app.fetch }, operations.watch)
  const agent = new Agent({ keepAlive: true })
  const ask = ({ path = '/rss.xml', method = 'GET', from = '203.0.113.7', headers = {} }: ReadRequest = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const forwarded = from === '' ? {} : { 'x-forwarded-for': from }
      const sent = { host: '127.0.0.1', port: server.port, agent, path, method }
      request({ ...sent, headers: { 'user-agent': 'Reader/1', ...forwarded, ...headers } }, answer => {
        let text = ''
        answer.setEncoding('utf8').on('data', chunk => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }))
      })
        .on('error', reject)
        .end()
    })
  const times = async (count: number, asked: ReadRequest = {}) => {
    const statuses: number[] = []
    for (let n = 0; n < count; n++) statuses.push((await ask(asked)).status)
    return statuses
  }
  return {
    ask,
    times,
    store,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    metrics: () => readExposition(exposition(operations.families())),
    async [Symbol.asyncDispose]() {
      agent.destroy()
      operations.stop()
      await server.stop()
    },
  }
}

describe('a client that fetches an unchanged feed whole, again and again', () => {
  test('is told to wait, until there is another copy for it', async () => {
    await using server = await budgeted()
    expect(await server.times(6)).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await server.ask()
    expect(refused.status).toBe(429)
    expect(refused.headers).toMatchObject({
      'retry-after': '720',
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
      'content-length': `${refused.text.length}`,
    })
    expect(refused.text).toMatch(/^This feed has not changed since you fetched it\. Ask with If-None-Match/)
    server.pass(719_000)
    expect(await server.times(1)).toEqual([429])
    server.pass(1000)
    expect(await server.times(2)).toEqual([200, 429])
    server.pass(10 * 60 * minute)
    expect(await server.times(6)).toEqual([200, 200, 200, 200, 200, 429])
  })

  test('is never told to come back sooner than the feed may be kept', async () => {
    await using server = await budgeted({ clientBudget: 3600 })
    await server.times(3600)
    expect((await server.ask()).headers['retry-after']).toBe('300')
  })

  test('gets what is new at once', async () => {
    await using server = await budgeted()
    expect(await server.times(7)).toContain(429)
    await server.store.publish({ ...publication('two'), publishedAt: start })
    server.pass(2000)
    const { status, text } = await server.ask()
    expect([status, text]).toEqual([200, '<rss>two</rss>'])
  })

  test('is judged by the very fields that are answered: two dates are none', async () => {
    await using server = await budgeted()
    const { 'last-modified': date } = (await server.ask()).headers as Record<string, string>
    const twice = { headers: { 'if-modified-since': [date!, date!] } }
    expect(await server.times(6, twice)).toEqual([200, 200, 200, 200, 429, 429])
  })

  test('always gets its 304', async () => {
    await using server = await budgeted()
    const { etag, 'last-modified': date } = (await server.ask()).headers as Record<string, string>
    await server.times(9)
    for (let n = 0; n < 20; n++) {
      expect((await server.ask({ headers: { 'if-none-match': etag! } })).status).toBe(304)
      expect((await server.ask({ headers: { 'if-modified-since': date! } })).status).toBe(304)
    }
    expect(await server.times(1)).toEqual([429])
  })

  test('is not withFallback by validators of another document', async () => {
    await using server = await budgeted()
    expect(await server.times(6, { headers: { 'if-none-match': '"of something else"' } })).toContain(429)
  })
})

describe('nobody else notices', () => {
  test('other documents, HEAD, people in browsers, and this machine', async () => {
    await using server = await budgeted()
    await server.times(9)
    const browser = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }
    expect(await server.times(20, { path: '/' })).not.toContain(429)
    expect(await server.times(20, { method: 'HEAD' })).not.toContain(429)
    expect(await server.times(20, { headers: browser })).not.toContain(429)
    expect(await server.times(20, { from: '' })).not.toContain(429)
    expect(await server.times(20, { path: '/missing/rss.xml' })).not.toContain(429)
    expect(await server.times(1)).toEqual([429])
  })

  test('another feed, another program, another address', async () => {
    await using server = await budgeted()
    await server.times(9)
    expect(await server.times(1, { path: '/tags/a/atom.xml' })).toEqual([200])
    expect(await server.times(1, { headers: { 'user-agent': 'Other/2' } })).toEqual([200])
    expect(await server.times(1, { from: '203.0.113.8' })).toEqual([200])
    expect(await server.times(1)).toEqual([429])
  })

  test('fifteen readers that remember nothing, behind one address, each quarter of an hour, for a day', async () => {
    await using server = await budgeted({ clientBudget: 60 })
    const statuses = new Set<number>()
    for (let quarter = 0; quarter < 96; quarter++) {
      for (const status of await server.times(15)) statuses.add(status)
      server.pass(15 * minute)
    }
    expect([...statuses]).toEqual([200])
  })

  test('without the setting', async () => {
    await using server = await budgeted({ clientBudget: null })
    expect(await server.times(50)).not.toContain(429)
  })

  test('where the publication lies below a path', async () => {
    await using server = await budgeted()
    await server.store.publish(publication('one', 'https://news.example.org/paper/'))
    expect(await server.times(6, { path: '/paper/rss.xml' })).toEqual([200, 200, 200, 200, 200, 429])
  })
})

test('the numbers stand in the metrics', async () => {
  await using server = await budgeted()
  await server.times(8)
  await server.times(1, { from: '203.0.113.8' })
  const metrics = server.metrics()
  expect(metrics.get('broadsheet_client_budget_refused_total')).toBe(3)
  expect(metrics.get('broadsheet_client_budget_clients')).toBe(2)
  expect(metrics.get('broadsheet_client_budget_forgotten_total')).toBe(0)
  expect(metrics.get('broadsheet_http_requests_total{kind="feed",format="rss",status="429"}')).toBe(3)
})

test('what is remembered has a bound, and those who asked longest ago go first', () => {
  const budget = createClientBudget(1, 4)
  const spend = (client: string) => budget.spend(client, '/rss.xml', 'v', start)
  expect(['a', 'b', 'c', 'a', 'd'].map(spend)).toEqual([null, null, null, 3600, null])
  expect(budget.numbers()).toEqual({ clients: 3, refused: 1, forgotten: 1 })
  expect(['a', 'b'].map(spend)).toEqual([3600, null])
  for (let n = 0; n < 1000; n++) {
    spend(`${n}`)
    expect(budget.numbers().clients).toBeLessThanOrEqual(4)
  }
})

test('a clock that is set back gives nothing and takes nothing', () => {
  const budget = createClientBudget(2)
  const spend = (now: number) => budget.spend('a', '/rss.xml', 'v', now)
  expect([start, start - 60 * minute, start - 60 * minute].map(spend)).toEqual([null, null, 1800])
  expect(spend(start - 30 * minute)).toBeNull()
})

describe('who the client is', () => {
  const asked = (remoteAddress: string | undefined, forwarded?: string) =>
    ({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }) as never
  const address = createClientAddress(['127.0.0.1', '10.0.0.0/8', 'fd00::/8', 'unix'])

  test.each([
    ['198.51.100.9', undefined, '198.51.100.9'],
    ['::ffff:198.51.100.9', undefined, '198.51.100.9'],
    ['127.0.0.1', undefined, null],
    ['127.8.8.8', undefined, null],
    ['::1', undefined, null],
    [undefined, undefined, null],
    // Nobody but a declared proxy is believed.
    ['198.51.100.9', '203.0.113.7', '198.51.100.9'],
    ['::1', '203.0.113.7', null],
    ['10.1.2.3', '203.0.113.7', '203.0.113.7'],
    ['::ffff:10.1.2.3', '203.0.113.7', '203.0.113.7'],
    ['fd00::5', '2001:db8::7', '2001:db8::7'],
    [undefined, '203.0.113.7', '203.0.113.7'],
    // What stands before the last stranger was written by that stranger.
    ['127.0.0.1', '8.8.8.8, 203.0.113.7', '203.0.113.7'],
    ['127.0.0.1', '127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['127.0.0.1', '203.0.113.7, 10.0.0.2, 10.0.0.3', '203.0.113.7'],
    ['127.0.0.1', '10.0.0.2', '10.0.0.2'],
    ['127.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['127.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['127.0.0.1', 'unknown', null],
    ['127.0.0.1', '203.0.113.7, unknown', null],
    ['127.0.0.1', '', null],
  ])('%s, forwarded for %s: %s', (remote, forwarded, expected) => {
    expect(address(asked(remote, forwarded))).toBe(expected)
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0'],
  ])('the subscriber behind %s has %s', (given, network) => expect(networkOf(given)).toBe(network))
})
