import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { BroadsheetError } from '../model/errors.ts'
import type { FeedRecord } from '../model/feed-record.ts'

/** A text that is none of the three formats. */
export class FeedFileError extends BroadsheetError {
  override readonly name = 'FeedFileError'
}

/** What a feed document says. */
export interface FeedFile {
  /** The feed's own; null where it has none. */
  title: string | null
  records: FeedRecord[]
  /** Places of items that have neither id nor link: no reader could know them again. */
  unknown: number[]
}

/**
 * A feed document: RSS 2.0, Atom 1.0 or JSON Feed.
 * @throws FeedFileError where the text is none of these
 */
export function readFeedFile(text: string): FeedFile {
  const { title, items } = readAny(text.replace(/^\uFEFF/, ''))
  const numbered = items.map(({ id, ...record }, at) => ({ item: at + 1, id: id ?? record.url, ...record }))
  return {
    title: title?.trim() || null,
    records: numbered.flatMap(({ id, ...record }) => (id ? [{ id, ...record }] : [])),
    unknown: numbered.flatMap(({ id, item }) => (id ? [] : [item])),
  }
}

type Unchecked = Omit<FeedRecord, 'id' | 'item'> & { id: string | null }

function readAny(text: string): { title: string | undefined; items: Unchecked[] } {
  try {
    if (/^\s*\{/.test(text)) return readJson(JSON.parse(text))
    if (/<feed[\s>]/.test(text.slice(0, 4_000)) && !/<rss[\s>]/.test(text.slice(0, 4_000))) {
      const { title, entries = [] } = parseAtomFeed(text)
      return { title: title?.value, items: entries.map(atomRecord) }
    }
    const { title, items = [] } = parseRssFeed(text)
    return { title, items: items.map(rssRecord) }
  } catch (error) {
    if (error instanceof FeedFileError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new FeedFileError(`This is not an RSS 2.0, Atom 1.0 or JSON Feed document: ${reason}`)
  }
}

/** One item at a time: the parser passes over what is none, and each is to be named by its place. */
function readJson(feed: object): { title: string | undefined; items: Unchecked[] } {
  const { title } = parseJsonFeed({ ...feed, items: [] })
  const listed: unknown = 'items' in feed ? feed.items : []
  if (!Array.isArray(listed))
    throw new FeedFileError(
      `\`items\` is ${nounOf(listed)}. In a JSON Feed it is a list: "items": [{ "id": "…", "url": "…" }].`,
    )
  const items = listed.map((item: unknown, at) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item))
      throw new FeedFileError(
        `Item ${at + 1} is ${nounOf(item)}. In a JSON Feed an item is an object: { "id": "…", "url": "…" }.`,
      )
    return jsonRecord(parseJsonFeed({ ...feed, items: [item] }).items?.[0] ?? {})
  })
  return { title, items }
}

const nouns: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
}
const nounOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : (nouns[typeof value] ?? typeof value)

/** What a tolerant parser may or may not have found. */
interface RssItem {
  guid?: { value?: string }
  link?: string
  title?: string
  pubDate?: unknown
  dc?: { dates?: unknown[] }
}
interface AtomEntry {
  id?: string
  links?: { rel?: string; href?: string }[]
  title?: { value?: string }
  published?: unknown
  updated?: unknown
}
interface JsonItem {
  id?: string
  url?: string
  title?: string
  date_published?: unknown
  date_modified?: unknown
}

function rssRecord(item: RssItem): Unchecked {
  const published = instant(item.pubDate ?? item.dc?.dates?.[0])
  return {
    id: item.guid?.value ?? null,
    url: item.link ?? null,
    title: item.title ?? null,
    published,
    updated: published,
  }
}

function atomRecord(entry: AtomEntry): Unchecked {
  const link = entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate')
  return {
    id: entry.id ?? null,
    url: link?.href ?? null,
    title: entry.title?.value ?? null,
    published: instant(entry.published ?? entry.updated),
    updated: instant(entry.updated),
  }
}

function jsonRecord(item: JsonItem): Unchecked {
  return {
    id: item.id ?? null,
    url: item.url ?? null,
    title: item.title ?? null,
    published: instant(item.date_published),
    updated: instant(item.date_modified ?? item.date_published),
  }
}

function instant(date: unknown): number | null {
  const epoch = date instanceof Date ? date.getTime() : Date.parse(String(date ?? ''))
  return Number.isNaN(epoch) ? null : epoch
}
