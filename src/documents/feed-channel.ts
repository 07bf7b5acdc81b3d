import { v5 as uuidV5 } from 'uuid'
import type { Author } from '../model/article.ts'
import { type Collection, feedRuleOf, isShow } from '../model/collection.ts'
import { type FeedFormat, feedFormatNames, feedFormats } from '../model/formats.ts'
import { type PodcastSettings, type Site, showOf } from '../model/site.ts'
import { encodePath } from '../text/urls.ts'

import { type FieldTexts, fieldNamespaces, fieldTexts, jsonExtensions } from './feed-fields.ts'
import type { FeedItem } from './feed-item.ts'
import { minutesToLive } from './feed-lifetime.ts'
import { type FeedStyling, feedStyling } from './feed-styling.ts'

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
  /** Epoch milliseconds of the newest change among its articles, or of what it holds of them. */
  updated: number
  language: string
  authors: Author[]
  copyright: string | null
  icon: string | null
  logo: string | null
  hubs: string[]
  /** Where RSS readers register to be told (rssCloud); null: nowhere. */
  rssCloud: string | null
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
  /** What podcast directories ask of it; null where it is no podcast. */
  podcast: (Omit<PodcastSettings, 'guid'> & { guid: string; trailers: Trailer[] }) | null
  /** Whether an item is to be listened to or watched, so that it says more. */
  hasEpisodes: boolean
  /** The publisher's own elements, as XML and as JSON Feed have them. */
  customFields: FieldTexts[]
  extensions: Record<string, unknown>
  /** Namespaces of such elements, in the feed or in its items, by prefix. */
  fieldNamespaces: Record<string, string>
  /** What makes it readable in a browser; null where it is left to readers. */
  styling: FeedStyling | null
  /** Articles that were withdrawn, the latest first (RFC 6721): epoch milliseconds. */
  withdrawn: Tombstone[]
}

/** What is left of an article that was published. */
export interface Tombstone {
  id: string
  when: number
}

/** Which of a collection's documents is meant, and what comes before it. */
export interface FeedPaging {
  /** Of an archive; null for the subscription document. */
  number: number | null
  /** The archive that holds what was published before. */
  older: number | null
  complete: boolean
}

/** What a channel says of its items. */
export type ChannelItem = Pick<FeedItem, 'updated' | 'published' | 'title' | 'episode' | 'enclosures'>

/** The channel of a collection. `id` is minted by the caller, who knows the authority; `lifetime` is in seconds. */
export function feedChannel(
  collection: Collection,
  items: ChannelItem[],
  site: Site,
  id: string,
  paging: FeedPaging & { lifetime: number },
  withdrawn: Tombstone[] = [],
): FeedChannel {
  const address = (path: string) => absoluteUrl(path, site)
  const urls = (number: number | null) =>
    Object.fromEntries(
      feedFormatNames.map(format => [format, address(feedPath(collection, format, number))]),
    ) as Record<FeedFormat, string>
  const rule = feedRuleOf(collection, site)
  const title = titleOf(collection, site)
  const own = rule?.fields ?? []
  const isOwn = (element: string) => own.some(field => field.element === element)
  const shared = site.feedFields.filter(({ on, element }) => on === 'item' || !isOwn(element))
  const fields = fieldTexts([...shared, ...own], 'feed')
  const namespaces = fieldNamespaces({
    feedFields: [...shared, ...own],
    // The items are the same in all feeds, and so is what their prefixes mean.
    feedNamespaces: { ...rule?.namespaces, ...site.feedNamespaces },
  })
  return {
    id,
    title,
    description:
      rule?.description ??
      (collection.kind === 'all'
        ? site.description || site.title
        : `${title}: ${site.description || 'articles'}`),
    pageUrl: address(pageOf(collection, paging.number, site)),
    selfUrls: urls(paging.number),
    paging: {
      archive: paging.number !== null,
      complete: paging.complete,
      olderUrls: paging.older === null ? null : urls(paging.older),
      currentUrls: urls(null),
    },
    // An archive stays as it is: what else changed among the newest is said where people subscribe.
    updated: items.reduce(
      (newest, item) => Math.max(newest, item.updated),
      (paging.number === null && collection.changed) || 0,
    ),
    language: languageOf(collection, site),
    // Atom needs an author where entries have none (RFC 4287 §4.1.1): the publication stands in, at the feed only.
    authors:
      site.authors.length > 0 ? site.authors : [{ name: site.title, url: null, email: null, role: null }],
    copyright: site.copyright,
    icon: site.icon && assetAddress(site.icon, site),
    logo: logoOf(rule?.image ?? site.logo, site),
    hubs: site.hubs,
    rssCloud: site.rssCloud,
    ttl: minutesToLive(paging.lifetime),
    podcast: isPodcast(collection, items, site) ? podcastOf(collection, items, site) : null,
    hasEpisodes: items.some(({ episode }) => episode !== null),
    customFields: fields,
    extensions: jsonExtensions(fields, namespaces),
    fieldNamespaces: namespaces,
    styling: feedStyling(title, collection, site, address),
    withdrawn,
  }
}

const logoOf = (image: string | null, site: Site) => image && assetAddress(image, site)

/** What readers call a collection's feed. */
export function titleOf(
  collection: Pick<Collection, 'kind' | 'key' | 'name'>,
  site: Pick<Site, 'feeds' | 'title' | 'language'>,
): string {
  if (collection.kind === 'all') return site.title
  if (collection.kind === 'language') return `${languageName(collection.name, site.language)} · ${site.title}`
  return feedRuleOf(collection, site)?.title ?? `${collection.name} · ${site.title}`
}

/** `Deutsch` in place of `de`, in the publication's own words. */
function languageName(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A collection speaks the language of its articles, where they have one. */
export function languageOf(collection: Collection, site: Pick<Site, 'language' | 'feeds'>): string {
  const { kind, name, newest } = collection
  if (kind === 'language') return name
  const given = feedRuleOf(collection, site)?.language
  if (given) return given
  const language = newest[0]?.language
  return kind !== 'all' && language && newest.every(article => article.language === language)
    ? language
    : site.language
}

/**
 * The settings say so, or every article of the publication is sound: one with a recording does not make a podcast of a
 * journal, whose feeds directories would then find wanting.
 */
function isPodcast(collection: Collection, items: ChannelItem[], site: Site): boolean {
  const isEpisode = ({ episode }: ChannelItem) => episode !== null
  return isShow(collection, site)
    ? items.some(isEpisode)
    : collection.kind === 'all' && items.length > 0 && items.every(isEpisode)
}

/** What is heard before one subscribes. */
export interface Trailer {
  title: string
  url: string
  type: string
  length: number | null
  /** Epoch milliseconds. */
  published: number
  season: number | null
}

function trailersOf(items: ChannelItem[]): Trailer[] {
  return items.flatMap(({ episode, enclosures: [sound], title, published }) =>
    episode?.kind === 'trailer' && sound
      ? [
          {
            title: episode.title ?? title,
            url: sound.url,
            type: sound.type,
            length: sound.length,
            published,
            season: episode.season?.number ?? null,
          },
        ]
      : [],
  )
}

/** The namespace of `podcast:guid`, given in its definition (podcastindex.org/namespace/1.0). */
const podcastGuids = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6'

/**
 * A show's guid is made once, of the feed's address at that time without its scheme, and outlives the address. The host in
 * the ids' authority is the one of that time.
 */
function podcastOf(collection: Collection, items: ChannelItem[], site: Site): FeedChannel['podcast'] {
  const host = site.tagAuthority.replace(/,.*$/, '').replace(/^.*@/, '')
  const { image, ...show } = showFor(collection, site)
  const cover = image ?? site.logo
  return {
    ...show,
    image: cover && assetAddress(cover, site),
    guid: show.guid ?? uuidV5(`${host}${feedPath(collection, 'rss')}`, podcastGuids),
    trailers: trailersOf(items),
  }
}

/** Of a collection that is none of the publisher's own feeds and not the publication itself, a show has no name and no new address. */
function showFor(collection: Collection, site: Site): PodcastSettings {
  const rule = feedRuleOf(collection, site)
  const show = (rule && showOf(site, rule)) ?? site.podcast
  return rule || collection.kind === 'all' ? show : { ...show, guid: null, newFeedUrl: null }
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

/** The page that stands beside a feed: of a site that keeps its own, its home. */
function pageOf(collection: Collection, archive: number | null, { pages }: Site): string {
  if (pages === 'none') return '/'
  return archive === null ? collection.path : archivePath(collection, { number: archive })
}

/** `/tags/x/archive/3/`: the page of an archive and the folder of its feeds. */
export function archivePath(collection: Pick<Collection, 'path'>, archive: { number: number }): string {
  return `${collection.path}archive/${archive.number}/`
}

/** The absolute, percent-encoded address of a path on the publication (or of an address that is absolute already). */
export function absoluteUrl(path: string, site: Pick<Site, 'url'>): string {
  // By `./`, for a path may begin like a scheme: /javascript:…
  return new URL(path.replace(/^\//, './'), site.url).href
}

/** The address of a file that the settings name: one in the folder is served below `/media/`, or where the site has it. */
export function assetAddress(pathOrUrl: string, site: Pick<Site, 'url' | 'media'>): string {
  return /^https?:\/\//i.test(pathOrUrl)
    ? pathOrUrl
    : `${site.url}${site.media === 'site' ? '' : 'media/'}${encodePath(pathOrUrl.replace(/^\.?\//, '').normalize('NFC'))}`
}
