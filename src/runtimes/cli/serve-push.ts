import type { IncomingMessage } from 'node:http'
import { type Context, Hono } from 'hono'
import type { Article } from '../../model/article.ts'
import type { PublicationObserver } from '../../model/observer.ts'
import { hubPath, isPushing, type PushSettings } from '../../model/push-settings.ts'
import type { ServingSettings } from '../../model/serving.ts'
import type { StoreReader } from '../../model/snapshot.ts'
import { createHubApp, type HubAppOptions } from '../../push/hub-app.ts'
import type { Audience } from '../../push/publication-look.ts'
import { isWebhookSecret } from '../../push/signature.ts'
import { createTopics } from '../../push/topics.ts'
import type { ToldArticle } from '../../push/webhook-events.ts'
import { createClientAddress } from '../node/client-address.ts'
import type { MetricFamily } from '../node/exposition.ts'
import { createHubInThread, type HubReport } from '../node/hub-in-thread.ts'
import { pushFamilies } from '../node/push-metrics.ts'
import { StatePlaceError, stateFileFor } from '../node/state-file.ts'
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
  families(): Promise<MetricFamily[]>
  stop(): Promise<void>
}

/** Null where the settings ask for nothing of the kind. @throws CommandFailure where they can't be meant */
export function startPush(inputs: ServePushInputs): ServePush | null {
  const { folder, push, serving, store, log, env } = inputs
  if (!isPushing(push)) return null
  const path = statePath(folder, serving, env)
  checkSecrets(push, env)
  const secrets = push.webhooks.flatMap(({ url, secretEnv }): [string, string][] =>
    env[secretEnv] ? [[url, env[secretEnv]]] : [],
  )
  const topics = createTopics(store, Date.now)
  const hub = createHubInThread({ path, settings: push, secrets }, topics, createVoice(log, path))
  let lastAudience: Promise<Audience | null> = Promise.resolve(null)

  /** Never rejects: what goes wrong here stops no publication, and was said. */
  const tell = (articles: ToldArticle[] | null) => hub.published(articles).catch(() => null)

  if (push.allowPrivate)
    log.warn(
      'push-private',
      'Callbacks and webhooks may be at private addresses (`allow_private`): whoever can reach the hub can send requests into this network.',
    )
  return {
    around: app => withHub(inputs, { take: hub.take, topics, onPing: () => void tell(null) }, app),
    published({ articles }) {
      lastAudience = tell(push.webhooks.length > 0 ? articles.map(toldArticle) : null)
    },
    audience: () => lastAudience,
    async families() {
      const numbers = await Promise.resolve(hub.numbers()).catch(() => null)
      return numbers ? pushFamilies(numbers) : []
    },
    stop: hub.stop,
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

/** The hub's own routes before those of the readers. */
function withHub(
  { push, serving, url }: ServePushInputs,
  hub: Pick<HubAppOptions, 'take' | 'topics' | 'onPing'>,
  app: (request: Request, env?: object) => Response | Promise<Response>,
): (request: Request, env?: object) => Response | Promise<Response> {
  if (!push.hub) return app
  const client = createClientAddress(serving.trustedProxies)
  const clientAddress = (c: Context) => {
    const { incoming } = c.env as { incoming?: IncomingMessage }
    return (incoming && client(incoming)) ?? (push.allowPrivate ? '127.0.0.1' : null)
  }
  return new Hono()
    .route('/', createHubApp({ ...hub, settings: push, path: hubPath(push, url), clientAddress }))
    .all('*', c => app(c.req.raw, c.env as object)).fetch as typeof app
}

const toldArticle = ({ id, title, url, published, revised }: Article): ToldArticle => ({
  id,
  title,
  url,
  published: published?.epoch ?? null,
  revised,
})

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

const askedBy = {
  subscribed: 'Subscribed',
  unsubscribed: 'Unsubscribed',
  ended: 'Subscription ended',
  refused: 'Not subscribed',
}

/** Says what operators want to know. */
function createVoice(log: ServeLog, path: string) {
  return (report: HubReport): void => {
    if (report.kind === 'mended') sayMended(report, log)
    else if (report.kind === 'closed') log.warn('push-state', closedSentence(report, path))
    else if (report.kind === 'trouble')
      log.warn(
        'push-trouble',
        `The hub’s state can’t be written (${report.reason}): nobody is told until it can, and nothing is forgotten. Readers are served as ever.`,
      )
    else if (report.kind === 'broken')
      log.warn(
        'push-broken',
        `The hub has ended (${report.reason}) and begins anew in half a minute: nobody is told until then, and nothing is forgotten. Readers are served as ever.`,
      )
    else if (report.kind === 'recovered') log.say('push-recovered', 'The hub is at work again.')
    else if (report.kind === 'told') sayTold(report, log)
    else {
      const { kind, door, topic, host, why } = report
      const reason = kind === 'refused' || kind === 'ended' ? ` (${why})` : ''
      log.say(kind, `${askedBy[kind]}: ${host} to ${topic}${reason}.`, { door, topic, host, why })
    }
  }
}

function sayTold(report: Extract<HubReport, { kind: 'told' }>, log: ServeLog): void {
  const { arrived, waiting, given, milliseconds } = report
  const rest = [waiting > 0 ? `, ${waiting} to be tried again` : '', given > 0 ? `, ${given} given up` : '']
  const facts = { arrived, waiting, given, milliseconds }
  log.say('told', `Told: ${arrived}${rest.join('')} (${milliseconds} ms).`, facts)
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

const closedSentence = ({ inUse, reason }: { inUse: boolean; reason: string }, path: string) =>
  inUse
    ? `Another server looks after the hub of this folder (${path}): this one takes no subscriptions and tells nobody.`
    : `The hub’s state ${path} can’t be written (${reason}): no subscriptions are taken and nobody is told until it can. Readers are served as ever.`
