import type { Article, Author, Enclosure, LeadImage } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import { escapeXml } from '../text/escape.ts'

/** An article as feeds carry it: what all three formats share, settled once. */
export interface FeedItem {
  id: string
  url: string
  title: string
  /** Plain text. */
  summary: string
  /** HTML; null where the publication's feeds carry summaries only. */
  html: string | null
  /** Epoch milliseconds. */
  published: number
  updated: number
  authors: Author[]
  tags: string[]
  /** Given where it differs from the publication's. */
  language: string | null
  image: LeadImage | null
  enclosures: Enclosure[]
}

/** Maps an article to what a feed says of it. The article has a date: without one it is never published. */
export function feedItem(article: Article, site: Site): FeedItem {
  const published = article.published!.epoch
  return {
    id: article.id,
    url: article.url,
    title: article.title,
    summary: article.summary,
    html: site.content === 'full' ? directed(article, site) : null,
    published,
    updated: Math.max(published, article.revised),
    authors: article.authors,
    tags: article.section ? unique([article.section, ...article.tags]) : article.tags,
    language: article.language === site.language ? null : article.language,
    image: article.image,
    enclosures: article.enclosures,
  }
}

/** No feed format has a direction, so it goes into the HTML: on every article that is not written left to right. */
function directed(article: Article, site: Site): string {
  const foreign = article.language !== null && article.language !== site.language
  if (article.direction === 'ltr' && !foreign) return article.html
  const language = article.language ? ` lang="${escapeXml(article.language)}"` : ''
  return `<div dir="${article.direction}"${language}>${article.html}</div>`
}

function unique(names: string[]): string[] {
  return [...new Set(names)]
}
