import type { Article } from './article.ts'

/** A withdrawn article is known by what the ledger remembers of it. */
export interface WithdrawnArticle {
  id: string
  /** Absolute: where it was read. */
  url: string
  /** Null where nothing remembers it. */
  title: string | null
}

/** What one publication brought, told once its generation can be read. */
export interface PublicationEvent {
  /** Grows by one with each publication, for ever, restarts included. */
  generation: number
  /** Epoch milliseconds. */
  publishedAt: number
  /** Paths on the publication whose bytes are other than before, new ones among them. */
  changed: string[]
  /** Paths that there were and are not any more. */
  removed: string[]
  /** Every one that is published now, newest first. */
  articles: readonly Article[]
  /** Newest first. */
  added: Article[]
  /** Articles whose words changed. */
  updated: Article[]
  withdrawn: WithdrawnArticle[]
}

/** Is told of each publication: push, statistics, logs, webhooks. What it throws is logged and stops nothing. */
export interface PublicationObserver {
  published(event: PublicationEvent): void | Promise<void>
}
