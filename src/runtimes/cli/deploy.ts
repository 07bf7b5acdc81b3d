import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PresetName } from '../../model/preset.ts'
import { claimOutput } from '../node/output-folder.ts'
import { limitProblems } from '../worker/worker-limits.ts'
import { assertNoFolder } from './command-flags.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { r2Bucket } from './object-place.ts'
import { outputFailure } from './output-failure.ts'
import type { UrlOption } from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'
import { pingAllHubs } from './told-hubs.ts'
import { fillLiveFolder, fillWorkerFolder, workerFolder, wranglerSettings } from './worker-folder.ts'
import { workerName } from './worker-name.ts'
import { findWrangler, runWrangler } from './wrangler.ts'

export interface DeployOptions {
  url: UrlOption | null
  preset?: PresetName
  /** The number of an alarm that is meant. */
  accept?: number
  /** The Worker's; made of `url` where it is not given. */
  name?: string
  /** Leads the host of `url` to the Worker. */
  domain?: boolean
  plan: 'free' | 'paid'
  /** A bucket that the Worker serves from, in place of a publication that it carries. */
  from?: string
  dryRun?: boolean
  /** With `dryRun`: where wrangler keeps what it would upload. */
  outdir?: string
  /** False: everything is ready and recorded, and somebody else uploads it. */
  upload: boolean
}

const home = fileURLToPath(new URL('../../../', import.meta.url))

/** Publishes a folder to Cloudflare Workers: objects among static assets, switched in one step. */
export async function deploy(
  named: string | undefined,
  options: DeployOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.outdir !== undefined && !options.dryRun)
    throw new CommandFailure(
      exitCodes.usage,
      '--outdir goes with --dry-run: else what is made is uploaded, not kept.',
      {
        hint: `To keep it for an upload of your own, say --no-upload: it lies in ${workerFolder}.`,
      },
    )
  if (options.from !== undefined) {
    assertNoFolder('deploy', named, options.from)
    return deployLive(options.from, options, terminal)
  }
  const { bundle, site, push, isHub } = await fillWorkerFolder(
    named,
    { ...options, ...(!options.dryRun && { record: { accept: options.accept ?? null } }) },
    terminal,
  )
  for (const path of bundle.unreadable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} could not be read, and is left out.`,
    )
  const problems = limitProblems(bundle, options.plan)
  if (problems.length > 0)
    throw new CommandFailure(exitCodes.findings, 'Cloudflare would refuse this. Nothing was uploaded.', {
      report: problems.join('\n'),
    })
  terminal.say(`${count(bundle.paths, 'path')} in ${count(bundle.files, 'asset')}, for ${site.url}`)
  const name = options.name ?? workerName(site.url)
  const settings = await wranglerSettings({
    name,
    isHub,
    ...(options.domain && { domain: domainOf(site.url) }),
  })
  if (!options.upload) {
    terminal.say(
      `${workerFolder} is ready for \`wrangler deploy --config ${settings}\`, or for a Worker of your own.`,
    )
    return exitCodes.ok
  }
  const exitCode = await upload(settings, options, terminal)
  if (exitCode === exitCodes.ok && !options.dryRun && settings.startsWith(workerFolder) && !options.domain)
    tellDomain(site.url, name, terminal)
  if (push.webhooks.length > 0)
    terminal.say(
      `${terminal.style('yellow', 'warning')} Webhooks are told by \`serve\` only, and not by a Worker.`,
    )
  if (exitCode === exitCodes.ok && !options.dryRun) await pingAllHubs(site, push, terminal)
  return exitCode
}

/** A Worker that is deployed once: what is published to its bucket later is served without another deployment. */
async function deployLive(from: string, options: DeployOptions, terminal: Terminal): Promise<number> {
  const { bucket, prefix } = r2Bucket(from)
  await fillLiveFolder()
  const name = options.name ?? `${bucket}-live`
  const settings = await wranglerSettings({ name, bucket: { name: bucket, prefix }, isHub: true })
  terminal.say(`The Worker ${name} serves what is published to ${from}.`)
  return upload(settings, options, terminal)
}

/** Wrangler does it, and says what it does. */
async function upload(
  settings: string,
  { name, dryRun, outdir }: DeployOptions,
  terminal: Terminal,
): Promise<number> {
  const done =
    outdir === undefined
      ? null
      : await claimOutput(resolve(outdir)).catch((error: unknown) => {
          throw outputFailure(error, outdir)
        })
  const wrangler = findWrangler(process.cwd(), home)
  terminal.say(`With ${wrangler.name}:`)
  const words = ['deploy', '--config', settings]
  if (name) words.push('--name', name)
  if (dryRun) words.push('--dry-run')
  if (outdir) words.push('--outdir', outdir)
  const exitCode = await runWrangler(wrangler, words)
  await done?.()
  if (dryRun && exitCode === exitCodes.ok) terminal.say('Nothing was uploaded, and the ledger is as it was.')
  return exitCode
}

function domainOf(url: string): string {
  const { hostname, pathname } = new URL(url)
  if (pathname === '/') return hostname
  throw new CommandFailure(
    exitCodes.usage,
    `A whole host can lead to a Worker, and ${url} is a part of one.`,
    {
      hint: `Leave --domain out, and add the route ${hostname}${pathname}* in Cloudflare's dashboard.`,
    },
  )
}

function tellDomain(url: string, name: string, terminal: Terminal): void {
  const { hostname, pathname } = new URL(url)
  if (hostname.endsWith('.workers.dev')) return
  terminal.say(
    `${hostname} has to lead to the Worker ${name}: with --domain, where the host is in the same account, or in Cloudflare's dashboard (route ${hostname}${pathname}*).`,
  )
}
