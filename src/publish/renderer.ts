import { atomId, mintTag } from '../catalog/identity.ts'
import { renderAtom, renderAtomEntry } from '../documents/atom.ts'
import { addressOf, feedChannel, feedPath } from '../documents/feed-channel.ts'
import { type FeedItem, feedItem } from '../documents/feed-item.ts'
import { renderJsonFeed, renderJsonItem } from '../documents/json-feed.ts'
import { renderRss, renderRssItem } from '../documents/rss.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { type FeedFormat, feedContentType, feedFormatNames, feedFormats } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import type { RenderedDocument } from '../model/snapshot.ts'

interface Fragments {
  item: FeedItem
  texts: Record<FeedFormat, string>
}

/**
 * Renders a publication's documents and remembers what it made: an article is rendered once per format however many
 * feeds carry it, and a document whose inputs are the same objects as last time is the same document.
 */
export interface Renderer {
  /** The three feeds of a collection. */
  feeds(collection: Collection): RenderedDocument[]
  /** A document by its path; made anew only where one of `inputs` is another value than last time. */
  document(path: string, inputs: unknown[], make: () => RenderedDocument): RenderedDocument
}

export function createRenderer(site: Site): Renderer {
  const fragments = new WeakMap<Article, Fragments>()
  const documents = new Map<string, { inputs: unknown[]; document: RenderedDocument }>()

  function fragmentsOf(article: Article): Fragments {
    const known = fragments.get(article)
    if (known) return known
    const item = feedItem(article, site)
    const texts = {
      rss: renderRssItem(item),
      atom: renderAtomEntry(item, atomId(item.id, site.tagAuthority), site.language),
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

  function feeds(collection: Collection): RenderedDocument[] {
    const newest = collection.articles.slice(0, site.limit)
    return feedFormatNames.map(format =>
      document(feedPath(collection, format), [collection.name, ...newest], () =>
        feed(collection, newest, format),
      ),
    )
  }

  function feed(collection: Collection, articles: Article[], format: FeedFormat): RenderedDocument {
    const parts = articles.map(fragmentsOf)
    const id = mintTag(site.tagAuthority, 'feed', collection.path.split('/').filter(Boolean))
    const items = parts.map(part => part.item)
    const channel = feedChannel(collection, items, site, id)
    const texts = parts.map(part => part.texts[format])
    return {
      path: feedPath(collection, format),
      mediaType: feedContentType(format),
      body: renderers[format](channel, texts),
      headers: { link: linkHeader(collection, format, site), 'content-language': channel.language },
      page: collection.path,
      maxAge: null,
    }
  }

  return { feeds, document }
}

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed }

/** RFC 8288: `self` and WebSub's hubs for programs that never read the body, and the other forms of the same articles. */
function linkHeader(collection: Collection, format: FeedFormat, site: Site): string {
  const others = feedFormatNames.filter(other => other !== format)
  return [
    `<${addressOf(feedPath(collection, format), site)}>; rel="self"; type="${feedFormats[format].mediaType}"`,
    ...site.hubs.map(hub => `<${hub}>; rel="hub"`),
    `<${addressOf(collection.path, site)}>; rel="alternate"; type="text/html"`,
    ...others.map(
      other =>
        `<${addressOf(feedPath(collection, other), site)}>; rel="alternate"; type="${feedFormats[other].mediaType}"`,
    ),
  ].join(', ')
}

function sameValues(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
