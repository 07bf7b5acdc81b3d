/**
 * Readers of a bucket while it is published to: `node tests/fuzz/bucket-readers.fuzz.ts [--readers 4] [--requests 1000000]
 * [--publications 500] [--poll 5] [--pause 25]`. Every document of each publication carries its number. Each answer must be whole, of one publication, and of none that
 * is older than what the same connection saw before; none may be a 5xx. Prints how long a publication took until each reader served it, beside
 * `poll`; exits 1 where an answer was wrong. Needs Ceph's packages, or the bucket server that BROADSHEET_TEST_S3 names.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { broadsheet, datedArticle, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'
import { bucketServer, makeBucket } from '../support/ceph-rgw.ts'
import { randomNumbers } from '../support/folders.ts'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '4' },
    requests: { type: 'string', default: '1000000' },
    publications: { type: 'string', default: '500' },
    /** Seconds between two looks for something newer. */
    poll: { type: 'string', default: '5' },
    /** Milliseconds that a client rests after sixteen answers, so that client, publisher and readers find room on two cores. */
    pause: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
  },
})

const articles = 20
const paths = [
  '/',
  '/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/subscribe/',
  ...Array.from({ length: articles }, (_, index) => `/articles/article-${index}/`),
]

/** When a publication was there, and when each reader was first seen to serve it or a later one: milliseconds. */
const publishedAt = new Map<number, number>()
const seenAt = new Map<string, number>()
const statuses = new Map<number, number>()
const faults: string[] = []
let requests = 0
let isOver = false

const server = await bucketServer()
const work = mkdtempSync(join(tmpdir(), 'broadsheet-readers-'))
const children: ReturnType<typeof spawnBroadsheet>[] = []
try {
  process.exitCode = await run()
} finally {
  for (const { child } of children) child.kill('SIGKILL')
  server.stop()
  rmSync(work, { recursive: true, force: true })
}

async function run(): Promise<number> {
  const bucket = await makeBucket(server)
  const to = `s3://${bucket}/news?endpoint=${encodeURIComponent(server.endpoint)}`
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: server.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
    BROADSHEET_CACHE: join(work, 'publisher'),
  })
  using folder = temporaryFolder()
  for (let index = 0; index < articles; index++)
    folder.write(`article-${index}.md`, datedArticle(`Article ${index}`))
  const publish = async (number: number) => {
    folder.write('broadsheet.toml', `title = "Number ${number}."\nurl = "https://readers.example/"\n`)
    const { exitCode, said } = await broadsheet('publish', folder.path, '--to', to)
    if (exitCode !== 0) throw new Error(said)
    publishedAt.set(number, performance.now())
  }
  await publish(1)
  const ports = await Promise.all(
    Array.from({ length: Number(values.readers) }, (_, index) => startReader(to, join(work, `${index}`))),
  )
  const clients = ports.map((port, index) => askForEver(port, index))
  const wanted = Number(values.publications)
  for (let number = 2; number <= wanted; number++) await publish(number)
  while (requests < Number(values.requests)) await new Promise(resolve => setTimeout(resolve, 500))
  await Promise.race([allHave(wanted), new Promise(resolve => setTimeout(resolve, 60_000))])
  isOver = true
  await Promise.all(clients)
  return report()
}

async function startReader(from: string, cache: string): Promise<number> {
  const words = ['serve', '--from', from, '--port', '0', '--poll', values.poll]
  const reader = spawnBroadsheet(words, { env: { BROADSHEET_CACHE: cache } })
  children.push(reader)
  const [, port] = await reader.until(/http:\/\/[^\s/]*:(\d+)\//)
  return Number(port)
}

async function allHave(number: number): Promise<void> {
  const reached = () =>
    Array.from({ length: Number(values.readers) }, (_, reader) => seenAt.has(`${number} ${reader}`))
  while (reached().includes(false)) await new Promise(resolve => setTimeout(resolve, 50))
}

/** One connection, on which requests follow each other sixteen at a time. */
async function askForEver(port: number, reader: number): Promise<void> {
  const random = randomNumbers(Number(values.seed) + reader)
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const known = new Map<string, string>()
  const numbers = new Map<string, number>()
  let newest = 0
  const answers = readAnswers(socket)
  while (!isOver) {
    const asked = Array.from({ length: 16 }, () => paths[Math.floor(random() * paths.length)] ?? '/')
    const conditions = asked.map(path => (random() < 0.5 ? known.get(path) : undefined))
    socket.write(
      asked
        .map((path, index) => {
          const condition = conditions[index]
          const field = condition === undefined ? '' : `If-None-Match: ${condition}\r\n`
          return `GET ${path} HTTP/1.1\r\nHost: readers.example\r\n${field}\r\n`
        })
        .join(''),
    )
    for (const path of asked) {
      const { status, etag, body } = await answers.next()
      requests++
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const name = `${path} ${etag}`
      if (status === 200) {
        const found = new Set(body.match(/Number \d+\./g))
        const number = Number(/\d+/.exec([...found][0] ?? '')?.[0] ?? 0)
        if (found.size !== 1) fault(reader, path, `holds ${[...found].join(' and ') || 'no number'}`)
        if ((numbers.get(name) ?? number) !== number)
          fault(reader, path, `has the ETag of number ${numbers.get(name)}, and is ${number}`)
        numbers.set(name, number)
        known.set(path, etag)
      } else if (status !== 304) fault(reader, path, `answered ${status}`)
      const number = numbers.get(name)
      if (number === undefined) {
        fault(reader, path, 'was said to be unchanged under an ETag that it never had')
        continue
      }
      if (number < newest) fault(reader, path, `is number ${number} after ${newest}`)
      for (let seen = newest + 1; seen <= number; seen++) seenAt.set(`${seen} ${reader}`, performance.now())
      newest = Math.max(newest, number)
    }
    await new Promise(resolve => setTimeout(resolve, Number(values.pause)))
  }
  socket.destroy()
}

function fault(reader: number, path: string, what: string): void {
  faults.push(`reader ${reader}: ${path} ${what}`)
}

interface Answer {
  status: number
  etag: string
  body: string
}

/** Answers of a connection, in their order. */
function readAnswers(socket: ReturnType<typeof connect>): { next(): Promise<Answer> } {
  let held = Buffer.alloc(0)
  const chunks = socket.iterator()
  return {
    async next() {
      for (;;) {
        const end = held.indexOf('\r\n\r\n')
        if (end >= 0) {
          const head = held.toString('latin1', 0, end)
          const status = Number(head.slice(9, 12))
          const length = status === 304 ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1])
          if (Number.isNaN(length)) throw new Error(`an answer without a length:\n${head}`)
          if (held.length >= end + 4 + length) {
            const body = held.toString('utf8', end + 4, end + 4 + length)
            held = held.subarray(end + 4 + length)
            return { status, etag: /^etag: (.*)$/im.exec(head)?.[1] ?? '', body }
          }
        }
        const { value, done } = await chunks.next()
        if (done) throw new Error('the connection was closed')
        held = held.length === 0 ? value : Buffer.concat([held, value])
      }
    },
  }
}

function report(): number {
  const delays = [...publishedAt]
    .flatMap(([number, at]) =>
      Array.from({ length: Number(values.readers) }, (_, reader) => {
        const seen = seenAt.get(`${number} ${reader}`)
        if (seen === undefined) faults.push(`reader ${reader} never served number ${number} or a later one`)
        return number === 1 || seen === undefined ? [] : [Math.max(0, seen - at)]
      }).flat(),
    )
    .sort((a, b) => a - b)
  const at = (share: number) => ((delays[Math.floor(delays.length * share)] ?? 0) / 1000).toFixed(2)
  for (const line of faults.slice(0, 20)) console.log(line)
  console.log(
    `${requests} requests to ${values.readers} readers during ${publishedAt.size} publications, ${JSON.stringify(Object.fromEntries(statuses))}: ${faults.length} faults`,
  )
  console.log(
    `from published to served: median ${at(0.5)} s, p99 ${at(0.99)} s, at most ${at(0.9999)} s; poll ${values.poll} s`,
  )
  return faults.length > 0 ? 1 : 0
}
