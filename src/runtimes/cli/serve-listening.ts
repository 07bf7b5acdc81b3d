import { activatedSocket } from '../node/listening.ts'
import type { ListeningPlace } from '../node/listening-place.ts'
import { CommandFailure, exitCodes } from './exit.ts'

export interface ListeningOptions {
  port: number
  host: string
  /** A socket in the file system, instead of both. */
  socket?: string
}

/** Where the options say, unless systemd has opened a socket for this process. */
export function listeningPlace({ socket, host, port }: ListeningOptions): ListeningPlace {
  return activatedSocket(process.env, process.pid) ?? (socket ? { socket } : { host, port })
}

/** Listens, or says in a sentence why that can't be. `option`: how another place is chosen. */
export async function listenOrExplain<T>(
  place: ListeningPlace,
  option: { host: string; port: string; socket: string },
  start: () => Promise<T>,
): Promise<T> {
  try {
    return await start()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const sentence =
      'socket' in place
        ? socketSentence(code, place.socket, option)
        : 'host' in place && addressSentence(code, place, option)
    if (!sentence) throw error
    throw new CommandFailure(exitCodes.startUp, sentence)
  }
}

type Option = { host: string; port: string; socket: string }

function addressSentence(
  code: string,
  { host, port }: { host: string; port: number },
  option: Option,
): string | null {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken: something else listens on ${host}:${port}. Choose another with ${option.port}, or ${option.port} 0 for any free one.`,
    EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with ${option.port}.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Choose one with ${option.host}, like 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `${host} is not an address. Choose one with ${option.host}, like 127.0.0.1 or 0.0.0.0.`,
  }
  return sentences[code] ?? null
}

function socketSentence(code: string, path: string, option: Option): string | null {
  const sentences: Record<string, string> = {
    EADDRINUSE: `${path} is taken: something listens there, or it is a file that is not a socket. Choose another with ${option.socket}.`,
    // Also for a folder that is not there: libuv makes no difference.
    EACCES: `${path} can't be made: its folder is not there, or this user may not write in it. Choose another with ${option.socket}.`,
    ENOTDIR: `The folder of ${path} is none. Choose another with ${option.socket}.`,
    EINVAL: `${path} is too long for a socket: about 100 bytes is the most. Choose another with ${option.socket}.`,
    ENAMETOOLONG: `${path} is too long for a socket: about 100 bytes is the most. Choose another with ${option.socket}.`,
    EROFS: `${path} lies where nothing can be written. Choose another with ${option.socket}.`,
  }
  return sentences[code] ?? null
}
