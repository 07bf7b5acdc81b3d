import { absoluteUrl, archivePath, feedPath } from '../documents/feed-channel.ts'
import { feedStylesheet, feedStylesheetPath } from '../documents/feed-styling.ts'
import { embedScript, playerOrigins } from '../documents/pages/click-players.ts'
import type { PageFrame } from '../documents/pages/page-frame.ts'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import type { CollectionEntry, CollectionLink, Neighbour } from '../documents/pages/page-views.ts'
import { stylesheet } from '../documents/pages/stylesheet.ts'
import { subscribeScript } from '../documents/pages/subscribe-script.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes, feedFormatNames } from '../model/formats.ts'
import { pagePolicy } from '../model/page-policy.ts'
import type { Site } from '../model/site.ts'
import type { PublishedDocument, RenderedDocument } from '../model/snapshot.ts'

/** What a document is made of: an article stands for all that it says. */
export type DocumentInput = Article | string | number | boolean | null

/** What makes a page: see `Renderer`. */
export interface PageMaker {
  frame: PageFrame
  pages: PageTemplates
  /** Of everything that an article says. */
  fingerprint(article: Article): string
  /** A document that will be made of these inputs, the settings and nothing else. */
  document(path: string, inputs: () => DocumentInput[], render: () => RenderedDocument): PublishedDocument
}

/** How many articles pages show that are about something else. */
const shownElsewhere = 8

/** Where the page lies that a person sees at a collection's feeds. */
export function subscribePath(collection: Pick<Collection, 'path'>): string {
  return `${collection.path}subscribe/`
}

/** A collection's own page; of the publication's, which is the home page, the other collections are a part. */
export function collectionDocument(
  collection: Collection,
  all: Collection[],
  maker: PageMaker,
): PublishedDocument {
  const { frame, pages } = maker
  const { newest, archives, kind, name, path } = collection
  const view = { collection: entryOf(collection), articles: newest, older: archives.at(-1)?.number ?? null }
  const headers = headersOf(collection, frame.site)
  const inputs = [name, view.collection.count, view.older, ...newest]
  if (kind !== 'all')
    return pageDocument(
      path,
      () => inputs,
      headers,
      () => pages.collection(view, frame),
      maker,
    )
  const others = () => all.filter(({ kind }) => kind !== 'all').map(entryOf)
  return pageDocument(
    path,
    () => [JSON.stringify(others()), ...inputs],
    headers,
    () => pages.home({ ...view, collections: others() }, frame),
    maker,
  )
}

/** One of a collection's further pages, the articles of an archive; undefined where there is no such archive. */
export function archiveDocument(
  collection: Collection,
  number: number,
  maker: PageMaker,
): PublishedDocument | undefined {
  const { frame, pages } = maker
  const { archives, name } = collection
  const archive = archives[number - 1]
  if (!archive) return undefined
  const { articles } = archive
  const [older, newer] = [archives[number - 2]?.number ?? null, archives[number]?.number ?? null]
  return pageDocument(
    archivePath(collection, { number }),
    () => [name, older, newer, ...articles],
    headersOf(collection, frame.site),
    () => pages.archive({ collection: linkTo(collection), number, articles, older, newer }, frame),
    maker,
  )
}

/** What a person sees at a collection's feeds. `feeds`: how many feeds the publication has. */
export function subscribeDocument(
  collection: Collection,
  feeds: number,
  maker: PageMaker,
): PublishedDocument {
  const { frame, pages } = maker
  const latest = collection.newest.slice(0, shownElsewhere)
  return pageDocument(
    subscribePath(collection),
    () => [collection.name, feeds, ...latest],
    headersOf(collection, frame.site),
    () => pages.subscribe({ collection: linkTo(collection), feeds, latest }, frame),
    maker,
  )
}

/** What an article's page says besides the article. */
export interface ArticleSurroundings {
  collections: Collection[]
  previous: Article | undefined
  next: Article | undefined
}

export function articleDocument(
  path: string,
  article: Article,
  surroundings: () => ArticleSurroundings,
  maker: PageMaker,
): PublishedDocument {
  const { frame, pages } = maker
  const around = () => {
    const { collections, previous, next } = surroundings()
    return { collections: collections.map(linkTo), previous: neighbour(previous), next: neighbour(next) }
  }
  return pageDocument(
    path,
    () => inputsOf(article, surroundings()),
    body => {
      const players = playerOrigins(body)
      return {
        'content-language': article.language ?? frame.site.language,
        ...(players.length > 0 && { 'content-security-policy': pagePolicy(players) }),
      }
    },
    () => pages.article({ article, ...around() }, frame),
    maker,
  )
}

/** All that `around` says, without making it: every article's page is asked what it is made of. */
function inputsOf(article: Article, { collections, previous, next }: ArticleSurroundings): DocumentInput[] {
  const inputs: DocumentInput[] = [article, collections.length]
  for (const { kind, name, path } of collections) inputs.push(kind, name, path)
  for (const other of [previous, next]) {
    if (other) inputs.push(other.title, other.url, other.language, other.direction)
    else inputs.push(null)
  }
  return inputs
}

export function feedsDocument(collections: Collection[], maker: PageMaker): PublishedDocument {
  const { frame, pages } = maker
  const entries = () => collections.map(entryOf)
  return pageDocument(
    '/feeds/',
    () => [JSON.stringify(entries())],
    { 'content-language': frame.site.language },
    () => pages.feeds({ collections: entries() }, frame),
    maker,
  )
}

/** What is shown where there is no page, or no page any more. */
export function missingDocument(
  kind: 'notFound' | 'gone',
  collections: Collection[],
  maker: PageMaker,
): PublishedDocument {
  const { frame, pages } = maker
  const latest = (collections[0]?.newest ?? []).slice(0, shownElsewhere)
  return pageDocument(
    kind === 'gone' ? '/410.html' : '/404.html',
    () => latest,
    { 'content-language': frame.site.language },
    () => pages[kind]({ latest }, frame),
    maker,
  )
}

/** The stylesheet and the script that pages share. */
export function sharedFiles(
  stylesheetOfOwn: string | null,
  { frame, document }: PageMaker,
): PublishedDocument[] {
  const hasPages = frame.site.pages === 'all'
  const file = (path: string, mediaType: string, body: string): RenderedDocument => ({
    path,
    mediaType,
    body,
    headers: {},
    page: null,
    maxAge: null,
  })
  return [
    ...(hasPages
      ? [
          document(
            '/style.css',
            () => [stylesheetOfOwn],
            () => file('/style.css', documentMediaTypes.css, stylesheet(frame.site, stylesheetOfOwn)),
          ),
        ]
      : []),
    ...(frame.site.styleFeeds
      ? [
          document(
            feedStylesheetPath,
            () => [],
            () => file(feedStylesheetPath, documentMediaTypes.css, feedStylesheet(frame.site)),
          ),
        ]
      : []),
    ...(hasPages && frame.site.embeds === 'click'
      ? [
          document(
            '/embeds.js',
            () => [],
            () => file('/embeds.js', documentMediaTypes.script, embedScript),
          ),
        ]
      : []),
    ...(hasPages
      ? [
          document(
            '/subscribe.js',
            () => [],
            () => file('/subscribe.js', documentMediaTypes.script, subscribeScript),
          ),
        ]
      : []),
  ]
}

function pageDocument(
  path: string,
  inputs: () => DocumentInput[],
  headers: Record<string, string> | ((body: string) => Record<string, string>),
  make: () => string,
  { document }: PageMaker,
): PublishedDocument {
  return document(path, inputs, () => {
    const body = make()
    return {
      path,
      mediaType: documentMediaTypes.html,
      body,
      headers: typeof headers === 'function' ? headers(body) : headers,
      page: null,
      maxAge: null,
    }
  })
}

function neighbour(article: Article | undefined): Neighbour | null {
  if (!article) return null
  const { title, url, language, direction } = article
  return { title, url, language, direction }
}

function linkTo({ kind, name, path }: Collection): CollectionLink {
  return { kind, name, path }
}

function entryOf(collection: Collection): CollectionEntry {
  return { ...linkTo(collection), count: collection.articles.length }
}

function headersOf(collection: Collection, site: Site): Record<string, string> {
  const language = collection.kind === 'language' ? collection.name : site.language
  return { 'content-language': language, link: feedLinks(collection, site) }
}

function feedLinks(collection: Collection, site: Site): string {
  return feedFormatNames
    .map(format => `<${absoluteUrl(feedPath(collection, format), site)}>; rel="alternate"`)
    .join(', ')
}
