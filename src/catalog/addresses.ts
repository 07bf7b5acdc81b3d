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
    'index\\.html|subscribe\\.js|healthz|readyz|metrics|opml\\.xml|sitemap[^/]*\\.xml|robots\\.txt|(?:style|feed)\\.css|4(?:04|10)\\.html',
  ])}$`,
)

/** Where an article is that could not have the address it wanted, and why. */
export interface MovedAddress {
  url: string
  diagnostic: Diagnostic
}

type Claimant = Pick<ParsedArticle, 'path' | 'url' | 'fields' | 'status'>

/**
 * One address, one article. Whoever was published at an address keeps it, whatever else comes to claim it; those that are new come in
 * the given order, drafts last. Where an address that an article claims is another's, or the publication's own, it gets the next free
 * number behind it, and the publisher is told.
 * @param publishedAt where the article of a file is published so far: a path on the publication
 * @param kept addresses of published articles that can't be read just now, with their files: nobody else's
 * @returns those that are not where they wanted to be
 */
export function settleAddresses<A extends Claimant>(
  articles: Iterable<A>,
  site: Pick<Site, 'url' | 'pages'>,
  publishedAt: (file: string) => string | undefined = () => undefined,
  kept: ReadonlyMap<string, string> = new Map(),
): Map<A, MovedAddress> {
  const claims = [...articles].flatMap(article => {
    const path = publicationPath(article.url, site.url)
    return path === null ? [] : [{ article, path }]
  })
  const places = new Map<A, string>()
  /** Files by what `fileKey` says of their addresses. */
  const holders = new Map([...kept].map(([path, file]) => [fileKey(path), file]))
  const numbers = new Map<string, number>()
  const place = (article: A, path: string) => {
    places.set(article, path)
    holders.set(fileKey(path), article.path)
  }
  for (const { article, path } of claims) {
    const known = publishedAt(article.path)
    if (known !== undefined && !holders.has(fileKey(known)) && isPlaceFor(path, known, site))
      place(article, known)
  }
  const isDraft = ({ article }: { article: A }) => article.status === 'draft'
  const newcomers = claims.filter(({ article }) => !places.has(article))
  for (const { article, path } of [...newcomers.filter(one => !isDraft(one)), ...newcomers.filter(isDraft)]) {
    const isFree = !holders.has(fileKey(path)) && !isReservedPath(path, site)
    place(article, isFree ? path : freePath(path, holders, numbers, site))
  }
  const moved = new Map<A, MovedAddress>()
  for (const { article, path } of claims) {
    const own = places.get(article) ?? path
    if (own === path) continue
    const url = `${site.url}${encodePath(own.slice(1))}`
    const holder =
      holders.get(fileKey(path)) ?? (isReservedPath(path, site) ? 'this publication itself' : null)
    const message = holder
      ? `${article.url} belongs to ${holder} already; this article is published at ${url}.`
      : `${article.url} was another article's when this one was published; it stays at ${url}.`
    const where = { path: article.path, line: article.fields.url?.line ?? null }
    moved.set(article, { url, diagnostic: diagnose('slug-taken', where, message) })
  }
  return moved
}

/** Whether an article that claims one path may stay at another: it is the same, or that with a number behind it. */
export function isPlaceFor(path: string, place: string, site: Pick<Site, 'pages'>): boolean {
  if (place === path) return !isReservedPath(place, site)
  const base = numberedBase(path, site)
  return place.startsWith(`${base}-`) && /^\d+\/$/.test(place.slice(base.length + 1))
}

/** The path with the next free number behind it. */
function freePath(
  path: string,
  holders: ReadonlyMap<string, string>,
  numbers: Map<string, number>,
  site: Pick<Site, 'pages'>,
): string {
  const base = numberedBase(path, site)
  let number = numbers.get(base) ?? 2
  while (holders.has(`${base}-${number}`)) number++
  numbers.set(base, number + 1)
  return `${base}-${number}/`
}

/** What a number comes behind. Below a folder that is the publication's own, no number is free: then it is where articles usually are. */
function numberedBase(path: string, site: Pick<Site, 'pages'>): string {
  const bare = fileKey(path) || '/index'
  return isReservedPath(`${bare}-2/`, site) ? `/articles${bare}` : bare
}

/** Whether a path is the publication's own, and never an article's. Where a site keeps its pages, they are where they are. */
export function isReservedPath(path: string, { pages }: Pick<Site, 'pages'>): boolean {
  return pages === 'all' && (reserved.test(path) || reserved.test(fileKey(path)))
}

/** The same for paths that are one file where the publication is files: `/x`, `/x/` and `/x/index.html`. */
export const fileKey = (path: string): string => path.replace(/\/(?:index\.html)?$/, '')

/** Links to places in the article itself (footnotes) are absolute, so they move along. */
export function articleAt(article: ParsedArticle, url: string): ParsedArticle {
  return articleWith(article, { url, html: article.html.replaceAll(`"${article.url}#`, `"${url}#`) })
}
