import { html } from 'hono/html'
import { collectionName } from './article-list.ts'
import type { Html } from './html.ts'
import type { PageFrame, PageLanguage } from './page-frame.ts'
import type { CollectionEntry } from './page-views.ts'

const order = ['section', 'tag', 'author', 'language', 'custom'] as const

/** Collections by kind, each kind with those that hold most first; `show` is what stands for one. */
export function collectionIndex(
  collections: CollectionEntry[],
  show: (entry: CollectionEntry) => Html,
  { words }: PageLanguage,
): Html[] {
  return order.flatMap(kind => {
    const members = collections.filter(collection => collection.kind === kind).sort(largestFirst)
    if (members.length === 0) return []
    return html`<section class="index">
<h2>${words.groups[kind]}</h2>
<ul>
${members.map(member => html`<li>${show(member)}</li>\n`)}</ul>
</section>
`
  })
}

/** A collection's name as a link to its page, and how much is in it. */
export function collectionLink(entry: CollectionEntry, frame: PageFrame): Html {
  const { element } = collectionName(entry, frame)
  return html`<a href="${frame.address(entry.path)}">${element}</a> <span class="count">${frame.own.number(entry.count)}</span>`
}

function largestFirst(a: CollectionEntry, b: CollectionEntry): number {
  return b.count - a.count || (a.path < b.path ? -1 : 1)
}
