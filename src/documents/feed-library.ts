import { Feed, type FeedOptions, type Item } from 'feed'
import { itemAt } from '../text/item-at.ts'
import { createLruCache } from '../text/lru-cache.ts'

export type { Item } from 'feed'

/*
 * The one door to `feed`. The library shapes every feed document; it is never shown a publisher's text, because what it
 * does to text can't be undone: of several `]]>` it escapes only the first, `&amp;` collapses, ids are rewritten as URLs,
 * `<` stays raw in attributes. So each text is handed over as a placeholder, the library lays out the document around
 * the placeholders, and the finished values, escaped once and rightly, take their places in a single pass.
 */

/** Values waiting to be put in: each is already what the document shall hold, escaped for its place. */
export class Placeholders {
  private readonly values: string[] = []

  /** A stand-in that every field of `feed` takes unchanged, addresses included. */
  hold(finished: string): string {
    return `broadsheet:${this.values.push(finished) - 1}:`
  }

  /** Puts every value in its place. A value is never searched for placeholders itself. */
  fill(skeleton: string): string {
    return skeleton.replace(/(?:<!\[CDATA\[)?broadsheet:(\d+):(?:\]\]>)?/g, (_, index) =>
      itemAt(this.values, Number(index)),
    )
  }
}

/** A date for `feed`, which formats it; only valid ones get here. */
export function feedDate(epoch: number): Date {
  return new Date(epoch)
}

const nowhere: FeedOptions = { title: '', link: 'broadsheet:', generator: false, updated: new Date(0) }

/** `<item>…</item>` as `feed` lays it out. Everything before the first `<item>` is fixed text of ours, so it is the real one. */
export function rssItemSkeleton(item: Item): string {
  const written = (date: Date) => date.toUTCString()
  return laidOut('item', item, written, item => {
    const feed = new Feed(nowhere)
    feed.addItem(item)
    return between(feed.rss2(), '        <item>', '</item>')
  })
}

/** `<entry>…</entry>` as `feed` lays it out. */
export function atomEntrySkeleton(item: Item): string {
  const written = (date: Date) => date.toISOString()
  return laidOut('entry', item, written, item => {
    const feed = new Feed({ ...nowhere, id: 'broadsheet:' })
    feed.addItem(item)
    return between(feed.atom1(), '    <entry>', '</entry>')
  })
}

/** Items without their values have few shapes: as many categories, a picture or none. */
const layouts = createLruCache<string, string>(1_000)
/** What stands for an item's two dates while it is laid out, and then in the layout: no value is either. */
const [someDate, otherDate] = [Date.UTC(1, 0, 1), Date.UTC(2, 0, 1)].map(feedDate) as [Date, Date]
const [dateHere, publishedHere] = ['broadsheet:date:', 'broadsheet:published:']

/**
 * What `feed` makes of an item whose values are placeholders: it is asked once for each shape, since that takes it longer than all else
 * that becomes of an item. Dates are no placeholders to it, and take their places here.
 * @param written a date in the format's form, as `feed` writes it
 */
function laidOut(
  kind: string,
  { date, published, ...values }: Item,
  written: (date: Date) => string,
  layOut: (item: Item) => string,
): string {
  const key = `${kind} ${published ? 2 : 1} ${JSON.stringify(values)}`
  let layout = layouts.get(key)
  if (layout === undefined) {
    layout = layOut({ ...values, date: someDate, ...(published && { published: otherDate }) })
      .replace(written(someDate), dateHere)
      .replace(written(otherDate), publishedHere)
    layouts.set(key, layout)
  }
  const dated = layout.replace(dateHere, written(date))
  return published ? dated.replace(publishedHere, written(published)) : dated
}

/** One item of a JSON Feed as an object; keys of `extra` replace what `feed` says under the same names. */
export function jsonItem(item: Item, extra: Record<string, unknown>): Record<string, unknown> {
  const feed = new Feed(nowhere)
  feed.addItem({ ...item, extensions: asExtensions(extra) })
  return JSON.parse(feed.json1()).items[0]
}

/** A channel without items, in its format's skeleton. */
export function rssChannelSkeleton(options: FeedOptions, extra: Record<string, unknown>): string {
  const feed = new Feed(options)
  for (const extension of asExtensions(extra)) feed.addExtension(extension)
  return feed.rss2()
}

export function atomFeedSkeleton(options: FeedOptions): string {
  return new Feed(options).atom1()
}

export function jsonFeed(options: FeedOptions, extra: Record<string, unknown>): Record<string, unknown> {
  const feed = new Feed(options)
  for (const extension of asExtensions(extra)) feed.addExtension(extension)
  return JSON.parse(feed.json1())
}

function asExtensions(extra: Record<string, unknown>) {
  return Object.entries(extra)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, objects]) => ({ name, objects: objects as Record<string, unknown> }))
}

function between(document: string, start: string, end: string): string {
  return document.slice(document.indexOf(start), document.lastIndexOf(end) + end.length)
}
