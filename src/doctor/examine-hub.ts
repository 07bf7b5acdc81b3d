import { type Ask, isOutgoingFailure, type OutgoingAnswer } from '../model/outgoing.ts'
import { listSome, type Report } from './finding.ts'

/** A hub that the feed names, as subscribers find it (WebSub §4), asked only where it is on the same host. */
export async function examineHub(
  { url, headers, body }: OutgoingAnswer,
  ask: Ask,
  report: Report,
): Promise<void> {
  const links = linksIn(headers.link ?? '', url)
  const inHeader = links.filter(({ rel }) => rel === 'hub').map(({ href }) => href)
  const hubs = [...new Set([...inHeader, ...hubsInBody(new TextDecoder().decode(body), url)])]
  const selves = links.filter(({ rel }) => rel === 'self').map(({ href }) => href)
  if (inHeader.length > 0 && (selves.length !== 1 || selves[0] !== new URL(url).href))
    report('hub-topic-wrong', url, selves.length === 0 ? 'It has none.' : `It names ${listSome(selves)}.`)
  for (const hub of hubs) {
    if (new URL(hub).host !== new URL(url).host) continue
    const silence = await silenceOf(hub, ask)
    if (silence !== null) report('hub-silent', hub, `${silence}.`)
  }
}

/** A form that asks for nothing: every hub refuses it with a status of 400 or the like (WebSub §5.2). Null: it did. */
async function silenceOf(hub: string, ask: Ask): Promise<string | null> {
  try {
    const { status } = await ask(hub, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'hub.mode=',
      limit: 1000,
    })
    const refused = status >= 400 && status < 500 && ![404, 405, 410].includes(status)
    return refused ? null : `It answers a form without a wish with ${status}`
  } catch (error) {
    if (!isOutgoingFailure(error) || error.reason === 'spent') throw error
    return `No answer: ${error.message}`
  }
}

/** Members of Link headers (RFC 8288 §3), as far as their relation goes. */
function linksIn(header: string, base: string): { rel: string; href: string }[] {
  return [...header.matchAll(/<([^>]*)>([^<]*)/g)].flatMap(([, target = '', parameters = '']) => {
    const rels = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters)
    const href = URL.parse(target, base)?.href
    const names = (rels?.[1] ?? rels?.[2] ?? '').toLowerCase().split(/\s+/)
    return href === undefined ? [] : names.map(rel => ({ rel, href }))
  })
}

/** In RSS and Atom `<link rel="hub">`, in JSON Feed `hubs`. */
function hubsInBody(text: string, base: string): string[] {
  const inXml = [...text.matchAll(/<(?:\w+:)?link\b[^>]*\brel=["']hub["'][^>]*>/g)].map(
    ([tag]) => /\bhref=["']([^"']*)["']/.exec(tag)?.[1] ?? '',
  )
  const inJson = text.trimStart().startsWith('{') ? hubsOfJson(text) : []
  return [...inXml, ...inJson].flatMap(href => (href ? (URL.parse(href, base)?.href ?? []) : []))
}

function hubsOfJson(text: string): string[] {
  try {
    const { hubs } = JSON.parse(text) as { hubs?: { url?: unknown }[] }
    return Array.isArray(hubs) ? hubs.flatMap(hub => (typeof hub?.url === 'string' ? [hub.url] : [])) : []
  } catch {
    return []
  }
}
