import { type Alarm, alarmAbout, type Changes, changesSince } from '../../catalog/changes.ts'
import type { PageTemplates } from '../../documents/pages/page-templates.ts'
import type { Ledger } from '../../model/ledger.ts'
import type { Site } from '../../model/site.ts'
import type { Publication, Snapshot, Store } from '../../model/snapshot.ts'
import type { Source, SourceListing } from '../../model/source.ts'
import { type Inspection, inspect } from '../../publish/inspect.ts'
import type { StartParseWorkers } from '../../publish/parse-workers.ts'
import { type PublicationOptions, renderPublication } from '../../publish/publication.ts'
import type { ParseMemory } from '../../publish/read-articles.ts'
import { createRenderer, type Renderer } from '../../publish/renderer.ts'
import { nodeDigest } from './codings.ts'
import type { LedgerStore } from './ledger-file.ts'
import { noParseCache, type ParseCache } from './parse-cache.ts'

/** What the folder holds, and what that means to those who subscribed before. */
export interface Survey {
  inspection: Inspection
  /** The ledger as it was; null where nothing was published before. */
  before: Ledger | null
  changes: Changes
}

/** One pass over the folder. */
export interface Edition extends Survey {
  publication: Publication
}

export interface PublisherOptions {
  source: Source
  ledger: LedgerStore
  /** What was parsed by earlier runs. Default: nothing is kept. */
  cache?: ParseCache
  /** Epoch milliseconds. */
  clock: () => number
  onProgress?(done: number, total: number): void
  /** Finds others who read files at the same time, where there is much to read. Default: nobody. */
  startWorkers?: StartParseWorkers
  /** Functions that make pages in place of the standard ones. Default: none. */
  pages?: Partial<PageTemplates>
  /** Which documents of an edition are made with it. Default: all. */
  render?: PublicationOptions['render']
  /** How much of what was rendered is remembered for the next edition; see `RendererOptions`. */
  rememberedText?: number
}

/** Publishing would change so much that was known, at once, that it looks like a mistake. */
export class MassChangeError extends Error {
  override readonly name = 'MassChangeError'
  readonly alarm: Alarm
  readonly changes: Changes
  constructor(alarm: Alarm, changes: Changes) {
    super(`${alarm.count} of ${alarm.known} known articles would change id or date, or disappear.`)
    this.alarm = alarm
    this.changes = changes
  }
}

/** What became of the ledger. `unwritable` lists the ids that the next publication will have to mint in the same way. */
export type LedgerOutcome =
  | { kept: true }
  | { kept: false; because: 'preview' }
  | { kept: false; because: string; unwritable: string[] }

/** Makes editions of one folder, and remembers what it read and rendered for the next one. */
export interface Publisher {
  /** Reads everything and renders nothing. Rejects with a `SourceError` or a `LedgerError`. */
  survey(site: Site): Promise<Survey>
  edition(site: Site): Promise<Edition>
  /**
   * Keeps what the edition adds to the ledger; to be done before anything of it is published.
   * Rejects with an `MassChangeError` unless `accept` is the very number of the alarm.
   */
  record(site: Site, survey: Survey, accept: number | null): Promise<LedgerOutcome>
  /**
   * An edition, recorded and made current in a store. One at a time, in the order they were asked for.
   * @param changed paths in the folder where something happened since the last look; null: anywhere
   */
  publish(
    site: Site,
    store: Store,
    accept?: number | null,
    changed?: ReadonlySet<string> | null,
  ): Promise<Edition & { snapshot: Snapshot; ledger: LedgerOutcome }>
}

export function createPublisher(options: PublisherOptions): Publisher {
  const {
    source,
    ledger,
    cache = noParseCache,
    clock,
    onProgress,
    startWorkers,
    pages = {},
    render = 'all',
  } = options
  const { rememberedText } = options
  let memory: { settings: string; parsed: ParseMemory; renderer: Renderer } | null = null
  let listing: SourceListing | null = null
  let lastPublication: Promise<unknown> = Promise.resolve()

  function memoryFor(site: Site) {
    const settings = JSON.stringify(site)
    // Other settings may change any article and any document: nothing that is remembered can be trusted.
    if (memory?.settings !== settings) {
      const renderer = createRenderer(site, { pages, ...(rememberedText && { rememberedText }) })
      memory = { settings, parsed: cache.load(settings), renderer }
    }
    return memory
  }

  async function look(changed: ReadonlySet<string> | null): Promise<SourceListing> {
    const known = listing
    // What is not known for sure after a failure is looked for anew.
    listing = null
    const partly = known && changed ? await source.relist?.(known, changed) : null
    listing = partly ?? (await source.list())
    return listing
  }

  async function surveyKnown(
    site: Site,
    before: Ledger | null,
    changed: ReadonlySet<string> | null = null,
  ): Promise<Survey> {
    const { parsed, settings } = memoryFor(site)
    const now = clock()
    const inspection = await inspect(source, site, {
      now,
      listing: await look(changed),
      memory: parsed,
      ledger: before,
      ledgerKept: !site.preview && (await ledger.writable()),
      digest: nodeDigest,
      ...(startWorkers && { startWorkers }),
      ...(onProgress && { onProgress }),
    })
    cache.save(settings, parsed)
    const known = before ?? { authority: site.tagAuthority, entries: new Map() }
    return { inspection, before, changes: changesSince(known, inspection.ledger, now) }
  }

  async function survey(site: Site): Promise<Survey> {
    const before = await ledger.read()
    return surveyKnown(underAuthority(site, before), before)
  }

  async function edition(settings: Site, changed: ReadonlySet<string> | null = null): Promise<Edition> {
    const before = await ledger.read()
    const site = underAuthority(settings, before)
    const surveyed = await surveyKnown(site, before, changed)
    const { renderer } = memoryFor(site)
    return {
      ...surveyed,
      publication: renderPublication(site, surveyed.inspection, { now: clock(), source, renderer, render }),
    }
  }

  async function record(
    site: Site,
    { inspection, before, changes }: Survey,
    accept: number | null,
  ): Promise<LedgerOutcome> {
    const alarm = before && alarmAbout(changes, before)
    if (alarm && alarm.count !== accept) throw new MassChangeError(alarm, changes)
    if (site.preview) return { kept: false, because: 'preview' }
    if (before === inspection.ledger) return { kept: true }
    try {
      await ledger.write(inspection.ledger)
      return { kept: true }
    } catch (error) {
      const unwritable = [...inspection.ledger.entries.keys()].filter(id => !before?.entries.has(id))
      return { kept: false, because: (error as NodeJS.ErrnoException).code ?? String(error), unwritable }
    }
  }

  return {
    survey,
    edition: site => edition(site),
    record,
    publish(site, store, accept = null, changed = null) {
      const published = lastPublication.then(async () => {
        const made = await edition(site, changed)
        const outcome = await record(site, made, accept)
        return { ...made, ledger: outcome, snapshot: await store.publish(made.publication) }
      })
      lastPublication = published.catch(() => {})
      return published
    },
  }
}

/** Ids stay under the authority of the first publication, whatever host the publication has moved to since. */
function underAuthority(site: Site, before: Ledger | null): Site {
  return before ? { ...site, tagAuthority: before.authority } : site
}
