import { html } from 'hono/html'
import type { Archive, Collection } from '../../model/collection.ts'
import type { Site } from '../../model/site.ts'
import { addressOf, archivePath } from '../feed-channel.ts'
import { articleList } from './article-list.ts'
import { type Html, renderPage } from './layout.ts'

/** One of a collection's further pages: the articles of an archive document. `older` is the number of the one before. */
export function renderArchivePage(
  collection: Collection,
  archive: Archive,
  older: number | null,
  site: Site,
): string {
  const title = `${collection.name}, part ${archive.number}`
  return renderPage({
    site,
    title,
    description: `${title}: articles of ${site.title}`,
    canonical: addressOf(archivePath(collection, archive), site),
    language: site.language,
    direction: 'ltr',
    feeds: [{ path: collection.path, title: collection.name }],
    main: html`<h1 dir="auto">${title}</h1>
<p><a href="${addressOf(collection.path, site)}">The newest articles</a></p>
${articleList(archive.articles, site)}
${olderLink(collection, older, site)}`,
  })
}

/** The way to the articles before these. */
export function olderLink(collection: Collection, older: number | null, site: Site): Html | string {
  if (older === null) return ''
  return html`<p class="paging"><a rel="prev" href="${addressOf(archivePath(collection, { number: older }), site)}">Older articles</a></p>`
}
