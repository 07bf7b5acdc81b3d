import type { Coding, DocumentResource, StoreReader } from '../model/snapshot.ts'
import { formatHttpDate } from '../text/http-dates.ts'
import { type Answer, type Asked, bodiless } from './answer.ts'
import { answerWithBody } from './body-answer.ts'
import { publicFor } from './cache-control.ts'
import { chooseCoding } from './coding.ts'
import { evaluatePreconditions, settledLastModified } from './conditional.ts'
import { feedVary, pageVary } from './feed-page.ts'
import type { Fields } from './fields.ts'
import { textAnswer } from './plain-answer.ts'
import { documentOpenness, documentSecurity } from './security-headers.ts'
import type { SyncOrAsync } from './sync-or-async.ts'

/** What an answer is made from besides the resource. */
export interface Reading {
  store: StoreReader
  /** Epoch milliseconds. */
  now: number
}

/** The header sets of a document, made once and used until its lifetime or its Last-Modified changes. */
interface HeaderSets {
  seconds: number
  lastModified: number | null
  vary: string
  notModified: Fields
  ok: { [coding in Coding]?: Fields }
}

/** Answers documents; keeps the header sets of each beside it, for as long as anybody holds the document. */
export function createDocumentAnswerer() {
  const sets = new WeakMap<DocumentResource, HeaderSets>()

  /** The document itself: 200, 304, 412 or 406. `navigation`: a browser opened a feed's address and gets the feed. */
  return function answerDocument(
    asked: Asked,
    document: DocumentResource,
    seconds: number,
    reading: Reading,
    navigation: boolean,
  ): SyncOrAsync<Answer> {
    const lastModified = settledLastModified(document.lastModified, reading.now)
    // To a browser that opens the address Accept might have made a difference; to readers it never does.
    const vary = document.page === null ? 'Accept-Encoding' : navigation ? pageVary : feedVary
    let set = sets.get(document)
    if (!set || set.seconds !== seconds || set.lastModified !== lastModified || set.vary !== vary) {
      set = { seconds, lastModified, vary, notModified: notModifiedFields(document, seconds, vary), ok: {} }
      sets.set(document, set)
    }
    const { headers } = asked
    const precondition = evaluatePreconditions(headers, { etag: document.etag, lastModified }, reading.now)
    if (precondition === 'not-modified') return bodiless(304, set.notModified)
    if (precondition === 'failed') return preconditionFailed()
    const coding = chooseCoding(headers.get('accept-encoding'), document.bodies)
    if (coding === null) return notAcceptable()
    set.ok[coding] ??= okFields(document, coding, set)
    return answerWithBody(asked.method, 200, set.ok[coding], reading.store, document.bodies[coding]!)
  }
}

/** A document with fields of its own, at an address or with a status that is not its usual one; kept nowhere. */
export function answerDocumentAs(
  { method, headers }: Asked,
  document: DocumentResource,
  status: number,
  fields: Fields,
  { store }: Reading,
): SyncOrAsync<Answer> {
  const coding = chooseCoding(headers.get('accept-encoding'), document.bodies) ?? 'identity'
  const ok: Fields = {
    ...representationFields(document, coding),
    ...documentSecurity(document.mediaType),
    ...document.headers,
    vary: 'Accept-Encoding',
    ...fields,
  }
  return answerWithBody(method, status, ok, store, document.bodies[coding]!)
}

export const preconditionFailed = () =>
  textAnswer(412, 'This is not the version you asked for.', { 'cache-control': 'no-store' })

const notAcceptable = () =>
  textAnswer(406, 'This is kept in none of the content codings you take.', {
    'cache-control': 'no-store',
    vary: 'Accept-Encoding',
  })

/** The fields of a 304 (RFC 9110 §15.4.5), and those by which a script of another site may see it (Fetch §4.10). */
function notModifiedFields(document: DocumentResource, seconds: number, vary: string): Fields {
  const { etag, mediaType } = document
  return { 'cache-control': publicFor(seconds), etag, vary, ...documentOpenness(mediaType) }
}

function okFields(document: DocumentResource, coding: Coding, set: HeaderSets): Fields {
  const fields: Fields = {
    ...representationFields(document, coding),
    ...documentSecurity(document.mediaType),
    ...document.headers,
    ...set.notModified,
  }
  if (set.lastModified !== null) fields['last-modified'] = formatHttpDate(set.lastModified * 1000)
  return fields
}

function representationFields(document: DocumentResource, coding: Coding): Fields {
  const fields: Fields = {
    'content-type': document.mediaType,
    'content-length': `${document.bodies[coding]!.length}`,
  }
  if (coding !== 'identity') fields['content-encoding'] = coding
  return fields
}
