import type { FeedFormat } from '../model/formats.ts'

/** One entry of a feed as it stands in the document. */
export interface FeedEntry {
  id: string
  text: string
}

/** A feed document of ours, taken apart. */
export interface FeedParts {
  /** In the document's order. */
  entries: FeedEntry[]
  /** The same document with these of its entries only, in the same order. */
  keep(entries: readonly FeedEntry[]): string
}

/** Takes a document that this program has rendered apart; null where it does not look like one. */
export function takeFeedApart(format: FeedFormat, document: string): FeedParts | null {
  return format === 'json' ? jsonParts(document) : xmlParts(format === 'rss' ? 'item' : 'entry', document)
}

/** In text `<` is always escaped and in CDATA it is not: with the sections stepped over, every tag that is found is one. */
function xmlParts(element: 'item' | 'entry', document: string): FeedParts | null {
  const marks = new RegExp(`<!\\[CDATA\\[[^]*?\\]\\]>|<${element}[ >]|</${element}>`, 'g')
  const entries: FeedEntry[] = []
  let start = -1
  let first = -1
  let end = -1
  for (const { 0: mark, index } of document.matchAll(marks)) {
    if (mark.startsWith('<!')) continue
    if (mark.startsWith('</')) {
      if (start === -1) return null
      end = index + mark.length
      const text = document.slice(start, end)
      const id = /<(guid|id)(?: [^>]*)?>([^<]*)<\/\1>/.exec(text)?.[2]
      if (id === undefined) return null
      entries.push({ id, text })
      start = -1
    } else {
      if (start !== -1) return null
      start = index
      if (first === -1) first = index
    }
  }
  if (start !== -1) return null
  if (first === -1) return { entries, keep: () => document }
  const head = document.slice(0, first)
  const tail = document.slice(end)
  const between = /\n[ \t]*$/.exec(head)?.[0] ?? '\n'
  return { entries, keep: kept => head + kept.map(({ text }) => text).join(between) + tail }
}

function jsonParts(document: string): FeedParts | null {
  const feed = JSON.parse(document) as { items?: unknown }
  if (!Array.isArray(feed.items)) return null
  const entries = feed.items.map(item => ({ id: String(item.id), text: JSON.stringify(item) }))
  return {
    entries,
    keep: kept =>
      `${JSON.stringify({ ...feed, items: kept.map(({ text }) => JSON.parse(text)) }, null, 2)}\n`,
  }
}
