import type { Person } from '../model/episode.ts'
import { isPlayable } from '../model/formats.ts'
import { formatHttpDate } from '../text/dates.ts'
import type { FeedChannel } from './feed-channel.ts'
import type { FeedItem } from './feed-item.ts'
import type { RssExtension, RssForms } from './rss-text.ts'

/*
 * What podcast players and directories read: Apple's elements (https://help.apple.com/itc/podcasts_connect/#/itcb54353390)
 * and those of the podcast namespace (https://podcastindex.org/namespace/1.0).
 */

/** So much Apple's directory and the W3C's validator allow; what is longer is left to `description`. */
const longest = { author: 255, summary: 4000 }

type Objects = Record<string, unknown>

/** What podcast players read of an item, but for its author: readers that know `dc:creator` would name him twice. */
export function episodeElements(
  item: FeedItem,
  episode: NonNullable<FeedItem['episode']>,
  forms: RssForms,
): RssExtension[] {
  const { text, code } = forms
  const duration = item.enclosures[0]?.duration ?? null
  const { season, number, kind, title, explicit, blocked } = episode
  const image = episode.image?.url ?? item.image?.url
  const elements: [name: string, objects: Objects | Objects[] | null | false][] = [
    ['itunes:duration', duration !== null && { _text: String(duration) }],
    ['itunes:season', season && { _text: String(season.number) }],
    // Apple counts by whole numbers from 1 on.
    [
      'itunes:episode',
      number !== null &&
        Number.isInteger(number.value) &&
        number.value > 0 && { _text: String(number.value) },
    ],
    ['itunes:episodeType', kind && { _text: kind }],
    ['itunes:title', title !== null && { _text: text(title) }],
    ['itunes:image', image !== undefined && isCover(image) && { _attributes: { href: code(image) } }],
    [
      'itunes:summary',
      item.summary !== '' && item.summary.length <= longest.summary && { _text: text(item.summary) },
    ],
    ['itunes:explicit', explicit !== null && { _text: String(explicit) }],
    ['itunes:block', blocked && { _text: 'Yes' }],
    ...namespaceElements(item, episode, forms),
  ]
  return elements.flatMap(([name, objects]) =>
    objects === null || objects === false || (Array.isArray(objects) && objects.length === 0)
      ? []
      : [{ name, objects: objects as Objects }],
  )
}

function namespaceElements(
  item: FeedItem,
  {
    season,
    number,
    transcripts,
    chapters,
    persons,
    texts,
    location,
    license,
    socials,
  }: NonNullable<FeedItem['episode']>,
  { text, code }: RssForms,
): [string, Objects | Objects[] | null | false][] {
  const named = number !== null && (number.display !== null || !Number.isInteger(number.value))
  return [
    [
      'podcast:season',
      season !== null &&
        season.name !== null && { _attributes: { name: text(season.name) }, _text: String(season.number) },
    ],
    [
      'podcast:episode',
      named && {
        ...(number.display === null ? {} : { _attributes: { display: text(number.display) } }),
        _text: String(number.value),
      },
    ],
    [
      'podcast:transcript',
      transcripts.map(({ url, type, language }) => ({
        _attributes: {
          url: code(url),
          type: code(type),
          ...(language && { language: code(language) }),
          // With times for every passage, as captions have them.
          ...(/vtt|subrip/.test(type) && { rel: 'captions' }),
        },
      })),
    ],
    [
      'podcast:chapters',
      chapters && { _attributes: { url: code(chapters.url), type: 'application/json+chapters' } },
    ],
    ['podcast:person', persons.map(person => personElement(person, { text, code }))],
    ['podcast:txt', texts.map(entry => textElement(entry, { text, code }))],
    ['podcast:location', location && locationElement(location, { text, code })],
    ['podcast:license', license && licenseElement(license, { text, code })],
    ['podcast:alternateEnclosure', alternates(item, { text, code })],
    [
      'podcast:socialInteract',
      socials.map(({ url, protocol, account }) => ({
        _attributes: {
          uri: code(url),
          protocol: code(protocol),
          ...(account && { accountId: text(account) }),
        },
      })),
    ],
  ]
}

/** Every form of the same sound, the one in `enclosure` first, where there are several. */
function alternates({ enclosures }: FeedItem, { text, code }: RssForms): Objects[] {
  const playable = enclosures.filter(isPlayable)
  if (playable.length < 2) return []
  return playable.map(({ url, type, length, title }, index) => ({
    _attributes: {
      type: code(type),
      ...(length === null ? {} : { length }),
      ...(title === null ? {} : { title: text(title) }),
      ...(index === 0 ? { default: 'true' } : {}),
    },
    'podcast:source': { _attributes: { uri: code(url) } },
  }))
}

export function podcastElements(
  channel: FeedChannel,
  podcast: NonNullable<FeedChannel['podcast']>,
  forms: RssForms,
): Record<string, unknown> {
  const { text, code } = forms
  const author = podcast.author ?? channel.authors.map(({ name }) => name).join(', ')
  const owner = podcast.owner ?? author
  const { categories, image, email, explicit, guid, locked } = podcast
  const elements: [name: string, objects: unknown][] = [
    ['itunes:author', author && author.length <= longest.author && { _text: text(author) }],
    ['itunes:image', image && isCover(image) && { _attributes: { href: code(image) } }],
    ['itunes:category', categories.map(category => itunesCategory(category, forms))],
    [
      'itunes:owner',
      email && {
        ...(owner ? { 'itunes:name': { _text: text(owner) } } : {}),
        'itunes:email': { _text: code(email) },
      },
    ],
    ['itunes:explicit', { _text: String(explicit) }],
    ['itunes:type', podcast.type && { _text: podcast.type }],
    ['itunes:block', podcast.blocked && { _text: 'Yes' }],
    ['itunes:complete', podcast.complete && { _text: 'Yes' }],
    ['itunes:new-feed-url', podcast.newFeedUrl && { _text: code(podcast.newFeedUrl) }],
    ['podcast:guid', { _text: guid }],
    [
      'podcast:locked',
      locked !== null && {
        _attributes: email ? { owner: code(email) } : {},
        _text: locked ? 'yes' : 'no',
      },
    ],
    ['podcast:medium', podcast.medium && { _text: podcast.medium }],
    [
      'podcast:funding',
      podcast.funding.map(({ url, text: words }) => ({
        _attributes: { url: code(url) },
        _text: text(words),
      })),
    ],
    ['podcast:person', podcast.persons.map(person => personElement(person, forms))],
    ['podcast:txt', podcast.texts.map(entry => textElement(entry, forms))],
    ['podcast:location', podcast.location && locationElement(podcast.location, forms)],
    ['podcast:license', podcast.license && licenseElement(podcast.license, forms)],
    ['podcast:updateFrequency', podcast.updateFrequency && frequencyElement(podcast.updateFrequency, forms)],
    ['podcast:trailer', podcast.trailers.map(trailer => trailerElement(trailer, forms))],
    [
      'podcast:podroll',
      podcast.podroll.length > 0 && {
        'podcast:remoteItem': podcast.podroll.map(({ guid, url, title }) => ({
          _attributes: {
            feedGuid: guid,
            ...(url && { feedUrl: code(url) }),
            ...(title && { title: text(title) }),
          },
        })),
      },
    ],
  ]
  return Object.fromEntries(
    elements.filter(([, objects]) => objects && !(Array.isArray(objects) && objects.length === 0)),
  )
}

function personElement({ name, role, group, image, url }: Person, { text, code }: RssForms): Objects {
  return {
    _attributes: {
      ...(role && { role: text(role) }),
      ...(group && { group: text(group) }),
      ...(image && { img: code(image) }),
      ...(url && { href: code(url) }),
    },
    _text: text(name),
  }
}

function textElement(entry: { purpose: string | null; text: string }, { text }: RssForms): Objects {
  return { ...(entry.purpose && { _attributes: { purpose: text(entry.purpose) } }), _text: text(entry.text) }
}

function locationElement(
  { name, geo, osm }: { name: string; geo: string | null; osm: string | null },
  { text, code }: RssForms,
): Objects {
  return {
    _attributes: { ...(geo && { geo: code(geo) }), ...(osm && { osm: code(osm) }) },
    _text: text(name),
  }
}

function licenseElement(
  { name, url }: { name: string; url: string | null },
  { text, code }: RssForms,
): Objects {
  return { ...(url && { _attributes: { url: code(url) } }), _text: text(name) }
}

function frequencyElement(
  {
    text: words,
    rrule,
    start,
    complete,
  }: NonNullable<NonNullable<FeedChannel['podcast']>['updateFrequency']>,
  { text, code }: RssForms,
): Objects {
  return {
    _attributes: {
      ...(complete && { complete: 'true' }),
      ...(start && { dtstart: code(start) }),
      ...(rrule && { rrule: code(rrule) }),
    },
    _text: text(words),
  }
}

function trailerElement(
  { title, url, type, length, published, season }: NonNullable<FeedChannel['podcast']>['trailers'][number],
  { text, code }: RssForms,
): Objects {
  return {
    _attributes: {
      pubdate: formatHttpDate(published),
      url: code(url),
      type: code(type),
      ...(length === null ? {} : { length }),
      ...(season === null ? {} : { season }),
    },
    _text: text(title),
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
