import { createGroupsOf } from '../catalog/collections.ts'
import { type ArticleChanges, placeAmong } from '../catalog/order.ts'
import { chaptersPath, renderChapters } from '../documents/chapters.ts'
import { type Article, isNews } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes } from '../model/formats.ts'
import type { PublishedDocument } from '../model/snapshot.ts'
import { PersistentMap } from '../text/persistent-map.ts'
import { list } from './list-documents.ts'
import { articleDocument } from './page-documents.ts'
import type { Renderer } from './renderer.ts'

/** The pages of articles, and the lists of chapters beside them. */
export type ArticlePages = ReturnType<typeof createArticlePages>

/** @param known pages by path, as far as they are known already */
export function createArticlePages(
  collections: Collection[],
  all: Collection,
  renderer: Renderer,
  known: PersistentMap<Article> | null,
) {
  const { site } = renderer.frame
  const byKey = new Map(collections.map((collection, place) => [collection.key, place]))
  const custom = collections.flatMap(({ kind }, place) => (kind === 'custom' ? [place] : []))
  const groupsOf = createGroupsOf()
  /** Many articles are in the very same collections. */
  const byGroups = new Map<string, Collection[]>()
  let pages = known

  const articles = (): PersistentMap<Article> => {
    const known =
      pages ?? pagesAfter(PersistentMap.empty, { removed: [], added: articlesAndPages(all) }, renderer)
    pages = known
    return known
  }

  function pageOf(path: string, article: Article): PublishedDocument {
    return articleDocument(path, article, () => surroundings(article), renderer)
  }

  /** The list of an episode's chapters, beside its page. */
  function chaptersAt(path: string): PublishedDocument | undefined {
    const page = chaptersForm.exec(path)?.[1]
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
    if (!isNews(article)) return { collections: [all], previous: undefined, next: undefined }
    const own = placeAmong(all.articles, article)
    return { collections: collectionsOf(article), previous: nearest(own, 1), next: nearest(own, -1) }
  }

  function collectionsOf(article: Article): Collection[] {
    const keys = groupsOf(article)
    const put = custom.filter(place => placeAmong(collections[place]!.articles, article) >= 0)
    const groups = `${keys.join('\n')}\n${put.join(' ')}`
    const known = byGroups.get(groups)
    if (known) return known
    const places = [0, ...keys.flatMap(key => byKey.get(key) ?? []), ...put].sort((a, b) => a - b)
    const found = places.map(place => collections[place]!)
    if (byGroups.size < maxGroups) byGroups.set(groups, found)
    return found
  }

  const nearest = (from: number, step: 1 | -1) => nearestWithPage(all.articles, from, step, renderer)

  return {
    at(path: string): PublishedDocument | undefined {
      const article = articles().get(path)
      return article ? pageOf(path, article) : chaptersAt(path)
    },
    /** An article's page, and its list of chapters; nothing where it has none here. No two have one address. */
    *of(article: Article): Generator<PublishedDocument> {
      const path = renderer.pathOf(article)
      if (path === null) return
      yield pageOf(path, article)
      const chapters = chaptersPath(article, site)
      if (chapters !== null) yield chaptersOf(chapters, article)
    },
    /** Null where nobody has asked for a page yet. */
    known: () => pages,
    surroundings,
    nearest,
  }
}

/** Where hardly two articles have the same tags, nothing is gained by remembering more. */
const maxGroups = 2_000

/** The next article in a direction that has a page here. */
function nearestWithPage(
  articles: readonly Article[],
  from: number,
  step: 1 | -1,
  { pathOf }: Pick<Renderer, 'pathOf'>,
): Article | undefined {
  for (let place = from + step; ; place += step) {
    const article = articles[place]
    if (!article || pathOf(article) !== null) return article
  }
}

const chaptersForm = /^(.*?)(?:\.chapters\.json|(?<=\/)chapters\.json)$/s

/** All articles of a publication, those that are no news among them. */
export const articlesAndPages = ({ articles, pages = [] }: Collection): Article[] => [...articles, ...pages]

/** Pages by path, those of two articles that change places among them. */
export function pagesAfter(
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
