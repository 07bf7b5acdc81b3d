import { type Ask, isOutgoingFailure } from '../model/outgoing.ts'
import { mediaTypeEssence } from '../text/media-type.ts'
import type { FeedOutline } from './feed-outline.ts'
import { listSome, type Report } from './finding.ts'
import { follow } from './follow.ts'
import { feedLinksIn } from './html-links.ts'
import type { ReaderRequest } from './reader-requests.ts'

/** The page that the feed belongs to, where it lies on the same host: whether it names a feed. */
export async function examineHome(
  outline: FeedOutline,
  url: string,
  reader: ReaderRequest,
  ask: Ask,
  report: Report,
) {
  const home = outline.home === null ? null : URL.parse(outline.home, url)
  if (!home || home.host !== new URL(url).host) return
  const page = await follow(home.href, reader.headers, ask, () => {})
  if (!page || page.status >= 300) {
    report('autodiscovery-missing', home.href, `The page answers with ${page?.status ?? 'nothing'}.`)
    return
  }
  const links = feedLinksIn(new TextDecoder().decode(page.body), page.url)
  if (links.length === 0) report('autodiscovery-missing', page.url, 'Its head names no feed.')
}

function reasonOf(error: unknown): string {
  if (!isOutgoingFailure(error) || error.reason === 'spent') throw error
  return error.message
}

/** What the feed says of its enclosures, and what the server says of the first one on the same host. */
export async function examineEnclosures(
  { format, items }: FeedOutline,
  url: string,
  ask: Ask,
  report: Report,
) {
  const enclosures = items.flatMap(item => item.enclosures)
  const incomplete = enclosures.filter(
    ({ type, length }) => !type || !(format === 'RSS' ? /^\d+$/ : /^\d*$/).test(length ?? ''),
  )
  if (incomplete.length > 0)
    report(
      'enclosure-incomplete',
      url,
      `${incomplete.length} of ${enclosures.length}: ${listSome(incomplete.map(file => file.url))}.`,
    )
  const near = enclosures.find(file => URL.parse(file.url, url)?.host === new URL(url).host)
  if (!near) return
  const address = new URL(near.url, url).href
  // Nobody needs the whole recording to know that it is there.
  const part = await ask(address, { headers: { Range: 'bytes=0-0' }, limit: 1000 }).catch(reasonOf)
  if (typeof part === 'string' || part.status >= 400) {
    report('enclosure-unreachable', address, typeof part === 'string' ? `${part}.` : `Status ${part.status}.`)
    return
  }
  if (part.status >= 300) return
  if (part.status !== 206) report('enclosure-no-range', address, `Status ${part.status} to Range: bytes=0-0.`)
  const {
    'content-type': served = '',
    'content-range': range = '',
    'content-length': whole = '',
  } = part.headers
  const length = part.status === 206 ? /\/(\d+)$/.exec(range)?.[1] : whole
  const servedType = mediaTypeEssence(served)
  const differing = [
    near.type &&
      served &&
      servedType !== mediaTypeEssence(near.type) &&
      `type ${servedType}, not ${near.type}`,
    near.length && length && length !== near.length && `${length} bytes, not ${near.length}`,
  ].filter(seen => typeof seen === 'string' && seen !== '') as string[]
  if (differing.length > 0) report('enclosure-wrong', address, `It has ${listSome(differing)}.`)
}
