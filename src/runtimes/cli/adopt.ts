import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Adoption, adoptFeed } from '../../catalog/adopt.ts'
import type { PresetName } from '../../model/preset.ts'
import { type Site, siteDefaults } from '../../model/site.ts'
import { settingsFile } from '../../settings/settings.ts'
import { tomlText } from '../../settings/starting-settings.ts'
import { safeJson } from '../../text/escape.ts'
import { ledgerFile, openLedger } from '../node/ledger-file.ts'
import { readFeed } from './diff.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure } from './ledger-messages.ts'
import {
  findFolder,
  loadSettings,
  type PublicationFolder,
  settingsText,
  type UrlOption,
} from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'
import { assertWordOrder } from './word-order.ts'

export interface AdoptOptions {
  json?: boolean
  url: UrlOption | null
  preset?: PresetName
  /** The number of articles that take another id although Broadsheet has published them. */
  accept?: number
}

/**
 * Takes over the ids and dates of a feed that people are subscribed to, so that nothing turns unread when Broadsheet
 * publishes it. Writes the ledger, and the old feed's limit into settings that have none.
 */
export async function adopt(
  feed: string,
  named: string | undefined,
  options: AdoptOptions,
  terminal: Terminal,
): Promise<number> {
  assertWordOrder(['adopt', 'feed'], [feed, named], word => /^https?:/i.test(word) || existsSync(word))
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
  const { title, records, unknown } = await readFeed(feed)
  const ledger = openLedger(folder.path)
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const { inspection, before } = await folderPublisher(folder, { say: terminal.say, ledger })
    .plan(site)
    .catch(refuse)
  const readable = inspection.files.flatMap(({ article }) => article ?? [])
  const known = before.ledger ?? { authority: inspection.ledger.authority, entries: new Map() }
  const published = inspection.articles
  const tried = adoptFeed(records, readable, inspection.entryOf, known, { published })
  const overrule = options.accept !== undefined && options.accept > 0 && options.accept === tried.kept.length
  const adoption = overrule
    ? adoptFeed(records, readable, inspection.entryOf, known, { overrule, published })
    : tried
  if (adoption.adopted.length > 0) await ledger.write(adoption.ledger, before.version).catch(refuse)
  const taken =
    adoption.adopted.length > 0 ? keepOfFeed(folder, site, { title, held: records.length }) : nothingTaken
  if (options.json) {
    const { ledger: _, ...found } = adoption
    terminal.out(`${safeJson({ ...found, unknown, ...taken }, 2)}\n`)
  } else {
    report(adoption, { feed, folder, overrule, taken }, terminal)
    tellFaults(adoption, unknown, terminal)
    if (adoption.adopted.length > 0)
      terminal.say(`Written to ${folder.shown}/${ledgerFile}. Commit it with your articles.`)
  }
  const isWhole = [
    adoption.unmatched,
    unknown,
    adoption.shared.filter(({ isOfSeveral }) => isOfSeveral),
  ].every(list => list.length === 0)
  return isWhole ? exitCodes.ok : exitCodes.findings
}

/** What of the old feed could not be taken over, item by item. */
function tellFaults({ unmatched, shared }: Adoption, unknown: number[], terminal: Terminal): void {
  for (const { id, items, path, isOfSeveral } of shared) {
    const named = items.map(({ item, title }) => `${item} ("${printable(title ?? '')}")`)
    const taker = path === null ? 'no article was found for any of them' : `${printable(path)} takes it`
    terminal.say(
      isOfSeveral
        ? `Items ${listOf(named)} of the feed have one id, ${printable(id)}, and readers know one article by it: ${taker}. What else is among them has an id of its own: subscribers see it once more.`
        : `Items ${listOf(named)} of the feed are one and the same, ${printable(id)}: ${taker}.`,
    )
  }
  if (unmatched.length > 0)
    terminal.say(`No article was found for ${count(unmatched.length, 'item')} of the feed:`)
  for (const { title, url, id } of unmatched)
    terminal.say(`  ${printable(title ?? id)}  ${printable(url ?? '')}`)
  if (unknown.length > 0)
    terminal.say(
      `${unknown.length === 1 ? 'Item' : 'Items'} ${listOf(unknown.map(String))} of the feed ${unknown.length === 1 ? 'has' : 'have'} neither id nor link: no reader knows such a one again, and nothing is taken over of it.`,
    )
}

const listOf = (words: readonly string[]) => new Intl.ListFormat('en-GB').format(words)

/** For people: what was taken over, what stays as it was, and what that means for subscribers. */
function report(
  { adopted, derived, older, kept }: Adoption,
  {
    feed,
    folder,
    overrule,
    taken,
  }: { feed: string; folder: PublicationFolder; overrule: boolean; taken: Taken },
  terminal: Terminal,
): void {
  terminal.say(
    `${count(adopted.length, 'article takes', 'articles take')} over the id and date it had in ${feed}.`,
  )
  for (const { path, id } of adopted) terminal.out(`${printable(path)}  ${printable(id)}\n`)
  if (derived > 0)
    terminal.say(
      `Of them ${count(derived, 'older one')} that the feed holds no more: their ids are made of their addresses, as those of its items are.`,
    )
  if (older > 0)
    terminal.say(
      `${count(older, 'older article', 'older articles')} that the feed holds no more: published at their own dates, under their own ids.`,
    )
  if (!overrule) {
    for (const { path, id } of kept)
      terminal.say(`${printable(path)} keeps the id that Broadsheet published it under: ${printable(id)}`)
    if (kept.length > 0)
      terminal.say(
        `With --accept ${kept.length} they take the old feed's ids: right where its subscribers are many, for those who came since see ${kept.length === 1 ? 'it' : 'them'} once more.`,
      )
  } else
    terminal.say(
      `${count(kept.length, 'article')} had been published under another id: whoever subscribed since then sees ${kept.length === 1 ? 'it' : 'them'} once more.`,
    )
  const { limit, title: called } = taken
  if (limit !== null)
    terminal.say(
      `The old feed held ${limit} articles, and so will the new ones (\`limit = ${limit}\` in ${folder.shown}/${settingsFile}): more would turn up as new.`,
    )
  if (called !== null)
    terminal.say(
      `The old feed is called "${printable(called)}", and so will be the new ones (\`title\` in ${folder.shown}/${settingsFile}).`,
    )
}

/** What the settings say of the old feed from now on; null where they stay as they are. */
interface Taken {
  limit: number | null
  title: string | null
}
const nothingTaken: Taken = { limit: null, title: null }

/**
 * The old feed's limit and title as settings, where nobody has set them: a larger feed would show older articles to subscribers who never had them,
 * and one of another name is another feed to them.
 */
function keepOfFeed(
  folder: PublicationFolder,
  site: Site,
  { title, held }: { title: string | null; held: number },
): Taken {
  const toml = settingsText(folder) ?? ''
  const isSet = (setting: string) => new RegExp(`^\\s*${setting}\\s*=`, 'm').test(toml)
  const taken: Taken = {
    limit:
      site.limit === siteDefaults.limit && held < site.limit && held > 0 && !isSet('limit') ? held : null,
    title: site.title === siteDefaults.title && !isSet('title') ? title : null,
  }
  const lines = [
    ...(taken.title === null ? [] : [`title = ${tomlText(taken.title)}`]),
    ...(taken.limit === null
      ? []
      : [
          '# As many as the feed held that was adopted: more would turn up as new.',
          `limit = ${taken.limit}`,
        ]),
  ]
  if (lines.length === 0) return taken
  // Keys at the top come before any table, so the first line is always right.
  const [schema = ''] = /^#:schema .*\n/.exec(toml) ?? []
  writeFileSync(join(folder.path, settingsFile), `${schema}${lines.join('\n')}\n${toml.slice(schema.length)}`)
  return taken
}
