import type { Article } from './article.ts'

export type CollectionKind = 'all' | 'tag' | 'author' | 'section' | 'language' | 'custom'

/** Articles that belong together and get a page and three feeds of their own. */
export interface Collection {
  kind: CollectionKind
  /** As people write it: `Données ouvertes`; the publication's title for `all`. */
  name: string
  /** Path on the publication, begins and ends in `/`: `/`, `/tags/donnees-ouvertes/`. Decoded, NFC. */
  path: string
  /** Newest first, ties broken by id. */
  articles: Article[]
}
