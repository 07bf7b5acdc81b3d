import { feedNamespaceUris } from '../model/feed-namespaces.ts'
import { cdata, escapeHtmlText, escapeXml } from '../text/escape.ts'
import { insertBefore } from './document-fragments.ts'
import type { FeedChannel } from './feed-channel.ts'
import type { FieldTexts } from './feed-fields.ts'
import type { FeedItem } from './feed-item.ts'
import { feedDate, Placeholders, rssChannelSkeleton, rssItemSkeleton } from './feed-library.ts'
import { pagingLinks } from './feed-paging.ts'
import { stylingNote, withStylesheet } from './feed-styling.ts'
import { episodeElements, podcastElements } from './rss-podcast.ts'
import { type RssExtension, type RssForms, rssForms } from './rss-text.ts'

/** One `<item>`: rendered once, however many feeds carry it. */
export function renderRssItem(item: FeedItem): string {
  const held = new Placeholders()
  const forms = rssForms(held)
  const { text, code } = forms
  const enclosure = item.enclosures[0]
  // A field of the publisher's own gives way to ours of the same name: players take one of each.
  const own = item.episode ? episodeElements(item, item.episode, forms) : []
  let skeleton = rssItemSkeleton({
    title: text(item.title),
    link: code(item.url),
    id: code(item.id),
    date: feedDate(item.updated),
    published: feedDate(item.published),
    // Readers take `description` for HTML, so plain text is escaped for HTML first and for XML second.
    description: text(escapeHtmlText(item.summary)),
    ...(item.html === null ? {} : { content: held.hold(cdata(item.html)) }),
    category: item.categories.map(({ name }) => ({ name: text(name) })),
    extensions: [
      // Of several, many readers show the last alone.
      ...(item.authors.length > 0
        ? [{ name: 'dc:creator', objects: { _text: text(item.authors.map(({ name }) => name).join(', ')) } }]
        : []),
      ...(item.language ? [{ name: 'dc:language', objects: { _text: code(item.language) } }] : []),
      // RSS 2.0 allows one enclosure an item, and its three attributes are all required.
      ...(enclosure
        ? [
            {
              name: 'enclosure',
              objects: {
                _attributes: {
                  url: code(enclosure.url),
                  length: enclosure.length ?? 0,
                  type: code(enclosure.type),
                },
              },
            },
          ]
        : []),
      ...(item.externalUrl
        ? [{ name: 'atom:link', objects: { _attributes: { rel: 'related', href: code(item.externalUrl) } } }]
        : []),
      ...(item.source ? [sourceOf(item.source, forms)] : []),
      // Some readers look for the thumbnail inside `media:content`, some beside it.
      ...(item.image
        ? [
            { name: 'media:content', objects: mediaImage(item.image, forms) },
            { name: 'media:thumbnail', objects: { _attributes: { url: code(item.image.url) } } },
          ]
        : []),
      ...own,
      ...fieldElements(item.customFields, forms).filter(
        ({ name }) => !own.some(element => element.name === name),
      ),
    ],
  })
  const permanent = isWebAddress(item.id) && item.id === item.url
  if (item.untitled) skeleton = skeleton.replace(/^ *<title>.*<\/title>\n/m, '')
  return held.fill(permanent ? skeleton.replace('isPermaLink="false"', 'isPermaLink="true"') : skeleton)
}

/** A whole RSS 2.0 document around items that are rendered already. */
export function renderRss(channel: FeedChannel, items: string[]): string {
  const held = new Placeholders()
  const forms = rssForms(held)
  const { text, code } = forms
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
      link: code(channel.pageUrl),
      description: text(channel.description),
      updated: feedDate(channel.updated),
      language: code(channel.language),
      ttl: channel.ttl,
      generator: 'Broadsheet',
      docs: 'https://www.rssboard.org/rss-specification',
      ...(channel.copyright ? { copyright: text(channel.copyright) } : {}),
      ...(channel.logo ? { image: code(channel.logo) } : {}),
    },
    {
      'atom:link': links.map(link => ({ _attributes: { ...link, href: code(link.href) } })),
      ...(channel.rssCloud ? { cloud: { _attributes: cloudAttributes(channel.rssCloud, forms) } } : {}),
      ...(channel.paging.archive ? { 'fh:archive': {} } : {}),
      ...(channel.paging.complete ? { 'fh:complete': {} } : {}),
      ...(channel.podcast ? podcastElements(channel, channel.podcast, forms) : {}),
      ...Object.fromEntries(
        fieldElements(channel.customFields, forms).map(({ name, objects }) => [name, objects]),
      ),
    },
  )
  const { atom, content, dc, fh, media, itunes, podcast } = feedNamespaceUris
  const namespaces = {
    ...{ atom, content, dc, fh, media },
    ...((channel.podcast || channel.hasEpisodes) && { itunes, podcast }),
    ...channel.fieldNamespaces,
  }
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`)
  const { styling } = channel
  const note = styling ? `\n${held.hold(stylingNote(styling, channel.selfUrls.rss, '        '))}` : ''
  const opened = skeleton
    .replace('<rss version="2.0">', `<rss version="2.0"${held.hold(declared.join(''))}>`)
    .replace('<channel>', `<channel>${note}`)
  const document = insertBefore('    </channel>', held.fill(opened), items)
  return styling ? withStylesheet(document, styling) : document
}

/** RSS 2.0's `cloud`: an address in parts. `https-post` is what rssCloud's servers call the same over TLS. */
function cloudAttributes(address: string, { code }: RssForms) {
  const { protocol, hostname, port, pathname } = new URL(address)
  const secure = protocol === 'https:'
  return {
    domain: code(hostname),
    port: port || (secure ? '443' : '80'),
    path: code(pathname),
    registerProcedure: '',
    protocol: secure ? 'https-post' : 'http-post',
  }
}

function mediaImage(image: NonNullable<FeedItem['image']>, { text, code }: RssForms) {
  return {
    _attributes: {
      url: code(image.url),
      medium: 'image',
      ...(image.type ? { type: code(image.type) } : {}),
      ...(image.length ? { fileSize: image.length } : {}),
      ...(image.width ? { width: image.width } : {}),
      ...(image.height ? { height: image.height } : {}),
    },
    'media:thumbnail': { _attributes: { url: code(image.url) } },
    ...(image.alt ? { 'media:description': { _attributes: { type: 'plain' }, _text: text(image.alt) } } : {}),
  }
}

/** RSS wants the address of the source's feed; where that is unknown, Dublin Core has a name without one. */
function sourceOf({ name, feed }: NonNullable<FeedItem['source']>, { text, code }: RssForms): RssExtension {
  return feed === null
    ? { name: 'dc:source', objects: { _text: text(name) } }
    : { name: 'source', objects: { _attributes: { url: code(feed) }, _text: text(name) } }
}

function fieldElements(fields: FieldTexts[], { text }: RssForms): RssExtension[] {
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
