import type { Snapshot } from '../model/snapshot.ts'
import type { Fields } from './fields.ts'
import { bareSecurity } from './security-headers.ts'

/** Liveness: 200 for as long as the process answers. `generation` is null until there is something to read. */
export function answerHealth(request: Request, snapshot: Snapshot | null): Response {
  const state = { status: snapshot ? 'ok' : 'starting', generation: snapshot?.generation ?? null }
  const body = new TextEncoder().encode(`${JSON.stringify(state)}\n`)
  const headers: Fields = {
    'content-type': 'application/json',
    'content-length': `${body.length}`,
    ...bareSecurity,
    'cache-control': 'no-store',
  }
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}
