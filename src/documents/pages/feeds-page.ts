import { html } from 'hono/html'
import { collectionIndex, collectionLink } from './collection-index.ts'
import type { Html } from './html.ts'
import type { PageFrame } from './page-frame.ts'
import type { CollectionEntry, FeedsView } from './page-views.ts'

/** Where every feed of the publication can be found. */
export function renderFeedsPage({ collections }: FeedsView, frame: PageFrame): string {
  const { site, own, address } = frame
  const { words } = own
  const everything = collections.filter(({ kind }) => kind === 'all')
  return frame.render({
    title: words.allFeeds,
    description: words.feeds.intro,
    canonical: address('/feeds/'),
    language: own.language,
    direction: own.direction,
    feeds: [{ path: '/', title: site.title }],
    main: html`<header class="opening">
<h1>${words.allFeeds}</h1>
<p class="standfirst">${words.feeds.intro}</p>
</header>
<section class="index">
<h2>${words.groups.all}</h2>
<ul>
${everything.map(entry => html`<li>${feedRow(entry, frame)}</li>\n`)}</ul>
</section>
${collectionIndex(collections, entry => feedRow(entry, frame), own)}<section class="index">
<h2>${words.feeds.opml}</h2>
<p>${words.feeds.opmlNote} <a href="${address('/opml.xml')}">${address('/opml.xml')}</a></p>
</section>
`,
  })
}

function feedRow(entry: CollectionEntry, frame: PageFrame): Html {
  const { words } = frame.own
  const name = entry.kind === 'language' ? frame.own.languageName(entry.name) : entry.name
  return html`${collectionLink(entry, frame)} <a class="follow" href="${frame.address(`${entry.path}subscribe/`)}" aria-label="${words.subscription.title(name)}">${words.subscribe}</a>`
}
