import { withChanges } from '../catalog/order.ts'
import { withheldReason } from '../catalog/withhold.ts'
import type { Article, FileReport } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { Site } from '../model/site.ts'
import type { Source, SourceFile, SourceListing } from '../model/source.ts'
import type { Digest } from '../text/digests.ts'
import { lowerBound } from '../text/lower-bound.ts'
import { lookUpPaths } from '../text/path-spelling.ts'
import { chooseFiles } from './choose-files.ts'
import { type GatheredArticles, gather, gatherChanges } from './gather.ts'
import {
  type IdentifiedFolder,
  identifyChanges,
  identifyFolder,
  type ReadingChanges,
} from './identify-folder.ts'
import { mediaOf } from './media-files.ts'
import type { StartParseWorkers } from './parse-workers.ts'
import { podcastFindings, readCover } from './podcast-checks.ts'
import { type FileReading, type ParseMemory, readArticles, rememberReadings } from './read-articles.ts'
import { findExports, readExports } from './read-exports.ts'
import { readLoneSounds, readSounds, withoutTranscripts } from './read-sounds.ts'
import { readSiteFiles, type SettingDiagnostic } from './site-files.ts'

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
  files: FileReport[]
  totals: Totals
  /** Those that are published now, newest first. */
  articles: Article[]
  /** Those that wait for their time or have one to end, the published among them. */
  timed: Article[]
  /** What is published now, in its collections. */
  collections: Collection[]
  /** What is remembered of every article above; until the next look with the same memory, which brings it up to date. */
  entries: ReadonlyMap<Article, LedgerEntry>
  /** The ledger as it is after this publication: to be kept before anything is published, unless this is a preview. */
  ledger: Ledger
  /** Files that published or waiting articles, or the settings, refer to, by path. */
  media: Map<string, SourceFile>
  /** What the addresses of the system that an export comes from call its categories, tags and authors. */
  terms: FormerTerm[]
  /** The publication's own CSS; null where there is none. */
  stylesheet: string | null
  /** What is wrong with files that the settings name. */
  settings: SettingDiagnostic[]
}

export interface InspectOptions {
  /** Epoch milliseconds. */
  now: number
  /** What the source holds, where somebody has looked already. Default: it is asked. */
  listing?: SourceListing
  /** Results kept between runs: files that have not changed are not parsed again, and give the same objects. */
  memory?: ParseMemory
  /** What is remembered of the publication; null or absent: nothing yet, or a preview. */
  ledger?: Ledger | null
  /** Whether new facts (the first sight of an undated article) will be kept. Default: false. */
  ledgerKept?: boolean
  /** Whether full archives are parted from the newest articles: only who remembers them can. Default: true. */
  archived?: boolean
  digest?: Digest
  /** Finds others who read files at the same time, where there is much to read. Default: nobody. */
  startWorkers?: StartParseWorkers
  onProgress?(done: number, total: number): void
}

/** What was found at the last look, so that the next one looks at nothing but what changed. */
export interface LastInspection {
  readings: FileReading[]
  folder: IdentifiedFolder
  /** In the order of the readings. */
  reports: FileReport[]
  gathered: GatheredArticles
}

/** Changes beyond this share of a folder are looked at as a whole. */
const manyChanges = 0.05

/** Reads every article of a folder and decides what is published, withheld and rejected. Never throws over a file. */
export async function inspect(source: Source, site: Site, options: InspectOptions): Promise<Inspection> {
  const { memory } = options
  const listing = options.listing ?? (await source.list())
  const fileAt = lookUpPaths(
    path => fileIn(listing, path),
    () => listing.files.map((file): [string, SourceFile] => [file.path, file]),
  )
  const sounds = await readSounds(source, listing.files, memory)
  const chosen = withoutTranscripts(chooseFiles(listing, site, memory?.placed), sounds)
  const context = {
    site,
    media(path: string) {
      const file = fileAt(path)
      return mediaOf(file, file && sounds.byPath.get(file.path))
    },
    mediaFiles: () => listing.files.filter(file => mediaOf(file)),
    sounds,
  }
  const { exports, articles: chosenArticles, ignoredBefore } = await findExports(source, chosen, site)
  const exported = await readExports(source, exports, { ...context, boilerplate: new Set() }, options)
  const articles = await readArticles(source, chosenArticles, context, options)
  const cover = await readCover(source, site, fileAt, memory)
  const withSounds = [
    ...(await readLoneSounds(sounds, [...articles, ...exported], context, options)),
    ...(cover ? [cover] : []),
    ...articles,
  ]
  // In the order of their paths, of which most are: changes are found by walking along.
  const inFolder = withSounds.length > articles.length ? withSounds.sort(byPath) : articles
  const readings = exported.length > 0 ? [...inFolder, ...exported] : inFolder
  const last = memory?.last
  const changes = last ? changesBetween(last.readings, readings) : null
  // Not known any more while it is being brought up to date, should that fail.
  if (memory) delete memory.last
  const found =
    (last && changes && lookAtChanges(last, readings, changes, site, options)) ??
    lookAtAll(readings, site, options)
  if (memory) {
    rememberReadings(memory, readings, changes)
    memory.last = found
  }
  const isPlain = exported.length === 0 && inFolder === articles
  const reported = isPlain ? found.reports : found.reports.filter((_, index) => isReported(readings[index]!))
  // Readings are in this order, unless they come of exports.
  const inOrder = isPlain && chosen.rejected.length === 0
  const files = inOrder
    ? reported
    : [...reported, ...chosen.rejected].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const siteFiles = await readSiteFiles(source, site, fileAt)
  // A finding about another system's settings has its own place, and is about no setting of ours.
  const settings = [
    ...siteFiles.diagnostics,
    ...site.preset.findings.map(finding => ({ ...finding, setting: '' })),
    ...podcastFindings(site, found.gathered.articles, cover),
  ]
  const ignored =
    chosen.ignored -
    ignoredBefore -
    inFolder.filter(reading => reading.sound && isReported(reading)).length +
    sum(exported.map(({ others = 0 }) => others))
  const { articles: shown, timed } = found.gathered
  return {
    files,
    totals: count(files, settings, ignored),
    ...found.gathered,
    media: new Map([...referredMedia([shown, timed], fileAt), ...siteFiles.media]),
    terms: exported.flatMap(({ terms = [] }) => terms),
    stylesheet: siteFiles.stylesheet,
    settings,
  }
}

/** Decides what of the articles is published and withheld, where they were read by somebody else. */
export function inspectReadings(
  readings: FileReading[],
  site: Site,
  options: Pick<InspectOptions, 'now' | 'ledger' | 'ledgerKept' | 'archived'>,
): Inspection {
  const { reports, gathered } = lookAtAll(readings, site, options)
  const totals = count(reports, [], 0)
  return { files: reports, totals, ...gathered, media: new Map(), terms: [], stylesheet: null, settings: [] }
}

function lookAtAll(readings: FileReading[], site: Site, options: InspectOptions): LastInspection {
  const folder = identifyFolder(readings, site, options)
  const reports = readings.map(reading => report(reading, folder, options.now))
  const files = reports.filter((_, index) => isReported(readings[index]!))
  const published = files.flatMap(file => (file.status === 'published' ? [file.article!] : []))
  const timed = files.flatMap(file => (isTimed(file) ? [file.article!] : []))
  const gathered = gather(published, timed, folder.entries, folder.ledger, site, options)
  return { readings, folder, reports, gathered }
}

/** The same as `lookAtAll`, or null where what changed may change anything. */
function lookAtChanges(
  before: LastInspection,
  readings: FileReading[],
  changes: ReadingChanges,
  site: Site,
  options: InspectOptions,
): LastInspection | null {
  const { gathered } = before
  const folder = identifyChanges(before.folder, gathered.ledger, changes, site, options)
  if (folder === null) return null
  // Time alone may have changed what is visible of those that nobody touched.
  const timedBefore = gathered.timed.map(({ path }) => options.memory!.readings.get(path)!)
  const anew = new Set([...changes.removed, ...timedBefore])
  const former = before.reports.filter((_, index) => anew.has(before.readings[index]!))
  const latter: FileReport[] = []
  let old = 0
  const reports = readings.map(reading => {
    while (before.readings[old] !== reading && anew.has(before.readings[old]!)) old++
    const known = before.readings[old] === reading ? before.reports[old++]! : null
    if (known && !anew.has(reading)) return known
    const made = report(reading, folder, options.now)
    latter.push(made)
    return made
  })
  const published = changesOf(former, latter, ({ status }) => status === 'published')
  const visible = changesOf(former, latter, file => file.status === 'published' || isTimed(file))
  const timed = latter.flatMap(file => (isTimed(file) ? [file.article!] : []))
  const same = [published, visible].every(({ removed, added }) => removed.length + added.length === 0)
  if (same) return { readings, folder, reports, gathered }
  const { ledger, entries } = folder
  // A preview's archives are remembered by nobody: they are filled anew each time.
  const gatheredNow =
    ledger === gathered.ledger
      ? gatherChanges(gathered, { published, visible, timed }, entries, site, options.now)
      : gather(
          withChanges(gathered.articles, published.removed, published.added),
          timed,
          entries,
          ledger,
          site,
          options,
        )
  return { readings, folder, reports, gathered: gatheredNow }
}

/** Articles that were in a group and are not any more, and the other way round. */
function changesOf(former: FileReport[], latter: FileReport[], belongs: (file: FileReport) => boolean) {
  const of = (files: FileReport[]) => new Set(files.flatMap(file => (belongs(file) ? [file.article!] : [])))
  const [before, after] = [of(former), of(latter)]
  return {
    removed: [...before].filter(article => !after.has(article)),
    added: [...after].filter(article => !before.has(article)),
  }
}

/** Null where so much changed, or in such an order, that all of it is better looked at. */
function changesBetween(before: FileReading[], after: FileReading[]): ReadingChanges | null {
  const most = 20 + after.length * manyChanges
  const changes: ReadingChanges = { removed: [], added: [] }
  let [old, fresh] = [0, 0]
  while (old < before.length || fresh < after.length) {
    const [was, is] = [before[old], after[fresh]]
    if (was === is) {
      old++
      fresh++
      continue
    }
    // An export's articles come with it, after all files: they are in no order that could be followed.
    if (was?.entries || is?.entries) return null
    const order = !is
      ? -1
      : !was
        ? 1
        : was.file.path < is.file.path
          ? -1
          : was.file.path > is.file.path
            ? 1
            : 0
    if (order <= 0) {
      changes.removed.push(was!)
      old++
    }
    if (order >= 0) {
      changes.added.push(is!)
      fresh++
    }
    if (changes.removed.length + changes.added.length > most) return null
  }
  return changes
}

/** The files are in the order of their paths. */
function fileIn({ files }: SourceListing, path: string): SourceFile | undefined {
  const file = files[lowerBound(files, file => file.path < path)]
  return file?.path === path ? file : undefined
}

/** A file that holds many articles is reported by them, a sound by those that have it; and by itself where something is wrong with it. */
function isReported({ entries, sound, cover, article, diagnostics }: FileReading): boolean {
  if (sound || cover) return article !== null || diagnostics.length > 0
  return entries === undefined || diagnostics.length > 0
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** Articles that come or go by themselves. */
function isTimed(file: FileReport): boolean {
  return file.reason === 'scheduled' || (file.status === 'published' && file.article!.expires !== null)
}

function report(reading: FileReading, folder: IdentifiedFolder, now: number): FileReport {
  const { path } = reading.file
  const article = folder.articles.get(path) ?? null
  const more = folder.diagnostics.get(path)
  const diagnostics = more ? [...reading.diagnostics, ...more] : reading.diagnostics
  if (!article)
    return {
      path,
      status: 'rejected',
      reason: (diagnostics.find(isError) ?? diagnostics[0])?.code ?? null,
      article,
      diagnostics,
    }
  const reason = withheldReason(article, now)
  return { path, status: reason ? 'withheld' : 'published', reason, article, diagnostics }
}

function count(files: FileReport[], settings: Diagnostic[], ignored: number): Totals {
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
  fileAt: (path: string) => SourceFile | undefined,
): Map<string, SourceFile> {
  const media = new Map<string, SourceFile>()
  for (const articles of lists)
    for (const article of articles)
      for (const path of article.media) {
        const file = fileAt(path)
        if (file) media.set(file.path, file)
      }
  return media
}

const byPath = (a: FileReading, b: FileReading) =>
  a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : 0

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}
