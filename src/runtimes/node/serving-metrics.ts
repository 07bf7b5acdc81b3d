import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type AskedKind, askedKind, pathAsked } from './asked-kinds.ts'
import { type MetricFamily, metric, type Sample } from './exposition.ts'

/**
 * Counts answers by what was asked for and by status, and connections with their bytes. No label comes from a client:
 * their number is bounded.
 */
export function createServingMetrics() {
  const answers = new Map<AskedKind, Map<number, number>>()
  const clientErrors = new Map<number, number>()
  const connections = new Set<Socket>()
  let abandoned = 0
  let refused = 0
  let accepted = 0
  /** Of connections that are closed; sockets count their own, so that an answer costs nothing here. */
  let bytesWritten = 0

  return {
    answered({ url = '' }: IncomingMessage, { statusCode }: ServerResponse, complete: boolean): void {
      if (!complete) abandoned++
      const kind = askedKind(pathAsked(url))
      let counts = answers.get(kind)
      if (!counts) {
        counts = new Map()
        answers.set(kind, counts)
      }
      counts.set(statusCode, (counts.get(statusCode) ?? 0) + 1)
    },

    clientError(status: number): void {
      clientErrors.set(status, (clientErrors.get(status) ?? 0) + 1)
    },

    countConnections(server: Server): void {
      server.on('connection', socket => {
        accepted++
        connections.add(socket)
        socket.once('close', () => {
          connections.delete(socket)
          bytesWritten += socket.bytesWritten
        })
      })
      server.on('drop', () => refused++)
    },

    families(): MetricFamily[] {
      const samples = [...answers].flatMap(([{ kind, format }, counts]) =>
        [...counts].map(([status, count]): Sample => [{ kind, format, status }, count]),
      )
      const bytes = [...connections].reduce((sum, socket) => sum + socket.bytesWritten, bytesWritten)
      return [
        {
          name: 'broadsheet_http_requests_total',
          type: 'counter',
          help: 'Requests that were answered, by what the address is for, its format, and the status of the answer.',
          samples,
        },
        metric(
          'counter',
          'broadsheet_http_sent_bytes_total',
          'Bytes of these answers, header fields included.',
          bytes,
        ),
        metric(
          'counter',
          'broadsheet_http_answers_abandoned_total',
          'Answers whose client left before their end.',
          abandoned,
        ),
        {
          name: 'broadsheet_http_client_errors_total',
          type: 'counter',
          help: 'Answers to what was no request (400), was too slow (408) or too large (431).',
          samples: [...clientErrors].map(([status, count]) => [{ status }, count]),
        },
        metric('gauge', 'broadsheet_http_connections', 'Connections that are open.', connections.size),
        metric('counter', 'broadsheet_http_connections_total', 'Connections that were accepted.', accepted),
        metric(
          'counter',
          'broadsheet_http_connections_refused_total',
          'Connections beyond max_connections.',
          refused,
        ),
      ]
    },
  }
}
