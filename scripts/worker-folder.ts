import { fileURLToPath } from 'node:url'
import { folderPublisher } from '../src/runtimes/cli/folder-publisher.ts'
import { ledgerFailure } from '../src/runtimes/cli/ledger-messages.ts'
import { findFolder, loadSettings, type UrlOption } from '../src/runtimes/cli/publication-folder.ts'
import { countsOf, whyNothing } from '../src/runtimes/cli/summary.ts'
import { processTerminal } from '../src/runtimes/cli/terminal.ts'
import { type WorkerBundle, writeWorkerBundle } from '../src/runtimes/worker/worker-bundle.ts'

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
  const publisher = folderPublisher(folder, { render: 'popular', stopsOnUnread: true })
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const prepared = await publisher.prepare(site).catch(refuse)
  const { inspection, publication } = prepared
  if (options.record) await publisher.commitLedger(site, prepared, options.record.accept).catch(refuse)
  const bundle = await writeWorkerBundle(workerFolder, publication)
  processTerminal.say(`${site.title}, from ${folder.shown}: ${countsOf(inspection.totals)}.`)
  for (const line of whyNothing(inspection)) processTerminal.say(line)
  return { bundle, urlFrom, url: site.url }
}
