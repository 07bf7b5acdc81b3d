import type { Reader } from '../../http/reader.ts'
import type { ListeningPlace } from './listening-place.ts'
import type { ServerLimits } from './server-limits.ts'
import { startWatchedServer } from './watched-server.ts'

/*
 * The library's door to a server. No type here is one of Node's, so that programs that have no types for Node compile
 * with it.
 */

export interface RunningServer {
  /** An address of this machine, or the path of a socket in the file system. */
  host: string
  /** 0 where there is none. */
  port: number
  /** Takes no new connections, lets answers under way finish, and resolves when the last one has. */
  stop(): Promise<void>
}

export type ServerOptions = ListeningPlace & {
  fetch: (request: Request) => Response | Promise<Response>
  /** The reader that `fetch` asks, where it does nothing else besides. Most answers then take the short way to it. */
  reader?: Reader
  /** @default `defaultLimits` */
  limits?: Partial<ServerLimits>
}

/** Listens, or rejects with Node's own error (`EADDRINUSE`, `EACCES`, …). */
export function startServer(options: ServerOptions): Promise<RunningServer> {
  return startWatchedServer(options, {})
}

/** An address people can open: `localhost` where only this machine is meant, or every address is, or a socket. */
export function listeningUrl(host: string, port: number): string {
  const local = port === 0 || /^\[?(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|localhost)\]?$/.test(host)
  const name = local ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return port === 0 ? `http://${name}/` : `http://${name}:${port}/`
}
