import { articleWith, type ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import { encodePath, publicationPath } from '../text/urls.ts'
import { collectionFolders } from './collection-addresses.ts'

const oneOf = (choices: readonly string[]) => `(?:${choices.join('|')})`
const feedFile = oneOf(feedFormatNames.map(format => feedFormats[format].file.replace('.', '\\.')))
/** What stands in a collection's folder: its page, its feeds, how to subscribe, and the same of its archives. */
const inCollection = `(?:/(?:${feedFile}|subscribe/?|archive/\\d+(?:/(?:${feedFile})?)?)?)?`
/**
 * Paths on the publication that are never an article's: those that it makes itself, or will make for names that come later. A
 * collection's name has no dot, and a file of the folder an extension that is no page's; all else in those folders is free, for
 * categories may be called `archive` or `media` too.
 */
const reserved = new RegExp(
  `^/${oneOf([
    '',
    feedFile,
    `${oneOf([...Object.values(collectionFolders), 'feeds'])}/[^/.]+${inCollection}`,
    `archive/\\d+(?:/(?:${feedFile})?)?`,
    'feeds/?',
    'subscribe/?',
    'media/.*\\.(?!x?html?/?$)[^./]+/?',
    'subscribe\\.js|healthz|readyz|metrics|opml\\.xml|sitemap[^/]*\\.xml|robots\\.txt|(?:style|feed)\\.css|4(?:04|10)\\.html',
  ])}$`,
)

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
  site: Pick<Site, 'url' | 'pages'>,
): Map<A, MovedAddress> {
  const holders = new Map<string, string>()
  const numbers = new Map<string, number>()
  const moved = new Map<A, MovedAddress>()
  for (const article of articles) {
    const path = publicationPath(article.url, site.url)
    if (path === null) continue
    const holder = holders.get(path) ?? (isReservedPath(path, site) ? 'this publication itself' : null)
    if (holder === null) {
      holders.set(path, article.path)
      continue
    }
    const own = freePath(path, holders, numbers, site)
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
function freePath(
  path: string,
  holders: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, number>,
  site: Pick<Site, 'pages'>,
) {
  const bare = path.replace(/\/$/, '') || '/index'
  const base = isReservedPath(`${bare}-2/`, site) ? `/articles${bare}` : bare
  let number = numbers.get(base) ?? 2
  while (holders.has(`${base}-${number}/`)) number++
  return { path: `${base}-${number}/`, base, number }
}

/** Whether a path is the publication's own, and never an article's. Where a site keeps its pages, they are where they are. */
export function isReservedPath(path: string, { pages }: Pick<Site, 'pages'>): boolean {
  return pages === 'all' && reserved.test(path)
}

/** Links to places in the article itself (footnotes) are absolute, so they move along. */
export function articleAt(article: ParsedArticle, url: string): ParsedArticle {
  return articleWith(article, { url, html: article.html.replaceAll(`"${article.url}#`, `"${url}#`) })
}
