import type { Server, ServerOptions } from 'node:http'
import type { ServerLimits } from './server-limits.ts'

/**
 * Bytes that wait in a connection for a reader who does not take them, before whoever writes is told to wait: the smallest piece of a
 * large medium, so that of each such reader one piece is held and not, as by Node's own measure, 64 KiB.
 */
const bufferedBytes = 16 * 1024

/** The limits as `createServer` takes them. */
export function limitOptions(limits: ServerLimits): ServerOptions {
  return {
    // Nearly all requests are reads without a body: Node then needs no stream for one (from 24.12 on).
    optimizeEmptyRequests: true,
    highWaterMark: bufferedBytes,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTime,
    requestTimeout: limits.requestTime,
    keepAliveTimeout: limits.keepAlive,
    // Times are looked at so often: a tenth of the shortest, but not for ever.
    connectionsCheckingInterval: Math.max(100, Math.min(limits.headersTime || 30_000, 30_000) / 10),
  }
}

/** Milliseconds between two rounds of closing idle connections under pressure: to look at all of them takes time. */
const pressureRound = 1000

/** Limits that are properties of a server. */
export function limitServer(server: Server, limits: ServerLimits): void {
  server.maxConnections = limits.connections
  server.maxRequestsPerSocket = limits.requestsPerConnection
  server.timeout = limits.stallTime
  let relieved = Number.NEGATIVE_INFINITY
  // A connection that only waits gives way to one that somebody wants; this one is refused, and its next try succeeds.
  server.on('drop', () => {
    const now = performance.now()
    if (now - relieved < pressureRound) return
    relieved = now
    server.closeIdleConnections()
  })
}
