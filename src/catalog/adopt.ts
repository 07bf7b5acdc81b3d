import type { Article } from '../model/article.ts'
import type { FeedRecord } from '../model/feed-record.ts'
import type { Ledger } from '../model/ledger.ts'
import type { EntryOf } from './archives.ts'
import { matchRecords, unmatchedOf } from './changes.ts'

export interface Adoption {
  ledger: Ledger
  /** Articles that now have the id, and the date, that the feed gave them. */
  adopted: { path: string; title: string; id: string }[]
  /** Of them those that the feed holds no more: their ids are made as those of its items plainly are. */
  derived: number
  /** Older articles that the feed holds no more, and that keep their own ids: subscribers had them once, so they are no news. */
  older: number
  /** Items of the feed that no article was found for. */
  unmatched: FeedRecord[]
  /** Ids that several items of the feed have. */
  shared: SharedId[]
  /** Articles whose id subscribers know from an earlier publication, so that it stays. */
  kept: { path: string; id: string; offered: string }[]
}

/** Readers know one article by an id, whatever the feed says of it. */
export interface SharedId {
  id: string
  items: FeedRecord[]
  /** The article that has it now; null where none was found. */
  path: string | null
  /** More than one thing listed twice: what else is among them has an id of its own, and is seen once more. */
  isOfSeveral: boolean
}

/**
 * Takes over the ids and dates of a feed that readers are subscribed to. Only articles that were not published by
 * Broadsheet before take another id: a known one is for ever, unless `overrule` says that the old feed's subscribers are the ones who count.
 * @param entryOf what would be remembered of each article without the feed
 * @param published those of the articles that are public now
 */
export function adoptFeed(
  records: FeedRecord[],
  articles: Article[],
  entryOf: EntryOf,
  ledger: Ledger,
  { overrule = false, published = [] }: { overrule?: boolean; published?: readonly Article[] } = {},
): Adoption {
  const found = matchRecords(records, articles)
  const derived = derivedRecords(found, articles)
  const matches = new Map([...found, ...derived])
  const remembered = new Map(ledger.entries)
  const adopted: Adoption['adopted'] = []
  const kept: Adoption['kept'] = []
  for (const [article, record] of matches) {
    const { path, title, id } = article
    if (ledger.entries.has(id) && id !== record.id) {
      // Of one that the old feed does not hold nobody is asked.
      if (found.has(article)) kept.push({ path, id, offered: record.id })
      if (!overrule) continue
      remembered.delete(id)
    }
    const entry = entryOf(article)
    if (!entry) continue
    const published = record.published ?? entry.published
    const own = entry.dated ?? article.published?.epoch ?? null
    const dated = own === published ? null : own
    remembered.set(record.id, { ...entry, id: record.id, first: published, published, dated, archives: {} })
    adopted.push({ path, title, id: record.id })
  }
  const oldest = oldestOf(found)
  const older = published.flatMap(article => {
    const isOlder = !matches.has(article) && article.published !== null && article.published.epoch < oldest
    return isOlder && !ledger.entries.has(article.id) ? (entryOf(article) ?? []) : []
  })
  // Else the first publication would take them for articles that are new now, and so for news.
  for (const entry of older) remembered.set(entry.id, { ...entry, first: entry.published, archives: {} })
  return {
    ledger: { ...ledger, entries: remembered },
    adopted,
    derived: adopted.filter(({ id }) => derivedIds(derived).has(id)).length,
    older: older.length,
    unmatched: unmatchedOf(records, matches),
    shared: sharedIds(records, found),
    kept,
  }
}

function sharedIds(records: readonly FeedRecord[], found: ReadonlyMap<Article, FeedRecord>): SharedId[] {
  const paths = new Map([...found].map(([{ path }, { id }]) => [id, path]))
  return [...Map.groupBy(records, ({ id }) => id)].flatMap(([id, items]) => {
    const isOfSeveral = new Set(items.map(({ url }) => url)).size > 1
    return items.length > 1 ? [{ id, items, path: paths.get(id) ?? null, isOfSeveral }] : []
  })
}

/** The date of the feed's oldest item, among those that were found: epoch ms. */
const oldestOf = (found: ReadonlyMap<Article, FeedRecord>) =>
  [...found].reduce(
    (oldest, [article, { published }]) =>
      Math.min(oldest, published ?? article.published?.epoch ?? Number.POSITIVE_INFINITY),
    found.size === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
  )

const derivedIds = (records: ReadonlyMap<Article, FeedRecord>) =>
  new Set([...records.values()].map(({ id }) => id))

/** How programs make ids of addresses: Hugo takes the address itself, Jekyll's feed leaves the extension or the slash at its end out. */
const makesOfAddress: ((url: string) => string)[] = [url => url, url => url.replace(/(?:\.html?|\/)$/, '')]

/**
 * Ids of articles that the feed does not hold any more, where every item that was found shows how they are made: of the address, in one and the
 * same way, and the address is what the article has here, but for the host. Where one item is otherwise nothing is derived.
 */
function derivedRecords(
  found: ReadonlyMap<Article, FeedRecord>,
  articles: Article[],
): Map<Article, FeedRecord> {
  const samples = [...found]
  const make = makesOfAddress.find(
    make =>
      samples.length > 0 &&
      samples.every(
        ([article, { id, url }]) => url !== null && id === make(url) && isSamePath(url, article.url),
      ),
  )
  const origin = URL.parse(samples[0]?.[1].url ?? '')?.origin
  if (!make || !origin) return new Map()
  return new Map(
    articles.flatMap(article => {
      const path = URL.parse(article.url)
      if (found.has(article) || !path) return []
      const url = origin + path.pathname + path.search
      return [
        [article, { item: null, id: make(url), url, title: article.title, published: null, updated: null }],
      ]
    }),
  )
}

function isSamePath(a: string, b: string): boolean {
  const [one, other] = [URL.parse(a), URL.parse(b)]
  return one !== null && one.pathname === other?.pathname && one.search === other.search
}
