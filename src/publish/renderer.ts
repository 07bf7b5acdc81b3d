import { atomId, mintTag } from '../catalog/identity.ts'
import type { ArticleChanges } from '../catalog/order.ts'
import { renderAtom, renderAtomEntry } from '../documents/atom.ts'
import {
  absoluteUrl,
  archivePath,
  type ChannelItem,
  type FeedChannel,
  type FeedPaging,
  feedChannel,
  feedPath,
  type Tombstone,
} from '../documents/feed-channel.ts'
import { feedItem } from '../documents/feed-item.ts'
import { archiveLifetime, feedLifetime } from '../documents/feed-lifetime.ts'
import { renderJsonFeed, renderJsonItem } from '../documents/json-feed.ts'
import { createPageFrame, type PageFrame } from '../documents/pages/page-frame.ts'
import { type PageTemplates, standardPages } from '../documents/pages/page-templates.ts'
import type { SiteMenu } from '../documents/pages/page-views.ts'
import { renderRss, renderRssItem } from '../documents/rss.ts'
import type { Article } from '../model/article.ts'
import { type Collection, isShow, subscriptionArticles } from '../model/collection.ts'
import { type FeedFormat, feedContentType, feedFormatNames, feedFormats } from '../model/formats.ts'
import { type Ledger, type LedgerEntry, wasWithdrawn } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import type { PublishedDocument, RenderedDocument } from '../model/snapshot.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { PersistentMap } from '../text/persistent-map.ts'
import { publicationPath } from '../text/urls.ts'
import { type DocumentInput, type PageMaker, subscribePath } from './page-documents.ts'
import {
  type PublicationDocuments,
  type PublicationView,
  publicationDocuments,
} from './publication-documents.ts'

/** What one document of a collection has besides its articles. */
type FeedDetails = FeedPaging & {
  withdrawn: Tombstone[]
  /** Seconds. */
  lifetime: number
}

/** An article as feeds have it. */
interface Fragments {
  item: ChannelItem
  texts: Record<FeedFormat, string>
}

/** What the documents of one publication are made with. It remembers what it made, so that nothing is made twice. */
export interface Renderer extends PageMaker {
  /** A collection's three feeds; those of one of its archives where that is given. Undefined where there is no such archive. */
  feeds(
    collection: Collection,
    archive: number | null,
    withdrawn?: Tombstone[],
  ): PublishedDocument[] | undefined
  /**
   * The documents of a view.
   * @param before those of another one, and how its articles differ; the very same where nothing does. Null: there are none
   */
  documentsOf(
    view: PublicationView,
    before: { documents: PublicationDocuments; changes: ArticleChanges } | null,
  ): PublicationDocuments
  /** The shows of which `max_feed_bytes` keeps episodes out of their feed: how many the RSS feed holds. */
  cutShows(collections: readonly Collection[]): { collection: Collection; held: number }[]
  /** Subscription feeds of the publication and of `[[feeds]]` that are larger than many readers take. */
  largeFeeds(collections: readonly Collection[]): LargeFeed[]
  /** Where an article's page is on the publication; null where the article is read elsewhere. */
  pathOf(article: Article): string | null
  /** Addresses of which only the ledger knows. */
  pastAddresses(entries: Ledger['entries']): PastAddresses
  /** The same, for pages that lead to these. */
  withMenu(menu: SiteMenu): Renderer
  /** The document itself: the same object as last time where its fingerprint is the same. */
  made(document: PublishedDocument): RenderedDocument
}

/** What was found in a ledger. */
export interface PastAddresses {
  /** Paths that articles had before, by the article's id. */
  former: ReadonlyMap<string, string[]>
  /** Where withdrawn articles were read, by the article's id. */
  withdrawn: ReadonlyMap<string, string[]>
}

export interface RendererOptions {
  /** Pages in place of the standard ones. */
  pages?: Partial<PageTemplates>
}

export function createRenderer(site: Site, options: RendererOptions = {}): Renderer {
  const { document, fingerprint, made } = createDocuments(site)
  const fragmentsOf = createFragments(site)

  let lastPast = { entries: PersistentMap.of<LedgerEntry>(new Map()), past: noPast }
  function pastAddresses(ledgerEntries: Ledger['entries']): PastAddresses {
    const entries = PersistentMap.of(ledgerEntries)
    lastPast = { entries, past: pastAfter(lastPast.past, lastPast.entries, entries) }
    return lastPast.past
  }

  // Publications at their next due times may have another menu than now.
  const frames = createLruCache<string, PageFrame>(4, () => 1)
  const renderer: Renderer = {
    feeds: createFeeds(site, fragmentsOf, { document, fingerprint }),
    cutShows: collections => cutShows(collections, site, fragmentsOf),
    largeFeeds: collections => largeFeeds(collections, site, fragmentsOf),
    documentsOf: (view, before) =>
      before && sameView(before.documents.view, view)
        ? before.documents
        : publicationDocuments(view, renderer, before),
    pathOf: article => (site.pages === 'none' ? null : publicationPath(article.url, site.url)),
    pastAddresses,
    withMenu(menu) {
      const key = JSON.stringify(menu)
      const frame = frames.get(key) ?? createPageFrame(site, menu)
      frames.set(key, frame)
      const menuInput = fingerprintOf([key])
      return {
        ...renderer,
        frame,
        document: (path, inputs, render) => document(path, () => [menuInput, ...inputs()], render),
      }
    },
    made,
    document,
    fingerprint,
    frame: createPageFrame(site),
    pages: { ...standardPages, ...options.pages },
  }
  return renderer
}

/** Documents by what they are made of, and those that were made. */
function createDocuments(site: Site): Pick<Renderer, 'document' | 'fingerprint' | 'made'> {
  const documents = new Map<string, { fingerprint: string; document: RenderedDocument }>()
  const fingerprints = new WeakMap<Article, string>()
  // Whatever the settings say goes into every document.
  const settings = fingerprintOf([JSON.stringify(site)])

  function fingerprint(article: Article): string {
    if (article.fingerprint !== undefined) return article.fingerprint
    const known = fingerprints.get(article) ?? fingerprintOf([JSON.stringify(article)])
    fingerprints.set(article, known)
    return known
  }

  function document(
    path: string,
    inputs: () => DocumentInput[],
    render: () => RenderedDocument,
  ): PublishedDocument {
    let known: string | undefined
    return {
      path,
      get fingerprint() {
        if (known !== undefined) return known
        const parts: Exclude<DocumentInput, Article>[] = [settings, path]
        for (const input of inputs())
          parts.push(typeof input === 'object' && input ? fingerprint(input) : input)
        known = fingerprintOf(parts)
        return known
      },
      render,
    }
  }

  function made(document: PublishedDocument): RenderedDocument {
    const known = documents.get(document.path)
    if (known?.fingerprint === document.fingerprint) return known.document
    const rendered = document.render()
    documents.set(document.path, { fingerprint: document.fingerprint, document: rendered })
    return rendered
  }

  return { document, fingerprint, made }
}

type FragmentsOf = (article: Article) => Fragments

/**
 * UTF-16 units of rendered items to remember: those that other feeds have as well, or that an edit makes anew again; about a thousand
 * articles of 4 KB in three formats. Of 10,000 with two of forty tags each a build renders hardly one twice; with 6 million it rendered each two
 * and a half times, and 200 million took 450 MiB more.
 */
const rememberedText = 16_000_000

/** An article is rendered once per format however many feeds carry it, as long as there is room for what was rendered. */
function createFragments(site: Site): FragmentsOf {
  const fragments = createLruCache<Article, Fragments>(
    rememberedText,
    ({ texts }) => texts.rss.length + texts.atom.length + texts.json.length,
  )
  const schemes = { section: absoluteUrl('/sections/', site), tag: absoluteUrl('/tags/', site) }
  return article => {
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
    // Not its body: the texts have it three times.
    const { updated, published, title, episode, enclosures } = item
    const made = { item: { updated, published, title, episode, enclosures }, texts }
    fragments.set(article, made)
    return made
  }
}

function createFeeds(
  site: Site,
  fragmentsOf: FragmentsOf,
  { document, fingerprint }: Pick<Renderer, 'document' | 'fingerprint'>,
): Renderer['feeds'] {
  return (collection, archive, withdrawn = []) => {
    const { archives, articles } = collection
    const found = archive === null ? subscriptionArticles(collection, site) : archives[archive - 1]?.articles
    if (!found) return undefined
    const isWhole = archive === null && found.length === articles.length
    const isWholeShow = archive === null && isShow(collection, site)
    const older = archive === null ? (isWholeShow ? 0 : archives.length) : archive - 1
    const paging = {
      number: archive,
      older: older > 0 ? older : null,
      // RFC 5005 §2 and §4: a complete feed has no archives beside it.
      complete: isWhole && older === 0,
      withdrawn,
      lifetime: archive === null ? feedLifetime(collection, site) : archiveLifetime(site),
    }
    // The same for each format: it is worked out once.
    let inputs: DocumentInput[] | undefined
    const inputsOfAll = () => {
      const gone = withdrawn.map(({ id, when }) => `${when} ${id}`).join('\n')
      const changed = (archive === null && collection.changed) || null
      const { key, name, path } = collection
      const other = [key, name, path, changed, paging.older, paging.complete, gone]
      return [fingerprintOf([...other, ...found.map(fingerprint)])]
    }
    return feedFormatNames.map(format =>
      document(
        feedPath(collection, format, archive),
        () => (inputs ??= inputsOfAll()),
        () => renderFeed(collection, found, format, paging, site, fragmentsOf),
      ),
    )
  }
}

function cutShows(
  collections: readonly Collection[],
  site: Site,
  fragmentsOf: FragmentsOf,
): { collection: Collection; held: number }[] {
  // A tag's or a season's feed is part of a show and not what directories have.
  const shows = collections.filter(({ kind }) => kind === 'all' || kind === 'custom')
  return shows.flatMap(collection => {
    if (site.maxFeedBytes === null || !isShow(collection, site)) return []
    const held = withinBytes(collection.articles, 'rss', site, fragmentsOf).length
    return held < collection.articles.length ? [{ collection, held }] : []
  })
}

/** Services that read feeds for people leave out what is too large for them, each from another size on; most take this much. */
const manyBytes = 2_000_000

/** A feed that is larger than readers take. */
export interface LargeFeed {
  collection: Collection
  /** How many articles it holds, and bytes of them all in RSS. */
  articles: number
  bytes: number
  /** That which takes most of them. */
  largest: { title: string; bytes: number }
}

function largeFeeds(collections: readonly Collection[], site: Site, fragmentsOf: FragmentsOf): LargeFeed[] {
  const main = collections.filter(({ kind }) => kind === 'all' || kind === 'custom')
  return main.flatMap(collection => {
    const found = subscriptionArticles(collection, site)
    const items = withinBytes(found, 'rss', site, fragmentsOf).map(article => ({
      title: article.title,
      bytes: utf8Length(fragmentsOf(article).texts.rss),
    }))
    const bytes = items.reduce((sum, item) => sum + item.bytes, 0)
    const [first, ...others] = items
    if (!first || bytes < manyBytes) return []
    const largest = others.reduce((most, item) => (item.bytes > most.bytes ? item : most), first)
    return { collection, articles: items.length, bytes, largest }
  })
}

/** The newest of them that a feed has room for. */
function withinBytes(
  articles: Article[],
  format: FeedFormat,
  { maxFeedBytes }: Site,
  fragmentsOf: FragmentsOf,
): Article[] {
  if (maxFeedBytes === null) return articles
  let bytes = 0
  const within = articles.findIndex((article, index) => {
    bytes += utf8Length(fragmentsOf(article).texts[format])
    return index > 0 && bytes > maxFeedBytes
  })
  return within === -1 ? articles : articles.slice(0, within)
}

function renderFeed(
  collection: Collection,
  articles: Article[],
  format: FeedFormat,
  paging: FeedDetails,
  site: Site,
  fragmentsOf: FragmentsOf,
): RenderedDocument {
  // Whatever an archive holds is all there.
  const held = paging.number === null ? withinBytes(articles, format, site, fragmentsOf) : articles
  const parts = held.map(fragmentsOf)
  const isCut = parts.length < articles.length
  const id = mintTag(site.tagAuthority, 'feed', collection.path.split('/').filter(Boolean))
  const items = parts.map(part => part.item)
  const channel = feedChannel(
    collection,
    items,
    site,
    id,
    // What a show's feed has no room for is to be had where everybody's older articles are.
    {
      ...paging,
      complete: paging.complete && !isCut,
      older: paging.older ?? (isCut && paging.number === null ? collection.archives.length || null : null),
    },
    paging.withdrawn.map(({ id, when }) => ({ id: atomId(id, site.tagAuthority), when })),
  )
  const texts = parts.map(part => part.texts[format])
  return {
    path: feedPath(collection, format, paging.number),
    mediaType: feedContentType(format),
    body: renderers[format](channel, texts),
    headers: { link: linkHeader(channel, format), 'content-language': channel.language },
    page: pageBeside(collection, paging.number, site),
    maxAge: site.preview ? 0 : paging.lifetime,
  }
}

function pageBeside(collection: Collection, archive: number | null, { pages }: Site): string | null {
  if (pages === 'none') return null
  return archive === null ? subscribePath(collection) : archivePath(collection, { number: archive })
}

const noPast: { [kind in keyof PastAddresses]: PersistentMap<string[]> } = {
  former: PersistentMap.empty,
  withdrawn: PersistentMap.empty,
}

/** What another ledger knows, by looking at nothing but what is other in it. */
function pastAfter(
  past: typeof noPast,
  before: PersistentMap<LedgerEntry>,
  entries: PersistentMap<LedgerEntry>,
): typeof noPast {
  const former = new Map<string, string[] | undefined>()
  const withdrawn = new Map<string, string[] | undefined>()
  const others = () => [...before.difference(entries)].map(id => [id, entries.get(id)] as const)
  for (const [id, entry] of before.size === 0 ? entries : others()) {
    const addresses = entry?.formerAddresses ?? []
    former.set(id, addresses.length > 0 ? addresses : undefined)
    const isWithdrawn = entry !== undefined && wasWithdrawn(entry)
    const paths = isWithdrawn ? [entry.address, ...addresses].filter(path => path.startsWith('/')) : undefined
    withdrawn.set(id, paths)
  }
  return { former: past.former.with(former), withdrawn: past.withdrawn.with(withdrawn) }
}

function sameView(a: PublicationView, b: PublicationView): boolean {
  return (
    a.collections === b.collections &&
    a.stylesheet === b.stylesheet &&
    JSON.stringify(a.withdrawn) === JSON.stringify(b.withdrawn)
  )
}

const encoder = new TextEncoder()
const utf8Length = (text: string) => encoder.encode(text).length

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
