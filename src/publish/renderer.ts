import { atomId, mintTag } from '../catalog/identity.ts'
import { renderAtom, renderAtomEntry } from '../documents/atom.ts'
import {
  addressOf,
  archivePath,
  type FeedChannel,
  type FeedPaging,
  feedChannel,
  feedPath,
  type Tombstone,
} from '../documents/feed-channel.ts'
import { type FeedItem, feedItem } from '../documents/feed-item.ts'
import { archiveLifetime, feedLifetime } from '../documents/feed-lifetime.ts'
import { renderJsonFeed, renderJsonItem } from '../documents/json-feed.ts'
import { createPageFrame } from '../documents/pages/page-frame.ts'
import { type PageTemplates, standardPages } from '../documents/pages/page-templates.ts'
import { renderRss, renderRssItem } from '../documents/rss.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { type FeedFormat, feedContentType, feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import type { RenderedDocument } from '../model/snapshot.ts'
import { type PageMaker, subscribePath } from './page-documents.ts'

/** What one document of a collection has besides its articles. */
type FeedDetails = FeedPaging & {
  withdrawn: Tombstone[]
  /** Seconds. */
  lifetime: number
}

interface Fragments {
  item: FeedItem
  texts: Record<FeedFormat, string>
}

/**
 * Renders a publication's documents and remembers what it made: an article is rendered once per format however many
 * feeds carry it, and a document whose inputs are the same objects as last time is the same document.
 */
export interface Renderer extends PageMaker {
  /** The three feeds of a collection. `withdrawn`: articles that are gone, for its subscription document to say so. */
  feeds(collection: Collection, withdrawn?: Tombstone[]): RenderedDocument[]
  /** A document by its path; made anew only where one of `inputs` is another value than last time. */
  document(path: string, inputs: unknown[], make: () => RenderedDocument): RenderedDocument
}

/** @param pages in place of the standard ones */
export function createRenderer(site: Site, pages: Partial<PageTemplates> = {}): Renderer {
  const fragments = new WeakMap<Article, Fragments>()
  const schemes = { section: addressOf('/sections/', site), tag: addressOf('/tags/', site) }
  const documents = new Map<string, { inputs: unknown[]; document: RenderedDocument }>()

  function fragmentsOf(article: Article): Fragments {
    const known = fragments.get(article)
    if (known) return known
    const item = feedItem(article, site)
    const texts = {
      rss: renderRssItem(item),
      atom: renderAtomEntry(item, {
        id: atomId(item.id, site.tagAuthority),
        language: site.language,
        schemes,
      }),
      json: renderJsonItem(item),
    }
    fragments.set(article, { item, texts })
    return { item, texts }
  }

  function document(path: string, inputs: unknown[], make: () => RenderedDocument): RenderedDocument {
    const known = documents.get(path)
    if (known && sameValues(known.inputs, inputs)) return known.document
    const made = make()
    documents.set(path, { inputs, document: made })
    return made
  }

  function feeds(collection: Collection, withdrawn: Tombstone[] = []): RenderedDocument[] {
    const { archives } = collection
    return [
      ...feedDocuments(collection, collection.newest, {
        number: null,
        older: archives.at(-1)?.number ?? null,
        complete: collection.newest.length === collection.articles.length,
        withdrawn,
        lifetime: feedLifetime(collection, site),
      }),
      ...archives.flatMap(({ number, articles }, at) =>
        feedDocuments(collection, articles, {
          number,
          older: archives[at - 1]?.number ?? null,
          complete: false,
          withdrawn: [],
          lifetime: archiveLifetime(site),
        }),
      ),
    ]
  }

  function feedDocuments(
    collection: Collection,
    articles: Article[],
    paging: FeedDetails,
  ): RenderedDocument[] {
    return feedFormatNames.map(format => {
      const path = feedPath(collection, format, paging.number)
      const { older, complete, withdrawn, lifetime } = paging
      const gone = withdrawn.map(({ id, when }) => `${when} ${id}`).join('\n')
      return document(path, [collection.name, older, complete, gone, lifetime, ...articles], () =>
        feed(collection, articles, format, paging),
      )
    })
  }

  function feed(
    collection: Collection,
    articles: Article[],
    format: FeedFormat,
    paging: FeedDetails,
  ): RenderedDocument {
    const parts = articles.map(fragmentsOf)
    const id = mintTag(site.tagAuthority, 'feed', collection.path.split('/').filter(Boolean))
    const items = parts.map(part => part.item)
    const channel = feedChannel(
      collection,
      items,
      site,
      id,
      paging,
      paging.withdrawn.map(({ id, when }) => ({ id: atomId(id, site.tagAuthority), when })),
    )
    const texts = parts.map(part => part.texts[format])
    return {
      path: feedPath(collection, format, paging.number),
      mediaType: feedContentType(format),
      body: renderers[format](channel, texts),
      headers: { link: linkHeader(channel, format), 'content-language': channel.language },
      page:
        paging.number === null
          ? subscribePath(collection)
          : archivePath(collection, { number: paging.number }),
      maxAge: site.preview ? 0 : paging.lifetime,
    }
  }

  return { feeds, document, frame: createPageFrame(site), pages: { ...standardPages, ...pages } }
}

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed }

/** RFC 8288: `self` and WebSub's hubs for programs that never read the body, and the other forms of the same articles. */
function linkHeader(channel: FeedChannel, format: FeedFormat): string {
  const link = (url: string, rel: string, other?: FeedFormat) =>
    `<${url}>; rel="${rel}"${other ? `; type="${feedFormats[other].mediaType}"` : ''}`
  const others = feedFormatNames.filter(other => other !== format)
  return [
    link(channel.selfUrls[format], 'self', format),
    ...channel.hubs.map(hub => link(hub, 'hub')),
    `${link(channel.pageUrl, 'alternate')}; type="text/html"`,
    ...others.map(other => link(channel.selfUrls[other], 'alternate', other)),
    ...(channel.paging.olderUrls ? [link(channel.paging.olderUrls[format], 'prev-archive', format)] : []),
  ].join(', ')
}

function sameValues(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
