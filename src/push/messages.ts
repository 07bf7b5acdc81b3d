import type { Ask, OutgoingRequest } from '../model/outgoing.ts'
import { isOutgoingFailure } from '../model/outgoing.ts'
import type { Outcome } from './job-queue.ts'

export interface Reply {
  outcome: Outcome
  /** A host that answers is there, whatever it says of one address; null: it was not asked. */
  hostIsWell: boolean | null
  /** The body's text, where it was asked for. */
  text: string
  /** Milliseconds. */
  took: number
}

/** Milliseconds for all of one request. */
export const requestTime = 10_000
export const userAgent = 'Broadsheet'

/**
 * Sends one request and says what its answer means: 2xx is success, 410 the end, everything else a failure, redirects too
 * (WebSub §5.3.1, §7). Never rejects.
 */
export async function send(
  ask: Ask,
  url: string,
  request: OutgoingRequest,
  clock: () => number,
): Promise<Reply> {
  const start = clock()
  const took = () => Math.max(0, clock() - start)
  try {
    const answer = await ask(url, {
      timeout: requestTime,
      limit: 0,
      ...request,
      headers: { 'User-Agent': userAgent, ...request.headers },
    })
    const { status } = answer
    const words = `answered ${status}`
    const text = answer.body.length === 0 ? '' : new TextDecoder().decode(answer.body)
    const rest = { text, took: took() }
    if (status >= 200 && status < 300) return { outcome: { end: 'done', words }, hostIsWell: true, ...rest }
    if (status === 410) return { outcome: { end: 'gone', words }, hostIsWell: true, ...rest }
    const retryAfter =
      status === 429 || status === 503 ? waitAsked(answer.headers['retry-after'], start) : null
    return { outcome: { end: 'failed', words, retryAfter }, hostIsWell: true, ...rest }
  } catch (error) {
    if (!isOutgoingFailure(error)) throw error
    // An address where requests must not go may be another one at the next attempt; it says nothing of the host.
    const refused = error.reason === 'refused'
    return {
      outcome: {
        end: 'failed',
        words: refused ? `not sent: ${error.message}` : error.message,
        retryAfter: null,
      },
      hostIsWell: refused ? null : false,
      text: '',
      took: took(),
    }
  }
}

/** Milliseconds that `Retry-After` asks for (RFC 9110 §10.2.3). */
function waitAsked(value: string | undefined, now: number): number | null {
  if (!value) return null
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(wait) && wait > 0 ? wait : null
}

/** `application/x-www-form-urlencoded` as a request's body. */
export function formRequest(fields: Record<string, string>): OutgoingRequest {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  }
}

/** A callback with more parameters at the end of its own query, which stays as it is (WebSub §5.1.1). */
export function withParameters(callback: string, parameters: Record<string, string>): string {
  const query = new URLSearchParams(parameters).toString()
  const joint = !callback.includes('?') ? '?' : /[?&]$/.test(callback) ? '' : '&'
  return `${callback}${joint}${query}`
}
