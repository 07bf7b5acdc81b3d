import { Hono } from 'hono'
import { appOf } from '../../src/http/app.ts'
import { createReader } from '../../src/http/reader.ts'
import { feedContentType } from '../../src/model/formats.ts'
import { type Ask, OutgoingFailure } from '../../src/model/outgoing.ts'
import { type PushSettings, pushDefaults } from '../../src/model/push-settings.ts'
import type { RenderedDocument } from '../../src/model/snapshot.ts'
import type { StateStore } from '../../src/model/state-store.ts'
import { createHub, type HubEvent } from '../../src/push/hub.ts'
import { createHubApp } from '../../src/push/hub-app.ts'
import { createTopics } from '../../src/push/topics.ts'
import { createMemoryStore } from '../../src/store/memory.ts'

export const start = Date.UTC(2026, 2, 1, 9)
export const site = 'https://news.example.org/'
export const hubUrl = `${site}hub`

/** A request as it arrived at a subscriber. */
export interface Arrival {
  method: string
  url: URL
  headers: Headers
  body: string
  bytes: Uint8Array<ArrayBuffer>
}

/** What a subscriber answers: a status, and a body where it matters. */
export type Answering = (
  arrival: Arrival,
) => { status: number; body?: string; headers?: Record<string, string> } | 'nothing' | 'never' | 'never'

/** One that agrees to everything and takes everything. */
export const agreeing: Answering = ({ method, url }) =>
  method === 'GET'
    ? { status: 200, body: url.searchParams.get('hub.challenge') ?? url.searchParams.get('challenge') ?? '' }
    : { status: 204 }

function feed(path: string, words: string): RenderedDocument {
  const format = path.endsWith('rss.xml') ? 'rss' : path.endsWith('atom.xml') ? 'atom' : 'json'
  const link = `<${site}${path.slice(1)}>; rel="self", <${hubUrl}>; rel="hub"`
  return {
    path,
    mediaType: feedContentType(format),
    body: `${format} ${words}`,
    headers: { link },
    page: null,
    maxAge: null,
  }
}

/** A publication with its hub, and subscribers anywhere: no socket is opened, and time passes when it is told to. */
export function createWorld(state: StateStore, more: Partial<PushSettings> = {}) {
  const settings = { ...pushDefaults, hub: true, ...more }
  const store = createMemoryStore()
  const subscribers = new Map<string, Answering>()
  const arrivals: Arrival[] = []
  const said: HubEvent[] = []
  let now = start
  let due: number | null = null
  let noteNever = () => {}
  let slowness: () => Promise<void> = async () => {}
  const clock = () => now
  const topics = createTopics(store, clock)

  const ask: Ask = async (url, { method = 'GET', headers = {}, body = '' } = {}) => {
    const parsed = new URL(url)
    const bytes = (
      typeof body === 'string' ? new TextEncoder().encode(body) : body
    ) as Uint8Array<ArrayBuffer>
    const arrival: Arrival = {
      method,
      url: parsed,
      headers: new Headers(headers as Record<string, string>),
      body: new TextDecoder().decode(bytes),
      bytes,
    }
    arrivals.push(arrival)
    const answer = (subscribers.get(parsed.host) ?? (() => 'nothing' as const))(arrival)
    if (answer === 'never') {
      noteNever()
      return new Promise(() => {})
    }
    await slowness()
    if (answer === 'nothing') throw new OutgoingFailure('failed', 'ECONNREFUSED')
    return {
      url,
      status: answer.status,
      headers: answer.headers ?? {},
      body: new TextEncoder().encode(answer.body ?? ''),
      cut: false,
      broken: null,
      waited: 0,
    }
  }

  const options = {
    state,
    feeds: topics,
    ask,
    settings,
    clock,
    random: () => 0.5,
    webhookSecret: () => 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    wakeAt: (time: number | null) => {
      due = time
    },
    say: (event: HubEvent) => said.push(event),
  }
  let hub = createHub(options)
  let client: string | null = '192.0.2.7'
  const appFor = () =>
    new Hono()
      .route(
        '/',
        createHubApp({
          take: hub.take,
          topics,
          settings,
          path: '/hub',
          clientAddress: () => client,
          onPing: () => void hub.published(null),
        }),
      )
      .all('*', c => appOf(createReader({ store })).fetch(c.req.raw))
  let app = appFor()

  const world = {
    store,
    subscribers,
    arrivals,
    said,
    hub: () => hub,
    /** When there will be something to do. */
    due: () => due,
    now: clock,
    ask: (path: string, init?: RequestInit) => app.request(path, init),
    from: (address: string | null) => {
      client = address
    },
    async post(fields: Record<string, string> | [string, string][], path = '/hub') {
      const answer = await app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
      return { status: answer.status, text: await answer.text(), headers: answer.headers }
    },
    publish: (words: string, paths = ['/rss.xml', '/atom.xml', '/feed.json']) =>
      world.publishFeeds(Object.fromEntries(paths.map(path => [path, words]))),
    async publishFeeds(feeds: Record<string, string>, home?: string) {
      await world.put(feeds, home)
      return hub.published(null)
    },
    /** Readers get it, and the process ends before anybody is told. */
    publishQuietly: (words: string) => world.put({ '/rss.xml': words }),
    put: (feeds: Record<string, string>, home = '<p>Home</p>') =>
      store.publish({
        url: site,
        maxAge: 300,
        publishedAt: now,
        documents: [
          ...Object.entries(feeds).map(([path, words]) => feed(path, words)),
          {
            path: '/',
            mediaType: 'text/html; charset=utf-8',
            body: home,
            headers: {},
            page: null,
            maxAge: null,
          },
        ],
        media: [],
        redirects: [],
        gone: [],
        due: [],
      }),
    /** A subscriber that never answers was asked. */
    onNever(note: () => void) {
      noteNever = note
    },
    /** What each answer waits for. */
    slowly(wait: () => Promise<void>) {
      slowness = wait
    },
    /** Lets other work go on until something is so. */
    async turn(until: () => boolean) {
      while (!until()) await new Promise(resolve => setTimeout(resolve, 1))
    },
    settle: () => hub.run(),
    /** Time goes on, and what is due is done. */
    async pass(milliseconds: number) {
      now += milliseconds
      await hub.run()
    },
    setClock(time: number) {
      now = time
    },
    /** The process ends without a word and another one begins with the same state. */
    restart() {
      hub = createHub(options)
      app = appFor()
    },
    async subscribe(callback: string, fields: Record<string, string> = {}) {
      const host = new URL(callback).host
      if (!subscribers.has(host)) subscribers.set(host, agreeing)
      const answer = await world.post({
        'hub.mode': 'subscribe',
        'hub.topic': `${site}rss.xml`,
        'hub.callback': callback,
        ...fields,
      })
      await hub.run()
      return answer
    },
    /** What subscribers were sent, without the questions whether they agree. */
    messages: () => arrivals.filter(({ method }) => method === 'POST'),
    questions: () => arrivals.filter(({ method }) => method === 'GET'),
    /** Of each subscription: the outcome of its last message, in words. */
    outcomes: () => hub.list().map(({ callback, outcome }) => [callback, outcome]),
  }
  return world
}

export type World = ReturnType<typeof createWorld>
