import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import {
  type Answer,
  ask,
  type ChildServer,
  processorTime,
  startBroadsheet,
  startChild,
} from './child-server.ts'
import { writeFiftyPosts } from './fifty-posts.ts'
import { isInstalled, median } from './fresh-process.ts'
import { startNginx } from './plain-nginx.ts'
import { runWrk } from './wrk.ts'

/*
 * A feed of 50 items under load: the 304 and the gzip answer of `broadsheet serve`, beside a bare node:http server that
 * sends the very same header fields and bytes, bare Hono's "hello", and nginx with the same files. Fresh processes in each
 * round; in a round the contenders take turns second by second, and of each one's slices the best counts, since what else
 * the machine does can only slow them. Then medians over the rounds; ratios are taken round by round.
 * npm run bench -- serving [--rounds 9] [--slices 4] [--connections 64]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    slices: { type: 'string', default: '4' },
    connections: { type: 'string', default: '64' },
    contender: { type: 'string' },
    answers: { type: 'string' },
  },
})

/** What a bare server is given to send. */
interface Recorded {
  notModified: string[]
  gzip: string[]
  /** Base64. */
  body: string
}

const kinds = ['304', 'gzip'] as const
type Kind = (typeof kinds)[number]

interface Sample {
  rate: number
  p99: number
  /** Processor microseconds of the server per request. */
  cost: number | null
}

if (values.contender) beContender(values.contender, values.answers!)
else await compare()

function beContender(name: string, file: string): void {
  const announce = ({ port }: { port: number }) =>
    console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/` }))
  if (name === 'hono') {
    const app = new Hono().get('/', c => c.text('hello'))
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, announce)
    return
  }
  const { notModified, gzip, body } = JSON.parse(readFileSync(file, 'utf8')) as Recorded
  const bytes = Buffer.from(body, 'base64')
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/304') outgoing.writeHead(304, notModified).end()
    else outgoing.writeHead(200, gzip).end(bytes)
  })
  server.listen(0, '127.0.0.1', () => announce(server.address() as AddressInfo))
}

async function compare() {
  if (!isInstalled('wrk')) return console.log('wrk is not installed: nothing can be measured.')
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  try {
    await compareIn(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function compareIn(folder: string) {
  const posts = join(folder, 'posts')
  writeFiftyPosts(posts)
  const recorded = await record(posts)
  const answers = join(folder, 'answers.json')
  writeFileSync(answers, JSON.stringify(recorded))
  const files = join(folder, 'files')
  mkdirSync(files)
  const gzip = Buffer.from(recorded.body, 'base64')
  writeFileSync(join(files, 'rss.xml'), gunzipSync(gzip))
  writeFileSync(join(files, 'rss.xml.gz'), gzip)
  console.log(
    `feed of 50 items: ${gunzipSync(gzip).length} bytes, ${gzip.length} gzipped; wrk, ${values.connections} connections`,
  )

  const bare = (name: string) => () =>
    startChild(process.execPath, [import.meta.filename, '--contender', name, '--answers', answers])
  const contenders: Record<string, () => Promise<ChildServer>> = {
    broadsheet: () => startBroadsheet(posts),
    'node:http': bare('node'),
    'hono hello': bare('hono'),
    nginx: () => startNginx(files),
  }
  if (!isInstalled('nginx')) {
    console.log('nginx is not installed: it is left out.')
    delete contenders.nginx
  }
  const samples = Object.fromEntries(
    Object.keys(contenders).map(name => [name, { '304': [] as Sample[], gzip: [] as Sample[] }]),
  )
  for (let round = 0; round < Number(values.rounds); round++) {
    const started = new Map<string, ChildServer>()
    for (const [name, start] of Object.entries(contenders)) started.set(name, await start())
    for (const kind of kinds) {
      const slices = new Map<string, Sample[]>([...started.keys()].map(name => [name, []]))
      // The first slice is for warming up.
      for (let slice = 0; slice <= Number(values.slices); slice++)
        for (const [name, server] of inTurns(started, round)) {
          const taken = await sample(name, server, kind, recorded)
          if (slice > 0) slices.get(name)!.push(taken)
        }
      for (const [name, list] of slices) samples[name]![kind].push(bestOf(list))
    }
    for (const server of started.values()) await server.stop()
  }
  for (const kind of kinds) report(kind, samples)
}

/** What Broadsheet answers, for the bare server to send the same. */
async function record(posts: string): Promise<Recorded> {
  const server = await startBroadsheet(posts)
  // Last-Modified is not sent within the second of publication.
  await new Promise(resolve => setTimeout(resolve, 1100))
  const url = addressOf('broadsheet', server, 'gzip')
  const gzip = await askFor(url, 'gzip', '')
  const notModified = await askFor(url, '304', etagOf(gzip))
  await server.stop()
  return { notModified: ownFields(notModified), gzip: ownFields(gzip), body: gzip.body.toString('base64') }
}

function etagOf({ headers }: Answer): string {
  return String(headers.etag)
}

function fieldsOf(kind: Kind, etag: string): Record<string, string> {
  return kind === '304' ? { 'If-None-Match': etag } : { 'Accept-Encoding': 'gzip' }
}

function askFor(url: string, kind: Kind, etag: string): Promise<Answer> {
  return ask(url, { ...fieldsOf(kind, etag), connection: 'keep-alive' })
}

/** The bare servers look at nothing but the address. */
function addressOf(name: string, { url }: ChildServer, kind: Kind): string {
  const path = name === 'node:http' ? kind : name === 'hono hello' ? '' : 'rss.xml'
  return new URL(path, url).href
}

/** Without what node:http says by itself. */
function ownFields({ rawHeaders }: Answer): string[] {
  const ofTheServer = ['connection', 'date', 'keep-alive']
  return rawHeaders.filter(
    (_, index) => !ofTheServer.includes(rawHeaders[index - (index % 2)]!.toLowerCase()),
  )
}

/** Each round begins with another contender. */
function inTurns<T>(items: Map<string, T>, round: number): [string, T][] {
  const list = [...items]
  return [...list.slice(round % list.length), ...list.slice(0, round % list.length)]
}

async function sample(name: string, server: ChildServer, kind: Kind, recorded: Recorded): Promise<Sample> {
  const url = addressOf(name, server, kind)
  // Of the plain bytes: nginx has another for each coding.
  const etag = etagOf(await askFor(url, '304', '"another"'))
  const check = () => checkAnswer(name, url, kind, etag, recorded)
  const wire = await check()
  const connections = Number(values.connections)
  const before = processorTime(server.process.pid!)
  const figures = runWrk(url, fieldsOf(kind, etag), { seconds: 1, connections })
  const after = processorTime(server.process.pid!)
  strictEqual(figures.errors, 0, `${name}, ${kind}: errors`)
  // Answers of another status or size would change the sum; the last of each connection may be cut off.
  ok(
    Math.abs(figures.bytes - figures.requests * wire) <= connections * wire,
    `${name}, ${kind}: ${figures.bytes} bytes are not ${figures.requests} answers of ${wire}`,
  )
  await check()
  const used = before === null || after === null ? null : after - before
  return {
    rate: figures.requests / figures.seconds,
    p99: figures.p99,
    cost: used === null ? null : used / figures.requests,
  }
}

function bestOf(slices: Sample[]): Sample {
  const costs = slices.flatMap(({ cost }) => cost ?? [])
  const best = slices.reduce((best, slice) => (slice.rate > best.rate ? slice : best))
  return { ...best, cost: costs.length > 0 ? Math.min(...costs) : null }
}

/** Asserts status, fields and bytes of one answer; gives its length on the wire. */
async function checkAnswer(name: string, url: string, kind: Kind, etag: string, recorded: Recorded) {
  const answer = await askFor(url, kind, etag)
  if (name === 'hono hello') strictEqual(answer.body.toString(), 'hello')
  else {
    strictEqual(answer.status, kind === '304' ? 304 : 200, name)
    deepStrictEqual(
      answer.body,
      kind === '304' ? Buffer.alloc(0) : Buffer.from(recorded.body, 'base64'),
      name,
    )
    if (name !== 'nginx')
      deepStrictEqual(
        withoutDates(ownFields(answer)),
        withoutDates(kind === '304' ? recorded.notModified : recorded.gzip),
      )
  }
  const fields = answer.rawHeaders.reduce((sum, text) => sum + text.length, 0) + answer.rawHeaders.length * 2
  const statusLine = 'HTTP/1.1 200 OK\r\n'.length + (answer.status === 304 ? 'Not Modified'.length - 2 : 0)
  return statusLine + fields + 2 + answer.body.length
}

/** Each process publishes anew: the instant of that is the one thing in which answers differ. */
function withoutDates(fields: string[]): string[] {
  return fields.map(text => text.replace(/\d\d:\d\d:\d\d GMT$/, ''))
}

function report(kind: Kind, samples: Record<string, Record<Kind, Sample[]>>) {
  console.log(`\n${kind === '304' ? 'If-None-Match, 304' : 'Accept-Encoding: gzip, 200'}`)
  const ours = samples.broadsheet![kind]
  for (const [name, { [kind]: list }] of Object.entries(samples)) {
    const rates = list.map(({ rate }) => rate)
    const ratio = median(ours.map(({ rate }, round) => rate / rates[round]!))
    const costs = list.flatMap(({ cost }) => cost ?? [])
    const oursCost = ours.flatMap(({ cost }) => cost ?? [])
    const line = [
      name.padEnd(12),
      `${Math.round(median(rates))} requests/s`.padStart(17),
      `(${Math.round(Math.min(...rates))} to ${Math.round(Math.max(...rates))})`.padStart(18),
      `p99 ${median(list.map(({ p99 }) => p99)).toFixed(1)} ms`.padStart(14),
      costs.length > 0 ? `${median(costs).toFixed(1)} µs of processor`.padStart(22) : ''.padStart(22),
    ]
    if (name !== 'broadsheet') line.push(` broadsheet is ${ratio.toFixed(2)} of it`)
    if (name !== 'broadsheet' && costs.length > 0)
      line.push(`, by processor time ${(median(costs) / median(oursCost)).toFixed(2)}`)
    console.log(line.join(' '))
  }
}
