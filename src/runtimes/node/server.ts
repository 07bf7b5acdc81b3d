import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Reader } from '../../http/reader.ts'
import { answerDirectly } from './direct-answers.ts'

export interface RunningServer {
  host: string
  port: number
  /** Takes no new connections, lets answers under way finish, and resolves when the last one has. */
  stop(): Promise<void>
}

export interface ServerOptions {
  fetch: (request: Request) => Response | Promise<Response>
  /** The reader that `fetch` asks, where it does nothing else besides. Most answers then take the short way to it. */
  reader?: Reader
  host: string
  /** 0 takes a free one. */
  port: number
}

/** Milliseconds after which an answer that nobody reads no longer holds up the end. */
const patience = 10_000

/** Listens, or rejects with Node's own error (`EADDRINUSE`, `EACCES`, …). */
export async function startServer({ fetch, reader, host, port }: ServerOptions): Promise<RunningServer> {
  // HTTP/1.0 knows no hosts, and no answer depends on one: any will do.
  const app = getRequestListener(fetch, { hostname: 'localhost' })
  // Nearly all requests are reads without a body: Node then needs no stream for one (from 24.12 on).
  const server = createServer({ optimizeEmptyRequests: true }, reader ? answerDirectly(reader, app) : app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    host,
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        const deadline = setTimeout(() => server.closeAllConnections(), patience)
        // A connection whose answer has ended is kept open for the next request: there is to be none.
        const idle = setInterval(() => server.closeIdleConnections(), 25)
        server.close(() => {
          clearTimeout(deadline)
          clearInterval(idle)
          resolve()
        })
      }),
  }
}

/** An address people can open: `localhost` where only this machine is meant or every address is. */
export function addressOf(host: string, port: number): string {
  const local = /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|localhost)$/.test(host)
  const name = local ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}/`
}
