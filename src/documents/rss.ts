import { cdata, escapeXml } from '../text/escape.ts'
import { insertBefore } from './document-fragments.ts'
import type { FeedChannel } from './feed-channel.ts'
import type { FeedItem } from './feed-item.ts'
import { feedDate, Placeholders, rssChannelSkeleton, rssItemSkeleton } from './feed-library.ts'
import { pagingLinks } from './feed-paging.ts'

const namespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  media: 'http://search.yahoo.com/mrss/',
}

/** One `<item>`: rendered once, however many feeds carry it. */
export function renderRssItem(item: FeedItem): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(escapeXml(value))
  const enclosure = item.enclosures[0]
  const skeleton = rssItemSkeleton({
    title: held.hold(rssTitle(item.title)),
    link: text(item.url),
    id: text(item.id),
    date: feedDate(item.updated),
    published: feedDate(item.published),
    // Readers take `description` for HTML, so plain text is escaped for HTML first and for XML second.
    description: text(escapeXml(item.summary)),
    ...(item.html === null ? {} : { content: held.hold(cdata(item.html)) }),
    category: item.tags.map(tag => ({ name: text(tag) })),
    extensions: [
      { name: 'dc:creator', objects: asArray(item.authors.map(author => ({ _text: text(author.name) }))) },
      ...(item.language ? [{ name: 'dc:language', objects: { _text: text(item.language) } }] : []),
      // RSS 2.0 allows one enclosure an item, and its three attributes are all required.
      ...(enclosure
        ? [
            {
              name: 'enclosure',
              objects: {
                _attributes: {
                  url: text(enclosure.url),
                  length: enclosure.length ?? 0,
                  type: text(enclosure.type),
                },
              },
            },
          ]
        : []),
      ...(item.image ? [{ name: 'media:content', objects: mediaImage(item.image, text) }] : []),
    ],
  })
  const permanent = isWebAddress(item.id) && item.id === item.url
  return held.fill(permanent ? skeleton.replace('isPermaLink="false"', 'isPermaLink="true"') : skeleton)
}

/** A whole RSS 2.0 document around items that are rendered already. */
export function renderRss(channel: FeedChannel, items: string[]): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(escapeXml(value))
  const links = [
    { rel: 'self', type: 'application/rss+xml', href: channel.selfUrls.rss },
    { rel: 'alternate', type: 'text/html', href: channel.pageUrl },
    { rel: 'alternate', type: 'application/atom+xml', href: channel.selfUrls.atom },
    { rel: 'alternate', type: 'application/feed+json', href: channel.selfUrls.json },
    ...channel.hubs.map(href => ({ rel: 'hub', href })),
    ...pagingLinks(channel, 'rss'),
  ]
  const skeleton = rssChannelSkeleton(
    {
      title: held.hold(rssTitle(channel.title)),
      link: text(channel.pageUrl),
      description: text(escapeXml(channel.description)),
      updated: feedDate(channel.updated),
      language: text(channel.language),
      ttl: channel.ttl,
      generator: 'Broadsheet',
      docs: 'https://www.rssboard.org/rss-specification',
      ...(channel.copyright ? { copyright: text(channel.copyright) } : {}),
      ...(channel.logo ? { image: text(channel.logo) } : {}),
    },
    {
      'atom:link': links.map(link => ({ _attributes: { ...link, href: text(link.href) } })),
      ...(channel.paging.archive ? { 'fh:archive': {} } : {}),
      ...(channel.paging.complete ? { 'fh:complete': {} } : {}),
    },
  )
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  const opened = skeleton.replace('<rss version="2.0">', `<rss version="2.0"${declared.join('')}>`)
  return insertBefore('    </channel>', held.fill(opened), items)
}

/**
 * RSS never said whether a title is text or HTML. Hexadecimal references for `&` and `<` are what the RSS Advisory
 * Board's profile recommends: readers that unescape once and readers that unescape twice show the same.
 */
function rssTitle(title: string): string {
  return title.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;')
}

function mediaImage(image: NonNullable<FeedItem['image']>, text: (value: string) => string) {
  return {
    _attributes: {
      url: text(image.url),
      medium: 'image',
      ...(image.type ? { type: text(image.type) } : {}),
      ...(image.length ? { fileSize: image.length } : {}),
      ...(image.width ? { width: image.width } : {}),
      ...(image.height ? { height: image.height } : {}),
    },
    'media:thumbnail': { _attributes: { url: text(image.url) } },
    ...(image.alt ? { 'media:description': { _attributes: { type: 'plain' }, _text: text(image.alt) } } : {}),
  }
}

function isWebAddress(id: string): boolean {
  return /^https?:\/\//i.test(id)
}

function asArray(values: unknown[]): Record<string, unknown> {
  return values as unknown as Record<string, unknown>
}
