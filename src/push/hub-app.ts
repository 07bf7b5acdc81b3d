import { type Context, Hono } from 'hono'
import type { PushSettings } from '../model/push-settings.ts'
import { cloudAnswer, readPleaseNotify } from './rss-cloud.ts'
import { type Intent, isRefusal, readSubscription } from './subscription-requests.ts'
import type { Topics } from './topics.ts'

export interface HubAppOptions {
  /** Takes wishes up: `Hub.take`, wherever that hub is. Rejects where nothing can be written down. */
  take(intents: Intent[]): boolean | Promise<boolean>
  topics: Topics
  settings: PushSettings
  /** The path of the hub's address: `/hub`. */
  path: string
  /** Who asks, for rssCloud's forms that name no domain: an address; null where unknown. */
  clientAddress: (c: Context) => string | null
  /** A publisher's ping: something may have changed. */
  onPing: () => void
}

/** Bytes of a form; a subscription has a few hundred. */
const longestForm = 16_384
const plain = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }

/** What the hub answers at its address and below it. All else falls through to whatever comes after. */
export function createHubApp(options: HubAppOptions): Hono {
  const { topics, settings, path, clientAddress, onPing } = options
  const app = new Hono()
  const below = path.replace(/\/$/, '')

  // Readers are asked for patience then, too: which feeds there will be nobody knows yet, and a 404 would be for ever.
  app.on('POST', [path, `${below}/pleaseNotify`, `${below}/ping`], async (_, next) =>
    (await topics.base()) === null
      ? text(503, 'Nothing is published yet. Ask again soon.', { 'Retry-After': '5' })
      : next(),
  )
  app.post(path, async c => {
    const form = await readForm(c.req.raw)
    if (!(form instanceof URLSearchParams)) return form
    if (form.get('hub.mode') === 'publish') return answerPublish(form)
    const intent = await readSubscription(form, topics, settings)
    if (isRefusal(intent)) return text(intent.status, intent.sentence)
    return (await taken([intent])) ?? text(202, 'Accepted: the callback will be asked whether it agrees.')
  })
  app.post(`${below}/pleaseNotify`, async c => {
    const form = await readForm(c.req.raw)
    if (!(form instanceof URLSearchParams)) return form
    const accept = c.req.header('accept') ?? null
    const intents = await readPleaseNotify(form, clientAddress(c), topics, settings)
    if (isRefusal(intents)) return cloud('notifyResult', false, intents.sentence, accept)
    return (
      (await taken(intents)) ??
      cloud(
        'notifyResult',
        true,
        'Thanks for the registration. It holds for 25 hours once the callback has agreed.',
        accept,
      )
    )
  })
  app.post(`${below}/ping`, async c => {
    const form = await readForm(c.req.raw)
    if (!(form instanceof URLSearchParams)) return form
    const accept = c.req.header('accept') ?? null
    if (!(await topics.at(form.get('url') ?? '')))
      return cloud('result', false, 'This is no feed of this publication.', accept)
    onPing()
    return cloud('result', true, 'Thanks for the ping.', accept)
  })
  /** What hubs take from publishers, in every spelling: `hub.url` and `hub.topic`, repeated. */
  async function answerPublish(form: URLSearchParams): Promise<Response> {
    const urls = [...form.getAll('hub.url'), ...form.getAll('hub.topic'), ...form.getAll('hub.url[]')]
    if (urls.length === 0) return text(400, 'Name what was published with hub.url.')
    for (const url of urls.slice(0, 1000))
      if (!(await topics.at(url))) return text(404, `${url} is no feed of this publication.`)
    onPing()
    return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
  }

  /** Null where the hub has taken it up; else why it could not. */
  async function taken(intents: Intent[]): Promise<Response | null> {
    try {
      if (await options.take(intents)) return null
    } catch {
      return text(503, 'This hub can’t write down anything at the moment. Ask again later.', {
        'Retry-After': '300',
      })
    }
    return text(503, 'There are as many subscriptions as this hub takes. Ask again later.', {
      'Retry-After': '3600',
    })
  }

  return addHubPages(app, path)
}

/** What a hub's addresses say to whoever does not send a form. Where the publication has something there, it is read as ever. */
export function addHubPages(app: Hono, path: string): Hono {
  const below = path.replace(/\/$/, '')
  for (const own of [path, `${below}/pleaseNotify`, `${below}/ping`])
    app.all(own, async (c, next) => {
      if (isRead(c.req.method)) await next()
      if (!isRead(c.req.method) || c.res.status === 404) c.res = answerOther(c.req.method)
    })
  return app
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD'

function answerOther(method: string): Response {
  const allow = 'GET, HEAD, OPTIONS, POST'
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: allow } })
  if (isRead(method))
    return text(
      200,
      'This is a WebSub hub for the feeds of this publication. Programs subscribe here with a POST.',
    )
  return text(405, 'Programs subscribe here with a POST.', { Allow: allow })
}

/** A request's form, or the answer to one that has none. */
export async function readForm(request: Request): Promise<URLSearchParams | Response> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded(?:\s*;|\s*$)/i.test(type))
    return text(415, 'Send a form: application/x-www-form-urlencoded.', {
      Accept: 'application/x-www-form-urlencoded',
    })
  const body = await limitedText(request, longestForm)
  return body === null
    ? text(413, `A form here is shorter than ${longestForm} bytes.`)
    : new URLSearchParams(body)
}

/** Null where it is longer; no more than that is read. */
async function limitedText(request: Request, limit: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null
  const decoder = new TextDecoder()
  let body = ''
  let length = 0
  if (request.body)
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length
      if (length > limit) return null
      body += decoder.decode(chunk, { stream: true })
    }
  return body + decoder.decode()
}

function text(status: number, sentence: string, fields: Record<string, string> = {}): Response {
  return new Response(`${sentence}\n`, { status, headers: { ...plain, ...fields } })
}

function cloud(
  root: 'notifyResult' | 'result',
  success: boolean,
  message: string,
  accept: string | null,
): Response {
  const { type, body } = cloudAnswer(root, success, message, accept)
  return new Response(body, { headers: { 'Content-Type': type, 'Cache-Control': 'no-store' } })
}
