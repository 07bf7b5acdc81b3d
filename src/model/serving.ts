/**
 * How a server on Node serves a publication: what concerns the machine and its operators, and changes no document. Read
 * when the server starts.
 */
export interface ServingSettings {
  /** `host:port`, or the path of a socket, where `/metrics`, `/readyz` and `/healthz` are answered; null: nowhere. */
  metrics: string | null
  /** Words for people, JSON lines, or JSON lines with one for every request. */
  log: 'text' | 'json' | 'requests'
  /** Addresses and networks whose `X-Forwarded-For` is believed; `unix`: whoever comes through a socket. */
  trustedProxies: string[]
  /** Whole copies of one unchanged feed that a client may fetch in an hour; null: as many as it likes. */
  clientBudget: number | null
  /** The folder of what the server remembers for itself; null: where the system keeps such things. */
  state: string | null
  /** RFC 3229: whether a reader that asks for it gets only what is new to it. */
  deltas: boolean
  maxConnections: number
  maxHeaderBytes: number
  /** Seconds. */
  requestTimeout: number
  stallTimeout: number
  keepAlive: number
}

export const servingDefaults: ServingSettings = {
  metrics: null,
  log: 'text',
  trustedProxies: [],
  clientBudget: null,
  state: null,
  deltas: false,
  maxConnections: 4096,
  maxHeaderBytes: 16_384,
  requestTimeout: 20,
  stallTimeout: 60,
  keepAlive: 30,
}
