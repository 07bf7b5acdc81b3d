import type { Hono } from 'hono'
import { settleAddresses } from '../catalog/addresses.ts'
import { identify } from '../catalog/identity.ts'
import { newestFirst } from '../catalog/order.ts'
import { withheldReason } from '../catalog/withhold.ts'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import { createReaderApp, type ReaderAppOptions } from '../http/app.ts'
import type { Article, ParsedArticle } from '../model/article.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import type { MediaFile, StoreReader } from '../model/snapshot.ts'
import { sanitizeArticle } from '../parse/sanitize-article.ts'
import { renderPublication } from '../publish/publication.ts'
import { resolveSite, type SiteOptions } from '../settings/resolved-site.ts'
import { createMemoryStore, type MemoryStoreOptions } from '../store/memory.ts'

type ServingOptions = Omit<ReaderAppOptions, 'store'>

/** An app over a store that somebody publishes to. */
export interface StoreAppOptions extends ServingOptions {
  store: StoreReader
}

/** An app over articles that are at hand. */
export interface ArticlesAppOptions extends ServingOptions {
  /** Parsed articles; those without an id of their own get one from something permanent, as in a folder. */
  articles: readonly (ParsedArticle | Article)[]
  /** What the publication is called, where it lives, and whatever else shall not be as by default. */
  site: SiteOptions
  /** Files that the articles refer to, at their paths below `/media/`. Default: none. */
  media?: readonly MediaFile[]
  /** Functions that make pages in place of the standard ones. Default: none. */
  pages?: Partial<PageTemplates>
  /** Told of what had to be cleaned or left out of the articles, once, when they are rendered. Default: nobody is. */
  onDiagnostic?(diagnostic: Diagnostic): void
  /** How bodies are hashed and compressed. Default: WebCrypto, and no compression. */
  publication?: Pick<MemoryStoreOptions, 'digest' | 'compress'>
}

/**
 * The feeds of a publication and the pages around them as a Hono app: to be served by itself, or mounted in another one
 * by `app.route('/', feeds)`. Articles are rendered once, when the first request comes; requests are then answered from
 * what was rendered, on any runtime.
 */
export function createApp(options: StoreAppOptions | ArticlesAppOptions): Hono {
  return createReaderApp('store' in options ? options : { ...options, store: articleStore(options) })
}

function articleStore({
  articles,
  site,
  media,
  pages = {},
  onDiagnostic = () => {},
  publication,
  clock = Date.now,
}: ArticlesAppOptions): StoreReader {
  const store = createMemoryStore(publication)
  const settled = resolveSite(site)
  let published: Promise<unknown> | null = null
  const publish = () => {
    const now = clock()
    const shown = visible(articles, settled, now, onDiagnostic)
    const rendered = renderPublication(settled, shown, { now, source: null, pages })
    return store.publish({ ...rendered, media: [...(media ?? [])] })
  }
  return {
    async current() {
      // Not before: some runtimes allow no work of this kind until there is a request.
      published ??= publish().catch(error => {
        published = null
        throw error
      })
      await published
      return store.current()
    },
    body: store.body,
  }
}

function visible(
  given: readonly (ParsedArticle | Article)[],
  site: Site,
  now: number,
  onDiagnostic: (diagnostic: Diagnostic) => void,
) {
  const admitted = given.map(article => sanitizeArticle(keepId(article), site))
  const addressed = settleAddresses(
    admitted.map(({ article }) => article),
    site,
  )
  const ledger = { authority: site.tagAuthority, entries: new Map() }
  // Words and sketches recognise articles in what is remembered of them: nothing is remembered here.
  const candidates = addressed.articles.map(article => ({ article, words: '', sketch: '' }))
  const identified = identify(candidates, ledger, { url: site.url, undated: false }, now)
  for (const diagnostic of [
    ...admitted.flatMap(({ diagnostics }) => diagnostics),
    ...addressed.diagnostics,
    ...identified.diagnostics,
  ])
    onDiagnostic(diagnostic)
  const articles = identified.articles
    .filter(article => withheldReason(article, now) === null)
    .sort(newestFirst)
  const timed = identified.articles.filter(
    article =>
      withheldReason(article, now) === 'scheduled' || (article.expires && articles.includes(article)),
  )
  return { articles, timed }
}

/** An id that an article has already is claimed as a file claims its own. */
function keepId(article: ParsedArticle | Article): ParsedArticle {
  return 'id' in article ? { ...article, guid: article.id } : article
}
