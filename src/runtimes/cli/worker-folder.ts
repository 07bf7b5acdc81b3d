import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PresetName } from '../../model/preset.ts'
import { isHubHere, type PushSettings } from '../../model/push-settings.ts'
import type { Site } from '../../model/site.ts'
import { safeJson } from '../../text/escape.ts'
import type { DeployedHub } from '../worker/deployed-worker.ts'
import { type WorkerBundle, writeWorkerBundle } from '../worker/worker-bundle.ts'
import { CommandFailure, exitCodes } from './exit.ts'
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
  preview?: { drafts: boolean; hub?: boolean }
  /** What is new is kept in the ledger first. */
  record?: { accept: number | null }
}

export interface FilledFolder {
  bundle: WorkerBundle
  site: Site
  push: PushSettings
  /** Whether the Worker is the hub that the feeds name. */
  isHub: boolean
}

/** A folder's publication, made ready for wrangler. */
export async function fillWorkerFolder(
  named: string | undefined,
  options: WorkerFolderOptions,
  terminal: Terminal,
): Promise<FilledFolder> {
  const folder = findFolder(named)
  const { site, push, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview' && options.previewUrl === undefined) throw noAddress(folder)
  const publisher = folderPublisher(folder, { say: terminal.say, render: 'popular', stopsOnUnread: true })
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const prepared = await publisher.prepare(site).catch(refuse)
  const { inspection, publication } = prepared
  if (options.record) await publisher.commitLedger(site, prepared, options.record.accept).catch(refuse)
  const bundle = await writeWorkerBundle(workerFolder, publication)
  const isHub = isHubHere(push, site.url)
  await writeEntry(isHub ? hubEntry({ push, url: site.url }) : readerEntry())
  await writeFile(join(workerFolder, 'publication.d.ts'), publicationTypes)
  terminal.say(`${site.title}, from ${folder.shown}: ${countsOf(inspection.totals)}.`)
  for (const line of whyNothing(inspection)) terminal.say(line)
  const made = options.record && ledgerMade(folder, prepared, site)
  if (made) terminal.say(made)
  return { bundle, site, push, isHub }
}

const readerEntry = () => `import { createDeployedWorker } from ${moduleName('deployed-worker')}
import publication from './publication.js'
export default createDeployedWorker(publication)
`

const hubEntry = (
  hub: DeployedHub,
) => `import { createDeployedHub, createDeployedWorker } from ${moduleName('deployed-worker')}
import publication from './publication.js'
const hub = ${safeJson(hub, 2)}
export default createDeployedWorker(publication, hub)
const Hub = createDeployedHub(publication, hub)
export { Hub }
`

/** For a Worker of somebody's own that imports it. */
const publicationTypes = `declare const publication: import('broadsheet/worker').DeployedPublication
export default publication
`

/** A Worker that carries nothing, and serves what somebody publishes to the bucket that is bound to it. */
export async function fillLiveFolder(): Promise<void> {
  await mkdir(workerFolder, { recursive: true })
  await writeEntry(`export { default, Hub } from ${moduleName('live-worker')}\n`)
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
  /** Whether it is a hub: with objects for subscriptions, and a look every ten minutes though nobody reads. */
  isHub: boolean
}

/** What a hub needs beside the rest. The same stands in docs/push.md, for settings of one's own. */
const hubSettings = {
  durable_objects: { bindings: [{ name: 'HUB', class_name: 'Hub' }] },
  migrations: [{ tag: 'hub-1', new_sqlite_classes: ['Hub'] }],
  triggers: { crons: ['*/10 * * * *'] },
}

/**
 * The settings for wrangler: those of the current folder, where it has a `wrangler.toml` (or `.json`, `.jsonc`) for our entry, as they are; else some
 * that are made.
 */
export async function wranglerSettings({ name, bucket, domain, isHub }: WorkerSettings): Promise<string> {
  const own = ['wrangler.toml', 'wrangler.jsonc', 'wrangler.json'].find(
    file => existsSync(file) && readFileSync(file, 'utf8').includes(`${workerFolder}/${entry}`),
  )
  if (own && !bucket) {
    if (isHub && !/\bHUB\b/.test(readFileSync(own, 'utf8'))) throw noObjects(own)
    return own
  }
  const file = join(workerFolder, 'wrangler.json')
  const settings = {
    name,
    main: entry,
    // What the tests ran with; a later one may change what the platform does.
    compatibility_date: '2026-10-01',
    compatibility_flags: ['nodejs_compat'],
    send_metrics: false,
    ...(isHub && hubSettings),
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

const noObjects = (own: string) =>
  new CommandFailure(
    exitCodes.usage,
    `The settings ask for a hub, and ${own} binds no Durable Object for it.`,
    {
      hint: 'docs/push.md has the lines that it needs: the binding HUB, the migration of the class Hub, a cron trigger.',
    },
  )
