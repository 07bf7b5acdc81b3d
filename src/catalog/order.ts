import type { Article } from '../model/article.ts'
import { lowerBound } from '../text/lower-bound.ts'

/** Newest first; equal instants by id, so that the order never depends on the folder's listing. */
export function newestFirst(a: Article, b: Article): number {
  const difference = publishedAt(b) - publishedAt(a)
  if (difference !== 0) return difference
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function publishedAt(article: Article): number {
  return article.published?.epoch ?? Number.NEGATIVE_INFINITY
}

/** Where an article belongs among articles that are in this order. */
export function placeFor(articles: Article[], article: Article): number {
  return lowerBound(articles, other => newestFirst(other, article) < 0)
}

/** Where an article stands among articles that are in this order; -1 where it is not one of them. */
export function placeAmong(articles: Article[], article: Article): number {
  const place = placeFor(articles, article)
  return articles[place] === article ? place : -1
}

/** Articles that came and went since collections were made. */
export interface ArticleChanges {
  removed: Article[]
  added: Article[]
}

/** Articles in their order, without some and with others. */
export function withChanges(articles: Article[], removed: Article[], added: Article[]): Article[] {
  const changed = articles.slice()
  for (const article of removed) {
    const place = placeAmong(changed, article)
    if (place >= 0) changed.splice(place, 1)
  }
  for (const article of added) changed.splice(placeFor(changed, article), 0, article)
  return changed
}

/** What came and went between two lists that are in this order; null where that is more than `most`. */
export function changesBetween(before: Article[], after: Article[], most: number): ArticleChanges | null {
  const changes: ArticleChanges = { removed: [], added: [] }
  let [old, now] = [0, 0]
  while (old < before.length || now < after.length) {
    const [was, is] = [before[old], after[now]]
    if (was !== is) {
      const order = was && is ? newestFirst(was, is) : is ? 1 : -1
      if (order <= 0) changes.removed.push(was!)
      if (order >= 0) changes.added.push(is!)
      if (changes.removed.length + changes.added.length > most) return null
      old += Number(order <= 0)
      now += Number(order >= 0)
    } else {
      old++
      now++
    }
  }
  return changes
}
