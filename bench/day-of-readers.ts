import { deepStrictEqual, strictEqual } from 'node:assert'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { ask, type ChildServer, startBroadsheet } from './child-server.ts'
import { post, writeFiftyPosts } from './fifty-posts.ts'
import { isInstalled } from './fresh-process.ts'
import { startNginx } from './plain-nginx.ts'

/*
 * A day of ten feed readers as they really ask, against a feed that gains an article every hour: what goes over the wire,
 * from Broadsheet and from nginx with the same files. The hours pass in seconds; every reader must end each of them with
 * the bytes of that hour.
 * npm run bench -- day-of-readers [--subscribers 10] [--polls 2]
 */
const { values } = parseArgs({
  options: {
    /** Of each reader. */
    subscribers: { type: 'string', default: '10' },
    /** In an hour. */
    polls: { type: 'string', default: '2' },
  },
})
const hours = 24

/** What one program sends; measured on the loopback. */
interface Habit {
  name: string
  tag: boolean
  date: boolean
  codings: string | null
  fields?: Record<string, string>
  /** The number of the first poll that carries validators. Default: 2. */
  validatesFrom?: number
  /** Forgets its validators at this hour. */
  restartsAt?: number
  /** The date it sends before it has one. */
  firstDate?: string
  /** Fetches twice when it subscribes. */
  twice?: boolean
}

const gzip = 'gzip, deflate'
const modern = 'gzip, deflate, br, zstd'
const delta = { 'a-im': 'feed' }
const habits: Habit[] = [
  { name: 'newsboat', tag: true, date: true, codings: gzip, fields: delta, validatesFrom: 3 },
  { name: 'Liferea', tag: true, date: true, codings: gzip, fields: delta, restartsAt: 8 },
  { name: 'feedparser', tag: true, date: true, codings: gzip, fields: delta },
  { name: 'rss2email', tag: true, date: true, codings: gzip, fields: delta },
  { name: 'sfeed', tag: false, date: false, codings: null },
  { name: 'gPodder', tag: true, date: true, codings: gzip, twice: true },
  { name: 'elfeed', tag: true, date: true, codings: modern },
  {
    name: 'Thunderbird',
    tag: false,
    date: true,
    codings: modern,
    fields: { 'cache-control': 'no-cache', pragma: 'no-cache' },
    firstDate: 'Sat, 01 Jan 2000 00:00:00 GMT',
  },
  { name: 'RSS Guard', tag: false, date: false, codings: gzip, fields: { cookie: 'session=1' } },
  { name: 'FreshRSS', tag: true, date: true, codings: modern },
]

/** One subscriber at one server. */
interface Subscriber {
  habit: Habit
  polls: number
  etag: string | undefined
  modified: string | undefined
  /** Digest of the document it holds. */
  held: string
}

interface Tally {
  requests: number
  notModified: number
  bytes: number
  /** Polls after which a subscriber held something else than the feed of the hour. */
  stale: number
}

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
try {
  await simulate()
} finally {
  rmSync(folder, { recursive: true })
}

async function simulate() {
  const posts = join(folder, 'posts')
  const files = join(folder, 'files')
  writeFiftyPosts(posts)
  mkdirSync(files)
  const broadsheet = await startBroadsheet(posts)
  let current = await publishedFeed(broadsheet, files, '')
  const servers: [string, ChildServer][] = [['broadsheet', broadsheet]]
  if (isInstalled('nginx')) servers.push(['nginx', await startNginx(files)])
  else console.log('nginx is not installed: it is left out.')
  const parties = servers.map(([name, { url }]) => ({
    name,
    url: new URL('rss.xml', url).href,
    subscribers: habits.flatMap(habit =>
      Array.from({ length: Number(values.subscribers) }, () => newSubscriber(habit)),
    ),
    tallies: new Map<string, Tally>(habits.map(({ name }) => [name, newTally()])),
  }))
  for (let hour = 0; hour < hours; hour++) {
    if (hour > 0) {
      const number = 50 + hour
      writeFileSync(
        join(posts, `post-${number}.md`),
        post(number, `Post ${number}`, `The news of hour ${hour}.`),
      )
      current = await publishedFeed(broadsheet, files, current)
    }
    for (const { url, subscribers, tallies } of parties)
      for (let poll = 0; poll < Number(values.polls); poll++)
        for (const subscriber of subscribers)
          await pollFeed(url, subscriber, hour, poll, current, tallies.get(subscriber.habit.name)!)
  }
  for (const [, server] of servers) await server.stop()
  report(parties)
}

function newSubscriber(habit: Habit): Subscriber {
  return { habit, polls: 0, etag: undefined, modified: habit.firstDate, held: '' }
}

function newTally(): Tally {
  return { requests: 0, notModified: 0, bytes: 0, stale: 0 }
}

/** Waits for the next feed to be served and gives nginx the same bytes, plain and gzipped; the feed's digest. */
async function publishedFeed(broadsheet: ChildServer, files: string, before: string): Promise<string> {
  const url = new URL('rss.xml', broadsheet.url).href
  for (let tries = 0; ; tries++) {
    const plain = await ask(url)
    const found = digestOf(plain.body)
    if (plain.status === 200 && found !== before) {
      const coded = await ask(url, { 'accept-encoding': 'gzip' })
      strictEqual(digestOf(gunzipSync(coded.body)), found)
      for (const [name, bytes] of [
        ['rss.xml', plain.body],
        ['rss.xml.gz', coded.body],
      ] as const) {
        writeFileSync(join(files, `${name}.new`), bytes)
        renameSync(join(files, `${name}.new`), join(files, name))
      }
      // An hour is over long before the second of the publication is: dates have whole seconds.
      await sleep(1200)
      return found
    }
    if (tries === 400) throw new Error('the feed was never published')
    await sleep(25)
  }
}

async function pollFeed(
  url: string,
  subscriber: Subscriber,
  hour: number,
  poll: number,
  current: string,
  tally: Tally,
): Promise<void> {
  const { habit } = subscriber
  if (habit.restartsAt === hour && poll === 0)
    Object.assign(subscriber, { ...newSubscriber(habit), polls: 1 })
  const times = habit.twice && subscriber.polls === 0 ? 2 : 1
  for (let time = 0; time < times; time++) {
    subscriber.polls++
    const validates = subscriber.polls >= (habit.validatesFrom ?? 2) || habit.firstDate !== undefined
    const headers: Record<string, string> = { 'user-agent': habit.name, ...habit.fields }
    if (habit.codings) headers['accept-encoding'] = habit.codings
    if (validates && habit.tag && subscriber.etag) headers['if-none-match'] = subscriber.etag
    if (validates && habit.date && subscriber.modified) headers['if-modified-since'] = subscriber.modified
    const answer = await askCounting(url, headers)
    tally.requests++
    tally.bytes += answer.bytes
    if (answer.status === 304) tally.notModified++
    else {
      strictEqual(answer.status, 200)
      subscriber.etag = answer.headers.etag
      subscriber.modified = answer.headers['last-modified'] ?? subscriber.modified
      subscriber.held = digestOf(decoded(answer.body, answer.headers['content-encoding']))
    }
    if (subscriber.held !== current) tally.stale++
  }
}

function askCounting(url: string, headers: Record<string, string>) {
  return new Promise<{
    status: number
    headers: Record<string, string | undefined>
    body: Buffer
    bytes: number
  }>((resolve, reject) => {
    const sent = request(url, { headers: { ...headers, connection: 'close' }, agent: false }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          headers: answer.headers as Record<string, string | undefined>,
          body: Buffer.concat(chunks),
          bytes: answer.socket.bytesRead,
        }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

function decoded(body: Buffer, coding: string | undefined): Buffer {
  if (coding === 'gzip') return gunzipSync(body)
  if (coding === 'br') return brotliDecompressSync(body)
  return coding === 'zstd' ? zstdDecompressSync(body) : body
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function report(parties: { name: string; tallies: Map<string, Tally> }[]) {
  const summed = (tallies: Map<string, Tally>) => {
    const sum = newTally()
    for (const tally of tallies.values())
      for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key]
    return sum
  }
  const cell = ({ requests, notModified, bytes }: Tally) =>
    `${((100 * notModified) / requests).toFixed(1).padStart(6)} % ${(bytes / 1e6).toFixed(2).padStart(8)} MB`
  console.log(
    `${hours} hours, an article each; ${values.subscribers} subscribers with each of ${habits.length} readers, ${values.polls} polls an hour: 304s and bytes`,
  )
  console.log(`${''.padEnd(12)}${parties.map(({ name }) => name.padStart(21)).join('')}`)
  for (const { name } of habits)
    console.log(
      `${name.padEnd(12)}${parties.map(({ tallies }) => `   ${cell(tallies.get(name)!)}`).join('')}`,
    )
  const sums = parties.map(({ tallies }) => summed(tallies))
  console.log(`${'all'.padEnd(12)}${sums.map(sum => `   ${cell(sum)}`).join('')}`)
  const [ours, theirs] = sums as [Tally, Tally | undefined]
  console.log(
    `${ours.requests} requests; stale polls: ${parties.map(({ name }, index) => `${name} ${sums[index]!.stale}`).join(', ')}`,
  )
  if (theirs) console.log(`broadsheet sends ${(ours.bytes / theirs.bytes).toFixed(2)} of nginx's bytes`)
  deepStrictEqual(ours.stale, 0, 'a reader was left with an old feed')
}
