import { isAbsolute, relative, resolve } from 'node:path'
import type { PresetName } from '../../model/preset.ts'
import type { Inspection } from '../../publish/inspect.ts'
import { formatRfc3339 } from '../../text/dates.ts'
import { safeJson } from '../../text/escape.ts'
import { fingerprintOf } from '../../text/fingerprint.ts'
import { assertOwnOutput, ForeignFolderError, writeOutput } from '../node/output-folder.ts'
import { programStamp } from '../node/program-stamp.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure, ledgerMade } from './ledger-messages.ts'
import { createProgress } from './progress.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
import { countsOf, whyNothing } from './summary.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface BuildOptions {
  out: string
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
  const folder = findFolder(named)
  const { site, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview') throw noAddress(folder)
  const out = resolve(options.out)
  if (isInside(folder.path, out))
    throw new CommandFailure(exitCodes.usage, `${options.out} holds the articles themselves.`, {
      hint: 'Name another folder to write.',
    })

  // Before anything else is written: what the ledger remembers was published.
  await assertOwnOutput(out).catch(error => {
    throw outputFailure(error, options.out)
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
  await publisher.commitLedger(site, prepared, options.accept).catch(refuse)
  const report = await writeOutput(out, publication, fingerprintOf([programStamp()])).catch(error => {
    throw outputFailure(error, options.out)
  })
  const shown = relative('', out) || '.'
  if (options.json) terminal.out(`${safeJson({ out: shown, ...report, totals: inspection.totals }, 2)}\n`)
  terminal.say(
    `${shown}: ${count(report.written, 'file')} written, ${report.unchanged} unchanged, ${report.removed} removed.`,
  )
  terminal.say(`${countsOf(inspection.totals)}.`)
  const made = ledgerMade(folder, prepared)
  if (made) terminal.say(made)
  for (const path of report.unreadable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} could not be read, and is left out.`,
    )
  for (const path of report.unwritable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} can't be the name of a file, and is left out.`,
    )
  for (const line of [...whyNothing(inspection), ...timedWarning(inspection)])
    terminal.say(`${terminal.style('yellow', 'warning')} ${line}`)
  return inspection.totals.rejected > 0 ? exitCodes.findings : exitCodes.ok
}

/** What the system says when it does not let us write, in words. */
const writingFaults: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EROFS: 'it can only be read',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EIO: 'the disk is failing',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}

/** Our own errors as one sentence each; what is none of these is a fault of ours. */
function outputFailure(error: unknown, out: string): unknown {
  if (error instanceof ForeignFolderError)
    return new CommandFailure(exitCodes.usage, `${error.message}. Nothing was touched.`, {
      hint: 'Name an empty folder, a new one, or one that an earlier build wrote.',
    })
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  return new CommandFailure(
    exitCodes.startUp,
    `${out} can't be written: ${writingFaults[code] ?? message} (${code}). Each file there is a whole one, of this build or of the former.`,
    { hint: 'Mend that, and build again: what is written already stays.' },
  )
}

/** A plain host changes nothing by itself when an article's time comes. */
function timedWarning({ timed, articles }: Inspection): string[] {
  const published = new Set(articles)
  const instants = timed.map(
    article => (published.has(article) ? article.expires : article.published)?.epoch ?? 0,
  )
  if (instants.length === 0) return []
  const next = formatRfc3339(instants.reduce((a, b) => Math.min(a, b)))
  return [
    `${count(timed.length, 'article comes or goes', 'articles come or go')} by date; files can't: build again at ${next}.`,
  ]
}

/** Also where they are the same. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(/[/\\]/)[0] !== '..'
}
