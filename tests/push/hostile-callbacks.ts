import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { connect, type LookupFunction } from 'node:net'
import { Hono } from 'hono'
import { pushDefaults } from '../../src/model/push-settings.ts'
import { createHub } from '../../src/push/hub.ts'
import { createHubApp } from '../../src/push/hub-app.ts'
import { createSubscriptions } from '../../src/push/subscriptions.ts'
import { createTopics } from '../../src/push/topics.ts'
import { createOutgoing } from '../../src/runtimes/node/outgoing.ts'
import { openStateFile } from '../../src/runtimes/node/state-file.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { randomNumbers } from '../support/folders.ts'
import { publicationOfOneFeed } from '../support/one-feed.ts'

/*
 * Callbacks at addresses where requests must not go, in a network namespace of its own in which every such address is one of this
 * machine's and listened on, and no public one can be reached: `unshare -rn node hostile-callbacks.ts STATE-FILE NUMBER`. Prints what
 * came of it as JSON.
 */

const [stateFile = '', given = '1000'] = process.argv.slice(2)
const number = Number(given)

function run(command: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
}

run('ip link set lo up')
for (const block of [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '168.63.129.16/32',
  '0.0.0.1/32',
])
  run(`ip route add local ${block} dev lo`)
for (const block of [
  'fc00::/7',
  'fe80::/10',
  '64:ff9b::/96',
  '2002:7f00::/24',
  '2001:db8::/32',
  '::ffff:0:0/96',
])
  spawnSync('ip', ['-6', 'route', 'add', 'local', block, 'dev', 'lo'])

let connections = 0
let onConnection = () => {}
for (const host of ['0.0.0.0', '::'])
  await new Promise<void>(resolve => {
    createServer((_, answer) => answer.end('here'))
      .on('connection', () => {
        connections++
        onConnection()
      })
      .on('error', () => resolve())
      .listen({ port: 80, host, ipv6Only: host === '::' }, resolve)
  })

/** Whether a connection to a private address would be seen: else nothing that follows means anything. */
async function isSeen(host: string): Promise<boolean> {
  const before = connections
  const came = new Promise<void>(resolve => {
    onConnection = resolve
  })
  const socket = connect(80, host)
  const failed = new Promise<void>(resolve => socket.on('error', () => resolve()))
  await Promise.race([came, failed])
  socket.destroy()
  return connections === before + 1
}
const seen: boolean[] = []
for (const host of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '192.168.7.7', '::1', 'fd00::1'])
  seen.push(await isSeen(host))
const control = connections
connections = 0

const random = randomNumbers(19)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const byte = () => Math.floor(random() * 256)
const privateV4 = (): number[] =>
  pick([
    () => [127, byte(), byte(), byte()],
    () => [10, byte(), byte(), byte()],
    () => [192, 168, byte(), byte()],
    () => [172, 16 + (byte() & 15), byte(), byte()],
    () => [169, 254, byte(), byte()],
    () => [100, 64 + (byte() & 63), byte(), byte()],
    () => [0, 0, 0, 0],
    () => [224 + (byte() & 15), byte(), byte(), byte()],
  ])()
const hex = (bytes: number[]) => bytes.map(value => value.toString(16).padStart(2, '0')).join('')
const groups = (bytes: number[]) => `${hex(bytes.slice(0, 2))}:${hex(bytes.slice(2))}`
const fullWidth = (text: string) =>
  text.replaceAll(/[0-9]/g, digit => String.fromCharCode(0xff10 + Number(digit)))

/** Every way of writing that one of the addresses is meant. */
const writings: ((bytes: number[]) => string)[] = [
  bytes => bytes.join('.'),
  bytes => String(Number.parseInt(hex(bytes), 16)),
  bytes => `0x${hex(bytes)}`,
  bytes => bytes.map(value => `0${value.toString(8)}`).join('.'),
  bytes => bytes.map(value => `0x${value.toString(16)}`).join('.'),
  bytes => `${bytes[0]}.${Number.parseInt(hex(bytes.slice(1)), 16)}`,
  bytes => fullWidth(bytes.join('.')),
  bytes => `${bytes.join('.')}.`,
  bytes => bytes.join('。'),
  bytes => encodeURIComponent(bytes.join('.')).replaceAll('.', '%2e'),
  bytes => `[::ffff:${bytes.join('.')}]`,
  bytes => `[::ffff:${groups(bytes)}]`,
  bytes => `[::${groups(bytes)}]`,
  bytes => `[64:ff9b::${groups(bytes)}]`,
  bytes => `[2002:${groups(bytes)}::]`,
  bytes => `[2001:0:${groups(bytes)}::]`,
  () => pick(['[::1]', '[::]', '[fd00::1]', '[fe80::1]', '[ff02::1]', '[fec0::1]', '[2001:db8::1]']),
  () => pick(['localhost', 'localhost.', 'LOCALHOST', 'a.localhost', 'ｌｏｃａｌｈｏｓｔ']),
  bytes => `name:word@${bytes.join('.')}`,
  bytes => `example.org@${bytes.join('.')}`,
  // Names, whose answers are below.
  () => `private-${byte()}-${byte()}.test`,
  () => `mixed-${byte()}-${byte()}.test`,
  () => `changing-${byte()}-${byte()}-${byte()}.test`,
  () => `mapped-${byte()}-${byte()}.test`,
]

const asked = new Map<string, number>()
/** A resolver that lies: to the second question about a name another answer than to the first. */
const lookup: LookupFunction = (name, options, done) => {
  const times = asked.get(name) ?? 0
  asked.set(name, times + 1)
  const publicAddress = { address: '8.8.8.8', family: 4 }
  const hidden = { address: privateV4().join('.'), family: 4 }
  const answers = name.startsWith('private')
    ? [hidden]
    : name.startsWith('mixed')
      ? [publicAddress, hidden]
      : name.startsWith('mapped')
        ? [{ address: '::ffff:127.0.0.1', family: 6 }]
        : [times % 2 === 0 ? publicAddress : hidden]
  setImmediate(() =>
    options.all ? done(null, answers) : done(null, answers[0]!.address, answers[0]!.family),
  )
}

const { state } = openStateFile(stateFile, 'subscription')
const store = createMemoryStore()
const publish = (body: string) => store.publish(publicationOfOneFeed('https://news.example.org/', body))
await publish('one')
const settings = { ...pushDefaults, hub: true }
const words = new Map<string, number>()
const count = (word: string) => words.set(word, (words.get(word) ?? 0) + 1)
const topics = createTopics(store, Date.now)
const hub = createHub({
  state,
  feeds: topics,
  settings,
  ask: createOutgoing({ lookup }),
  clock: Date.now,
  wakeAt: () => {},
  say: event =>
    event.kind === 'refused' &&
    count(event.why.replace(/[\w.:[\]-]+ is .*/, 'a name is an address that is not public')),
})
const app = new Hono().route(
  '/',
  createHubApp({
    take: hub.take,
    topics,
    settings,
    path: '/hub',
    clientAddress: () => null,
    onPing: () => {},
  }),
)
const statuses = new Map<number, number>()
const subscriptions = createSubscriptions(state)
for (let index = 0; index < number; index++) {
  const scheme = pick(['http', 'http', 'https'])
  const callback = `${scheme}://${writings[index % writings.length]!(privateV4())}/${index}?x=1`
  const body = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': 'https://news.example.org/rss.xml',
    'hub.callback': callback,
  })
  const { status } = await app.request('/hub', { method: 'POST', body })
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  // And as if it had been verified once, when its name still led somewhere else.
  const parsed = URL.parse(callback)
  if (parsed)
    state.transaction(() =>
      subscriptions.put(
        {
          door: 'websub',
          topic: '/rss.xml',
          callback: parsed.href,
          host: parsed.host,
          secret: null,
          expires: Date.now() + 86_400_000,
        },
        Date.now(),
      ),
    )
}
await hub.run()
/** What waits to be accepted is seen before one that comes after it. */
const isComplete = [await isSeen('127.0.0.1')]
connections -= 1
const verified = connections
state.transaction(() =>
  state.query("INSERT OR IGNORE INTO topic (path, etag, version, changed) VALUES ('/rss.xml', 'old', 1, 0)"),
)
const { subscribers } = await hub.published(null)
await hub.run()
isComplete.push(await isSeen('127.0.0.1'))
connections -= 1
const outcomes = new Map<string, number>()
for (const { outcome } of hub.list()) {
  const kind = /^not sent/.test(outcome ?? '') ? 'not sent' : `${outcome}`
  outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1)
}
console.log(
  JSON.stringify({
    seen: seen.filter(Boolean).length,
    control,
    isComplete,
    number,
    statuses: Object.fromEntries(statuses),
    lookups: [...asked.values()].reduce((sum, times) => sum + times, 0),
    told: subscribers,
    outcomes: Object.fromEntries(outcomes),
    connections: { verifying: verified, delivering: connections - verified },
  }),
)
process.exit(0)
