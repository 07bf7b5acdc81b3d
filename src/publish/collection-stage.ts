import {
  type EntryOf,
  type FilledArchives,
  fillArchives,
  lastArchives,
  withNewArchives,
} from '../catalog/archives.ts'
import {
  type CollectionEntries,
  settleCollectionAddresses,
  uncontested,
} from '../catalog/collection-addresses.ts'
import { heldBy, rememberContents } from '../catalog/collection-contents.ts'
import { collect, createGroupsOf, type GroupsOf, limitOf } from '../catalog/collections.ts'
import { entriesBeside, nextLedger } from '../catalog/next-ledger.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { CollectionEntry, Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { PersistentMap } from '../text/persistent-map.ts'
import type { VisibleChanges } from './visible-stage.ts'

/** What is published, in its collections and archives, and what is to be remembered of it. It never changes. */
export interface CollectedArticles {
  /** Of those that are published; all of them first. */
  collections: Collection[]
  ledger: Ledger
  /** The highest number of each collection's archives, by its key. */
  lastArchives: ReadonlyMap<string, number>
}

export interface CollectionContext {
  /** Epoch milliseconds. */
  now: number
  /** What was published before; null: nothing is known. */
  ledger: Ledger | null
  /** Whether full archives are parted from the newest articles: only who remembers them can. */
  archived: boolean
  /** Whether what the ledger does not know yet will be kept. */
  ledgerKept: boolean
  /** Whether a file cannot be read just now: what the ledger says of it stays. */
  isUnavailable(path: string): boolean
}

/** All that is visible, for a look at everything. */
export interface VisibleArticles {
  published: Article[]
  /** Those that are published or wait for their time. */
  visible: Article[]
  entryOf: EntryOf
}

export interface CollectionStage {
  /** @param everything asked only where what was published before is not what this stage came to last */
  apply(
    changes: VisibleChanges,
    everything: () => VisibleArticles,
    context: CollectionContext,
  ): CollectedArticles
  /** What the last look came to; null: there was none. */
  last(): CollectedArticles | null
}

/** Puts articles into collections and archives, and keeps the ledger. */
export function createCollectionStage(site: Site): CollectionStage {
  let last: CollectedArticles | null = null
  return {
    apply(changes, everything, context) {
      // Of a preview nothing is remembered: its archives are filled anew each time.
      const isNext = last !== null && context.ledger === last.ledger
      last =
        isNext && last
          ? afterChanges(last, changes, site, context)
          : ofEverything(everything(), site, context)
      return last
    },
    last: () => last,
  }
}

function ofEverything(
  { published, visible, entryOf }: VisibleArticles,
  site: Site,
  context: CollectionContext,
): CollectedArticles {
  const ledger = context.ledger ?? { authority: site.tagAuthority, entries: PersistentMap.empty }
  const entries = new Map(
    visible.flatMap(article => {
      const entry = entryOf(article)
      return entry ? [[article, entry] as const] : []
    }),
  )
  const { other, without } = entriesBeside(ledger, entries.values())
  const gone = without.filter(({ path }) => !context.isUnavailable(path))
  // A ledger of earlier days knows no collections: those of articles it knows were published before all others.
  const isKnown = ({ id }: Article) => ledger.entries.get(id)?.withdrawn === null
  const old = ledger.collections ? [] : published.filter(isKnown)
  const start = {
    collections: [],
    ledger,
    collectionEntries: ledger.collections && uncontested(ledger.collections),
    lastArchives: lastArchives(ledger.entries.values()),
  }
  const changes = { published: { removed: [], added: published }, gone, entries, other }
  return step(start, changes, [old, published, visible], site, context)
}

function afterChanges(
  before: CollectedArticles,
  { published, visible, entries }: VisibleChanges,
  site: Site,
  context: CollectionContext,
): CollectedArticles {
  if ([published, visible].every(({ removed, added }) => removed.length + added.length === 0)) return before
  const stays = new Set([...entries.values()].map(({ id }) => id))
  const gone = visible.removed.flatMap(({ id }) =>
    stays.has(id) ? [] : (before.ledger.entries.get(id) ?? []),
  )
  const start = { ...before, collectionEntries: before.ledger.collections }
  return step(
    start,
    { published, gone, entries, other: entries.values() },
    [published.added, visible.added],
    site,
    context,
  )
}

/**
 * From what was published to what is published now: the first time from nothing.
 * @param groups articles by when they are published: see `rememberCollections`
 */
function step(
  before: CollectedArticles & { collectionEntries: CollectionEntries | undefined },
  changes: Pick<VisibleChanges, 'published' | 'entries'> & {
    gone: LedgerEntry[]
    /** Entries that the ledger may not have as they are. */
    other: Iterable<LedgerEntry>
  },
  groups: (readonly Article[])[],
  site: Site,
  { now, archived, ledgerKept }: CollectionContext,
): CollectedArticles {
  const known = nextLedger(before.ledger, changes.other, changes.gone, now)
  const entryOf: EntryOf = article => changes.entries.get(article) ?? known.entries.get(article.id)
  const groupsOf = eachOnce(createGroupsOf())
  const remembered = rememberCollections(before.collectionEntries, groups, groupsOf, entryOf)
  const { title, limit, feeds } = site
  const options = { title, limit, feeds, entryOf, remembered, groupsOf }
  const collected = collect(before.collections, changes.published, options)
  const former = new Set(before.collections)
  const concerned = collected.filter(collection => !former.has(collection))
  const filled: FilledArchives = archived
    ? fillArchives(concerned, entryOf, before.lastArchives, collection => limitOf(collection, site))
    : { entries: new Map(), last: before.lastArchives }
  const withFilled = withArchives(
    collected,
    filled.entries,
    article => filled.entries.get(article.id) ?? entryOf(article),
    site,
  )
  const wasKnown = ({ id }: Article) => before.ledger.entries.get(id)?.withdrawn === null
  const collections = rememberContents(
    withLanguages(remembered, concerned, entryOf),
    withFilled.filter(collection => !former.has(collection)),
    collection => heldBy(collection, site),
    wasKnown,
    now,
  )
  const ledger = nextLedger(
    known,
    filled.entries.values(),
    [],
    now,
    collections,
    addressKept(site, known, ledgerKept),
  )
  return {
    collections: withFilled.map(collection =>
      former.has(collection) ? collection : withChange(collection, collections),
    ),
    ledger,
    lastArchives: filled.last,
  }
}

function withChange(collection: Collection, remembered: CollectionEntries | undefined): Collection {
  const changed = remembered?.get(collection.key)?.contents?.changed ?? null
  return changed === null ? collection : { ...collection, changed }
}

/** Each article is asked for twice in a step: for what is remembered of its collections, and to put it into them. */
function eachOnce(groupsOf: GroupsOf): GroupsOf {
  const known = new Map<Article, readonly string[]>()
  return article => {
    const groups = known.get(article) ?? groupsOf(article)
    known.set(article, groups)
    return groups
  }
}

/** A preview's address is nobody's, and an older ledger that can't be written stays as it is. */
const addressKept = ({ preview, url }: Site, known: Ledger, ledgerKept: boolean) =>
  preview || (known.url === undefined && !ledgerKept) ? known.url : url

/** Articles that now belong to an archive move there. */
function withArchives(
  collections: Collection[],
  filled: FilledArchives['entries'],
  entryOf: EntryOf,
  site: Site,
): Collection[] {
  if (filled.size === 0) return collections
  return collections.map(collection =>
    collection.newest.some(({ id }) => filled.has(id))
      ? withNewArchives(collection, entryOf, limitOf(collection, site))
      : collection,
  )
}

/**
 * What is remembered of collections once these articles are published; the same object where all are known. Languages are
 * left to `withLanguages`.
 * @param groups articles by when they are published: collections of the first have their addresses before the others'
 */
function rememberCollections(
  known: CollectionEntries | undefined,
  groups: (readonly Article[])[],
  groupsOf: GroupsOf,
  entryOf: EntryOf,
): CollectionEntries | undefined {
  const seen = new Set<Article>()
  return groups.reduce((remembered, articles) => {
    const first = new Map<string, number>()
    const others = articles.filter(article => !seen.has(article))
    for (const article of others) seen.add(article)
    for (const article of others)
      for (const key of groupsOf(article))
        if (!remembered?.has(key) && !key.startsWith('language '))
          first.set(key, Math.min(first.get(key) ?? Number.POSITIVE_INFINITY, firstOf(article, entryOf)))
    const addresses = settleCollectionAddresses(first.keys(), remembered ?? new Map())
    return withEntries(
      remembered,
      [...addresses].map(([key, address]) => ({
        key,
        first: first.get(key) ?? 0,
        address,
        formerAddresses: [],
      })),
    )
  }, known)
}

const firstOf = (article: Article, entryOf: EntryOf) => entryOf(article)?.first ?? Number.POSITIVE_INFINITY

/** Whether a language is a collection is known when all are counted. No two of them want one address. */
function withLanguages(
  known: CollectionEntries | undefined,
  collections: Collection[],
  entryOf: EntryOf,
): CollectionEntries | undefined {
  const fresh = collections.filter(({ kind, key }) => kind === 'language' && !known?.has(key))
  return withEntries(
    known,
    fresh.map(({ key, path, articles }) => ({
      key,
      first: articles.reduce(
        (first, article) => Math.min(first, firstOf(article, entryOf)),
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
