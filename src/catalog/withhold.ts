import { isNews, type ParsedArticle, type WithheldReason } from '../model/article.ts'

/** Why an article is not to be seen at an instant, or null where it is. Half-open: visible from its date, until its expiry. */
export function withheldReason(
  article: Pick<ParsedArticle, 'status' | 'published' | 'expires' | 'inFeeds'>,
  now: number,
): WithheldReason | null {
  if (article.status !== 'published') return article.status
  if (!article.published && isNews(article)) return 'undated'
  if (article.published && article.published.epoch > now) return 'scheduled'
  if (article.expires && article.expires.epoch <= now) return 'expired'
  return null
}
