import type { Article } from '../../model/article.ts'
import type { CollectionKind } from '../../model/collection.ts'

/** A collection by name and place. */
export interface CollectionLink {
  kind: CollectionKind
  name: string
  /** On the publication, begins and ends in `/`. */
  path: string
}

/** A collection in a list of them. */
export interface CollectionEntry extends CollectionLink {
  /** How many articles it holds. */
  count: number
}

/** An article that another one's page leads to. */
export interface Neighbour {
  title: string
  url: string
  language: string | null
  direction: 'ltr' | 'rtl'
}

/** What every page leads to. */
export interface SiteMenu {
  /** By name. */
  sections: CollectionLink[]
  /** Pages that are no news, by title. */
  pages: Neighbour[]
}

/** The publication's own page. */
export interface HomeView extends CollectionView {
  /** Every other collection. */
  collections: CollectionEntry[]
}

export interface CollectionView {
  collection: CollectionEntry
  /** The newest, newest first. */
  articles: Article[]
  /** Number of the archive page that holds older ones. */
  older: number | null
}

/** One of a collection's further pages: the articles of an archive document. */
export interface ArchiveView {
  collection: CollectionLink
  number: number
  articles: Article[]
  older: number | null
  newer: number | null
}

export interface ArticleView {
  article: Article
  /** Those it belongs to, the publication among them. */
  collections: CollectionLink[]
  /** Published before it, and after it. */
  previous: Neighbour | null
  next: Neighbour | null
}

/** What a person sees at the addresses of a collection's feeds. */
export interface SubscribeView {
  collection: CollectionLink
  /** How many feeds the publication has. */
  feeds: number
  latest: Article[]
}

export interface FeedsView {
  collections: CollectionEntry[]
}

/** An address without a page. */
export interface MissingView {
  latest: Article[]
}
