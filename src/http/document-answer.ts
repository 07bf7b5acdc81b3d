import type { Coding, DocumentResource, StoreReader } from '../model/snapshot.ts'
import { formatHttpDate } from '../text/http-dates.ts'
import { type Answer, bodiless, type ReadRequest } from './answer.ts'
import { answerWithBody } from './body-answer.ts'
import { publicFor } from './cache-control.ts'
import { chooseCoding } from './coding.ts'
import { evaluatePreconditions, settledLastModified, type Validators } from './conditional.ts'
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
  validators: Validators
  notModified: Answer
  ok: { [coding in Coding]?: Fields }
  /** What Accept-Encoding fields came to: readers send few different ones. */
  chosen: Map<string | null, Coding | null>
}

/** Different fields remembered for a document, and their length; strangers who send more only make it forget. */
const rememberedFields = 32
const longestRemembered = 64

/** Answers documents; keeps the header sets of each beside it, for as long as anybody holds the document. */
export function createDocumentAnswerer() {
  const sets = new WeakMap<DocumentResource, HeaderSets>()

  /** The document itself: 200, 304, 412 or 406. `navigation`: a browser opened a feed's address and gets the feed. */
  return function answerDocument(
    asked: ReadRequest,
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
      set = headerSets(document, seconds, lastModified, vary)
      sets.set(document, set)
    }
    const { headers } = asked
    const precondition = evaluatePreconditions(headers, set.validators, reading.now)
    if (precondition === 'not-modified') return set.notModified
    if (precondition === 'failed') return preconditionFailed()
    const coding = codingFor(headers.get('accept-encoding'), document, set)
    if (coding === null) return notAcceptable()
    set.ok[coding] ??= okFields(document, coding, set)
    return answerWithBody(asked.method, 200, set.ok[coding], reading.store, document.bodies[coding]!)
  }
}

/** A document with fields of its own, at an address or with a status that is not its usual one; kept nowhere. */
export function answerDocumentAs(
  { method, headers }: ReadRequest,
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
  if (field !== null && field.length > longestRemembered) return coding
  if (chosen.size >= rememberedFields) chosen.clear()
  chosen.set(field, coding)
  return coding
}

function okFields(document: DocumentResource, coding: Coding, set: HeaderSets): Fields {
  const fields: Fields = {
    ...representationFields(document, coding),
    ...documentSecurity(document.mediaType),
    ...document.headers,
    ...set.notModified.fields,
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
