import type { Changed, Changes } from '../../catalog/changes.ts'
import { LedgerError } from '../../catalog/ledger-text.ts'
import { ledgerFile } from '../node/ledger-file.ts'
import { type LedgerOutcome, MassChangeError } from '../node/publisher.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import type { PublicationFolder } from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'

/** Errors about the ledger as sentences; any other error as it is. */
export function ledgerFailure(error: unknown, folder: PublicationFolder): unknown {
  if (error instanceof LedgerError)
    return new CommandFailure(
      exitCodes.usage,
      `${folder.shown}/${ledgerFile}:${error.line}: ${error.message} Nothing is published: new ids would mark everything unread.`,
      { hint: 'Take the file from your last commit or backup. It remembers which article has which id.' },
    )
  if (error instanceof MassChangeError) {
    const { alarm, changes } = error
    return new CommandFailure(exitCodes.usage, `Nothing is published: ${error.message}`, {
      report: changesReport(changes).join('\n'),
      hint: `If this is meant, add --accept ${alarm.count}. If not: is the folder complete?`,
    })
  }
  return error
}

/** What is worth saying of a ledger that was not kept. */
export function sayLedgerOutcome(
  outcome: LedgerOutcome,
  folder: PublicationFolder,
  terminal: Terminal,
): void {
  if (outcome.kept || !('unwritable' in outcome) || outcome.unwritable.length === 0) return
  const { unwritable, because } = outcome
  terminal.say(
    `${terminal.style('yellow', 'warning')} ${folder.shown}/${ledgerFile} can't be written (${because}), so ${count(unwritable.length, 'new article is', 'new articles are')} not remembered:`,
  )
  for (const id of unwritable.slice(0, maxListed)) terminal.say(`  ${printable(id)}`)
  if (unwritable.length > maxListed)
    terminal.say(`  and ${count(unwritable.length - maxListed, 'more', 'more')}`)
}

const maxListed = 20

const headings: [Exclude<keyof Changes, 'moved'>, string][] = [
  ['new', 'new'],
  ['restored', 'published again'],
  ['updated', 'updated'],
  ['renotified', 'shown once more, under another id'],
  ['redated', 'with another date'],
  ['withdrawn', 'withdrawn'],
]

/** Lines for people: each kind of change that there is, with its articles or collections. */
export function changesReport(changes: Changes): string[] {
  const lines = headings.flatMap(([kind, heading]) => {
    const list = changes[kind]
    if (list.length === 0) return []
    const lines = list.slice(0, maxListed).map(changedLine)
    const rest = list.length > maxListed ? [`  and ${count(list.length - maxListed, 'more', 'more')}`] : []
    return [`${count(list.length, 'article', 'articles')} ${heading}:`, ...lines, ...rest]
  })
  return [...lines, ...movedReport(changes.moved)]
}

function movedReport(moved: Changes['moved']): string[] {
  if (moved.length === 0) return []
  const lines = moved.map(({ key, from, to }) => `  ${printable(key)}  ${printable(from)} → ${printable(to)}`)
  return [`${count(moved.length, 'collection', 'collections')} with another address:`, ...lines]
}

function changedLine({ title, id, before }: Changed): string {
  return `  ${printable(title)}  ${printable(id)}${before === null ? '' : `  (before: ${printable(before)})`}`
}
