import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type DoctorCode, doctorCodes } from '../../src/doctor/doctor-codes.ts'
import { examine } from '../../src/doctor/examination.ts'
import { type Ask, withinBudget } from '../../src/model/outgoing.ts'
import { createOutgoing } from '../../src/runtimes/node/outgoing.ts'
import {
  broadsheet,
  datedArticle,
  eventually,
  serveFolder,
  takenPort,
  temporaryFolder,
} from '../runtimes/command-line.ts'
import { installedTool } from '../support/installed-tool.ts'
import { type Exchange, type Fault, faultyServer, page, replaceBody, rightJson } from './doctor-server.ts'

const clock = () => Date.parse('2026-02-01T00:00:00Z')
const ask: Ask = (url, request) => createOutgoing({ privateHosts: [new URL(url).host] })(url, request)
const askLoopback: Ask = (url, options) => ask(url, { timeout: 60_000, ...options })

async function codesAt(url: string, options: { ask?: Ask; slowAfter?: number } = {}): Promise<string[]> {
  const { findings } = await examine(url, { ask: askLoopback, clock, ...options })
  return findings.map(({ code }) => code)
}

const onFeed =
  (change: Fault): Fault =>
  exchange => {
    if (exchange.path === '/feed.xml') change(exchange)
  }
const text = (change: (rss: string, exchange: Exchange) => string): Fault =>
  onFeed(exchange => replaceBody(exchange, change(exchange.body.toString(), exchange)))
const header = (name: string, value: string): Fault =>
  onFeed(({ answer }) => {
    answer[name] = value
  })
const without = (...names: string[]): Fault =>
  onFeed(({ answer }) => {
    for (const name of names) delete answer[name]
  })
const agent = ({ headers }: Exchange) => headers['user-agent'] ?? ''
/** As if there were no conditional requests. */
const deaf = (...names: string[]): Fault =>
  onFeed(({ headers }) => {
    for (const name of names) delete headers[name]
  })
const refuse =
  (status: number): Fault =>
  exchange =>
    Object.assign(exchange, { status, body: Buffer.from('No.'), answer: { 'content-type': 'text/plain' } })
const redirect =
  (status: number, to: (exchange: Exchange) => string): Fault =>
  exchange =>
    Object.assign(exchange, { status, body: Buffer.alloc(0), answer: { location: to(exchange) } })
const item = (change: (item: string) => string) =>
  text(rss => rss.replace(/<item>[\s\S]*?<\/item>/, first => change(first)))

/** One fault each: what it is, what is to be found (and nothing else), how it is made. */
const faults: [string, DoctorCode | DoctorCode[], Fault, Fault?][] = [
  ['an error for everybody', 'status-error', () => {}, onFeed(refuse(500))],
  [
    'one User-Agent is refused',
    'reader-blocked',
    onFeed(it => void (/newsboat/.test(agent(it)) && refuse(403)(it))),
  ],
  ['no User-Agent is refused', 'reader-blocked', onFeed(it => void (agent(it) === '' && refuse(403)(it)))],
  ['too many requests', 'rate-limited', onFeed(it => void (it.count % 5 === 4 && refuse(429)(it)))],
  [
    'Accept is taken at its word',
    'accept-refused',
    onFeed(it => void (!/rss|\*\/\*/.test(it.headers.accept ?? '') && refuse(406)(it))),
  ],
  [
    'a page for whoever accepts HTML',
    ['html-to-readers', 'page-cacheable'],
    onFeed(
      it =>
        void (
          /text\/html/.test(it.headers.accept ?? '') &&
          replaceBody(it, page(it.origin), 'text/html; charset=utf-8')
        ),
    ),
  ],
  [
    'a page for browsers that caches may share',
    'page-cacheable',
    onFeed(
      it =>
        void (
          it.headers['sec-fetch-dest'] === 'document' &&
          replaceBody(it, page(it.origin), 'text/html; charset=utf-8')
        ),
    ),
  ],
  [
    'a page instead of the feed',
    'feed-not-found',
    onFeed(it => replaceBody(it, '<!doctype html><p>Moved.</p>', 'text/html; charset=utf-8')),
  ],
  [
    'a page whose feeds are on another host',
    'feed-elsewhere',
    onFeed(it =>
      replaceBody(
        it,
        '<!doctype html><link rel="alternate" type="application/rss+xml" href="https://elsewhere.example/rss.xml">',
        'text/html; charset=utf-8',
      ),
    ),
  ],
  ['a redirect to itself', 'redirect-loop', () => {}, onFeed(redirect(301, () => '/feed.xml'))],
  [
    'two addresses that redirect to each other',
    'redirect-loop',
    () => {},
    it => redirect(301, ({ path }) => (path === '/feed.xml' ? '/b' : '/feed.xml'))(it),
  ],
  [
    'compressed for everybody',
    'compressed-unasked',
    () => {},
    onFeed(
      it =>
        void (
          it.status === 200 &&
          !it.answer['content-encoding'] &&
          Object.assign(it, { body: gzipSync(it.body), answer: { ...it.answer, 'content-encoding': 'gzip' } })
        ),
    ),
  ],
  [
    'said to be compressed, and is not',
    'answer-broken',
    () => {},
    onFeed(it => void (it.answer['content-encoding'] && Object.assign(it, { body: Buffer.from('plain') }))),
  ],
  [
    'said to be in a coding that nobody knows',
    ['answer-broken', 'compressed-unasked'],
    header('content-encoding', 'rot13'),
  ],
  [
    'elements without number',
    'xml-ill-formed',
    text(rss => rss.replace('<item>', `<item>${'<a/>'.repeat(50_000)}`)),
  ],
  [
    'a tag without end',
    'xml-ill-formed',
    text(rss => rss.replace('<item>', `<item ${'a'.repeat(100_000)}="">`)),
  ],
  [
    'elements in elements',
    'xml-ill-formed',
    text(rss => rss.replace('<item>', `<item>${'<a>'.repeat(40_000)}`)),
  ],
  ['a wrong media type', 'media-type-wrong', header('content-type', 'text/plain; charset=utf-8')],
  ['HTML as media type', 'media-type-wrong', header('content-type', 'text/html; charset=utf-8')],
  [
    'no charset anywhere',
    'charset-missing',
    onFeed(it => replaceBody(it, it.body.toString().replace(' encoding="utf-8"', ''), 'application/rss+xml')),
  ],
  ['two charsets', 'encoding-mixed', header('content-type', 'application/rss+xml; charset=iso-8859-1')],
  [
    'bytes of another encoding',
    'encoding-mixed',
    onFeed(it => replaceBody(it, Buffer.from(it.body.toString(), 'latin1'))),
  ],
  ['no validators', 'validators-missing', without('etag', 'last-modified')],
  ['never 304', 'not-modified-never', deaf('if-none-match', 'if-modified-since')],
  ['the ETag is ignored', 'etag-ignored', deaf('if-none-match')],
  ['the date is ignored', 'date-ignored', deaf('if-modified-since')],
  [
    'no 304 for those who say no-cache',
    'not-modified-partly',
    onFeed(it => void (it.headers['cache-control'] && deaf('if-none-match', 'if-modified-since')(it))),
  ],
  [
    'always 304',
    'not-modified-always',
    () => {},
    onFeed(
      it =>
        void (
          (it.headers['if-none-match'] ?? it.headers['if-modified-since']) &&
          Object.assign(it, { status: 304, body: Buffer.alloc(0) })
        ),
    ),
  ],
  [
    'other bytes under the same ETag',
    'validator-reused',
    onFeed(
      it =>
        void (
          it.count % 4 === 0 &&
          Object.assign(it, { body: Buffer.from(it.body.toString().replace('Article 2', 'Another title')) })
        ),
    ),
  ],
  [
    'the ETag of each machine',
    'etag-unstable',
    onFeed(it => {
      it.answer.etag = `"machine-${it.count % 2}"`
    }),
  ],
  [
    'a clock in the document',
    'bytes-unstable',
    text((rss, { count }) =>
      rss.replace(
        '</description>',
        `</description><lastBuildDate>Sat, 31 Jan 2026 09:30:${10 + count} GMT</lastBuildDate>`,
      ),
    ),
  ],
  ['Last-Modified that is not a date', 'last-modified-wrong', header('last-modified', 'yesterday')],
  [
    'Last-Modified in the future',
    'last-modified-wrong',
    header('last-modified', 'Thu, 01 Jan 2099 00:00:00 GMT'),
  ],
  ['a stale cache', 'cache-stale', header('age', '90000')],
  ['Vary: *', 'vary-star', () => {}, header('vary', '*')],
  ['Vary: Cookie', 'vary-broad', () => {}, header('vary', 'Accept-Encoding, Cookie')],
  ['Vary: User-Agent', 'vary-broad', () => {}, header('vary', 'User-Agent')],
  ['a cookie', 'cookie-set', header('set-cookie', 'session=1')],
  ['no-store', 'cache-forbidden', header('cache-control', 'no-store')],
  ['HEAD is refused', 'head-differs', onFeed(it => void (it.method === 'HEAD' && refuse(405)(it)))],
  [
    'HEAD has another type',
    'head-differs',
    onFeed(it => void (it.method === 'HEAD' && header('content-type', 'text/html')(it))),
  ],
  ['a bare ampersand', 'xml-ill-formed', text(rss => rss.replace('Article 1', 'Article & 1'))],
  ['a control character', 'xml-ill-formed', text(rss => rss.replace('Article 1', 'Article \x0b 1'))],
  ['cut off', 'xml-ill-formed', text(rss => rss.slice(0, 900))],
  ['a blank line first', 'xml-late', text(rss => `\n${rss}`)],
  [
    'a JSON Feed with a comma too many',
    'json-invalid',
    onFeed(it => replaceBody(it, rightJson(it.origin).replace(/}$/, ',}'), 'application/feed+json')),
  ],
  [
    'a JSON Feed without version',
    'json-invalid',
    onFeed(it => replaceBody(it, '{"title": "x", "items": []}', 'application/feed+json')),
  ],
  [
    'JSON in JSON',
    'json-invalid',
    onFeed(it =>
      replaceBody(
        it,
        rightJson(it.origin).replace(/}$/, `,"_x":${'['.repeat(300)}${']'.repeat(300)}}`),
        'application/feed+json',
      ),
    ),
  ],
  ['no title', 'feed-incomplete', text(rss => rss.replace('<title>A right feed</title>', ''))],
  ['no items', 'feed-empty', text(rss => rss.replace(/<item>[\s\S]*<\/item>/, ''))],
  ['an item without id', 'id-missing', item(it => it.replace(/<guid.*<\/guid>/, ''))],
  ['two items with one id', 'id-duplicate', text(rss => rss.replace('2026:2<', '2026:1<'))],
  [
    'ids that change',
    ['id-changed', 'bytes-unstable'],
    text((rss, { count }) => rss.replaceAll(',2026:', `,2026:session-${count}-`)),
  ],
  [
    'a guid that is not an address',
    'guid-no-address',
    text(rss => rss.replace('<guid isPermaLink="false">tag:example.org,2026:1<', '<guid>post-1<')),
  ],
  ['an item without date', 'date-missing', item(it => it.replace(/<pubDate.*<\/pubDate>/, ''))],
  [
    'an RFC 3339 date in RSS',
    'date-invalid',
    item(it => it.replace(/<pubDate.*<\/pubDate>/, '<pubDate>2026-01-31T09:30:00Z</pubDate>')),
  ],
  [
    'a date in words',
    'date-invalid',
    item(it => it.replace(/<pubDate.*<\/pubDate>/, '<pubDate>31 janvier 2026</pubDate>')),
  ],
  [
    'a date in the future',
    'date-future',
    item(it => it.replace(/<pubDate.*<\/pubDate>/, '<pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate>')),
  ],
  [
    'an empty item',
    'item-empty',
    item(it => it.replace(/<title>.*<\/title>/, '').replace(/<description>.*<\/description>/, '')),
  ],
  [
    'a relative link',
    'link-relative',
    item(it => it.replace(/<link>.*<\/link>/, '<link>/articles/1/</link>')),
  ],
  [
    'a relative picture',
    'link-relative',
    item(it => it.replace('&lt;p&gt;', '&lt;p&gt;&lt;img src="a.png"&gt;')),
  ],
  [
    'another address as its own',
    'self-wrong',
    text((rss, { origin }) => rss.replace(`href="${origin}/feed.xml"`, `href="${origin}/old.xml"`)),
  ],
  ['too large', 'too-large', text(rss => rss.replace('&lt;p&gt;', `&lt;p&gt;${'words '.repeat(400_000)}`))],
  ['an enclosure without length', 'enclosure-incomplete', text(rss => rss.replace(/ length="\d+"/, ''))],
  [
    'an enclosure that is not there',
    'enclosure-unreachable',
    text(rss => rss.replace('sound.mp3', 'silence.mp3')),
  ],
  [
    'an enclosure of another length',
    'enclosure-wrong',
    text(rss => rss.replace(/ length="\d+"/, ' length="12345"')),
  ],
  ['an enclosure of another type', 'enclosure-wrong', text(rss => rss.replace('audio/mpeg', 'audio/ogg'))],
  [
    'an enclosure without ranges',
    'enclosure-no-range',
    it => void (it.path === '/sound.mp3' && delete it.headers.range),
  ],
  [
    'a hub at which nobody answers',
    'hub-silent',
    onFeed(({ answer, origin }) => {
      answer.link = `<${origin}/hub>; rel="hub", <${origin}/feed.xml>; rel=self`
    }),
  ],
  [
    'a hub that answers everything alike, named in the feed alone',
    'hub-silent',
    it => {
      if (it.path === '/feed.xml')
        replaceBody(
          it,
          `${it.body}`.replace('<link>', `<atom:link rel="hub" href="${it.origin}/hub"/><link>`),
        )
      if (it.path === '/hub') Object.assign(it, { status: 200, body: Buffer.from('Welcome') })
    },
  ],
  [
    'a hub that knows the feed by another address',
    'hub-topic-wrong',
    it => {
      if (it.path === '/feed.xml')
        it.answer.link = `<${it.origin}/hub>; rel="hub", <${it.origin}/rss>; rel="self"`
      if (it.path === '/hub') Object.assign(it, { status: 400, body: Buffer.from('No mode') })
    },
  ],
  [
    'a home page that names no feed',
    'autodiscovery-missing',
    it => void (it.path === '/' && replaceBody(it, '<!doctype html><p>Hello.</p>')),
  ],
]

describe('each seeded fault is found and named, and nothing else is', () => {
  test.each(faults)('%s: %s', async (_, codes, before, after) => {
    await using server = await faultyServer(before, after)
    const found = (await codesAt(server.url)).filter(code => code !== 'not-compressed')
    expect(found.sort()).toEqual([codes].flat().sort())
  })

  test('every one that a server alone can show is among them', () => {
    const shown = new Set(faults.flatMap(([, codes]) => codes))
    // These have tests of their own, below.
    const elsewhere = [
      'unreachable',
      'unfinished',
      'redirect-insecure',
      'redirect-temporary',
      'redirect-chain',
      'slow',
      'not-compressed',
      'self-missing',
      'cors-missing',
    ]
    expect(
      Object.keys(doctorCodes)
        // What directories ask of podcasts is seeded in podcast.test.ts.
        .filter(code => !code.startsWith('podcast-') && !shown.has(code as DoctorCode))
        .sort(),
    ).toEqual(elsewhere.sort())
    expect(faults.length).toBeGreaterThanOrEqual(25)
  })
})

describe('on the way to the feed', () => {
  const hop =
    (from: string, status: number, to: string): Fault =>
    it =>
      void (
        it.path === from && redirect(status, ({ origin }) => (to.startsWith('/') ? `${origin}${to}` : to))(it)
      )
  const both =
    (...faults: Fault[]): Fault =>
    it => {
      for (const fault of faults) fault(it)
    }
  test.each<[string, DoctorCode, Fault]>([
    ['a 302', 'redirect-temporary', hop('/old', 302, '/feed.xml')],
    [
      'three in a row',
      'redirect-chain',
      both(hop('/old', 301, '/b'), hop('/b', 301, '/c'), hop('/c', 308, '/feed.xml')),
    ],
  ])('%s: %s', async (_, code, fault) => {
    await using server = await faultyServer(() => {}, fault)
    expect(await codesAt(server.url.replace('/feed.xml', '/old'))).toEqual([code])
  })

  test('a permanent redirect is as it should be', async () => {
    await using server = await faultyServer(() => {}, hop('/old', 301, '/feed.xml'))
    expect(await codesAt(server.url.replace('/feed.xml', '/old'))).toEqual([])
  })

  test('from https to http: redirect-insecure', async () => {
    await using server = await faultyServer(() => {}, hop('/old', 301, '/feed.xml'))
    // What the encryption hides is the same: only the address says https.
    const { host } = new URL(server.url)
    const plain: Ask = (url, options) =>
      askLoopback(url.replace(`https://${host}`, `http://${host}`), options)
    expect(await codesAt(`https://${host}/old`, { ask: plain })).toEqual(['redirect-insecure'])
  })

  test('nobody listens: unreachable', async () => {
    const taken = await takenPort()
    await taken[Symbol.asyncDispose]()
    expect(await codesAt(`http://127.0.0.1:${taken.port}/`)).toEqual(['unreachable'])
  })

  test('an answer that never comes: unreachable', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const impatient: Ask = (url, options) => ask(url, { timeout: 100, ...options })
    expect(
      await codesAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { ask: impatient }),
    ).toEqual(['unreachable'])
    server.close()
    server.closeAllConnections()
  })

  test('a server that takes more than it is given: unfinished, with what was seen until then', async () => {
    await using server = await faultyServer(header('set-cookie', 'a=1'))
    const budget = { requests: 20, bytes: 1e9, lateness: 1e9, lateAfter: 1e9 }
    const { findings } = await examine(server.url, { ask: withinBudget(askLoopback, budget, () => 0), clock })
    expect(findings.map(({ code, seen }) => `${code}: ${seen}`)).toEqual([
      'unfinished: 20 requests are the most that are sent.',
      'cookie-set: It sets a.',
    ])
  })

  test('a redirect into somebody’s network is not followed', async () => {
    await using inside = await faultyServer()
    await using server = await faultyServer(() => {}, hop('/old', 301, inside.url))
    const { findings } = await examine(server.url.replace('/feed.xml', '/old'), {
      ask: createOutgoing({ privateHosts: [new URL(server.url).host] }),
      clock,
    })
    expect(findings.map(({ code, url, seen }) => [code, url, seen])).toEqual([
      ['unreachable', inside.url, '127.0.0.1 is not on the public internet.'],
    ])
  })

  test('an answer that is late: slow', async () => {
    await using server = await faultyServer()
    const late: Ask = async (url, options) => {
      const answer = await askLoopback(url, options)
      return { ...answer, waited: answer.waited + 3000 }
    }
    expect(await codesAt(server.url, { ask: late })).toEqual(['slow'])
  })
})

test('what could be better is a note', async () => {
  const plain: Fault = it => {
    delete it.headers['accept-encoding']
    delete it.answer['access-control-allow-origin']
    if (it.path === '/feed.xml') replaceBody(it, it.body.toString().replace(/<atom:link.*/, ''))
  }
  await using server = await faultyServer(plain)
  const { findings } = await examine(server.url, { ask: askLoopback, clock })
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'note not-compressed',
    'note cors-missing',
    'note self-missing',
  ])
})

describe('0 alarms on a right publication', () => {
  const articles = {
    'broadsheet.toml': 'title = "Right"\ntimezone = "UTC"\nauthors = ["Broadsheet"]\n',
    'one.md': datedArticle(
      'One',
      undefined,
      `${'Many words of an article. '.repeat(80)}\n\n[A recording](sound.mp3)`,
    ),
    'two.md': datedArticle('Two', '2026-01-30T00:00:00Z', '[One](one.md)'),
    'sound.mp3': 'x'.repeat(4000),
  }

  test('the server of these tests', async () => {
    await using server = await faultyServer()
    expect(await codesAt(server.url)).toEqual([])
  })

  const styled = { ...articles, 'broadsheet.toml': `${articles['broadsheet.toml']}style_feeds = true\n` }

  test.each([
    ['', articles],
    ['rss.xml', articles],
    ['atom.xml', articles],
    ['feed.json', articles],
    ['', styled],
  ])('broadsheet serve, asked for /%s', async (path, files) => {
    using folder = temporaryFolder(files)
    await using server = await serveFolder(folder.path)
    const { exitCode, out } = await broadsheet('doctor', `${server.url}${path}`, '--json')
    expect([exitCode, JSON.parse(out).findings]).toEqual([0, []])
    expect(JSON.parse(out).feeds).toHaveLength(path === '' ? 3 : 1)
  })

  const nginx = installedTool('nginx')
  test.skipIf(!nginx).each([
    ['the settings in deploy/nginx.conf', articles, (snippet: string) => snippet, []],
    ['its settings for styled feeds', styled, withoutXmlTypes, []],
    ['no settings but the folder', articles, bareServer, ['not-compressed', 'cors-missing']],
    ['no settings but the folder, and styled feeds', styled, bareServer, ['not-compressed', 'cors-missing']],
  ])('nginx serving our build, with %s', async (_, files, settings, notes) => {
    using folder = temporaryFolder(files)
    using site = temporaryFolder()
    const taken = await takenPort()
    await taken[Symbol.asyncDispose]()
    const url = `http://127.0.0.1:${taken.port}/`
    await broadsheet('build', folder.path, '--out', site.at('public'), '--url', url)
    await using _server = await nginxServing(site, taken.port, settings)
    const { findings } = await examine(url, { ask: askLoopback, clock: Date.now })
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(notes)
  })

  test.skipIf(!nginx)(
    'nginx with deploy/nginx.conf lets browsers do what our own server lets them do',
    async () => {
      const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.hit()</script></svg>'
      using folder = temporaryFolder({
        ...articles,
        'two.md': datedArticle(
          'Two',
          undefined,
          '![Drawing](drawing.svg) ![Picture](picture.png) [Paper](paper.pdf)',
        ),
        'drawing.svg': svg,
        'picture.png': 'x'.repeat(40),
        'paper.pdf': '%PDF-1.4',
      })
      using site = temporaryFolder()
      const taken = await takenPort()
      await taken[Symbol.asyncDispose]()
      const url = `http://127.0.0.1:${taken.port}/`
      await broadsheet('build', folder.path, '--out', site.at('public'), '--url', url)
      await using _server = await nginxServing(site, taken.port, text => text)
      const paths = ['', 'articles/two/', 'rss.xml', 'atom.xml', 'feed.json', 'opml.xml', 'sitemap.xml']
      const media = ['media/drawing.svg', 'media/picture.png', 'media/paper.pdf', 'media/sound.mp3']
      for (const path of [...paths, ...media]) {
        const policyOf = async (headers: Headers) =>
          ['content-security-policy', 'x-content-type-options', 'referrer-policy'].map(name =>
            headers.get(name),
          )
        const { out } = await broadsheet('get', `/${path}`, folder.path, '-I', '--url', url)
        const ours = new Headers(
          out
            .split(/\r?\n/)
            .slice(1)
            .flatMap(line =>
              line.includes(': ') ? [line.split(/: (.*)/s).slice(0, 2) as [string, string]] : [],
            ),
        )
        const { headers } = await fetch(`${url}${path}`)
        expect([path, await policyOf(headers)]).toEqual([path, await policyOf(ours)])
        expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      }
      const missing = await fetch(`${url}nowhere`)
      expect([missing.status, missing.headers.get('content-security-policy')]).toEqual([
        404,
        expect.stringContaining("default-src 'none'"),
      ])
    },
  )
})

/** What deploy/nginx.conf says of styled feeds: its blocks for the types of RSS and Atom left out. */
function withoutXmlTypes(snippet: string): string {
  const without = snippet.replaceAll(/^ *location ~ \/(?:rss|atom)[^}]*\}[^}]*\}\n/gm, '')
  expect(without).not.toContain('rss\\.xml$')
  return without
}

const bareServer = () => 'server { listen 80;\nroot /; }'

/** deploy/nginx.conf, changed by `settings`, over the built files in `public`, until it is let go of. */
async function nginxServing(
  site: ReturnType<typeof temporaryFolder>,
  port: number,
  settings: (text: string) => string,
) {
  const server = settings(readFileSync(join(import.meta.dirname, '../../deploy/nginx.conf'), 'utf8'))
    .replace(/listen .*;/, `listen 127.0.0.1:${port};`)
    .replace(/root .*;/, `root ${site.at('public')};`)
    .replaceAll(/^.*listen \[.*$/gm, '')
  site.write('nginx.conf', nginxSettings(site.path, server))
  const child = spawn(installedTool('nginx')!, ['-c', site.at('nginx.conf'), '-p', site.path], {
    stdio: 'ignore',
  })
  await listening(port)
  return {
    async [Symbol.asyncDispose]() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

const nginxSettings = (folder: string, server: string) => `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off; include /etc/nginx/mime.types;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  ${server}
}`

async function listening(port: number): Promise<void> {
  const up = () =>
    new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
  if (!(await eventually(up, Boolean))) throw new Error('nginx did not start')
}

describe('the command', () => {
  test('names the fault, what was seen, and the cure; an error means exit code 1', async () => {
    await using server = await faultyServer(text(rss => rss.replace('2026:2<', '2026:1<')))
    const { exitCode, out, said } = await broadsheet('doctor', server.url)
    expect([exitCode, said]).toEqual([1, ''])
    expect(out).toContain(`${server.url}  RSS, 3 items: A right feed\n`)
    expect(out).toContain(
      `error id-duplicate ${server.url}\n  Several items have the same id: readers show one of them.\n  1 of 3: "Article 2".\n  Give every article its own.\n`,
    )
    expect(out).toMatch(/\n1 error, 0 warnings, 0 notes\.\n$/)
  })

  test('a warning alone is advice: exit code 0', async () => {
    await using server = await faultyServer(header('set-cookie', 'a=1'))
    expect((await broadsheet('doctor', server.url)).exitCode).toBe(0)
  })

  test('a stranger’s words can not write on the terminal', async () => {
    await using server = await faultyServer(text(rss => rss.replace('A right feed', 'A \x9b31m feed')))
    expect((await broadsheet('doctor', server.url)).out).not.toMatch(/[\x80-\x9f]/)
  })

  test.each([
    ['news.example.org', 'Did you mean https://news.example.org?'],
    ['ftp://news.example.org/', 'is not an address that begins with https:// or http://'],
  ])('%s is not an address', async (url, sentence) => {
    const { exitCode, said } = await broadsheet('doctor', url)
    expect([exitCode, said]).toEqual([2, expect.stringContaining(sentence)])
  })
})
