import { adoptFeed } from '../../catalog/adopt.ts'
import type { PresetName } from '../../model/preset.ts'
import { folderSource } from '../../source/folder.ts'
import { ledgerFile, ledgerIn } from '../node/ledger-file.ts'
import { parseCacheFor } from '../node/parse-cache.ts'
import { createPublisher } from '../node/publisher.ts'
import { readingThreads } from '../node/reading-threads.ts'
import { readFeed } from './diff.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { ledgerFailure } from './ledger-talk.ts'
import { findFolder, loadSettings, type UrlOption } from './publication-folder.ts'
import { count, harmless, type Terminal } from './terminal.ts'

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
  const ledger = ledgerIn(folder.path)
  const publisher = createPublisher({
    source: folderSource(folder.path),
    ledger,
    cache: parseCacheFor(folder.path),
    findHelp: readingThreads(folder.path),
    clock: Date.now,
  })
  const { inspection, before } = await publisher.survey(site).catch(error => {
    throw ledgerFailure(error, folder)
  })
  const readable = inspection.files.flatMap(({ article }) => article ?? [])
  const known = before ?? { authority: inspection.ledger.authority, entries: new Map() }
  const adoption = adoptFeed(records, readable, inspection.entries, known)
  if (adoption.adopted.length > 0) await ledger.write(adoption.ledger)
  if (options.json) {
    const { adopted, unmatched, kept } = adoption
    terminal.out(`${JSON.stringify({ adopted, unmatched, kept }, null, 2)}\n`)
    return unmatched.length > 0 ? exitCodes.findings : exitCodes.ok
  }
  const { adopted, unmatched, kept } = adoption
  terminal.say(
    `${count(adopted.length, 'article takes', 'articles take')} over the id and date it had in ${feed}.`,
  )
  for (const { path, id } of adopted) terminal.out(`${harmless(path)}  ${harmless(id)}\n`)
  for (const { path, id } of kept)
    terminal.say(`${harmless(path)} keeps the id that Broadsheet published it under: ${harmless(id)}`)
  if (unmatched.length > 0)
    terminal.say(`No article was found for ${count(unmatched.length, 'item')} of the feed:`)
  for (const { title, url, id } of unmatched)
    terminal.say(`  ${harmless(title ?? id)}  ${harmless(url ?? '')}`)
  if (adopted.length > 0)
    terminal.say(`Written to ${folder.shown}/${ledgerFile}. Commit it with your articles.`)
  return unmatched.length > 0 ? exitCodes.findings : exitCodes.ok
}
