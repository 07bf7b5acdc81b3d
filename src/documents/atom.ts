import type { Author } from '../model/article.ts'
import { cdata, escapeXml } from '../text/escape.ts'
import { insertBefore } from './document-fragments.ts'
import type { FeedChannel } from './feed-channel.ts'
import type { FeedItem } from './feed-item.ts'
import { atomEntrySkeleton, atomFeedSkeleton, feedDate, Placeholders } from './feed-library.ts'
import { pagingLinks } from './feed-paging.ts'
import { encodeXml } from './xml.ts'

/** RFC 5005 §2 and §4. */
const feedHistory = 'http://purl.org/syndication/history/1.0'

/**
 * One `<entry>`. `id` is the item's own unless that is no IRI (RFC 4287 §4.2.6). The document's language is repeated on
 * the entry, so that a fragment means the same in every feed.
 */
export function renderAtomEntry(item: FeedItem, id: string, language: string): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(escapeXml(value))
  const skeleton = atomEntrySkeleton({
    title: text(item.title),
    id: text(id),
    link: text(item.url),
    date: feedDate(item.updated),
    published: feedDate(item.published),
    ...(item.summary ? { description: text(item.summary) } : {}),
    ...(item.html === null ? {} : { content: held.hold(cdata(item.html)) }),
    author: item.authors.map(author => heldPerson(author, text)),
    category: item.tags.map(tag => ({ term: text(tag), name: text(tag) })),
  })
  return held.fill(
    insertInside(
      skeleton
        .replace('<entry>', `<entry xml:lang="${text(item.language ?? language)}">`)
        .replace('<title type="html">', '<title type="text">')
        .replace('<summary type="html">', '<summary type="text">')
        .replace('<link href=', '<link rel="alternate" type="text/html" href='),
      enclosureLinks(item, text),
    ),
  )
}

/** A whole Atom 1.0 document around entries that are rendered already. */
export function renderAtom(channel: FeedChannel, entries: string[]): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(escapeXml(value))
  const [firstAuthor] = channel.authors
  const skeleton = atomFeedSkeleton({
    id: text(channel.id),
    title: text(channel.title),
    description: text(channel.description),
    link: text(channel.pageUrl),
    feed: text(channel.selfUrls.atom),
    updated: feedDate(channel.updated),
    generator: 'Broadsheet',
    ...(firstAuthor ? { author: heldPerson(firstAuthor, text) } : {}),
    ...(channel.copyright ? { copyright: text(channel.copyright) } : {}),
    ...(channel.icon ? { favicon: text(channel.icon) } : {}),
    ...(channel.logo ? { image: text(channel.logo) } : {}),
  })
  const links = [
    { rel: 'alternate', type: 'application/rss+xml', href: channel.selfUrls.rss },
    { rel: 'alternate', type: 'application/feed+json', href: channel.selfUrls.json },
    ...channel.hubs.map(href => ({ rel: 'hub', href })),
    ...pagingLinks(channel, 'atom'),
  ].map(attributes => encodeXml({ name: 'link', attributes }, '    '))
  const history = [channel.paging.archive && 'archive', channel.paging.complete && 'complete']
    .filter(name => name !== false)
    .map(name => encodeXml({ name: `fh:${name}`, attributes: { 'xmlns:fh': feedHistory } }, '    '))
  const filled = held.fill(
    skeleton
      .replace('<feed xmlns=', `<feed xml:lang="${text(channel.language)}" xmlns=`)
      .replace('<link rel="alternate" href=', '<link rel="alternate" type="text/html" href=')
      .replace('<link rel="self" href=', '<link rel="self" type="application/atom+xml" href='),
  )
  return insertBefore('</feed>', filled, [...links, ...history, ...entries])
}

function enclosureLinks(item: FeedItem, text: (value: string) => string): string[] {
  return item.enclosures.map(({ url, type, length, title }) =>
    encodeXml(
      {
        name: 'link',
        attributes: {
          rel: 'enclosure',
          href: text(url),
          type: text(type),
          length,
          title: title && text(title),
        },
      },
      '        ',
    ),
  )
}

function insertInside(entry: string, lines: string[]): string {
  return lines.length === 0 ? entry : insertBefore('    </entry>', entry, lines).trimEnd()
}

function heldPerson(author: Author, text: (value: string) => string) {
  return {
    name: text(author.name),
    ...(author.email ? { email: text(author.email) } : {}),
    ...(author.url ? { link: text(author.url) } : {}),
  }
}
