import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** An answer that was sent, or given up. */
export interface SentAnswer {
  incoming: IncomingMessage
  outgoing: ServerResponse
  /** As they went onto the connection, header fields included. */
  bytes: number
  milliseconds: number
  /** False where the client left before its end. */
  complete: boolean
}

/**
 * A listener that tells of each answer once it is over. It stands around whatever answers, so that it sees the short way
 * as well as the app. An answer that was ready at once, as nearly all are, costs two readings of a counter and of a
 * clock; only others are waited for.
 */
export function watchAnswers(listener: RequestListener, note: (answer: SentAnswer) => void): RequestListener {
  return (incoming, outgoing) => {
    const { socket } = incoming
    const before = socket.bytesWritten
    const started = performance.now()
    const noteAnswer = (complete: boolean) =>
      note({
        incoming,
        outgoing,
        bytes: socket.bytesWritten - before,
        milliseconds: performance.now() - started,
        complete,
      })
    listener(incoming, outgoing)
    if (outgoing.writableEnded) noteAnswer(true)
    else outgoing.once('close', () => noteAnswer(outgoing.writableFinished))
  }
}
