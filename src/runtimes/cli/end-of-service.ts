import { once } from 'node:events'
import { exitCodes } from './exit.ts'
import type { ServeLog } from './serve-log.ts'

/** Why a server is to end. */
export type EndOfService = 'SIGINT' | 'SIGTERM' | 'parent-gone'

/** Milliseconds between two looks at who the parent is. */
const parentLook = 500

export interface EndOfServiceOptions {
  env?: Record<string, string | undefined>
  /** Nobody waits any more once it is aborted: rejects then. Default: never. */
  until?: AbortSignal
}

/**
 * Waits for the signal that ends a server. npm and npx start programs through a shell, and of a signal to them only the shell hears: the
 * program would live on, without anybody, and hold the port. So where npm has started it, it ends with its parent.
 */
export async function endOfService({
  env = process.env,
  until,
}: EndOfServiceOptions = {}): Promise<EndOfService> {
  const ended = new AbortController()
  const signal = until ? AbortSignal.any([ended.signal, until]) : ended.signal
  const signals = (['SIGINT', 'SIGTERM'] as const).map(async name => {
    await once(process, name, { signal })
    return name
  })
  const isNpms = env.npm_lifecycle_event !== undefined || env.npm_command !== undefined
  const first = await Promise.race(isNpms ? [...signals, parentGone(signal)] : signals)
  // Those that were not first are let go of.
  for (const other of signals) other.catch(() => {})
  ended.abort()
  return first
}

function parentGone(signal: AbortSignal): Promise<'parent-gone'> {
  const parent = process.ppid
  return new Promise(resolve => {
    const timer = setInterval(() => {
      if (process.ppid !== parent) resolve('parent-gone')
    }, parentLook)
    // A server that could not start is not to be kept alive by waiting for its end.
    timer.unref()
    signal.addEventListener('abort', () => clearInterval(timer))
  })
}

/** For the log. */
export const endWords: Record<EndOfService, string> = {
  SIGINT: 'Ctrl+C (SIGINT)',
  SIGTERM: 'SIGTERM',
  'parent-gone': 'npm, which started it, is gone',
}

/** Says why a server ends when it is to, stops it, and gives the exit code. A second signal means now. */
export async function untilEndOfService(log: ServeLog, stop: () => Promise<void>): Promise<number> {
  const cause = await endOfService()
  log.say('stopping', `Stopping: ${endWords[cause]}. Answers under way are finished.`, { cause })
  const end = () => process.exit(exitCodes.interrupted)
  process.once('SIGINT', end).once('SIGTERM', end)
  await stop()
  process.off('SIGINT', end).off('SIGTERM', end)
  return cause === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok
}
