import { connect } from 'node:net'
import { appOf } from '../../src/http/app.ts'
import { startServer } from '../../src/runtimes/node/server.ts'
import {
  clockHeader,
  createConformanceReader,
  dueAt,
  publication,
  publishedAt,
} from '../http/conformance-publication.ts'
import { randomNumbers } from './folders.ts'

export interface ComparedWays {
  /** Answers: what is malformed ends its connection. */
  requests: number
  /** How often each status was answered. */
  statuses: Record<string, number>
  /** What was asked and what differed, by connection. */
  differences: string[]
}

/** So many requests go over one connection, as they would from a proxy. */
const perConnection = 20
/** Connections at once. */
const atOnce = 16

/** Sends the same random requests to a server that answers directly and to one that asks the app for everything. */
export async function compareWays(count: number, seed: number): Promise<ComparedWays> {
  const reader = await createConformanceReader()
  const { fetch } = appOf(reader, { onError: () => {} })
  const listen = { host: '127.0.0.1', port: 0 }
  const direct = await startServer({ ...listen, fetch, reader })
  const hono = await startServer({ ...listen, fetch })
  const number = randomNumbers(seed)
  const random = (below: number) => Math.floor(number() * below)
  const compared: ComparedWays = { requests: 0, statuses: {}, differences: [] }
  let asking = 0
  const connection = async (): Promise<void> => {
    while (asking < count) {
      // What is malformed ends a connection: it comes behind others, and what comes behind it is not answered.
      const broken = random(2) === 0 ? random(perConnection) : perConnection
      asking += Math.min(broken + 1, perConnection)
      const asked = Array.from({ length: perConnection }, (_, at) => randomRequest(random, at === broken))
      const bytes = Buffer.from(
        `${asked.join('')}GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
        'latin1',
      )
      const [one, other] = await Promise.all([answers(direct.port, bytes), answers(hono.port, bytes)])
      for (const [, status = ''] of one.matchAll(/^HTTP\/1\.1 (\d+)/gm)) {
        compared.requests++
        compared.statuses[status] = (compared.statuses[status] ?? 0) + 1
      }
      if (one !== other) compared.differences.push(firstDifference(one, other, bytes.toString('latin1')))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, connection))
  await Promise.all([direct.stop(), hono.stop()])
  return compared
}

/** Everything that comes back, the fields of each answer in one order, without the instant at which it was sent. */
function answers(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', piece => pieces.push(piece))
    // A server that refuses what comes may reset the connection while more is on its way.
    socket.on('error', error => ('code' in error && error.code === 'ECONNRESET' ? undefined : reject(error)))
    socket.on('close', () => resolve(comparable(Buffer.concat(pieces).toString('latin1'))))
  })
}

const comparable = (text: string) =>
  text.replaceAll(
    /HTTP\/1\.1 (\d{3}[^\r\n]*)\r\n([\s\S]*?)\r\n\r\n/g,
    (_, status: string, fields: string) => {
      const lines = fields.split('\r\n').map(line => line.replace(/^[^:]*/, name => name.toLowerCase()))
      return `\nHTTP/1.1 ${status}\r\n${lines
        .filter(line => !/^(?:date|keep-alive):/.test(line))
        .sort()
        .join('\r\n')}\r\n\r\n`
    },
  )

function firstDifference(one: string, other: string, asked: string): string {
  const [a, b] = [one.split('\nHTTP/1.1 '), other.split('\nHTTP/1.1 ')]
  const at = a.findIndex((answer, index) => answer !== b[index])
  return JSON.stringify({
    asked: asked.split(/(?<=\r\n\r\n)(?=[A-Z])/)[at - 1]?.replaceAll(/a{50,}/g, 'aaa…'),
    at,
    direct: (a[at] ?? '').slice(0, 800),
    hono: (b[at] ?? '').slice(0, 800),
  })
}

type Random = (below: number) => number

/** @param isBroken whether it may be one after which the connection is closed */
function randomRequest(random: Random, isBroken: boolean): string {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const method = random(10) < 7 ? 'GET' : pick(isBroken ? [...methods, ...brokenMethods] : methods)
  const fields = Array.from({ length: random(5) }, () =>
    pick(isBroken ? [...fieldMakers, ...brokenFields] : fieldMakers)(random),
  )
  const host = pick(isBroken ? [...hosts, ...brokenHosts] : hosts)
  // A body or a second beginning: what two readers of one connection may part differently.
  const body =
    random(12) === 0 ? pick(isBroken ? [...bodies, ...brokenBodies] : bodies) : { fields: [], text: '' }
  const version = isBroken && random(5) === 0 ? '1.0' : '1.1'
  const lines = [`${method} ${target(random, isBroken)} HTTP/${version}`, ...(host ? [host] : [])]
  const clock = `${clockHeader}: ${pick([publishedAt, dueAt, dueAt + 1000])}`
  return `${[...lines, clock, ...fields, ...body.fields].join('\r\n')}\r\n\r\n${body.text}`
}

const hosts = [
  'host: localhost',
  'host: localhost',
  'Host: a.example:80',
  'host: evil.example',
  'host: [::1]',
  'HOST:  x.example ',
]
const brokenHosts = ['host:', 'host: a b', '', 'host: a.example:99999', 'host: ../x', 'host: a@b']

const methods = [
  'HEAD',
  'HEAD',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'DELETE',
  'TRACE',
  'PATCH',
  'PROPFIND',
  'QUERY',
]
const brokenMethods = ['get', 'GÉT', 'CONNECT', 'GET\t']
const bodies = [
  { fields: ['content-length: 5'], text: 'hello' },
  { fields: ['content-length: 0'], text: '' },
  { fields: ['transfer-encoding: chunked'], text: '3\r\nabc\r\n0\r\n\r\n' },
]
const brokenBodies = [
  { fields: ['transfer-encoding: chunked', 'content-length: 3'], text: '0\r\n\r\n' },
  { fields: ['content-length: 3', 'content-length: 4'], text: 'abcd' },
  { fields: ['transfer-encoding: xchunked'], text: '0\r\n\r\n' },
  { fields: ['transfer-encoding : chunked'], text: '0\r\n\r\n' },
  { fields: ['content-length: +3'], text: 'abc' },
  {
    fields: ['content-length: 60'],
    text: 'GET /rss.xml HTTP/1.1\r\nhost: smuggled.example\r\nx-pad: 1\r\n\r\n',
  },
  { fields: ['expect: 100-continue', 'content-length: 2'], text: 'ok' },
]

const paths = [
  ...publication.documents.map(({ path }) => path),
  ...publication.media.map(({ path }) => path),
  ...publication.redirects.map(({ path }) => path),
  ...publication.gone,
  '/healthz',
  '/none',
  '/articles/1',
  '/rss.xml/',
]

function target(random: Random, isBroken: boolean): string {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const path = pick(paths)
  const written = isBroken && random(4) === 0 ? path : encodeURI(path)
  const broken = ['*', 'localhost:80', written.slice(1), `${written}#frag`, `${written} x`]
  if (isBroken && random(4) === 0) return pick(broken)
  const changes: (() => string)[] = [
    () => written,
    () => written,
    () => written,
    () => `${written}?utm=1`,
    () => `${written}?a=b&c=%zz`,
    () => `//${written}`,
    () => `/.${written}`,
    () => `/x/..${written}`,
    () => `http://localhost${written}`,
    () => `https://evil.example${written}`,
    () =>
      written.replace(/[a-z]/g, letter =>
        random(3) === 0 ? `%${letter.charCodeAt(0).toString(16)}` : letter,
      ),
    () => written.toUpperCase(),
    () => `${written}%00`,
    () => `${written}%2f`,
    () => `${written}\\`,
    () => `/${'a'.repeat(random(9000))}`,
    () => `${written};v=1`,
    () => `${written}%ff`,
  ]
  return pick(changes)()
}

const etags = ['*', '"none"', 'W/"none"', '"a", W/"b"', 'garbage', '']
const dates = [
  'Thu, 01 Jan 2026 00:00:00 GMT',
  'Thu, 01 Jan 2026 00:00:01 GMT',
  'Fri, 01 Jan 2027 00:00:00 GMT',
  'Thursday, 01-Jan-26 00:00:00 GMT',
  'yesterday',
  '0',
]
const ranges = [
  'bytes=0-1',
  'bytes=-3',
  'bytes=5-',
  'bytes=9999999-',
  'bytes=0-0,2-3',
  'bytes=3-1',
  'items=0-1',
  'bytes=a-b',
  'bytes=0-99999999999999999999',
  'bytes=',
]
const codings = [
  'gzip',
  'br',
  'zstd',
  'gzip;q=0',
  '*',
  'identity;q=0',
  'gzip, br;q=0.5',
  'deflate',
  '',
  'gzip;q=2',
  'x, ,y',
]
const instances = ['feed', 'feed, gzip', 'diffe', '']

const oneOf =
  (name: string, values: readonly string[]) =>
  (random: Random): string =>
    `${random(2) === 0 ? name : name.toUpperCase()}:${random(5) === 0 ? '' : ' '}${values[random(values.length)]}`

const fieldMakers = [
  oneOf('if-none-match', etags),
  oneOf('if-match', etags),
  oneOf('if-modified-since', dates),
  oneOf('if-unmodified-since', dates),
  oneOf('if-range', [...etags, ...dates]),
  oneOf('range', ranges),
  oneOf('range', ranges),
  oneOf('accept-encoding', codings),
  oneOf('accept-encoding', codings),
  oneOf('accept', ['*/*', 'text/html', 'application/rss+xml', 'text/html;q=0.1, */*', '']),
  oneOf('a-im', instances),
  oneOf('sec-fetch-dest', ['document', 'empty', 'image']),
  oneOf('sec-fetch-mode', ['navigate', 'cors']),
  oneOf('origin', ['https://a.example', 'null', 'x']),
  oneOf('cookie', ['a=b', '']),
  oneOf('authorization', ['Basic YTpi']),
  oneOf('x-forwarded-host', ['evil.example']),
  oneOf('forwarded', ['host=evil.example;proto=https']),
  oneOf('x-method-override', ['DELETE']),
  oneOf('user-agent', ['curl', 'a\u00e9b', '']),
  oneOf('x-long', ['a'.repeat(3000)]),
]
const brokenFields = [
  oneOf('bad name', ['x']),
  oneOf('upgrade', ['h2c', 'websocket']),
  oneOf('host', ['other.example']),
  oneOf('x-control', ['a\u0001b']),
  oneOf(' folded', ['x']),
]
