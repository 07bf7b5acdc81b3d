import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib'
import { randomNumbers } from './folders.ts'

export interface MixedLoadFigures {
  requests: number
  statuses: Record<number, number>
  /** What no reader may ever see, in words; empty where all is well. The first twenty. */
  faults: string[]
  /** Different entity tags of the main feed: how many publications readers saw. */
  publications: number
  /** Milliseconds, as the client saw them. */
  p50: number
  p99: number
}

export interface MixedLoadOptions {
  seconds: number
  connections: number
  /** Paths that are polled. */
  feeds: string[]
  /** Archives and pages; those that are gone by the time they are asked for answer 404 or 410. */
  others: () => string[]
  seed?: number
}

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

const decode: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  identity: async bytes => bytes,
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}
const codings = ['gzip', 'gzip, deflate, br, zstd', 'br', '']

/**
 * Readers of all kinds at once: 90 % ask with the validators of their last answer, 5 % are HEADs, 5 % fetch archives and
 * pages. Every body is held against its entity tag, which is made of the bytes of the document: a mixture of two
 * publications, or of one's fields and another's body, has no tag that fits.
 */
export async function runMixedLoad(base: string, options: MixedLoadOptions): Promise<MixedLoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections })
  const end = performance.now() + options.seconds * 1000
  const statuses: Record<number, number> = {}
  const faults: string[] = []
  const times: number[] = []
  const tags = new Set<string>()
  const fault = (text: string) => {
    if (faults.length < 20) faults.push(text)
  }

  async function reader(number: number): Promise<void> {
    const random = randomNumbers((options.seed ?? 1) * 1000 + number)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const known = new Map<string, { etag: string; modified: string | undefined }>()
    while (performance.now() < end) {
      const kind = random()
      const path = kind < 0.95 ? pick(options.feeds) : pick(options.others())
      const method = kind >= 0.9 && kind < 0.95 ? 'HEAD' : 'GET'
      const held = kind < 0.9 ? known.get(path) : undefined
      const coding = pick(codings)
      const headers: Record<string, string> = coding === '' ? {} : { 'accept-encoding': coding }
      // Most send both validators, some a date alone.
      if (held && random() < 0.9) headers['if-none-match'] = held.etag
      if (held?.modified) headers['if-modified-since'] = held.modified
      const start = performance.now()
      let answer: Answer
      try {
        answer = await ask(new URL(path, base), method, headers, agent)
      } catch (error) {
        fault(`${method} ${path}: ${String(error)}`)
        continue
      }
      times.push(performance.now() - start)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      const etag = String(answer.headers.etag)
      const problem = await problemOf(answer, method, headers, etag)
      if (problem) fault(`${method} ${path} (${coding}): ${problem}`)
      if (answer.status !== 200 || method === 'HEAD') continue
      if (path === options.feeds[0]) tags.add(etag)
      const modified = answer.headers['last-modified']
      known.set(path, { etag, modified: typeof modified === 'string' ? modified : undefined })
    }
  }

  await Promise.all(Array.from({ length: options.connections }, (_, number) => reader(number)))
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { requests: times.length, statuses, faults, publications: tags.size, p50: at(0.5), p99: at(0.99) }
}

async function problemOf(
  { status, headers, body }: Answer,
  method: string,
  sent: Record<string, string>,
  etag: string,
): Promise<string | null> {
  if (status === 304) {
    if (body.length > 0) return 'a 304 with a body'
    if (sent['if-none-match'] && sent['if-none-match'] !== etag) return 'a 304 for another tag'
    return sent['if-none-match'] || sent['if-modified-since'] ? null : 'a 304 that was not asked for'
  }
  if (status === 404 || status === 410) return null
  if (status !== 200) return `status ${status}`
  if (method === 'HEAD') return body.length > 0 ? 'a HEAD with a body' : null
  if (Number(headers['content-length']) !== body.length) return 'another length than announced'
  const coding = String(headers['content-encoding'] ?? 'identity')
  const plain = await decode[coding]!(body)
  const digest = createHash('sha256').update(plain).digest('hex').slice(0, 32)
  return etag === `W/"${digest}"` ? null : `bytes of ${digest} under the tag ${etag}`
}

function ask(url: URL, method: string, headers: Record<string, string>, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}
