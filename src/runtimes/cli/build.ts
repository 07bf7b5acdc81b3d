import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { PresetName } from '../../model/preset.ts'
import type { PushSettings } from '../../model/push-settings.ts'
import type { Site } from '../../model/site.ts'
import type { Publication } from '../../model/snapshot.ts'
import type { Inspection } from '../../publish/inspect.ts'
import { formatRfc3339 } from '../../text/dates.ts'
import { safeJson } from '../../text/escape.ts'
import { fingerprintOf } from '../../text/fingerprint.ts'
import {
  assertOwnOutput,
  lookIntoShared,
  type SharedFolder,
  type TakenPlace,
  writeOutput,
} from '../node/output-folder.ts'
import { programStamp } from '../node/program-stamp.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure, ledgerMade } from './ledger-messages.ts'
import { outputFailure } from './output-failure.ts'
import { createProgress } from './progress.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
import { shownPath } from './shown-path.ts'
import { countsOf, whyNothing } from './summary.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface BuildOptions {
  out?: string
  /** Instead of `out`: a folder that somebody else's build has filled. */
  into?: string
  url: UrlOption | null
  preset?: PresetName
  /** The number of an alarm that is meant. */
  accept?: number
  json?: boolean
}

/** Writes the publication as files. Nothing is written without a public address: links and ids are made of it. */
export async function build(
  named: string | undefined,
  options: BuildOptions,
  terminal: Terminal,
): Promise<number> {
  const place = placeToWrite(options)
  const folder = findFolder(named)
  const { site, push, urlFrom } = await loadSettings(folder, { ...options, hubBy: 'hub_url' }, terminal)
  if (urlFrom === 'preview') throw noAddress(folder)
  const out = resolve(place)
  if (isInside(folder.path, out))
    throw new CommandFailure(exitCodes.usage, `${place} holds the articles themselves.`, {
      hint: 'Name another folder to write.',
    })

  // Before anything else is written: what the ledger remembers was published.
  if (options.into === undefined)
    await assertOwnOutput(out).catch(error => {
      throw outputFailure(error, place)
    })
  const progress = createProgress('Reading')
  const publisher = folderPublisher(folder, {
    say: terminal.say,
    onProgress: progress.update,
    render: 'none',
    stopsOnUnread: true,
  })
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const prepared = await publisher.prepare(site).catch(refuse)
  progress.done()
  const { inspection, publication } = prepared
  const shared = options.into === undefined ? null : await roomIn(out, place, publication, site)
  await publisher.commitLedger(site, prepared, options.accept).catch(refuse)
  const program = fingerprintOf([programStamp()])
  const report = await writeOutput(out, publication, program, undefined, shared).catch(error => {
    throw outputFailure(error, place)
  })
  const shown = shownPath(out)
  if (options.json) terminal.out(`${safeJson({ out: shown, ...report, totals: inspection.totals }, 2)}\n`)
  terminal.say(
    `${shown}: ${count(report.written, 'file')} written, ${report.unchanged} unchanged, ${report.removed} removed.`,
  )
  terminal.say(`${countsOf(inspection.totals)}.`)
  const made = ledgerMade(folder, prepared, site)
  if (made) terminal.say(made)
  if (shared && shared.left.length > 0)
    terminal.say(
      `${firstOf(shared.left)} in ${shown} stay the site's own: \`replace = ["/${shared.left[0]}"]\` in broadsheet.toml gives such an address to the new feed.`,
    )
  for (const path of report.unreadable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} could not be read, and is left out.`,
    )
  for (const path of report.unwritable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} can't be the name of a file, and is left out.`,
    )
  for (const line of [...whyNothing(inspection), ...timedWarning(inspection), ...hubWarning(push)])
    terminal.say(`${terminal.style('yellow', 'warning')} ${line}`)
  return inspection.totals.rejected > 0 ? exitCodes.findings : exitCodes.ok
}

function placeToWrite({ out, into }: BuildOptions): string {
  const place = out ?? into
  if (place === undefined || (out !== undefined && into !== undefined))
    throw new CommandFailure(exitCodes.usage, 'It is not said where to write, or in two ways.', {
      hint: 'Give --out DIR for a folder of its own, or --into DIR for one that another build has filled.',
    })
  return place
}

/** Where our files go in a folder of somebody else's. @throws CommandFailure where theirs stand in the way */
async function roomIn(
  out: string,
  named: string,
  publication: Publication,
  site: Site,
): Promise<SharedFolder> {
  if (!existsSync(out))
    throw new CommandFailure(exitCodes.usage, `There is no folder ${named}.`, {
      hint: 'Build the site first, or name the folder that its generator writes.',
    })
  const shared = await lookIntoShared(out, publication, site.replace).catch(error => {
    throw outputFailure(error, named)
  })
  const { taken } = shared
  if (taken.length === 0) return shared
  const one = taken.length === 1
  throw new CommandFailure(
    exitCodes.usage,
    `${firstOf(taken.map(({ path }) => path))} in ${named} ${one ? 'is' : 'are'} there already, and not Broadsheet's. Nothing was touched.`,
    { hint: roomFor(taken, site) },
  )
}

/** How a site and its feeds get on with each other: what of ours the site has itself is not made. */
function roomFor(taken: TakenPlace[], site: Site): string {
  const [first] = taken
  const kinds = new Set(taken.map(({ of }) => of))
  if (kinds.has('page') && site.pages === 'all')
    return 'For a site that has its own pages set `pages = "none"` in broadsheet.toml.'
  if (kinds.has('media') && site.media === 'copy')
    return 'For a site that has the pictures and sound itself set `media = "site"` in broadsheet.toml.'
  const feed = taken.find(({ of, isFile }) => of === 'feed' && isFile)
  if (feed)
    return `Where the new feed shall take its place, set \`replace = ["/${feed.path}"]\` in broadsheet.toml.`
  return `Give ${printable(first?.path ?? '')} another name in the site: Broadsheet needs the place.`
}

/** `feed.xml`, `feed.xml and 3 more files`. */
const firstOf = ([first = '', ...others]: string[]) =>
  others.length === 0 ? printable(first) : `${printable(first)} and ${count(others.length, 'more file')}`

/** A plain host changes nothing by itself when an article's time comes. */
function timedWarning({ timed, articles, pages }: Inspection): string[] {
  const published = new Set([...articles, ...pages])
  const instants = timed.map(
    article => (published.has(article) ? article.expires : article.published)?.epoch ?? 0,
  )
  if (instants.length === 0) return []
  const next = formatRfc3339(instants.reduce((a, b) => Math.min(a, b)))
  return [
    `${count(timed.length, 'article comes or goes', 'articles come or go')} by date; files can't: build again at ${next}.`,
  ]
}

/** Files answer nobody who wants to subscribe: a reader that is told of a hub polls less often, and would hear of nothing. */
function hubWarning({ isUnanswered, webhooks }: PushSettings): string[] {
  return [
    ...(isUnanswered
      ? [
          'The feeds name no hub, though the settings have `hub = true`: files can’t answer subscribers. Where a server does, `hub_url` says so.',
        ]
      : []),
    ...(webhooks.length > 0 ? ['Webhooks are told by `serve` only.'] : []),
  ]
}

/** Also where they are the same. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(/[/\\]/)[0] !== '..'
}
