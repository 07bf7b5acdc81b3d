import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { ownValue } from '../../text/own-value.ts'
import { pathAsked } from './asked-kinds.ts'
import { exposition, expositionType, type MetricFamily } from './exposition.ts'
import { listenAt } from './listening.ts'
import type { ListeningPlace } from './listening-place.ts'

/** Whether readers can be sent here. */
export interface Readiness {
  status: 'starting' | 'ready' | 'stopping'
  generation: number | null
  /** How the last look at the folder ended; what was published before is served in any case. */
  publishing: 'ok' | 'failing'
  /** Why it is failing; absent where it is not, or nothing is known. */
  reason?: string
}

export interface OperationsOptions {
  readiness(): Readiness | Promise<Readiness>
  families(): MetricFamily[] | Promise<MetricFamily[]>
}

export interface OperationsServer {
  /** Where metrics are: an address, or the path of a socket. */
  shown: string
  stop(): Promise<void>
}

/**
 * What operators and their programs ask for, at a place of its own. Readers can't get there, no proxy caches it, no
 * address of the publication is taken for it, and it answers when all connections of the publication are in use.
 */
export async function startOperations(
  place: ListeningPlace,
  { readiness, families }: OperationsOptions,
): Promise<OperationsServer> {
  const answers: Record<string, () => Promise<[status: number, type: string, body: string]>> = {
    '/metrics': async () => [200, expositionType, exposition(await families())],
    '/healthz': async () => [200, 'application/json', `${JSON.stringify({ status: 'ok' })}\n`],
    '/readyz': async () => {
      const state = await readiness()
      return [state.status === 'ready' ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`]
    },
  }
  const server = createServer((incoming, outgoing) => {
    const path = pathAsked(incoming.url ?? '')
    const answer = ownValue(answers, path)
    if (!answer)
      return send(incoming, outgoing, [404, 'text/plain', 'Here are /metrics, /readyz and /healthz.\n'])
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      outgoing.setHeader('allow', 'GET, HEAD')
      return send(incoming, outgoing, [405, 'text/plain', 'This can only be read.\n'])
    }
    void answer().then(
      given => send(incoming, outgoing, given),
      () => outgoing.destroy(),
    )
  })
  await listenAt(server, place)
  const address = server.address()
  return {
    shown:
      address !== null && typeof address === 'object'
        ? `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}/metrics`
        : `${address}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(
  { method }: IncomingMessage,
  outgoing: ServerResponse,
  [status, type, body]: [status: number, type: string, body: string],
): void {
  outgoing.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  })
  outgoing.end(method === 'HEAD' ? undefined : body)
}

/** `127.0.0.1:9464`, `[::1]:9464`, or the path of a socket. */
export function placeNamed(text: string): ListeningPlace {
  if (text.startsWith('/')) return { socket: text }
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) }
}
