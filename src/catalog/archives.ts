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
  const numbers = new Map(
    collection.articles.map(article => [article, entries.get(article)?.archives[collection.key]]),
  )
  const byNumber = new Map<number, Article[]>()
  for (const [article, number] of numbers) {
    if (number === undefined) continue
    const members = byNumber.get(number)
    if (members) members.push(article)
    else byNumber.set(number, [article])
  }
  // One that has lost all its articles stays: others lead to it, and through it to those before.
  const archives = Array.from({ length: Math.max(0, ...byNumber.keys()) }, (_, index): Archive => {
    const number = index + 1
    return { number, articles: byNumber.get(number) ?? [] }
  })
  const newest = collection.articles.filter(
    (article, index) => index < limit || numbers.get(article) === undefined,
  )
  return { ...collection, newest, archives, rhythm: rhythmOf(newest, entries) }
}

/**
 * Makes new archive documents of what no archive holds yet, each exactly full, in the order of first publication
 * (instant, then id): an article that is added later, with whatever date, changes no document that exists.
 * @param remembered every entry of the ledger, the withdrawn ones too: the number of an archive is never used again
 * @returns entries that now belong to an archive, as new objects
 */
export function fillArchives(
  collections: Collection[],
  entries: Entries,
  remembered: Iterable<LedgerEntry>,
  size: number,
): Map<Article, LedgerEntry> {
  const last = lastNumbers(remembered)
  const filled = new Map<Article, LedgerEntry>()
  const entryOf = (article: Article) => filled.get(article) ?? entries.get(article)!
  for (const { key, articles } of collections) {
    const pending = articles.filter(article => entryOf(article).archives[key] === undefined)
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
  }
  return filled
}

function lastNumbers(remembered: Iterable<LedgerEntry>): Map<string, number> {
  const last = new Map<string, number>()
  for (const { archives } of remembered)
    for (const [key, number] of Object.entries(archives)) last.set(key, Math.max(number, last.get(key) ?? 0))
  return last
}

function byFirstPublication(a: LedgerEntry, b: LedgerEntry): number {
  return a.first - b.first || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
