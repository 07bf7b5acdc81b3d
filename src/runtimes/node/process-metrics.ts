import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type MetricFamily, metric } from './exposition.ts'

/** Milliseconds between two looks at the event loop's delay. */
const resolution = 20

/** What the process is doing, under the names that other Node programs give it, so that dashboards for those fit. */
export function createProcessMetrics(): { families(): MetricFamily[]; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  return {
    families() {
      const memory = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      return [
        metric('gauge', 'process_start_time_seconds', 'When the process started.', startedAt()),
        metric('counter', 'process_cpu_seconds_total', 'Processor time used.', (user + system) / 1e6),
        metric('gauge', 'process_resident_memory_bytes', 'Memory in use.', memory.rss),
        metric('gauge', 'process_open_fds', 'Open file descriptors.', openDescriptors()),
        metric('gauge', 'nodejs_heap_size_total_bytes', 'Memory of the heap.', memory.heapTotal),
        metric('gauge', 'nodejs_heap_size_used_bytes', 'Memory of the heap that is in use.', memory.heapUsed),
        metric('gauge', 'nodejs_external_memory_bytes', 'Memory outside the heap.', memory.external),
        ...delays(delay),
      ]
    },
    stop: () => delay.disable(),
  }
}

/** Since they were asked for last: a delay of an hour ago says nothing of now. */
function delays(delay: ReturnType<typeof monitorEventLoopDelay>): MetricFamily[] {
  // What is measured is the time between two ticks of a timer, its own period included.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolution / 1000)
  const since = 'How late the event loop was, since this was last asked for'
  const values = delay.count === 0 ? null : delay
  const families = [
    metric(
      'gauge',
      'nodejs_eventloop_lag_mean_seconds',
      `${since}: on average.`,
      values && seconds(values.mean),
    ),
    metric('gauge', 'nodejs_eventloop_lag_max_seconds', `${since}: at most.`, values && seconds(values.max)),
    metric(
      'gauge',
      'nodejs_eventloop_lag_p50_seconds',
      `${since}: half the time.`,
      values && seconds(values.percentile(50)),
    ),
    metric(
      'gauge',
      'nodejs_eventloop_lag_p99_seconds',
      `${since}: 99 % of the time.`,
      values && seconds(values.percentile(99)),
    ),
  ]
  delay.reset()
  return families
}

const startedAt = () => Math.round(performance.timeOrigin) / 1000

/** Known on Linux alone. */
function openDescriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return null
  }
}
