import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { bareSecurity } from '../../http/security-headers.ts'
import { formatHttpDate } from '../../text/http-dates.ts'

const sentences: Record<number, string> = {
  400: 'This is not an HTTP request.',
  408: 'The request took too long to arrive.',
  413: 'Nothing here takes a body as large.',
  431: 'The header fields of this request are too large.',
}

/** Milliseconds for the client to read its answer, before the connection is cut whatever it still sends. */
const closeTimeout = 1000

/**
 * Answers what is not a request: header fields without end, requests that never arrive, what is not HTTP. The connection is
 * over then, for nobody knows where in it the next request would begin. Answers to what came before it are sent first and
 * whole, in the order of their requests (RFC 9112 §9.3.2).
 * @param onAnswer Told of the status
 */
export function createClientErrorListener(
  onAnswer: (status: number) => void = () => {},
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  const answered = new WeakSet<Socket>()
  return (error, socket) => {
    if (error.code === 'ECONNRESET') socket.destroy()
    if (answered.has(socket)) return
    answered.add(socket)
    afterAnswers(socket, () => {
      const status = statusOf(error)
      onAnswer(status)
      socket.end(answerText(status))
      // To close at once while the client still sends would throw away the answer before it is read (RFC 9112 §9.6).
      setTimeout(() => socket.destroy(), closeTimeout).unref()
    })
  }
}

/** Calls when no other answer is under way any more; never where the connection ends with one of these. */
function afterAnswers(socket: Socket, then: () => void): void {
  // Ended by an answer that was the last: what of it is on its way still arrives.
  if (!socket.writable) return
  // Node keeps there what it answers, and takes the next of the pipeline before the last one is told that it is closed.
  const { _httpMessage: current } = socket as Socket & { _httpMessage?: ServerResponse<IncomingMessage> }
  if (!current) then()
  else if (current.req.complete) current.once('close', () => afterAnswers(socket, then))
  // What is broken is the body of the request that is being answered.
  else if (current.headersSent) socket.destroy()
  else then()
}

function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413
  return 400
}

function answerText(status: number): string {
  const body = `${sentences[status]}\n`
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    ...bareSecurity,
    'cache-control': 'no-store',
    date: formatHttpDate(Date.now()),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}
