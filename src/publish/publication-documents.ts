import { groupsOf } from '../catalog/collections.ts'
import { type ArticleChanges, placeAmong, placeFor } from '../catalog/order.ts'
import { chaptersPath, renderChapters } from '../documents/chapters.ts'
import { absoluteUrl, archivePath, feedPath, type Tombstone } from '../documents/feed-channel.ts'
import { renderOpml } from '../documents/opml.ts'
import { maxSitemapUrls, renderSitemap, renderSitemapIndex, type SitemapEntry } from '../documents/sitemap.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes, feedFormatNames } from '../model/formats.ts'
import type { DocumentSet, PublishedDocument, RenderedDocument } from '../model/snapshot.ts'
import { PersistentMap } from '../text/persistent-map.ts'
import {
  archiveDocument,
  articleDocument,
  collectionDocument,
  feedsDocument,
  missingDocument,
  sharedFiles,
  subscribeDocument,
  subscribePath,
} from './page-documents.ts'
import type { Renderer } from './renderer.ts'

/** What a publication shows at one time. */
export interface PublicationView {
  /** All articles first. */
  collections: Collection[]
  withdrawn: Tombstone[]
  stylesheet: string | null
}

/** The documents of a publication at one time, each to be made when it is asked for. */
export interface PublicationDocuments extends DocumentSet {
  /** What they show. */
  view: PublicationView
  collections: Collection[]
  /** The paths that most of the requests are for. */
  popular(): string[]
  /** Of all articles with a page here, by path; null where nobody has asked for a page yet. */
  knownPages(): PersistentMap<Article> | null
  /** Every path that there is because there is this collection. */
  pathsOf(collection: Collection): string[]
  /**
   * Every path that may have another document than it has among others, or none there; each once.
   * @param changes articles that came or went between the two
   */
  pathsUnlike(others: PublicationDocuments, changes: ArticleChanges): Iterable<string>
  /** Every path whose document has one of these articles, or a list of all; each once. */
  pathsTouching(articles: Article[]): Iterable<string>
}

export function publicationDocuments(
  view: PublicationView,
  renderer: Renderer,
  before: { documents: PublicationDocuments; changes: ArticleChanges } | null,
): PublicationDocuments {
  const { collections, withdrawn, stylesheet } = view
  const { site } = renderer.frame
  const all = allOf(collections)
  const byPath = new Map(collections.map(collection => [collection.path, collection]))
  const byKey = new Map(collections.map((collection, place) => [collection.key, place]))
  const custom = collections.flatMap(({ kind }, place) => (kind === 'custom' ? [place] : []))
  const hasPages = site.pages === 'all'
  const fixed = new Map(
    [
      ...(hasPages
        ? [
            feedsDocument(collections, renderer),
            missingDocument('notFound', collections, renderer),
            missingDocument('gone', collections, renderer),
            robotsDocument(),
          ]
        : []),
      ...sharedFiles(stylesheet, renderer),
      opmlDocument(),
    ].map(document => [document.path, document]),
  )
  const knownBefore = before?.documents.knownPages()
  let pages = before && knownBefore ? pagesAfter(knownBefore, before.changes, renderer) : null
  let entries: SitemapEntry[] | undefined

  const articles = (): PersistentMap<Article> => {
    const known = pages ?? pagesAfter(PersistentMap.empty, { removed: [], added: all.articles }, renderer)
    pages = known
    return known
  }

  function get(path: string): PublishedDocument | undefined {
    const known = fixed.get(path) ?? inCollection(path) ?? sitemapDocument(path)
    if (known) return known
    const article = articles().get(path)
    return article ? pageOf(path, article) : chaptersAt(path)
  }

  function inCollection(path: string): PublishedDocument | undefined {
    const [, folder, name, ...rest] = path.split('/')
    const own = byPath.get(`/${folder}/${name}/`)
    return own && rest.length > 0
      ? withinCollection(own, rest.join('/'))
      : withinCollection(all, path.slice(1))
  }

  /** `rest`: the path in the collection's folder. */
  function withinCollection(collection: Collection, rest: string): PublishedDocument | undefined {
    if (rest === '' && hasPages) return collectionDocument(collection, collections, renderer)
    if (rest === 'subscribe/' && hasPages) return subscribeDocument(collection, collections.length, renderer)
    const [, number, file = rest] = /^archive\/([1-9]\d{0,8})\/(.*)$/s.exec(rest) ?? []
    const archive = number === undefined ? null : Number(number)
    if (archive !== null && file === '' && hasPages) return archiveDocument(collection, archive, renderer)
    const path = `${collection.path}${rest}`
    return feedsOf(collection, archive)?.find(feed => feed.path === path)
  }

  function feedsOf(collection: Collection, archive: number | null): PublishedDocument[] | undefined {
    return renderer.feeds(collection, archive, collection === all ? withdrawn : [])
  }

  function pageOf(path: string, article: Article): PublishedDocument {
    return articleDocument(path, article, () => surroundings(article), renderer)
  }

  /** The list of an episode's chapters, beside its page. */
  function chaptersAt(path: string): PublishedDocument | undefined {
    const page = /^(.*?)(?:\.chapters\.json|(?<=\/)chapters\.json)$/s.exec(path)?.[1]
    const article = page === undefined ? undefined : articles().get(page)
    return article && chaptersPath(article, site) === path ? chaptersOf(path, article) : undefined
  }

  function chaptersOf(path: string, article: Article): PublishedDocument {
    return renderer.document(
      path,
      () => [article],
      () => list(path, documentMediaTypes.chapters, renderChapters(article)),
    )
  }

  function surroundings(article: Article) {
    const places = [
      0,
      ...groupsOf(article).flatMap(key => byKey.get(key) ?? []),
      ...custom.filter(place => placeAmong(collections[place]!.articles, article) >= 0),
    ]
    const own = placeAmong(all.articles, article)
    return {
      collections: places.sort((a, b) => a - b).map(place => collections[place]!),
      previous: nearest(own, 1),
      next: nearest(own, -1),
    }
  }

  /** The next article in a direction that has a page here. */
  function nearest(from: number, step: 1 | -1): Article | undefined {
    for (let place = from + step; ; place += step) {
      const article = all.articles[place]
      if (!article || renderer.pathOf(article) !== null) return article
    }
  }

  function opmlDocument(): PublishedDocument {
    return renderer.document(
      '/opml.xml',
      () => collections.flatMap(({ path, name }) => [path, name]),
      () => list('/opml.xml', documentMediaTypes.opml, renderOpml(collections, site)),
    )
  }

  function robotsDocument(): PublishedDocument {
    const body = `User-agent: *\nAllow: /\n\nSitemap: ${absoluteUrl('/sitemap.xml', site)}\n`
    return renderer.document(
      '/robots.txt',
      () => [],
      () => list('/robots.txt', documentMediaTypes.robots, body),
    )
  }

  function sitemapEntries(): SitemapEntry[] {
    entries ??= [
      ...lastingPages(collections).map(path => ({ url: absoluteUrl(path, site), updated: null })),
      ...all.articles
        .filter(article => renderer.pathOf(article) !== null)
        .map(article => ({ url: article.url, updated: article.revised })),
    ]
    return entries
  }

  /** One file, or an index of several. */
  function sitemapDocument(path: string): PublishedDocument | undefined {
    const [name, number] = /^\/sitemap(?:-([1-9]\d{0,5}))?\.xml$/.exec(path) ?? []
    if (name === undefined || !hasPages) return undefined
    const entries = sitemapEntries()
    const parts = Math.ceil(entries.length / maxSitemapUrls)
    if (number === undefined && parts > 1) {
      const urls = Array.from({ length: parts }, (_, part) => absoluteUrl(`/sitemap-${part + 1}.xml`, site))
      return renderer.document(
        path,
        () => urls,
        () => list(path, documentMediaTypes.sitemap, renderSitemapIndex(urls)),
      )
    }
    const part = number === undefined ? 1 : Number(number)
    if (part > parts || (number !== undefined && parts === 1)) return undefined
    const listed = entries.slice((part - 1) * maxSitemapUrls, part * maxSitemapUrls)
    return renderer.document(
      path,
      () => listed.flatMap(({ url, updated }) => [url, updated]),
      () => list(path, documentMediaTypes.sitemap, renderSitemap(listed)),
    )
  }

  function* sitemaps(): Generator<PublishedDocument> {
    const first = sitemapDocument('/sitemap.xml')
    if (!first) return
    yield first
    for (let part = 1; ; part++) {
      const document = sitemapDocument(`/sitemap-${part}.xml`)
      if (!document) return
      yield document
    }
  }

  function* collectionDocuments(collection: Collection): Generator<PublishedDocument> {
    yield* feedsOf(collection, null)!
    for (const { number } of collection.archives) yield* feedsOf(collection, number)!
    if (!hasPages) return
    yield collectionDocument(collection, collections, renderer)
    for (const { number } of collection.archives) yield archiveDocument(collection, number, renderer)!
    yield subscribeDocument(collection, collections.length, renderer)
  }

  /** What the publication as a whole has, whatever collections it has. */
  function* commonPaths(): Generator<string> {
    yield* fixed.keys()
    for (const { path } of sitemaps()) yield path
  }

  function* archivePaths(collection: Collection, number: number): Generator<string> {
    for (const format of feedFormatNames) yield feedPath(collection, format, number)
    if (hasPages) yield archivePath(collection, { number })
  }

  function* frontPaths(collection: Collection): Generator<string> {
    for (const format of feedFormatNames) yield feedPath(collection, format)
    if (!hasPages) return
    yield collection.path
    yield subscribePath(collection)
  }

  /** Of a collection that is not the same object as among the others. */
  function* collectionPathsUnlike(collection: Collection, other: Collection | undefined): Generator<string> {
    yield* frontPaths(collection)
    for (const [at, archive] of collection.archives.entries()) {
      // The one before the last has a newer one to lead to only since the last is there.
      const isEnd =
        at >= (other?.archives.length ?? 0) - 1 && other?.archives.length !== collection.archives.length
      if (isEnd || other?.archives[at] !== archive) yield* archivePaths(collection, archive.number)
    }
    // Pages of articles name the collections that they are in.
    if (other?.name === collection.name && other.path === collection.path) return
    for (const article of collection.articles) yield* pagePath(article)
  }

  function* pagePath(article: Article | undefined): Generator<string> {
    const path = article && renderer.pathOf(article)
    if (!path) return
    yield path
    const chapters = chaptersPath(article, site)
    if (chapters !== null) yield chapters
  }

  /** The page of an article that is here, or was or will be, and of those on either side. */
  function* pagesAround(article: Article): Generator<string> {
    yield* pagePath(article)
    const place = placeFor(all.articles, article)
    const here = all.articles[place] === article
    yield* pagePath(nearest(place, -1))
    yield* pagePath(here ? nearest(place, 1) : nearest(place - 1, 1))
  }

  function* unlike(others: PublicationDocuments, { removed, added }: ArticleChanges): Generator<string> {
    yield* commonPaths()
    const otherCollections = new Map(others.collections.map(collection => [collection.key, collection]))
    for (const collection of collections) {
      const other = otherCollections.get(collection.key)
      if (other !== collection) yield* collectionPathsUnlike(collection, other)
    }
    for (const article of removed) yield* pagesAround(article)
    for (const article of added) yield* pagesAround(article)
  }

  function* touching(articles: Article[]): Generator<string> {
    yield* commonPaths()
    const concerned = new Set([all, ...articles.flatMap(article => surroundings(article).collections)])
    const some = new Set(articles)
    for (const collection of concerned) {
      yield* frontPaths(collection)
      for (const archive of collection.archives)
        if (archive.articles.some(article => some.has(article)))
          yield* archivePaths(collection, archive.number)
    }
    for (const article of articles) yield* pagesAround(article)
  }

  return {
    view,
    collections,
    get,
    *values() {
      for (const collection of collections) yield* collectionDocuments(collection)
      for (const [path, article] of articles()) {
        yield pageOf(path, article)
        const chapters = chaptersPath(article, site)
        if (chapters !== null) yield chaptersOf(chapters, article)
      }
      yield* fixed.values()
      yield* sitemaps()
    },
    popular: () => [
      ...[all, ...custom.map(place => collections[place]!)].flatMap(collection => [
        ...frontPaths(collection),
      ]),
      ...fixed.keys(),
    ],
    knownPages: () => pages,
    pathsOf: collection => [...collectionDocuments(collection)].map(({ path }) => path),
    pathsUnlike: (others, changes) => new Set(unlike(others, changes)),
    pathsTouching: articles => new Set(touching(articles)),
  }
}

/** The collection of all articles, which comes first. */
export function allOf([all]: readonly Collection[]): Collection {
  if (!all) throw new TypeError('A publication has a collection of all its articles.')
  return all
}

/** Pages by path, those of two articles that change places among them. */
function pagesAfter(
  pages: PersistentMap<Article>,
  { removed, added }: ArticleChanges,
  { pathOf }: Pick<Renderer, 'pathOf'>,
): PersistentMap<Article> {
  const changed = new Map<string, Article | undefined>()
  for (const article of removed) changed.set(pathOf(article) ?? '', undefined)
  for (const article of added) changed.set(pathOf(article) ?? '', article)
  // The address of those that are read elsewhere.
  changed.delete('')
  return pages.with(changed)
}

/** What search engines are to find besides articles: a way to every one of them. Whoever subscribes comes by another. */
function lastingPages(collections: Collection[]): string[] {
  const pages = collections.flatMap(collection => [
    collection.path,
    ...collection.archives.map(archive => archivePath(collection, archive)),
  ])
  return [...pages, '/feeds/']
}

function list(path: string, mediaType: string, body: string): RenderedDocument {
  return { path, mediaType, body, headers: {}, page: null, maxAge: null }
}
