import type { Article } from '../model/article.ts'
import { lowerBound } from '../text/lower-bound.ts'

/**
 * Newest first; equal instants by id, so that the order never depends on the folder's listing. A date without a time is no midnight: it
 * stands by the hour at which it was first published, and above the others of its day where nobody knows that.
 */
export function newestFirst(a: Article, b: Article): number {
  const difference = placeInTime(b) - placeInTime(a)
  if (difference !== 0) return difference
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

const lastOfDay = 86_399_999

function placeInTime({ published, arrived }: Article): number {
  if (published === null) return Number.NEGATIVE_INFINITY
  return published.precision === 'day' ? (arrived ?? published.epoch + lastOfDay) : published.epoch
}

/** Where an article belongs among articles that are in this order. */
export function placeFor(articles: readonly Article[], article: Article): number {
  return lowerBound(articles, other => newestFirst(other, article) < 0)
}

/** Where an article stands among articles that are in this order; -1 where it is not one of them. */
export function placeAmong(articles: readonly Article[], article: Article): number {
  const place = placeFor(articles, article)
  return articles[place] === article ? place : -1
}

/** Articles that came and went. One that is other did both: the former went, the latter came. */
export interface ArticleChanges {
  removed: readonly Article[]
  added: readonly Article[]
}

/** More changes than this are merged in one walk along all articles; of fewer, each is looked up. */
const maxLookedUp = 50

/** Articles in their order, without some and with others. */
export function withChanges(articles: readonly Article[], { removed, added }: ArticleChanges): Article[] {
  if (removed.length + added.length > maxLookedUp) {
    const gone = new Set(removed)
    const stayed = gone.size === 0 ? articles : articles.filter(article => !gone.has(article))
    return merged(stayed, added.toSorted(newestFirst))
  }
  const changed = articles.slice()
  for (const article of removed) {
    const place = placeAmong(changed, article)
    if (place >= 0) changed.splice(place, 1)
  }
  for (const article of added) changed.splice(placeFor(changed, article), 0, article)
  return changed
}

/** Two lists that are in their order as one. */
function merged(a: readonly Article[], b: readonly Article[]): Article[] {
  if (a.length === 0) return b.slice()
  const all: Article[] = []
  let at = 0
  for (const article of b) {
    for (let other = a[at]; other && newestFirst(other, article) <= 0; other = a[++at]) all.push(other)
    all.push(article)
  }
  for (let other = a[at]; other; other = a[++at]) all.push(other)
  return all
}

/** What came and went in two steps, one after the other; null where one is not known. */
export function mergeChanges(
  first: ArticleChanges | null,
  then: ArticleChanges | null,
): ArticleChanges | null {
  if (!first || !then) return null
  const [came, went] = [new Set(first.added), new Set(then.removed)]
  return {
    removed: [...first.removed, ...then.removed.filter(article => !came.has(article))],
    added: [...first.added.filter(article => !went.has(article)), ...then.added],
  }
}
