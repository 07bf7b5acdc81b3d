import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PresetName } from '../../model/preset.ts'
import type { Site } from '../../model/site.ts'
import { type WorkerBundle, writeWorkerBundle } from '../worker/worker-bundle.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure, ledgerMade } from './ledger-messages.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
import { countsOf, whyNothing } from './summary.ts'
import type { Terminal } from './terminal.ts'

/** What wrangler reads lies here, below the current folder: filled anew by each deployment, and nobody's to commit. */
export const workerFolder = '.broadsheet/worker'

/** `worker.js` in it is the module that wrangler bundles. */
const entry = 'worker.js'

export interface WorkerFolderOptions {
  url: UrlOption | null
  preset?: PresetName
  previewUrl?: string
  preview?: { drafts: boolean }
  /** What is new is kept in the ledger first. */
  record?: { accept: number | null }
}

export interface FilledFolder {
  bundle: WorkerBundle
  site: Site
}

/** A folder's publication, made ready for wrangler. */
export async function fillWorkerFolder(
  named: string | undefined,
  options: WorkerFolderOptions,
  terminal: Terminal,
): Promise<FilledFolder> {
  const folder = findFolder(named)
  const { site, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview' && options.previewUrl === undefined) throw noAddress(folder)
  const publisher = folderPublisher(folder, { say: terminal.say, render: 'popular', stopsOnUnread: true })
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const prepared = await publisher.prepare(site).catch(refuse)
  const { inspection, publication } = prepared
  if (options.record) await publisher.commitLedger(site, prepared, options.record.accept).catch(refuse)
  const bundle = await writeWorkerBundle(workerFolder, publication)
  await writeEntry(
    `import { createDeployedWorker } from ${moduleName('deployed-worker')}\nimport publication from './publication.js'\nexport default createDeployedWorker(publication)\n`,
  )
  await writeFile(join(workerFolder, 'publication.d.ts'), publicationTypes)
  terminal.say(`${site.title}, from ${folder.shown}: ${countsOf(inspection.totals)}.`)
  for (const line of whyNothing(inspection)) terminal.say(line)
  const made = options.record && ledgerMade(folder, prepared, site)
  if (made) terminal.say(made)
  return { bundle, site }
}

/** For a Worker of somebody's own that imports it. */
const publicationTypes = `declare const publication: import('broadsheet/worker').DeployedPublication
export default publication
`

/** A Worker that carries nothing, and serves what somebody publishes to the bucket that is bound to it. */
export async function fillLiveFolder(): Promise<void> {
  await mkdir(workerFolder, { recursive: true })
  await writeEntry(`export { default } from ${moduleName('live-worker')}\n`)
}

async function writeEntry(text: string): Promise<void> {
  await writeFile(join(workerFolder, entry), text)
  await writeFile(join(workerFolder, '.gitignore'), '*\n')
}

/** One of this program's own modules, as a module in the folder names it. */
function moduleName(name: string): string {
  const ending = import.meta.url.endsWith('.js') ? '.js' : '.ts'
  const file = fileURLToPath(new URL(`../worker/${name}${ending}`, import.meta.url))
  return JSON.stringify(relative(resolve(workerFolder), file).replaceAll('\\', '/'))
}

/** What wrangler is told beside the entry. */
export interface WorkerSettings {
  name: string
  /** Without the static assets: where the bucket is that it serves from. */
  bucket?: { name: string; prefix: string }
  /** The host that leads to it. */
  domain?: string
}

/**
 * The settings for wrangler: those of the current folder, where it has a `wrangler.toml` (or `.json`, `.jsonc`) for our entry, as they are; else some
 * that are made.
 */
export async function wranglerSettings({ name, bucket, domain }: WorkerSettings): Promise<string> {
  const own = ['wrangler.toml', 'wrangler.jsonc', 'wrangler.json'].find(
    file => existsSync(file) && readFileSync(file, 'utf8').includes(`${workerFolder}/${entry}`),
  )
  if (own && !bucket) return own
  const file = join(workerFolder, 'wrangler.json')
  const settings = {
    name,
    main: entry,
    // What the tests ran with; a later one may change what the platform does.
    compatibility_date: '2026-10-01',
    compatibility_flags: ['nodejs_compat'],
    send_metrics: false,
    ...(domain && { routes: [{ pattern: domain, custom_domain: true }] }),
    ...(bucket
      ? {
          vars: { PREFIX: bucket.prefix, POLL: '5' },
          r2_buckets: [{ binding: 'BUCKET', bucket_name: bucket.name }],
        }
      : {
          // Every request meets the Worker first: the assets' own rules are all off.
          assets: {
            directory: 'assets',
            binding: 'ASSETS',
            run_worker_first: true,
            html_handling: 'none',
            not_found_handling: 'none',
          },
        }),
  }
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`)
  return file
}
