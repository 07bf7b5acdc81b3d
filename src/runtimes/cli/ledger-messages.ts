import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Changed, Changes } from '../../catalog/changes.ts'
import { LedgerError } from '../../catalog/ledger-text.ts'
import { LedgerAccessError, LedgerConflictError } from '../../model/ledger-store.ts'
import { isStoreTrouble } from '../../model/object-store.ts'
import { type Site, siteDefaults } from '../../model/site.ts'
import { ClockError, MassChangeError, type Plan, UnreadArticlesError } from '../../publish/publisher.ts'
import { settingsFile } from '../../settings/settings.ts'
import { ledgerFile } from '../node/ledger-file.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { ownCommand } from './own-command.ts'
import type { PublicationFolder } from './publication-folder.ts'
import { count, printable } from './terminal.ts'

/** Errors about the ledger as sentences; any other error as it is. */
export function ledgerFailure(error: unknown, folder: PublicationFolder): unknown {
  if (error instanceof LedgerError)
    return new CommandFailure(
      exitCodes.usage,
      `${folder.shown}/${ledgerFile}:${error.line}: ${error.message} Nothing is published: new ids would mark everything unread.`,
      {
        reason: 'ledger-damaged',
        hint: error.isConflict
          ? 'Keep the lines of both sides, and remove the three kinds of markers (<<<<<<<, =======, >>>>>>>): what then stands twice is put together. The line `broadsheet.ledger merge=union` in .gitattributes lets git do that.'
          : 'Take the file from your last commit or backup. It remembers which article has which id.',
      },
    )
  if (error instanceof MassChangeError) {
    const { alarm, changes } = error
    return new CommandFailure(exitCodes.usage, `Nothing is published: ${error.message}`, {
      report: changesReport(changes).join('\n'),
      reason: 'mass-change',
      hint: `If this is meant, add --accept ${alarm.count}; for a server that runs: ${ownCommand()} accept ${alarm.count} ${folder.shown}. If not: ${changes.url ? 'is `url` right? To look at it here: serve --preview' : 'is the folder complete?'}`,
    })
  }
  if (error instanceof ClockError)
    return new CommandFailure(exitCodes.usage, `Nothing is published: ${error.message}`, {
      reason: 'clock',
      hint: 'Set the clock of this machine right. If it is right, it was ahead when the ledger was written: take the ledger from before.',
    })
  if (error instanceof UnreadArticlesError) {
    const shown = error.paths.slice(0, maxListed).map(path => `  ${printable(path)}`)
    const rest = error.paths.length - shown.length
    return new CommandFailure(exitCodes.usage, `Nothing is published: ${error.message}`, {
      report: [...shown, ...(rest > 0 ? [`  and ${count(rest, 'more', 'more')}`] : [])].join('\n'),
      reason: 'articles-unreadable',
      hint: 'What was published stays as it is. Make them readable, or restore one that holds no text, and try again; remove the file of one that is to be withdrawn.',
    })
  }
  // A ledger that rests in a store is no file of the folder.
  if (error instanceof LedgerAccessError)
    return isStoreTrouble(error.cause) ? error.cause : inaccessible(error, folder)
  if (error instanceof LedgerConflictError)
    return new CommandFailure(
      exitCodes.usage,
      `Nothing is published: another program keeps writing ${folder.shown}/${ledgerFile}.`,
      {
        reason: 'ledger-contested',
        hint: 'Run one command at a time on a folder, or try again in a moment.',
      },
    )
  return error
}

/** Said once, when the first publication makes it: without it the next one would mint ids anew. Null where there was one before. */
export function ledgerMade(
  folder: PublicationFolder,
  { before }: Pick<Plan, 'before'>,
  { preset, title }: Pick<Site, 'preset' | 'title'>,
): string | null {
  // A preview keeps none, and a store its own.
  if (before.ledger !== null || !existsSync(join(folder.path, ledgerFile))) return null
  const made = [
    `${folder.shown}/${ledgerFile} was made: it remembers which article has which id. Keep it with the articles, and commit it.`,
    ...(title === siteDefaults.title
      ? [`Readers see it as "${title}": set \`title\` in ${folder.shown}/${settingsFile}.`]
      : []),
  ].join('\n')
  if (preset.feeds.length === 0) return made
  return `${made}\nThis is a folder of ${preset.name}. If people are subscribed to its feed, take over its ids before you upload anything, or all of it turns up once more: ${ownCommand()} adopt OLD-FEED.xml ${folder.shown}`
}

function inaccessible({ operation, code, unrecorded }: LedgerAccessError, folder: PublicationFolder) {
  const file = `${folder.shown}/${ledgerFile}`
  if (operation === 'read')
    return new CommandFailure(
      exitCodes.usage,
      `${file} can't be read (${code}). Nothing is published: new ids would mark everything unread.`,
      { reason: 'ledger-unreadable', hint: 'Give this user the permission to read it.' },
    )
  const ids = unrecorded.slice(0, maxListed).map(id => `  ${printable(id)}`)
  const rest =
    unrecorded.length > maxListed ? [`  and ${count(unrecorded.length - maxListed, 'more', 'more')}`] : []
  const news = `${count(unrecorded.length, 'new article', 'new articles')} would not be remembered:`
  return new CommandFailure(
    exitCodes.usage,
    `${file} can't be written (${code}). Nothing is published that it could not record.`,
    {
      ...(ids.length > 0 && { report: [news, ...ids, ...rest].join('\n') }),
      reason: 'ledger-unwritable',
      hint: 'Make room on the disk, or give this user the permission to write it and its folder.',
    },
  )
}

const maxListed = 20

const headings: [Exclude<keyof Changes, 'moved' | 'url'>, string][] = [
  ['new', 'new'],
  ['restored', 'published again'],
  ['updated', 'updated'],
  ['renotified', 'shown once more, under another id'],
  ['redated', 'with another date'],
  ['readdressed', 'with another address'],
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
  return [...lines, ...movedReport(changes.moved), ...urlReport(changes.url)]
}

function movedReport(moved: Changes['moved']): string[] {
  if (moved.length === 0) return []
  const lines = moved.map(({ key, from, to }) => `  ${printable(key)}  ${printable(from)} → ${printable(to)}`)
  return [`${count(moved.length, 'collection', 'collections')} with another address:`, ...lines]
}

function urlReport(url: Changes['url']): string[] {
  if (!url) return []
  const move = `  ${printable(url.from)} → ${printable(url.to)}`
  return [
    'Every address changes, of articles, pages and feeds:',
    move,
    '  Ids stay, so nothing turns unread. Let the old address redirect to the new one, path by path.',
  ]
}

function changedLine({ title, id, before }: Changed): string {
  return `  ${printable(title)}  ${printable(id)}${before === null ? '' : `  (before: ${printable(before)})`}`
}
