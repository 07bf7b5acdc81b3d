import type { MeasuredAnswer } from './answer-watch.ts'
import { askedKind, pathAsked } from './asked-kinds.ts'
import type { ClientAddress } from './client-address.ts'

/** Characters of what a client says that are kept. */
const maxText = 300

/**
 * What a log says of one answer. Nothing that could be a secret: no query, no user or password in an address, no header
 * but the program's own name.
 */
export function requestEntry(
  { incoming, outgoing, bytes, milliseconds, complete }: MeasuredAnswer,
  clientAddress: ClientAddress,
): Record<string, unknown> {
  const path = pathAsked(incoming.url ?? '')
  const { kind, format } = askedKind(path)
  const agent = incoming.headers['user-agent']
  return {
    event: 'request',
    client: clientAddress(incoming) ?? 'local',
    method: incoming.method,
    path: shortened(path),
    kind,
    format,
    status: outgoing.statusCode,
    bytes,
    milliseconds: Math.round(milliseconds * 1000) / 1000,
    ...(complete ? {} : { abandoned: true }),
    agent: agent === undefined ? null : shortened(agent),
  }
}

const shortened = (text: string) => (text.length > maxText ? `${text.slice(0, maxText)}…` : text)
