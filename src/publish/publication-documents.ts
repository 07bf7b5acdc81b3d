import { type ArticleChanges, newestFirst } from '../catalog/order.ts'
import type { Tombstone } from '../documents/feed-channel.ts'
import type { SiteMenu } from '../documents/pages/page-views.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { DocumentSet, PublishedDocument } from '../model/snapshot.ts'
import type { PersistentMap } from '../text/persistent-map.ts'
import { articlesAndPages, createArticlePages, pagesAfter } from './article-pages.ts'
import { opmlDocument, robotsDocument, sitemapsOf } from './list-documents.ts'
import {
  archiveDocument,
  collectionDocument,
  feedsDocument,
  missingDocument,
  sharedFiles,
  subscribeDocument,
} from './page-documents.ts'
import type { Renderer } from './renderer.ts'
import { frontPaths, pathsTouching, pathsUnlike } from './touched-paths.ts'

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
  plain: Renderer,
  before: { documents: PublicationDocuments; changes: ArticleChanges } | null,
): PublicationDocuments {
  const { collections, withdrawn, stylesheet } = view
  const all = allOf(collections)
  const menu = menuOf(collections)
  const renderer = plain.withMenu(menu)
  const hasPages = renderer.frame.site.pages === 'all'
  const knownBefore = before?.documents.knownPages()
  const known = before && knownBefore ? pagesAfter(knownBefore, before.changes, renderer) : null
  const pages = createArticlePages(collections, all, renderer, known)
  const inCollections = createCollectionDocuments(collections, all, withdrawn, renderer)
  const sitemaps = sitemapsOf(collections, all, renderer)
  const fixed = new Map(
    [
      ...(hasPages
        ? [
            feedsDocument(collections, renderer),
            missingDocument('notFound', collections, renderer),
            missingDocument('gone', collections, renderer),
            robotsDocument(renderer),
          ]
        : []),
      ...sharedFiles(stylesheet, renderer),
      opmlDocument(collections, renderer),
    ].map(document => [document.path, document]),
  )

  /** What the publication as a whole has, whatever collections it has. */
  function* commonPaths(): Generator<string> {
    yield* fixed.keys()
    for (const { path } of sitemaps.all()) yield path
  }

  const shown = { collections, all, pages, renderer, commonPaths }

  const isFramedAs = (others: PublicationDocuments) =>
    JSON.stringify(menuOf(others.collections)) === JSON.stringify(menu)

  function* values() {
    // The longest come first: whoever encodes them goes on meanwhile.
    yield* sitemaps.all()
    yield* fixed.values()
    yield* byTime(
      collections.flatMap(collection => [...inCollections.runsOf(collection)]),
      articlesAndPages(all),
      pages.of,
    )
  }

  return {
    view,
    collections,
    get: path => fixed.get(path) ?? inCollections.at(path) ?? sitemaps.at(path) ?? pages.at(path),
    values,
    popular: () => [
      ...[all, ...collections.filter(({ kind }) => kind === 'custom')].flatMap(collection => [
        ...frontPaths(collection, renderer),
      ]),
      ...fixed.keys(),
    ],
    knownPages: pages.known,
    pathsOf: collection => [...inCollections.of(collection)].map(({ path }) => path),
    pathsUnlike: (others, changes) =>
      new Set(
        isFramedAs(others)
          ? pathsUnlike(shown, others.collections, changes)
          : [...values()].map(({ path }) => path),
      ),
    pathsTouching: articles => new Set(pathsTouching(shown, articles)),
  }
}

/** More sections than this are no line of words any more: those that hold most stand in it. */
const maxSections = 8
/** More pages than this are no foot of a page any more. */
const maxPages = 12

/** Sections, where there are several, and pages that are no news. */
function menuOf(collections: readonly Collection[]): SiteMenu {
  const sections = collections.filter(({ kind }) => kind === 'section')
  const shown = sections
    .toSorted((a, b) => b.articles.length - a.articles.length || (a.path < b.path ? -1 : 1))
    .slice(0, maxSections)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const { pages = [] } = allOf(collections)
  return {
    sections: shown.length > 1 ? shown.map(({ kind, name, path }) => ({ kind, name, path })) : [],
    pages: pages
      .slice(0, maxPages)
      .map(({ title, url, language, direction }) => ({ title, url, language, direction })),
  }
}

/** Documents of one collection that have the same articles. */
interface DocumentRun {
  articles: readonly Article[]
  documents(): Iterable<PublishedDocument>
}

/**
 * By the time of their middle article, whatever collection they are of: an article that one of them has is soon needed by the others that have
 * it, and is rendered once. Its page comes behind the first of them, so that its body is read once.
 */
function* byTime(
  runs: DocumentRun[],
  all: readonly Article[],
  pageOf: (article: Article) => Iterable<PublishedDocument>,
): Generator<PublishedDocument> {
  const begun = new Set<Article>()
  function* pagesOf(articles: readonly Article[]) {
    for (const article of articles) {
      if (!begun.has(article)) yield* pageOf(article)
      begun.add(article)
    }
  }
  for (const { articles, documents } of runs.sort(byMiddle)) {
    yield* documents()
    yield* pagesOf(articles)
  }
  yield* pagesOf(all)
}

function byMiddle(one: DocumentRun, other: DocumentRun): number {
  const [a, b] = [one, other].map(({ articles }) => articles[Math.floor(articles.length / 2)])
  return a && b ? newestFirst(a, b) : Number(!a) - Number(!b)
}

/** Feeds, pages and archives of collections. */
function createCollectionDocuments(
  collections: Collection[],
  all: Collection,
  withdrawn: Tombstone[],
  renderer: Renderer,
) {
  const byPath = new Map(collections.map(collection => [collection.path, collection]))
  const hasPages = renderer.frame.site.pages === 'all'

  function at(path: string): PublishedDocument | undefined {
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

  function* runsOf(collection: Collection): Generator<DocumentRun> {
    yield {
      articles: collection.newest,
      *documents() {
        yield* feedsOf(collection, null)!
        if (!hasPages) return
        yield collectionDocument(collection, collections, renderer)
        yield subscribeDocument(collection, collections.length, renderer)
      },
    }
    for (const { number, articles } of collection.archives)
      yield {
        articles,
        *documents() {
          yield* feedsOf(collection, number)!
          if (hasPages) yield archiveDocument(collection, number, renderer)!
        },
      }
  }

  function* of(collection: Collection): Generator<PublishedDocument> {
    for (const { documents } of runsOf(collection)) yield* documents()
  }

  return { at, of, runsOf }
}

/** The collection of all articles, which comes first. */
export function allOf([all]: readonly Collection[]): Collection {
  if (!all) throw new TypeError('A publication has a collection of all its articles.')
  return all
}
