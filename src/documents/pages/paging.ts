import { html } from 'hono/html'
import { archivePath } from '../feed-channel.ts'
import type { Html } from './html.ts'
import type { PageFrame, PageLanguage } from './page-frame.ts'
import type { CollectionLink } from './page-views.ts'

export interface Paging {
  collection: CollectionLink
  older: number | null
  newer: number | null
  /** Whether the newest articles are a page further on. */
  newest: boolean
}

/** The ways to older and newer articles of a collection. */
export function paging(
  { collection, older, newer, newest }: Paging,
  { words }: PageLanguage,
  { address }: PageFrame,
): Html | string {
  if (older === null && newer === null && !newest) return ''
  const archive = (number: number) => address(archivePath(collection, { number }))
  return html`<nav class="paging" aria-label="${words.paging}">
${newest ? html`<a href="${address(collection.path)}">${words.newest}</a>\n` : ''}${
  newer === null ? '' : html`<a rel="next" href="${archive(newer)}">${words.newer}</a>\n`
}${older === null ? '' : html`<a rel="prev" href="${archive(older)}">${words.older}</a>\n`}</nav>
`
}
