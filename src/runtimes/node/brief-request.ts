import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import {
  type OutgoingAnswer,
  OutgoingFailure,
  type OutgoingRequest,
  outgoingDefaults,
} from '../../model/outgoing.ts'
import { codeOf } from './outgoing.ts'

/** Bytes of an answer's head; whoever sends more says nothing that is looked for. */
const longestHead = 16_384

/**
 * One request of whose answer only the head is read (RFC 9112): half of what Node's client takes, where thousands are told of the same.
 * The connection is one of its own, and closed when the head is there.
 * @param url absolute, http or https, and looked at by whoever calls this
 * @param lookup says where the name is; who hands it in sees to it that only addresses come out that may be asked
 */
export function askBriefly(
  url: string,
  { method = 'GET', headers = {}, body = '', timeout = outgoingDefaults.timeout }: OutgoingRequest,
  lookup: LookupFunction,
): Promise<OutgoingAnswer> {
  const target = new URL(url)
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const socket = openSocket(target, lookup)
    const deadline = setTimeout(() => fail(`no answer in ${timeout / 1000} s`), timeout)
    let head = ''
    let isOver = false
    function end(): void {
      isOver = true
      clearTimeout(deadline)
      socket.destroy()
    }
    function fail(reason: string | OutgoingFailure): void {
      // Every connection closes in the end; an error with its stack for each would be a fortieth of all the work.
      if (isOver) return
      end()
      reject(typeof reason === 'string' ? new OutgoingFailure('failed', reason) : reason)
    }
    socket.on('error', error => fail(error instanceof OutgoingFailure ? error : codeOf(error)))
    socket.on('close', () => fail('ECONNRESET'))
    socket.on('data', chunk => {
      head += chunk.toString('latin1')
      const read = readHead(head)
      if (read === 'more' && head.length <= longestHead) return
      if (read === 'more' || read === 'none') return fail('it does not speak HTTP/1.1')
      end()
      const waited = performance.now() - start
      resolve({ url, ...read, body: new Uint8Array(), cut: false, broken: null, waited })
    })
    socket.cork()
    socket.write(headOf(target, method, headers, Buffer.byteLength(body)), 'latin1')
    if (body.length > 0) socket.write(body)
    socket.uncork()
  })
}

function openSocket(target: URL, lookup: LookupFunction): Socket {
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const isSecure = target.protocol === 'https:'
  const place = { host, port: Number(target.port) || (isSecure ? 443 : 80), lookup, noDelay: true }
  if (!isSecure) return connect(place)
  // A certificate for an address is checked as such; only names are sent along (RFC 6066 §3).
  return connectSecurely({
    ...place,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(host) === 0 && { servername: host }),
  })
}

function headOf(
  { pathname, search, host }: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  length: number,
): string {
  const fields = { Host: host, Connection: 'close', ...headers, 'Content-Length': String(length) }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${cleanField(value)}\r\n`)
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** RFC 9110 §5.5: a line's end in a value would begin another field. */
const cleanField = (value: string) => value.replaceAll(/[\0\r\n]/g, ' ')

/** The head of the answer that counts: those before it (1xx) announce it only (RFC 9110 §15.2). */
function readHead(head: string): Pick<OutgoingAnswer, 'status' | 'headers'> | 'more' | 'none' {
  const end = head.indexOf('\r\n\r\n')
  if (end === -1) return /^(?:H$|HT$|HTT$|HTTP|$)/.test(head) ? 'more' : 'none'
  const [first = '', ...lines] = head.slice(0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1])
  if (!(status >= 100)) return 'none'
  if (status < 200) return readHead(head.slice(end + 4))
  return { status, headers: fieldsOf(lines) }
}

function fieldsOf(lines: string[]): OutgoingAnswer['headers'] {
  const fields: Record<string, string> = Object.create(null)
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = fields[name]
    if (name !== '') fields[name] = before === undefined ? value : `${before}, ${value}`
  }
  return { ...fields }
}
