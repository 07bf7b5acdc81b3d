import { escapeXml } from '../text/escape.ts'
import type { Item, Placeholders } from './feed-library.ts'

/** What `feed` adds to an item under its name, in its own terms. */
export type RssExtension = NonNullable<Item['extensions']>[number]

/** How a value is held: what people read as `text`, what programs read (addresses, ids, types) as `code`. */
export interface RssForms {
  text(value: string): string
  code(value: string): string
}

export function rssForms(held: Placeholders): RssForms {
  return { text: value => held.hold(rssText(value)), code: value => held.hold(escapeXml(value)) }
}

/**
 * RSS never said whether a title is text or HTML. Hexadecimal references for `&` and `<` are what the RSS Advisory
 * Board's profile recommends: readers that unescape once and readers that unescape twice show the same. What holds for
 * titles holds for names and tags.
 */
function rssText(text: string): string {
  return escapeXml(text).replace(/&(?:amp|lt|gt);/g, reference => hexadecimal[reference] ?? reference)
}

const hexadecimal: Record<string, string> = { '&amp;': '&#x26;', '&lt;': '&#x3C;', '&gt;': '&#x3E;' }
