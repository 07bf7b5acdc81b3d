import type { Coding, DocumentResource, StoreReader } from '../model/snapshot.ts'
import { formatHttpDate } from '../text/http-dates.ts'
import { type Answer, bodiless, type ReadRequest } from './answer.ts'
import { answerWithBody } from './body-answer.ts'
import { publicFor } from './cache-control.ts'
import { chooseCoding } from './coding.ts'
import { evaluatePreconditions, settledLastModified, type Validators } from './conditional.ts'
import { feedVary, pageVary } from './feed-page.ts'
import type { HeaderFields } from './header-fields.ts'
import { textAnswer } from './plain-answer.ts'
import { documentOpenness, documentSecurity } from './security-headers.ts'
import type { SyncOrAsync } from './sync-or-async.ts'

/** What an answer is made from besides the resource. */
export interface AnswerContext {
  store: StoreReader
  /** Epoch milliseconds. */
  now: number
}

/** The header sets of a document, made once and used until its lifetime or its Last-Modified changes. */
interface HeaderSets {
  seconds: number
  lastModified: number | null
  vary: string
  validators: Validators
  notModified: Answer
  ok: { [coding in Coding]?: HeaderFields }
  /** What Accept-Encoding fields came to: readers send few different ones. */
  chosen: Map<string | null, Coding | null>
}

/** Different fields remembered for a document, and their length; strangers who send more only make it forget. */
const maxRemembered = 32
const maxRememberedLength = 64

/** Answers documents; keeps the header sets of each beside it, for as long as anybody holds the document. */
export function createDocumentAnswerer() {
  const sets = new WeakMap<DocumentResource, HeaderSets>()

  /** The document itself: 200, 304, 412 or 406. `navigation`: a browser opened a feed's address and gets the feed. */
  return function answerDocument(
    request: ReadRequest,
    document: DocumentResource,
    seconds: number,
    context: AnswerContext,
    navigation: boolean,
  ): SyncOrAsync<Answer> {
    const lastModified = settledLastModified(document.lastModified, context.now)
    // To a browser that opens the address Accept might have made a difference; to readers it never does.
    const vary = document.page === null ? 'Accept-Encoding' : navigation ? pageVary : feedVary
    let set = sets.get(document)
    if (!set || set.seconds !== seconds || set.lastModified !== lastModified || set.vary !== vary) {
      set = headerSets(document, seconds, lastModified, vary)
      sets.set(document, set)
    }
    const { headers } = request
    const precondition = evaluatePreconditions(headers, set.validators, context.now)
    if (precondition === 'not-modified') return set.notModified
    if (precondition === 'failed') return preconditionFailed()
    const coding = codingFor(headers.get('accept-encoding'), document, set)
    if (coding === null) return notAcceptable()
    set.ok[coding] ??= okFields(document, coding, set)
    return answerWithBody(request.method, 200, set.ok[coding], context.store, document.bodies[coding]!)
  }
}

/** A document with fields of its own, at an address or with a status that is not its usual one; kept nowhere. */
export function answerDocumentAs(
  request: ReadRequest,
  document: DocumentResource,
  status: number,
  headers: HeaderFields,
  { store }: AnswerContext,
): SyncOrAsync<Answer> {
  const coding = chooseCoding(request.headers.get('accept-encoding'), document.bodies) ?? 'identity'
  const ok: HeaderFields = {
    ...representationFields(document, coding),
    ...documentSecurity(document.mediaType),
    ...document.headers,
    vary: 'Accept-Encoding',
    ...headers,
  }
  return answerWithBody(request.method, status, ok, store, document.bodies[coding]!)
}

export const preconditionFailed = () =>
  textAnswer(412, 'This is not the version you asked for.', { 'cache-control': 'no-store' })

const notAcceptable = () =>
  textAnswer(406, 'This is kept in none of the content codings you take.', {
    'cache-control': 'no-store',
    vary: 'Accept-Encoding',
  })

/** The fields of a 304 (RFC 9110 §15.4.5), and those by which a script of another site may see it (Fetch §4.10). */
function notModifiedFields(document: DocumentResource, seconds: number, vary: string): HeaderFields {
  const { etag, mediaType } = document
  return { 'cache-control': publicFor(seconds), etag, vary, ...documentOpenness(mediaType) }
}

function headerSets(
  document: DocumentResource,
  seconds: number,
  lastModified: number | null,
  vary: string,
): HeaderSets {
  const validators = { etag: document.etag, lastModified }
  const notModified = bodiless(304, notModifiedFields(document, seconds, vary))
  return { seconds, lastModified, vary, validators, notModified, ok: {}, chosen: new Map() }
}

function codingFor(
  field: string | null,
  { bodies }: DocumentResource,
  { chosen }: HeaderSets,
): Coding | null {
  const known = chosen.get(field)
  if (known !== undefined) return known
  const coding = chooseCoding(field, bodies)
  if (field !== null && field.length > maxRememberedLength) return coding
  if (chosen.size >= maxRemembered) chosen.clear()
  chosen.set(field, coding)
  return coding
}

function okFields(document: DocumentResource, coding: Coding, set: HeaderSets): HeaderFields {
  const headers: HeaderFields = {
    ...representationFields(document, coding),
    ...documentSecurity(document.mediaType),
    ...document.headers,
    ...set.notModified.headers,
  }
  if (set.lastModified !== null) headers['last-modified'] = formatHttpDate(set.lastModified * 1000)
  return headers
}

function representationFields(document: DocumentResource, coding: Coding): HeaderFields {
  const headers: HeaderFields = {
    'content-type': document.mediaType,
    'content-length': `${document.bodies[coding]!.length}`,
  }
  if (coding !== 'identity') headers['content-encoding'] = coding
  return headers
}
