import type { MediaResource } from '../model/snapshot.ts'
import { formatHttpDate } from '../text/http-dates.ts'
import { type Answer, bodiless, type ReadRequest } from './answer.ts'
import { answerWithBody } from './body-answer.ts'
import { publicFor } from './cache-control.ts'
import { evaluatePreconditions, settledLastModified } from './conditional.ts'
import { type AnswerContext, preconditionFailed } from './document-answer.ts'
import type { HeaderFields } from './header-fields.ts'
import { textAnswer } from './plain-answer.ts'
import { allowsRange, readRange } from './ranges.ts'
import { corsHeaders, mediumSecurity } from './security-headers.ts'
import type { SyncOrAsync } from './sync-or-async.ts'

/** A medium: 200, 206, 304, 412 or 416. */
export function answerMedium(
  { method, headers: given }: ReadRequest,
  medium: MediaResource,
  seconds: number,
  { store, now }: AnswerContext,
): SyncOrAsync<Answer> {
  const lastModified = settledLastModified(medium.lastModified, now)
  const validators = { etag: medium.etag, lastModified }
  const shared: HeaderFields = {
    'cache-control': publicFor(seconds),
    etag: medium.etag,
    ...corsHeaders,
  }
  const precondition = evaluatePreconditions(given, validators, now)
  if (precondition === 'not-modified') return bodiless(304, shared)
  if (precondition === 'failed') return preconditionFailed()

  const { length } = medium.body
  const ranged = method === 'GET' && allowsRange(given.get('if-range'), validators, now)
  const range = ranged ? readRange(given.get('range'), length) : 'whole'
  if (range === 'unsatisfiable')
    return textAnswer(416, `There are ${length} bytes.`, {
      'accept-ranges': 'bytes',
      'content-range': `bytes */${length}`,
      'cache-control': 'no-store',
    })

  const headers: HeaderFields = {
    'content-type': medium.mediaType,
    'accept-ranges': 'bytes',
    ...mediumSecurity(medium.mediaType),
    ...shared,
  }
  if (lastModified !== null) headers['last-modified'] = formatHttpDate(lastModified * 1000)
  const part = range === 'whole' ? undefined : range
  headers['content-length'] = `${part ? part.end - part.start + 1 : length}`
  if (part) headers['content-range'] = `bytes ${part.start}-${part.end}/${length}`
  return answerWithBody(method, part ? 206 : 200, headers, store, medium.body, part)
}
