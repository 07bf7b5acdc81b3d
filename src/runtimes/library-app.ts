import type { Hono } from 'hono'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import { createReaderApp, type ReaderAppOptions } from '../http/app.ts'
import type { Article, ParsedArticle } from '../model/article.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { mediaAddress } from '../model/media-address.ts'
import { withUsualCover } from '../model/site.ts'
import type { MediaFile, StoreReader } from '../model/snapshot.ts'
import { createPublisher } from '../publish/publisher.ts'
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

function articleStore(options: ArticlesAppOptions): StoreReader {
  const { articles, media = [], pages = {}, onDiagnostic, clock = Date.now } = options
  const store = createMemoryStore(options.publication)
  const site = withUsualCover(resolveSite(options.site), name =>
    media.some(({ path }) => path === mediaAddress(name)),
  )
  const publisher = createPublisher({ source: { articles, media }, store, clock, pages })
  const publish = async () => {
    const { inspection } = await publisher.publish(site)
    for (const diagnostic of inspection.files.flatMap(file => file.diagnostics)) onDiagnostic?.(diagnostic)
  }
  let published: Promise<void> | null = null
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
