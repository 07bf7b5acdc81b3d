import type { Author } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { type FeedFormat, feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import type { FeedItem } from './feed-item.ts'

/** What all three formats say of a feed as a whole. Every URL is absolute. */
export interface FeedChannel {
  /** A `tag:` URI, the same for the collection whatever its address. */
  id: string
  title: string
  description: string
  /** The page of the same articles. */
  pageUrl: string
  /** The document's own address, by format. */
  selfUrls: Record<FeedFormat, string>
  /** Epoch milliseconds of the newest change among its articles. */
  updated: number
  language: string
  authors: Author[]
  copyright: string | null
  icon: string | null
  logo: string | null
  hubs: string[]
  /** Minutes a reader may wait before it asks again. */
  ttl: number
}

/** The channel of a collection. `id` is minted by the caller, who knows the authority. */
export function feedChannel(collection: Collection, items: FeedItem[], site: Site, id: string): FeedChannel {
  const address = (path: string) => addressOf(path, site)
  const title = collection.kind === 'all' ? site.title : `${collection.name} · ${site.title}`
  return {
    id,
    title,
    description:
      collection.kind === 'all'
        ? site.description || site.title
        : `${title}: ${site.description || 'articles'}`,
    pageUrl: address(collection.path),
    selfUrls: Object.fromEntries(
      feedFormatNames.map(format => [format, address(feedPath(collection, format))]),
    ) as Record<FeedFormat, string>,
    updated: items.reduce((newest, item) => Math.max(newest, item.updated), 0),
    language: collection.kind === 'language' ? collection.name : site.language,
    // Atom needs an author where entries have none (RFC 4287 §4.1.1): the publication stands in, at the feed only.
    authors:
      site.authors.length > 0 ? site.authors : [{ name: site.title, url: null, email: null, role: null }],
    copyright: site.copyright,
    icon: site.icon && address(site.icon),
    logo: site.logo && address(site.logo),
    hubs: site.hubs,
    ttl: Math.max(1, Math.round(site.maxAge / 60)),
  }
}

/** `/tags/x/rss.xml`: where a collection's feed lies on the publication. */
export function feedPath(collection: Pick<Collection, 'path'>, format: FeedFormat): string {
  return `${collection.path}${feedFormats[format].file}`
}

/** The absolute, percent-encoded address of a path on the publication (or of an address that is absolute already). */
export function addressOf(path: string, site: Pick<Site, 'url'>): string {
  return new URL(path.replace(/^\//, ''), site.url).href
}
