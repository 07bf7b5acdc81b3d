import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { preparePushTables } from '../src/push/push-tables.ts'
import { createSubscriptions } from '../src/push/subscriptions.ts'
import { createToldTopics } from '../src/push/topics.ts'
import { openStateFile, stateFileFor } from '../src/runtimes/node/state-file.ts'
import type { Reading } from './push-reader.ts'
import { behaviourOf, callbackOf, type Received } from './push-subscribers.ts'

/*
 * How soon subscribers on this machine are told: `node bench/push.ts [SUBSCRIPTIONS] [ROUNDS] [KILLS]`. The server, the subscribers, a reader
 * and this program are processes of their own. 60 % of the subscribers are well, 30 % answer 503 the first time, 5 % never answer, 5 % after
 * three seconds. Each round is a publication; in one more the server is killed so many times. Prints each, and the medians of the rounds.
 */

const [subscriptions = 10_000, rounds = 3, kills = 0] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const stateFolder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const article = (number: number) =>
  `---\ntitle: Article ${number}\ndate: 2026-01-31T09:00:${String(number % 60).padStart(2, '0')}Z\n---\n\n${'Words of an article. '.repeat(40)}\n`
const publish = (number: number) => writeFileSync(join(folder, `article-${number}.md`), article(number))

writeFileSync(
  join(folder, 'broadsheet.toml'),
  'url = "http://127.0.0.1/"\n[serve]\nlog = "json"\n[push]\nhub = true\nallow_private = true\nmax_subscriptions = 1_000_000\n',
)
for (let number = 1; number <= 20; number++) publish(number)

interface Server {
  child: ChildProcess
  port: number
  lines: { event: string; [fact: string]: unknown }[]
}

async function serve(port = 0): Promise<Server> {
  const child = spawn(
    process.execPath,
    [
      ...(process.env.PROFILE ? ['--cpu-prof', '--cpu-prof-dir', process.env.PROFILE] : []),
      'src/runtimes/cli.ts',
      'serve',
      folder,
      '--port',
      String(port),
    ],
    {
      env: { ...process.env, BROADSHEET_STATE: stateFolder, BROADSHEET_CACHE: 'off' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const lines: Server['lines'] = []
  const reader = createInterface(child.stderr!)
  return new Promise(resolve =>
    reader.on('line', line => {
      const entry = JSON.parse(line)
      lines.push(entry)
      if (entry.event === 'serving') resolve({ child, port: Number(new URL(entry.url).port), lines })
    }),
  )
}

function statusOf({ child }: Server, name: string): number {
  return (
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) /
    1024
  )
}

/** Seconds of processor time. */
function processorTime({ child }: Pick<Server, 'child'>): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Seconds of processor time of the main thread, which answers readers, and of the thread that sends. */
function processorTimes({ child }: Server): [main: number, others: number] {
  const ticks = readdirSync(`/proc/${child.pid}/task`).map(task => {
    const fields = readFileSync(`/proc/${child.pid}/task/${task}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return [task, (Number(fields[11]) + Number(fields[12])) / 100] as const
  })
  const main = ticks.find(([task]) => task === String(child.pid))?.[1] ?? 0
  return [main, ticks.reduce((sum, [, time]) => sum + time, 0) - main]
}

interface Reader {
  read(etag: string): void
  end(): Promise<Reading>
  close(): void
}

/** Somebody who reads meanwhile. */
function startReader(port: number): Reader {
  const child = spawn(process.execPath, ['bench/push-reader.ts', String(port), '/rss.xml'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  return {
    read: etag => void child.stdin.write(`${etag}\n`),
    async end() {
      child.stdin.write('end\n')
      const [line] = (await once(lines, 'line')) as [string]
      return JSON.parse(line)
    },
    close: () => child.stdin.end(),
  }
}

const sleep = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
const percentile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
const median = (values: number[]) => percentile(values, 0.5)
const shown = (value: number) => value.toFixed(value < 10 ? 2 : 0)

function subscribeAll(port: number, etag: string): void {
  const { state } = openStateFile(
    stateFileFor(folder, null, { BROADSHEET_STATE: stateFolder }),
    'subscription',
  )
  preparePushTables(state)
  const table = createSubscriptions(state)
  state.transaction(() => {
    createToldTopics(state).begin('/rss.xml', etag, Date.now())
    for (let number = 0; number < subscriptions; number++) {
      const callback = callbackOf(number, port)
      const host = new URL(callback).host
      table.put(
        { door: 'websub', topic: '/rss.xml', callback, host, secret: null, expires: Date.now() + 86_400_000 },
        Date.now(),
      )
    }
  })
  state.close()
}

const subscribers = spawn(process.execPath, ['bench/push-subscribers.ts'], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const answers: Interface = createInterface(subscribers.stdout)
const [subscriberPort] = (await once(answers, 'line')) as [string]
async function received(what: 'count' | 'tell' | 'forget'): Promise<Received> {
  subscribers.stdin.write(`${what}\n`)
  const [line] = (await once(answers, 'line')) as [string]
  return JSON.parse(line)
}
let server = await serve()
const etagNow = async () => (await fetch(`http://127.0.0.1:${server.port}/rss.xml`)).headers.get('etag')!
const first = await etagNow()
server.child.kill('SIGTERM')
await once(server.child, 'exit')
subscribeAll(Number(subscriberPort), first)
server = await serve()

const of = { well: 0, 'unwell at first': 0, never: 0, slow: 0 }
for (let number = 0; number < subscriptions; number++) of[behaviourOf(number)]++

const isWell = ([subscriber]: [number, number[]]) => behaviourOf(subscriber) === 'well'
const tookOf = ({ times }: Reading, until = Number.POSITIVE_INFINITY) =>
  times.flatMap(([at, took]) => (at < until ? [took] : []))
const figures = (times: number[]) => [median(times), percentile(times, 0.99), times.length]

/** A publication, told to all; the seconds that it takes count from when readers get it: fan-out begins then. */
async function measure(number: number) {
  const reader = startReader(server.port)
  await received('forget')
  await sleep(2000)
  const load = loadavg()[0]!
  const rest = statusOf(server, 'VmRSS')
  const old = await etagNow()
  reader.read(old)
  await sleep(5000)
  const atRest = tookOf(await reader.end())
  const before = [...processorTimes(server), processorTime({ child: subscribers })]
  publish(number)
  let etag = old
  while (etag === old) {
    await sleep(5)
    etag = await etagNow()
  }
  const start = Date.now()
  reader.read(etag)
  let peak = rest
  for (;;) {
    await sleep(250)
    peak = Math.max(peak, statusOf(server, 'VmRSS'))
    const { counts } = await received('count')
    if (counts.well + counts['unwell at first'] + counts.slow >= subscriptions - of.never) break
    if (Date.now() - start > 600_000) break
  }
  const total = Date.now() - start
  const reading = await reader.end()
  reader.close()
  const processor = [...processorTimes(server), processorTime({ child: subscribers })].map(
    (time, at) => time - before[at]!,
  )
  const { taken, counts, cut } = await received('tell')
  const allWell = Math.max(...taken.filter(isWell).map(([, times]) => times[0]!)) - start
  const meanwhile = tookOf(reading, start + allWell)
  console.log(
    JSON.stringify({
      publication: number,
      subscriptions,
      'load before': shown(load),
      'seconds until all that are well were told': shown(allWell / 1000),
      'seconds until all but the dead were told': shown(total / 1000),
      ...lossesAndDoubles(taken, counts, cut),
      'MiB at rest': shown(rest),
      'MiB above rest, at most': shown(peak - rest),
      'processor seconds of main thread, others, subscribers': processor.map(shown),
      'ms of a 304 at rest: p50, p99, number': figures(atRest).map(shown),
      'until those that are well were told': figures(meanwhile).map(shown),
      'until all but the dead were told': figures(tookOf(reading)).map(shown),
      'answers that were no 304': reading.other,
    }),
  )
  return { load, allWell, above: peak - rest, atRest, meanwhile }
}

function lossesAndDoubles(taken: Received['taken'], counts: Received['counts'], cut: number) {
  const doubles = taken.filter(([, times]) => times.length > 1)
  const { never: _, ...others } = of
  return {
    lost: Object.entries(others).reduce((sum, [kind, all]) => sum + all - counts[kind as keyof typeof of], 0),
    doubles: { well: doubles.filter(isWell).length, all: doubles.length, 'cut off while answering': cut },
  }
}

/** A publication in the course of which the server is killed. */
async function measureKills(number: number): Promise<void> {
  await received('forget')
  await sleep(2000)
  const old = await etagNow()
  const { port } = server
  publish(number)
  while ((await etagNow()) === old) await sleep(5)
  const start = Date.now()
  for (let left = kills; Date.now() - start < 600_000; ) {
    await sleep(100)
    const { counts } = await received('count')
    if (left > 0 && counts.well > (of.well * (kills - left + 1)) / (kills + 2)) {
      left--
      server.child.kill('SIGKILL')
      await once(server.child, 'exit')
      server = await serve(port)
    }
    if (counts.well + counts['unwell at first'] + counts.slow >= subscriptions - of.never) break
  }
  const { taken, counts, cut } = await received('tell')
  console.log(
    JSON.stringify({ publication: number, kills, subscriptions, ...lossesAndDoubles(taken, counts, cut) }),
  )
}

const measured: Awaited<ReturnType<typeof measure>>[] = []
for (let round = 1; round <= rounds; round++) measured.push(await measure(100 + round))
if (kills > 0) await measureKills(200)
const p99 = (times: number[]) => percentile(times, 0.99)
console.log(
  JSON.stringify({
    subscriptions,
    rounds,
    'medians of': 'the rounds',
    'load before': shown(median(measured.map(({ load }) => load))),
    'seconds until all that are well were told': shown(median(measured.map(({ allWell }) => allWell / 1000))),
    'MiB above rest, at most': shown(Math.max(...measured.map(({ above }) => above))),
    'p99 of a 304 at rest': shown(median(measured.map(({ atRest }) => p99(atRest)))),
    'until those that are well were told': shown(median(measured.map(({ meanwhile }) => p99(meanwhile)))),
    'ratio in each round': measured.map(({ atRest, meanwhile }) => shown(p99(meanwhile) / p99(atRest))),
    'ratio of all together': shown(
      p99(measured.flatMap(({ meanwhile }) => meanwhile)) / p99(measured.flatMap(({ atRest }) => atRest)),
    ),
  }),
)
server.child.kill(process.env.PROFILE ? 'SIGTERM' : 'SIGKILL')
await once(server.child, 'exit')
subscribers.kill()
rmSync(folder, { recursive: true, force: true })
rmSync(stateFolder, { recursive: true, force: true })
