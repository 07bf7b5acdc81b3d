import { html } from 'hono/html'
import type { Collection } from '../../model/collection.ts'
import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import type { Site } from '../../model/site.ts'
import { addressOf, feedPath } from '../feed-channel.ts'
import { olderLink } from './archive-page.ts'
import { articleList } from './article-list.ts'
import { type Html, renderPage } from './layout.ts'

/** The page of a collection: what it is, where its feeds are, its newest articles. `all` is the home page. */
export function renderCollectionPage(collection: Collection, collections: Collection[], site: Site): string {
  const home = collection.kind === 'all'
  const heading = home ? site.title : collection.name
  const feeds = home ? [] : [{ path: '/', title: site.title }]
  return renderPage({
    site,
    title: home ? null : collection.name,
    description: home ? site.description : `${collection.name}: articles of ${site.title}`,
    canonical: addressOf(collection.path, site),
    language: site.language,
    direction: 'ltr',
    feeds: [
      { path: collection.path, title: home ? site.title : `${collection.name} · ${site.title}` },
      ...feeds,
    ],
    main: html`<h1 dir="auto">${heading}</h1>
${home && site.description ? html`<p class="lead">${site.description}</p>` : ''}
${subscribe(collection, site)}
${articleList(collection.newest, site)}
${olderLink(collection, collection.archives.at(-1)?.number ?? null, site)}
${home ? collectionIndex(collections, site) : ''}`,
  })
}

function subscribe(collection: Collection, site: Site): Html {
  return html`<p class="subscribe">Subscribe: paste one of these addresses into a feed reader. ${feedFormatNames.map(
    format =>
      html`<a href="${addressOf(feedPath(collection, format), site)}">${feedFormats[format].name}</a> `,
  )}</p>`
}

const headings: [Collection['kind'], string][] = [
  ['tag', 'Tags'],
  ['author', 'Authors'],
  ['section', 'Sections'],
  ['language', 'Languages'],
  ['custom', 'More feeds'],
]

function collectionIndex(collections: Collection[], site: Site): Html[] {
  return headings.flatMap(([kind, heading]) => {
    const members = collections.filter(collection => collection.kind === kind)
    if (members.length === 0) return []
    return html`<nav class="index" aria-label="${heading}"><h2>${heading}</h2><ul>
${members.map(
  member =>
    html`<li><a href="${addressOf(member.path, site)}" dir="auto">${member.name}</a> (${member.articles.length})</li>
`,
)}</ul></nav>
`
  })
}
