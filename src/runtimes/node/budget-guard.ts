import type { RequestListener } from 'node:http'
import type { ReadRequest } from '../../http/answer.ts'
import { lifetime } from '../../http/cache-control.ts'
import { evaluatePreconditions, settledLastModified } from '../../http/conditional.ts'
import { isNavigation } from '../../http/feed-page.ts'
import { createPublishedPath } from '../../http/published-path.ts'
import { bareSecurity } from '../../http/security-headers.ts'
import type { DocumentResource, Resource, StoreReader } from '../../model/snapshot.ts'
import { fnv1a } from '../../text/fnv1a.ts'
import { askedKind, pathAsked } from './asked-kinds.ts'
import { type ClientAddress, networkOf } from './client-address.ts'
import type { ClientBudget } from './client-budget.ts'
import { RawHeaders } from './raw-headers.ts'

export interface BudgetGuardOptions {
  budget: ClientBudget
  clientAddress: ClientAddress
  store: StoreReader
  /** Epoch milliseconds. */
  clock: () => number
}

const sentence =
  'This feed has not changed since you fetched it. Ask with If-None-Match or If-Modified-Since, or later.\n'

/**
 * A listener that asks the budget before a feed is sent whole, and answers 429 (RFC 6585 §4) where it is spent. Everything else goes
 * by: what a 304 will answer, other documents, HEAD, people who look at a feed's address in a browser, and this machine.
 */
export function guardBudget(listener: RequestListener, options: BudgetGuardOptions): RequestListener {
  const { budget, clientAddress, store, clock } = options
  const publishedPath = createPublishedPath()
  return (incoming, outgoing) => {
    const answer = () => listener(incoming, outgoing)
    const asked = pathAsked(incoming.url ?? '')
    if (incoming.method !== 'GET' || askedKind(asked).kind !== 'feed') return answer()
    const snapshot = store.current()
    if (snapshot === null || snapshot instanceof Promise) return answer()
    const path = publishedPath(asked, snapshot)
    if (path === null) return answer()
    const now = clock()
    const headers: ReadRequest['headers'] = new RawHeaders(incoming.rawHeaders)

    const decide = (resource: Resource | undefined) => {
      // What most polls are answered with costs nothing, so that nobody needs to know who asks.
      if (resource?.kind !== 'document' || !isWhole(resource, headers, now) || isNavigation(headers))
        return answer()
      const client = clientAddress(incoming)
      if (client === null) return answer()
      const agent = fnv1a(headers.get('user-agent') ?? '').toString(36)
      const wait = budget.spend(`${networkOf(client)} ${agent}`, path, resource.etag, now)
      if (wait === null) return answer()
      outgoing.writeHead(429, {
        'content-type': 'text/plain; charset=utf-8',
        'content-length': sentence.length,
        ...bareSecurity,
        'cache-control': 'no-store',
        // Sooner than the feed's own lifetime there is nothing to come for.
        'retry-after': `${Math.max(wait, lifetime(resource.maxAge, snapshot, now))}`,
      })
      outgoing.end(sentence)
    }
    const resource = snapshot.at(now).lookup(path)
    if (resource instanceof Promise) resource.then(decide, answer)
    else decide(resource)
  }
}

/** Whether the answer will be the whole document, and not a 304 or 412. */
function isWhole(document: DocumentResource, headers: ReadRequest['headers'], now: number): boolean {
  const lastModified = settledLastModified(document.lastModified, now)
  return evaluatePreconditions(headers, { etag: document.etag, lastModified }, now) === 'proceed'
}
