import { lstatSync, unlinkSync } from 'node:fs'
import { connect, type Server } from 'node:net'
import type { ListeningPlace } from './listening-place.ts'

/** Who may connect to a socket in the file system: its owner and its group. */
const socketMode = 0o660

/** Listens, or rejects with Node's own error (`EADDRINUSE`, `EACCES`, …). */
export async function listenAt(server: Server, place: ListeningPlace): Promise<void> {
  if ('fd' in place) return listening(server, () => server.listen({ fd: place.fd }))
  if ('host' in place)
    return listening(server, () => server.listen(place.port, place.host.replace(/^\[(.*)\]$/, '$1')))
  const open = () =>
    listening(server, () => {
      // The file is made in this very call, and never has other rights, not even for a moment.
      const mask = process.umask(0o777 & ~socketMode)
      try {
        server.listen(place.socket)
      } finally {
        process.umask(mask)
      }
    })
  try {
    await open()
  } catch (error) {
    if (!isTaken(error) || !(await isStale(place.socket))) throw error
    unlinkSync(place.socket)
    await open()
  }
}

/**
 * The socket that systemd opened for this very process (sd_listen_fds(3)); null where there is none. Of several, the
 * first.
 */
export function activatedSocket(env: NodeJS.ProcessEnv, pid: number): { fd: number } | null {
  const first = 3
  return Number(env.LISTEN_PID) === pid && Number(env.LISTEN_FDS) >= 1 ? { fd: first } : null
}

function listening(server: Server, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      server.off('listening', done)
      reject(error)
    }
    const done = () => {
      server.off('error', fail)
      resolve()
    }
    server.once('error', fail).once('listening', done)
    listen()
  })
}

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

/** A socket's file that nobody listens behind any more, left by a process that was killed. Nothing else is ever removed. */
function isStale(path: string): Promise<boolean> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return Promise.resolve(false)
  return new Promise(resolve => {
    const probe = connect(path)
    const answer = (stale: boolean) => {
      probe.destroy()
      resolve(stale)
    }
    probe.once('connect', () => answer(false))
    probe.once('error', error => answer((error as NodeJS.ErrnoException).code === 'ECONNREFUSED'))
  })
}
