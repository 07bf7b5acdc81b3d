import { placeNamed, startOperations } from '../node/operations-server.ts'
import {
  createWorkerProcesses,
  leaveWorkers,
  ownWorkerNumber,
  readinessOf,
  WorkerStartError,
  withWorkerLabels,
} from '../node/worker-processes.ts'
import { endOfService, endWords } from './end-of-service.ts'
import { exitCodes } from './exit.ts'
import { type ServeFromOptions, serveFrom } from './serve-from.ts'
import { createServeLog } from './serve-log.ts'
import { count, type Terminal } from './terminal.ts'

/** Serves from a store: by this process, or by several at one port, which this one looks after and replaces when they end. */
export async function serveByWorkers(
  options: ServeFromOptions & { workers: number },
  terminal: Terminal,
): Promise<number> {
  if (ownWorkerNumber(process.env) !== null) return serveFrom(options, terminal).finally(leaveWorkers)
  if (options.workers === 1) return serveFrom(options, terminal)
  const log = createServeLog(options.log ?? 'text', terminal, Date.now)
  const processes = createWorkerProcesses({
    count: options.workers,
    onLost: how => log.warn('worker-lost', `A server process ended ${how}; another takes its place.`),
  })
  const ended = endOfService()
  try {
    await processes.start()
  } catch (error) {
    await processes.stop()
    // It has said why itself.
    if (error instanceof WorkerStartError) return error.exitCode
    throw error
  }
  const operations =
    options.metrics === undefined
      ? null
      : await startOperations(placeNamed(options.metrics), {
          readiness: async () => readinessOf(await processes.reports()),
          families: async () => withWorkerLabels(await processes.reports()),
        })
  log.say('workers', `${count(options.workers, 'process', 'processes')} serve.`, { workers: options.workers })
  const cause = await ended
  log.say('stopping', `Stopping: ${endWords[cause]}. Answers under way are finished.`, { cause })
  await processes.stop()
  await operations?.stop()
  await log.flush()
  return cause === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok
}
