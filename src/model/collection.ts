import type { Article } from './article.ts'
import { type FeedRule, type Site, showOf } from './site.ts'

export type CollectionKind = 'all' | 'tag' | 'author' | 'section' | 'language' | 'custom'

/** A full archive document (RFC 5005 §4): the same articles for ever, but for those that are withdrawn. */
export interface Archive {
  /** 1 is the oldest. */
  number: number
  /** Newest first. */
  articles: Article[]
}

/** Articles that belong together and get a page and three feeds of their own. */
export interface Collection {
  kind: CollectionKind
  /** Permanent and independent of addresses: `tag données ouvertes`; the ledger remembers archives under it. */
  key: string
  /** As people write it: `Données ouvertes`; the publication's title for `all`. */
  name: string
  /** Path on the publication, begins and ends in `/`: `/`, `/tags/données-ouvertes/`. Decoded, NFC. */
  path: string
  /** Newest first, ties broken by id. */
  articles: Article[]
  /** Of `all` alone: pages that are no news and in no collection, by title. Absent: there are none. */
  pages?: Article[]
  /** What its subscription documents hold: the newest articles, and all that no archive holds yet. Newest first. */
  newest: Article[]
  /** In the order of their numbers. */
  archives: Archive[]
  /** Seconds that usually lie between two first publications in it; null where too few are known. */
  publishingInterval: number | null
  /** Epoch milliseconds: when its subscription documents last changed otherwise than their articles' dates tell. Absent: never, or nobody knows. */
  changed?: number
}

/** The publisher's own words on a feed that is put together; undefined for every other collection. */
export function feedRuleOf(
  { kind, key }: Pick<Collection, 'kind' | 'key'>,
  { feeds }: Pick<Site, 'feeds'>,
): FeedRule | undefined {
  return kind === 'custom' ? feeds.find(({ slug }) => `custom ${slug}` === key) : undefined
}

/** Whether the settings make a collection's feed a show, or part of one. */
export function isShow(
  collection: Pick<Collection, 'kind' | 'key'>,
  site: Pick<Site, 'podcast' | 'feeds'>,
): boolean {
  return showOf(site, feedRuleOf(collection, site) ?? null) !== null
}

/** What a collection's subscription documents hold. Directories take what has gone from a show's feed for deleted: that holds all. */
export function subscriptionArticles(
  collection: Collection,
  site: Pick<Site, 'podcast' | 'feeds'>,
): Article[] {
  return isShow(collection, site) ? collection.articles : collection.newest
}
