import type { Article } from '../model/article.ts'
import type { Archive, Collection } from '../model/collection.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import { rhythmOf } from './rhythm.ts'

type Entries = ReadonlyMap<Article, LedgerEntry>

/**
 * Parts a collection into its subscription document and its archives, by what the ledger says each article belongs to.
 * Nothing is decided here, so the same ledger gives the same documents at any time.
 */
export function divide(
  collection: Omit<Collection, 'newest' | 'archives' | 'rhythm'>,
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
  return { ...collection, newest, archives, rhythm: rhythmOf(newest, entries) }
}

/**
 * Makes new archive documents of what no archive holds yet, each exactly full, in the order of first publication
 * (instant, then id): an article that is added later, with whatever date, changes no document that exists.
 * @param last the highest number of each collection's archives, by its key: none is ever used again. It is kept true
 * @returns entries that now belong to an archive, as new objects
 */
export function fillArchives(
  collections: Collection[],
  entries: Entries,
  last: Map<string, number>,
  size: number,
): Map<Article, LedgerEntry> {
  const filled = new Map<Article, LedgerEntry>()
  const entryOf = (article: Article) => filled.get(article) ?? entries.get(article)!
  for (const { key, newest } of collections) {
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
