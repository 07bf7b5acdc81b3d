import type { DocumentResource } from '../model/snapshot.ts'
import { type Answer, bodiless, type ReadRequest } from './answer.ts'
import { evaluatePreconditions } from './conditional.ts'
import { announceFeed } from './discovery.ts'
import { type AnswerContext, answerDocumentAs, preconditionFailed } from './document-answer.ts'
import { pageVary } from './feed-page.ts'
import type { HeaderFields } from './header-fields.ts'
import type { SyncOrAsync } from './sync-or-async.ts'

/** The page at a feed's address: nobody's cache but the browser's own keeps it, and it has validators of its own. */
export function answerFeedPage(
  request: ReadRequest,
  page: DocumentResource,
  feed: DocumentResource,
  address: string,
  context: AnswerContext,
): SyncOrAsync<Answer> {
  const headers: HeaderFields = { 'cache-control': 'private, no-cache', etag: page.etag, vary: pageVary }
  // Compared by its tag alone: a date could not tell it from the feed, which was at this address before.
  const precondition = evaluatePreconditions(
    request.headers,
    { etag: page.etag, lastModified: null },
    context.now,
  )
  if (precondition === 'not-modified') return bodiless(304, headers)
  if (precondition === 'failed') return preconditionFailed()
  const link = announceFeed(page.headers.link, address, feed.mediaType)
  return answerDocumentAs(request, page, 200, { ...headers, link }, context)
}

/**
 * The feed as text, for a person who opens its address with `?raw`: Firefox downloads every type of a feed, and shows text.
 * Nobody's cache but the browser's own keeps it.
 */
export function answerRaw(
  request: ReadRequest,
  feed: DocumentResource,
  context: AnswerContext,
): SyncOrAsync<Answer> {
  return answerDocumentAs(
    request,
    feed,
    200,
    { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'private, no-cache', vary: pageVary },
    context,
  )
}
