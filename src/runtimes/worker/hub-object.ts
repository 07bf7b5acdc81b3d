import type { Ask } from '../../model/outgoing.ts'
import { hubPath, type PushSettings } from '../../model/push-settings.ts'
import type { StateStore } from '../../model/state-store.ts'
import { createHub, type HubEvent } from '../../push/hub.ts'
import { createHubApp } from '../../push/hub-app.ts'
import { hubShards } from '../../push/hub-shards.ts'
import { createTopics } from '../../push/topics.ts'
import type { ObjectReader } from '../../store/object-reader.ts'
import { type DurableStorage, durableState } from './durable-state.ts'
import { createEdgeOutgoing } from './edge-outgoing.ts'

/** As much of Durable Objects' bindings as a hub needs. */
export interface HubNamespace {
  idFromName(name: string): unknown
  get(id: unknown): { fetch(request: Request): Promise<Response> }
}

export interface HubEnvironment {
  HUB?: HubNamespace
}

/** As much of its own state as a Durable Object needs here. */
export interface HubObjectState {
  storage: DurableStorage & {
    setAlarm(time: number): Promise<void>
    deleteAlarm(): Promise<void>
  }
}

export interface HubObjectOptions<Env> {
  settings: (env: Env) => PushSettings
  /** What is published, made once for each object. */
  store: (env: Env) => ObjectReader
  /** @default the platform's `fetch` */
  ask?: Ask
}

/** A part of the hub, as the Worker's module exports it and the settings bind it. */
export type HubObjectClass<Env> = new (
  state: HubObjectState,
  env: Env,
) => { fetch(request: Request): Promise<Response>; alarm(): Promise<void> }

/** What one invocation may ask others on Cloudflare: 50 requests on the free plan, six connections at once. */
const limits = { quick: 6, all: 6, perRun: 40 }
/** Milliseconds after which an alarm that came to no end is repeated. */
const again = 60_000
/** Milliseconds until the others are told again, where one of them still runs with the code of the deployment before. */
const soon = 5000
/** How often they are told again. */
const patience = 60

/** Between a Worker and its objects only: what comes from outside is handed on with POST. */
const notice = (generation: number, toAll: boolean) =>
  new Request(`https://hub.invalid/${toAll ? 'all' : 'one'}/${generation}`, { method: 'PUT' })

export const partOfHub = (hub: HubNamespace, shard: number) => hub.get(hub.idFromName(`hub-${shard}`))

/** Tells the first part that a generation can be read, which tells all others. Rejects where that failed. */
export async function tellHub(hub: HubNamespace, generation: number): Promise<void> {
  const answer = await partOfHub(hub, 0).fetch(notice(generation, true))
  if (!answer.ok) throw new Error(`The hub was not told of a publication: ${answer.status}.`)
}

/** The class of a hub's parts, as a Worker's module exports it. */
export function createHubObject<Env extends HubEnvironment>(
  options: HubObjectOptions<Env>,
): HubObjectClass<Env> {
  return class {
    readonly #part: ReturnType<typeof createHubPart>
    constructor(state: HubObjectState, env: Env) {
      this.#part = createHubPart(options, state, env)
    }
    fetch(request: Request): Promise<Response> {
      return this.#part.fetch(request)
    }
    alarm(): Promise<void> {
      return this.#part.alarm()
    }
  }
}

/**
 * One part of a hub. It keeps its subscribers in its own SQLite and does all its sending in alarms: the platform repeats an alarm that did not
 * end well, and counts the requests of each anew.
 */
function createHubPart<Env extends HubEnvironment>(
  options: HubObjectOptions<Env>,
  { storage }: HubObjectState,
  env: Env,
) {
  const sql = durableState(storage)
  const settings = options.settings(env)
  const store = options.store(env)
  /** When the hub has something to do again, as it said after its last run. */
  let due: number | null = null
  /** Something came while an alarm was at work. */
  let more = false

  function wake(): void {
    more = true
    void storage.setAlarm(Date.now()).catch(error => console.error(error))
  }

  const topics = createTopics(store, Date.now)
  const own = { ...settings, maxSubscriptions: Math.ceil(settings.maxSubscriptions / hubShards) }
  const hub = createHub({
    state: sql,
    feeds: topics,
    ask: options.ask ?? createEdgeOutgoing(settings.allowPrivate ? 'any' : []),
    settings: own,
    clock: Date.now,
    max: limits,
    onWork: wake,
    wakeAt(time) {
      due = time
    },
    say,
  })
  const news = createOwedNews(sql)

  function owe(generation: number): void {
    news.owe(generation)
    wake()
  }

  return {
    async fetch(request: Request): Promise<Response> {
      if (request.method === 'PUT') return toldOf(request, store, news, { owe, wake })
      const url = await topics.base()
      if (url === null) return new Response('Nothing is published yet.\n', { status: 503 })
      const app = createHubApp({
        take: hub.take,
        topics,
        settings: own,
        path: hubPath(settings, url),
        clientAddress: c => c.req.header('cf-connecting-ip') ?? null,
        // It says that there is something newer, and not which.
        onPing: () => owe(0),
      })
      return app.fetch(request)
    },
    async alarm(): Promise<void> {
      await storage.setAlarm(Date.now() + again)
      await store.refresh()
      await hub.published(null)
      more = false
      const toldAll = await tellOthers(news, store, env.HUB)
      await hub.run()
      const snapshot = await store.current()
      const times = [
        due,
        // A scheduled article is told when its time comes.
        snapshot?.nextDue(Date.now()) ?? null,
        toldAll ? null : Date.now() + soon,
        more ? Date.now() : null,
      ].flatMap(time => time ?? [])
      if (times.length > 0) await storage.setAlarm(Math.max(Math.min(...times), Date.now()))
      else await storage.deleteAlarm()
    },
  }
}

/** A generation can be read, or will be once this object runs with the code that carries it. */
async function toldOf(
  request: Request,
  store: ObjectReader,
  news: OwedNews,
  { owe, wake }: { owe(generation: number): void; wake(): void },
): Promise<Response> {
  const [, whom, given] = new URL(request.url).pathname.split('/')
  const generation = Number(given)
  if (whom === 'all') {
    if (news.announced() !== generation) owe(generation)
    return new Response(null, { status: 204 })
  }
  await store.refresh()
  const current = await store.current()
  if (current === null || current.generation < generation) return new Response(null, { status: 409 })
  wake()
  return new Response(null, { status: 204 })
}

/** False: not all of them could be told yet. */
async function tellOthers(
  news: OwedNews,
  store: ObjectReader,
  hub: HubNamespace | undefined,
): Promise<boolean> {
  const owed = news.owed()
  if (owed === null) return true
  const current = await store.current()
  const others = Array.from({ length: hubShards - 1 }, (_, index) => index + 1)
  const isHere = current !== null && current.generation >= owed.generation
  const answers = isHere
    ? await Promise.all(others.map(shard => askedOf(hub, shard, current.generation)))
    : [false]
  if (isHere && answers.every(Boolean)) news.paid(current.generation)
  else news.tried()
  return news.owed() === null
}

const askedOf = async (
  hub: HubNamespace | undefined,
  shard: number,
  generation: number,
): Promise<boolean> => {
  try {
    return hub === undefined || (await partOfHub(hub, shard).fetch(notice(generation, false))).ok
  } catch {
    return false
  }
}

/** News that the others are still to be told of. */
interface OwedNews {
  owe(generation: number): void
  owed(): { generation: number; tries: number } | null
  tried(): void
  paid(generation: number): void
  /** The generation that all know of. */
  announced(): number | null
}

function createOwedNews(state: StateStore): OwedNews {
  const read = (name: string) =>
    state.query<{ value: string }>('SELECT value FROM note WHERE name = ?', name)[0]?.value ?? null
  const write = (name: string, value: string) =>
    void state.query('INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)', name, value)
  const forget = () => void state.query("DELETE FROM note WHERE name = 'owed'")
  const owed = () => {
    const [generation = 0, tries = 0] = read('owed')?.split(' ').map(Number) ?? []
    return read('owed') === null ? null : { generation, tries }
  }
  return {
    owed,
    owe: generation => write('owed', `${generation} 0`),
    tried() {
      const { generation, tries } = owed() ?? { generation: 0, tries: 0 }
      if (tries >= patience) forget()
      else write('owed', `${generation} ${tries + 1}`)
    },
    paid(generation) {
      forget()
      write('announced', String(generation))
    },
    announced() {
      const value = read('announced')
      return value === null ? null : Number(value)
    },
  }
}

/** For `wrangler tail` and the dashboard. */
function say(event: HubEvent): void {
  if (event.kind === 'trouble') console.error('The hub\u2019s state can\u2019t be written.', event.error)
  else console.log(JSON.stringify(event))
}
