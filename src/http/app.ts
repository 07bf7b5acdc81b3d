import { Hono } from 'hono'
import { textAnswer } from './plain-answer.ts'
import { createReader, type ReaderOptions } from './reader.ts'
import { andThen } from './sync-or-async.ts'

export interface ReaderAppOptions extends ReaderOptions {
  /** Told of errors that no reader can be told more of than that there was one. */
  onError?: (error: unknown) => void
}

/**
 * The app that readers talk to: it answers from a store's current snapshot and renders nothing. Mounts in another app
 * by `app.route('/', feeds)`, or below a prefix that is the path of the publication's url (`app.route('/news', feeds)`
 * for `https://example.org/news/`). An address that leads nowhere falls through to whatever that app has after it.
 */
export function createReaderApp(options: ReaderAppOptions): Hono {
  const { answer, notFound } = createReader(options)
  const app = new Hono()
  // What comes after sets the answer on the context: Hono looks there when a handler itself has none.
  app.all('*', (c, next) => andThen(answer(c.req.raw), response => response ?? (next() as Promise<never>)))
  app.notFound(c => notFound(c.req.raw))
  if (options.onError) app.onError(reportTo(options.onError))
  return app
}

function reportTo(onError: (error: unknown) => void) {
  return (error: Error) => {
    onError(error)
    return textAnswer(500, 'Something went wrong here.', { 'cache-control': 'no-store' })
  }
}
