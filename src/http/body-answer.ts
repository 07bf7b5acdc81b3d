import type { BodyRef, ByteRange, StoreReader } from '../model/snapshot.ts'
import { type Answer, bodiless, withBody } from './answer.ts'
import type { HeaderFields } from './header-fields.ts'
import { unavailable } from './plain-answer.ts'
import { andThen, type SyncOrAsync } from './sync-or-async.ts'

/**
 * An answer with a body from the store, or its fields alone for a HEAD (RFC 9110 §9.3.2), whose body is not even looked
 * for. Where the store has the body no more, 503: never other bytes than the validator stands for.
 */
export function answerWithBody(
  method: string,
  status: number,
  headers: HeaderFields,
  store: StoreReader,
  ref: BodyRef,
  range?: ByteRange,
): SyncOrAsync<Answer> {
  if (method === 'HEAD') return bodiless(status, headers)
  return andThen(store.body(ref, range), body =>
    body === null
      ? unavailable('This is being replaced. Ask again in a moment.')
      : withBody(status, headers, body),
  )
}
