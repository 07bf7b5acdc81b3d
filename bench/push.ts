import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { preparePushTables } from '../src/push/push-tables.ts'
import { createSubscriptions } from '../src/push/subscriptions.ts'
import { createToldTopics } from '../src/push/topics.ts'
import { openStateFile, stateFileFor } from '../src/runtimes/node/state-file.ts'
import { behaviourOf, callbackOf, type Received } from './push-subscribers.ts'

/*
 * How soon subscribers on this machine are told: `node bench/push.ts [SUBSCRIPTIONS] [KILLS]`. The server, the subscribers and this
 * program are three processes. 60 % of the subscribers are well, 30 % answer 503 the first time, 5 % never answer, 5 % after three seconds.
 */

const subscriptions = Number(process.argv[2] ?? 10_000)
const kills = Number(process.argv[3] ?? 0)
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

/** Milliseconds that a 304 takes, one after the other, until something is so. */
async function readUntil(port: number, etag: string, done: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (!done()) {
    const start = performance.now()
    await new Promise<void>((resolve, reject) =>
      get({ host: '127.0.0.1', port, path: '/rss.xml', headers: { 'if-none-match': etag } }, answer =>
        answer.resume().on('end', resolve),
      ).on('error', reject),
    )
    times.push(performance.now() - start)
    await sleep(5)
  }
  return times
}

const sleep = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
const percentile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
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
async function received(forget = false): Promise<Received> {
  subscribers.stdin.write(forget ? 'forget\n' : 'tell\n')
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

async function measure(number: number, killed: number): Promise<void> {
  await received(true)
  await sleep(2000)
  const rest = statusOf(server, 'VmRSS')
  const deadline = Date.now() + 4000
  const atRest = await readUntil(server.port, await etagNow(), () => Date.now() > deadline)
  const processor = processorTime(server)
  const byThread = processorTimes(server)
  const bySubscribers = processorTime({ child: subscribers })
  const old = await etagNow()
  publish(number)
  // The time counts from when readers get it: fan-out begins then.
  while ((await etagNow()) === old) await sleep(5)
  const start = Date.now()
  let counts = { well: 0, 'unwell at first': 0, slow: 0 }
  let finished = false
  const reading = killed === 0 ? readUntil(server.port, await etagNow(), () => finished) : Promise.resolve([])
  const port = server.port
  let [left, peak] = [killed, rest]
  let allWell = Number.NaN
  for (;;) {
    await sleep(killed > 0 ? 150 : 250)
    peak = Math.max(peak, statusOf(server, 'VmRSS'))
    const { taken } = await received()
    counts = { well: 0, 'unwell at first': 0, slow: 0 }
    for (const [subscriber] of taken) counts[behaviourOf(subscriber) as keyof typeof counts]++
    if (left > 0 && counts.well > (of.well * (killed - left + 1)) / (killed + 2)) {
      left--
      server.child.kill('SIGKILL')
      await once(server.child, 'exit')
      server = await serve(port)
    }
    if (counts.well === of.well && Number.isNaN(allWell))
      allWell =
        Math.max(
          ...taken.filter(([subscriber]) => behaviourOf(subscriber) === 'well').map(([, times]) => times[0]!),
        ) - start
    if (
      counts.well === of.well &&
      counts['unwell at first'] === of['unwell at first'] &&
      counts.slow === of.slow
    )
      break
    if (Date.now() - start > 600_000) break
  }
  const total = Date.now() - start
  finished = true
  const busy = await reading
  const { taken, cut } = await received()
  const doubles = taken.filter(([, times]) => times.length > 1).map(([subscriber]) => behaviourOf(subscriber))
  const lost = { ...of, never: 0 }
  for (const [subscriber] of taken) lost[behaviourOf(subscriber)]--
  console.log(
    JSON.stringify({
      publication: number,
      killed,
      subscriptions,
      'seconds until all that are well were told': shown(allWell / 1000),
      'seconds until all but the dead were told': shown(total / 1000),
      told: counts,
      lost,
      doubles: {
        well: doubles.filter(kind => kind === 'well').length,
        all: doubles.length,
        'cut off while answering': cut,
      },
      'MiB at rest': shown(rest),
      'MiB above rest, at most': shown(peak - rest),
      ...(killed === 0 && {
        'processor seconds': shown(processorTime(server) - processor),
        'of these the main thread and the others': processorTimes(server).map((time, at) =>
          shown(time - byThread[at]!),
        ),
        'processor seconds of the subscribers': shown(processorTime({ child: subscribers }) - bySubscribers),
        'ms of a 304 at rest, p50 and p99': [shown(percentile(atRest, 0.5)), shown(percentile(atRest, 0.99))],
        'meanwhile, p50 and p99': [shown(percentile(busy, 0.5)), shown(percentile(busy, 0.99))],
      }),
    }),
  )
}

await measure(101, 0)
if (!process.env.PROFILE) await measure(102, 0)
if (kills > 0) await measure(103, kills)
server.child.kill(process.env.PROFILE ? 'SIGTERM' : 'SIGKILL')
await once(server.child, 'exit')
subscribers.kill()
rmSync(folder, { recursive: true, force: true })
rmSync(stateFolder, { recursive: true, force: true })
