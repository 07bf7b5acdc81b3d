import type { ArticleChanges } from '../catalog/order.ts'
import type { Article, FileReport } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { Site } from '../model/site.ts'
import type { Source, SourceFile, SourceListing } from '../model/source.ts'
import type { UnreadFile } from '../model/unread-file.ts'
import { createArticleStage } from './article-stage.ts'
import { createCollectionStage } from './collection-stage.ts'
import type { FileReading } from './file-reading.ts'
import { createFileStage, type FileStage } from './file-stage.ts'
import { lookUpFiles } from './folder-context.ts'
import { createGivenReadings, type GivenArticles } from './given-articles.ts'
import type { KeyedChanges } from './keyed-changes.ts'
import { podcastFindings } from './podcast-checks.ts'
import { showDrafts } from './preview-drafts.ts'
import { coverInSound } from './read-sounds.ts'
import {
  createReadingStage,
  type PublishedAt,
  type ReadingOptions,
  type ReadingStage,
} from './reading-stage.ts'
import { readSiteFiles, type SettingDiagnostic } from './site-files.ts'
import { unreadFiles } from './unread-files.ts'
import { byPath, createVisibleStage } from './visible-stage.ts'

export interface Totals {
  files: number
  published: number
  withheld: number
  rejected: number
  errors: number
  warnings: number
  /** Hidden files, files that are not articles, our own earlier output. */
  ignored: number
}

/** Everything a folder holds, accounted for: what `check` prints and what a publication is made of. */
export interface Inspection {
  /** Every article file, in the order of its path. */
  files: readonly FileReport[]
  totals: Totals
  /** Those that are published now, newest first. */
  articles: Article[]
  /** Pages that are published now and are no news, by title. */
  pages: Article[]
  /** Those that wait for their time or have one to end, the published among them. */
  timed: Article[]
  /** What is published now, in its collections. */
  collections: Collection[]
  /** What is to be remembered of an article of `files`, should it be published. */
  entryOf(article: Article): LedgerEntry | undefined
  /** What is published and was not at the last look of the same pipeline, and the other way round; null: this is its first. */
  changes: ArticleChanges | null
  /** Files that cannot be read just now: what was known of them stays, and they are tried again at the next look. */
  unavailable: ReadonlySet<string>
  /** Whether something of the folder could not be looked at: a file of `unavailable`, a link to nothing, a locked folder. */
  isIncomplete: boolean
  /** The ledger as it is after this publication: to be kept before anything is published, unless this is a preview. */
  ledger: Ledger
  /** Files that published or waiting articles, or the settings, refer to, by path. */
  media: Map<string, SourceFile>
  /** What the addresses of the system that an export comes from call its categories, tags and authors. */
  terms: readonly FormerTerm[]
  /** Every other file of the folder, and what its owner may do where it is an article; worked out when it is asked for. */
  unread(): UnreadFile[]
  /** The publication's own CSS; null where there is none. */
  stylesheet: string | null
  /** What is wrong with files that the settings name. */
  settings: SettingDiagnostic[]
}

export interface LookOptions {
  /** Epoch milliseconds. */
  now: number
  /** What is remembered of the publication; null or absent: nothing yet, or a preview. */
  ledger?: Ledger | null
  /** Whether new facts (the first sight of an undated article) will be kept. Default: false. */
  ledgerKept?: boolean
  /** Whether full archives are parted from the newest articles: only who remembers them can. Default: true. */
  archived?: boolean
  /** Paths in the source where something happened since the last look; null or absent: anywhere. */
  changed?: ReadonlySet<string> | null
}

export type InspectOptions = Omit<LookOptions, 'changed'> & ReadingOptions

/**
 * The way from files to what is published of them, for one site: files, readings, articles, what is visible, collections.
 * Each stage is told what is other, brings its own state up to date and hands on what is other for it; at the first look
 * that is everything.
 */
export interface Pipeline {
  /** Never throws over a file. @throws SourceError where the folder itself can't be looked at */
  look(options: LookOptions): Promise<Inspection>
}

/** Where a pipeline's readings come from. */
interface Readings {
  apply(changed: ReadonlySet<string> | null, publishedAt: PublishedAt): Promise<KeyedChanges<FileReading>>
  /** What else the source holds. */
  rest(reports: readonly FileReport[], shown: Article[][]): Promise<Rest>
  isUnavailable(path: string): boolean
  unavailable(): ReadonlySet<string>
  isIncomplete(): boolean
}

type Rest = Pick<Inspection, 'files' | 'media' | 'terms' | 'unread' | 'stylesheet' | 'settings'> & {
  ignored: number
}

export function createPipeline(
  source: Source | GivenArticles,
  site: Site,
  options: ReadingOptions = {},
): Pipeline {
  const make = () => ({
    readings: 'list' in source ? folderReadings(source, site, options) : givenReadings(source, site),
    articles: createArticleStage(site),
    visible: createVisibleStage(),
    collected: createCollectionStage(site),
  })
  let withdrawn: string[] = []
  let stages: ReturnType<typeof make> | null = null

  async function look(
    now: LookOptions,
    isFirst: boolean,
    { readings, articles, visible, collected }: ReturnType<typeof make>,
  ) {
    const { ledger = null, ledgerKept = false, archived = true, changed = null } = now
    const { isUnavailable } = readings
    const next = collected.last()?.ledger ?? null
    const found = await readings.apply(changed, publishedIn(next ?? ledger))
    const read = site.preview && site.previewsDrafts ? showDrafts(found, now.now) : found
    const settled = articles.apply(read, { now: now.now, ledger, next, ledgerKept, withdrawn, isUnavailable })
    const changes = visible.apply(settled, now.now)
    const everything = () => {
      const published = visible
        .reports()
        .flatMap(({ status, article }) => (status === 'published' && article ? [article] : []))
      return {
        published,
        visible: [...new Set([...published, ...visible.timed()])],
        entryOf: visible.entryOf,
      }
    }
    const { collections, ledger: after } = collected.apply(changes, everything, {
      now: now.now,
      ledger,
      archived,
      ledgerKept,
      isUnavailable,
    })
    withdrawn = changes.visible.removed.map(({ path }) => path)
    const { articles: shown = [], pages = [] } = collections[0] ?? {}
    const timed = visible.timed()
    const { ignored, ...rest } = await readings.rest(visible.reports(), [shown, pages, timed])
    return {
      ...rest,
      totals: count(rest.files, rest.settings, ignored),
      articles: shown,
      pages,
      timed,
      collections,
      ledger: after,
      entryOf: (article: Article) => after.entries.get(article.id) ?? visible.entryOf(article),
      changes: isFirst ? null : changes.published,
      unavailable: readings.unavailable(),
      isIncomplete: readings.isIncomplete(),
    }
  }

  return {
    async look(options) {
      const known = stages ?? make()
      const isFirst = stages === null
      // Dropped first: where a stage throws, the next look starts from scratch.
      stages = null
      const found = await look(options, isFirst, known)
      stages = known
      return found
    },
  }
}

/** The same, with more that is wrong with the settings. */
export function withFindings(inspection: Inspection, findings: readonly SettingDiagnostic[]): Inspection {
  if (findings.length === 0) return inspection
  const { files, totals } = inspection
  const settings = [...inspection.settings, ...findings]
  return { ...inspection, settings, totals: count(files, settings, totals.ignored) }
}

/** Reads every article of a folder and decides what is published, withheld and rejected. Never throws over a file. */
export function inspect(source: Source, site: Site, options: InspectOptions): Promise<Inspection> {
  return createPipeline(source, site, options).look(options)
}

function folderReadings(source: Source, site: Site, options: ReadingOptions): Readings {
  const files = createFileStage(site)
  const readings = createReadingStage(source, site, files, options)
  let listing: SourceListing | null = null
  const isUnavailable = (path: string) => readings.unavailable().has(path) || files.isUnavailable(path)
  return {
    async apply(changed, publishedAt) {
      const partly = listing && changed ? await source.relist?.(listing, changed) : null
      listing = partly ?? (await source.list())
      return readings.apply(files.apply(listing, partly ? changed : null), publishedAt)
    },
    rest: (reports, shown) =>
      restOfFolder(source, site, { files, readings, listing: listing!.files }, reports, shown),
    // An entry of an export has the export's path before its own key.
    isUnavailable: path =>
      isUnavailable(path) || (path.includes('#') && isUnavailable(path.slice(0, path.lastIndexOf('#')))),
    unavailable: () => new Set(readings.unavailable()),
    isIncomplete: () => readings.unavailable().size > 0 || files.isIncomplete(),
  }
}

/** What was published of each file; looked for only where somebody asks. */
function publishedIn(ledger: Ledger | null): PublishedAt {
  let byPath: Map<string, LedgerEntry> | undefined
  return path => {
    byPath ??= new Map(
      [...(ledger?.entries.values() ?? [])].flatMap(entry =>
        entry.withdrawn === null ? [[entry.path, entry]] : [],
      ),
    )
    return byPath.get(path)
  }
}

async function restOfFolder(
  source: Source,
  site: Site,
  { files, readings, listing }: { files: FileStage; readings: ReadingStage; listing: SourceFile[] },
  reports: readonly FileReport[],
  shown: Article[][],
): Promise<Rest> {
  const fileAt = lookUpFiles(files)
  const mediumAt = (path: string) => fileAt(path) ?? coverInSound(path, fileAt, readings.soundAt)
  const siteFiles = await readSiteFiles(source, site, fileAt, files.outside())
  const rejected = files.rejected()
  const summary = readings.summary()
  const all = rejected.length === 0 ? reports : [...reports, ...rejected].sort(byPath)
  const media = new Map([...referredMedia(shown, mediumAt), ...siteFiles.media])
  return {
    files: all,
    media,
    terms: summary.terms,
    unread: () => unreadFiles(listing, { files: all, media, unknownForms: summary.unknownForms }, site),
    stylesheet: siteFiles.stylesheet,
    // A finding about another system's settings has its own place, and is about no setting of ours.
    settings: [
      ...siteFiles.diagnostics,
      ...[...site.preset.findings, ...files.linked()].map(finding => ({ ...finding, setting: '' })),
      ...podcastFindings(site, shown[0] ?? [], summary.covers),
    ],
    ignored: files.ignored() - summary.read + summary.unread,
  }
}

function givenReadings(given: GivenArticles, site: Site): Readings {
  const readings = createGivenReadings(given, site)
  return {
    apply: async () => readings(),
    rest: async files => ({
      files,
      media: new Map(),
      terms: [],
      unread: () => [],
      stylesheet: null,
      settings: [],
      ignored: 0,
    }),
    isUnavailable: () => false,
    unavailable: () => new Set(),
    isIncomplete: () => false,
  }
}

function count(files: readonly FileReport[], settings: Diagnostic[], ignored: number): Totals {
  const totals = {
    files: files.length,
    published: 0,
    withheld: 0,
    rejected: 0,
    errors: 0,
    warnings: 0,
    ignored,
  }
  const add = ({ severity }: Diagnostic) => {
    if (severity === 'error') totals.errors++
    else if (severity === 'warning') totals.warnings++
  }
  settings.forEach(add)
  for (const { status, diagnostics } of files) {
    totals[status]++
    diagnostics.forEach(add)
  }
  return totals
}

function referredMedia(
  lists: Article[][],
  mediumAt: (path: string) => SourceFile | undefined,
): Map<string, SourceFile> {
  const media = new Map<string, SourceFile>()
  for (const articles of lists)
    for (const article of articles)
      for (const path of article.media) {
        const file = mediumAt(path)
        if (file) media.set(file.path, file)
      }
  return media
}
