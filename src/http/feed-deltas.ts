import { takeFeedApart } from '../documents/feed-entries.ts'
import { type FeedFormat, feedFormatNames, feedFormats } from '../model/formats.ts'
import type { DocumentResource, Resource, StoreReader } from '../model/snapshot.ts'
import { formatHttpDate } from '../text/http-dates.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { type Answer, type ReadRequest, withBody } from './answer.ts'
import { chooseCoding } from './coding.ts'
import { evaluatePreconditions, matchesWeakly, settledLastModified } from './conditional.ts'
import { feedVary } from './feed-page.ts'
import type { Reader } from './reader.ts'
import { documentSecurity } from './security-headers.ts'
import { andThen, type SyncOrAsync } from './sync-or-async.ts'

export interface DeltaOptions {
  store: StoreReader
  /** Epoch milliseconds. */
  clock: () => number
  /** A digest that no two texts share. */
  digest: (text: string) => string
  /** Versions of feeds whose entries are remembered, each with a digest per entry. @default 500 */
  maxVersions?: number
}

/** One version of one feed. */
interface Version {
  etag: string
  /** Digests of the entries' texts by their ids, in the document's order. */
  entries: Map<string, string>
}

/** Programs that ask for deltas and then lose what is in them; measured. */
const losesEntries = /\brss2email\b/i

/**
 * A reader that gives feeds in part (RFC 3229, with the manipulation `feed`): who asks with `A-IM: feed` and names a
 * version that is remembered gets the current document with only the entries that are new or changed since, as 226.
 * Versions are remembered when such a program asks, so that nothing is done for anybody else. The whole document is sent
 * as ever where a delta would be no shorter, where it could not say that something was withdrawn, and to programs that
 * are known to lose entries on it.
 */
export function withDeltas(reader: Reader, options: DeltaOptions): Reader {
  const { store, clock, digest, maxVersions = 500 } = options
  const { publishedPath } = reader
  /** By path and entity tag, those that were asked for longest ago first. */
  const versions = createLruCache<string, Version>(maxVersions)

  function known(path: string, ifNoneMatch: string): Version | undefined {
    for (const [key, version] of versions.entries())
      if (key.startsWith(`${path} `) && matchesWeakly(ifNoneMatch, version.etag)) return version
    return undefined
  }

  function answerFeed(
    request: ReadRequest,
    path: string,
    feed: DocumentResource,
  ): SyncOrAsync<Answer | undefined> {
    const whole = () => reader.answer(request)
    const lastModified = settledLastModified(feed.lastModified, clock())
    const precondition = evaluatePreconditions(request.headers, { etag: feed.etag, lastModified }, clock())
    const isKnown = versions.get(`${path} ${feed.etag}`) !== undefined
    // The way of nearly every poll: there is nothing to tell, and nothing to be remembered.
    if (isKnown && precondition !== 'proceed') return whole()
    const ifNoneMatch = request.headers.get('if-none-match')
    const before = ifNoneMatch === null ? undefined : known(path, ifNoneMatch)
    if (isKnown && !before) return whole()
    return andThen(store.body(feed.bodies.identity), body => {
      const format = formatOf(path)
      const parts =
        body instanceof Uint8Array && format ? takeFeedApart(format, new TextDecoder().decode(body)) : null
      if (!parts) return whole()
      const entries = new Map(parts.entries.map(({ id, text }) => [id, digest(text)]))
      versions.set(`${path} ${feed.etag}`, { etag: feed.etag, entries })
      if (precondition !== 'proceed' || !before || !isExtension(before.entries, entries)) return whole()
      const news = parts.entries.filter(({ id }) => before.entries.get(id) !== entries.get(id))
      const delta = new TextEncoder().encode(parts.keep(news))
      const coding = chooseCoding(request.headers.get('accept-encoding'), feed.bodies)
      if (coding === null || delta.length >= feed.bodies[coding]!.length) return whole()
      return withBody(226, deltaFields(feed, before.etag, delta.length, lastModified), delta)
    })
  }

  function answer(request: ReadRequest): SyncOrAsync<Answer | undefined> {
    if (request.method !== 'GET' || !asksForDelta(request.headers)) return reader.answer(request)
    return andThen(store.current(), snapshot => {
      const path = snapshot && publishedPath(request.target.path, snapshot)
      if (!path || !formatOf(path)) return reader.answer(request)
      return andThen(snapshot.at(clock()).lookup(path), (resource: Resource | undefined) =>
        resource?.kind === 'document' ? answerFeed(request, path, resource) : reader.answer(request),
      )
    })
  }

  return { ...reader, answer }
}

/** `A-IM: gzip;q=0.5, feed` (RFC 3229 §10.5.3); what is refused with `q=0` is not asked for. */
function asksForDelta(headers: ReadRequest['headers']): boolean {
  const manipulations = headers.get('a-im')
  if (
    manipulations === null ||
    !/(?:^|,)\s*feed\s*(?:,|$|;(?!\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$)))/i.test(manipulations)
  )
    return false
  return !losesEntries.test(headers.get('user-agent') ?? '')
}

/**
 * Whether a reader that puts the new entries to the old ones knows all: what is missing now may only have made room at
 * the end of the document, one old entry for one new. Else something was withdrawn, and only the whole document says so.
 */
function isExtension(before: Version['entries'], now: Version['entries']): boolean {
  if (now.size < before.size) return false
  const stays = [...before.keys()].map(id => now.has(id))
  const lastStaying = stays.lastIndexOf(true)
  return stays.slice(0, lastStaying + 1).every(Boolean)
}

/** A cache that does not know 226 must not keep it; one that does may (RFC 3229 §10.8.2: `im` beside `no-store`). */
function deltaFields(feed: DocumentResource, base: string, length: number, lastModified: number | null) {
  return {
    'content-type': feed.mediaType,
    'content-length': `${length}`,
    ...documentSecurity(feed.mediaType),
    ...feed.headers,
    im: 'feed',
    etag: feed.etag,
    'delta-base': base,
    ...(lastModified === null ? {} : { 'last-modified': formatHttpDate(lastModified * 1000) }),
    'cache-control': 'no-store, im',
    vary: `A-IM, If-None-Match, User-Agent, ${feedVary}`,
  }
}

function formatOf(path: string): FeedFormat | null {
  return feedFormatNames.find(format => path.endsWith(`/${feedFormats[format].file}`)) ?? null
}
