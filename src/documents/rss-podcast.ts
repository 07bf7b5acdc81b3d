import type { FeedChannel } from './feed-channel.ts'
import type { FeedItem } from './feed-item.ts'
import type { RssExtension, RssForms } from './rss-text.ts'

/** So much Apple's directory and the W3C's validator allow; what is longer is left to `description`. */
const maxLength = { author: 255, summary: 4000 }

/** What podcast players read of an item, but for its author: readers that know `dc:creator` would name him twice. */
export function episodeElements(
  item: FeedItem,
  { explicit }: { explicit: boolean },
  { text, code }: RssForms,
): RssExtension[] {
  const duration = item.enclosures[0]?.duration ?? null
  return [
    duration !== null && { name: 'itunes:duration', objects: { _text: String(duration) } },
    item.image &&
      isCover(item.image.url) && {
        name: 'itunes:image',
        objects: { _attributes: { href: code(item.image.url) } },
      },
    item.summary &&
      item.summary.length <= maxLength.summary && {
        name: 'itunes:summary',
        objects: { _text: text(item.summary) },
      },
    { name: 'itunes:explicit', objects: { _text: String(explicit) } },
  ].filter(element => typeof element === 'object' && element !== null)
}

export function podcastElements(
  channel: FeedChannel,
  podcast: NonNullable<FeedChannel['podcast']>,
  { text, code }: RssForms,
): Record<string, unknown> {
  const author = channel.authors.map(({ name }) => name).join(', ')
  const { categories, image, email, explicit, guid, locked } = podcast
  return {
    ...(author && author.length <= maxLength.author ? { 'itunes:author': { _text: text(author) } } : {}),
    ...(image && isCover(image) ? { 'itunes:image': { _attributes: { href: code(image) } } } : {}),
    ...(categories.length > 0
      ? { 'itunes:category': categories.map(category => itunesCategory(category, { text, code })) }
      : {}),
    ...(email
      ? {
          'itunes:owner': {
            ...(author ? { 'itunes:name': { _text: text(author) } } : {}),
            'itunes:email': { _text: code(email) },
          },
        }
      : {}),
    'itunes:explicit': { _text: String(explicit) },
    'podcast:guid': { _text: guid },
    ...(locked === null
      ? {}
      : {
          'podcast:locked': {
            _attributes: email ? { owner: code(email) } : {},
            _text: locked ? 'yes' : 'no',
          },
        }),
  }
}

/** `Society & Culture > Documentary`: a category within a category. */
function itunesCategory(category: string, { text }: RssForms): Record<string, unknown> {
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
