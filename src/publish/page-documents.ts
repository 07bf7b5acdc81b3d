import { addressOf, archivePath, feedPath } from '../documents/feed-channel.ts'
import { feedStylesheet, feedStylesheetPath } from '../documents/feed-dress.ts'
import type { PageFrame } from '../documents/pages/page-frame.ts'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import type { CollectionEntry, CollectionLink, Neighbour } from '../documents/pages/page-views.ts'
import { stylesheet } from '../documents/pages/stylesheet.ts'
import { subscribeScript } from '../documents/pages/subscribe-script.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes, feedFormatNames } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import type { RenderedDocument } from '../model/snapshot.ts'
import { publicationPath } from '../text/urls.ts'

/** What makes a page, and what keeps it: see `Renderer`. */
export interface PageMaker {
  frame: PageFrame
  pages: PageTemplates
  document(path: string, inputs: unknown[], make: () => RenderedDocument): RenderedDocument
}

/** How many articles pages show that are about something else. */
const shownElsewhere = 8

/** Where the page lies that a person sees at a collection's feeds. */
export function subscribePath(collection: Pick<Collection, 'path'>): string {
  return `${collection.path}subscribe/`
}

/** Every page of the publication, with the stylesheet and the script they share. */
export function pageDocuments(
  collections: Collection[],
  articles: Article[],
  stylesheetOfOwn: string | null,
  maker: PageMaker,
): RenderedDocument[] {
  return [
    ...collections.flatMap(collection => collectionDocuments(collection, collections, maker)),
    ...articleDocuments(collections, articles, maker),
    feedsDocument(collections, maker),
    ...missingDocuments(collections, maker),
    ...fileDocuments(stylesheetOfOwn, maker),
  ]
}

/** A collection's own page, one for each of its archives, which are its further pages, and the way to subscribe. */
function collectionDocuments(
  collection: Collection,
  all: Collection[],
  maker: PageMaker,
): RenderedDocument[] {
  const { frame, pages } = maker
  const { site } = frame
  const numbers = collection.archives.map(({ number }) => number)
  const language = collection.kind === 'language' ? collection.name : site.language
  const headers = { 'content-language': language, link: feedLinks(collection, site) }
  const page = (path: string, inputs: unknown[], make: () => string) =>
    pageDocument(path, inputs, headers, make, maker)
  const view = { collection: entryOf(collection), articles: collection.newest, older: numbers.at(-1) ?? null }
  const own =
    collection.kind === 'all'
      ? homeDocument(view, all, page, maker)
      : page(collection.path, [collection.name, view.collection.count, view.older, ...view.articles], () =>
          pages.collection(view, frame),
        )
  const archives = collection.archives.map(({ number, articles }, at) => {
    const [older, newer] = [numbers[at - 1] ?? null, numbers[at + 1] ?? null]
    return page(archivePath(collection, { number }), [collection.name, older, newer, ...articles], () =>
      pages.archive({ collection: linkTo(collection), number, articles, older, newer }, frame),
    )
  })
  const latest = collection.newest.slice(0, shownElsewhere)
  const subscribe = page(subscribePath(collection), [collection.name, all.length, ...latest], () =>
    pages.subscribe({ collection: linkTo(collection), feeds: all.length, latest }, frame),
  )
  return [own, ...archives, subscribe]
}

function homeDocument(
  view: { collection: CollectionEntry; articles: Article[]; older: number | null },
  all: Collection[],
  page: (path: string, inputs: unknown[], make: () => string) => RenderedDocument,
  { frame, pages }: PageMaker,
): RenderedDocument {
  const collections = all.filter(({ kind }) => kind !== 'all').map(entryOf)
  const inputs = [view.collection.count, view.older, JSON.stringify(collections), ...view.articles]
  return page('/', inputs, () => pages.home({ ...view, collections }, frame))
}

/** An article's page is served where its address lies under the publication's url; else it is read elsewhere. */
function articleDocuments(
  collections: Collection[],
  articles: Article[],
  maker: PageMaker,
): RenderedDocument[] {
  const { frame, pages } = maker
  const { site } = frame
  const memberships = membershipsOf(collections)
  const order = (collections[0]?.articles ?? []).filter(
    article => publicationPath(article.url, site.url) !== null,
  )
  const places = new Map(order.map((article, place) => [article, place]))
  return articles.flatMap(article => {
    const path = publicationPath(article.url, site.url)
    if (path === null) return []
    const links = memberships.get(article) ?? []
    const place = places.get(article)!
    const previous = neighbour(order[place + 1])
    const next = neighbour(order[place - 1])
    const headers = { 'content-language': article.language ?? site.language }
    return pageDocument(
      path,
      [article, JSON.stringify([links, previous, next])],
      headers,
      () => pages.article({ article, collections: links, previous, next }, frame),
      maker,
    )
  })
}

function neighbour(article: Article | undefined): Neighbour | null {
  if (!article) return null
  const { title, url, language, direction } = article
  return { title, url, language, direction }
}

function membershipsOf(collections: Collection[]): Map<Article, CollectionLink[]> {
  const memberships = new Map<Article, CollectionLink[]>()
  for (const collection of collections) {
    const link = linkTo(collection)
    for (const article of collection.articles) {
      const links = memberships.get(article)
      if (links) links.push(link)
      else memberships.set(article, [link])
    }
  }
  return memberships
}

function feedsDocument(collections: Collection[], maker: PageMaker): RenderedDocument {
  const { frame, pages } = maker
  const entries = collections.map(entryOf)
  const headers = { 'content-language': frame.site.language }
  return pageDocument(
    '/feeds/',
    [JSON.stringify(entries)],
    headers,
    () => pages.feeds({ collections: entries }, frame),
    maker,
  )
}

/** What is shown where there is no page, or no page any more. */
function missingDocuments(collections: Collection[], maker: PageMaker): RenderedDocument[] {
  const { frame, pages } = maker
  const latest = (collections[0]?.newest ?? []).slice(0, shownElsewhere)
  const headers = { 'content-language': frame.site.language }
  return (['notFound', 'gone'] as const).map(kind =>
    pageDocument(
      kind === 'gone' ? '/410.html' : '/404.html',
      latest,
      headers,
      () => pages[kind]({ latest }, frame),
      maker,
    ),
  )
}

function fileDocuments(stylesheetOfOwn: string | null, { frame, document }: PageMaker): RenderedDocument[] {
  const file = (path: string, mediaType: string, body: string): RenderedDocument => ({
    path,
    mediaType,
    body,
    headers: {},
    page: null,
    maxAge: null,
  })
  return [
    document('/style.css', [stylesheetOfOwn], () =>
      file('/style.css', documentMediaTypes.css, stylesheet(frame.site, stylesheetOfOwn)),
    ),
    ...(frame.site.dressFeeds
      ? [
          document(feedStylesheetPath, [], () =>
            file(feedStylesheetPath, documentMediaTypes.css, feedStylesheet(frame.site)),
          ),
        ]
      : []),
    document('/subscribe.js', [], () => file('/subscribe.js', documentMediaTypes.script, subscribeScript)),
  ]
}

function pageDocument(
  path: string,
  inputs: unknown[],
  headers: Record<string, string>,
  make: () => string,
  { document }: PageMaker,
): RenderedDocument {
  return document(path, inputs, () => ({
    path,
    mediaType: documentMediaTypes.html,
    body: make(),
    headers,
    page: null,
    maxAge: null,
  }))
}

function linkTo({ kind, name, path }: Collection): CollectionLink {
  return { kind, name, path }
}

function entryOf(collection: Collection): CollectionEntry {
  return { ...linkTo(collection), count: collection.articles.length }
}

function feedLinks(collection: Collection, site: Site): string {
  return feedFormatNames
    .map(format => `<${addressOf(feedPath(collection, format), site)}>; rel="alternate"`)
    .join(', ')
}
