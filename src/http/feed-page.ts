import { type FeedFormat, feedFormats } from '../model/formats.ts'
import { mediaTypeEssence } from '../text/media-type.ts'
import type { ReadRequest } from './answer.ts'

/** The request's headers that decide between feed and page, for `Vary`. */
export const pageVary = 'Accept-Encoding, Accept, Sec-Fetch-Dest, Sec-Fetch-Mode'

/**
 * What a feed's answer varies on. Readers send no Sec-Fetch headers, so that they share one stored answer per coding
 * whatever their Accept says, which could not change it; only a browser that opens the address can be answered
 * otherwise, and its two headers part it from them.
 */
export const feedVary = 'Accept-Encoding, Sec-Fetch-Dest, Sec-Fetch-Mode'

/** Whether a person opens the address in a browser. No feed reader sends these two headers. */
export function isNavigation(headers: ReadRequest['headers']): boolean {
  return headers.get('sec-fetch-dest') === 'document' && headers.get('sec-fetch-mode') === 'navigate'
}

/** Whether a navigation is to get the page: it takes HTML and names no feed's type. */
export function wantsPage(accept: string | null): boolean {
  if (accept === null) return false
  const ranges = accept
    .toLowerCase()
    .split(',')
    .map(range => range.trim())
  if (ranges.some(range => /rss|atom|rdf|feed/.test(mediaTypeEssence(range)))) return false
  return ranges.some(
    range => /^text\/html\s*(?:;|$)/.test(range) && !/;\s*q\s*=\s*0(?:\.0*)?\s*(?:;|$)/.test(range),
  )
}

/** Whether a person wants to see the feed itself. */
export const isRawQuery = (query: string): boolean => /(?:^|&)raw(?:[=&]|$)/.test(query)

const queriedFormats: Record<string, FeedFormat> = {
  rss: 'rss',
  rss2: 'rss',
  rdf: 'rss',
  feed: 'rss',
  atom: 'atom',
  json: 'json',
}

/**
 * The feed that WordPress (`/?feed=rss2`) and Squarespace (`/blog?format=rss`) would have at an address: those who subscribed there
 * are not lost when the site moves. Null where no feed is asked for.
 */
export function queriedFeed(query: string, path: string): string | null {
  const asked = /(?:^|&)(?:feed|format)=([a-z]+2?)(?:&|$)/.exec(query)?.[1]
  const format =
    asked !== undefined && Object.hasOwn(queriedFormats, asked) ? queriedFormats[asked] : undefined
  return format ? `${path.endsWith('/') ? path : `${path}/`}${feedFormats[format].file}` : null
}
