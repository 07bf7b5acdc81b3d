import type { Author } from '../model/article.ts'
import { formatRfc3339 } from '../text/dates.ts'
import type { FeedChannel } from './feed-channel.ts'
import type { FeedItem } from './feed-item.ts'
import { feedDate, jsonFeed, jsonItem } from './feed-library.ts'

/** One item of a JSON Feed 1.1, as text that stands in the `items` of any document. */
export function renderJsonItem(item: FeedItem): string {
  const rendered = jsonItem(
    {
      id: item.id,
      link: item.url,
      title: item.title,
      date: feedDate(item.updated),
      published: feedDate(item.published),
      // What is long stays out of the library: it would be written, read and written again.
      content: '',
      category: item.categories.map(({ name }) => ({ name })),
      ...(item.image ? { image: item.image.url } : {}),
    },
    {
      summary: item.summary || null,
      external_url: item.externalUrl,
      date_published: formatRfc3339(item.published),
      date_modified: formatRfc3339(item.updated),
      authors: item.authors.length > 0 ? item.authors.map(person) : null,
      language: item.language,
      banner_image: (item.imageAbove && item.image?.url) || null,
      attachments:
        item.enclosures.length > 0
          ? item.enclosures.map(({ url, type, length, title, duration }) => ({
              url,
              mime_type: type,
              ...(title ? { title } : {}),
              ...(length === null ? {} : { size_in_bytes: length }),
              ...(duration === null ? {} : { duration_in_seconds: duration }),
            }))
          : null,
      ...item.extensions,
    },
  )
  // Version 1.1 asks for one of the two contents; a summary is text.
  if (item.html === null) {
    delete rendered.content_html
    rendered.content_text = item.summary || item.title
  } else rendered.content_html = item.html
  if (item.untitled) delete rendered.title
  return indented(rendered)
}

/** A whole JSON Feed 1.1 around items that are rendered already. */
export function renderJsonFeed(channel: FeedChannel, items: string[]): string {
  const { items: _, ...head } = jsonFeed(
    {
      title: channel.title,
      description: channel.description,
      link: channel.pageUrl,
      feedLinks: { json: channel.selfUrls.json },
    },
    {
      version: 'https://jsonfeed.org/version/1.1',
      language: channel.language,
      authors: channel.authors.map(person),
      next_url: channel.paging.olderUrls?.json ?? null,
      icon: channel.logo,
      favicon: channel.icon,
      ...channel.extensions,
      hubs: channel.hubs.length > 0 ? channel.hubs.map(url => ({ type: 'WebSub', url })) : null,
    },
  )
  const opened = JSON.stringify(head, null, 2).slice(0, -2)
  return items.length === 0
    ? `${opened},\n  "items": []\n}\n`
    : `${opened},\n  "items": [\n${items.join(',\n')}\n  ]\n}\n`
}

function person(author: Author) {
  return { name: author.name, ...(author.url ? { url: author.url } : {}) }
}

function indented(value: unknown): string {
  return `    ${JSON.stringify(value, null, 2).replaceAll('\n', '\n    ')}`
}
