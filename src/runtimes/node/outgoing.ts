import { lookup as lookUp } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { PassThrough, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import {
  type Ask,
  addressRefusal,
  isOutgoingFailure,
  mayBePrivate,
  type OutgoingAnswer,
  OutgoingFailure,
  type OutgoingRequest,
  outgoingDefaults,
  type PrivateHosts,
  urlRefusal,
} from '../../model/outgoing.ts'

export interface OutgoingOptions {
  /** Hosts (`URL.host`) that may be on this machine or in its network: named by whoever runs the program, never by a stranger. */
  privateHosts?: PrivateHosts
  /** Who knows where a name is. @default the system */
  lookup?: LookupFunction
  /** What asks where nothing of a body is read, once an address may be asked. @default as for all others */
  askBriefly?: (url: string, request: OutgoingRequest, lookup: LookupFunction) => Promise<OutgoingAnswer>
}

/**
 * The way out on Node: one request, by itself. No redirect is followed, no header added but Host, no connection kept, no proxy
 * asked. `fetch` would add its own headers, undo codings unseen and without a limit, and connect to whatever a name is by then:
 * here the addresses that were checked are the ones that are connected to.
 */
export function createOutgoing({
  privateHosts = [],
  lookup = lookUp as LookupFunction,
  askBriefly,
}: OutgoingOptions = {}): Ask {
  return (url, request = {}) => {
    const { method = 'GET', headers = {}, body, timeout = outgoingDefaults.timeout } = request
    const refusal = urlRefusal(url, privateHosts)
    if (refusal) return Promise.reject(new OutgoingFailure('refused', refusal))
    const trusted = mayBePrivate(new URL(url).host, privateHosts)
    const way = trusted ? lookup : checked(lookup)
    if (askBriefly && request.limit === 0) return askBriefly(url, request, way)
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const start = performance.now()
      let answered: IncomingMessage | null = null
      let late = false
      const sent = send(url, {
        method,
        headers: body === undefined ? headers : { ...headers, 'Content-Length': Buffer.byteLength(body) },
        agent: false,
        lookup: way,
      })
      const deadline = setTimeout(() => {
        late = true
        if (answered) answered.destroy()
        else sent.destroy(new OutgoingFailure('failed', `no answer in ${timeout / 1000} s`))
      }, timeout)
      const fail = (error: Error) => {
        clearTimeout(deadline)
        reject(isOutgoingFailure(error) ? error : new OutgoingFailure('failed', codeOf(error)))
      }
      // Once the answer has begun, what breaks off is its body.
      sent.on('error', error => answered ?? fail(error))
      // Whatever ends without a word has failed too: nobody waits for ever.
      sent.on('close', () => answered ?? fail(new Error('ECONNRESET')))
      sent.on('response', answer => {
        answered = answer
        const waited = performance.now() - start
        const { statusCode: status = 0 } = answer
        bodyOf(answer, request.limit ?? outgoingDefaults.limit)
          .then(read => {
            clearTimeout(deadline)
            sent.destroy()
            const broken = late ? `it was not whole after ${timeout / 1000} s` : read.broken
            resolve({ url, status, headers: headersOf(answer), waited, ...read, broken })
          })
          .catch(fail)
      })
      sent.end(body)
    })
  }
}

/** Hands on addresses only where every one of them may be asked; what it hands on is what is connected to. */
function checked(lookup: LookupFunction): LookupFunction {
  return (name, options, done) =>
    lookup(name, options, (error, found, family) => {
      if (error) return done(error, found, family)
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address)
      const refusal = addressRefusal(name, addresses)
      if (refusal) return done(new OutgoingFailure('refused', refusal), [])
      done(null, found, family)
    })
}

const decoders: Record<string, () => Transform> = {
  '': () => new PassThrough(),
  identity: () => new PassThrough(),
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

const enough = new Error('enough')

/** Reads, undoes the coding and stops at the limit, whichever comes first: nothing beyond it is decoded or held. */
async function bodyOf(
  answer: IncomingMessage,
  limit: number,
): Promise<Pick<OutgoingAnswer, 'body' | 'broken' | 'cut'>> {
  const nothing = new Uint8Array()
  if (limit === 0) return { body: nothing, broken: null, cut: false }
  const coding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase()
  const decoder = decoders[coding]
  if (!decoder) return { body: nothing, broken: `its coding "${coding}" is unknown`, cut: false }
  const chunks: Uint8Array[] = []
  let [read, held] = [0, 0]
  let lost: Error | null = null
  try {
    await pipeline(
      answer,
      async function* (source: AsyncIterable<Buffer>) {
        try {
          for await (const chunk of source) {
            read += chunk.length
            // Bytes that decode to nothing are no body either.
            if (read > limit + 65_536) throw enough
            yield chunk
          }
        } catch (error) {
          if (error !== enough) lost = error as Error
          throw error
        }
      },
      decoder(),
      async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) {
          chunks.push(chunk.subarray(0, limit - held))
          held += chunk.length
          if (held > limit) throw enough
        }
      },
    )
  } catch (error) {
    if (error === enough) return { body: Buffer.concat(chunks), broken: null, cut: true }
    if (lost)
      return {
        body: Buffer.concat(chunks),
        broken: `it broke off after ${read} bytes (${codeOf(lost)})`,
        cut: false,
      }
    // HEAD, 204 and 304 name the coding of a body that they do not have.
    return { body: nothing, broken: read === 0 ? null : `it says it is ${coding}, but is not`, cut: false }
  }
  return { body: Buffer.concat(chunks), broken: null, cut: false }
}

function headersOf({ headers }: IncomingMessage): OutgoingAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join('\n') : value]),
  )
}

/** The short name of Node's error, for sentences. */
export function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message
}
