import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Answer, ReadRequest } from '../../http/answer.ts'
import type { HeaderFields } from '../../http/header-fields.ts'
import { isRead } from '../../http/methods.ts'
import { plainTarget } from '../../http/paths.ts'
import { textAnswer } from '../../http/plain-answer.ts'
import type { Reader } from '../../http/reader.ts'
import { RawHeaders } from './raw-headers.ts'
import { createStreamSender } from './stream-sender.ts'

/**
 * The short way from a request to its answer: reads of plainly written addresses are given to the reader as they came
 * off the socket, and its answer is sent, with no `Request`, `Response` or `Headers` in between. The decisions are the
 * reader's, the same that the app asks. All else (other methods, addresses that need decoding or lead nowhere, odd
 * hosts, errors) goes to `app`.
 */
export function answerDirectly(reader: Reader, app: RequestListener): RequestListener {
  const send = createSender()
  const indirectly = refusingTwoHosts(app)
  return (incoming, outgoing) => {
    const asked = askedPlainly(incoming)
    if (!asked) return indirectly(incoming, outgoing)
    const finish = (answer: Answer | undefined) => (answer ? send(answer, outgoing) : app(incoming, outgoing))
    try {
      const answer = reader.answer(asked)
      if (answer instanceof Promise) answer.then(finish).catch(() => app(incoming, outgoing))
      else finish(answer)
    } catch {
      // The app meets the same error, and reports it.
      app(incoming, outgoing)
    }
  }
}

/** Around a listener that would be given the first of two Host fields. */
export function refusingTwoHosts(listener: RequestListener): RequestListener {
  const send = createSender()
  return (incoming, outgoing) => {
    if (hostFields(incoming) < 2) return listener(incoming, outgoing)
    const fields = { 'cache-control': 'no-store', connection: 'close' }
    const { body, ...answer } = textAnswer(400, 'Two Host fields name two hosts.', fields)
    send({ ...answer, body: incoming.method === 'HEAD' ? null : body }, outgoing)
  }
}

/** A host that needs no parsing to be known as one; what it says changes no answer (RFC 9112 §3.2: a 400 for any other). */
const plainHost = /^[a-z0-9._-]+(?::(?:\d{1,4}|[1-5]\d{4}))?$/

function askedPlainly({ method, url, rawHeaders }: IncomingMessage): ReadRequest | null {
  if (method === undefined || url === undefined || !isRead(method)) return null
  const target = plainTarget(url)
  if (!target) return null
  const headers = new RawHeaders(rawHeaders)
  return plainHost.test(headers.get('host') ?? '') ? { method, target, headers } : null
}

/** Of two, a proxy and we might believe different ones (RFC 9112 §3.2: 400). Node hands on the first alone. */
function hostFields({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
}

/** Sends answers. Fields go out as the flat lists that Node writes quickest; those of a document are laid out once. */
function createSender() {
  const lists = new WeakMap<HeaderFields, string[]>()
  const sendStream = createStreamSender()
  return function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
    let list = lists.get(headers)
    if (!list) {
      list = Object.entries(headers).flat()
      lists.set(headers, list)
    }
    outgoing.writeHead(status, list)
    if (body === null || body instanceof Uint8Array) outgoing.end(body)
    else void sendStream(body, outgoing)
  }
}
