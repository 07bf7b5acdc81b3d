import type { RequestListener } from 'node:http'
import type { ServingSettings } from '../../model/serving.ts'
import type { Snapshot, StoreReader } from '../../model/snapshot.ts'
import type { Totals } from '../../publish/inspect.ts'
import { measureAnswers, watchAnswers } from './answer-watch.ts'
import { guardBudget } from './budget-guard.ts'
import { createClientAddress } from './client-address.ts'
import { createClientBudget } from './client-budget.ts'
import { type MetricFamily, metric } from './exposition.ts'
import { createProcessMetrics } from './process-metrics.ts'
import { nothingPublished, type PublicationRecord, publicationFamilies } from './publication-metrics.ts'
import { requestEntry } from './request-log.ts'
import type { ServerLimits } from './server-limits.ts'
import { createServingMetrics } from './serving-metrics.ts'
import type { ServerWatch } from './watched-server.ts'

export interface OperationsInputs {
  settings: ServingSettings
  store: StoreReader
  /** Epoch milliseconds. */
  clock: () => number
  /** Where a request's log entry goes; null where requests are not logged. */
  logRequest: ((entry: Record<string, unknown>) => void) | null
}

/** What a running server counts, logs and refuses, as its settings ask. */
export interface Operations {
  watch: ServerWatch
  /** `seconds`: what it took. */
  published(snapshot: Snapshot, totals: Totals, seconds: number): void
  /** @param reason a word for it */
  publishFailed(reason: string): void
  record(): PublicationRecord
  families(): MetricFamily[]
  stop(): void
}

/** Nothing that was not asked for is in the way of a request: without metrics, log and budget there is no listener more. */
export function createOperations({ settings, store, clock, logRequest }: OperationsInputs): Operations {
  const clientAddress = createClientAddress(settings.trustedProxies)
  const budget = settings.clientBudget === null ? null : createClientBudget(settings.clientBudget)
  const counted = settings.metrics === null ? null : createServingMetrics()
  const processMetrics = counted && createProcessMetrics()
  let record = nothingPublished

  function around(listener: RequestListener): RequestListener {
    const guarded = budget ? guardBudget(listener, { budget, clientAddress, store, clock }) : listener
    const watched = counted ? watchAnswers(guarded, counted.answered) : guarded
    if (!logRequest) return watched
    return measureAnswers(watched, answer => logRequest(requestEntry(answer, clientAddress)))
  }

  return {
    watch: {
      around,
      ...(counted && {
        onClientError: (status: number) => counted.clientError(status),
        onServer: server => counted.countConnections(server),
      }),
    },
    published(snapshot, totals, seconds) {
      record = {
        ...record,
        snapshot,
        totals,
        successes: record.successes + 1,
        lastSuccess: clock(),
        lastDuration: seconds,
        totalDuration: record.totalDuration + seconds,
      }
    },
    publishFailed(reason) {
      const failures = { ...record.failures, [reason]: (record.failures[reason] ?? 0) + 1 }
      record = { ...record, failures, lastFailure: clock() }
    },
    record: () => record,
    families: () => [
      ...(counted?.families() ?? []),
      ...publicationFamilies(record),
      ...(budget ? budgetFamilies(budget.numbers()) : []),
      ...(processMetrics?.families() ?? []),
    ],
    stop: () => processMetrics?.stop(),
  }
}

function budgetFamilies({
  clients,
  refused,
  forgotten,
}: ReturnType<ReturnType<typeof createClientBudget>['numbers']>) {
  return [
    metric(
      'counter',
      'broadsheet_client_budget_refused_total',
      'Fetches that were answered with 429.',
      refused,
    ),
    metric(
      'gauge',
      'broadsheet_client_budget_clients',
      'Pairs of client and feed that are remembered.',
      clients,
    ),
    metric(
      'counter',
      'broadsheet_client_budget_forgotten_total',
      'Pairs that were forgotten because there were too many.',
      forgotten,
    ),
  ]
}

/** The limits that the settings name, in a server's own units. */
export function limitsOf(settings: ServingSettings): Partial<ServerLimits> {
  return {
    connections: settings.maxConnections,
    headerBytes: settings.maxHeaderBytes,
    headersTime: settings.requestTimeout * 500,
    requestTime: settings.requestTimeout * 1000,
    stallTime: settings.stallTimeout * 1000,
    keepAlive: settings.keepAlive * 1000,
  }
}
