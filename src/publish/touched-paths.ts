import { type ArticleChanges, placeFor } from '../catalog/order.ts'
import { chaptersPath } from '../documents/chapters.ts'
import { archivePath, feedPath } from '../documents/feed-channel.ts'
import { type Article, isNews } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { feedFormatNames } from '../model/formats.ts'
import type { ArticlePages } from './article-pages.ts'
import { subscribePath } from './page-documents.ts'
import type { Renderer } from './renderer.ts'

/** What knows the paths that a change of articles may touch. */
interface Shown {
  collections: Collection[]
  all: Collection
  pages: ArticlePages
  renderer: Renderer
  /** What the publication as a whole has, whatever collections it has. */
  commonPaths(): Iterable<string>
}

/** Every path that may have another document than among other collections, or none there. */
export function* pathsUnlike(
  shown: Shown,
  others: Collection[],
  { removed, added }: ArticleChanges,
): Generator<string> {
  yield* shown.commonPaths()
  const otherCollections = new Map(others.map(collection => [collection.key, collection]))
  for (const collection of shown.collections) {
    const other = otherCollections.get(collection.key)
    if (other !== collection) yield* collectionPathsUnlike(collection, other, shown)
  }
  for (const article of removed) yield* pagesAround(article, shown)
  for (const article of added) yield* pagesAround(article, shown)
}

/** Every path whose document has one of these articles, or a list of all. */
export function* pathsTouching(shown: Shown, articles: Article[]): Generator<string> {
  yield* shown.commonPaths()
  const concerned = new Set([
    shown.all,
    ...articles.flatMap(article => shown.pages.surroundings(article).collections),
  ])
  const some = new Set(articles)
  for (const collection of concerned) {
    yield* frontPaths(collection, shown.renderer)
    for (const archive of collection.archives)
      if (archive.articles.some(article => some.has(article)))
        yield* archivePaths(collection, archive.number, shown)
  }
  for (const article of articles) yield* pagesAround(article, shown)
}

function* archivePaths(collection: Collection, number: number, { renderer }: Shown): Generator<string> {
  for (const format of feedFormatNames) yield feedPath(collection, format, number)
  if (renderer.frame.site.pages === 'all') yield archivePath(collection, { number })
}

export function* frontPaths(
  collection: Collection,
  { frame: { site } }: Pick<Renderer, 'frame'>,
): Generator<string> {
  for (const format of feedFormatNames) yield feedPath(collection, format)
  if (site.pages === 'none') return
  yield collection.path
  yield subscribePath(collection)
}

/** Of a collection that is not the same object as among the others. */
function* collectionPathsUnlike(
  collection: Collection,
  other: Collection | undefined,
  shown: Shown,
): Generator<string> {
  yield* frontPaths(collection, shown.renderer)
  for (const [at, archive] of collection.archives.entries()) {
    // The one before the last has a newer one to lead to only since the last is there.
    const isEnd =
      at >= (other?.archives.length ?? 0) - 1 && other?.archives.length !== collection.archives.length
    if (isEnd || other?.archives[at] !== archive) yield* archivePaths(collection, archive.number, shown)
  }
  // Pages of articles name the collections that they are in.
  if (other?.name === collection.name && other.path === collection.path) return
  for (const article of collection.articles) yield* pagePath(article, shown)
}

function* pagePath(article: Article | undefined, { renderer }: Shown): Generator<string> {
  const path = article && renderer.pathOf(article)
  if (!path) return
  yield path
  const chapters = chaptersPath(article, renderer.frame.site)
  if (chapters !== null) yield chapters
}

/** The page of an article that is here, or was or will be, and of those on either side. */
function* pagesAround(article: Article, shown: Shown): Generator<string> {
  const { all, pages } = shown
  yield* pagePath(article, shown)
  if (!isNews(article)) return
  const place = placeFor(all.articles, article)
  const here = all.articles[place] === article
  yield* pagePath(pages.nearest(place, -1), shown)
  yield* pagePath(pages.nearest(here ? place : place - 1, 1), shown)
}
