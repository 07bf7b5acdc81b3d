import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** One request and what a right server would answer; a fault changes the answer before it is sent. */
export interface Exchange {
  path: string
  method: string
  headers: IncomingMessage['headers']
  /** Counts from 1, over all requests of this path. */
  count: number
  origin: string
  status: number
  answer: Record<string, string | string[]>
  body: Buffer
}

export type Fault = (exchange: Exchange) => void

const modified = 'Sat, 31 Jan 2026 09:30:00 GMT'
export const sound = Buffer.alloc(500, 7)

export function rightRss(origin: string): string {
  const item = (number: number) => `
    <item>
      <title>Article ${number}</title>
      <link>${origin}/articles/${number}/</link>
      <guid isPermaLink="false">tag:example.org,2026:${number}</guid>
      <pubDate>Sat, 31 Jan 2026 0${number}:30:00 GMT</pubDate>
      <description>&lt;p&gt;${'Ünd so words go on. '.repeat(30)}&lt;a href="${origin}/articles/"&gt;All&lt;/a&gt;&lt;/p&gt;</description>${number === 1 ? `\n      <enclosure url="${origin}/sound.mp3" type="audio/mpeg" length="${sound.length}"/>` : ''}
    </item>`
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>A right feed</title>
    <link>${origin}/</link>
    <description>Nothing is wrong with it.</description>
    <atom:link rel="self" type="application/rss+xml" href="${origin}/feed.xml"/>${[1, 2, 3].map(item).join('')}
  </channel>
</rss>
`
}

export function rightJson(origin: string): string {
  const items = [1, 2].map(number => ({
    id: `tag:example.org,2026:${number}`,
    url: `${origin}/articles/${number}/`,
    title: `Article ${number}`,
    content_html: '<p>Words.</p>',
    date_published: `2026-01-3${number}T09:30:00Z`.replace('32', '30'),
  }))
  const version = 'https://jsonfeed.org/version/1.1'
  const feed_url = `${origin}/feed.xml`
  return JSON.stringify({ version, title: 'A right feed', home_page_url: `${origin}/`, feed_url, items })
}

export const page = (origin: string) =>
  `<!doctype html><html lang="en"><head><title>Home</title><link rel="alternate" type="application/rss+xml" href="${origin}/feed.xml"></head><body><p>Hello.</p></body></html>`

/** Puts another document in the place of the right one, with validators of its own. */
export function replaceBody(exchange: Exchange, text: string | Buffer, type?: string): void {
  exchange.body = Buffer.from(text as string)
  if (type) exchange.answer['content-type'] = type
  exchange.answer.etag = etagOf(exchange.body)
}

export const etagOf = (body: Buffer) => `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`

/**
 * A right publication on the loopback (a feed at /feed.xml, its page at /, a sound at /sound.mp3), with one fault.
 * `before` changes what is there; `after` changes what is said about it.
 */
export async function faultyServer(before: Fault = () => {}, after: Fault = () => {}) {
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = request.url!
    const count = (counts.get(path) ?? 0) + 1
    counts.set(path, count)
    const { port } = server.address() as AddressInfo
    const origin = `http://127.0.0.1:${port}`
    const exchange = rightAnswer(path, request, origin, count)
    before(exchange)
    settle(exchange)
    after(exchange)
    send(exchange, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/feed.xml`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function rightAnswer(path: string, request: IncomingMessage, origin: string, count: number): Exchange {
  const exchange: Exchange = {
    path,
    method: request.method!,
    headers: request.headers,
    count,
    origin,
    status: 200,
    answer: { 'access-control-allow-origin': '*', 'cache-control': 'max-age=300', 'last-modified': modified },
    body: Buffer.alloc(0),
  }
  if (path === '/feed.xml') replaceBody(exchange, rightRss(origin), 'application/rss+xml; charset=utf-8')
  else if (path === '/') replaceBody(exchange, page(origin), 'text/html; charset=utf-8')
  else if (path === '/sound.mp3') replaceBody(exchange, sound, 'audio/mpeg')
  else Object.assign(exchange, { status: 404, body: Buffer.from('Not here.') })
  return exchange
}

/** Conditional requests, ranges and compression, as they should be. */
function settle(exchange: Exchange): void {
  const { headers, answer, path } = exchange
  if (exchange.status !== 200) return
  const given = headers['if-none-match']
  const since = headers['if-modified-since']
  const same = given ? given === answer.etag : since === answer['last-modified'] && since !== undefined
  if (same) {
    exchange.status = 304
    exchange.body = Buffer.alloc(0)
  } else if (headers.range && path === '/sound.mp3') {
    exchange.status = 206
    answer['content-range'] = `bytes 0-0/${exchange.body.length}`
    exchange.body = exchange.body.subarray(0, 1)
  } else if (/\bgzip\b/.test(headers['accept-encoding'] ?? '') && path !== '/sound.mp3') {
    answer['content-encoding'] = 'gzip'
    answer.vary = 'Accept-Encoding'
    exchange.body = gzipSync(exchange.body)
  }
}

function send({ status, answer, body, method }: Exchange, response: ServerResponse): void {
  response.writeHead(status, answer)
  response.end(method === 'HEAD' ? undefined : body)
}
