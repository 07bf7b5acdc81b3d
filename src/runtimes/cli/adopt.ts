import { adoptFeed } from '../../catalog/adopt.ts'
import type { PresetName } from '../../model/preset.ts'
import { safeJson } from '../../text/escape.ts'
import { ledgerFile, openLedger } from '../node/ledger-file.ts'
import { readFeed } from './diff.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure } from './ledger-messages.ts'
import { findFolder, loadSettings, type UrlOption } from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface AdoptOptions {
  json?: boolean
  url: UrlOption | null
  preset?: PresetName
}

/**
 * Takes over the ids and dates of a feed that people are subscribed to, so that nothing turns unread when Broadsheet
 * publishes it. Writes the ledger, and nothing else.
 */
export async function adopt(
  feed: string,
  named: string | undefined,
  options: AdoptOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview')
    throw new CommandFailure(
      exitCodes.usage,
      'The publication has no address yet, and ids that are adopted are for ever.',
      {
        hint: `Set \`url = "https://…/"\` in ${folder.shown}/broadsheet.toml, or give --url.`,
      },
    )
  const records = await readFeed(feed)
  const ledger = openLedger(folder.path)
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const { inspection, before } = await folderPublisher(folder, { say: terminal.say, ledger })
    .plan(site)
    .catch(refuse)
  const readable = inspection.files.flatMap(({ article }) => article ?? [])
  const known = before.ledger ?? { authority: inspection.ledger.authority, entries: new Map() }
  const adoption = adoptFeed(records, readable, inspection.entryOf, known)
  if (adoption.adopted.length > 0) await ledger.write(adoption.ledger, before.version).catch(refuse)
  if (options.json) {
    const { adopted, unmatched, kept } = adoption
    terminal.out(`${safeJson({ adopted, unmatched, kept }, 2)}\n`)
    return unmatched.length > 0 ? exitCodes.findings : exitCodes.ok
  }
  const { adopted, unmatched, kept } = adoption
  terminal.say(
    `${count(adopted.length, 'article takes', 'articles take')} over the id and date it had in ${feed}.`,
  )
  for (const { path, id } of adopted) terminal.out(`${printable(path)}  ${printable(id)}\n`)
  for (const { path, id } of kept)
    terminal.say(`${printable(path)} keeps the id that Broadsheet published it under: ${printable(id)}`)
  if (unmatched.length > 0)
    terminal.say(`No article was found for ${count(unmatched.length, 'item')} of the feed:`)
  for (const { title, url, id } of unmatched)
    terminal.say(`  ${printable(title ?? id)}  ${printable(url ?? '')}`)
  if (adopted.length > 0)
    terminal.say(`Written to ${folder.shown}/${ledgerFile}. Commit it with your articles.`)
  return unmatched.length > 0 ? exitCodes.findings : exitCodes.ok
}
