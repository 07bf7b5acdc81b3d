import type { Ask, OutgoingAnswer } from '../model/outgoing.ts'
import { beforeFirst } from '../text/before-first.ts'
import { looksLikeFeed } from './examine-document.ts'
import { isPage, sentAgain } from './examine-readers.ts'
import { listSome, type Report } from './finding.ts'
import { browserNavigation, type ReaderRequest } from './reader-requests.ts'

const hour = 3_600_000

/** What one good answer says to caches and to the next poll. */
export function examineHeaders({ url, headers }: OutgoingAnswer, now: number, report: Report): void {
  const vary = (headers.vary ?? '').toLowerCase().split(/\s*,\s*/)
  if (vary.includes('*')) report('vary-star', url, `Vary: ${headers.vary}`)
  if (vary.includes('cookie') || vary.includes('user-agent'))
    report('vary-broad', url, `Vary: ${headers.vary}`)
  const cookies = headers['set-cookie']?.split('\n') ?? []
  if (cookies.length > 0)
    report('cookie-set', url, `It sets ${listSome(cookies.map(cookie => beforeFirst(cookie, '=')))}.`)
  const caching = headers['cache-control'] ?? ''
  if (/\bno-store\b/i.test(caching)) report('cache-forbidden', url, `Cache-Control: ${caching}`)
  const age = Number(headers.age)
  const allowed = Number(
    /s-maxage=(\d+)/i.exec(caching)?.[1] ?? /max-age=(\d+)/i.exec(caching)?.[1] ?? 86_400,
  )
  const grace = Number(/stale-while-revalidate=(\d+)/i.exec(caching)?.[1] ?? 60)
  if (age > allowed + grace) report('cache-stale', url, `Age: ${age} s, where ${allowed} s are allowed.`)
  const modified = headers['last-modified']
  const instant = Date.parse(modified ?? '')
  if (modified !== undefined && (Number.isNaN(instant) || instant > now + hour))
    report('last-modified-wrong', url, `Last-Modified: ${modified}`)
}

/** Whether validators do what they are for, asked with one at a time and with some that were never given; true: they do. */
export async function examineValidators(
  first: OutgoingAnswer,
  reader: ReaderRequest,
  unstable: boolean,
  ask: Ask,
  report: Report,
): Promise<boolean> {
  const { url, headers } = first
  const { etag, 'last-modified': date } = headers
  const poll = (validators: Record<string, string>) =>
    ask(url, { headers: { ...reader.headers, ...validators } })
  const foreign = await poll({ 'If-None-Match': '"no-such-validator"' })
  const old = await poll({ 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' })
  const always = [
    foreign.status === 304 && 'an ETag it never gave',
    old.status === 304 &&
      !(Date.parse(date ?? '') < Date.UTC(2000, 0, 1)) &&
      'a date long before Last-Modified',
  ].filter(seen => seen !== false)
  if (always.length > 0) report('not-modified-always', url, `304 to ${listSome(always)}.`)
  if (!etag && !date) {
    report('validators-missing', url, 'Neither of the two is there.')
    return false
  }
  // A document that is another at every request has nothing to be compared with.
  if (unstable) return false
  const byEtag = etag ? await poll({ 'If-None-Match': etag }) : null
  const byDate = date ? await poll({ 'If-Modified-Since': date }) : null
  const ignored = (answer: OutgoingAnswer | null) => answer !== null && sentAgain(answer, first)
  const [etagIgnored, dateIgnored] = [ignored(byEtag), ignored(byDate)]
  const asked = [etag && 'its ETag', date && 'its Last-Modified'].filter(Boolean).join(' and with ')
  if ((!byEtag || etagIgnored) && (!byDate || dateIgnored))
    report('not-modified-never', url, `200 with the same bytes, asked with ${asked}.`)
  else if (etagIgnored)
    report('etag-ignored', url, `If-None-Match: ${etag} is answered with 200 and the same bytes.`)
  else if (dateIgnored)
    report('date-ignored', url, `If-Modified-Since: ${date} is answered with 200 and the same bytes.`)
  return !etagIgnored && !dateIgnored
}

export async function examineHead(
  first: OutgoingAnswer,
  reader: ReaderRequest,
  ask: Ask,
  report: Report,
): Promise<void> {
  const { url, status, headers } = first
  const head = await ask(url, { method: 'HEAD', headers: reader.headers })
  const differing = [
    head.status !== status && `status ${head.status}, not ${status}`,
    head.status === status &&
      head.headers['content-type'] !== headers['content-type'] &&
      `Content-Type ${head.headers['content-type'] ?? 'missing'}, not ${headers['content-type']}`,
  ].filter(seen => seen !== false)
  if (differing.length > 0) report('head-differs', url, `HEAD has ${listSome(differing)}.`)
}

/** A person at the feed address: whether what they get can reach readers by way of a cache. */
export async function examineNavigation(url: string, ask: Ask, report: Report): Promise<void> {
  const page = await ask(url, { headers: browserNavigation.headers })
  if (page.status >= 300 || looksLikeFeed(page) || !isPage(page)) return
  const { 'cache-control': caching = '', vary = '' } = page.headers
  const varies = /\*|accept(?!-)|sec-fetch/i.test(vary)
  if (!varies && !/private|no-store/i.test(caching))
    report('page-cacheable', url, `Cache-Control: ${caching || 'missing'}, Vary: ${vary || 'missing'}.`)
}
