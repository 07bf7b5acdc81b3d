import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** Told of each answer once it is over. `complete` is false where the client left before its end. */
export type AnswerWatcher = (incoming: IncomingMessage, outgoing: ServerResponse, complete: boolean) => void

/** An answer, measured. */
export interface MeasuredAnswer {
  incoming: IncomingMessage
  outgoing: ServerResponse
  complete: boolean
  /** As they went onto the connection, header fields included. */
  bytes: number
  milliseconds: number
}

/**
 * A listener that tells of the answers of another. It stands around whatever answers, so that it sees the short way as
 * well as the app. An answer that was ready at once, as nearly all are, costs one call; only others are waited for.
 */
export function watchAnswers(listener: RequestListener, ended: AnswerWatcher): RequestListener {
  return (incoming, outgoing) => {
    listener(incoming, outgoing)
    if (outgoing.writableEnded) ended(incoming, outgoing, true)
    else outgoing.once('close', () => ended(incoming, outgoing, outgoing.writableFinished))
  }
}

/** The same with bytes and time, which cost more to know. */
export function measureAnswers(
  listener: RequestListener,
  ended: (answer: MeasuredAnswer) => void,
): RequestListener {
  return (incoming, outgoing) => {
    const { socket } = incoming
    const before = socket.bytesWritten
    const started = performance.now()
    watchAnswers(listener, (incoming, outgoing, complete) =>
      ended({
        incoming,
        outgoing,
        complete,
        bytes: socket.bytesWritten - before,
        milliseconds: performance.now() - started,
      }),
    )(incoming, outgoing)
  }
}
