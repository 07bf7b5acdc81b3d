import type { RequestListener } from 'node:http'
import type { Asked } from '../../http/answer.ts'
import { lifetime } from '../../http/cache-control.ts'
import { evaluatePreconditions, settledLastModified } from '../../http/conditional.ts'
import { isNavigation } from '../../http/feed-page.ts'
import { publishedPath } from '../../http/published-path.ts'
import { bareSecurity } from '../../http/security-headers.ts'
import type { DocumentResource, Resource, StoreReader } from '../../model/snapshot.ts'
import { pathHash } from '../../store/asset-manifest.ts'
import { askedKind, pathAsked } from './asked-kinds.ts'
import { type ClientAddress, networkOf } from './client-address.ts'
import type { ClientBudget } from './client-budget.ts'

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
  return (incoming, outgoing) => {
    const path = pathAsked(incoming.url ?? '')
    if (incoming.method !== 'GET' || askedKind(path).kind !== 'feed') return listener(incoming, outgoing)
    const client = clientAddress(incoming)
    const headers: Asked['headers'] = {
      get: name => (incoming.headers[name] as string | undefined) ?? null,
    }
    if (client === null || isNavigation(headers)) return listener(incoming, outgoing)
    const snapshot = store.current()
    if (snapshot === null || snapshot instanceof Promise) return listener(incoming, outgoing)
    const now = clock()
    const published = publishedPath(path, snapshot)

    const decide = (resource: Resource | undefined) => {
      if (resource?.kind !== 'document' || published === null || !isWhole(resource, headers, now))
        return listener(incoming, outgoing)
      const agent = pathHash(headers.get('user-agent') ?? '').toString(36)
      const wait = budget.spend(`${networkOf(client)} ${agent}`, published, resource.etag, now)
      if (wait === null) return listener(incoming, outgoing)
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
    const resource = published === null ? undefined : snapshot.at(now).lookup(published)
    if (resource instanceof Promise) resource.then(decide, () => listener(incoming, outgoing))
    else decide(resource)
  }
}

/** Whether the answer will be the whole document, and not a 304 or 412. */
function isWhole(document: DocumentResource, headers: Asked['headers'], now: number): boolean {
  const lastModified = settledLastModified(document.lastModified, now)
  return evaluatePreconditions(headers, { etag: document.etag, lastModified }, now) === 'proceed'
}
