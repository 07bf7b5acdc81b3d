import { fileURLToPath } from 'node:url'
import { ledgerFailure, sayLedgerOutcome } from '../src/runtimes/cli/ledger-messages.ts'
import { findFolder, loadSettings, type UrlOption } from '../src/runtimes/cli/publication-folder.ts'
import { countsOf, whyNothing } from '../src/runtimes/cli/summary.ts'
import { processTerminal } from '../src/runtimes/cli/terminal.ts'
import { openLedger } from '../src/runtimes/node/ledger-file.ts'
import { parseCacheFor } from '../src/runtimes/node/parse-cache.ts'
import { readingThreads } from '../src/runtimes/node/parse-threads.ts'
import { createPublisher } from '../src/runtimes/node/publisher.ts'
import { type WorkerBundle, writeWorkerBundle } from '../src/runtimes/worker/worker-bundle.ts'
import { folderSource } from '../src/source/folder.ts'

/** Where wrangler.toml looks for the publication. */
const workerFolder = fileURLToPath(new URL('../.broadsheet/worker', import.meta.url))

/** Nothing is sent anywhere but the deployment itself, and no log is left behind. */
export const wranglerEnvironment = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  DO_NOT_TRACK: '1',
}

/**
 * A folder's publication, made ready for wrangler; with `record`, what is new is kept in the ledger first. `urlFrom` tells whether it has an address of its own.
 */
export async function fillWorkerFolder(
  named: string | undefined,
  options: { url: UrlOption | null; previewUrl?: string; record?: { accept: number | null } },
): Promise<{ bundle: WorkerBundle; urlFrom: 'override' | 'settings' | 'preview'; url: string }> {
  const folder = findFolder(named)
  const { site, urlFrom } = await loadSettings(folder, options, processTerminal)
  const publisher = createPublisher({
    source: folderSource(folder.path),
    ledger: openLedger(folder.path),
    cache: parseCacheFor(folder.path),
    startWorkers: readingThreads(folder.path),
    clock: Date.now,
    render: 'popular',
  })
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const edition = await publisher.edition(site).catch(refuse)
  const { inspection, publication } = edition
  if (options.record) {
    const outcome = await publisher.record(site, edition, options.record.accept).catch(refuse)
    sayLedgerOutcome(outcome, folder, processTerminal)
  }
  const bundle = await writeWorkerBundle(workerFolder, publication)
  processTerminal.say(`${site.title}, from ${folder.shown}: ${countsOf(inspection.totals)}.`)
  for (const line of whyNothing(inspection)) processTerminal.say(line)
  return { bundle, urlFrom, url: site.url }
}
