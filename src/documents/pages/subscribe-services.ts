/** Services that take a feed's address in a link; `URL` stands for the encoded address. */
const services = [
  ['Feedly', 'https://feedly.com/i/subscription/feed/URL'],
  ['Inoreader', 'https://www.inoreader.com/?add_feed=URL'],
  ['NewsBlur', 'https://www.newsblur.com/?url=URL'],
  ['Feedbin', 'https://feedbin.com/?subscribe=URL'],
  ['The Old Reader', 'https://theoldreader.com/feeds/subscribe?url=URL'],
  ['BazQux', 'https://bazqux.com/add?url=URL'],
] as const

/** Programs that people run on a server of their own: the path behind its address. */
const ownReaders = [
  ['Miniflux', '/bookmarklet?uri=URL'],
  ['FreshRSS', '/i/?c=feed&a=add&url_rss=URL'],
  ['Nextcloud News', '/index.php/apps/news?subscribe_to=URL'],
  ['Tiny Tiny RSS', '/public.php?op=bookmarklets--subscribe&feed_url=URL'],
] as const

export interface SubscribeTarget {
  name: string
  /** An address; of one's own reader the part after its address. */
  target: string
}

export function serviceLinks(feedAddress: string): SubscribeTarget[] {
  return services.map(([name, pattern]) => ({ name, target: fill(pattern, feedAddress) }))
}

export function ownReaderPaths(feedAddress: string): SubscribeTarget[] {
  return ownReaders.map(([name, pattern]) => ({ name, target: fill(pattern, feedAddress) }))
}

/**
 * `feed:` in front of the address as it is: what programs that register for the scheme expect. It is no URL of the URL Standard's special
 * kind, and HTML checkers ask for `feed://`, which says http: so the script makes a link of it.
 */
export function deviceLink(feedAddress: string): string {
  return `feed:${feedAddress}`
}

function fill(pattern: string, feedAddress: string): string {
  return pattern.replace('URL', () => encodeURIComponent(feedAddress))
}
