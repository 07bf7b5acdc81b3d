import type { ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import { publicationPath } from '../text/urls.ts'

/** Paths on the publication that are never an article's. */
const reserved =
  /^\/(?:|media\/.*|tags\/.*|authors\/.*|sections\/.*|languages\/.*|archive\/.*|subscribe\/.*|subscribe\.js|feeds\/.*|healthz|readyz|metrics|opml\.xml|sitemap[^/]*\.xml|robots\.txt|style\.css|4(?:04|10)\.html)$/
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
  const diagnostics: Diagnostic[] = []
  const settled = articles.map(article => {
    const path = publicationPath(article.url, site.url)
    if (path === null) return article
    const holder = holders.get(path) ?? (isReserved(path) ? 'this publication itself' : null)
    if (holder === null) {
      holders.set(path, article.path)
      return article
    }
    let number = 2
    const numbered = () => `${path.replace(/\/$/, '')}-${number}/`
    while (holders.has(numbered()) || isReserved(numbered())) number++
    holders.set(numbered(), article.path)
    const url = new URL(numbered().slice(1), site.url).href
    diagnostics.push(
      diagnose(
        'slug-taken',
        article,
        `${article.url} belongs to ${holder} already; this article is published at ${url}.`,
      ),
    )
    return moved(article, url)
  })
  return { articles: settled, diagnostics }
}

function isReserved(path: string): boolean {
  return reserved.test(path) || feedFiles.has(path)
}

/** Links to places in the article itself (footnotes) are absolute, so they move along. */
function moved(article: ParsedArticle, url: string): ParsedArticle {
  return { ...article, url, html: article.html.replaceAll(`"${article.url}#`, `"${url}#`) }
}
