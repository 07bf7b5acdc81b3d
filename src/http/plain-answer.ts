import { type Answer, bodiless, withBody } from './answer.ts'
import type { HeaderFields } from './header-fields.ts'
import { bareSecurity } from './security-headers.ts'

/** One sentence for whoever asked. */
export function textAnswer(status: number, sentence: string, headers: HeaderFields): Answer {
  const body = new TextEncoder().encode(`${sentence}\n`)
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'content-length': `${body.length}` }
  return withBody(status, { ...plain, ...bareSecurity, ...headers }, body)
}

/** Nothing can be answered now; ask again in a while. */
export function unavailable(sentence: string): Answer {
  return textAnswer(503, sentence, { 'retry-after': '30', 'cache-control': 'no-store' })
}

/** 301 rather than 308, which readers older than RFC 7538 do not follow; only GET and HEAD get this far. */
export function redirect(status: 301 | 302 | 308, location: string, cacheControl: string): Answer {
  return bodiless(status, {
    ...bareSecurity,
    location,
    'cache-control': cacheControl,
    'content-length': '0',
  })
}
