import type { Article } from '../model/article.ts'
import type { Archive, Collection } from '../model/collection.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import { type ArticleChanges, withChanges } from './order.ts'
import { publishingIntervalOf } from './publishing-interval.ts'

/** What is remembered of an article; undefined: nothing is. */
export type EntryOf = (article: Article) => LedgerEntry | undefined

/** A collection before it is parted. */
export type UndividedCollection = Omit<Collection, 'newest' | 'archives' | 'publishingInterval' | 'changed'>

/**
 * Parts a collection into its subscription document and its archives, by what the ledger says each article belongs to.
 * Nothing is decided here, so the same ledger gives the same documents at any time. Archives that nothing came to or left
 * are the very same objects as before.
 * @param before the collection as it was; undefined: there was none
 * @param collection as it is now
 * @param changes what it has now and had not before, and the other way round
 */
export function divide(
  before: Collection | undefined,
  collection: UndividedCollection,
  changes: ArticleChanges,
  entryOf: EntryOf,
  limit: number,
): Collection {
  const { key, articles } = collection
  const numberOf = (article: Article) => entryOf(article)?.archives[key]
  const top = articles.slice(0, limit)
  const isTop = new Set(top)
  const came = Map.groupBy(changes.added, numberOf)
  // Whatever no archive holds was among the newest before, or has just come.
  const stayed = { removed: changes.removed, added: came.get(undefined) ?? [] }
  const rest = withChanges(before?.newest ?? [], stayed).filter(
    article => !isTop.has(article) && numberOf(article) === undefined,
  )
  const newest = [...top, ...rest]
  const went = Map.groupBy(changes.removed, numberOf)
  const archives = changedArchives(before?.archives ?? [], went, came)
  return { ...collection, newest, archives, publishingInterval: publishingIntervalOf(newest, entryOf) }
}

/**
 * The collection with articles among its newest moved to new archives.
 * @param entryOf says of those the number of their archive, which is higher than those that there are
 */
export function withNewArchives(collection: Collection, entryOf: EntryOf, limit: number): Collection {
  const { key, newest } = collection
  const archives = collection.archives.slice()
  const stayed: Article[] = []
  const isNew = (number: number) => number > collection.archives.length
  newest.forEach((article, place) => {
    const number = entryOf(article)?.archives[key]
    if (number === undefined || place < limit) stayed.push(article)
    // One that stands among the newest, too, may be in an archive already.
    if (number === undefined || !isNew(number)) return
    while (archives.length < number) archives.push({ number: archives.length + 1, articles: [] })
    archives[number - 1]?.articles.push(article)
  })
  return {
    ...collection,
    newest: stayed,
    archives,
    publishingInterval: publishingIntervalOf(stayed, entryOf),
  }
}

/** Articles by the number of their archive; undefined: no archive holds them. */
type ByArchive = ReadonlyMap<number | undefined, readonly Article[]>

function changedArchives(before: readonly Archive[], went: ByArchive, came: ByArchive): Archive[] {
  const archives = before.slice()
  for (const number of [...went.keys(), ...came.keys()]) {
    if (number === undefined) continue
    // One that has lost all its articles stays: others lead to it, and through it to those before.
    while (archives.length < number) archives.push({ number: archives.length + 1, articles: [] })
    const articles = withChanges(before[number - 1]?.articles ?? [], {
      removed: went.get(number) ?? [],
      added: came.get(number) ?? [],
    })
    archives[number - 1] = { number, articles }
  }
  while (archives.at(-1)?.articles.length === 0) archives.pop()
  return archives
}

/** New archives: entries that now belong to one, by id, and the highest numbers with them. */
export interface FilledArchives {
  entries: ReadonlyMap<string, LedgerEntry>
  last: ReadonlyMap<string, number>
}

/**
 * Makes new archive documents of what no archive holds yet, each exactly full, in the order of first publication
 * (instant, then id): an article that is added later, with whatever date, changes no document that exists.
 * @param last the highest number of each collection's archives, by its key: none is ever used again
 * @param sizeOf how many articles an archive of a collection holds
 */
export function fillArchives(
  collections: readonly Collection[],
  entryOf: EntryOf,
  last: ReadonlyMap<string, number>,
  sizeOf: (collection: Collection) => number,
): FilledArchives {
  const entries = new Map<string, LedgerEntry>()
  const highest = new Map<string, number>()
  for (const collection of collections) {
    const { key, newest } = collection
    const size = sizeOf(collection)
    const pending = newest.flatMap(article => {
      const entry = entries.get(article.id) ?? entryOf(article)
      return entry && entry.archives[key] === undefined ? [entry] : []
    })
    if (pending.length < size) continue
    pending.sort(byFirstPublication)
    let number = last.get(key) ?? 0
    for (let start = 0; start + size <= pending.length; start += size) {
      number++
      for (const entry of pending.slice(start, start + size))
        entries.set(entry.id, { ...entry, archives: { ...entry.archives, [key]: number } })
    }
    highest.set(key, number)
  }
  return { entries, last: highest.size === 0 ? last : new Map([...last, ...highest]) }
}

/** The highest number of each collection's archives, by its key. @param remembered the withdrawn ones too */
export function lastArchives(remembered: Iterable<LedgerEntry>): Map<string, number> {
  const last = new Map<string, number>()
  for (const { archives } of remembered)
    for (const key in archives) {
      const number = archives[key] ?? 0
      if (number > (last.get(key) ?? 0)) last.set(key, number)
    }
  return last
}

function byFirstPublication(a: LedgerEntry, b: LedgerEntry): number {
  return a.first - b.first || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
