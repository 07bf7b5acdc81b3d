import { divide, fillArchives, lastArchives } from '../catalog/archives.ts'
import {
  type CollectionEntries,
  settleCollectionAddresses,
  uncontested,
} from '../catalog/collection-addresses.ts'
import { collect, collectChanges, groupsOf, limitOf } from '../catalog/collections.ts'
import { nextLedger, withdrawnAt } from '../catalog/identity.ts'
import { type ArticleChanges, newestFirst, withChanges } from '../catalog/order.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { CollectionEntry, Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { mapWith } from '../text/layered-map.ts'

/** What is published, in its collections and archives, and what is to be remembered of it. */
export interface GatheredArticles {
  /** Those that are published, newest first. */
  articles: Article[]
  /** Those that come or go by themselves. */
  timed: Article[]
  collections: Collection[]
  /** Of every article above. */
  entries: Map<Article, LedgerEntry>
  ledger: Ledger
  /** The highest number of each collection's archives, by its key. */
  lastArchives: Map<string, number>
}

/** @param ledger what was remembered before */
export function gather(
  published: Article[],
  timed: Article[],
  identified: ReadonlyMap<Article, LedgerEntry>,
  ledger: Ledger,
  site: Site,
  { now, archived = true }: { now: number; archived?: boolean },
): GatheredArticles {
  const entries = new Map([...timed, ...published].map(article => [article, identified.get(article)!]))
  const articles = published.toSorted(newestFirst)
  const last = lastArchives(ledger.entries.values())
  // A ledger of earlier days knows no collections: those of articles it knows were published before all others.
  const isKnown = (article: Article) => ledger.entries.get(entries.get(article)!.id)?.withdrawn === null
  const old = ledger.collections ? [] : articles.filter(isKnown)
  const remembered = rememberCollections(
    ledger.collections && uncontested(ledger.collections),
    [old, articles, timed],
    entries,
  )
  const collected = collect(articles, collectOptions(site, entries, remembered))
  const filled = archived
    ? fillArchives(collected, entries, last, collection => limitOf(collection, site))
    : new Map()
  for (const [article, entry] of filled) entries.set(article, entry)
  const collections = dividedAgain(collected, filled, entries, site)
  const next = nextLedger(ledger, [...entries.values()], now, withLanguages(remembered, collected, entries))
  return { articles, timed, collections, entries, ledger: next, lastArchives: last }
}

export interface GatheringChanges {
  /** Of the articles that are published. */
  published: ArticleChanges
  /** Of those that are published or wait for their time. */
  visible: ArticleChanges
  /** All that come or go by themselves. */
  timed: Article[]
}

/**
 * The same as `gather` of everything, by looking at nothing but what changed. `before.entries` is brought up to date in
 * place.
 * @param identified what is remembered of what became visible
 */
export function gatherChanges(
  before: GatheredArticles,
  { published, visible, timed }: GatheringChanges,
  identified: ReadonlyMap<Article, LedgerEntry>,
  site: Site,
  now: number,
): GatheredArticles {
  const changed = new Map(visible.added.map(article => [article, identified.get(article)!]))
  const { entries } = before
  const gone = visible.removed.map(article => entries.get(article)!)
  for (const article of visible.removed) entries.delete(article)
  for (const [article, entry] of changed) entries.set(article, entry)
  const articles = withChanges(before.articles, published.removed, published.added)
  const remembered = rememberCollections(before.ledger.collections, [published.added, visible.added], entries)
  const options = collectOptions(site, entries, remembered)
  const collected =
    collectChanges(before.collections, articles, published, options) ?? collect(articles, options)
  const known = new Set(before.collections)
  const concerned = collected.filter(collection => !known.has(collection))
  const filled = fillArchives(concerned, entries, before.lastArchives, collection =>
    limitOf(collection, site),
  )
  for (const [article, entry] of filled) entries.set(article, entry)
  const collections = dividedAgain(collected, filled, entries, site)
  const present = [...new Map([...changed, ...filled]).values()]
  const next = ledgerAfter(before.ledger, present, gone, now, withLanguages(remembered, concerned, entries))
  return { articles, timed, collections, entries, ledger: next, lastArchives: before.lastArchives }
}

function dividedAgain(
  collections: Collection[],
  filled: ReadonlyMap<Article, LedgerEntry>,
  entries: ReadonlyMap<Article, LedgerEntry>,
  site: Site,
): Collection[] {
  if (filled.size === 0) return collections
  return collections.map(collection =>
    collection.newest.some(article => filled.has(article))
      ? divide(collection, entries, limitOf(collection, site))
      : collection,
  )
}

function ledgerAfter(
  former: Ledger,
  present: LedgerEntry[],
  gone: LedgerEntry[],
  now: number,
  collections: CollectionEntries | undefined,
): Ledger {
  const after = new Map(gone.map(entry => [entry.id, withdrawnAt(entry, now)]))
  for (const entry of present) after.set(entry.id, entry)
  for (const [id, entry] of after) if (former.entries.get(id) === entry) after.delete(id)
  if (after.size === 0 && collections === former.collections) return former
  const entries = mapWith(former.entries, after)
  return { authority: former.authority, entries, ...(collections && { collections }) }
}

/**
 * What is remembered of collections once these articles are published; the same object where all are known. Languages are
 * left to `withLanguages`.
 * @param groups articles by when they are published: collections of the first have their addresses before the others'
 */
function rememberCollections(
  known: CollectionEntries | undefined,
  groups: Article[][],
  entries: ReadonlyMap<Article, LedgerEntry>,
): CollectionEntries | undefined {
  return groups.reduce((remembered, articles) => {
    const first = new Map<string, number>()
    for (const article of articles)
      for (const key of groupsOf(article))
        if (!remembered?.has(key) && !key.startsWith('language '))
          first.set(key, Math.min(first.get(key) ?? Number.POSITIVE_INFINITY, entries.get(article)!.first))
    return withEntries(
      remembered,
      [...settleCollectionAddresses(first.keys(), remembered ?? new Map())].map(([key, address]) => ({
        key,
        first: first.get(key)!,
        address,
        formerAddresses: [],
      })),
    )
  }, known)
}

/** Whether a language is a collection is known when all are counted. No two of them want one address. */
function withLanguages(
  known: CollectionEntries | undefined,
  collections: Collection[],
  entries: ReadonlyMap<Article, LedgerEntry>,
): CollectionEntries | undefined {
  const fresh = collections.filter(({ kind, key }) => kind === 'language' && !known?.has(key))
  return withEntries(
    known,
    fresh.map(({ key, path, articles }) => ({
      key,
      first: articles.reduce(
        (first, article) => Math.min(first, entries.get(article)!.first),
        Number.POSITIVE_INFINITY,
      ),
      address: path,
      formerAddresses: [],
    })),
  )
}

function withEntries(
  known: CollectionEntries | undefined,
  added: CollectionEntry[],
): CollectionEntries | undefined {
  if (added.length === 0) return known
  return new Map([...(known ?? []), ...added.map((entry): [string, CollectionEntry] => [entry.key, entry])])
}

function collectOptions(
  { title, limit, feeds }: Site,
  entries: ReadonlyMap<Article, LedgerEntry>,
  remembered: CollectionEntries | undefined,
) {
  return { title, limit, feeds, entries, remembered }
}
