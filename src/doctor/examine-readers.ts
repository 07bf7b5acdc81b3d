import { type Ask, isOutgoingFailure, type OutgoingAnswer } from '../model/outgoing.ts'
import { feedOutlineOf, looksLikeFeed } from './examine-document.ts'
import { listSome, type Report } from './finding.ts'
import { follow } from './follow.ts'
import { type ReaderRequest, readerRequests } from './reader-requests.ts'

/** What one reader got at its first poll; `answer` is null where nothing came. */
export interface ReaderVisit {
  reader: ReaderRequest
  answer: OutgoingAnswer | null
  isFeed: boolean
}

/** What those readers hold that got the feed, and all of it. */
export const wholeFeeds = (visits: ReaderVisit[]): OutgoingAnswer[] =>
  visits.flatMap(({ isFeed, answer }) => (isFeed && answer && !answer.broken ? [answer] : []))

/** Every reader's first poll, until no more requests are sent. */
export async function visitAsReaders(url: string, ask: Ask, tick: () => void): Promise<ReaderVisit[]> {
  const visits: ReaderVisit[] = []
  for (const reader of readerRequests) {
    // Redirects were judged already, on the way here.
    const answer = await follow(url, reader.headers, ask, () => {}).catch(whenSpent)
    if (answer === undefined) break
    visits.push({ reader, answer, isFeed: answer !== null && answer.status < 300 && looksLikeFeed(answer) })
    tick()
    // Without end to one reader, or nearly: that is said, and what is left of the patience is for the rest.
    if (answer?.cut) break
  }
  return visits
}

export function whenSpent(error: unknown): undefined {
  if (!isOutgoingFailure(error) || error.reason !== 'spent') throw error
}

/** Who is refused, who gets a page, who gets what he did not ask for. */
export function examineVisits(url: string, visits: ReaderVisit[], report: Report): void {
  const names = (which: (visit: ReaderVisit) => boolean) =>
    visits
      .filter(which)
      .map(
        ({ reader, answer }) =>
          `${reader.name}${answer && answer.status >= 300 ? ` (${answer.status})` : ''}`,
      )
  const reportReaders = (code: Parameters<Report>[0], who: string[]) => {
    if (who.length > 0) report(code, url, `${listSome(who, 12)}.`)
  }
  const status = ({ answer }: ReaderVisit) => answer?.status ?? 0
  const limited = (visit: ReaderVisit) => status(visit) === 429
  const refusedAccept = (visit: ReaderVisit) => status(visit) === 406 || status(visit) === 415
  reportReaders('rate-limited', names(limited))
  reportReaders('accept-refused', names(refusedAccept))
  reportReaders(
    'reader-blocked',
    names(visit => status(visit) >= 400 && !limited(visit) && !refusedAccept(visit)),
  )
  reportReaders(
    'answer-broken',
    visits.flatMap(({ reader, answer }) => (answer?.broken ? [`${reader.name}: ${answer.broken}`] : [])),
  )
  reportReaders(
    'unreachable',
    visits.some(({ answer }) => answer) ? names(({ answer }) => answer === null) : [],
  )
  reportReaders(
    'html-to-readers',
    names(
      visit => !visit.isFeed && visit.answer !== null && visit.answer.status < 300 && isPage(visit.answer),
    ),
  )
  reportReaders(
    'compressed-unasked',
    names(({ reader, answer }) => answer !== null && codedUnasked(reader, answer)),
  )
}

/** Two copies of one feed that should be one, or one that should not be two. */
export function examineCopies(url: string, visits: ReaderVisit[], report: Report): void {
  // Which of the different documents each copy is, by number.
  const documents: OutgoingAnswer[] = []
  const copies = wholeFeeds(visits).map(copy => {
    const known = documents.findIndex(({ body }) => sameBytes(body, copy.body))
    return { headers: copy.headers, document: known === -1 ? documents.push(copy) - 1 : known }
  })
  const documentOf = new Map<string, number>()
  const etagOf = new Map<string, string>()
  for (const { headers, document } of copies) {
    const { etag, 'content-encoding': coding = '' } = headers
    if (!etag) continue
    if (documentOf.has(etag) && documentOf.get(etag) !== document)
      report('validator-reused', url, `${etag} came with two different documents.`)
    documentOf.set(etag, document)
    const copy = `${document} ${coding}`
    if (etagOf.has(copy) && etagOf.get(copy) !== etag)
      report('etag-unstable', url, `${etagOf.get(copy)} and ${etag} for the same bytes.`)
    etagOf.set(copy, etag)
  }
  const different = documents.length
  if (different >= 3 && different > copies.length / 2)
    report('bytes-unstable', url, `${copies.length} answers, ${different} different documents.`)
  examineIds(url, documents, report)
}

function examineIds(url: string, copies: OutgoingAnswer[], report: Report): void {
  const known = new Map<string, string>()
  const changed = new Set<string>()
  for (const copy of copies) {
    const items = feedOutlineOf(copy, () => {})?.items ?? []
    for (const { id, url: link, title } of items) {
      const key = link ?? title
      if (key === null || id === null) continue
      const before = known.get(key)
      if (before !== undefined && before !== id) changed.add(`${title ?? link}: ${before}, then ${id}`)
      known.set(key, id)
    }
  }
  if (changed.size > 0) report('id-changed', url, `${changed.size} items; ${listSome([...changed], 1)}.`)
}

/** Every reader's second poll, with the validators it sends. That some work for nobody is found elsewhere. */
export async function pollAgain(
  visits: ReaderVisit[],
  ask: Ask,
  tick: () => void,
  report: Report,
): Promise<void> {
  const inVain: string[] = []
  let answered = 0
  for (const { reader, answer, isFeed } of visits) {
    tick()
    if (!answer || !isFeed) continue
    const { etag, 'last-modified': date } = answer.headers
    const validators = {
      ...(reader.sends.etag && etag ? { 'If-None-Match': etag } : {}),
      ...(reader.sends.date && date ? { 'If-Modified-Since': date } : {}),
    }
    if (Object.keys(validators).length === 0) continue
    const again = await ask(answer.url, { headers: { ...reader.headers, ...validators } }).catch(() => null)
    if (again?.status === 304) answered++
    else if (again && sentAgain(again, answer)) inVain.push(reader.name)
  }
  if (answered > 0 && inVain.length > 0)
    report('not-modified-partly', visits[0]?.answer?.url ?? '', `${listSome(inVain, 12)}.`)
}

/** Whether a 304 would have been right: the same bytes under the same ETag. One that changes is found elsewhere. */
export const sentAgain = (again: OutgoingAnswer, before: OutgoingAnswer) =>
  again.status === 200 && again.headers.etag === before.headers.etag && sameBytes(again.body, before.body)

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

export function isPage({ headers, body }: OutgoingAnswer): boolean {
  const start = new TextDecoder().decode(body.subarray(0, 1000))
  return (
    /^text\/html|^application\/xhtml/i.test(headers['content-type'] ?? '') ||
    /<!doctype html|<html[\s>]/i.test(start)
  )
}

function codedUnasked(
  { headers }: ReaderRequest,
  { headers: { 'content-encoding': coding } }: OutgoingAnswer,
): boolean {
  if (!coding || coding === 'identity') return false
  return !(headers['Accept-Encoding'] ?? '').includes(coding.toLowerCase().replace(/^x-/, ''))
}
