import { feedNamespaceUris } from '../model/feed-namespaces.ts'
import type { Tree } from './xml-tree.ts'

export interface OutlinedItem {
  /** Null where the item has none. */
  id: string | null
  /** A <guid> that says, or does not deny, that it is an address. */
  idIsAddress: boolean
  url: string | null
  title: string | null
  /** As written. */
  dates: string[]
  /** The form that the format demands of them. */
  dateForm: 'RFC 822' | 'RFC 3339'
  /** What a reader shows: the longest text that the item carries. */
  content: string
  enclosures: { url: string; type: string | null; length: string | null }[]
}

/** What of a feed matters to its readers, whichever format it is in. */
export interface FeedOutline {
  format: 'RSS' | 'Atom' | 'RDF' | 'JSON Feed'
  title: string | null
  /** The address it gives as its own. */
  self: string | null
  /** The page that it belongs to. */
  home: string | null
  /** What the format demands of the feed itself, and is not there. */
  lacking: string[]
  items: OutlinedItem[]
}

const { atom, content, dc: dublinCore } = feedNamespaceUris

/** The outline of a well-formed document; null where it is not a feed. */
const longer = (a: string, b: string) => (b.length > a.length ? b : a)

export function outlineXml(root: Tree): FeedOutline | null {
  if (root.name === 'rss') return outlineRss(child(root, 'channel'), root)
  if (root.name === 'RDF') return { ...outlineRss(child(root, 'channel'), root), format: 'RDF' }
  return root.name === 'feed' && root.space === atom ? outlineAtom(root) : null
}

const child = (tree: Tree, name: string) => tree.children.find(it => it.name === name) ?? null

function outlineRss(channel: Tree | null, root: Tree): FeedOutline {
  // RSS 1.0 has its items beside the channel, RSS 2.0 inside it.
  const items = [...(channel?.children ?? []), ...root.children].filter(({ name }) => name === 'item')
  const self = channel?.children.find(
    ({ name, space, attributes }) => space === atom && name === 'link' && attributes.rel === 'self',
  )
  const own = (name: string) =>
    channel?.children.find(it => it.name === name && it.space !== atom)?.text.trim()
  return {
    format: 'RSS',
    title: own('title') || null,
    self: self?.attributes.href ?? null,
    home: own('link') || null,
    lacking: channel ? ['title', 'link', 'description'].filter(name => own(name) === undefined) : ['channel'],
    items: items.map(rssItem),
  }
}

function rssItem(item: Tree): OutlinedItem {
  const text = (name: string, space?: string) =>
    item.children.find(it => it.name === name && (space === undefined || it.space === space))?.text.trim() ||
    null
  const guid = item.children.find(({ name }) => name === 'guid')
  const about = item.attributes['rdf:about'] ?? null
  return {
    id: guid?.text.trim() || about,
    idIsAddress: guid !== undefined && guid.attributes.isPermaLink !== 'false',
    url: item.children.find(({ name, space }) => name === 'link' && space !== atom)?.text.trim() || null,
    title: text('title'),
    dates: [text('pubDate') ?? text('date', dublinCore)].filter(date => date !== null),
    dateForm: text('pubDate') === null ? 'RFC 3339' : 'RFC 822',
    content: longer(text('encoded', content) ?? '', text('description') ?? ''),
    enclosures: item.children
      .filter(({ name }) => name === 'enclosure')
      .map(({ attributes }) => ({
        url: attributes.url ?? '',
        type: attributes.type ?? null,
        length: attributes.length ?? null,
      })),
  }
}

function outlineAtom(feed: Tree): FeedOutline {
  const own = (tree: Tree, name: string) =>
    tree.children.find(it => it.name === name && it.space === atom)?.text.trim() || null
  const links = (tree: Tree) => tree.children.filter(({ name, space }) => name === 'link' && space === atom)
  const linked = (tree: Tree, rel: string) =>
    links(tree).find(({ attributes }) => (attributes.rel ?? 'alternate') === rel)?.attributes.href ?? null
  return {
    format: 'Atom',
    title: own(feed, 'title'),
    self: linked(feed, 'self'),
    home: linked(feed, 'alternate'),
    lacking: ['id', 'title', 'updated'].filter(name => own(feed, name) === null),
    items: feed.children
      .filter(({ name, space }) => name === 'entry' && space === atom)
      .map(entry => ({
        id: own(entry, 'id'),
        idIsAddress: false,
        url: linked(entry, 'alternate'),
        title: own(entry, 'title'),
        dates: [own(entry, 'published'), own(entry, 'updated')].filter(date => date !== null),
        dateForm: 'RFC 3339',
        content: own(entry, 'content') ?? own(entry, 'summary') ?? '',
        enclosures: links(entry)
          .filter(({ attributes }) => attributes.rel === 'enclosure')
          .map(({ attributes }) => ({
            url: attributes.href ?? '',
            type: attributes.type ?? null,
            length: attributes.length ?? null,
          })),
      })),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const stringOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null)

/** The outline of a JSON Feed; null where the value is none. */
export function outlineJson(value: unknown): FeedOutline | null {
  if (!isRecord(value) || !/jsonfeed\.org\/version/.test(stringOf(value.version) ?? '')) return null
  const items = Array.isArray(value.items) ? value.items.filter(isRecord) : []
  return {
    format: 'JSON Feed',
    title: stringOf(value.title),
    self: stringOf(value.feed_url),
    home: stringOf(value.home_page_url),
    lacking: [...(stringOf(value.title) ? [] : ['title']), ...(Array.isArray(value.items) ? [] : ['items'])],
    items: items.map(item => ({
      // JSON Feed 1.1 has readers take a number for a string.
      id: typeof item.id === 'number' ? String(item.id) : stringOf(item.id),
      idIsAddress: false,
      url: stringOf(item.url),
      title: stringOf(item.title),
      dates: [item.date_published, item.date_modified].filter(date => date != null).map(String),
      dateForm: 'RFC 3339',
      content: stringOf(item.content_html) ?? stringOf(item.content_text) ?? '',
      enclosures: (Array.isArray(item.attachments) ? item.attachments.filter(isRecord) : []).map(file => ({
        url: stringOf(file.url) ?? '',
        type: stringOf(file.mime_type),
        // Optional there.
        length: file.size_in_bytes === undefined ? '' : String(file.size_in_bytes),
      })),
    })),
  }
}
