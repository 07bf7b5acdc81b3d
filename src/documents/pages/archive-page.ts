import { html } from 'hono/html'
import { archivePath } from '../feed-channel.ts'
import { articleList, collectionName } from './article-list.ts'
import type { PageFrame } from './page-frame.ts'
import type { ArchiveView } from './page-views.ts'
import { paging } from './paging.ts'

/** One of a collection's further pages. */
export function renderArchivePage(view: ArchiveView, frame: PageFrame): string {
  const { collection, number, articles, older, newer } = view
  const { site, address } = frame
  const spoken = frame.speak(collection.kind === 'language' ? collection.name : site.language)
  const { words } = spoken
  const { text, element } = collectionName(collection, frame)
  const part = words.part(spoken.number(number))
  const title = collection.kind === 'all' ? site.title : `${collection.name} · ${site.title}`
  return frame.render({
    title: collection.kind === 'all' ? part : `${text}, ${part}`,
    description: `${words.articlesOf(text, site.title)}, ${part}`,
    canonical: address(archivePath(collection, { number })),
    language: spoken.language,
    direction: spoken.direction,
    feeds: [
      { path: collection.path, title },
      ...(collection.kind === 'all' ? [] : [{ path: '/', title: site.title }]),
    ],
    subscribePath: collection.path,
    main: html`<header class="opening">
<p class="label">${words.kinds[collection.kind]}</p>
<h1><a href="${address(collection.path)}">${element}</a></h1>
<p class="meta">${part}</p>
</header>
${articleList(articles, frame, spoken)}${paging({ collection, older, newer, newest: true }, spoken, frame)}`,
  })
}
