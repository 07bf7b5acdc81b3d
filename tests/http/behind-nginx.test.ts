import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { Publication } from '../../src/model/snapshot.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { eventually } from '../runtimes/command-line.ts'
import { installedTool } from '../support/installed-tool.ts'

const nginx = installedTool('nginx')

const words = 'The words of an article, said again and again. '.repeat(40)
const sound = Uint8Array.from({ length: 5000 }, (_, index) => index % 251)

function publication(feed: string): Publication {
  const document = { headers: {}, page: null, maxAge: null }
  return {
    url: 'https://example.org/',
    maxAge: 300,
    publishedAt: Date.now() - 3_600_000,
    documents: [
      { ...document, path: '/', mediaType: 'text/html; charset=utf-8', body: `<p>${words}</p>` },
      {
        ...document,
        path: '/rss.xml',
        mediaType: 'application/rss+xml; charset=utf-8',
        body: feed,
        page: '/',
      },
      { ...document, path: '/feed.json', mediaType: 'application/feed+json', body: `"${words}"`, page: '/' },
      { ...document, path: '/brief.xml', mediaType: 'application/atom+xml', body: feed, maxAge: 1 },
    ],
    media: [
      {
        path: '/media/a.mp3',
        mediaType: 'audio/mpeg',
        size: sound.length,
        stamp: null,
        read: async () => sound,
      },
    ],
    redirects: [],
    gone: [],
    due: [],
  }
}

/** Three kinds of cache: one that passes codings on, one that undoes and redoes them, one that knows no Vary. */
const settings = (folder: string, port: number) => `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  proxy_http_version 1.1;
  proxy_cache_revalidate on;
  proxy_cache_path ${folder}/passing keys_zone=passing:1m;
  proxy_cache_path ${folder}/recoding keys_zone=recoding:1m;
  proxy_cache_path ${folder}/varyless keys_zone=varyless:1m;
  add_header x-cache $upstream_cache_status always;
  server {
    listen unix:${folder}/passing.sock;
    location / { proxy_pass http://127.0.0.1:${port}; proxy_cache passing; }
  }
  server {
    listen unix:${folder}/recoding.sock;
    gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any; gzip_vary on;
    proxy_set_header Accept-Encoding "";
    location / { proxy_pass http://127.0.0.1:${port}; proxy_cache recoding; }
  }
  server {
    listen unix:${folder}/varyless.sock;
    proxy_ignore_headers Vary;
    location / { proxy_pass http://127.0.0.1:${port}; proxy_cache varyless; }
  }
}
`

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

function askSocket(socketPath: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ socketPath, path, headers: { host: 'example.org', ...headers } }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

function decoded({ headers, body }: Answer): Buffer {
  if (headers['content-encoding'] === 'gzip') return gunzipSync(body)
  return headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body
}

describe.skipIf(!nginx)('behind nginx', () => {
  let folder = ''
  const store = createMemoryStore({
    compress: { gzip: bytes => gzipSync(bytes), br: bytes => brotliCompressSync(bytes) },
  })
  let server: ReturnType<typeof serve>
  let proxy: ChildProcess
  const through = (cache: string, path: string, headers?: Record<string, string>) =>
    askSocket(join(folder, `${cache}.sock`), path, headers)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'broadsheet-nginx-'))
    await store.publish(publication(`<rss>${words}</rss>`))
    server = serve({ fetch: createReaderApp({ store }).fetch, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    writeFileSync(join(folder, 'nginx.conf'), settings(folder, (server.address() as AddressInfo).port))
    proxy = spawn(nginx!, ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' })
    const up = () =>
      through('varyless', '/healthz').then(
        () => true,
        () => false,
      )
    if (!(await eventually(up, Boolean))) throw new Error('nginx did not start')
  })
  afterAll(async () => {
    const ended = once(proxy, 'exit')
    proxy.kill()
    await ended
    server.close()
    rmSync(folder, { recursive: true })
  })

  const codings = [undefined, 'gzip', 'br', 'gzip, deflate, br, zstd', 'identity;q=0.1, gzip']
  const cases = ['passing', 'recoding'].flatMap(cache =>
    ['/', '/rss.xml', '/feed.json', '/brief.xml', '/media/a.mp3'].flatMap(path =>
      codings.map(coding => [cache, path, coding] as const),
    ),
  )
  test.each(cases)(
    '%s cache, %s, Accept-Encoding: %s: a validator that came back gives a 304',
    async (cache, path, coding) => {
      const accepted: Record<string, string> = coding ? { 'accept-encoding': coding } : {}
      for (const round of ['first', 'from the cache']) {
        const answer = await through(cache, path, accepted)
        expect([round, answer.status]).toEqual([round, 200])
        const direct = path === '/media/a.mp3' ? Buffer.from(sound) : words
        expect(decoded(answer).includes(direct)).toBe(true)
        const { etag, 'last-modified': lastModified } = answer.headers
        const validators: Record<string, string>[] = [
          { 'if-none-match': etag! },
          { 'if-modified-since': lastModified! },
          { 'if-none-match': etag!, 'if-modified-since': lastModified! },
          { 'if-none-match': `"other", ${etag}` },
        ]
        for (const headers of validators) {
          const again = await through(cache, path, { ...accepted, ...headers })
          expect([round, headers, again.status, again.body.length]).toEqual([round, headers, 304, 0])
          // What the proxy made of our tag must still be ours when it is sent past the proxy.
          const past = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
            headers,
          })
          expect([round, headers, past.status]).toEqual([round, headers, 304])
        }
      }
    },
  )

  test('a new publication comes through once the old answer’s time is over', async () => {
    for (const cache of ['passing', 'recoding']) {
      await store.publish(publication(`<rss>${words}</rss>`))
      const before = await through(cache, '/brief.xml')
      const news = `<rss>News. ${words}</rss>`
      await store.publish({ ...publication(news), publishedAt: Date.now() })
      const validators = {
        'if-none-match': before.headers.etag!,
        'if-modified-since': before.headers['last-modified']!,
      }
      // The cache holds the old answer for the second that it was told: after that it has to ask.
      const after = await eventually(
        () => through(cache, '/brief.xml', validators),
        ({ status }) => status === 200,
      )
      expect([cache, after.status, `${decoded(after)}`]).toEqual([cache, 200, news])
    }
  })

  test('a cache that knows no Vary never hands a reader the page', async () => {
    const browser = {
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
    }
    for (const path of ['/rss.xml', '/feed.json']) {
      for (let visit = 0; visit < 2; visit++) {
        const page = await through('varyless', path, browser)
        expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
        expect(page.headers['x-cache']).toBe('MISS')
      }
      for (const accept of ['*/*', 'text/html, application/rss+xml', 'text/html']) {
        const feed = await through('varyless', path, { accept })
        expect(feed.headers['content-type']).toMatch(/^application\/(rss\+xml|feed\+json)/)
      }
    }
  })

  test('readers share one stored answer per coding, whatever they accept; browsers get their page beside it', async () => {
    await store.publish(publication(`<rss>${words}</rss>`))
    const path = '/rss.xml?shared'
    const states: (string | string[] | undefined)[] = []
    for (const accept of ['*/*', 'application/rss+xml', 'text/html, application/atom+xml;q=0.5', 'text/xml'])
      states.push((await through('passing', path, { accept, 'accept-encoding': 'gzip' })).headers['x-cache'])
    expect(states).toEqual(['MISS', 'HIT', 'HIT', 'HIT'])
    const browser = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }
    const page = await through('passing', path, { ...browser, 'accept-encoding': 'gzip' })
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    const reader = await through('passing', path, { accept: '*/*', 'accept-encoding': 'gzip' })
    expect([reader.headers['x-cache'], reader.headers['content-type']]).toEqual([
      'HIT',
      'application/rss+xml; charset=utf-8',
    ])
  })
})
