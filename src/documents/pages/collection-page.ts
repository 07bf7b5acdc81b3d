import { html } from 'hono/html'
import { listHead } from './article-head.ts'
import { articleList, collectionName } from './article-list.ts'
import type { PageFrame } from './page-frame.ts'
import type { CollectionView } from './page-views.ts'
import { paging } from './paging.ts'

/** The page of a collection: what it is, how many articles it holds, and the newest of them. */
export function renderCollectionPage(view: CollectionView, frame: PageFrame): string {
  const { collection, articles, older } = view
  const { site, address } = frame
  // The page of a language speaks it, if it can.
  const spoken = frame.speak(collection.kind === 'language' ? collection.name : site.language)
  const { words } = spoken
  const { text, element } = collectionName(collection, frame)
  return frame.render({
    title: text,
    description: words.articlesOf(text, site.title),
    canonical: address(collection.path),
    language: spoken.language,
    direction: spoken.direction,
    feeds: [
      { path: collection.path, title: `${collection.name} · ${site.title}` },
      { path: '/', title: site.title },
    ],
    subscribePath: collection.path,
    ...(collection.kind === 'section' && { section: collection.path }),
    head: listHead(
      {
        title: text,
        description: words.articlesOf(text, site.title),
        url: address(collection.path),
        language: spoken.language,
        articles,
        type: 'CollectionPage',
      },
      frame,
    ),
    main: html`<header class="opening">
<p class="label">${words.kinds[collection.kind]}</p>
<h1>${element}</h1>
<p class="meta">${words.articles(collection.count, spoken.number(collection.count))}</p>
</header>
${articleList(articles, frame, spoken)}${paging({ collection, older, newer: null, newest: false }, spoken, frame)}`,
  })
}
