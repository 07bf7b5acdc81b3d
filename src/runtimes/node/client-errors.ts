import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { bareSecurity } from '../../http/security-headers.ts'
import { formatHttpDate } from '../../text/http-dates.ts'

const sentences: Record<number, string> = {
  400: 'This is not an HTTP request.',
  405: 'This is no proxy.',
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
      lastAnswer(socket, answerText(status))
    })
  }
}

/**
 * Answers CONNECT, which asks for a tunnel, when what came before it has been answered: Node would cut the connection, and with it these
 * answers. It takes its own listeners off a socket that could become a tunnel, those of its limits among them.
 * @param onAnswer Told of the status
 */
export function createConnectListener(
  onAnswer: (status: number) => void = () => {},
): (request: IncomingMessage, stream: Duplex) => void {
  return (_, stream) => {
    const socket = stream as Socket
    const letGo = () => socket.destroy()
    // Whatever still comes would be a sign of life: the time for which answers may stall is all there is.
    const deadline = setTimeout(letGo, socket.timeout || closeTimeout).unref()
    socket.on('error', letGo).on('close', () => clearTimeout(deadline))
    socket.on('drain', () => currentAnswer(socket)?.emit('drain'))
    afterAnswers(socket, () => {
      onAnswer(405)
      lastAnswer(socket, answerText(405, { allow: 'GET, HEAD, OPTIONS' }))
    })
  }
}

/** To close at once while the client still sends would throw away the answer before it is read (RFC 9112 §9.6). */
function lastAnswer(socket: Socket, text: string): void {
  socket.end(text)
  setTimeout(() => socket.destroy(), closeTimeout).unref()
}

/** Node keeps there what it answers, and takes the next of the pipeline before the last one is told that it is closed. */
const currentAnswer = (socket: Socket) =>
  (socket as Socket & { _httpMessage?: ServerResponse<IncomingMessage> })._httpMessage

/** Calls when no other answer is under way any more; never where the connection ends with one of these. */
function afterAnswers(socket: Socket, then: () => void): void {
  // Ended by an answer that was the last: what of it is on its way still arrives.
  if (!socket.writable) return
  const current = currentAnswer(socket)
  // What is broken may be the body of the very request that is being answered: where its answer has begun it is sent too.
  const isAnswered = current && (current.req.complete || current.headersSent)
  if (isAnswered) current.once('close', () => afterAnswers(socket, then))
  else then()
}

function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413
  return 400
}

function answerText(status: number, more: Record<string, string> = {}): string {
  const body = `${sentences[status]}\n`
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    ...bareSecurity,
    ...more,
    'cache-control': 'no-store',
    date: formatHttpDate(Date.now()),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}
