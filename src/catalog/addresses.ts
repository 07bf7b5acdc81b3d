import { articleWith, type ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import { encodePath, publicationPath } from '../text/urls.ts'

/** Paths on the publication that are never an article's. */
const reserved =
  /^\/(?:|media\/.*|tags\/.*|authors\/.*|sections\/.*|languages\/.*|archive\/.*|subscribe\/.*|subscribe\.js|feeds\/.*|healthz|readyz|metrics|opml\.xml|sitemap[^/]*\.xml|robots\.txt|(?:style|feed)\.css|4(?:04|10)\.html)$/
const feedFiles = new Set(feedFormatNames.map(format => `/${feedFormats[format].file}`))

/**
 * One address, one article. Articles come in the order of their paths; where a second one claims an address, or one that
 * is the publication's own, it gets the next free number behind it, and the publisher is told.
 */
export function settleAddresses(
  articles: ParsedArticle[],
  site: Pick<Site, 'url'>,
): { articles: ParsedArticle[]; diagnostics: Diagnostic[] } {
  const holders = new Map<string, string>()
  const numbers = new Map<string, number>()
  const diagnostics: Diagnostic[] = []
  const settled = articles.map(article => {
    const path = publicationPath(article.url, site.url)
    if (path === null) return article
    const holder = holders.get(path) ?? (isReservedPath(path) ? 'this publication itself' : null)
    if (holder === null) {
      holders.set(path, article.path)
      return article
    }
    const own = freePath(path, holders, numbers)
    holders.set(own, article.path)
    const url = `${site.url}${encodePath(own.slice(1))}`
    diagnostics.push(
      diagnose(
        'slug-taken',
        { path: article.path, line: article.fields.url?.line ?? null },
        `${article.url} belongs to ${holder} already; this article is published at ${url}.`,
      ),
    )
    return moved(article, url)
  })
  return { articles: settled, diagnostics }
}

/**
 * The path with the next free number behind it. Below a folder that is the publication's own, no number is free: there
 * it is looked for where articles usually are.
 */
function freePath(path: string, holders: Map<string, string>, numbers: Map<string, number>): string {
  const bare = path.replace(/\/$/, '') || '/index'
  const base = isReservedPath(`${bare}-2/`) ? `/articles${bare}` : bare
  for (let number = numbers.get(base) ?? 2; ; number++) {
    const numbered = `${base}-${number}/`
    if (holders.has(numbered)) continue
    numbers.set(base, number + 1)
    return numbered
  }
}

/** Whether a path is the publication's own, and never an article's. */
export function isReservedPath(path: string): boolean {
  return reserved.test(path) || feedFiles.has(path)
}

/** Links to places in the article itself (footnotes) are absolute, so they move along. */
function moved(article: ParsedArticle, url: string): ParsedArticle {
  return articleWith(article, { url, html: article.html.replaceAll(`"${article.url}#`, `"${url}#`) })
}
