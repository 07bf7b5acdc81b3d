import { formatRfc3339 } from '../text/dates.ts'
import { encodeXmlDocument } from './xml.ts'

export interface SitemapEntry {
  url: string
  /** Epoch milliseconds; null where the page has no change of its own to tell. */
  updated: number | null
}

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** sitemaps.org allows 50,000 addresses a file; we stay well below its 50 MB as well. */
export const maxSitemapUrls = 25_000

/** One sitemap file. */
export function renderSitemap(entries: SitemapEntry[]): string {
  return encodeXmlDocument({
    name: 'urlset',
    attributes: { xmlns: namespace },
    children: entries.map(({ url, updated }) => ({
      name: 'url',
      children: [
        { name: 'loc', children: [url] },
        updated === null ? null : { name: 'lastmod', children: [formatRfc3339(updated)] },
      ],
    })),
  })
}

/** The index of several sitemap files, by address. */
export function renderSitemapIndex(urls: string[]): string {
  return encodeXmlDocument({
    name: 'sitemapindex',
    attributes: { xmlns: namespace },
    children: urls.map(url => ({ name: 'sitemap', children: [{ name: 'loc', children: [url] }] })),
  })
}
