import { Parser } from 'htmlparser2'
import { mediaTypeEssence } from '../text/media-type.ts'

export interface FeedLink {
  /** Absolute. */
  url: string
  type: string
}

/** More than any page names, and as many as are told of. */
const maxLinks = 100

const feedTypes = /^application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)$/

/** The feeds that a page names in its head, as readers look for them. */
export function feedLinksIn(html: string, pageUrl: string): FeedLink[] {
  let base = pageUrl
  const links: FeedLink[] = []
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '' }) {
      if (links.length === maxLinks) return
      if (name === 'base' && href) base = URL.parse(href, pageUrl)?.href ?? base
      const kind = mediaTypeEssence(type)
      if (name !== 'link' || !href || !/(?:^|\s)alternate(?:\s|$)/i.test(rel) || !feedTypes.test(kind)) return
      const url = URL.parse(href, base)
      if (url) links.push({ url: url.href, type: kind })
    },
  })
  parser.end(html)
  return links
}
