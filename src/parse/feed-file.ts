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
}

/**
 * A feed document: RSS 2.0, Atom 1.0 or JSON Feed. Items that have neither id nor link are left out, since
 * no reader could know them again.
 * @throws FeedFileError where the text is none of these
 */
export function readFeedFile(text: string): FeedFile {
  const { title, items } = readAny(text.replace(/^\uFEFF/, ''))
  const records = items.flatMap(({ id, ...record }) => {
    const known = id ?? record.url
    return known ? [{ id: known, ...record }] : []
  })
  return { title: title?.trim() || null, records }
}

type Unchecked = Omit<FeedRecord, 'id'> & { id: string | null }

function readAny(text: string): { title: string | undefined; items: Unchecked[] } {
  try {
    if (/^\s*\{/.test(text)) {
      const { title, items = [] } = parseJsonFeed(text)
      return { title, items: items.map(jsonRecord) }
    }
    if (/<feed[\s>]/.test(text.slice(0, 4_000)) && !/<rss[\s>]/.test(text.slice(0, 4_000))) {
      const { title, entries = [] } = parseAtomFeed(text)
      return { title: title?.value, items: entries.map(atomRecord) }
    }
    const { title, items = [] } = parseRssFeed(text)
    return { title, items: items.map(rssRecord) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new FeedFileError(`This is not an RSS 2.0, Atom 1.0 or JSON Feed document: ${reason}`)
  }
}

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
