import { isStoreTrouble } from '../model/object-store.ts'
import type { DocumentResource, Resource, Snapshot, StoreReader, View } from '../model/snapshot.ts'
import type { Answer, ReadRequest } from './answer.ts'
import { lifetime, publicFor, withoutSharing } from './cache-control.ts'
import { type AnswerContext, answerDocumentAs, createDocumentAnswerer } from './document-answer.ts'
import { isNavigation, isRawQuery, queriedFeed, wantsPage } from './feed-page.ts'
import { answerFeedPage, answerRaw } from './feed-page-answer.ts'
import type { HeaderFields } from './header-fields.ts'
import { answerHealth } from './health.ts'
import { answerMedium } from './media-answer.ts'
import { answerMethod, isRead } from './methods.ts'
import { belowBase, isSpelling, maxTargetLength, nearbyPath, onBase, readPath, writePath } from './paths.ts'
import { redirect, textAnswer, unavailable } from './plain-answer.ts'
import { type Base, createBaseOf, createPublishedPath } from './published-path.ts'
import { andThen, type SyncOrAsync } from './sync-or-async.ts'

const healthPath = '/healthz'
/** Pages that are shown in place of others, never at an address of their own. */
const notFoundPath = '/404.html'
const gonePath = '/410.html'
const isStandIn = (path: string) => path === notFoundPath || path === gonePath

export interface ReaderOptions {
  store: StoreReader
  /** Epoch milliseconds. @default the system's clock */
  clock?: () => number
  /**
   * The path below which requests arrive, `/` at both ends. To be given where it is not that of the publication's url, behind a proxy
   * that takes a prefix away, say.
   * @default the path of the publication's url
   */
  basePath?: string
  /**
   * Answers are for whoever asked, and no shared cache may keep them: for an app that something in front of it lets only some people into. What was
   * asked for with `Authorization` is always answered so.
   * @default false
   */
  isPrivate?: boolean
}

/** A request in the light of one snapshot at one instant: no answer ever looks at two. */
interface Visit extends AnswerContext {
  request: ReadRequest
  snapshot: Snapshot
  view: View
  /** Where requests arrive, and where the publication's url says it lives. */
  base: Base
  answerDocument: ReturnType<typeof createDocumentAnswerer>
}

/** What turns requests into answers. */
export interface Reader {
  /** `undefined` where the publication has nothing at the address. */
  answer(request: ReadRequest): SyncOrAsync<Answer | undefined>
  /** The publication's own page for an address that leads nowhere; one sentence where it has none. */
  notFound(request: ReadRequest): SyncOrAsync<Answer>
  /** Which path on the publication a request's path means; null: none. */
  publishedPath(path: string, snapshot: Pick<Snapshot, 'url'>): string | null
}

export function createReader(options: ReaderOptions): Reader {
  const { store, clock = Date.now } = options
  const answerDocument = createDocumentAnswerer()
  const baseOf = createBaseOf(options.basePath)
  const isPrivate = options.isPrivate ?? false

  function visit(request: ReadRequest, snapshot: Snapshot): Visit {
    const now = clock()
    return {
      request,
      snapshot,
      view: snapshot.at(now),
      base: baseOf(snapshot.url),
      store,
      now,
      answerDocument,
    }
  }

  function answer(request: ReadRequest): SyncOrAsync<Answer | undefined> {
    const { method, target } = request
    if (target.path.length + target.query.length >= maxTargetLength)
      return textAnswer(414, 'No address here is that long.', { 'cache-control': 'no-store' })
    return andThen(store.current(), snapshot => {
      // Before anything is published nobody knows below which path it will be.
      if (target.path === healthPath && isRead(method)) return answerHealth(method, snapshot)
      if (!snapshot) return unavailable('Nothing is published yet. Ask again in a moment.')
      return answerVisit(visit(request, snapshot))
    })
  }

  function notFound(request: ReadRequest): SyncOrAsync<Answer> {
    const headers = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
    const sentence = 'There is nothing at this address.'
    return andThen(store.current(), snapshot =>
      snapshot
        ? answerMissing(visit(request, snapshot), notFoundPath, 404, sentence, headers)
        : textAnswer(404, sentence, headers),
    )
  }

  return {
    answer: request =>
      withoutSharing(
        isPrivate || request.headers.get('authorization') !== null,
        orUnavailable(() => answer(request)),
      ),
    notFound: request =>
      withoutSharing(
        isPrivate || request.headers.get('authorization') !== null,
        orUnavailable(() => notFound(request)),
      ),
    publishedPath: createPublishedPath(baseOf),
  }
}

function answerVisit(visit: Visit): SyncOrAsync<Answer | undefined> {
  const { method, target } = visit.request
  const meant = readPath(target.path)
  if (meant === 'malformed')
    return textAnswer(400, 'The percent-encoding of this address is broken.', {
      'cache-control': 'no-store',
    })
  const path = meant === null ? null : belowBase(meant, visit.base.here)
  if (path === null || isStandIn(path)) return undefined
  if (target.path === onBase(healthPath, visit.base.here) && isRead(method))
    return answerHealth(method, visit.snapshot)
  const queried = queriedFeed(target.query, path)
  if (queried !== null)
    return andThen(visit.view.lookup(queried), feed =>
      feed?.kind === 'document' && isRead(method) ? answerFeed(visit, feed) : answerPath(visit, path),
    )
  return answerPath(visit, path)
}

function answerPath(visit: Visit, path: string): SyncOrAsync<Answer | undefined> {
  return andThen(visit.view.lookup(path), resource => {
    if (resource) return answerResource(visit, path, resource)
    const nearby = nearbyPath(path)
    if (isStandIn(nearby)) return undefined
    return andThen(visit.view.lookup(nearby), found => found && answerResource(visit, nearby, found))
  })
}

function answerResource(visit: Visit, path: string, resource: Resource): SyncOrAsync<Answer> {
  const { request, snapshot, base, now } = visit
  if (!isRead(request.method)) return answerMethod(request)
  const maxAge = resource.kind === 'document' ? resource.maxAge : null
  const seconds = lifetime(maxAge, snapshot, now)
  const cacheControl = publicFor(seconds)
  if (resource.kind === 'redirect')
    return redirect(resource.status, locationOf(resource.location, base.public), cacheControl)
  if (resource.kind === 'away')
    return unavailable('This article is published, and can’t be read just now. Ask again in a moment.')
  if (resource.kind === 'gone')
    return answerMissing(visit, gonePath, 410, 'This was withdrawn.', { 'cache-control': cacheControl })
  // One document, one address: another spelling of it is sent there. 301, which readers of any age follow.
  if (!isSpelling(request.target.path, writePath(onBase(path, base.here))))
    return redirect(301, writePath(onBase(path, base.public)), cacheControl)
  if (resource.kind === 'media') return answerMedium(request, resource, seconds, visit)
  if (resource.page === null || !isNavigation(request.headers))
    return visit.answerDocument(request, resource, seconds, visit, false)
  return answerNavigation(visit, path, resource, resource.page, seconds)
}

function answerFeed(visit: Visit, feed: DocumentResource): SyncOrAsync<Answer> {
  const seconds = lifetime(feed.maxAge, visit.snapshot, visit.now)
  return visit.answerDocument(visit.request, feed, seconds, visit, false)
}

/** A browser opens a feed's address. */
function answerNavigation(
  visit: Visit,
  path: string,
  feed: DocumentResource,
  pagePath: string,
  seconds: number,
) {
  const { request, snapshot, view } = visit
  const feedAnswer = () => visit.answerDocument(request, feed, seconds, visit, true)
  if (isRawQuery(request.target.query)) return answerRaw(request, feed, visit)
  if (!wantsPage(request.headers.get('accept'))) return feedAnswer()
  const address = snapshot.url.slice(0, -1) + writePath(path)
  return andThen(view.lookup(pagePath), page =>
    page?.kind === 'document' ? answerFeedPage(request, page, feed, address, visit) : feedAnswer(),
  )
}

function answerMissing(
  visit: Visit,
  path: string,
  status: 404 | 410,
  sentence: string,
  headers: HeaderFields,
) {
  return andThen(visit.view.lookup(path), page =>
    page?.kind === 'document'
      ? answerDocumentAs(visit.request, page, status, headers, visit)
      : textAnswer(status, sentence, headers),
  )
}

/** An absolute address stays as it is; a path lies on the publication. */
function locationOf(location: string, base: string): string {
  return location.startsWith('/') ? writePath(onBase(location, base)) : new URL(location).href
}

/** A store that is away, or whose object is damaged, may be well again in a moment: 503, never another's bytes. */
function orUnavailable<T>(work: () => SyncOrAsync<T>): SyncOrAsync<T | Answer> {
  const result = work()
  if (!(result instanceof Promise)) return result
  return result.catch(error => {
    if (isStoreTrouble(error))
      return unavailable('What is asked for can’t be read just now. Ask again in a moment.')
    throw error
  })
}
