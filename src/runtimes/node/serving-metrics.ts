import type { Server } from 'node:http'
import type { SentAnswer } from './answer-watch.ts'
import { type AskedKind, askedKind, pathAsked } from './asked-kinds.ts'
import { type MetricFamily, metric, type Sample } from './exposition.ts'

interface Cell {
  answers: number
  bytes: number
}

/** Counts answers by what was asked for and by status. No label comes from a client: their number is bounded. */
export function createServingMetrics() {
  const answers = new Map<AskedKind, Map<number, Cell>>()
  const clientErrors = new Map<number, number>()
  let abandoned = 0
  let refusedConnections = 0
  let acceptedConnections = 0
  let openConnections: () => number = () => 0

  return {
    answered({ incoming, outgoing, bytes, complete }: SentAnswer): void {
      if (!complete) abandoned++
      const kind = askedKind(pathAsked(incoming.url ?? ''))
      const cells = answers.get(kind) ?? new Map<number, Cell>()
      if (cells.size === 0) answers.set(kind, cells)
      const cell = cells.get(outgoing.statusCode)
      if (cell) {
        cell.answers++
        cell.bytes += bytes
      } else cells.set(outgoing.statusCode, { answers: 1, bytes })
    },

    clientError(status: number): void {
      clientErrors.set(status, (clientErrors.get(status) ?? 0) + 1)
    },

    countConnections(server: Server): void {
      let open = 0
      server.on('connection', socket => {
        acceptedConnections++
        open++
        socket.once('close', () => open--)
      })
      server.on('drop', () => refusedConnections++)
      openConnections = () => open
    },

    families(): MetricFamily[] {
      const cells = [...answers].flatMap(([{ kind, format }, byStatus]) =>
        [...byStatus].map(([status, cell]) => ({ labels: { kind, format, status }, cell })),
      )
      const samples = (value: (cell: Cell) => number): Sample[] =>
        cells.map(({ labels, cell }) => [labels, value(cell)])
      return [
        {
          name: 'broadsheet_http_requests_total',
          type: 'counter',
          help: 'Requests that were answered, by what the address is for, its format, and the status of the answer.',
          samples: samples(cell => cell.answers),
        },
        {
          name: 'broadsheet_http_response_bytes_total',
          type: 'counter',
          help: 'Bytes of these answers, header fields included.',
          samples: samples(cell => cell.bytes),
        },
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
        metric('gauge', 'broadsheet_http_connections', 'Connections that are open.', openConnections()),
        metric(
          'counter',
          'broadsheet_http_connections_total',
          'Connections that were accepted.',
          acceptedConnections,
        ),
        metric(
          'counter',
          'broadsheet_http_connections_refused_total',
          'Connections beyond max_connections.',
          refusedConnections,
        ),
      ]
    },
  }
}
