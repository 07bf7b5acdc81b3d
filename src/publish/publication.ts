import { collect } from '../catalog/collections.ts'
import { addressOf } from '../documents/feed-channel.ts'
import { renderOpml } from '../documents/opml.ts'
import { renderArticlePage } from '../documents/pages/article-page.ts'
import { renderCollectionPage } from '../documents/pages/collection-page.ts'
import { renderNotFoundPage } from '../documents/pages/not-found-page.ts'
import { stylesheet } from '../documents/pages/stylesheet.ts'
import { renderSitemap, renderSitemapIndex, type SitemapEntry, sitemapLimit } from '../documents/sitemap.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes, feedFormatNames, mediaTypeOf } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import type { MediaFile, Publication, RenderedDocument } from '../model/snapshot.ts'
import type { Source, SourceFile } from '../model/source.ts'
import { publicationPath } from '../text/urls.ts'
import { createRenderer, type Renderer } from './renderer.ts'

export interface PublicationInputs {
  /** Newest first. */
  articles: Article[]
  /** Articles that come or go by themselves; may be left out where nothing is timed. */
  timed?: Article[]
  media: Map<string, SourceFile>
}

export interface PublicationOptions {
  /** Epoch milliseconds. */
  now: number
  /** Where media are read from; null where there are none. */
  source: Source | null
  /** Kept between publications, so that only what changed is rendered. Made for this very site. */
  renderer?: Renderer
}

/** One complete publication from articles that are already known to be published at `now`. */
export function renderPublication(
  site: Site,
  inputs: PublicationInputs,
  options: PublicationOptions,
): Publication {
  const renderer = options.renderer ?? createRenderer(site)
  return {
    url: site.url,
    maxAge: site.maxAge,
    publishedAt: options.now,
    documents: renderDocuments(site, inputs.articles, renderer),
    media: options.source ? mediaFiles(inputs.media, options.source) : [],
    redirects: inputs.articles.flatMap(article => aliases(article, site)),
    gone: [],
    due: [],
  }
}

function renderDocuments(site: Site, articles: Article[], renderer: Renderer): RenderedDocument[] {
  const collections = collect(articles, site.title)
  const memberships = membershipsOf(collections)
  return [
    ...collections.flatMap(collection => renderer.feeds(collection)),
    ...collections.map(collection => collectionPage(collection, collections, site, renderer)),
    ...articles.flatMap(article => articlePage(article, memberships.get(article) ?? [], site, renderer)),
    ...lists(collections, articles, site),
    page('/style.css', documentMediaTypes.css, stylesheet),
    page('/404.html', documentMediaTypes.html, renderNotFoundPage(site)),
  ]
}

function collectionPage(
  collection: Collection,
  all: Collection[],
  site: Site,
  renderer: Renderer,
): RenderedDocument {
  const newest = collection.articles.slice(0, site.limit)
  const index =
    collection.kind === 'all'
      ? all.map(({ path, name, articles }) => `${path} ${articles.length} ${name}`)
      : []
  return renderer.document(collection.path, [collection.name, index.join('\n'), ...newest], () => ({
    ...page(collection.path, documentMediaTypes.html, renderCollectionPage(collection, all, site)),
    headers: { 'content-language': site.language, link: feedLinks(collection, site) },
  }))
}

/** An article's page is served where its address lies under the publication's url; else it is read elsewhere. */
function articlePage(
  article: Article,
  memberships: Collection[],
  site: Site,
  renderer: Renderer,
): RenderedDocument[] {
  const path = publicationPath(article.url, site.url)
  if (path === null) return []
  const key = memberships.map(({ path, name }) => `${path} ${name}`).join('\n')
  return [
    renderer.document(path, [article, key], () => ({
      ...page(path, documentMediaTypes.html, renderArticlePage(article, memberships, site)),
      headers: { 'content-language': article.language ?? site.language },
    })),
  ]
}

function lists(collections: Collection[], articles: Article[], site: Site): RenderedDocument[] {
  return [
    page('/opml.xml', documentMediaTypes.opml, renderOpml(collections, site)),
    ...sitemaps(collections, articles, site),
    page(
      '/robots.txt',
      documentMediaTypes.robots,
      `User-agent: *\nAllow: /\n\nSitemap: ${addressOf('/sitemap.xml', site)}\n`,
    ),
  ]
}

function sitemaps(collections: Collection[], articles: Article[], site: Site): RenderedDocument[] {
  const entries: SitemapEntry[] = [
    ...collections.map(({ path }) => ({ url: addressOf(path, site), updated: null })),
    ...articles
      .filter(article => publicationPath(article.url, site.url) !== null)
      .map(article => ({ url: article.url, updated: article.revised })),
  ]
  if (entries.length <= sitemapLimit)
    return [page('/sitemap.xml', documentMediaTypes.sitemap, renderSitemap(entries))]
  const parts: RenderedDocument[] = []
  for (let start = 0; start < entries.length; start += sitemapLimit)
    parts.push(
      page(
        `/sitemap-${parts.length + 1}.xml`,
        documentMediaTypes.sitemap,
        renderSitemap(entries.slice(start, start + sitemapLimit)),
      ),
    )
  const index = renderSitemapIndex(parts.map(({ path }) => addressOf(path, site)))
  return [page('/sitemap.xml', documentMediaTypes.sitemap, index), ...parts]
}

function membershipsOf(collections: Collection[]): Map<Article, Collection[]> {
  const memberships = new Map<Article, Collection[]>()
  for (const collection of collections)
    for (const article of collection.articles) {
      if (!memberships.has(article)) memberships.set(article, [])
      memberships.get(article)!.push(collection)
    }
  return memberships
}

function mediaFiles(media: Map<string, SourceFile>, source: Source): MediaFile[] {
  return [...media.values()].map(({ path, size, stamp }) => ({
    path: `/media/${path}`.normalize('NFC'),
    mediaType: mediaTypeOf(path) ?? 'application/octet-stream',
    size,
    stamp,
    read: range => source.read(path, { range, stamp }),
  }))
}

function aliases(article: Article, site: Site): Publication['redirects'] {
  const own = publicationPath(article.url, site.url)
  return article.aliases.filter(path => path !== own).map(path => ({ path, location: article.url }))
}

function feedLinks(collection: Collection, site: Site): string {
  return feedFormatNames
    .map(
      format =>
        `<${addressOf(`${collection.path}${format === 'json' ? 'feed.json' : `${format}.xml`}`, site)}>; rel="alternate"`,
    )
    .join(', ')
}

function page(path: string, mediaType: string, body: string): RenderedDocument {
  return { path, mediaType, body, headers: {}, page: null, maxAge: null }
}
