import type { Article } from '../model/article.ts'
import type { Archive, Collection } from '../model/collection.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import { type ArticleChanges, placeAmong, withChanges } from './order.ts'
import { publishingIntervalOf } from './publishing-interval.ts'

type Entries = ReadonlyMap<Article, LedgerEntry>

/**
 * Parts a collection into its subscription document and its archives, by what the ledger says each article belongs to.
 * Nothing is decided here, so the same ledger gives the same documents at any time.
 */
export function divide(
  collection: Omit<Collection, 'newest' | 'archives' | 'publishingInterval'>,
  entries: Entries,
  limit: number,
): Collection {
  const { key, articles } = collection
  const newest: Article[] = []
  const members: Article[][] = []
  articles.forEach((article, index) => {
    const number = entries.get(article)?.archives[key]
    if (index < limit || number === undefined) newest.push(article)
    if (number === undefined) return
    // One that has lost all its articles stays: others lead to it, and through it to those before.
    while (members.length < number) members.push([])
    members[number - 1]!.push(article)
  })
  const archives = members.map((articles, index): Archive => ({ number: index + 1, articles }))
  return { ...collection, newest, archives, publishingInterval: publishingIntervalOf(newest, entries) }
}

/**
 * What `divide` gives after a few changes, by looking at nothing but the parts concerned: the other archives are the very
 * same objects.
 * @param collection as it is now
 * @param entries of all articles that it has now
 */
export function divideChanges(
  before: Collection,
  collection: Omit<Collection, 'newest' | 'archives' | 'publishingInterval'>,
  { removed, added }: ArticleChanges,
  entries: Entries,
  limit: number,
): Collection {
  const { key, articles } = collection
  const numberOf = (article: Article) => entries.get(article)?.archives[key]
  const top = articles.slice(0, limit)
  const isTop = new Set(top)
  // Whatever no archive holds was among the newest before, or has just come.
  const rest = withChanges(before.newest, removed, added).filter(
    article => !isTop.has(article) && numberOf(article) === undefined,
  )
  const newest = [...top, ...rest]
  const archives = before.archives.slice()
  const replace = (number: number, change: (articles: Article[]) => Article[]) => {
    while (archives.length < number) archives.push({ number: archives.length + 1, articles: [] })
    archives[number - 1] = { number, articles: change(archives[number - 1]!.articles) }
  }
  for (const article of removed) {
    const holder = archives.find(({ articles }) => placeAmong(articles, article) >= 0)
    if (holder) replace(holder.number, articles => withChanges(articles, [article], []))
  }
  for (const article of added) {
    const number = numberOf(article)
    if (number !== undefined) replace(number, articles => withChanges(articles, [], [article]))
  }
  while (archives.at(-1)?.articles.length === 0) archives.pop()
  return { ...collection, newest, archives, publishingInterval: publishingIntervalOf(newest, entries) }
}

/**
 * Makes new archive documents of what no archive holds yet, each exactly full, in the order of first publication
 * (instant, then id): an article that is added later, with whatever date, changes no document that exists.
 * @param last the highest number of each collection's archives, by its key: none is ever used again. It is kept true
 * @param sizeOf how many articles an archive of a collection holds
 * @returns entries that now belong to an archive, as new objects
 */
export function fillArchives(
  collections: Collection[],
  entries: Entries,
  last: Map<string, number>,
  sizeOf: (collection: Collection) => number,
): Map<Article, LedgerEntry> {
  const filled = new Map<Article, LedgerEntry>()
  const entryOf = (article: Article) => filled.get(article) ?? entries.get(article)!
  for (const collection of collections) {
    const { key, newest } = collection
    const size = sizeOf(collection)
    const pending = newest.filter(article => entryOf(article).archives[key] === undefined)
    if (pending.length < size) continue
    pending.sort((a, b) => byFirstPublication(entryOf(a), entryOf(b)))
    let number = last.get(key) ?? 0
    for (let start = 0; start + size <= pending.length; start += size) {
      number++
      for (const article of pending.slice(start, start + size)) {
        const entry = entryOf(article)
        filled.set(article, { ...entry, archives: { ...entry.archives, [key]: number } })
      }
    }
    last.set(key, number)
  }
  return filled
}

/** The highest number of each collection's archives, by its key. @param remembered the withdrawn ones too */
export function lastArchives(remembered: Iterable<LedgerEntry>): Map<string, number> {
  const last = new Map<string, number>()
  for (const { archives } of remembered)
    for (const key in archives) if (archives[key]! > (last.get(key) ?? 0)) last.set(key, archives[key]!)
  return last
}

function byFirstPublication(a: LedgerEntry, b: LedgerEntry): number {
  return a.first - b.first || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
