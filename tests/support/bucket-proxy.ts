import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/**
 * What becomes of a request on its way to a bucket server. `lose`: each write is carried out, and its answer never comes, but where it is tried
 * again; `lose-all`: not then either.
 */
export type ProxyMode = 'pass' | 'refuse' | 'fail' | 'slow' | 'lose' | 'lose-all'

export interface BucketProxy {
  endpoint: string
  set(mode: ProxyMode): void
  /** Calls `act` before, or after, the write of this number from now on is carried out; its answer is held back until `act` is done. */
  atWrite(number: number, moment: 'before' | 'after', act: () => Promise<void> | void): void
  close(): void
}

const slowness = 2_000

/** Between a bucket server and whoever asks it. */
export async function startBucketProxy(target: string): Promise<BucketProxy> {
  const { hostname, port } = new URL(target)
  let mode: ProxyMode = 'pass'
  let writes = 0
  const written = new Set<string>()
  let watch: { number: number; moment: 'before' | 'after'; act: () => Promise<void> | void } | null = null
  const forward = (asked: IncomingMessage, bytes: Buffer) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; bytes: Buffer }>((resolve, reject) => {
      const { method, url, headers } = asked
      const sent = request({ hostname, port, method, path: url, headers }, async answer => {
        const parts: Buffer[] = []
        for await (const part of answer) parts.push(part)
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, bytes: Buffer.concat(parts) })
      })
      sent.on('error', reject)
      sent.end(bytes)
    })
  const losesAnswer = (url: string) => {
    const isFirst = !written.has(url)
    written.add(url)
    return mode === 'lose-all' || (mode === 'lose' && isFirst)
  }
  const handle = async (asked: IncomingMessage, answer: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of asked) parts.push(part)
    if (mode === 'refuse') return void asked.socket.destroy()
    if (mode === 'fail') return void answer.writeHead(500).end('<Error><Code>InternalError</Code></Error>')
    if (mode === 'slow') await new Promise(resolve => setTimeout(resolve, slowness))
    const isWatched = asked.method === 'PUT' && ++writes === watch?.number
    if (isWatched && watch?.moment === 'before') {
      await watch.act()
      return void asked.socket.destroy()
    }
    const { status, headers, bytes } = await forward(asked, Buffer.concat(parts))
    if (isWatched) await watch?.act()
    if (asked.method === 'PUT' && losesAnswer(asked.url ?? '')) return void asked.socket.destroy()
    answer.writeHead(status, headers).end(bytes)
  }
  const server = createServer((asked, answer) => {
    handle(asked, answer).catch(() => asked.socket.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    set(next) {
      mode = next
    },
    atWrite(number, moment, act) {
      writes = 0
      watch = { number, moment, act }
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
