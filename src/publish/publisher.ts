import { type Alarm, alarmAbout, type Changes, changesSince } from '../catalog/changes.ts'
import { type ClockReading, clockReading, lastInstant } from '../catalog/clock.ts'
import { type ArticleChanges, mergeChanges } from '../catalog/order.ts'
import { titleOf } from '../documents/feed-channel.ts'
import type { PageTemplates } from '../documents/pages/page-templates.ts'
import { BroadsheetError } from '../model/errors.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import {
  LedgerAccessError,
  LedgerConflictError,
  type LedgerStore,
  type StoredLedger,
} from '../model/ledger-store.ts'
import type { PublicationEvent, PublicationObserver } from '../model/observer.ts'
import { type Site, withoutPictures } from '../model/site.ts'
import type { Publication, Snapshot, Store } from '../model/snapshot.ts'
import type { Source } from '../model/source.ts'
import { isPublicationConflict } from '../store/object-writer.ts'
import { formatRfc3339 } from '../text/dates.ts'
import type { Digest } from '../text/digests.ts'
import { PersistentMap } from '../text/persistent-map.ts'
import type { GivenArticles } from './given-articles.ts'
import { createPipeline, type Inspection, type Pipeline, withFindings } from './inspect.ts'
import { largeFeedFindings } from './large-feeds.ts'
import type { StartParseWorkers } from './parse-workers.ts'
import { cutFindings } from './podcast-checks.ts'
import { type PublicationOptions, preparePublication } from './publication.ts'
import type { PublicationDocuments } from './publication-documents.ts'
import { type PublishedState, publicationEvent } from './publication-event.ts'
import { noReadingCache, type ReadingCache } from './reading-cache.ts'
import { createRenderer, type Renderer } from './renderer.ts'

/** What the source holds, and what that means to those who subscribed before. */
export interface Plan {
  inspection: Inspection
  /** The ledger that it was made by. */
  before: StoredLedger
  /** The clock that it was made by. */
  clock: ClockReading
  changes: Changes
}

/** A plan, and the publication that comes of it. */
export interface PlannedPublication extends Plan {
  publication: Publication
}

export interface PublisherOptions {
  /** A folder (or whatever lists and reads files), or articles that are at hand. */
  source: Source | GivenArticles
  /** Where the ledger rests. Absent: nothing is remembered, and nothing is archived. */
  ledger?: LedgerStore
  /** What was parsed by earlier runs. Default: nothing is kept. */
  cache?: ReadingCache
  /** Where `publish` makes publications current. Absent: it rejects. */
  store?: Store
  /** Epoch milliseconds. */
  clock: () => number
  /** Epoch milliseconds: a clock that says less is wrong, and nothing is published by it. Default: any may be right. */
  earliest?: number
  /** Told of each publication that `publish` made, in the order in which they were made. Default: nobody. */
  observers?: readonly PublicationObserver[]
  /** Told of what an observer threw. Default: it is lost. */
  onObserverError?(error: unknown): void
  /** SHA-256. Default: WebCrypto's. */
  digest?: Digest
  onProgress?(done: number, total: number): void
  /** Finds others who read files at the same time, where there is much to read. Default: nobody. */
  startWorkers?: StartParseWorkers
  /** Functions that make pages in place of the standard ones. Default: none. */
  pages?: Partial<PageTemplates>
  /** Which documents are made at once. Default: `all`. */
  render?: PublicationOptions['render']
  /**
   * Whether a published article that can't be read stops the publication. For places that keep nothing of the one before: a folder of files, a
   * store.
   * @default false
   */
  stopsOnUnread?: boolean
}

/**
 * Articles that were published can't be read now, and nothing else remembers them. A failed read is no withdrawal: what was published stays as it
 * is until they can be read again, or are removed.
 */
export class UnreadArticlesError extends BroadsheetError {
  override readonly name = 'UnreadArticlesError'
  readonly paths: readonly string[]
  constructor(paths: readonly string[]) {
    super(`${paths.length} of the published articles can't be read now.`)
    this.paths = paths
  }
}

/** The clock says an instant that can't be: before what is remembered, or before this program was made. */
export class ClockError extends BroadsheetError {
  override readonly name = 'ClockError'
  /** Epoch milliseconds. */
  readonly said: number
  /** What is known to have been, at least. */
  readonly known: number
  constructor(said: number, known: number) {
    super(`The clock says ${instantOf(said)}, and it is later than ${instantOf(known)}.`)
    this.said = said
    this.known = known
  }
}

const instantOf = (epoch: number) => formatRfc3339(Math.floor(epoch / 1000) * 1000)

/** Publishing would change so much that was known, at once, that it looks like a mistake. */
export class MassChangeError extends BroadsheetError {
  override readonly name = 'MassChangeError'
  readonly alarm: Alarm
  readonly changes: Changes
  constructor(alarm: Alarm, changes: Changes) {
    const known = `${alarm.count} of ${alarm.known} known articles`
    super(
      changes.url
        ? `${known} would have another address: the publication was at ${changes.url.from}, and \`url\` says ${changes.url.to}.`
        : `${known} would change id or date, or disappear.`,
    )
    this.alarm = alarm
    this.changes = changes
  }
}

export interface PublishOptions {
  /** The very number of an alarm that is meant. Default: none is. */
  accept?: number | null
  /** Paths in the source where something happened since the last look; null: anywhere. */
  changed?: ReadonlySet<string> | null
}

/** What is public now. */
export interface PublishedPlan extends PlannedPublication {
  snapshot: Snapshot
  event: PublicationEvent
}

/** Makes publications of one source, and remembers what it read and rendered for the next one. */
export interface Publisher {
  /**
   * Reads everything and renders nothing.
   * @throws SourceError, LedgerError, LedgerAccessError
   */
  plan(site: Site): Promise<Plan>
  /** A plan, and its documents. */
  prepare(site: Site): Promise<PlannedPublication>
  /**
   * Keeps what the plan adds to the ledger; to be done before anything of it is published. A preview adds nothing.
   * @throws ClockError where the clock can't be right
   * @throws MassChangeError unless `accept` is the very number of the alarm
   * @throws LedgerAccessError, LedgerConflictError where it could not be kept: then nothing may be published
   */
  commitLedger(site: Site, plan: Plan, accept?: number | null): Promise<void>
  /**
   * Prepares a publication, commits its ledger and makes it current in the store, then tells the observers. One at a time,
   * in the order they were asked for.
   */
  publish(site: Site, options?: PublishOptions): Promise<PublishedPlan>
}

const noChanges: ArticleChanges = { removed: [], added: [] }

/** When generations began to be counted so. */
export const firstGeneration = Date.UTC(2026, 0, 1)

/** Another program writes the same ledger, or publishes to the same store: so often it is read anew before that is a failure. */
const maxAttempts = 10

export function createPublisher(options: PublisherOptions): Publisher {
  const { source, store, clock, cache = noReadingCache, render = 'all' } = options
  const planner = createPlanner(options)
  let published: PublishedState | null = null
  /** What changed since `published`; null: nobody knows. */
  let unpublished: ArticleChanges | null = noChanges
  let lastPublication: Promise<unknown> = Promise.resolve()

  async function prepare(settings: Site, changed: ReadonlySet<string> | null) {
    const { site, renderer, plan } = await planner.plan(settings, changed)
    unpublished = mergeChanges(unpublished, plan.inspection.changes)
    const prepared = preparePublication(site, plan.inspection, {
      now: plan.clock.now,
      source: 'list' in source ? source : null,
      renderer,
      render,
      before: published && unpublished && { documents: published.documents, changes: unpublished },
    })
    const media = 'list' in source ? prepared.publication.media : [...source.media]
    const away = awayAddresses(site, plan)
    const publication = { ...prepared.publication, media, ...(away.length > 0 && { away }) }
    return { ...plan, documents: prepared.documents, publication }
  }

  async function publishOnce(
    site: Site,
    { accept = null, changed = null }: PublishOptions,
  ): Promise<PublishedPlan> {
    if (!store) throw new TypeError('This publisher was made without a store.')
    const { documents, ...planned } = await prepare(site, changed)
    await commitLedger(options, site, planned, accept)
    const lastGeneration = generationBefore(cache, planned, site, clock)
    const snapshot = await store.publish({
      ...planned.publication,
      ...(lastGeneration !== null && { lastGeneration }),
    })
    if (snapshot.generation !== lastGeneration) cache.keepGeneration(snapshot.generation)
    const event = told(snapshot, planned, documents)
    return { ...planned, snapshot, event }
  }

  function told(snapshot: Snapshot, { inspection, before }: Plan, documents: PublicationDocuments) {
    const now = { articles: inspection.articles, ledger: inspection.ledger, documents }
    const event = publicationEvent(snapshot, now, published, unpublished, before.ledger)
    published = now
    unpublished = noChanges
    for (const observer of options.observers ?? []) tell(observer, event, options.onObserverError)
    return event
  }

  return {
    async plan(site) {
      const { plan } = await planner.plan(site, null)
      unpublished = mergeChanges(unpublished, plan.inspection.changes)
      return plan
    },
    async prepare(site) {
      const { documents, ...planned } = await prepare(site, null)
      return planned
    },
    commitLedger: (site, plan, accept = null) => commitLedger(options, site, plan, accept),
    publish(site, publishing = {}) {
      const made = lastPublication.then(() => unlessConflicts(() => publishOnce(site, publishing)))
      lastPublication = made.catch(() => {})
      return made
    },
  }
}

/** Once more from the start, where another program was quicker. */
async function unlessConflicts<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let number = 1; ; number++) {
    try {
      return await attempt()
    } catch (error) {
      const isConflict = error instanceof LedgerConflictError || isPublicationConflict(error)
      if (!isConflict || number === maxAttempts) throw error
    }
  }
}

async function commitLedger(
  { ledger, stopsOnUnread, earliest = Number.NEGATIVE_INFINITY }: PublisherOptions,
  site: Site,
  { inspection, before, changes, clock: { said, last, isBehind, early } }: Plan,
  accept: number | null,
): Promise<void> {
  if (isBehind || said < earliest) throw new ClockError(said, Math.max(last, earliest))
  // A preview is nobody's but its maker's: it may show a mass change, and `diff` says what publishing would do.
  if (site.preview) return
  const unread = unavailableArticles(inspection)
  if (stopsOnUnread && unread.length > 0) throw new UnreadArticlesError(unread.map(({ path }) => path))
  const alarm = before.ledger && alarmAbout(changes, before.ledger, unread.length, early)
  if (alarm && alarm.count !== accept) throw new MassChangeError(alarm, changes)
  if (!ledger || before.ledger === inspection.ledger) return
  try {
    await ledger.write(inspection.ledger, before.version)
  } catch (error) {
    if (error instanceof LedgerConflictError) throw error
    const known = before.ledger?.entries
    const unrecorded = [...inspection.ledger.entries.keys()].filter(id => !known?.has(id))
    throw new LedgerAccessError('write', error instanceof LedgerAccessError ? error.cause : error, unrecorded)
  }
}

/** Where nothing remembers it, the clock stands in: its seconds grow faster than anybody publishes. */
function generationBefore(
  cache: ReadingCache,
  { before }: Plan,
  { preview }: Site,
  clock: () => number,
): number | null {
  const remembered = cache.generation()
  if (remembered !== null || before.ledger === null || preview) return remembered
  return Math.max(0, Math.floor((clock() - firstGeneration) / 1000))
}

function tell(
  observer: PublicationObserver,
  event: PublicationEvent,
  onError: PublisherOptions['onObserverError'],
): void {
  const failed = (error: unknown) => onError?.(error)
  try {
    Promise.resolve(observer.published(event)).catch(failed)
  } catch (error) {
    failed(error)
  }
}

/** What was published and is left out, though nobody has withdrawn it: its file can't be read, and nothing else remembers it. */
function unavailableArticles({ articles, pages, timed, ledger, isIncomplete }: Inspection): LedgerEntry[] {
  if (!isIncomplete) return []
  const shown = new Set([...articles, ...pages, ...timed].map(({ id }) => id))
  return [...ledger.entries.values()].filter(({ id, withdrawn }) => withdrawn === null && !shown.has(id))
}

/** Where they were: whoever asks there is not told that there is no such article. */
function awayAddresses({ pages }: Site, { inspection, clock }: Plan): string[] {
  if (pages !== 'all') return []
  return unavailableArticles(inspection)
    .filter(({ published }) => published <= clock.now)
    .flatMap(({ address, formerAddresses }) => [...formerAddresses, address])
    .filter(address => address.startsWith('/'))
}

/** Looks at the source, and remembers what it found for the next look. */
function createPlanner(options: PublisherOptions) {
  const { source, ledger, clock, pages = {} } = options
  let known: { settings: string; pipeline: Pipeline } | null = null
  let shown: { settings: string; renderer: Renderer } | null = null
  /** The instant of the last look, and the last instant of the ledger that was read then. */
  let latest = Number.NEGATIVE_INFINITY
  let remembered: { ledger: Ledger | null; last: number } | null = null

  function clockBy(ledger: Ledger | null): ClockReading {
    if (remembered === null || remembered.ledger !== ledger)
      remembered = { ledger, last: lastInstant(ledger, remembered) }
    const reading = clockReading(clock(), Math.max(latest, remembered.last), ledger)
    latest = reading.now
    return reading
  }

  function pipelineFor(site: Site) {
    const settings = JSON.stringify(site)
    // Other settings may change any article and any document: nothing that is remembered can be trusted.
    if (known?.settings !== settings) known = { settings, pipeline: createPipeline(source, site, options) }
    return known.pipeline
  }

  /** @param site as documents may speak of it: a picture that comes or goes is as another setting */
  function rendererFor(site: Site) {
    const settings = JSON.stringify(site)
    const isOther = shown?.settings !== settings
    const { renderer } = shown && !isOther ? shown : { renderer: createRenderer(site, { pages }) }
    shown = { settings, renderer }
    return { renderer, isOther }
  }

  return {
    async plan(settings: Site, changed: ReadonlySet<string> | null) {
      const before = ledger ? await ledger.read() : { ledger: null, version: null }
      const given = underAuthority(settings, before.ledger)
      const reading = clockBy(before.ledger)
      const { now } = reading
      const found = await pipelineFor(given).look({
        now,
        changed,
        ledger: before.ledger,
        ledgerKept: ledger !== undefined && !given.preview && (await ledger.writable()),
        archived: ledger !== undefined,
      })
      const site = withoutPictures(given, picturesGone(found))
      const { renderer, isOther } = rendererFor(site)
      const cut = renderer.cutShows(found.collections)
      const inspection = withFindings(isOther ? { ...found, changes: null } : found, [
        ...cutFindings(
          cut.map(({ collection, held }) => ({
            name: titleOf(collection, site),
            held,
            all: collection.articles.length,
          })),
        ),
        ...largeFeedFindings(renderer.largeFeeds(found.collections), site),
      ])
      const former = before.ledger ?? { authority: site.tagAuthority, entries: PersistentMap.empty }
      const plan: Plan = {
        inspection,
        before,
        clock: reading,
        changes: changesSince(former, inspection.ledger, now),
      }
      return { site, renderer, plan }
    },
  }
}

/** The settings that name pictures which are not there. */
const picturesGone = ({ settings }: Inspection) =>
  new Set(settings.flatMap(({ code, setting }) => (code === 'setting-file-missing' ? [setting] : [])))

/** Ids stay under the authority of the first publication, whatever host the publication has moved to since. */
function underAuthority(site: Site, before: Ledger | null): Site {
  return before ? { ...site, tagAuthority: before.authority } : site
}
