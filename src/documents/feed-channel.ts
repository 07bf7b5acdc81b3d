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
  paging: {
    /** Whether this document is an archive: the same articles for ever. */
    archive: boolean
    /** Whether every article of the collection is in this document. */
    complete: boolean
    /** The archive before this one, or the newest archive; null where there is none. */
    olderUrls: Record<FeedFormat, string> | null
    /** The subscription documents, where this is an archive. */
    currentUrls: Record<FeedFormat, string>
  }
  /** Minutes a reader may wait before it asks again. */
  ttl: number
}

/** Which of a collection's documents is meant, and what comes before it. */
export interface FeedPaging {
  /** Of an archive; null for the subscription document. */
  number: number | null
  /** The archive that holds what was published before. */
  older: number | null
  complete: boolean
}

/** The channel of a collection. `id` is minted by the caller, who knows the authority. */
export function feedChannel(
  collection: Collection,
  items: FeedItem[],
  site: Site,
  id: string,
  paging: FeedPaging,
): FeedChannel {
  const address = (path: string) => addressOf(path, site)
  const urls = (number: number | null) =>
    Object.fromEntries(
      feedFormatNames.map(format => [format, address(feedPath(collection, format, number))]),
    ) as Record<FeedFormat, string>
  const title = collection.kind === 'all' ? site.title : `${collection.name} · ${site.title}`
  return {
    id,
    title,
    description:
      collection.kind === 'all'
        ? site.description || site.title
        : `${title}: ${site.description || 'articles'}`,
    pageUrl: address(
      paging.number === null ? collection.path : archivePath(collection, { number: paging.number }),
    ),
    selfUrls: urls(paging.number),
    paging: {
      archive: paging.number !== null,
      complete: paging.complete,
      olderUrls: paging.older === null ? null : urls(paging.older),
      currentUrls: urls(null),
    },
    updated: items.reduce((newest, item) => Math.max(newest, item.updated), 0),
    language: collection.kind === 'language' ? collection.name : site.language,
    // Atom needs an author where entries have none (RFC 4287 §4.1.1): the publication stands in, at the feed only.
    authors:
      site.authors.length > 0 ? site.authors : [{ name: site.title, url: null, email: null, role: null }],
    copyright: site.copyright,
    icon: site.icon && assetAddress(site.icon, site),
    logo: site.logo && assetAddress(site.logo, site),
    hubs: site.hubs,
    ttl: Math.max(1, Math.round(site.maxAge / 60)),
  }
}

/** `/tags/x/rss.xml`, or `/tags/x/archive/3/rss.xml`: where a collection's feed lies on the publication. */
export function feedPath(
  collection: Pick<Collection, 'path'>,
  format: FeedFormat,
  archive: number | null = null,
): string {
  const folder = archive === null ? collection.path : archivePath(collection, { number: archive })
  return `${folder}${feedFormats[format].file}`
}

/** `/tags/x/archive/3/`: the page of an archive and the folder of its feeds. */
export function archivePath(collection: Pick<Collection, 'path'>, archive: { number: number }): string {
  return `${collection.path}archive/${archive.number}/`
}

/** The absolute, percent-encoded address of a path on the publication (or of an address that is absolute already). */
export function addressOf(path: string, site: Pick<Site, 'url'>): string {
  return new URL(path.replace(/^\//, ''), site.url).href
}

/** The address of a file that the settings name: one in the folder is served below `/media/`. */
export function assetAddress(pathOrUrl: string, site: Pick<Site, 'url'>): string {
  return /^https?:\/\//i.test(pathOrUrl)
    ? pathOrUrl
    : addressOf(`/media/${pathOrUrl.replace(/^\.?\//, '')}`, site)
}
