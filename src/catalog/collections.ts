import { type Article, isNews } from '../model/article.ts'
import type { Collection, CollectionKind } from '../model/collection.ts'
import type { FeedRule, FeedSelection } from '../model/site.ts'
import { nameKey } from '../text/name-key.ts'
import { divide, type EntryOf } from './archives.ts'
import {
  type CollectionEntries,
  collectionFolders,
  type GroupKind,
  settleCollectionAddresses,
} from './collection-addresses.ts'
import { type ArticleChanges, withChanges } from './order.ts'

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
  /** What is remembered of the articles. Default: nothing, and nothing is archived. */
  entryOf?: EntryOf
  /** Feeds that the publisher puts together. Default: none. */
  feeds?: FeedRule[]
  /** What is remembered of collections. Default: nothing, and each gets an address by its name. */
  remembered?: CollectionEntries | undefined
  /** Default: one of its own. */
  groupsOf?: GroupsOf
}

/** The keys of the collections that an article's own names put it into. */
export type GroupsOf = (article: Article) => readonly string[]

/**
 * Says the keys of the collections that an article's own names put it into, in the order of their kinds; none for a page that is no news.
 * Articles have few names between them: each name's key is worked out once.
 */
export function createGroupsOf(): GroupsOf {
  const kinds = groupings.map(grouping => ({ ...grouping, keys: new Map<string, string>() }))
  return article => {
    const found: string[] = []
    if (!isNews(article)) return found
    for (const { kind, namesOf, keys } of kinds)
      for (const name of namesOf(article)) {
        const key = keys.get(name) ?? collectionKey(kind, name)
        keys.set(name, key)
        if (!found.includes(key)) found.push(key)
      }
    return found
  }
}

/** The key of the collection of a kind that a name belongs to. */
export const collectionKey = (kind: string, name: string): string => `${kind} ${nameKey(name)}`

/**
 * The publication's collections: all articles first, then one for every tag, author, section and language, each in the
 * order of its path; then those that the publisher puts together. A single language is no collection of its own, unless
 * it was one among several before. Collections that nothing came to or left are the very same objects as before.
 * @param before empty: there were none
 * @param given pages that are no news may be among them: the collection of all has a list of those, and no other has them
 */
export function collect(before: Collection[], given: ArticleChanges, options: CollectOptions): Collection[] {
  const { title, limit, entryOf = () => undefined, feeds = [], remembered = new Map() } = options
  const { groupsOf = createGroupsOf() } = options
  if (before.length > 0 && given.removed.length + given.added.length === 0) return before
  const known = new Map(before.map(collection => [collection.key, collection]))
  const changes = ofChanges(given, isNews)
  const pages = pagesAfter(known.get('all')?.pages ?? [], given)
  const all = withChanges(known.get('all')?.articles ?? [], changes)
  const parts = changesByKey(known, changes, all, { feeds, remembered, groupsOf })
  const members = new Map(
    [...parts].map(([key, part]) => [key, withChanges(known.get(key)?.articles ?? [], part)] as const),
  )
  const isThere = (key: string) => (members.get(key) ?? known.get(key)?.articles ?? []).length > 0
  const grouped = withoutSingleLanguage(
    [...new Set([...known.keys(), ...parts.keys()])].filter(
      key => key !== 'all' && !key.startsWith('custom ') && isThere(key),
    ),
    remembered,
  )
  const address = addressesOf(grouped, remembered)

  function part(kind: CollectionKind, key: string, path: string, given?: string): Collection {
    const old = known.get(key)
    const changed = parts.get(key)
    if (!changed && old?.path === path) return old
    const articles = members.get(key) ?? old?.articles ?? []
    const own = changed ?? { removed: [], added: [] }
    const name = given ?? nameOf(kind, key, old?.name, articles, own, entryOf)
    return divide(old, { kind, key, name, path, articles }, own, entryOf, limitOf({ key }, { limit, feeds }))
  }
  const first = divide(
    known.get('all'),
    { kind: 'all', key: 'all', name: title, path: '/', articles: all, ...(pages.length > 0 && { pages }) },
    changes,
    entryOf,
    limit,
  )
  const ofKind = (kind: GroupKind) =>
    grouped
      .filter(key => key.startsWith(`${kind} `))
      .map(key => part(kind, key, address(key)))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  const groupedCollections = groupings.flatMap(({ kind }) => ofKind(kind))
  // There whether they have articles or not: people subscribe to what will come.
  const custom = feeds.map(({ name, slug }) => part('custom', `custom ${slug}`, `/feeds/${slug}/`, name))
  return [first, ...groupedCollections, ...custom]
}

const ofChanges = (
  { removed, added }: ArticleChanges,
  belongs: (article: Article) => boolean,
): ArticleChanges => ({ removed: removed.filter(belongs), added: added.filter(belongs) })

/** Pages that are no news, by title; the same list where none came or went. */
function pagesAfter(before: Article[], changes: ArticleChanges): Article[] {
  const { removed, added } = ofChanges(changes, article => !isNews(article))
  if (removed.length + added.length === 0) return before
  const gone = new Set(removed)
  const byTitle = (a: Article, b: Article) =>
    a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1
  return [...before.filter(article => !gone.has(article)), ...added].sort(byTitle)
}

/** How many of the newest articles a collection's subscription document holds, and how many an archive of it. */
export function limitOf(
  { key }: Pick<Collection, 'key'>,
  { limit, feeds }: { limit: number; feeds: FeedRule[] },
): number {
  return feeds.find(({ slug }) => `custom ${slug}` === key)?.limit ?? limit
}

/** What came to each collection and left it, by key. */
function changesByKey(
  known: ReadonlyMap<string, Collection>,
  { removed, added }: ArticleChanges,
  all: readonly Article[],
  {
    feeds,
    remembered,
    groupsOf,
  }: Required<Pick<CollectOptions, 'feeds' | 'groupsOf'>> & { remembered: CollectionEntries },
): Map<string, ArticleChanges> {
  const came = byKey(added, feeds, groupsOf)
  const went = byKey(removed, feeds, groupsOf)
  const parts = new Map<string, ArticleChanges>()
  const hasLanguages = [...known.keys()].some(isLanguage)
  for (const key of new Set([...went.keys(), ...came.keys()]))
    if (hasLanguages || !isLanguage(key))
      parts.set(key, { removed: went.get(key) ?? [], added: came.get(key) ?? [] })
  if (hasLanguages || !hasTwoLanguages(all, added, remembered)) return parts
  // A second language makes two collections of what was none.
  const languages = [...byKey(all, [], groupsOf)].filter(([key]) => isLanguage(key))
  for (const [key, articles] of languages) parts.set(key, { removed: [], added: articles })
  return parts
}

function withoutSingleLanguage(keys: string[], remembered: CollectionEntries): string[] {
  const languages = keys.filter(isLanguage)
  const areCollections = languages.length > 1 || languages.some(key => remembered.has(key))
  return areCollections ? keys : keys.filter(key => !isLanguage(key))
}

const isLanguage = (key: string) => key.startsWith('language ')

/** Where collections are: those that nothing is remembered of are settled together. */
function addressesOf(keys: readonly string[], remembered: CollectionEntries): (key: string) => string {
  const fresh = settleCollectionAddresses(keys, remembered)
  return key => {
    const address = remembered.get(key)?.address ?? fresh.get(key)
    if (address === undefined) throw new TypeError(`no address was settled for the collection ${key}`)
    return address
  }
}

/** The articles of every collection that any of them is in, by its key. */
function byKey(
  articles: readonly Article[],
  feeds: readonly FeedRule[],
  groupsOf: GroupsOf,
): Map<string, Article[]> {
  const found = new Map<string, Article[]>()
  const add = (key: string, article: Article) => {
    const list = found.get(key)
    if (list) list.push(article)
    else found.set(key, [article])
  }
  const rules = feeds.map(rule => ({ key: `custom ${rule.slug}`, isIn: fits(rule) }))
  for (const article of articles) {
    for (const key of groupsOf(article)) add(key, article)
    for (const { key, isIn } of rules) if (isIn(article)) add(key, article)
  }
  return found
}

/**
 * Whether languages are collections now that they were not before.
 * @param articles all of them, those that were added too: the others have one language, or none
 */
function hasTwoLanguages(
  articles: readonly Article[],
  added: readonly Article[],
  remembered: CollectionEntries,
): boolean {
  const isAdded = new Set(added)
  const one = articles.find(article => article.language && !isAdded.has(article))
  const languages = new Set(
    (one ? [one, ...added] : added).flatMap(({ language }) => (language ? [nameKey(language)] : [])),
  )
  return languages.size > 1 || [...languages].some(language => remembered.has(`language ${language}`))
}

/** A collection's name as the article spells it that was published first. */
function nameOf(
  kind: CollectionKind,
  key: string,
  known: string | undefined,
  members: readonly Article[],
  { removed, added }: ArticleChanges,
  entryOf: EntryOf,
): string {
  const namesOf = groupings.find(grouping => grouping.kind === kind)?.namesOf
  // The first spelling of an article that has several.
  const spelling = (article: Article) =>
    namesOf?.(article).find(name => `${kind} ${nameKey(name)}` === key) ?? ''
  // As long as nobody spells it otherwise than it is spelt, and those who left did not either, or are still here.
  if (known !== undefined) {
    const here = new Set(added.map(({ id }) => id))
    const isUnmoved = removed.every(article => spelling(article) !== known || here.has(article.id))
    if (isUnmoved && added.every(article => spelling(article) === known)) return known
  }
  return spelling(oldestOf(members, entryOf))
}

/** Which was published first: its spelling counts, and one that comes later changes nothing in the archives. */
function oldestOf(members: readonly Article[], entryOf: EntryOf): Article {
  const firstOf = (article: Article) => entryOf(article)?.first ?? article.published?.epoch ?? 0
  let [oldest] = members
  if (!oldest) throw new TypeError('A collection that has no article has no name of its own.')
  let first = firstOf(oldest)
  for (const article of members) {
    const own = firstOf(article)
    if (own > first || (own === first && article.id >= oldest.id)) continue
    oldest = article
    first = own
  }
  return oldest
}

function fits({ include, exclude }: FeedRule): (article: Article) => boolean {
  const wanted = listsOf(include)
  const unwanted = listsOf(exclude)
  return article => wanted.every(isOneOf => isOneOf(article)) && !unwanted.some(isOneOf => isOneOf(article))
}

/** A test for each list that is not empty: whether one of its names is the article's. */
function listsOf(selection: FeedSelection): ((article: Article) => boolean)[] {
  return groupings.flatMap(({ kind, namesOf }) => {
    const names = new Set(selection[collectionFolders[kind]].map(nameKey))
    return names.size > 0
      ? [(article: Article) => namesOf(article).some(name => names.has(nameKey(name)))]
      : []
  })
}
