import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { DocumentSet, Publication, RenderedDocument } from '../../src/model/snapshot.ts'
import { type WorkerBundleOptions, writeWorkerBundle } from '../../src/runtimes/worker/worker-bundle.ts'
import { limitProblems } from '../../src/runtimes/worker/worker-limits.ts'
import { holdsHash } from '../../src/store/path-table.ts'
import { sliceStream } from '../../src/store/stream-slice.ts'
import { fnv1a } from '../../src/text/fnv1a.ts'
import { deployedReader } from '../support/deployed-bundle.ts'
import { temporaryFolder } from './command-line.ts'

const now = Date.UTC(2026, 0, 31, 12)
const later = now + 3_600_000
const html = 'text/html; charset=utf-8'
const atom = 'application/atom+xml; charset=utf-8'
const document = (
  path: string,
  body = `body of ${path} `.repeat(30),
  mediaType = html,
): RenderedDocument => ({
  path,
  mediaType,
  body,
  headers: { 'content-language': 'en' },
  page: null,
  maxAge: null,
})
const medium = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)

function publication(pages: number): Publication {
  return {
    url: 'https://news.example.org/',
    maxAge: 300,
    publishedAt: now,
    documents: [
      document('/'),
      document('/atom.xml', '<feed/>'.repeat(100), atom),
      document('/404.html', 'nothing here'),
      ...Array.from({ length: pages }, (_, index) => document(`/articles/n${index}/`)),
    ],
    media: [
      {
        path: '/media/sound.mp3',
        mediaType: 'audio/mpeg',
        size: medium.length,
        stamp: 'once',
        read: async range => (range ? medium.slice(range.start, range.end + 1) : medium),
      },
    ],
    redirects: [{ path: '/old/', location: 'https://news.example.org/articles/n0/' }],
    gone: ['/withdrawn/'],
    due: [{ at: later, documents: [document('/soon/')], gone: ['/articles/n0/'] }],
  }
}

/** Documents that are made only when they are asked for. */
function setOf(documents: RenderedDocument[]): DocumentSet {
  const published = new Map(
    documents.map(made => [made.path, { path: made.path, fingerprint: made.body, render: () => made }]),
  )
  return { get: path => published.get(path), values: () => published.values() }
}

/** A deployment of a publication, and the paths of the assets that answers made it fetch. */
async function deploy(
  folder: string,
  pages: number | Publication,
  options?: WorkerBundleOptions,
  clock = now + 5000,
) {
  const published = typeof pages === 'number' ? publication(pages) : pages
  const bundle = await writeWorkerBundle(folder, published, options)
  const fetched: string[] = []
  const store = deployedReader(folder, path => void fetched.push(path))
  const app = createReaderApp({ store, clock: () => clock })
  const ask = async (path: string, init?: RequestInit) => {
    fetched.length = 0
    const answer = await app.request(path, init)
    return { answer, bytes: new Uint8Array(await answer.arrayBuffer()), fetched: [...fetched] }
  }
  return { bundle, ask, fetched }
}

describe.each([
  ['all rows with the code', undefined],
  ['most rows in shards', { inlineRows: 2000 }],
] as const)('%s', (_, options) => {
  test('every path is answered with its bytes', async () => {
    using folder = temporaryFolder()
    const { bundle, ask } = await deploy(folder.path, 600, options)
    expect(bundle.paths).toBe(606)
    for (const { path, body } of publication(600).documents) {
      if (path === '/404.html') continue
      const { answer, bytes } = await ask(path)
      expect(answer.status).toBe(200)
      expect(new TextDecoder().decode(bytes)).toBe(body)
    }
    const { answer, bytes } = await ask('/media/sound.mp3')
    expect(answer.headers.get('content-length')).toBe('300000')
    expect(bytes).toEqual(medium)
    expect((await ask('/old/')).answer.headers.get('location')).toContain('/articles/n0/')
    expect((await ask('/withdrawn/')).answer.status).toBe(410)
  })

  test('feeds and lists: 200, 304, HEAD, 404 and 405 touch no asset', async () => {
    using folder = temporaryFolder()
    const { ask } = await deploy(folder.path, 600, options)
    const { answer } = await ask('/atom.xml')
    const etag = answer.headers.get('etag')!
    const cases: [string, RequestInit, number][] = [
      ['/atom.xml', {}, 200],
      ['/', {}, 200],
      ['/atom.xml', { headers: { 'if-none-match': etag } }, 304],
      ['/atom.xml', { method: 'HEAD' }, 200],
      ['/atom.xml', { method: 'POST' }, 405],
      ['/articles/never/', {}, 404],
      ['/wp-login.php', {}, 404],
    ]
    for (const [path, init, status] of cases) {
      const { answer, fetched } = await ask(path, init)
      expect([path, answer.status, fetched]).toEqual([path, status, []])
    }
  })

  test('what comes and goes by date does so by the clock', async () => {
    using folder = temporaryFolder()
    const before = await deploy(folder.path, 3, options, later - 1)
    expect((await before.ask('/soon/')).answer.status).toBe(404)
    expect((await before.ask('/articles/n0/')).answer.headers.get('cache-control')).toBe('public, max-age=0')
    const after = await deploy(folder.path, 3, options, later)
    expect((await after.ask('/soon/')).answer.status).toBe(200)
    expect((await after.ask('/articles/n0/')).answer.status).toBe(410)
  })
})

test('thousands of articles at the top do not crowd the code', async () => {
  using folder = temporaryFolder()
  const site = publication(0)
  site.documents.push(...Array.from({ length: 600 }, (_, index) => document(`/n${index}.html`)))
  const { bundle, ask } = await deploy(folder.path, site, { inlineRows: 20_000, inlineBodies: 0 })
  expect(statSync(folder.at('objects.txt')).size).toBeLessThan(2000)
  expect(bundle.inlinedBytes).toBeLessThan(60_000)
  expect((await ask('/atom.xml', { method: 'HEAD' })).fetched).toEqual([])
  expect((await ask('/n599.html')).answer.status).toBe(200)
})

test('what is left to be made on demand is made for the deployment, and what changes by date with it', async () => {
  using folder = temporaryFolder()
  using whole = temporaryFolder()
  const { documents, due, ...rest } = publication(600)
  const [atOnce, left] = [documents.slice(0, 3), documents.slice(3)]
  const soon = due[0]!.documents
  const onDemand = setOf(left)
  const onDemandLater = setOf([...left.filter(({ path }) => path !== '/articles/n0/'), ...soon])
  const lazy = {
    ...rest,
    documents: atOnce,
    onDemand,
    due: [{ at: later, documents: [], gone: ['/articles/n0/'], onDemand: onDemandLater }],
  }
  for (const clock of [later - 1, later]) {
    const { bundle, ask } = await deploy(folder.path, lazy, { inlineRows: 2000 }, clock)
    expect(bundle.paths).toBe(606)
    const same = await deploy(whole.path, 600, { inlineRows: 2000 }, clock)
    for (const { path } of [...documents, ...soon]) {
      const [made, expected] = [await ask(path), await same.ask(path)]
      expect([path, made.answer.status, made.answer.headers.get('etag')]).toEqual([
        path,
        expected.answer.status,
        expected.answer.headers.get('etag'),
      ])
      expect(made.bytes).toEqual(expected.bytes)
    }
    expect((await ask('/articles/n7/')).answer.status).toBe(200)
    expect((await ask('/soon/')).answer.status).toBe(clock < later ? 404 : 200)
    expect((await ask('/articles/n0/')).answer.status).toBe(clock < later ? 200 : 410)
  }
})

test('a page in a shard costs its shard once and its pack once', async () => {
  using folder = temporaryFolder()
  const { ask } = await deploy(folder.path, 600, { inlineRows: 2000, inlineBodies: 0 })
  const first = (await ask('/articles/n7/')).fetched
  expect(first).toEqual([expect.stringMatching(/^\/s\//), expect.stringMatching(/^\/b\//)])
  expect((await ask('/articles/n7/')).fetched).toEqual([])
  expect((await ask('/articles/n7/', { method: 'HEAD' })).fetched).toEqual([])
})

test('rows of collections’ feeds are with the code as far as there is room: polls of them touch no asset', async () => {
  const feeds = Array.from({ length: 20 }, (_, index) => ({
    ...document(`/tags/t${index}/atom.xml`, undefined, atom),
    page: `/tags/t${index}/`,
  }))
  const site = publication(600)
  site.documents.push(...feeds)
  for (const [inlineRows, expected] of [
    [20_000, []],
    [2000, [expect.stringMatching(/^\/s\//)]],
  ] as const) {
    using folder = temporaryFolder()
    const { ask } = await deploy(folder.path, site, { inlineRows })
    const { answer, fetched } = await ask('/tags/t7/atom.xml', { method: 'HEAD' })
    expect([answer.status, fetched]).toEqual([200, expected])
    const headers = { 'if-none-match': answer.headers.get('etag')! }
    const again = await ask('/tags/t7/atom.xml', { headers })
    expect([again.answer.status, again.fetched]).toEqual([304, []])
    expect((await ask('/articles/n7/')).answer.status).toBe(200)
  }
})

test('documents go out compressed, as they lie there', async () => {
  using folder = temporaryFolder()
  const { ask } = await deploy(folder.path, 1)
  const init = { headers: { 'accept-encoding': 'gzip, br' } }
  for (const path of ['/atom.xml', '/']) {
    const { answer, bytes } = await ask(path, init)
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b])
  }
})

test('a medium larger than an asset may be lies there in parts', async () => {
  using folder = temporaryFolder()
  const large = Uint8Array.from({ length: 26 * 1024 * 1024 }, (_, index) => (index * 31) >> 3)
  const site = publication(0)
  site.media = [
    {
      path: '/media/film.mp4',
      mediaType: 'video/mp4',
      size: large.length,
      stamp: 'once',
      read: async range => (range ? large.slice(range.start, range.end + 1) : large),
    },
  ]
  const { bundle, ask } = await deploy(folder.path, site)
  expect(bundle.tooLarge).toEqual([])
  for (const file of readdirSync(folder.at('assets/b')))
    expect(statSync(folder.at(`assets/b/${file}`)).size).toBeLessThanOrEqual(1024 * 1024)
  const { answer, bytes } = await ask('/media/film.mp4', { headers: { range: 'bytes=1048570-1048590' } })
  expect(answer.headers.get('content-range')).toBe(`bytes 1048570-1048590/${large.length}`)
  expect(bytes).toEqual(large.slice(1048570, 1048591))
})

test('one article more leaves most assets as they were: they are not uploaded again', async () => {
  using one = temporaryFolder()
  using two = temporaryFolder()
  const site = publication(0)
  const pages = Array.from({ length: 400 }, (_, index) =>
    document(`/articles/n${index}/`, `${index} `.repeat(3000)),
  )
  await writeWorkerBundle(one.path, { ...site, documents: [...site.documents, ...pages] })
  const added = document('/articles/added/', 'added '.repeat(3000))
  await writeWorkerBundle(two.path, { ...site, documents: [...site.documents, added, ...pages] })
  const before = new Set(readdirSync(one.at('assets/b')))
  const after = readdirSync(two.at('assets/b'))
  expect(after.length).toBeGreaterThan(6)
  expect(after.filter(name => !before.has(name)).length).toBeLessThanOrEqual(after.length / 2)
})

test.each([
  ['bytes=0-0', 0, 1],
  ['bytes=100-199', 100, 200],
  ['bytes=299990-', 299_990, 300_000],
  ['bytes=-5', 299_995, 300_000],
])('a range of a medium: %s', async (range, start, end) => {
  using folder = temporaryFolder()
  const { ask } = await deploy(folder.path, 1)
  const { answer, bytes } = await ask('/media/sound.mp3', { headers: { range } })
  expect([answer.status, answer.headers.get('content-range')]).toEqual([
    206,
    `bytes ${start}-${end - 1}/300000`,
  ])
  expect(bytes).toEqual(medium.slice(start, end))
})

test('a body that the platform has lost is a 503, not half a page', async () => {
  using folder = temporaryFolder()
  const { ask } = await deploy(folder.path, 1, { inlineBodies: 0 })
  rmSync(folder.at('assets'), { recursive: true })
  expect((await ask('/')).answer.status).toBe(503)
})

test('two bundles of the same publication are the same bytes', async () => {
  using one = temporaryFolder()
  using two = temporaryFolder()
  await deploy(one.path, 600, { inlineRows: 2000 })
  await deploy(two.path, 600, { inlineRows: 2000 })
  for (const name of ['objects.txt', 'objects.bin', 'publication.js'])
    expect(readFileSync(one.at(name))).toEqual(readFileSync(two.at(name)))
})

test('a slice stops reading where it ends', async () => {
  let pulled = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(10).fill(pulled))
      },
    },
    { highWaterMark: 0 },
  )
  const bytes = new Uint8Array(await new Response(sliceStream(stream, { start: 15, end: 24 })).arrayBuffer())
  expect([...bytes]).toEqual([2, 2, 2, 2, 2, 3, 3, 3, 3, 3])
  expect(pulled).toBe(3)
})

test('a stream that is shorter than its slice is an error, never silence', async () => {
  const stream = new Response('short').body!
  await expect(new Response(sliceStream(stream, { start: 0, end: 99 })).text()).rejects.toThrow()
})

test('the list of hashes knows what it holds', () => {
  const hashes = Uint32Array.from(['/a', '/b', '/c', '/d'], path => fnv1a(path)).sort()
  for (const path of ['/a', '/b', '/c', '/d']) expect(holdsHash(hashes, fnv1a(path))).toBe(true)
  for (const path of ['/e', '/', '']) expect(holdsHash(hashes, fnv1a(path))).toBe(false)
  expect(holdsHash(new Uint32Array(0), fnv1a('/a'))).toBe(false)
})

describe('what the platform would refuse is said before anything is uploaded', () => {
  const small = { files: 10, inlinedBytes: 1000, tooLarge: [] }
  const mebibyte = 1024 * 1024
  test.each([
    ['a small one', small, 'free', []],
    [
      'many files',
      { ...small, files: 20_001 },
      'free',
      [/needs 20,001 assets; the free plan takes 20,000.*--plan paid/],
    ],
    ['many files, paid', { ...small, files: 20_001 }, 'paid', []],
    ['very many files', { ...small, files: 100_001 }, 'paid', [/100,001 assets.*Split/]],
    [
      'a large manifest',
      { ...small, inlinedBytes: 3 * mebibyte },
      'free',
      [/3\.1 MiB gzipped; the free plan takes 3\.0 MiB/],
    ],
    [
      'a large medium',
      { ...small, tooLarge: [{ path: '/media/film.mp4', size: 30 * mebibyte }] },
      'paid',
      [/^\/media\/film\.mp4 has 30\.0 MiB; an asset may have 25\.0 MiB/],
    ],
  ] as const)('%s', (_, bundle, plan, expected) => {
    const problems = limitProblems({ ...bundle, tooLarge: [...bundle.tooLarge] }, plan)
    expect(problems).toEqual(expected.map(pattern => expect.stringMatching(pattern)))
  })
})
