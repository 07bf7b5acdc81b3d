import type { EntryOf } from '../catalog/archives.ts'
import { type HeldArticles, heldBy } from '../catalog/collection-contents.ts'
import { collect, collectionKey } from '../catalog/collections.ts'
import type { ArticleChanges } from '../catalog/order.ts'
import { withheldReason } from '../catalog/withhold.ts'
import { feedPath, type Tombstone } from '../documents/feed-channel.ts'
import { feedLifetime } from '../documents/feed-lifetime.ts'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import { readEmbeddedCover } from '../media/embedded-cover.ts'
import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import { feedFormatNames, feedFormats, servedTypeOf } from '../model/formats.ts'
import { type Ledger, wasWithdrawn } from '../model/ledger.ts'
import { mediaAddress } from '../model/media-address.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { Site } from '../model/site.ts'
import type { MediaFile, Publication, RenderedDocument } from '../model/snapshot.ts'
import { readParts, type Source, type SourceFile } from '../model/source.ts'
import { encodePath, publicationPath } from '../text/urls.ts'
import { allOf, type PublicationDocuments } from './publication-documents.ts'
import { createRenderer, type PastAddresses, type Renderer } from './renderer.ts'
import { withTimedMedia } from './timed-media.ts'

export interface PublicationInputs {
  /** Those that are published now. */
  articles: Article[]
  /** Pages that are published now and are no news. Absent: there are none. */
  pages?: Article[]
  /** Articles that come or go by themselves, the published among them. */
  timed?: Article[]
  /** The articles in their collections. Absent: they are collected now. */
  collections?: Collection[]
  /** What is remembered of the articles; absent: nothing is archived. */
  entryOf?: EntryOf
  /** Absent: nothing is known of former addresses and of what was withdrawn. */
  ledger?: Ledger
  media?: Map<string, SourceFile>
  /** What the old system's addresses call its categories, tags and authors. Absent: what ours call them. */
  terms?: readonly FormerTerm[]
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
  /**
   * Which documents are made at once. `popular`: those that most of the requests are for, the others being left to
   * whoever asks for them; `none`: all are left. Default: `all`.
   */
  render?: 'all' | 'popular' | 'none'
  /** The documents of the publication before, and how its articles differ. Default: nothing is known of it. */
  before?: { documents: PublicationDocuments; changes: ArticleChanges } | null
}

/** A snapshot carries what changes at its next due times, at most so many. */
const dueLimit = 32

/** One complete publication from articles that are already known to be published at `now`. */
export function renderPublication(
  site: Site,
  inputs: PublicationInputs,
  options: PublicationOptions,
): Publication {
  return preparePublication(site, inputs, options).publication
}

/** A publication, and its documents as a set. */
export function preparePublication(
  site: Site,
  inputs: PublicationInputs,
  options: PublicationOptions,
): { publication: Publication; documents: PublicationDocuments } {
  const renderer = options.renderer ?? createRenderer(site, { pages: options.pages ?? {} })
  const published = [...inputs.articles, ...(inputs.pages ?? [])]
  const everything = { removed: [], added: published }
  const collections = inputs.collections ?? collect([], everything, collectOptions(site, inputs))
  const documents = documentsOf(collections, inputs, renderer, options.before ?? null)
  const isTaken = (path: string) => documents.get(path) !== undefined
  const past = pastAddresses(inputs, renderer)
  const { render = 'all' } = options
  const made = renderEager(documents, render, renderer)
  const publication: Publication = {
    url: site.url,
    maxAge: site.preview ? 0 : feedLifetime(allOf(documents.collections), site),
    publishedAt: options.now,
    documents: made,
    ...(render !== 'all' && { onDemand: documents }),
    media:
      options.source && inputs.media && site.media === 'copy'
        ? [...mediaFiles(inputs.media, options.source), ...iconFiles(site, inputs.media, options.source)]
        : [],
    redirects: uniquePaths([
      ...(site.pages === 'all' ? formerAddresses(published, past, site) : []),
      ...formerCollections(documents, inputs.ledger, site),
      ...formerFeeds(site, documents.collections, inputs.terms ?? []).filter(({ path }) =>
        isFeedOf(site, path),
      ),
      ...replacedFeeds(site, documents.collections),
    ]).filter(({ path }) => !isTaken(path)),
    // What a site that keeps its own pages says of a withdrawn article is its affair.
    gone: site.pages === 'all' ? [...past.withdrawn.values()].flat().filter(path => !isTaken(path)) : [],
    due: dueSteps(site, inputs, { documents, made }, renderer, options),
  }
  return { publication: withTimedMedia(publication, { ...inputs, articles: published }, site), documents }
}

function renderEager(
  documents: PublicationDocuments,
  render: 'all' | 'popular' | 'none',
  renderer: Renderer,
): RenderedDocument[] {
  if (render === 'none') return []
  const chosen =
    render === 'all'
      ? [...documents.values()]
      : documents.popular().flatMap(path => documents.get(path) ?? [])
  return chosen.map(renderer.made)
}

/** The publication at each of its next due times, as what differs from the time before. */
function dueSteps(
  site: Site,
  inputs: PublicationInputs,
  first: { documents: PublicationDocuments; made: RenderedDocument[] },
  renderer: Renderer,
  { now, render = 'all' }: PublicationOptions,
): Publication['due'] {
  const { timed = [] } = inputs
  const times = timed.flatMap(article => [article.published?.epoch ?? 0, article.expires?.epoch ?? 0])
  const due = [...new Set(times)].filter(time => time > now).sort((a, b) => a - b)
  const visibleAt = (time: number) => timed.filter(article => withheldReason(article, time) === null)
  let visible = visibleAt(now)
  let before = first.documents
  let made = byPath(first.made)
  return due.slice(0, dueLimit).map(at => {
    const then = visibleAt(at)
    const changes = {
      removed: visible.filter(article => !then.includes(article)),
      added: then.filter(article => !visible.includes(article)),
    }
    const collections = changedAt(
      collect(before.collections, changes, collectOptions(site, inputs)),
      before.collections,
      site,
      at,
    )
    const after = documentsOf(collections, inputs, renderer, { documents: before, changes })
    const madeAfter = byPath(renderEager(after, render, renderer))
    const changed = [...madeAfter.values()].filter(document => made.get(document.path) !== document)
    const gone = pathsLost(before, after, changes.removed, site)
    visible = then
    before = after
    made = madeAfter
    return { at, documents: changed, gone, ...(render !== 'all' && { onDemand: after }) }
  })
}

/** Collections whose subscription documents hold others than before say so. */
function changedAt(
  collections: Collection[],
  before: readonly Collection[],
  site: Site,
  at: number,
): Collection[] {
  const former = new Map(before.map(collection => [collection.key, collection]))
  return collections.map(collection => {
    const old = former.get(collection.key)
    return old && sameHeld(heldBy(collection, site), heldBy(old, site))
      ? collection
      : { ...collection, changed: at }
  })
}

const sameHeld = (one: HeldArticles, other: HeldArticles): boolean =>
  sameList(one.articles, other.articles) && sameList(one.beside, other.beside)

const sameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((value, at) => value === other[at])

function byPath(documents: RenderedDocument[]): Map<string, RenderedDocument> {
  return new Map(documents.map(document => [document.path, document]))
}

/** Paths of articles and collections that one view has and the other has not. */
function pathsLost(
  before: PublicationDocuments,
  after: PublicationDocuments,
  removed: Article[],
  site: Site,
): string[] {
  const lost =
    site.pages === 'all'
      ? removed.flatMap(article => [publicationPath(article.url, site.url) ?? [], article.aliases].flat())
      : []
  const now = new Map(after.collections.map(collection => [collection.path, collection]))
  for (const collection of before.collections)
    if ((now.get(collection.path)?.archives.length ?? -1) < collection.archives.length)
      lost.push(...before.pathsOf(collection))
  return lost.filter(path => after.get(path) === undefined)
}

function documentsOf(
  collections: Collection[],
  { ledger, stylesheet = null }: PublicationInputs,
  renderer: Renderer,
  before: NonNullable<PublicationOptions['before']> | null,
): PublicationDocuments {
  const withdrawn = tombstones(ledger, renderer.frame.site)
  return renderer.documentsOf({ collections, withdrawn, stylesheet }, before)
}

function collectOptions(
  { title, limit, feeds }: Site,
  { entryOf = () => undefined, ledger }: PublicationInputs,
) {
  return { title, limit, feeds, entryOf, remembered: ledger?.collections }
}

function feedPathsOf(collection: Collection): string[] {
  return feedFormatNames.map(format => feedPath(collection, format))
}

function uniquePaths<T extends { path: string }>(values: T[]): T[] {
  const seen = new Set<string>()
  return values.filter(({ path }) => !seen.has(path) && seen.add(path))
}

function mediaFiles(media: Map<string, SourceFile>, source: Source): MediaFile[] {
  return [...media.values()].map(({ path, size, stamp, inside }) => ({
    path: mediaAddress(path),
    mediaType: servedTypeOf(path),
    size,
    stamp,
    read: (range, room) =>
      inside
        ? readEmbeddedCover(inside.cover, readParts(source, { ...inside, stamp }), range)
        : source.read(path, { range, room, stamp }),
  }))
}

/** Where programs look for an icon that no page has told them of. */
function iconFiles({ icon }: Site, media: Map<string, SourceFile>, source: Source): MediaFile[] {
  const file = icon === null ? undefined : media.get(icon.replace(/^\.?\//, ''))
  if (!file) return []
  const asMedium = mediaFiles(new Map([[file.path, file]]), source)
  return ['/favicon.ico', '/apple-touch-icon.png'].flatMap(path =>
    asMedium.map(medium => ({ ...medium, path })),
  )
}

function pastAddresses({ articles, ledger, entryOf }: PublicationInputs, renderer: Renderer): PastAddresses {
  if (ledger) return renderer.pastAddresses(ledger.entries)
  const entries = articles.flatMap(article => entryOf?.(article) ?? [])
  const moved = entries.filter(entry => entry.formerAddresses.length > 0)
  return { former: new Map(moved.map(entry => [entry.id, entry.formerAddresses])), withdrawn: new Map() }
}

/**
 * Addresses that articles had, or claim to have had, lead to the ones they have; where several had one (`latest.md`), to the newest of those.
 * @param articles newest first
 */
function formerAddresses(
  articles: Article[],
  { former }: PastAddresses,
  site: Site,
): Publication['redirects'] {
  const locations = new Map<string, string>()
  const lead = (article: Article, paths: string[]) => {
    const own = publicationPath(article.url, site.url)
    for (const path of paths) if (path !== own) locations.set(path, article.url)
  }
  for (const article of articles) if (article.aliases.length > 0) lead(article, article.aliases)
  if (former.size > 0)
    for (const article of articles.toReversed())
      if (former.has(article.id)) lead(article, former.get(article.id)!)
  return [...locations].map(([path, location]) => ({ path, location }))
}

/** Every address below a former one of a collection leads to its like below the one it has. */
function formerCollections(
  documents: PublicationDocuments,
  ledger: Ledger | undefined,
  site: Site,
): Publication['redirects'] {
  return documents.collections.flatMap(collection => {
    const former = ledger?.collections?.get(collection.key)?.formerAddresses ?? []
    return former.flatMap(before =>
      documents.pathsOf(collection).map(path => ({
        path: before + path.slice(collection.path.length),
        location: site.url + encodePath(path.slice(1)),
      })),
    )
  })
}

/**
 * The feed addresses of the system that the folder was made for lead to ours, for each collection that there is: by the
 * names that the old system's addresses gave it where they are known, else by ours.
 */
function formerFeeds(
  { preset, url }: Site,
  collections: Collection[],
  terms: readonly FormerTerm[],
): Publication['redirects'] {
  const taken = new Set(collections.flatMap(feedPathsOf))
  const location = (path: string) => url + encodePath(path.slice(1))
  const redirects = (path: string, ours: string) =>
    [path, path.replace(/\/$/, '')].map(path => ({ path, location: location(ours) }))
  const named = preset.feeds.filter(({ to }) => to.includes('{name}'))
  const byKey = terms.length > 0 ? byCollectionKey(collections) : null
  const byTerms = terms.flatMap(({ kind, slug, name }) => {
    // A second category of an article is a tag here.
    const kinds = kind === 'section' ? ['section', 'tag'] : [kind]
    const found = kinds.flatMap(kind => byKey?.get(collectionKey(kind, name)) ?? [])[0]
    if (!found) return []
    return named
      .filter(({ to }) => to.startsWith(`/${kind}s/`))
      .flatMap(({ from, to }) =>
        redirects(from.replace('{name}', slug), found.path + to.slice(to.lastIndexOf('/') + 1)),
      )
  })
  const byOurNames = preset.feeds.flatMap(({ from, to }) => {
    if (!to.includes('{name}')) return taken.has(to) ? redirects(from, to) : []
    const [before = '', after = ''] = to.split('{name}')
    return [...taken].flatMap(path => {
      const name =
        path.startsWith(before) && path.endsWith(after) ? path.slice(before.length, -after.length) : ''
      return name === '' || name.includes('/') ? [] : redirects(from.replace('{name}', name), path)
    })
  })
  return [...byTerms, ...byOurNames]
}

/** Where a site keeps its pages, an address like `/feed/` is one of them, unless the settings say that it is the feed's. */
const isFeedOf = ({ pages, replace }: Site, path: string) =>
  pages === 'all' || /\.\w+$/.test(path) || replace.includes(path)

/**
 * Feeds of the site that the settings name, each with ours of its format and collection: by its name, since nothing else is known of it.
 * `/feed/recipes.xml` is that of the tag or section `recipes`, where there is one.
 */
function replacedFeeds({ replace, url }: Site, collections: Collection[]): Publication['redirects'] {
  return replace.map(path => {
    const format = /json/i.test(path) ? 'json' : /atom/i.test(path) ? 'atom' : 'rss'
    const names = new Set(path.split('/').map(part => part.replace(/\.\w+$/, '')))
    const collection = collections.find(({ kind, path: own }) => kind !== 'all' && names.has(slugIn(own)))
    const ours = collection ? feedPath(collection, format) : `/${feedFormats[format].file}`
    return { path, location: url + encodePath(ours.slice(1)) }
  })
}

const slugIn = (collectionPath: string) => collectionPath.split('/').at(-2) ?? ''

const byCollectionKey = (collections: Collection[]) =>
  new Map(collections.map(collection => [collection.key, collection]))

/** The latest withdrawals of what was in feeds, no more than a feed has items; none unless the settings ask for them. */
function tombstones(ledger: Ledger | undefined, site: Site): Tombstone[] {
  if (!site.tombstones || !ledger) return []
  return [...ledger.entries.values()]
    .flatMap(entry =>
      wasWithdrawn(entry) && entry.inFeeds !== false ? [{ id: entry.id, when: entry.withdrawn ?? 0 }] : [],
    )
    .sort((a, b) => b.when - a.when || (a.id < b.id ? -1 : 1))
    .slice(0, site.limit)
}
