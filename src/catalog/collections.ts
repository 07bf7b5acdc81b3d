import type { Article } from '../model/article.ts'
import type { Collection, CollectionKind } from '../model/collection.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import type { FeedRule, FeedSelection } from '../model/site.ts'
import { slugOf } from '../text/slugs.ts'
import { divide } from './archives.ts'
import { newestFirst } from './order.ts'

interface Grouping {
  kind: Exclude<CollectionKind, 'all' | 'custom'>
  folder: keyof FeedSelection
  namesOf(article: Article): string[]
}

const groupings: Grouping[] = [
  { kind: 'tag', folder: 'tags', namesOf: article => article.tags },
  { kind: 'author', folder: 'authors', namesOf: article => article.authors.map(author => author.name) },
  { kind: 'section', folder: 'sections', namesOf: article => (article.section ? [article.section] : []) },
  { kind: 'language', folder: 'languages', namesOf: article => (article.language ? [article.language] : []) },
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
}

/** The keys of the collections that an article's own names put it into, in the order of their kinds. */
export function groupsOf(article: Article): string[] {
  return groupings.flatMap(({ kind, namesOf }) =>
    [...new Set(namesOf(article).map(sameName))].map(key => `${kind} ${key}`),
  )
}

/**
 * The publication's collections: all articles first, then one for every tag, author, section and language, each in the
 * order of its path; then those that the publisher puts together. A single language is no collection of its own.
 */
export function collect(
  articles: Article[],
  { title, limit, entries, feeds = [] }: CollectOptions,
): Collection[] {
  const sorted = [...articles].sort(newestFirst)
  const all: Undivided = { kind: 'all', key: 'all', name: title, path: '/', articles: sorted }
  const grouped = groupings.flatMap(grouping => group(sorted, grouping, entries))
  const custom = feeds.map(rule => combine(sorted, rule))
  return [all, ...grouped, ...custom].map(collection => divide(collection, entries, limit))
}

type Undivided = Omit<Collection, 'newest' | 'archives' | 'rhythm'>

function group(
  articles: Article[],
  { kind, folder, namesOf }: Grouping,
  entries: CollectOptions['entries'],
): Undivided[] {
  // The spelling of the article that was published first: another one changes nothing in the archives.
  const firstOf = (article: Article) => entries.get(article)?.first ?? article.published?.epoch ?? 0
  const isOlder = (a: Article, b: Article) => (firstOf(a) - firstOf(b) || (a.id < b.id ? -1 : 1)) < 0
  const byKey = new Map<string, { name: string; oldest: Article; articles: Article[] }>()
  for (const article of articles)
    for (const name of new Set(namesOf(article))) {
      const key = sameName(name)
      const known = byKey.get(key)
      if (!known) byKey.set(key, { name, oldest: article, articles: [article] })
      else {
        if (known.articles.at(-1) !== article) known.articles.push(article)
        if (isOlder(article, known.oldest)) Object.assign(known, { name, oldest: article })
      }
    }
  if (kind === 'language' && byKey.size < 2) return []
  const slugs = settleSlugs([...byKey.keys()])
  return [...byKey]
    .map(([key, entry]) => ({
      kind,
      key: `${kind} ${key}`,
      name: entry.name,
      path: `/${folder}/${slugs.get(key)!}/`,
      articles: entry.articles,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** There whether it has articles or not: people subscribe to what will come. */
function combine(articles: Article[], { name, slug, include, exclude }: FeedRule): Undivided {
  const wanted = listsOf(include)
  const unwanted = listsOf(exclude)
  const fitting = articles.filter(
    article => wanted.every(isOneOf => isOneOf(article)) && !unwanted.some(isOneOf => isOneOf(article)),
  )
  return { kind: 'custom', key: `custom ${slug}`, name, path: `/feeds/${slug}/`, articles: fitting }
}

/** A test for each list that is not empty: whether one of its names is the article's. */
function listsOf(selection: FeedSelection): ((article: Article) => boolean)[] {
  return groupings.flatMap(({ folder, namesOf }) => {
    const names = new Set(selection[folder].map(sameName))
    return names.size > 0
      ? [(article: Article) => namesOf(article).some(name => names.has(sameName(name)))]
      : []
  })
}

/** `Web`, `web` and `WEB` are one tag; so are the composed and the decomposed é. */
function sameName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/**
 * Names whose slugs meet (`C++` and `C`) keep the plain one for the first name by code units; the others get `-2`, `-3`.
 * The outcome depends on the set of names alone, never on the order in which articles use them.
 */
function settleSlugs(keys: string[]): Map<string, string> {
  const sorted = keys.sort()
  const settled = new Map<string, string>()
  const taken = new Set<string>()
  for (const exact of [true, false])
    for (const key of sorted) {
      const slug = slugOf(key)
      if (settled.has(key) || (exact && slug !== key)) continue
      let candidate = slug
      for (let n = 2; taken.has(candidate); n++) candidate = `${slug}-${n}`
      taken.add(candidate)
      settled.set(key, candidate)
    }
  return settled
}
