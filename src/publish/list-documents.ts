import { absoluteUrl, archivePath } from '../documents/feed-channel.ts'
import { renderOpml } from '../documents/opml.ts'
import { maxSitemapUrls, renderSitemap, renderSitemapIndex, type SitemapEntry } from '../documents/sitemap.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes } from '../model/formats.ts'
import type { PublishedDocument, RenderedDocument } from '../model/snapshot.ts'
import type { Renderer } from './renderer.ts'

export function opmlDocument(collections: Collection[], renderer: Renderer): PublishedDocument {
  return renderer.document(
    '/opml.xml',
    () => collections.flatMap(({ path, name }) => [path, name]),
    () => list('/opml.xml', documentMediaTypes.opml, renderOpml(collections, renderer.frame.site)),
  )
}

export function robotsDocument({ document, frame: { site } }: Renderer): PublishedDocument {
  const body = `User-agent: *\nAllow: /\n\nSitemap: ${absoluteUrl('/sitemap.xml', site)}\n`
  return document(
    '/robots.txt',
    () => [],
    () => list('/robots.txt', documentMediaTypes.robots, body),
  )
}

/** The lists of all pages for search engines: one file, or an index of several. */
export function sitemapsOf(
  collections: Collection[],
  { articles, pages = [] }: Collection,
  renderer: Renderer,
) {
  const { site } = renderer.frame
  let entries: SitemapEntry[] | undefined

  function sitemapEntries(): SitemapEntry[] {
    entries ??= [
      ...lastingPages(collections).map(path => ({ url: absoluteUrl(path, site), updated: null })),
      ...[articles, pages]
        .flat()
        .filter(article => renderer.pathOf(article) !== null)
        .map(article => ({ url: article.url, updated: article.revised })),
    ]
    return entries
  }

  /** One file, or an index of several. */
  function at(path: string): PublishedDocument | undefined {
    const [name, number] = /^\/sitemap(?:-([1-9]\d{0,5}))?\.xml$/.exec(path) ?? []
    if (name === undefined || site.pages === 'none') return undefined
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

  function* all(): Generator<PublishedDocument> {
    const first = at('/sitemap.xml')
    if (!first) return
    yield first
    for (let part = 1; ; part++) {
      const document = at(`/sitemap-${part}.xml`)
      if (!document) return
      yield document
    }
  }

  return { at, all }
}

/** What search engines are to find besides articles: a way to every one of them. Whoever subscribes comes by another. */
function lastingPages(collections: Collection[]): string[] {
  const pages = collections.flatMap(collection => [
    collection.path,
    ...collection.archives.map(archive => archivePath(collection, archive)),
  ])
  return [...pages, '/feeds/']
}

export function list(path: string, mediaType: string, body: string): RenderedDocument {
  return { path, mediaType, body, headers: {}, page: null, maxAge: null }
}
