import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'

/** One answer as it came over the wire. */
export interface Answer {
  url: string
  status: number
  headers: IncomingHttpHeaders
  /** Undone from its coding; empty where that failed. */
  body: Uint8Array
  /** Why the body is not what was sent: it broke off, or its coding could not be undone. */
  broken: string | null
  /** Milliseconds from the request to the first byte of the answer. */
  waited: number
}

export interface AskOptions {
  method?: string
  headers?: Readonly<Record<string, string>>
  /** Milliseconds. */
  timeout: number
  /** Bytes after which no more is read; what was read counts as the body. */
  limit?: number
}

export type Ask = (url: string, options?: Partial<AskOptions>) => Promise<Answer>

const largest = 50_000_000
const decoders: Record<string, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

/**
 * One request, by itself: no redirect is followed, no header added but Host, no connection kept. `fetch` would add its own
 * headers and undo codings unseen, and readers do neither.
 * @throws Node's own error where no answer came (`ECONNREFUSED`, `ENOTFOUND`, certificates)
 */
export function ask(
  url: string,
  { method = 'GET', headers = {}, timeout, limit = largest }: AskOptions,
): Promise<Answer> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const sent = send(url, { method, headers, agent: false }, answer => {
      const waited = performance.now() - start
      const chunks: Buffer[] = []
      let read = 0
      let settled = false
      const settle = (broken: string | null) => {
        if (settled) return
        settled = true
        clearTimeout(deadline)
        const { statusCode: status = 0, headers } = answer
        void undone(Buffer.concat(chunks), headers['content-encoding'], broken).then(body =>
          resolve({ url, status, headers, waited, ...body }),
        )
      }
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        read += chunk.length
        if (read > limit) {
          settle(null)
          answer.destroy()
        }
      })
      answer.on('end', () => settle(null))
      answer.on('error', error => settle(`it broke off after ${read} bytes (${codeOf(error)})`))
    })
    const deadline = setTimeout(
      () => sent.destroy(Object.assign(new Error('timeout'), { code: `no answer in ${timeout / 1000} s` })),
      timeout,
    )
    sent.on('error', error => {
      clearTimeout(deadline)
      reject(error)
    })
    sent.end()
  })
}

async function undone(
  bytes: Uint8Array,
  coding: string | undefined,
  broken: string | null,
): Promise<Pick<Answer, 'body' | 'broken'>> {
  const name = coding?.trim().toLowerCase() ?? 'identity'
  if (broken || name === 'identity' || name === '' || bytes.length === 0) return { body: bytes, broken }
  const decode = decoders[name]
  if (!decode) return { body: new Uint8Array(), broken: `its coding "${name}" is unknown` }
  try {
    return { body: await decode(bytes), broken: null }
  } catch {
    return { body: new Uint8Array(), broken: `it says it is ${name}, but is not` }
  }
}

/** Whether an error came from the network, and not from a fault of ours. */
export const isNetworkError = (error: unknown): boolean => error instanceof Error && 'code' in error

/** The short name of an error, for sentences. */
export function codeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message ?? String(error)
}
