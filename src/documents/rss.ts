import { cdata, escapeHtmlText, escapeXml } from '../text/escape.ts'
import { insertBefore } from './document-fragments.ts'
import type { FeedChannel } from './feed-channel.ts'
import { type FieldTexts, xmlNamespaces } from './feed-fields.ts'
import type { FeedItem } from './feed-item.ts'
import { feedDate, type Item, Placeholders, rssChannelSkeleton, rssItemSkeleton } from './feed-library.ts'
import { pagingLinks } from './feed-paging.ts'

type Text = (value: string) => string
/** What `feed` adds to an item under its name, in its own terms. */
type Extension = NonNullable<Item['extensions']>[number]

/** One `<item>`: rendered once, however many feeds carry it. */
export function renderRssItem(item: FeedItem): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(rssText(value))
  const enclosure = item.enclosures[0]
  const skeleton = rssItemSkeleton({
    title: text(item.title),
    link: text(item.url),
    id: text(item.id),
    date: feedDate(item.updated),
    published: feedDate(item.published),
    // Readers take `description` for HTML, so plain text is escaped for HTML first and for XML second.
    description: text(escapeHtmlText(item.summary)),
    ...(item.html === null ? {} : { content: held.hold(cdata(item.html)) }),
    category: item.categories.map(({ name }) => ({ name: text(name) })),
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
      ...(item.source ? [sourceOf(item.source, text)] : []),
      // Some readers look for the thumbnail inside `media:content`, some beside it.
      ...(item.image
        ? [
            { name: 'media:content', objects: mediaImage(item.image, text) },
            { name: 'media:thumbnail', objects: { _attributes: { url: text(item.image.url) } } },
          ]
        : []),
      ...(item.episode ? episodeElements(item, item.episode, text) : []),
      ...fieldElements(item.fields, text),
    ],
  })
  const permanent = isWebAddress(item.id) && item.id === item.url
  return held.fill(permanent ? skeleton.replace('isPermaLink="false"', 'isPermaLink="true"') : skeleton)
}

/** A whole RSS 2.0 document around items that are rendered already. */
export function renderRss(channel: FeedChannel, items: string[]): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(rssText(value))
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
      title: text(channel.title),
      link: text(channel.pageUrl),
      description: text(escapeHtmlText(channel.description)),
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
      ...(channel.podcast ? podcastElements(channel, channel.podcast, text) : {}),
      ...Object.fromEntries(fieldElements(channel.fields, text).map(({ name, objects }) => [name, objects])),
    },
  )
  const { atom, content, dc, fh, media, itunes, podcast } = xmlNamespaces
  const namespaces = {
    ...{ atom, content, dc, fh, media },
    ...(channel.podcast && { itunes, podcast }),
    ...channel.fieldNamespaces,
  }
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`)
  const opened = skeleton.replace('<rss version="2.0">', `<rss version="2.0"${held.hold(declared.join(''))}>`)
  return insertBefore('    </channel>', held.fill(opened), items)
}

/**
 * RSS never said whether a title is text or HTML. Hexadecimal references for `&` and `<` are what the RSS Advisory
 * Board's profile recommends: readers that unescape once and readers that unescape twice show the same. What holds for
 * titles holds for names, tags and addresses.
 */
function rssText(text: string): string {
  return escapeXml(text).replace(/&(?:amp|lt|gt);/g, reference => hexadecimal[reference]!)
}

const hexadecimal: Record<string, string> = { '&amp;': '&#x26;', '&lt;': '&#x3C;', '&gt;': '&#x3E;' }

function mediaImage(image: NonNullable<FeedItem['image']>, text: Text) {
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

/** RSS wants the address of the source's feed; where that is unknown, Dublin Core has a name without one. */
function sourceOf({ name, feed }: NonNullable<FeedItem['source']>, text: Text): Extension {
  return feed === null
    ? { name: 'dc:source', objects: { _text: text(name) } }
    : { name: 'source', objects: { _attributes: { url: text(feed) }, _text: text(name) } }
}

/** So much Apple's directory and the W3C's validator allow; what is longer is left to `description`. */
const longest = { author: 255, summary: 4000 }

/** What podcast players read of an item, but for its author: readers that know `dc:creator` would name him twice. */
function episodeElements(item: FeedItem, { explicit }: { explicit: boolean }, text: Text): Extension[] {
  const duration = item.enclosures[0]?.duration ?? null
  return [
    duration !== null && { name: 'itunes:duration', objects: { _text: String(duration) } },
    item.image &&
      isCover(item.image.url) && {
        name: 'itunes:image',
        objects: { _attributes: { href: text(item.image.url) } },
      },
    item.summary &&
      item.summary.length <= longest.summary && {
        name: 'itunes:summary',
        objects: { _text: text(item.summary) },
      },
    { name: 'itunes:explicit', objects: { _text: String(explicit) } },
  ].filter(element => typeof element === 'object' && element !== null)
}

function podcastElements(
  channel: FeedChannel,
  podcast: NonNullable<FeedChannel['podcast']>,
  text: Text,
): Record<string, unknown> {
  const author = channel.authors.map(({ name }) => name).join(', ')
  const { categories, image, email, explicit, guid, locked } = podcast
  return {
    ...(author && author.length <= longest.author ? { 'itunes:author': { _text: text(author) } } : {}),
    ...(image && isCover(image) ? { 'itunes:image': { _attributes: { href: text(image) } } } : {}),
    ...(categories.length > 0
      ? { 'itunes:category': categories.map(category => itunesCategory(category, text)) }
      : {}),
    ...(email
      ? {
          'itunes:owner': {
            ...(author ? { 'itunes:name': { _text: text(author) } } : {}),
            'itunes:email': { _text: text(email) },
          },
        }
      : {}),
    'itunes:explicit': { _text: String(explicit) },
    'podcast:guid': { _text: guid },
    ...(locked === null
      ? {}
      : {
          'podcast:locked': {
            _attributes: email ? { owner: text(email) } : {},
            _text: locked ? 'yes' : 'no',
          },
        }),
  }
}

/** `Society & Culture > Documentary`: a category within a category. */
function itunesCategory(category: string, text: Text): Record<string, unknown> {
  const [name = '', inner] = category.split(/\s*>\s*/)
  return {
    _attributes: { text: text(name) },
    ...(inner ? { 'itunes:category': { _attributes: { text: text(inner) } } } : {}),
  }
}

/** Directories take JPEG and PNG, and tell them by the name. */
function isCover(url: string): boolean {
  return /\.(?:jpe?g|png)$/i.test(url)
}

function fieldElements(fields: FieldTexts[], text: Text): Extension[] {
  return fields.map(({ element, texts }) => ({
    name: element,
    objects: asArray(texts.map(value => ({ _text: text(value) }))),
  }))
}

function isWebAddress(id: string): boolean {
  return /^https?:\/\//i.test(id)
}

function asArray(values: unknown[]): Record<string, unknown> {
  return values as unknown as Record<string, unknown>
}
