import { isReservedPath, settleAddresses } from '../catalog/addresses.ts'
import { claimedId, identify } from '../catalog/identity.ts'
import type { Candidate } from '../catalog/recognise.ts'
import type { Article, ParsedArticle } from '../model/article.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { publicationPath } from '../text/urls.ts'
import { settleLinks } from './article-links.ts'
import type { ArticleDigests, FileReading } from './read-articles.ts'

/** The articles of a folder with their ids and addresses. `identifyChanges` brings it up to date in place. */
export interface IdentifiedFolder {
  /** By path. */
  articles: Map<string, Article>
  /** What is remembered of each, should it be published. */
  entries: Map<Article, LedgerEntry>
  /** By path. */
  diagnostics: Map<string, Diagnostic[]>
  /** What they were identified by. */
  ledger: Ledger
  /** What has to be known to identify a few articles anew, the others staying what they are. */
  ties: Ties
}

interface Ties {
  /** Addresses as they were before addresses were settled, where they are other ones now, by path. */
  wanted: Map<string, string>
  /** Which article has a path on the publication. */
  holders: Map<string, string>
  /** Articles that could not have the address they wanted. */
  moved: Set<string>
  /** Articles that lead to others. */
  linking: Set<string>
  /** An article claims an id that is not its own: who is who hangs on every other one. */
  contested: boolean
  /** Ids of the ledger that no article has. */
  unheld: Set<string>
}

export interface IdentifyOptions {
  /** Epoch milliseconds. */
  now: number
  ledger?: Ledger | null
  ledgerKept?: boolean
}

/** What came and what went between two looks at a folder; a changed file did both. */
export interface ReadingChanges {
  removed: FileReading[]
  added: FileReading[]
}

export type ReadableReading = FileReading & { article: ParsedArticle; digests: ArticleDigests }

export function isReadable(reading: FileReading): reading is ReadableReading {
  return reading.article !== null
}

/** Gives every article its address and its id. */
export function identifyFolder(
  readings: FileReading[],
  site: Site,
  options: IdentifyOptions,
): IdentifiedFolder {
  const readable = readings.filter(isReadable)
  const addresses = settleAddresses(
    readable.map(({ article }) => article),
    site,
  )
  const links = settleLinks(
    addresses.articles.map((article, index) => ({ article, links: readable[index]!.links })),
    site.url,
  )
  const ledger = options.ledger ?? { authority: site.tagAuthority, entries: new Map() }
  const candidates = links.articles.map(({ article, targets }, index) =>
    candidateOf(article, targets, readable[index]!),
  )
  const undated = site.undated === 'first-seen' && options.ledgerKept === true
  const { articles, entries, diagnostics } = identify(
    candidates,
    ledger,
    { url: site.url, undated },
    options.now,
  )
  const byPath = new Map(articles.map((article, index) => [readable[index]!.file.path, article]))
  const found = [...addresses.diagnostics, ...links.diagnostics, ...diagnostics]
  const ties: Ties = {
    wanted: new Map(),
    holders: new Map(),
    moved: new Set(addresses.diagnostics.map(({ path }) => path)),
    linking: new Set(),
    contested: diagnostics.length > 0,
    unheld: new Set(ledger.entries.keys()),
  }
  readable.forEach((reading, index) => {
    const article = articles[index]!
    tie(ties, reading, article, entries.get(article)!, ledger)
    shareArticle(reading, article, links.articles[index]!.article)
  })
  return {
    articles: byPath,
    entries,
    diagnostics: Map.groupBy(found, ({ path }) => path),
    ledger,
    ties,
  }
}

/**
 * The same as `identifyFolder` of the whole folder, by looking at nothing but what changed; null where what changed may
 * change others: an address that another article has or wants, a link's target, an id that is claimed. What is given
 * is changed then, and only then.
 * @param next the ledger that the former look led to
 */
export function identifyChanges(
  before: IdentifiedFolder,
  next: Ledger,
  changes: ReadingChanges,
  site: Site,
  options: IdentifyOptions,
): IdentifiedFolder | null {
  // Identified by the same ledger, or by what came of it.
  const given = options.ledger ?? before.ledger
  if (given !== next && (options.ledger != null || before.ledger.entries.size > 0)) return null
  const ledger = options.ledger ?? before.ledger
  const { ties } = before
  if (ties.contested) return null
  const removed = changes.removed.filter(isReadable)
  const added = changes.added.filter(isReadable)
  if (!keepsAddresses(before, removed, added, site)) return null

  const linkable = added.map(({ article, links }) => ({ article, links }))
  const urls = new Map(added.map(({ article }) => [article.path, article.url]))
  const links = settleLinks(linkable, site.url, path => urls.get(path) ?? before.articles.get(path)?.url)
  const candidates = links.articles.map(({ article, targets }, index) =>
    candidateOf(article, targets, added[index]!),
  )
  const left = removed.map(({ article }) => before.articles.get(article.path)!)
  const freeIds = new Set([...ties.unheld, ...left.map(({ id }) => id)])
  // What was never published is remembered by nobody: its id is free with its file.
  const holderOf = (id: string) =>
    freeIds.has(id) ? ledger.entries.get(id)?.path : next.entries.get(id)?.path
  for (const { article } of candidates) {
    const claimed = claimedId(article, ledger.authority)
    if (claimed !== null && !freeIds.has(claimed) && holderOf(claimed) !== undefined) return null
  }
  const free = [...freeIds].flatMap(id => ledger.entries.get(id) ?? [])
  const undated = site.undated === 'first-seen' && options.ledgerKept === true
  const identified = identify(candidates, ledger, { url: site.url, undated }, options.now, { free, holderOf })
  if (identified.diagnostics.length > 0) return null

  const { articles, entries, diagnostics } = before
  for (const article of left) {
    untie(ties, article, entries.get(article)!, ledger)
    articles.delete(article.path)
    entries.delete(article)
    diagnostics.delete(article.path)
  }
  const same = new Map(left.map(article => [article.fingerprint, article]))
  added.forEach((reading, index) => {
    const made = identified.articles[index]!
    // A file that was only touched says what it said: nothing that was made of it is made again.
    const article = same.get(made.fingerprint) ?? made
    const entry = identified.entries.get(made)!
    articles.set(article.path, article)
    entries.set(article, entry)
    tie(ties, reading, article, entry, ledger)
    shareArticle(reading, article, links.articles[index]!.article)
  })
  for (const [path, found] of Map.groupBy(links.diagnostics, ({ path }) => path)) diagnostics.set(path, found)
  return { articles, entries, diagnostics, ledger, ties }
}

/** Whether no address that others have, want or lead to comes or goes. */
function keepsAddresses(
  { ties, articles }: IdentifiedFolder,
  removed: ReadableReading[],
  added: ReadableReading[],
  site: Site,
): boolean {
  const wanted = new Map(added.map(({ article }) => [article.path, article.url]))
  const formerlyWanted = (path: string) => ties.wanted.get(path) ?? articles.get(path)!.url
  const changed = removed.filter(({ article }) => wanted.get(article.path) !== formerlyWanted(article.path))
  const known = new Set(removed.map(({ article }) => article.path))
  const fresh = added.filter(
    ({ article }) => !known.has(article.path) || formerlyWanted(article.path) !== article.url,
  )
  if (added.some(({ article }) => ties.moved.has(article.path))) return false
  if (changed.length === 0 && fresh.length === 0) return true
  if (ties.moved.size > 0 || ties.linking.size > 0) return false
  const freed = new Set(changed.map(({ article }) => article.path))
  const taken = new Set<string>()
  return fresh.every(({ article, links }) => {
    const path = publicationPath(article.url, site.url)
    if (links.length > 0) return false
    if (path === null) return true
    const holder = ties.holders.get(path)
    if (isReservedPath(path) || taken.has(path) || (holder !== undefined && !freed.has(holder))) return false
    taken.add(path)
    return true
  })
}

/** One object in place of two, where the folder has given the article nothing but its id: it says all that was parsed. */
function shareArticle(reading: ReadableReading, article: Article, settled: ParsedArticle): void {
  if (settled === reading.article && article.published === settled.published) reading.article = article
}

function tie(
  ties: Ties,
  { article, links }: ReadableReading,
  settled: Article,
  { address }: LedgerEntry,
  ledger: Ledger,
) {
  const { path, url, id } = settled
  if (article.url !== url) ties.wanted.set(path, article.url)
  if (isOnPublication(address)) ties.holders.set(address, path)
  if (links.length > 0) ties.linking.add(path)
  if (claimedId(settled, ledger.authority) !== null && claimedId(settled, ledger.authority) !== id)
    ties.contested = true
  ties.unheld.delete(id)
}

function untie(ties: Ties, { path, id }: Article, { address }: LedgerEntry, ledger: Ledger) {
  ties.wanted.delete(path)
  if (ties.holders.get(address) === path) ties.holders.delete(address)
  ties.linking.delete(path)
  if (ledger.entries.has(id)) ties.unheld.add(id)
}

/** Else it is the whole address of an article that is read elsewhere. */
const isOnPublication = (address: string) => address.startsWith('/')

/** @param targets where its links to other articles lead: part of what it says, and settled after it was parsed */
function candidateOf(
  article: ParsedArticle,
  targets: string[],
  { article: parsed, digests: { words, sketch, content } }: ReadableReading,
): Candidate {
  if (targets.length === 0 && article === parsed) return { article, words, sketch, content }
  return { article, words, sketch, content: fingerprintOf([content, article.url, ...targets]) }
}
