import { jsonChapters } from '../media/chapter-lists.ts'
import type { Article } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import { publicationPath } from '../text/urls.ts'
import { absoluteUrl } from './feed-channel.ts'

/** Where the list of an article's chapters lies that is made for players; null where there is none, or a file has it. */
export function chaptersPath({ url, episode }: Article, site: Pick<Site, 'url' | 'pages'>): string | null {
  if (!episode?.chapters || episode.chapters.url !== null || episode.chapters.list.length === 0) return null
  const path = site.pages === 'none' ? null : publicationPath(url, site.url)
  return path === null ? null : path.endsWith('/') ? `${path}chapters.json` : `${path}.chapters.json`
}

/** Where players find an article's chapters; null where it has none. */
export function chaptersUrl(article: Article, site: Pick<Site, 'url' | 'pages'>): string | null {
  const path = chaptersPath(article, site)
  return path === null ? (article.episode?.chapters?.url ?? null) : absoluteUrl(encodeURI(path), site)
}

export function renderChapters({ episode }: Article): string {
  return jsonChapters(episode?.chapters?.list ?? [])
}
