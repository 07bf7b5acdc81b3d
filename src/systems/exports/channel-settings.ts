import type { RawSettings } from '../system.ts'
import { plainWords } from './export-fields.ts'
import { childrenOf, childText, readXmlItems, type XmlRecord } from './xml-items.ts'

/** So much of an export or a feed holds what it says of the site. */
export const channelHead = 262_144

/**
 * What a feed document says of its publication, by its beginning: an RSS channel or an Atom feed.
 * @param head up to its first item
 */
export function channelSettings(head: string): RawSettings {
  const channel = channelIn(head)
  if (!channel) return {}
  const text = (...names: string[]) =>
    names.map(name => childText(channel, name)?.trim()).find(text => text !== undefined) ?? null
  return {
    title: plainWords(text('title')),
    description: plainWords(text('description', 'subtitle')),
    url: text('wp:base_blog_url', 'wp:base_site_url') ?? alternateOf(channel) ?? text('link'),
    language: text('language') ?? channel.attributes['xml:lang'] ?? null,
  }
}

/** What is wrong with the document is told where its articles are read. */
function channelIn(head: string): XmlRecord | null {
  try {
    return readXmlItems(head, new Set(['channel', 'feed']))[0] ?? null
  } catch {
    return null
  }
}

const alternateOf = (channel: XmlRecord): string | null =>
  childrenOf(channel, 'link').find(
    ({ attributes: { rel = 'alternate', href } }) => rel === 'alternate' && href,
  )?.attributes.href ?? null
