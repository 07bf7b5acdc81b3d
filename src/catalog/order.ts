import type { Article } from '../model/article.ts'

/** Newest first; equal instants by id, so that the order never depends on the folder's listing. */
export function newestFirst(a: Article, b: Article): number {
  const difference = publishedAt(b) - publishedAt(a)
  if (difference !== 0) return difference
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function publishedAt(article: Article): number {
  return article.published?.epoch ?? Number.NEGATIVE_INFINITY
}
