import { collect } from '../catalog/collections.ts'
import { withheldReason } from '../catalog/withhold.ts'
import { addressOf, type Tombstone } from '../documents/feed-channel.ts'
import { renderOpml } from '../documents/opml.ts'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import { renderSitemap, renderSitemapIndex, type SitemapEntry, sitemapLimit } from '../documents/sitemap.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { documentMediaTypes, feedFormats, mediaTypeOf } from '../model/formats.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import type { MediaFile, Publication, RenderedDocument } from '../model/snapshot.ts'
import type { Source, SourceFile } from '../model/source.ts'
import { encodePath, publicationPath } from '../text/urls.ts'
import { pageDocuments } from './page-documents.ts'
import { createRenderer, type Renderer } from './renderer.ts'

export interface PublicationInputs {
  /** Those that are published now. */
  articles: Article[]
  /** Articles that come or go by themselves, the published among them. */
  timed?: Article[]
  /** What is remembered of the articles; absent: nothing is archived. */
  entries?: ReadonlyMap<Article, LedgerEntry>
  /** Absent: nothing is known of former addresses and of what was withdrawn. */
  ledger?: Ledger
  media?: Map<string, SourceFile>
  /** The publication's own CSS, whose rules win over ours. Absent or null: there is none. */
  stylesheet?: string | null
}

export interface PublicationOptions {
  /** Epoch milliseconds. */
  now: number
  /** Where media are read from; null where there are none. */
  source: Source | null
  /** Kept between publications, so that only what changed is rendered. Made for this very site. */
  renderer?: Renderer
  /** Pages in place of the standard ones, where no renderer is given, which has its own. */
  pages?: Partial<PageTemplates>
}

/** A snapshot carries what changes at its next due times, at most so many. */
const dueLimit = 32

/** One complete publication from articles that are already known to be published at `now`. */
export function renderPublication(
  site: Site,
  inputs: PublicationInputs,
  options: PublicationOptions,
): Publication {
  const renderer = options.renderer ?? createRenderer(site, options.pages)
  const documents = renderDocuments(site, inputs.articles, inputs, renderer)
  const taken = new Set(documents.map(({ path }) => path))
  return {
    url: site.url,
    maxAge: lifetimeOfPages(documents, site),
    publishedAt: options.now,
    documents,
    media: options.source && inputs.media ? mediaFiles(inputs.media, options.source) : [],
    redirects: [...formerAddresses(inputs, site), ...formerFeeds(site, taken)].filter(
      ({ path }, index, all) => !taken.has(path) && all.findIndex(other => other.path === path) === index,
    ),
    gone: withdrawnAddresses(inputs.ledger).filter(path => !taken.has(path)),
    due: dueSteps(site, inputs, documents, renderer, options.now),
  }
}

/** The publication at each of its next due times, as what differs from the time before. */
function dueSteps(
  site: Site,
  inputs: PublicationInputs,
  documents: RenderedDocument[],
  renderer: Renderer,
  now: number,
): Publication['due'] {
  const { articles, timed = [] } = inputs
  const times = timed.flatMap(article => [article.published?.epoch ?? 0, article.expires?.epoch ?? 0])
  const due = [...new Set(times)].filter(time => time > now).sort((a, b) => a - b)
  const untimed = articles.filter(article => !timed.includes(article))
  let before = new Map(documents.map(document => [document.path, document]))
  return due.slice(0, dueLimit).map(at => {
    const visible = [...untimed, ...timed.filter(article => withheldReason(article, at) === null)]
    const after = new Map(
      renderDocuments(site, visible, inputs, renderer).map(document => [document.path, document]),
    )
    const changed = [...after.values()].filter(document => before.get(document.path) !== document)
    const gone = [...before.keys()].filter(path => !after.has(path))
    before = after
    return { at, documents: changed, gone }
  })
}

/** Pages and lists change when the publication's own feed does. Seconds. */
function lifetimeOfPages(documents: RenderedDocument[], site: Site): number {
  const feed = documents.find(({ path }) => path === `/${feedFormats.rss.file}`)
  return feed?.maxAge ?? site.maxAge ?? site.maxAgeFloor
}

function renderDocuments(
  site: Site,
  articles: Article[],
  { entries = new Map(), ledger, stylesheet = null }: PublicationInputs,
  renderer: Renderer,
): RenderedDocument[] {
  const collections = collect(articles, {
    title: site.title,
    limit: site.limit,
    feeds: site.feeds,
    entries,
  })
  return [
    ...collections.flatMap(collection =>
      renderer.feeds(collection, collection.kind === 'all' ? tombstones(ledger, site) : []),
    ),
    ...pageDocuments(collections, articles, stylesheet, renderer),
    ...lists(collections, articles, site, renderer),
  ]
}

function lists(
  collections: Collection[],
  articles: Article[],
  site: Site,
  renderer: Renderer,
): RenderedDocument[] {
  const known = collections.map(({ path, name }) => `${path} ${name}`)
  const robots = `User-agent: *\nAllow: /\n\nSitemap: ${addressOf('/sitemap.xml', site)}\n`
  return [
    renderer.document('/opml.xml', known, () =>
      page('/opml.xml', documentMediaTypes.opml, renderOpml(collections, site)),
    ),
    ...sitemaps(collections, articles, site, renderer),
    renderer.document('/robots.txt', [], () => page('/robots.txt', documentMediaTypes.robots, robots)),
  ]
}

function sitemaps(
  collections: Collection[],
  articles: Article[],
  site: Site,
  renderer: Renderer,
): RenderedDocument[] {
  const entries: SitemapEntry[] = [
    ...collections.map(({ path }) => ({ url: addressOf(path, site), updated: null })),
    ...articles
      .filter(article => publicationPath(article.url, site.url) !== null)
      .map(article => ({ url: article.url, updated: article.revised })),
  ]
  const sitemap = (path: string, entries: SitemapEntry[]) =>
    renderer.document(
      path,
      entries.flatMap(({ url, updated }) => [url, updated]),
      () => page(path, documentMediaTypes.sitemap, renderSitemap(entries)),
    )
  if (entries.length <= sitemapLimit) return [sitemap('/sitemap.xml', entries)]
  const parts: RenderedDocument[] = []
  for (let start = 0; start < entries.length; start += sitemapLimit)
    parts.push(sitemap(`/sitemap-${parts.length + 1}.xml`, entries.slice(start, start + sitemapLimit)))
  const urls = parts.map(({ path }) => addressOf(path, site))
  const index = renderer.document('/sitemap.xml', urls, () =>
    page('/sitemap.xml', documentMediaTypes.sitemap, renderSitemapIndex(urls)),
  )
  return [index, ...parts]
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

/** Addresses that articles had, or claim to have had, lead to the ones they have. */
function formerAddresses(
  { articles, entries, ledger }: PublicationInputs,
  site: Site,
): Publication['redirects'] {
  const locations = new Map<string, string>()
  for (const article of articles) {
    const known = ledger?.entries.get(article.id) ?? entries?.get(article)
    for (const path of [...article.aliases, ...(known?.formerAddresses ?? [])])
      if (path !== publicationPath(article.url, site.url)) locations.set(path, article.url)
  }
  return [...locations].map(([path, location]) => ({ path, location }))
}

/** The feed addresses of the system that the folder was made for lead to ours, for each collection that there is. */
function formerFeeds({ preset, url }: Site, taken: ReadonlySet<string>): Publication['redirects'] {
  const location = (path: string) => url + encodePath(path.slice(1))
  return preset.feeds.flatMap(({ from, to }) => {
    const redirects = (path: string, ours: string) =>
      [path, path.replace(/\/$/, '')].map(path => ({ path, location: location(ours) }))
    if (!to.includes('{name}')) return taken.has(to) ? redirects(from, to) : []
    const [before = '', after = ''] = to.split('{name}')
    return [...taken].flatMap(path => {
      const name =
        path.startsWith(before) && path.endsWith(after) ? path.slice(before.length, -after.length) : ''
      return name === '' || name.includes('/') ? [] : redirects(from.replace('{name}', name), path)
    })
  })
}

/** The latest withdrawals, no more than a feed has items; none unless the settings ask for them. */
function tombstones(ledger: Ledger | undefined, site: Site): Tombstone[] {
  if (!site.tombstones || !ledger) return []
  return [...ledger.entries.values()]
    .flatMap(({ id, withdrawn }) => (withdrawn === null ? [] : [{ id, when: withdrawn }]))
    .sort((a, b) => b.when - a.when || (a.id < b.id ? -1 : 1))
    .slice(0, site.limit)
}

/** Where withdrawn articles were read. */
function withdrawnAddresses(ledger: Ledger | undefined): string[] {
  const withdrawn = [...(ledger?.entries.values() ?? [])].filter(entry => entry.withdrawn !== null)
  return withdrawn
    .flatMap(entry => [entry.address, ...entry.formerAddresses])
    .filter(path => path.startsWith('/'))
}

function page(path: string, mediaType: string, body: string): RenderedDocument {
  return { path, mediaType, body, headers: {}, page: null, maxAge: null }
}
