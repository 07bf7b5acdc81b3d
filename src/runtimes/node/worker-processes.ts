import cluster, { type Worker } from 'node:cluster'
import { BroadsheetError } from '../../model/errors.ts'
import type { MetricFamily } from './exposition.ts'
import type { Readiness } from './operations-server.ts'

/** What one of several processes says of itself. */
export interface WorkerReport {
  readiness: Readiness
  families: MetricFamily[]
}

export interface WorkerProcessesOptions {
  /** Processes that run the same command and share its port. */
  count: number
  /** Told of each that ended without being asked to; another takes its place. */
  onLost(how: string): void
}

export interface WorkerProcesses {
  /** Resolves once all listen; rejects with the exit code of one that ended before it did. */
  start(): Promise<void>
  /** Of those that answer in time, by their number. */
  reports(): Promise<Map<number, WorkerReport>>
  /** Asks all of them to end, and resolves when they have. */
  stop(): Promise<void>
}

/** A process that could not even listen. */
export class WorkerStartError extends BroadsheetError {
  override readonly name = 'WorkerStartError'
  readonly exitCode: number
  constructor(exitCode: number) {
    super(`A server process ended with ${exitCode} before it listened.`)
    this.exitCode = exitCode
  }
}

const numberVariable = 'BROADSHEET_WORKER'
/** Milliseconds that one has to live for its successor to start at once; else it waits, twice as long each time. */
const shortLife = 10_000
const minWait = 250
const maxWait = 30_000
/** Milliseconds in which a process has to say how it is. */
const reportTimeout = 2000

/** Which of several processes this is, from 0; null: it is the only one. */
export function ownWorkerNumber(env: NodeJS.ProcessEnv): number | null {
  return cluster.isWorker && env[numberVariable] !== undefined ? Number(env[numberVariable]) : null
}

/** The channel to the process that began this one would keep it alive. What `process.disconnect` does here is to exit with 0. */
export function leaveWorkers(): void {
  cluster.worker?.disconnect()
}

/** Runs this very command several times; Node's `cluster` hands connections round. */
export function createWorkerProcesses({ count, onLost }: WorkerProcessesOptions): WorkerProcesses {
  const workers = new Map<number, Worker>()
  const waiting = new Set<NodeJS.Timeout>()
  let stopping = false

  function begin(number: number, wait: number): Promise<void> {
    const started = performance.now()
    const worker = cluster.fork({ [numberVariable]: String(number) })
    workers.set(number, worker)
    const listening = Promise.withResolvers<void>()
    let listened = false
    worker.once('listening', () => {
      listened = true
      listening.resolve()
    })
    worker.once('exit', (code, signal) => {
      workers.delete(number)
      if (!listened) listening.reject(new WorkerStartError(code ?? 1))
      if (stopping || (!listened && wait === 0)) return
      onLost(signal ? `by ${signal}` : `with exit code ${code}`)
      const next =
        performance.now() - started > shortLife ? minWait : Math.min(Math.max(wait * 2, minWait), maxWait)
      const timer = setTimeout(() => {
        waiting.delete(timer)
        // How that one ends is told as this one's end was.
        begin(number, next).catch(() => {})
      }, next)
      waiting.add(timer)
    })
    return listening.promise
  }

  return {
    async start() {
      // The first alone: what keeps it from listening keeps the others, and is said once.
      await begin(0, 0)
      await Promise.all(Array.from({ length: count - 1 }, (_, index) => begin(index + 1, 0)))
    },
    async reports() {
      const asked = [...workers].map(async ([number, worker]) => [number, await reportOf(worker)] as const)
      const found = await Promise.all(asked)
      return new Map(found.flatMap(([number, report]) => (report ? [[number, report]] : [])))
    },
    async stop() {
      stopping = true
      for (const timer of waiting) clearTimeout(timer)
      const ended = [...workers.values()].map(
        worker => new Promise<void>(resolve => worker.once('exit', () => resolve())),
      )
      for (const worker of workers.values()) worker.process.kill('SIGTERM')
      await Promise.all(ended)
    },
  }
}

function reportOf(worker: Worker): Promise<WorkerReport | null> {
  return new Promise(resolve => {
    const end = (report: WorkerReport | null) => {
      clearTimeout(timer)
      worker.off('message', end)
      resolve(report)
    }
    const timer = setTimeout(() => end(null), reportTimeout)
    worker.on('message', end)
    worker.send('report', error => error && end(null))
  })
}

/** Says how this process is whenever the one that began it asks. */
export function answerReports(report: () => WorkerReport): void {
  process.on('message', message => {
    if (message === 'report') process.send?.(report())
  })
}

/** Every process's numbers, each under a label of its own: what is to be added up is for whoever asks. */
export function withWorkerLabels(reports: ReadonlyMap<number, WorkerReport>): MetricFamily[] {
  const families = new Map<string, MetricFamily>()
  for (const [worker, report] of reports)
    for (const family of report.families) {
      const samples = family.samples.map(([labels, value]): MetricFamily['samples'][number] => [
        { ...labels, worker },
        value,
      ])
      const known = families.get(family.name)
      families.set(family.name, { ...family, samples: [...(known?.samples ?? []), ...samples] })
    }
  return [...families.values()]
}

/** Ready as soon as one is: that one can be sent readers. */
export function readinessOf(reports: ReadonlyMap<number, WorkerReport>): Readiness {
  const all = [...reports.values()].map(({ readiness }) => readiness)
  const ready = all.filter(({ status }) => status === 'ready')
  const [first = { status: 'starting', generation: null, publishing: 'ok' } as const] = ready
  const generations = ready.flatMap(({ generation }) => generation ?? [])
  return {
    ...first,
    generation: generations.length > 0 ? Math.min(...generations) : null,
    publishing: all.some(({ publishing }) => publishing === 'failing') ? 'failing' : 'ok',
  }
}
