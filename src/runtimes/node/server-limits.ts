/** What one client can cost. Times in milliseconds; 0 means no limit, but for connections. */
export interface ServerLimits {
  /** Open at once. Beyond them idle ones are closed, and what then is still too many is refused. */
  connections: number
  /** Of a request's line and header fields. More: 431. */
  headerBytes: number
  /** From the first byte of a connection or of a request to the end of its header fields. Longer: 408. */
  headersTime: number
  /** The same to the end of the request, of which there is nothing more to read here. */
  requestTime: number
  /** Without a byte going either way while an answer is sent: whoever does not take it any more is let go. */
  stallTime: number
  /** For which a connection waits for the next request. A proxy that keeps connections should be the first to close them. */
  keepAlive: number
  /** Requests on one connection. Another connection costs more than another request, so that there is no limit. */
  requestsPerConnection: number
}

export const defaultLimits: ServerLimits = {
  connections: 4096,
  headerBytes: 16_384,
  headersTime: 10_000,
  requestTime: 20_000,
  stallTime: 60_000,
  keepAlive: 30_000,
  requestsPerConnection: 0,
}
