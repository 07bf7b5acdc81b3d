import type { PushSettings } from '../model/push-settings.ts'
import { escapeXml } from '../text/escape.ts'
import { type Intent, type Refusal, readCallback, refuse } from './subscription-requests.ts'
import type { Topic, Topics } from './topics.ts'

/** Seconds: registrations end after 25 hours and are made anew every day. */
const cloudLease = 90_000

/**
 * The form of rssCloud's `pleaseNotify`: one wish for each feed that it names (`url`, `url1`, `url2`, …).
 * @param client the address that asked, for forms without a `domain`; null where unknown
 */
export async function readPleaseNotify(
  form: URLSearchParams,
  client: string | null,
  topics: Topics,
  settings: PushSettings,
): Promise<Intent[] | Refusal> {
  const protocol = protocolOf(form)
  if (protocol !== 'http-post' && protocol !== 'https-post')
    return refuse(`The protocol ${protocol} is not spoken here: http-post and https-post are.`)
  const address = cloudCallback(form, client)
  if (address === null) return refuse('There is no domain, and nobody knows where this came from.')
  const callback = readCallback(address, settings)
  if (typeof callback !== 'string') return callback
  const urls = [...form].flatMap(([name, value]) => (/^url\d*$/.test(name) ? [value] : []))
  if (urls.length === 0 || urls.length > 100) return refuse('Name 1 to 100 feeds: url1, url2 and so on.')
  const found: Topic[] = []
  for (const url of urls) {
    const topic = await topics.at(url)
    if (!topic) return { status: 404, sentence: `${url} is no feed of this publication.` }
    found.push(topic)
  }
  return found.map(topic => ({
    mode: 'subscribe',
    door: 'rsscloud',
    topic: topic.path,
    callback,
    lease: cloudLease,
    secret: null,
    verifyToken: null,
    unchallenged: domainOf(form) === null,
  }))
}

const protocolOf = (form: URLSearchParams) => form.get('protocol') || 'http-post'

/** Some write the scheme before it. */
const domainOf = (form: URLSearchParams) => form.get('domain')?.replace(/^https?:\/\//i, '') || null

/** Where such a form wants to be told, as it says; null where nobody knows. */
export function cloudCallback(form: URLSearchParams, client: string | null): string | null {
  const host = domainOf(form) ?? client
  if (host === null) return null
  const secure = protocolOf(form) === 'https-post'
  const port = form.get('port') || (secure ? '443' : '80')
  const path = form.get('path') ?? '/'
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${secure || port === '443' ? 'https' : 'http'}://${name}:${port}${path.startsWith('/') ? '' : '/'}${path}`
}

/** What rssCloud's requests are answered with, as XML or, for those who prefer it, JSON. */
export function cloudAnswer(
  root: 'notifyResult' | 'result',
  success: boolean,
  message: string,
  accept: string | null,
): { type: string; body: string } {
  if (/\bjson\b/i.test(accept ?? '') && !/\bxml\b/i.test(accept ?? ''))
    return { type: 'application/json; charset=utf-8', body: JSON.stringify({ success, msg: message }) }
  return {
    type: 'text/xml; charset=utf-8',
    body: `<?xml version="1.0"?>\n<${root} success="${success}" msg="${escapeXml(message)}"/>\n`,
  }
}
