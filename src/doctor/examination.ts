import { type Ask, isOutgoingFailure, type OutgoingAnswer } from '../model/outgoing.ts'
import { mediaTypeEssence } from '../text/media-type.ts'
import { examineHead, examineHeaders, examineNavigation, examineValidators } from './examine-caching.ts'
import { examineDocument, looksLikeFeed } from './examine-document.ts'
import { examineHub } from './examine-hub.ts'
import { examinePodcast } from './examine-podcast.ts'
import {
  examineCopies,
  examineVisits,
  isPage,
  pollAgain,
  type ReaderVisit,
  sameBytes,
  visitAsReaders,
  whenSpent,
  wholeFeeds,
} from './examine-readers.ts'
import { examineEnclosures, examineHome } from './examine-surroundings.ts'
import type { FeedOutline } from './feed-outline.ts'
import { createFindings, type Finding, listSome, type Report } from './finding.ts'
import { follow } from './follow.ts'
import { feedLinksIn } from './html-links.ts'
import { firstReader, readerRequests } from './reader-requests.ts'

export interface Examination {
  /** The address that was given. */
  url: string
  /** Feeds that were looked at. */
  feeds: { url: string; format: FeedOutline['format'] | null; title: string | null; items: number }[]
  /** The worst first. */
  findings: Finding[]
}

export interface ExaminationOptions {
  ask: Ask
  /** Epoch milliseconds. */
  clock: () => number
  onProgress?(done: number, total: number): void
  /** Milliseconds of waiting for an answer that count as slow. @default 2000 */
  slowAfter?: number
  /** Whether to ask what podcast directories ask, too. @default false */
  podcast?: boolean
}

/** Feeds of one page that are looked at. */
const maxFeeds = 3
/** Bytes of a document that need no compression, since they fit into one packet; and that are too many. */
const minCompressedBytes = 1400
const maxFeedBytes = 2_000_000

/** Asks for a publication as its readers do, and says what they run into. Never rejects on what a server does. */
export async function examine(url: string, options: ExaminationOptions): Promise<Examination> {
  const { report, all } = createFindings()
  const feeds: Examination['feeds'] = []
  const ask: Ask = (address, request) =>
    options.ask(address, request).catch(error => {
      if (isOutgoingFailure(error) && error.reason === 'spent') report('unfinished', url, `${error.message}.`)
      throw error
    })
  const addresses = (await feedAddresses(url, ask, report).catch(whenSpent)) ?? []
  const steps = addresses.length * (2 * readerRequests.length + 7)
  let done = 0
  const tick = () => options.onProgress?.(++done, steps)
  for (const address of addresses) {
    const outline = await examineFeedAt(address, { ...options, ask }, tick, report)
    feeds.push({
      url: address,
      format: outline?.format ?? null,
      title: outline?.title ?? null,
      items: outline?.items.length ?? 0,
    })
  }
  if (options.podcast && !feeds.some(({ format }) => format === 'RSS'))
    report('podcast-no-rss', url, 'None of its feeds is RSS.')
  return { url, feeds, findings: all() }
}

/** The address itself where a feed may be; else those of the same host that its page names. */
async function feedAddresses(url: string, ask: Ask, report: Report): Promise<string[]> {
  const first = await follow(url, firstReader.headers, ask, report)
  if (!first) return []
  if (!isPage(first) || looksLikeFeed(first) || first.status >= 300) return [first.url]
  const links = feedLinksIn(new TextDecoder().decode(first.body), first.url)
  const near = links.filter(link => new URL(link.url).host === new URL(first.url).host)
  if (near.length > 0) return [...new Set(near.map(link => link.url))].slice(0, maxFeeds)
  if (links.length > 0) {
    report('feed-elsewhere', first.url, `${listSome(links.map(link => link.url))}.`)
    return []
  }
  // It may be a page to this reader only.
  return [first.url]
}

async function examineFeedAt(
  url: string,
  { ask, clock, slowAfter = 2000, podcast = false }: ExaminationOptions,
  tick: () => void,
  report: Report,
): Promise<FeedOutline | null> {
  const visits = await visitAsReaders(url, ask, tick)
  const good = visits.find(({ isFeed, answer }) => isFeed && !answer?.broken)
  if (!good?.answer) {
    nothingThere(url, visits, report)
    return null
  }
  const { answer, reader } = good
  examineVisits(url, visits, report)
  examineCopies(url, visits, report)
  examineHeaders(answer, clock(), report)
  examineBytes(url, visits, slowAfter, report)
  const outline = answer.cut ? null : examineDocument(answer, clock(), report)
  if (outline) examineMediaType(answer, outline, report)
  const unstable = wholeFeeds(visits).some(({ body }) => !sameBytes(body, answer.body))
  // Each of these asks once or twice more; what a server does in between is its own fault, and found as such.
  const safely = async <T>(work: Promise<T>): Promise<T | null> => {
    tick()
    return work.catch(error => {
      if (!isOutgoingFailure(error)) throw error
      if (error.reason !== 'spent') report('unreachable', url, `It stopped answering (${error.message}).`)
      return null
    })
  }
  const work = await safely(examineValidators(answer, reader, unstable, ask, report))
  if (work) await pollAgain(visits, ask, tick, report)
  await safely(examineHead(answer, reader, ask, report))
  await safely(examineNavigation(url, ask, report))
  await safely(examineCors(url, reader.headers, ask, report))
  if (outline) {
    await safely(examineHome(outline, url, reader, ask, report))
    await safely(examineEnclosures(outline, url, ask, report))
    await safely(examineHub(answer, ask, report))
    if (podcast && outline.format === 'RSS') await safely(examinePodcast(answer, ask, report))
  }
  return outline
}

function nothingThere(url: string, visits: ReaderVisit[], report: Report): void {
  const answers = visits.flatMap(({ answer }) => answer ?? [])
  const statuses = [...new Set(answers.map(({ status }) => status))]
  if (visits.length === 0) return
  const [first] = answers
  const broken = answers.find(answer => answer.broken)?.broken
  if (!first) report('unreachable', url, 'No reader got an answer.')
  else if (statuses.every(status => status === 429))
    report('rate-limited', url, 'Every request was answered so.')
  else if (statuses.every(status => status >= 300))
    report('status-error', url, `Status ${listSome(statuses.map(String))}.`)
  else if (broken) report('answer-broken', url, `Every reader: ${broken}.`)
  else report('feed-not-found', url, `Content-Type: ${first.headers['content-type'] ?? 'missing'}.`)
}

function examineBytes(url: string, visits: ReaderVisit[], slowAfter: number, report: Report): void {
  const answers = visits.flatMap(({ isFeed, answer }) => (isFeed && answer ? [answer] : []))
  const waits = answers.map(({ waited }) => waited).sort((a, b) => a - b)
  const usual = waits[Math.floor(waits.length / 2)] ?? 0
  if (usual > slowAfter)
    report('slow', url, `${(usual / 1000).toFixed(1)} s until the first byte, the median of ${waits.length}.`)
  const { cut = false, body } = answers[0] ?? {}
  const length = body?.length ?? 0
  if (length > maxFeedBytes)
    report('too-large', url, `${cut ? 'More than ' : ''}${length.toLocaleString('en')} bytes.`)
  const compressed = answers.some(({ headers }) => headers['content-encoding'])
  if (!compressed && length > minCompressedBytes)
    report('not-compressed', url, `${length.toLocaleString('en')} bytes, sent as they are.`)
}

const mediaTypes: Record<FeedOutline['format'], RegExp> = {
  RSS: /^(?:application\/(?:rss\+)?xml|text\/xml)$/,
  RDF: /^(?:application\/(?:rdf\+|rss\+)?xml|text\/xml)$/,
  Atom: /^(?:application\/(?:atom\+)?xml|text\/xml)$/,
  'JSON Feed': /^application\/(?:feed\+)?json$/,
}

function examineMediaType({ url, headers }: OutgoingAnswer, { format }: FeedOutline, report: Report): void {
  const type = mediaTypeEssence(headers['content-type'] ?? '')
  if (!mediaTypes[format].test(type))
    report('media-type-wrong', url, `${format} is sent as ${type === '' ? 'nothing at all' : type}.`)
}

async function examineCors(url: string, headers: Readonly<Record<string, string>>, ask: Ask, report: Report) {
  const answer = await ask(url, { headers: { ...headers, Origin: 'https://reader.example' } })
  if (!answer.headers['access-control-allow-origin'])
    report('cors-missing', url, 'No Access-Control-Allow-Origin, asked with an Origin.')
}
