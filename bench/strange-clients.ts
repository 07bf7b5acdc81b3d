import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomNumbers } from '../tests/support/folders.ts'
import { ask, type ChildServer, holdings, startBroadsheet } from './child-server.ts'
import { writeFiftyPosts } from './fifty-posts.ts'

/*
 * Clients that nobody wishes for, on `broadsheet serve`: many connections that send a byte a second and never end their
 * request, random addresses and query strings, header fields without end. Readers who ask properly are answered
 * meanwhile, nothing is published or kept for any of it, and what was taken is given back.
 * npm run bench -- strange-clients [--slow 1000] [--seconds 30] [--addresses 10000]
 */
const { values } = parseArgs({
  options: {
    slow: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    addresses: { type: 'string', default: '10000' },
  },
})
const random = randomNumbers(7)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

const pieces = [
  ...[
    '/',
    '//',
    '.',
    '..',
    '%2e',
    '%2F',
    '%',
    '%zz',
    '%C3%A9',
    'e%CC%81',
    '%00',
    '%20',
    '?',
    '&',
    '=',
    '#',
    ';',
  ],
  ...[
    'rss.xml',
    'feed',
    'articles',
    'tags',
    'archive',
    'media',
    'index.html',
    'healthz',
    '404.html',
    'raw',
    'page',
  ],
  ...['wp-login.php', '.env', '.git/config', 'cgi-bin', "'", '"', '<script>', '$(id)', '{{7*7}}', '\\'],
]

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
writeFiftyPosts(folder)
const server = await startBroadsheet(folder)
try {
  await run(server)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}

async function run(server: ChildServer) {
  const health = await ask(new URL('healthz', server.url).href)
  await readers(server, 20_000)
  const before = await settled(server)

  const slowing = slowClients(server, Number(values.slow))
  // All are connected by then, and none has used up its time.
  await sleep(3_000)
  const during = holdings(server.process.pid!)
  const times = await readers(server, 5_000)
  const slow = await slowing
  const refused = slow.filter(({ destroyed }) => destroyed).length
  console.log(
    `${slow.length} connections sending a byte a second for ${values.seconds} s, of which ${refused} were ended by the server; readers meanwhile: p50 ${times.p50.toFixed(1)} ms, p99 ${times.p99.toFixed(1)} ms`,
  )
  for (const socket of slow) socket.destroy()

  await randomAddresses(server, Number(values.addresses))
  await hugeHeaders(server)

  const after = await settled(server)
  deepStrictEqual(
    (await ask(new URL('healthz', server.url).href)).body,
    health.body,
    'something was published',
  )
  if (!before || !after || !during)
    return console.log('This system does not tell memory and descriptors: they are left out.')
  console.log(
    `memory ${before.memory.toFixed(0)} MiB before, ${during.memory.toFixed(0)} with the slow ones, ${after.memory.toFixed(0)} after; descriptors ${before.descriptors}, ${during.descriptors}, ${after.descriptors}`,
  )
  ok(after.memory < before.memory * 1.25 + 16, 'memory grew')
  ok(after.descriptors <= before.descriptors + 4, 'descriptors were not given back')
}

/** After a pause in which connections end and garbage goes. */
async function settled(server: ChildServer) {
  await sleep(6000)
  return holdings(server.process.pid!)
}

/** Polite ones, one after the other: all are answered. Milliseconds. */
async function readers(server: ChildServer, count: number): Promise<{ p50: number; p99: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const url = new URL('rss.xml', server.url).href
  const times: number[] = []
  const etag = String((await ask(url)).headers.etag)
  const reader = async () => {
    while (times.length < count) {
      const start = performance.now()
      const { status } = await ask(url, { 'if-none-match': etag, 'accept-encoding': 'gzip' }, { agent })
      strictEqual(status, 304)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: 8 }, reader))
  agent.destroy()
  times.sort((a, b) => a - b)
  return { p50: times[Math.floor(count / 2)]!, p99: times[Math.floor(count * 0.99)]! }
}

async function slowClients(server: ChildServer, count: number): Promise<Socket[]> {
  const { hostname, port } = new URL(server.url)
  const sockets = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(Number(port), hostname, () => resolve(socket))
          socket.once('error', reject)
        }),
    ),
  )
  for (const socket of sockets) socket.on('error', () => {}).resume()
  const request = `GET /rss.xml HTTP/1.1\r\nHost: localhost\r\nX-Slow: ${'a'.repeat(10_000)}`
  for (let second = 0; second < Number(values.seconds); second++) {
    for (const socket of sockets) if (socket.writable) socket.write(request[second]!)
    await sleep(1000)
  }
  return sockets
}

async function randomAddresses(server: ChildServer, count: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const statuses: Record<number, number> = {}
  let left = count
  const stranger = async () => {
    while (left-- > 0) {
      const known = random() < 0.3
      const tail = Array.from({ length: Math.floor(random() * 9) }, () =>
        random() < 0.3 ? Math.floor(random() * 1e9).toString(36) : pick(pieces),
      ).join('')
      const path = known ? `/rss.xml?${tail}` : `/${tail}`
      const { status } = await askRaw(server, path.replaceAll(' ', '%20'), agent)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: 16 }, stranger))
  agent.destroy()
  console.log(`${count} random addresses: ${JSON.stringify(statuses)}`)
  for (const status of Object.keys(statuses))
    ok(['200', '301', '400', '404', '410'].includes(status), `status ${status}`)
}

/** The path as it is: `URL` would mend it. */
function askRaw({ url }: ChildServer, path: string, agent: Agent) {
  return ask(url, {}, { agent, path })
}

async function hugeHeaders(server: ChildServer) {
  const statuses: Record<number, number> = {}
  for (let size = 1000; size <= 64_000; size += 500) {
    const answer = await ask(new URL('rss.xml', server.url).href, { 'x-huge': 'a'.repeat(size) })
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    strictEqual(answer.status, size < 15_500 ? 200 : answer.status)
    if (size > 16_500) strictEqual(answer.status, 431)
  }
  const many = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x-${index}`, 'a']))
  const { status } = await ask(new URL('rss.xml', server.url).href, many)
  console.log(`header fields of 1 to 64 KB: ${JSON.stringify(statuses)}; 1500 fields: ${status}`)
}
