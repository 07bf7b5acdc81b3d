import { isLocal, isPublicAddress } from '../text/network-address.ts'
import { BroadsheetError, isErrorNamed } from './errors.ts'

/**
 * The one way out: everything this program asks of other servers goes through a function of this kind, so that the limits and the
 * rule of where requests must not go are kept once.
 */
export type Ask = (url: string, request?: OutgoingRequest) => Promise<OutgoingAnswer>

export interface OutgoingRequest {
  /** @default 'GET' */
  method?: string
  /** Sent as they are; only Host and, with a body, Content-Length are added. */
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** Milliseconds for all of it: name, connection, headers and body. @default 20_000 */
  timeout?: number
  /**
   * Bytes of the answer's body after its coding is undone; no more is read, decoded or held. 0: the body is not looked at.
   * @default 10_000_000
   */
  limit?: number
}

/** One answer. Redirects are answers too: whoever follows them asks again, and each address is checked again. */
export interface OutgoingAnswer {
  url: string
  status: number
  /** Names in lower case. Lines of one name are joined by `, `, those of Set-Cookie by line feeds. */
  headers: Readonly<Record<string, string | undefined>>
  /** Undone from its coding; empty where that failed. */
  body: Uint8Array
  /** The body is longer than the limit, and this is its beginning. */
  cut: boolean
  /** Why the body is not what was sent: it broke off, or its coding could not be undone. */
  broken: string | null
  /** Milliseconds from the request to the first byte of the answer. */
  waited: number
}

export const outgoingDefaults = { timeout: 20_000, limit: 10_000_000 } as const

/** Says that no answer came: the request was refused here, or failed on the way. */
export class OutgoingFailure extends BroadsheetError {
  override readonly name = 'OutgoingFailure'
  /** `refused`: the address is one where requests must not go. `spent`: no more are sent. `failed`: it went out in vain. */
  readonly reason: 'refused' | 'spent' | 'failed'

  /** @param message short, to stand in a sentence: `ECONNREFUSED`, `no answer in 20 s` */
  constructor(reason: OutgoingFailure['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

export const isOutgoingFailure = (error: unknown): error is OutgoingFailure =>
  isErrorNamed<OutgoingFailure>(error, 'OutgoingFailure')

/** Hosts (`URL.host`: with the port) that may be anywhere, or that any may. */
export type PrivateHosts = readonly string[] | 'any'

export const mayBePrivate = (host: string, privateHosts: PrivateHosts): boolean =>
  privateHosts === 'any' || privateHosts.includes(host)

/**
 * Why a request must not go to an address, as far as the address itself tells; null where nothing speaks against it. What a name
 * resolves to is checked by `addressRefusal` when it is known. `URL` has folded decimal, octal and full-width digits already.
 *
 * @param privateHosts hosts (`URL.host`: with the port) that may be on this machine or in its network, because whoever runs the
 *   program named them; never what a stranger's document, redirect or form names
 */
export function urlRefusal(url: string, privateHosts: PrivateHosts = []): string | null {
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    return 'it is not an address that begins with http:// or https://'
  if (parsed.username || parsed.password) return 'it has a user name or a password in it'
  if (mayBePrivate(parsed.host, privateHosts)) return null
  return isLocal(parsed.hostname) ? addressRefusal(parsed.hostname, []) : null
}

/** Why what a name resolved to is not asked; null where every one of its addresses is public. */
export function addressRefusal(name: string, addresses: readonly string[]): string | null {
  const hidden = addresses.find(address => !isPublicAddress(address))
  if (hidden === undefined && addresses.length > 0) return null
  const what = hidden === undefined || name.includes(hidden) ? name : `${name} is ${hidden}, which`
  return `${what} is not on the public internet`
}

export interface OutgoingBudget {
  /** Requests in all. */
  requests: number
  /** Bytes of bodies in all, decoded. */
  bytes: number
  /** Milliseconds in all that answers may be late: what each took beyond `lateAfter`. */
  lateness: number
  /** Milliseconds. */
  lateAfter: number
}

/** The same way out until a budget is spent; then every request is refused. `clock` in milliseconds, never going back. */
export function withinBudget(ask: Ask, budget: OutgoingBudget, clock: () => number): Ask {
  const spent = { requests: 0, bytes: 0, lateness: 0 }
  const over = () => {
    if (spent.requests >= budget.requests) return `${budget.requests} requests are the most that are sent`
    if (spent.bytes >= budget.bytes)
      return `${budget.bytes.toLocaleString('en')} bytes are the most that are read`
    return spent.lateness >= budget.lateness
      ? `${Math.round(budget.lateness / 1000)} s of waiting for late answers are enough`
      : null
  }
  return async (url, request = {}) => {
    const refusal = over()
    if (refusal) throw new OutgoingFailure('spent', refusal)
    spent.requests++
    const start = clock()
    // Never more than what is left of it, and a little to say that there was more.
    const limit = Math.min(request.limit ?? outgoingDefaults.limit, budget.bytes - spent.bytes + 1)
    const timeout = Math.min(
      request.timeout ?? outgoingDefaults.timeout,
      budget.lateAfter + budget.lateness - spent.lateness,
    )
    try {
      const answer = await ask(url, { ...request, limit, timeout })
      spent.bytes += answer.body.length
      return answer
    } finally {
      spent.lateness += Math.max(0, clock() - start - budget.lateAfter)
    }
  }
}
