/**
 * `doctor` before hostile servers: `node tests/fuzz/hostile-servers.fuzz.ts [--only NAME] [--megabytes 200] [--seconds 30]`. Each server of a list does
 * harm in another way; `doctor`, in a process of its own, must end in time, take no more memory than the limit, and say what is wrong.
 * Prints one line for each, with the processor time that doctor itself took; exits 1 where one is over a limit, ends badly, or is not named.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    megabytes: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
  },
})

/** How a server answers a path; `origin` is its own address. */
type Answer = (path: string, response: ServerResponse, origin: string) => void
interface Hostile {
  answer?: Answer
  /** In place of HTTP. */
  raw?: (socket: Socket) => void
  /** What the report must say of it. */
  named: RegExp
}

const mebi = 1_048_576
const head =
  '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>T</title><link>http://a.example/</link><description>D</description>'
const item = (more = '') =>
  `<item><title>A</title><link>http://a.example/1</link><guid isPermaLink="false">x:${more.length}</guid><description>D</description>${more}</item>`
const feedType = { 'content-type': 'application/rss+xml; charset=utf-8' }
/** A feed that is the same text over and over. */
const feedOf =
  (text: string, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(200, { ...feedType, ...headers }).end(text)
  }
/** Made when it is asked for, and once. */
const coded = (coding: string, body: () => Buffer): Answer => {
  let made: Buffer | null = null
  return (_, response) => {
    made ??= body()
    response.writeHead(200, { ...feedType, 'content-encoding': coding }).end(made)
  }
}
/** As much as is taken, without an end. */
function pour(response: ServerResponse, piece: Buffer | string, most = Number.POSITIVE_INFINITY) {
  // HEAD takes all and sends nothing.
  if (response.req.method === 'HEAD') return void response.end()
  let sent = 0
  const on = () => {
    while (sent < most && response.socket && !response.socket.destroyed) {
      sent += piece.length
      if (!response.write(piece)) return void response.once('drain', on)
    }
    response.end('</channel></rss>')
  }
  on()
}
const zeros = () => Buffer.alloc(1000 * mebi)
const billion = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">${Array.from({ length: 12 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('')}]><rss version="2.0"><channel><title>&a12;</title></channel></rss>`
const quadratic = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'a'.repeat(100_000)}">]><rss version="2.0"><channel><title>${'&a;'.repeat(100_000)}</title></channel></rss>`
const external = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&a;</title><link>http://a.example/</link><description>D</description></channel></rss>`
const atEvery = (milliseconds: number, response: ServerResponse, piece: string) => {
  const timer = setInterval(() => response.write(piece), milliseconds)
  response.on('close', () => clearInterval(timer))
}

const hostile: Record<string, Hostile> = {
  'a gzip bomb of 1 GB': {
    answer: coded('gzip', () => gzipSync(zeros(), { level: 1 })),
    named: /larger|bytes|too|not/i,
  },
  'a brotli bomb of 1 GB': {
    answer: coded('br', () => brotliCompressSync(zeros(), { params: { 1: 1 } })),
    named: /bytes|too|not/i,
  },
  'a zstd bomb of 1 GB': { answer: coded('zstd', () => zstdCompressSync(zeros())), named: /bytes|too|not/i },
  'a gzip bomb in a gzip bomb': {
    answer: coded('gzip', () => gzipSync(gzipSync(zeros(), { level: 1 }))),
    named: /not/i,
  },
  'a coding that it is not': { answer: coded('gzip', () => Buffer.from(head)), named: /gzip/ },
  'a coding nobody knows': { answer: coded('rot13', () => Buffer.from(head)), named: /rot13/ },
  'a body without end': {
    answer: (_, response) => pour(response.writeHead(200, feedType), 'a'.repeat(65_536)),
    named: /bytes/,
  },
  'items without end': {
    answer: (_, response) => pour(response.writeHead(200, feedType), head + item().repeat(500)),
    named: /bytes/,
  },
  'a feed of 100 MB': {
    answer: (_, response) => {
      response.writeHead(200, feedType).write(head)
      pour(response, item('<x>y</x>'.repeat(1000)), 100_000_000)
    },
    named: /bytes/,
  },
  'a slow drip': {
    answer: (_, response) => {
      response.writeHead(200, feedType).write(head)
      atEvery(200, response, '<item>')
    },
    named: /whole after|late|s/,
  },
  'a header drip': {
    raw: socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('x: y\r\n'), 200)
      socket.on('close', () => clearInterval(timer))
    },
    named: /no answer/,
  },
  'no answer ever': { raw: () => {}, named: /no answer/ },
  'a connection cut at once': { raw: socket => socket.destroy(), named: /ECONNRESET|socket hang up|broke/ },
  'no HTTP': { raw: socket => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), named: /HPE|Parse/i },
  'huge headers': {
    answer: (_, response) =>
      void response.writeHead(200, { ...feedType, 'x-huge': 'a'.repeat(10_000_000) }).end(),
    named: /HPE_HEADER_OVERFLOW|header/i,
  },
  'a million headers': {
    raw: socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      for (let at = 0; at < 100; at++) socket.write('x: y\r\n'.repeat(10_000))
    },
    named: /HPE_HEADER_OVERFLOW|header/i,
  },
  'informational answers without end': {
    raw: socket => {
      const timer = setInterval(
        () => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(1000)),
        5,
      )
      socket.on('close', () => clearInterval(timer))
    },
    named: /no answer/,
  },
  'redirects to itself': {
    answer: (path, response, origin) => void response.writeHead(301, { location: origin + path }).end(),
    named: /redirect/i,
  },
  'redirects without end': {
    answer: (_, response, origin) =>
      void response.writeHead(302, { location: `${origin}/${Math.random()}` }).end(),
    named: /redirect/i,
  },
  'a redirect to the metadata of a cloud': {
    answer: (_, response) =>
      void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    named: /not on the public internet/,
  },
  'a redirect to this machine': {
    answer: (_, response) =>
      void response.writeHead(302, { location: 'http://[::ffff:127.0.0.1]:22/' }).end(),
    named: /not on the public internet/,
  },
  'a redirect to a file': {
    answer: (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    named: /file:|http/,
  },
  'a redirect of a megabyte': {
    answer: (_, response) => void response.writeHead(302, { location: `/${'a'.repeat(15_000)}` }).end(),
    named: /redirect|404|30\d/i,
  },
  'links to private addresses': {
    answer: feedOf(
      `${head}${['http://10.0.0.1/', 'http://127.0.0.1:25/', 'http://[fd00::1]/'].map(url => item(`<enclosure url="${url}a.mp3" type="audio/mpeg" length="1"/>`)).join('')}</channel></rss>`,
    ),
    named: /./,
  },
  'a length too large': {
    raw: socket =>
      void socket.once('data', () =>
        socket.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\ncontent-length: 99999999\r\n\r\n${head}`,
        ),
      ),
    named: /broke off|whole/,
  },
  'a length too small': {
    raw: socket =>
      void socket.once('data', () =>
        socket.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\ncontent-length: 20\r\n\r\n${head}`,
        ),
      ),
    named: /HPE|XML|not/i,
  },
  'two lengths': {
    raw: socket =>
      void socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\nabcdefg'),
      ),
    named: /HPE/,
  },
  'a chunk without end': {
    raw: socket =>
      void socket.once('data', () => {
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFF\r\n`,
        )
        const on = () => {
          while (socket.writable && socket.write('a'.repeat(65_536)));
          socket.once('drain', on)
        }
        on()
      }),
    named: /bytes/,
  },
  'entities of entities': { answer: feedOf(billion), named: /entit|XML|DOCTYPE/i },
  'one entity many times': { answer: feedOf(quadratic), named: /entit|XML|DOCTYPE/i },
  'an entity from a file': { answer: feedOf(external), named: /entit|XML|DOCTYPE/i },
  'elements in elements': { answer: feedOf(`${head}${'<a>'.repeat(1_000_000)}`), named: /XML|deep/i },
  'a million attributes': {
    answer: feedOf(`${head}<a ${Array.from({ length: 300_000 }, (_, at) => `a${at}="x"`).join(' ')}/>`),
    named: /XML|not/i,
  },
  'JSON in JSON': {
    answer: feedOf(`{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(4_000_000)}`, {
      'content-type': 'application/feed+json',
    }),
    named: /json-invalid/,
  },
  'a million links on the page': {
    answer: (path, response, origin) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          Array.from(
            { length: 100_000 },
            (_, at) => `<link rel="alternate" type="application/rss+xml" href="${origin}/${at}${path}.xml">`,
          ).join(''),
        ),
    named: /feed/i,
  },
  'a million items without an id': {
    answer: feedOf(`${head}${'<item><title>A</title></item>'.repeat(300_000)}</channel></rss>`),
    named: /elements/,
  },
  'bytes that are no text': {
    answer: (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-16' })
        .end(Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => (at * 7919) % 256))),
    named: /XML|feed|char/i,
  },
  'escape sequences': {
    answer: feedOf(`${head.replace('<title>T', '<title>T\u001b]0;owned\u0007\u202e')}${item()}`),
    named: /XML|not/i,
  },
  'a 304 to everything': { answer: (_, response) => void response.writeHead(304).end(), named: /304/ },
  'a 429 for a year': {
    answer: (_, response) => void response.writeHead(429, { 'retry-after': '31536000' }).end(),
    named: /rate-limited/,
  },
  'a 200 without a body': {
    answer: (_, response) => void response.writeHead(200, { ...feedType, 'content-length': '0' }).end(),
    named: /ill-formed/,
  },
  'pages of pages': {
    answer: (path, response, origin) =>
      feedOf(
        `${head.replace('<channel>', `<channel><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="${origin}/${path.length}${Math.random()}"/>`)}${item()}</channel></rss>`,
      )(path, response, origin),
    named: /./,
  },
}

async function start(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const entry = new URL('../../src/runtimes/cli.ts', import.meta.url).pathname

/** Runs `doctor`; what it said, how long it took from its first request, and the most memory it had, in MiB. */
async function examine(url: string, firstRequest: Promise<number>) {
  const child = spawn(process.execPath, [entry, 'doctor', `${url}/feed.xml`, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      said += text
    })
  let [most, processor] = [0, 0]
  const looking = setInterval(() => {
    try {
      const times = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      processor = (Number(times[11]) + Number(times[12])) / 100
      most = Math.max(
        most,
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      )
    } catch {}
  }, 20)
  const deadline = setTimeout(() => child.kill('SIGKILL'), 600_000)
  const [code, signal] = await closed
  clearTimeout(deadline)
  clearInterval(looking)
  const began = await Promise.race([firstRequest, Promise.resolve(performance.now())])
  return { said, most, processor, seconds: (performance.now() - began) / 1000, ended: signal ?? code }
}

let bad = 0
for (const [name, { answer, raw, named }] of Object.entries(hostile)) {
  if (!name.includes(values.only)) continue
  const { promise: firstRequest, resolve: begun } = Promise.withResolvers<number>()
  const sockets = new Set<Socket>()
  let requests = 0
  let origin = ''
  const server: Server = raw
    ? createTcpServer(raw)
    : createServer((request, response) => {
        response.on('error', () => {})
        answer!(request.url ?? '/', response, origin)
      })
  server.on('connection', socket => {
    begun(performance.now())
    requests++
    sockets.add(socket)
    socket.on('error', () => {}).resume()
  })
  origin = await start(server)
  const { said, most, processor, seconds, ended } = await examine(origin, firstRequest)
  for (const socket of sockets) socket.destroy()
  server.close()
  let findings: { code: string; severity: string; seen: string }[] = []
  try {
    findings = JSON.parse(said.slice(said.indexOf('{'))).findings
  } catch {}
  const text = findings.map(({ code, seen }) => `${code}: ${seen}`).join('\n')
  const raws = [...said].filter(character =>
    /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(character),
  ).length
  const wrong = [
    most > Number(values.megabytes) && 'memory',
    seconds > Number(values.seconds) && 'time',
    ended !== 1 && ended !== 0 && `ended with ${ended}`,
    (findings.length === 0 || !named.test(text)) && 'not named',
    raws > 0 && 'raw control characters',
  ].filter(Boolean)
  if (wrong.length > 0) bad++
  console.log(
    `${wrong.length > 0 ? `WRONG (${wrong.join(', ')})` : 'ok'} ${name}: ${most.toFixed(0)} MiB, ${seconds.toFixed(1)} s (processor ${processor.toFixed(1)} s), ${requests} connections, ${findings.length} findings: ${text.slice(0, wrong.length > 0 ? 600 : 110).replaceAll('\n', ' | ')}${findings.length === 0 ? said.slice(-400) : ''}`,
  )
}
console.log(`${Object.keys(hostile).length} servers, ${bad} wrong`)
process.exitCode = bad > 0 ? 1 : 0
