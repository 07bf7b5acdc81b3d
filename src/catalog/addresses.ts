import { articleWith, type ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import { encodePath, publicationPath } from '../text/urls.ts'

/** Paths on the publication that are never an article's. */
const reserved =
  /^\/(?:|media\/.*|tags\/.*|authors\/.*|sections\/.*|languages\/.*|archive\/.*|subscribe\/.*|subscribe\.js|feeds\/.*|healthz|readyz|metrics|opml\.xml|sitemap[^/]*\.xml|robots\.txt|(?:style|feed)\.css|4(?:04|10)\.html)$/
const feedFiles = new Set(feedFormatNames.map(format => `/${feedFormats[format].file}`))

/** Where an article is that could not have the address it wanted, and why. */
export interface MovedAddress {
  url: string
  diagnostic: Diagnostic
}

/**
 * One address, one article. Articles come in the order of their paths; where a second one claims an address, or one that
 * is the publication's own, it gets the next free number behind it, and the publisher is told.
 * @returns those that are not where they wanted to be
 */
export function settleAddresses<A extends Pick<ParsedArticle, 'path' | 'url' | 'fields'>>(
  articles: Iterable<A>,
  site: Pick<Site, 'url'>,
): Map<A, MovedAddress> {
  const holders = new Map<string, string>()
  const numbers = new Map<string, number>()
  const moved = new Map<A, MovedAddress>()
  for (const article of articles) {
    const path = publicationPath(article.url, site.url)
    if (path === null) continue
    const holder = holders.get(path) ?? (isReservedPath(path) ? 'this publication itself' : null)
    if (holder === null) {
      holders.set(path, article.path)
      continue
    }
    const own = freePath(path, holders, numbers)
    holders.set(own.path, article.path)
    numbers.set(own.base, own.number + 1)
    const url = `${site.url}${encodePath(own.path.slice(1))}`
    const place = { path: article.path, line: article.fields.url?.line ?? null }
    const message = `${article.url} belongs to ${holder} already; this article is published at ${url}.`
    moved.set(article, { url, diagnostic: diagnose('slug-taken', place, message) })
  }
  return moved
}

/**
 * The path with the next free number behind it. Below a folder that is the publication's own, no number is free: there
 * it is looked for where articles usually are.
 */
function freePath(path: string, holders: ReadonlyMap<string, string>, numbers: ReadonlyMap<string, number>) {
  const bare = path.replace(/\/$/, '') || '/index'
  const base = isReservedPath(`${bare}-2/`) ? `/articles${bare}` : bare
  let number = numbers.get(base) ?? 2
  while (holders.has(`${base}-${number}/`)) number++
  return { path: `${base}-${number}/`, base, number }
}

/** Whether a path is the publication's own, and never an article's. */
export function isReservedPath(path: string): boolean {
  return reserved.test(path) || feedFiles.has(path)
}

/** Links to places in the article itself (footnotes) are absolute, so they move along. */
export function articleAt(article: ParsedArticle, url: string): ParsedArticle {
  return articleWith(article, { url, html: article.html.replaceAll(`"${article.url}#`, `"${url}#`) })
}
