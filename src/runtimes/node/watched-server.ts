import { createServer, type RequestListener, type Server } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createClientErrorListener, createConnectListener } from './client-errors.ts'
import { answerDirectly, refusingTwoHosts } from './direct-answers.ts'
import { limitOptions, limitServer } from './limited-server.ts'
import { listenAt } from './listening.ts'
import type { ListeningPlace } from './listening-place.ts'
import type { RunningServer, ServerOptions } from './server.ts'
import { defaultLimits } from './server-limits.ts'

/** What looks at requests before and after they are answered, whatever way the answer takes. */
export interface ServerWatch {
  /** A listener around the one that answers. @default none */
  around?(listener: RequestListener): RequestListener
  /** Told of answers to what was no request: 400, 405 (a tunnel), 408, 413, 431. */
  onClientError?(status: number): void
  /** The server, before it listens: its connections can be counted. */
  onServer?(server: Server): void
}

/** Milliseconds after which an answer that nobody reads no longer holds up the end. */
const drainTimeout = 10_000
/** Milliseconds in which connections that are kept open can bring one more request, and are told that it is the last. */
const lastRequestTimeout = 500

/** Listens, or rejects with Node's own error (`EADDRINUSE`, `EACCES`, …). */
export async function startWatchedServer(options: ServerOptions, watch: ServerWatch): Promise<RunningServer> {
  const { fetch, reader, limits: given } = options
  const limits = { ...defaultLimits, ...given }
  // HTTP/1.0 knows no hosts, and no answer depends on one: any will do.
  const app = getRequestListener(fetch, { hostname: 'localhost' })
  const answering = reader ? answerDirectly(reader, app) : refusingTwoHosts(app)
  const listener = watch.around?.(answering) ?? answering
  let stopping = false
  const server = createServer(limitOptions(limits), (incoming, outgoing) => {
    if (stopping) outgoing.shouldKeepAlive = false
    listener(incoming, outgoing)
  })
  limitServer(server, limits)
  server.on('clientError', createClientErrorListener(watch.onClientError))
  server.on('connect', createConnectListener(watch.onClientError))
  watch.onServer?.(server)
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await listenAt(server, options)
  return {
    ...placeOf(server, options),
    stop() {
      stopping = true
      return stopServer(server, sockets)
    },
  }
}

function stopServer(server: Server, sockets: Set<Socket>): Promise<void> {
  const closeIdle = () => {
    server.closeIdleConnections()
    // Opened in advance, as browsers do, and never used: Node does not count these as idle.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
  return new Promise(resolve => {
    const deadline = setTimeout(() => server.closeAllConnections(), drainTimeout)
    let idle: NodeJS.Timeout | undefined
    const goodbye = setTimeout(() => {
      // A connection whose answer has ended is kept open for the next request: there is to be none.
      closeIdle()
      idle = setInterval(closeIdle, 25)
    }, lastRequestTimeout)
    // Not http's own `close`, which cuts idle connections at once: one that a request is on its way on would lose it.
    NetServer.prototype.close.call(server, () => {
      clearTimeout(deadline)
      clearTimeout(goodbye)
      clearInterval(idle)
      // Nothing is left to close but the timer that looks at connections' times.
      server.close()
      resolve()
    })
  })
}

function placeOf(server: Server, place: ListeningPlace): { host: string; port: number } {
  const address = server.address()
  if (address === null || typeof address === 'string') return { host: address ?? '', port: 0 }
  return { host: 'host' in place ? place.host : address.address, port: address.port }
}
