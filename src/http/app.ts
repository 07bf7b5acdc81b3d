import { Hono } from 'hono'
import type { Answer, ReadRequest } from './answer.ts'
import { targetOf } from './paths.ts'
import { textAnswer } from './plain-answer.ts'
import { createReader, type Reader, type ReaderOptions } from './reader.ts'
import { andThen } from './sync-or-async.ts'

export interface AppOptions {
  /** More of a `ResponseInit` for bodies that are encoded already. On Workers: `{ encodeBody: 'manual' }`. */
  bodyInit?: object
  /** Told of errors that no reader can be told more of than that there was one. */
  onError?: (error: unknown) => void
}

export interface ReaderAppOptions extends ReaderOptions, AppOptions {}

/**
 * The app that readers talk to: it answers from a store's current snapshot and renders nothing. Mounts in another app
 * by `app.route('/', feeds)`, or below a prefix that is the path of the publication's url (`app.route('/news', feeds)`
 * for `https://example.org/news/`). An address that leads nowhere falls through to whatever that app has after it.
 */
export function createReaderApp(options: ReaderAppOptions): Hono {
  return appOf(createReader(options), options)
}

/** The same app around a reader that something else asks too: a server that takes a shorter way to it, say. */
export function appOf(reader: Reader, { bodyInit = {}, onError }: AppOptions = {}): Hono {
  const respond = (answer: Answer) => responseOf(answer, bodyInit)
  const app = new Hono()
  // What comes after sets the answer on the context: Hono looks there when a handler itself has none.
  app.all('*', (c, next) =>
    andThen(reader.answer(askedIn(c.req.raw)), answer =>
      answer ? respond(answer) : (next() as Promise<never>),
    ),
  )
  app.notFound(c => andThen(reader.notFound(askedIn(c.req.raw)), respond))
  if (onError)
    app.onError(error => {
      onError(error)
      return respond(textAnswer(500, 'Something went wrong here.', { 'cache-control': 'no-store' }))
    })
  return app
}

const askedIn = ({ method, url, headers }: Request): ReadRequest => ({
  method,
  target: targetOf(url),
  headers,
})

function responseOf({ status, headers, body, encoded }: Answer, encodedInit: object): Response {
  const init = encoded ? { status, headers, ...encodedInit } : { status, headers }
  return new Response(body as Exclude<typeof body, Uint8Array> | Uint8Array<ArrayBuffer>, init)
}
