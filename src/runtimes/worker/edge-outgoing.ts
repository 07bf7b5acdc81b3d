import {
  type Ask,
  type OutgoingAnswer,
  OutgoingFailure,
  outgoingDefaults,
  type PrivateHosts,
  urlRefusal,
} from '../../model/outgoing.ts'
import { concatenated } from '../../text/concatenated.ts'

/**
 * The way out of a Worker: one request, no redirect followed. Addresses that say by themselves that they are not public are refused; what a
 * name resolves to only the platform knows, which connects to nothing but the public internet.
 */
export function createEdgeOutgoing(privateHosts: PrivateHosts = []): Ask {
  return async (url, request = {}) => {
    const refusal = urlRefusal(url, privateHosts)
    if (refusal) throw new OutgoingFailure('refused', refusal)
    const { method = 'GET', headers, timeout = outgoingDefaults.timeout } = request
    const start = Date.now()
    try {
      const answer = await fetch(url, {
        method,
        headers: { ...headers },
        body: (request.body ?? null) as string | Uint8Array<ArrayBuffer> | null,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      })
      const waited = Date.now() - start
      const read = await readBody(answer, request.limit ?? outgoingDefaults.limit)
      return { url, status: answer.status, headers: Object.fromEntries(answer.headers), waited, ...read }
    } catch (error) {
      const late = (error as Error).name === 'TimeoutError'
      throw new OutgoingFailure(
        'failed',
        late ? `no answer in ${timeout / 1000} s` : `no answer: ${(error as Error).message}`,
      )
    }
  }
}

async function readBody(
  { body }: Response,
  limit: number,
): Promise<Pick<OutgoingAnswer, 'body' | 'broken' | 'cut'>> {
  const chunks: Uint8Array[] = []
  let held = 0
  if (!body) return { body: new Uint8Array(), broken: null, cut: false }
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  while (held <= limit) {
    if (limit === 0) break
    const { done, value } = await reader.read()
    if (done) return { body: concatenated(chunks), broken: null, cut: false }
    chunks.push(value)
    held += value.length
  }
  await reader.cancel()
  return { body: concatenated(chunks).subarray(0, limit), broken: null, cut: limit > 0 }
}
