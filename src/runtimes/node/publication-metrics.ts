import type { Snapshot } from '../../model/snapshot.ts'
import type { Totals } from '../../publish/inspect.ts'
import { type MetricFamily, metric } from './exposition.ts'

/** What became of publishing so far. Times in epoch milliseconds. */
export interface PublicationRecord {
  snapshot: Snapshot | null
  totals: Totals | null
  successes: number
  /** By reason. */
  failures: Record<string, number>
  lastSuccess: number | null
  lastFailure: number | null
  /** Seconds: the last time, and all successful times together. */
  lastDuration: number | null
  totalDuration: number
}

export const nothingPublished: PublicationRecord = {
  snapshot: null,
  totals: null,
  successes: 0,
  failures: {},
  lastSuccess: null,
  lastFailure: null,
  lastDuration: null,
  totalDuration: 0,
}

export function publicationFamilies(record: PublicationRecord): MetricFamily[] {
  const { snapshot, totals } = record
  const seconds = (milliseconds: number | null) => milliseconds && milliseconds / 1000
  return [
    metric(
      'gauge',
      'broadsheet_generation',
      'Number of the snapshot that is served.',
      snapshot?.generation ?? null,
    ),
    {
      name: 'broadsheet_articles',
      type: 'gauge',
      help: 'Article files, by what became of them.',
      samples: totals
        ? (['published', 'withheld', 'rejected'] as const).map(status => [{ status }, totals[status]])
        : [],
    },
    {
      name: 'broadsheet_diagnostics',
      type: 'gauge',
      help: 'What `broadsheet check` has to say.',
      samples: totals
        ? [
            [{ severity: 'error' }, totals.errors],
            [{ severity: 'warning' }, totals.warnings],
          ]
        : [],
    },
    {
      name: 'broadsheet_publications_total',
      type: 'counter',
      help: 'Looks at the folder, by whether something could be published. The last success is served on.',
      samples: [
        [{ outcome: 'success' }, record.successes],
        [{ outcome: 'failure' }, Object.values(record.failures).reduce((sum, one) => sum + one, 0)],
      ],
    },
    {
      name: 'broadsheet_publish_failures_total',
      type: 'counter',
      help: 'Those that failed, by why.',
      samples: Object.entries(record.failures).map(([reason, number]) => [{ reason }, number]),
    },
    metric(
      'gauge',
      'broadsheet_publish_last_duration_seconds',
      'Time that the last one took.',
      record.lastDuration,
    ),
    metric(
      'counter',
      'broadsheet_publish_seconds_total',
      'Time that all of them took.',
      record.totalDuration,
    ),
    metric(
      'gauge',
      'broadsheet_publish_last_success_timestamp_seconds',
      'When the last one succeeded.',
      seconds(record.lastSuccess),
    ),
    metric(
      'gauge',
      'broadsheet_publish_last_failure_timestamp_seconds',
      'When the last one failed; absent: none did.',
      seconds(record.lastFailure),
    ),
  ]
}
