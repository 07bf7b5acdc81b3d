import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { feedContentType } from '../../src/model/formats.ts'
import { hubShards, shardOfHost } from '../../src/push/hub-shards.ts'
import worker, { type LiveEnvironment } from '../../src/runtimes/worker/live-worker.ts'
import { createR2Objects } from '../../src/runtimes/worker/r2-objects.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { sha256 } from '../../src/text/digests.ts'

const { BUCKET, HUB } = env as unknown as LiveEnvironment
const environment = { BUCKET, HUB, POLL: '0' } as LiveEnvironment
const site = 'https://news.example.org/'

const publication = createObjectPublication({
  objects: createR2Objects(BUCKET),
  digest: sha256,
  compress: {},
  clock: Date.now,
})

const publish = (words: string) =>
  publication.publish({
    url: site,
    maxAge: 300,
    publishedAt: Date.now(),
    documents: ['rss', 'atom'].map(format => ({
      path: `/${format}.xml`,
      mediaType: feedContentType(format as 'rss'),
      body: `<${format}>${words}</${format}>`,
      headers: { link: `<${site}${format}.xml>; rel="self", <${site}hub>; rel="hub"` },
      page: null,
      maxAge: null,
    })),
    media: [],
    redirects: [],
    gone: [],
    due: [],
  })

/** What arrived at subscribers: anything else in the world does not answer. */
const arrivals: { method: string; url: URL; body: string }[] = []
vi.stubGlobal('fetch', async (given: string, init: RequestInit) => {
  const url = new URL(given)
  if (!url.hostname.endsWith('.example.net')) throw new TypeError(`${given} is not there`)
  const body = init.body ? await new Response(init.body).text() : ''
  arrivals.push({ method: init.method ?? 'GET', url, body })
  return new Response(url.searchParams.get('hub.challenge') ?? '')
})
vi.spyOn(console, 'log').mockImplementation(() => {})
afterEach(() => void arrivals.splice(0))

async function ask(path: string, fields?: Record<string, string>) {
  const behind: Promise<unknown>[] = []
  const request = new Request(
    `${site}${path}`,
    fields && { method: 'POST', body: new URLSearchParams(fields) },
  )
  const answer = await worker.fetch(request, environment, { waitUntil: work => void behind.push(work) })
  const text = await answer.text()
  await Promise.all(behind)
  return { status: answer.status, text }
}

const subscribe = (host: string, feed = 'rss.xml') =>
  ask('hub', {
    'hub.mode': 'subscribe',
    'hub.topic': `${site}${feed}`,
    'hub.callback': `https://${host}/callback`,
  })

const messages = () => arrivals.filter(({ method }) => method === 'POST')
const until = (number: number, what: () => unknown[]) =>
  vi.waitFor(() => expect(what()).toHaveLength(number), { timeout: 60_000, interval: 20 })

const hosts = Array.from({ length: 60 }, (_, number) => `reader-${number}.example.net`)

test('a Worker is a hub: subscriptions over all its objects, each told once of each publication', async () => {
  await publish('one')
  await ask('rss.xml')
  await ask('rss.xml')
  expect(await ask('hub')).toMatchObject({ status: 200, text: expect.stringContaining('WebSub hub') })
  expect(new Set(hosts.map(shardOfHost)).size).toBeGreaterThan(hubShards / 2)
  for (const host of hosts) expect((await subscribe(host)).status).toBe(202)
  await until(hosts.length, () => arrivals)
  // Each object has written its promises before it sends anything more.
  await publish('two')
  expect((await ask('hub', { 'hub.mode': 'publish', 'hub.url': `${site}rss.xml` })).status).toBe(204)
  await until(hosts.length, messages)
  expect(new Set(messages().map(({ url, body }) => `${url.hostname} ${body}`))).toEqual(
    new Set(hosts.map(host => `${host} <rss>two</rss>`)),
  )
  // Without a ping: somebody reads, and the Worker finds out by itself.
  await publish('three')
  await ask('rss.xml')
  await until(2 * hosts.length, messages)
  // The same again tells nobody, neither a ping nor another instance that begins.
  expect((await ask('hub/ping', { url: `${site}atom.xml` })).text).toContain('success="true"')
  expect((await subscribe('late.example.net', 'atom.xml')).status).toBe(202)
  await until(1, () => arrivals.filter(({ url }) => url.hostname === 'late.example.net'))
  await publish('four')
  await ask('atom.xml')
  await until(3 * hosts.length + 1, messages)
})

test('what is wrong is said as on Node, whichever object it would be for', async () => {
  await publish('five')
  await ask('rss.xml')
  await ask('rss.xml')
  expect((await ask('hub', { 'hub.mode': 'subscribe', 'hub.callback': 'nowhere' })).status).toBe(400)
  expect((await subscribe('reader.example.net', 'elsewhere.xml')).status).toBe(404)
  expect((await ask('hub', { 'hub.mode': 'publish', 'hub.url': `${site}elsewhere.xml` })).status).toBe(404)
  const local = await ask('hub', {
    'hub.mode': 'subscribe',
    'hub.topic': `${site}rss.xml`,
    'hub.callback': 'http://127.1/',
  })
  expect([local.status, local.text]).toEqual([400, expect.stringContaining('not on the public internet')])
})
