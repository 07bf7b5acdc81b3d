import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PublicationEvent } from '../../src/model/observer.ts'
import { type Ask, OutgoingFailure } from '../../src/model/outgoing.ts'
import { createHubPings, type PingResult } from '../../src/push/hub-pings.ts'
import { broadsheet, datedArticle, temporaryFolder } from '../runtimes/command-line.ts'

const site = 'https://news.example.org/'
const well = 'https://well.example.net/hub'
const unwell = 'https://unwell.example.net/hub'
const seconds = (number: number) => vi.advanceTimersByTimeAsync(number * 1000)

/** Pings of two hubs, of which one answers as it is told to. */
function createPings() {
  const asked: { hub: string; urls: string[] }[] = []
  const said: PingResult[] = []
  let state: number | 'away' = 503
  const ask: Ask = async (url, { method, headers, body } = {}) => {
    const form = new URLSearchParams(`${body}`)
    expect([method, headers?.['Content-Type'], form.getAll('hub.mode')]).toEqual([
      'POST',
      'application/x-www-form-urlencoded',
      ['publish'],
    ])
    asked.push({ hub: url, urls: form.getAll('hub.url') })
    const status = url === well ? 204 : state
    if (status === 'away') throw new OutgoingFailure('failed', 'ECONNREFUSED')
    return { url, status, headers: {}, body: new Uint8Array(), cut: false, broken: null, waited: 0 }
  }
  const pings = createHubPings({
    hubs: [well, unwell],
    url: site,
    ask,
    random: () => 0.5,
    say: result => said.push(result),
  })
  return {
    pings,
    said,
    publish: (...changed: string[]) => void pings.published({ changed } as unknown as PublicationEvent),
    answer: (next: number | 'away') => {
      state = next
    },
    /** What was asked of a hub since the last look. */
    askedOf: (hub: string) => {
      const found = asked.filter(one => one.hub === hub).map(({ urls }) => urls)
      asked.splice(0, asked.length, ...asked.filter(one => one.hub !== hub))
      return found
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a hub of somebody else’s is told of the feeds that are other, and of nothing else', async () => {
  const { publish, askedOf, said } = createPings()
  publish('/', '/articles/one/', '/rss.xml', '/tags/a b/feed.json', '/archive/1/atom.xml', '/sitemap.xml')
  await seconds(0)
  expect(askedOf(well)).toEqual([[`${site}rss.xml`, `${site}tags/a%20b/feed.json`]])
  expect(said).toEqual([{ hub: well, fault: null }])
  publish('/', '/sitemap.xml', '/archive/1/rss.xml')
  await seconds(100)
  expect(askedOf(well)).toEqual([])
})

test('one that does not answer is asked twice more, with what changed meanwhile, and spoken of once', async () => {
  const { publish, askedOf, answer, said } = createPings()
  publish('/rss.xml')
  await seconds(4.9)
  expect(askedOf(unwell)).toEqual([[`${site}rss.xml`]])
  answer('away')
  await seconds(0.2)
  expect(askedOf(unwell)).toEqual([[`${site}rss.xml`]])
  await seconds(59)
  expect([askedOf(unwell), said.filter(({ hub }) => hub === unwell)]).toEqual([[], []])
  await seconds(1)
  expect(askedOf(unwell)).toEqual([[`${site}rss.xml`]])
  await seconds(3600)
  expect(askedOf(unwell)).toEqual([])
  expect(said).toEqual([
    { hub: well, fault: null },
    { hub: unwell, fault: 'ECONNREFUSED' },
  ])
  // The next publication asks again; what it was not told of before is gone, what comes while it waits is not.
  publish('/atom.xml')
  await seconds(1)
  expect(askedOf(unwell)).toEqual([[`${site}atom.xml`]])
  answer(202)
  publish('/feed.json')
  await seconds(1)
  expect(askedOf(unwell)).toEqual([[`${site}atom.xml`, `${site}feed.json`]])
  await seconds(3600)
  expect(askedOf(unwell)).toEqual([])
  expect(said.at(-1)).toEqual({ hub: unwell, fault: null })
})

test('when it ends, nobody is asked any more', async () => {
  const { pings, publish, askedOf } = createPings()
  publish('/rss.xml')
  await seconds(1)
  askedOf(unwell)
  pings.stop()
  await seconds(3600)
  expect(askedOf(unwell)).toEqual([])
})

test('push --ping tells every hub that the feeds name, and says which did not take it', async () => {
  vi.useRealTimers()
  const received: [string, string][] = []
  const server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.on('data', chunk => {
      body += chunk
    })
    incoming.on('end', () => {
      received.push([`${incoming.method} ${incoming.url}`, body])
      outgoing.writeHead(incoming.url === '/well' ? 204 : 500).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const push = async (hubs: string[], ...words: string[]) => {
      using folder = temporaryFolder({
        'one.md': datedArticle('One'),
        'broadsheet.toml': `url = "${site}"\nhubs = ${JSON.stringify(hubs)}\n[push]\nallow_private = true\n`,
      })
      return await broadsheet('push', folder.path, '--ping', ...words)
    }
    const form = `hub.mode=publish${['rss.xml', 'atom.xml', 'feed.json'].map(name => `&hub.url=${encodeURIComponent(site + name)}`).join('')}`
    const good = await push([`${base}/well`])
    expect(received).toEqual([['POST /well', form]])
    expect([good.exitCode, good.said.trim()]).toEqual([0, `Told the hub ${new URL(base).host}.`])
    const bad = await push([`${base}/well`, `${base}/unwell`], '--json')
    expect(bad.exitCode).toBe(1)
    expect(bad.said).toContain(`warning The hub ${base}/unwell was not told: answered 500.`)
    expect(JSON.parse(bad.out)).toEqual([
      { hub: `${base}/well`, fault: null },
      { hub: `${base}/unwell`, fault: 'answered 500' },
    ])
    const none = await push([])
    expect([none.exitCode, none.said.trim()]).toEqual([0, 'The feeds name no hub.'])
  } finally {
    server.close()
  }
})

test('without an address nobody is told of a preview', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  expect((await broadsheet('push', folder.path, '--ping')).exitCode).toBe(2)
})

test('build warns where no hub would answer, and its feeds name none', async () => {
  vi.useRealTimers()
  const build = async (push: string) => {
    using folder = temporaryFolder({
      'one.md': datedArticle('One'),
      'broadsheet.toml': `url = "${site}"\n[push]\nhub = true\n${push}`,
    })
    using out = temporaryFolder()
    const { exitCode, said } = await broadsheet('build', folder.path, '--out', out.at('site'))
    const feeds = ['rss.xml', 'atom.xml', 'feed.json'].map(name =>
      readFileSync(out.at(`site/${name}`), 'utf8'),
    )
    return {
      exitCode,
      warned: said.includes('The feeds name no hub, though the settings have `hub = true`'),
      named: feeds.map(feed => /"hub"|"hubs"|<cloud/.test(feed)),
    }
  }
  expect(await build('')).toEqual({ exitCode: 0, warned: true, named: [false, false, false] })
  expect(await build('hub_url = "https://hub.example.org/"\n')).toEqual({
    exitCode: 0,
    warned: false,
    named: [true, true, true],
  })
})
