import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import type { FeedRule, FeedSelection } from '../model/site.ts'
import { divide, divideChanges } from './archives.ts'
import {
  type CollectionEntries,
  collectionFolders,
  type GroupKind,
  settleCollectionAddresses,
} from './collection-addresses.ts'
import { type ArticleChanges, newestFirst, withChanges } from './order.ts'

interface Grouping {
  kind: GroupKind
  namesOf(article: Article): string[]
}

const groupings: Grouping[] = [
  { kind: 'tag', namesOf: article => article.tags },
  { kind: 'author', namesOf: article => article.authors.map(author => author.name) },
  { kind: 'section', namesOf: article => (article.section ? [article.section] : []) },
  { kind: 'language', namesOf: article => (article.language ? [article.language] : []) },
]

export interface CollectOptions {
  /** The publication's title. */
  title: string
  /** How many of the newest articles a subscription document holds. */
  limit: number
  /** What is remembered of the articles; empty: nothing is archived. */
  entries: ReadonlyMap<Article, LedgerEntry>
  /** Feeds that the publisher puts together. Default: none. */
  feeds?: FeedRule[]
  /** What is remembered of collections. Default: nothing, and each gets an address by its name. */
  remembered?: CollectionEntries | undefined
}

/** The keys of the collections that an article's own names put it into, in the order of their kinds. */
export function groupsOf(article: Article): string[] {
  return groupings.flatMap(({ kind, namesOf }) => [
    ...new Set(namesOf(article).map(name => collectionKey(kind, name))),
  ])
}

/** The key of the collection of a kind that a name belongs to. */
export const collectionKey = (kind: string, name: string): string => `${kind} ${sameName(name)}`

/**
 * The publication's collections: all articles first, then one for every tag, author, section and language, each in the
 * order of its path; then those that the publisher puts together. A single language is no collection of its own, unless
 * it was one among several before.
 */
export function collect(
  articles: Article[],
  { title, limit, entries, feeds = [], remembered = new Map() }: CollectOptions,
): Collection[] {
  const sorted = [...articles].sort(newestFirst)
  const all: Undivided = { kind: 'all', key: 'all', name: title, path: '/', articles: sorted }
  const grouped = groupings.flatMap(grouping => group(sorted, grouping, entries, remembered))
  const custom = feeds.map(rule => combine(sorted, rule))
  return [all, ...grouped, ...custom].map(collection =>
    divide(collection, entries, limitOf(collection, { limit, feeds })),
  )
}

/**
 * What `collect` gives after a few changes, by looking at the collections concerned alone: the others are the very same
 * objects. Null where a collection comes or goes, since that may change the addresses of others.
 * @param articles all of them, newest first
 */
export function collectChanges(
  before: Collection[],
  articles: Article[],
  { removed, added }: ArticleChanges,
  { limit, entries, feeds = [] }: CollectOptions,
): Collection[] | null {
  const came = keysOf(added, feeds)
  const went = keysOf(removed, feeds)
  const known = new Set(before.map(({ key }) => key))
  const kinds = new Set(before.map(({ kind }) => kind))
  for (const key of came.keys())
    if (!known.has(key) && (kinds.has('language') || !key.startsWith('language '))) return null
  // A second language makes two collections of what was none.
  if (!kinds.has('language') && hasTwoLanguages(articles, added)) return null
  const changed: Collection[] = []
  for (const collection of before) {
    const { key, kind } = collection
    const isAll = kind === 'all'
    const changes = isAll ? { removed, added } : { removed: went.get(key) ?? [], added: came.get(key) ?? [] }
    if (!isAll && changes.removed.length === 0 && changes.added.length === 0) {
      changed.push(collection)
      continue
    }
    const members = isAll ? articles : withChanges(collection.articles, changes.removed, changes.added)
    if (members.length === 0 && !isAll && kind !== 'custom') return null
    const name = nameOf(collection, members, changes, entries)
    const undivided = { kind, key, name, path: collection.path, articles: members }
    changed.push(
      divideChanges(collection, undivided, changes, entries, limitOf(collection, { limit, feeds })),
    )
  }
  return changed
}

/** How many of the newest articles a collection's subscription document holds, and how many an archive of it. */
export function limitOf(
  { key }: Pick<Collection, 'key'>,
  { limit, feeds }: { limit: number; feeds: FeedRule[] },
): number {
  return feeds.find(({ slug }) => `custom ${slug}` === key)?.limit ?? limit
}

/** The articles of every collection that any of them is in, by its key. */
function keysOf(articles: Article[], feeds: FeedRule[]): Map<string, Article[]> {
  const byKey = new Map<string, Article[]>()
  for (const article of articles) {
    const custom = feeds.filter(rule => fits(rule)(article)).map(({ slug }) => `custom ${slug}`)
    for (const key of [...groupsOf(article), ...custom]) {
      const list = byKey.get(key)
      if (list) list.push(article)
      else byKey.set(key, [article])
    }
  }
  return byKey
}

/** @param articles all of them, those that were added too: the others have one language, or none */
function hasTwoLanguages(articles: Article[], added: Article[]): boolean {
  const isAdded = new Set(added)
  const one = articles.find(article => article.language && !isAdded.has(article))
  const languages = (one ? [one, ...added] : added).flatMap(({ language }) =>
    language ? [sameName(language)] : [],
  )
  return new Set(languages).size > 1
}

/** A collection's name as the article spells it that was published first. */
function nameOf(
  { kind, key, name }: Collection,
  members: Article[],
  { removed, added }: ArticleChanges,
  entries: CollectOptions['entries'],
): string {
  const grouping = groupings.find(grouping => grouping.kind === kind)
  if (!grouping) return name
  // `collect` takes the first spelling of the article that has several.
  const spelling = (article: Article) =>
    grouping.namesOf(article).find(name => `${kind} ${sameName(name)}` === key)!
  // As long as nobody spells it otherwise than it is spelt, and those who left did not either, or are still here.
  const here = new Set(added.map(({ id }) => id))
  const isUnmoved = removed.every(article => spelling(article) !== name || here.has(article.id))
  if (isUnmoved && added.every(article => spelling(article) === name)) return name
  const oldest = members.reduce((oldest, article) => (isOlder(article, oldest, entries) ? article : oldest))
  return spelling(oldest)
}

type Undivided = Omit<Collection, 'newest' | 'archives' | 'publishingInterval'>

function group(
  articles: Article[],
  { kind, namesOf }: Grouping,
  entries: CollectOptions['entries'],
  remembered: CollectionEntries,
): Undivided[] {
  const byKey = new Map<string, { name: string; oldest: Article; articles: Article[] }>()
  for (const article of articles)
    for (const name of new Set(namesOf(article))) {
      const key = `${kind} ${sameName(name)}`
      const known = byKey.get(key)
      if (!known) byKey.set(key, { name, oldest: article, articles: [article] })
      else {
        if (known.articles.at(-1) !== article) known.articles.push(article)
        if (isOlder(article, known.oldest, entries)) Object.assign(known, { name, oldest: article })
      }
    }
  if (kind === 'language' && byKey.size < 2 && ![...byKey.keys()].some(key => remembered.has(key))) return []
  const fresh = settleCollectionAddresses(byKey.keys(), remembered)
  return [...byKey]
    .map(([key, entry]) => ({
      kind,
      key,
      name: entry.name,
      path: remembered.get(key)?.address ?? fresh.get(key)!,
      articles: entry.articles,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Which of two was published first: its spelling counts, and one that comes later changes nothing in the archives. */
function isOlder(a: Article, b: Article, entries: CollectOptions['entries']): boolean {
  const firstOf = (article: Article) => entries.get(article)?.first ?? article.published?.epoch ?? 0
  return (firstOf(a) - firstOf(b) || (a.id < b.id ? -1 : 1)) < 0
}

/** There whether it has articles or not: people subscribe to what will come. */
function combine(articles: Article[], rule: FeedRule): Undivided {
  const { name, slug } = rule
  const fitting = articles.filter(fits(rule))
  return { kind: 'custom', key: `custom ${slug}`, name, path: `/feeds/${slug}/`, articles: fitting }
}

function fits({ include, exclude }: FeedRule): (article: Article) => boolean {
  const wanted = listsOf(include)
  const unwanted = listsOf(exclude)
  return article => wanted.every(isOneOf => isOneOf(article)) && !unwanted.some(isOneOf => isOneOf(article))
}

/** A test for each list that is not empty: whether one of its names is the article's. */
function listsOf(selection: FeedSelection): ((article: Article) => boolean)[] {
  return groupings.flatMap(({ kind, namesOf }) => {
    const names = new Set(selection[collectionFolders[kind]].map(sameName))
    return names.size > 0
      ? [(article: Article) => namesOf(article).some(name => names.has(sameName(name)))]
      : []
  })
}

/** `Web`, `web` and `WEB` are one tag; so are the composed and the decomposed é. */
function sameName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
