import type { Hono } from 'hono'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import { createReaderApp, type ReaderAppOptions } from '../http/app.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { mediaAddress } from '../model/media-address.ts'
import type { PublicationEvent } from '../model/observer.ts'
import { withUsualCover } from '../model/site.ts'
import type { MediaFile, StoreReader } from '../model/snapshot.ts'
import type { GivenArticle } from '../publish/given-articles.ts'
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
  /**
   * Articles as a program has them, `{ title, url, date, html }` and more (`ArticleRecord`), or as `parseFile` gives them. A function is asked for
   * them with the first request, and again after it failed.
   * @example
   * articles: [{ id: 1, title: 'One', date: '2026-01-31', html: '<p>Words.</p>' }]
   * @example
   * articles: () => database.prepare('SELECT id, title, date, html FROM posts').all()
   */
  articles: readonly GivenArticle[] | (() => readonly GivenArticle[] | Promise<readonly GivenArticle[]>)
  /** What the publication is called, where it lives, and whatever else shall not be as by default. `url` must be there. */
  site: SiteOptions
  /** Files that the articles refer to, at their paths below `/media/`. @default none */
  media?: readonly MediaFile[]
  /** Functions that make pages in place of the standard ones. @default none */
  pages?: Partial<PageTemplates>
  /**
   * Told of what is wrong or missing in the articles, once, when they are rendered.
   * @default errors and warnings go to `console.warn`
   */
  onDiagnostic?(diagnostic: Diagnostic): void
  /** How bodies are hashed and compressed. @default WebCrypto, and no compression */
  publication?: Pick<MemoryStoreOptions, 'digest' | 'compress'>
}

/** A publication of articles that are at hand, which more may join. */
export interface ArticlesPublication {
  /** What readers talk to; it answers from the newest publication. */
  app: Hono
  /**
   * Publishes more articles, or other versions: one with the same `id` takes the other's place, or, where there is none, one with the same
   * `url` or `slug`. It can be read when the promise is kept.
   * @example
   * await publication.add({ id: 18, title: 'Two', date: new Date(), html: '<p>More words.</p>' })
   */
  add(...articles: GivenArticle[]): Promise<PublicationEvent>
  /** Takes articles out of the feeds, by what `add` knows them by: `id`, else `url`, else `slug`. */
  remove(...keys: (string | number | bigint)[]): Promise<PublicationEvent>
}

/**
 * The feeds of a publication and the pages around them as a Hono app: to be served by itself, or mounted in another one
 * by `app.route('/', feeds)`. Articles are rendered once, when the first request comes; requests are then answered from
 * what was rendered, on any runtime.
 * @throws TypeError where `site.url` is missing or `articles` is no list
 * @example
 * const feeds = createApp({
 *   site: { title: 'The News', url: 'https://news.example.org/' },
 *   articles: [{ id: 1, title: 'One', date: '2026-01-31', html: '<p>Words.</p>' }],
 * })
 */
export function createApp(options: StoreAppOptions | ArticlesAppOptions): Hono {
  return 'store' in options ? createReaderApp(options) : createPublication(options).app
}

/**
 * The same, and a way to publish more without a restart.
 * @throws TypeError as `createApp`
 * @example
 * const publication = createPublication({ site, articles: [] })
 * await publication.add({ id: 1, title: 'One', date: '2026-01-31', html: '<p>Words.</p>' })
 * export default publication.app
 */
export function createPublication(options: ArticlesAppOptions): ArticlesPublication {
  const { media = [], pages = {}, onDiagnostic = warn, clock = Date.now } = options
  const site = withUsualCover(resolveSite(checked(options).site), name =>
    media.some(({ path }) => path === mediaAddress(name)),
  )
  const store = createMemoryStore(options.publication)
  const source = { articles: [] as readonly GivenArticle[], media }
  const publisher = createPublisher({ source, store, clock, pages })
  const told = new Set<string>()
  let started: Promise<unknown> | null = null

  async function publish(): Promise<PublicationEvent> {
    const { inspection, event } = await publisher.publish(site)
    for (const diagnostic of inspection.files.flatMap(file => file.diagnostics)) {
      const key = JSON.stringify(diagnostic)
      if (!told.has(key)) onDiagnostic(diagnostic)
      told.add(key)
    }
    return event
  }

  // Not before: some runtimes allow no work of this kind until there is a request.
  function start(): Promise<unknown> {
    started ??= begin().catch(error => {
      started = null
      throw error
    })
    return started
  }

  async function begin() {
    const given = typeof options.articles === 'function' ? await options.articles() : options.articles
    source.articles = listed(given)
    await publish()
  }

  const current = async () => {
    await start()
    return store.current()
  }
  return {
    app: createReaderApp({ ...options, store: { current, body: store.body } }),
    async add(...articles) {
      await start()
      const keys = new Set(articles.flatMap(article => keyOf(article) ?? []))
      const others = source.articles.filter(article => !keys.has(keyOf(article) ?? ''))
      source.articles = [...others, ...articles]
      return publish()
    },
    async remove(...keys) {
      await start()
      const gone = new Set(keys.map(String))
      source.articles = source.articles.filter(article => !gone.has(keyOf(article) ?? ''))
      return publish()
    },
  }
}

/** What an article is known by; null: nothing. */
function keyOf(article: GivenArticle | null): string | null {
  const { id, url, slug, path } = (article ?? {}) as Record<string, unknown>
  const key = id ?? url ?? slug ?? path
  return key === null || key === undefined ? null : String(key)
}

function checked(options: ArticlesAppOptions): ArticlesAppOptions {
  // From JavaScript anything may come.
  const { site, articles } = options as Partial<ArticlesAppOptions>
  if (!site?.url)
    throw new TypeError(
      "createApp needs `site.url`, the public address: every link and id is made of it. To look at it on this machine: url: 'http://localhost:8787/'.",
    )
  if (typeof articles !== 'function') listed(articles)
  return options
}

function listed(articles: unknown): readonly GivenArticle[] {
  if (Array.isArray(articles)) return articles
  const found = articles === null ? 'null' : typeof articles
  throw new TypeError(
    `\`articles\` should be a list of articles like { title, url, date, html }; found ${found}.`,
  )
}

function warn({ path, severity, message, hint }: Diagnostic): void {
  if (severity !== 'info') console.warn(`broadsheet: ${path}: ${message} ${hint}`)
}
