import type { Snapshot } from '../model/snapshot.ts'
import { type Answer, withBody } from './answer.ts'
import type { HeaderFields } from './header-fields.ts'
import { bareSecurity } from './security-headers.ts'

/** Liveness: 200 for as long as the process answers. `generation` is null until there is something to read. */
export function answerHealth(method: string, snapshot: Snapshot | null): Answer {
  const state = { status: snapshot ? 'ok' : 'starting', generation: snapshot?.generation ?? null }
  const body = new TextEncoder().encode(`${JSON.stringify(state)}\n`)
  const headers: HeaderFields = {
    'content-type': 'application/json',
    'content-length': `${body.length}`,
    ...bareSecurity,
    'cache-control': 'no-store',
  }
  return withBody(200, headers, method === 'HEAD' ? null : body)
}
