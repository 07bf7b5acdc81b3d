import type { IncomingMessage } from 'node:http'
import { type Context, Hono } from 'hono'
import type { Article } from '../../model/article.ts'
import type { PublicationObserver } from '../../model/observer.ts'
import type { Ask } from '../../model/outgoing.ts'
import { hubPath, isPushing, type PushSettings } from '../../model/push-settings.ts'
import type { ServingSettings } from '../../model/serving.ts'
import type { StoreReader } from '../../model/snapshot.ts'
import { createHub, type Hub, type HubEvent } from '../../push/hub.ts'
import { createHubApp } from '../../push/hub-app.ts'
import type { Audience } from '../../push/publication-look.ts'
import { isWebhookSecret } from '../../push/signature.ts'
import type { ToldArticle } from '../../push/webhook-events.ts'
import { createClientAddress } from '../node/client-address.ts'
import type { MetricFamily } from '../node/exposition.ts'
import { createThreadedOutgoing } from '../node/outgoing-in-thread.ts'
import { pushFamilies } from '../node/push-metrics.ts'
import {
  openStateFile,
  type StateFile,
  StateInUseError,
  StatePlaceError,
  stateFileFor,
} from '../node/state-file.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import type { ServeLog } from './serve-log.ts'
import { count } from './terminal.ts'

export interface ServePushInputs {
  folder: string
  push: PushSettings
  serving: ServingSettings
  /** The publication's url; its path is where requests arrive. */
  url: string
  store: StoreReader
  log: ServeLog
  env: Record<string, string | undefined>
}

/** What tells subscribers, beside a server. */
export interface ServePush extends PublicationObserver {
  /** Requests to the hub; the rest goes to `app`. */
  around(
    app: (request: Request, env?: object) => Response | Promise<Response>,
  ): (request: Request, env?: object) => Response | Promise<Response>
  /** Whom the last publication concerns. Null: nobody could be asked. */
  audience(): Promise<Audience | null>
  families(): MetricFamily[]
  stop(): Promise<void>
}

/** Milliseconds between two attempts to open a state that can't be written. */
const openAgain = 30_000
/** Milliseconds: what `broadsheet push --retry` asks for is seen this soon. */
const maxSleep = 10_000
/** Milliseconds between two copies of the state. */
const copyEvery = 3_600_000

/** Null where the settings ask for nothing of the kind. @throws CommandFailure where they can't be meant */
export function startPush(inputs: ServePushInputs): ServePush | null {
  const { folder, push, serving, log, env } = inputs
  if (!isPushing(push)) return null
  const path = statePath(folder, serving, env)
  checkSecrets(push, env)
  const speak = createVoice(log)
  const outgoing = createThreadedOutgoing({ privateHosts: push.allowPrivate ? 'any' : [] })
  let state: StateFile | null = null
  let hub: Hub | null = null
  let complaint = ''
  let waiting: readonly Article[] | null = null
  let lastAudience: Promise<Audience | null> = Promise.resolve(null)
  const timers: Record<string, NodeJS.Timeout | undefined> = {}

  function open(): void {
    try {
      const opened = openStateFile(path, 'subscription')
      state = opened.state
      if (opened.mended) sayMended(opened.mended, log)
      hub = createHub({ ...hubInputs(inputs, outgoing.ask, speak), state, wakeAt })
      if (complaint !== '') log.say('push-recovered', 'The hub’s state can be written again.')
      complaint = ''
      timers.copy = setInterval(() => void state?.keepCopy().catch(speak.trouble), copyEvery).unref()
      void state.keepCopy().catch(speak.trouble)
      if (waiting) void tell(waiting)
    } catch (error) {
      state?.close()
      state = null
      const text = openingSentence(error, path)
      if (text !== complaint) log.warn('push-state', text)
      complaint = text
      timers.open = setTimeout(open, openAgain).unref()
    }
  }

  function wakeAt(due: number | null): void {
    clearTimeout(timers.wake)
    if (due !== null)
      timers.wake = setTimeout(() => void hub?.run(), Math.min(Math.max(due - Date.now(), 0), maxSleep))
  }

  /** Never rejects: what goes wrong here stops no publication. */
  async function tell(articles: readonly Article[]): Promise<Audience | null> {
    // While the state can't be written, what is to be told is what will differ when it can.
    waiting = hub ? null : articles
    try {
      return (await hub?.published(push.webhooks.length > 0 ? toldArticles(articles) : null)) ?? null
    } catch {
      // The hub has said why. What was not told differs still at the next look.
      timers.again ??= setTimeout(() => {
        timers.again = undefined
        void tell(articles)
      }, openAgain).unref()
      return null
    }
  }

  open()
  if (push.allowPrivate)
    log.warn(
      'push-private',
      'Callbacks and webhooks may be at private addresses (`allow_private`): whoever can reach the hub can send requests into this network.',
    )
  return {
    around: app => withHub(inputs, () => hub, app),
    published({ articles }) {
      lastAudience = tell(articles)
    },
    audience: () => lastAudience,
    families: () => (hub ? pushFamilies(hub.numbers()) : []),
    async stop() {
      for (const timer of Object.values(timers)) clearTimeout(timer)
      await hub?.stop()
      await outgoing.stop()
      await state?.keepCopy().catch(() => {})
      state?.close()
    },
  }
}

function statePath(folder: string, { state }: ServingSettings, env: ServePushInputs['env']): string {
  try {
    return stateFileFor(folder, state, env)
  } catch (error) {
    if (!(error instanceof StatePlaceError)) throw error
    throw new CommandFailure(exitCodes.usage, error.message, {
      hint: 'Set `state` in [serve] (or BROADSHEET_STATE) to a folder somewhere else.',
    })
  }
}

function checkSecrets({ webhooks }: PushSettings, env: ServePushInputs['env']): void {
  for (const { secretEnv } of webhooks)
    if (!isWebhookSecret(env[secretEnv] ?? ''))
      throw new CommandFailure(
        exitCodes.usage,
        `The environment variable ${secretEnv} ${env[secretEnv] ? 'holds no secret for webhooks' : 'is not set'}.`,
        {
          hint: 'A secret is 24 to 64 random bytes in base64, after `whsec_`: echo whsec_$(openssl rand -base64 32)',
        },
      )
}

type Voice = ReturnType<typeof createVoice>

function hubInputs({ store, push, env }: ServePushInputs, ask: Ask, { say }: Voice) {
  const secrets = new Map(push.webhooks.map(({ url, secretEnv }) => [url, env[secretEnv] ?? null]))
  return {
    store,
    settings: push,
    ask,
    // Another thread sends: here a turn is a few writes to the state. What is under way when a process dies is sent twice: few, unless they take long.
    max: { quick: 24, all: 1024, perTurn: 24, gathered: 2, slowAfter: 25 },
    clock: Date.now,
    webhookSecret: (url: string) => secrets.get(url) ?? null,
    say,
  }
}

/** The hub's own routes before those of the readers. */
function withHub(
  { push, serving, url }: ServePushInputs,
  hub: () => Hub | null,
  app: (request: Request, env?: object) => Response | Promise<Response>,
): (request: Request, env?: object) => Response | Promise<Response> {
  if (!push.hub) return app
  const client = createClientAddress(serving.trustedProxies)
  const clientAddress = (c: Context) => {
    const { incoming } = c.env as { incoming?: IncomingMessage }
    return (incoming && client(incoming)) ?? (push.allowPrivate ? '127.0.0.1' : null)
  }
  const path = hubPath(push, url)
  let routed: {
    hub: Hub | null
    fetch: (request: Request, env?: object) => Response | Promise<Response>
  } | null = null
  const routesOf = (current: Hub | null) => {
    const routes = new Hono()
    const onPing = () => void current?.published(null).catch(() => {})
    if (current) routes.route('/', createHubApp({ hub: current, path, clientAddress, onPing }))
    else routes.post(`${path.replace(/\/$/, '')}/*`, () => unavailable()).post(path, () => unavailable())
    return routes.all('*', c => app(c.req.raw, c.env as object)).fetch as typeof app
  }
  return (request, env) => {
    const current = hub()
    if (routed === null || routed.hub !== current) routed = { hub: current, fetch: routesOf(current) }
    return routed.fetch(request, env)
  }
}

const unavailable = () =>
  new Response('This hub can’t write down anything at the moment. Ask again later.\n', {
    status: 503,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Retry-After': '300',
    },
  })

function* toldArticles(articles: readonly Article[]): Iterable<ToldArticle> {
  for (const { id, title, url, published, revised } of articles)
    yield { id, title, url, published: published?.epoch ?? null, revised }
}

/** ` 12 subscribers are told.`; empty where nobody is. */
export function audienceSentence(audience: Audience | null): string {
  if (!audience) return ''
  const { subscribers, webhooks } = audience
  const parts = [
    ...(subscribers > 0 ? [count(subscribers, 'subscriber')] : []),
    ...(webhooks > 0 ? [count(webhooks, 'webhook')] : []),
  ]
  return parts.length === 0 ? '' : ` To be told: ${parts.join(' and ')}.`
}

function createVoice(log: ServeLog) {
  const trouble = (error: unknown) =>
    log.warn(
      'push-trouble',
      `The hub’s state can’t be written (${reasonOf(error)}): nobody is told until it can, and nothing is forgotten. Readers are served as ever.`,
    )
  return {
    trouble,
    say(event: HubEvent) {
      if (event.kind === 'trouble') trouble(event.error)
      else if (event.kind === 'recovered') log.say('push-recovered', 'The hub’s state can be written again.')
      else if (event.kind === 'told') {
        const { arrived, waiting, given, milliseconds } = event
        const rest = [
          waiting > 0 ? `${waiting} to be tried again` : '',
          given > 0 ? `${given} given up` : '',
        ].filter(Boolean)
        log.say(
          'told',
          `Told: ${arrived}${rest.length > 0 ? `, ${rest.join(', ')}` : ''} (${milliseconds} ms).`,
          { ...event, kind: undefined },
        )
      } else {
        const { kind, door, topic, host, why } = event
        const words = {
          subscribed: 'Subscribed',
          unsubscribed: 'Unsubscribed',
          ended: 'Subscription ended',
          refused: 'Not subscribed',
        }
        const reason = kind === 'refused' || kind === 'ended' ? ` (${why})` : ''
        log.say(kind, `${words[kind]}: ${host} to ${topic}${reason}.`, { door, topic, host, why })
      }
    },
  }
}

function sayMended(
  { aside, rows, fromCopy }: { aside: string; rows: number; fromCopy: number },
  log: ServeLog,
): void {
  log.warn(
    'push-state-damaged',
    `The hub’s state was damaged. ${count(rows, 'row')} could be read and ${fromCopy} came from the last copy; the damaged file is kept as ${aside}.`,
    { rows, fromCopy, aside },
  )
}

function openingSentence(error: unknown, path: string): string {
  return error instanceof StateInUseError
    ? `Another server looks after the hub of this folder (${path}): this one takes no subscriptions and tells nobody.`
    : `The hub’s state ${path} can’t be written (${reasonOf(error)}): no subscriptions are taken and nobody is told until it can. Readers are served as ever.`
}

function reasonOf(error: unknown): string {
  const { code, errstr, message } = error as { code?: string; errstr?: string; message?: string }
  return errstr ?? (code === 'ERR_SQLITE_ERROR' ? message : code) ?? String(error)
}
