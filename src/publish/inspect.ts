import { settleAddresses } from '../catalog/addresses.ts'
import { fillArchives } from '../catalog/archives.ts'
import { collect } from '../catalog/collections.ts'
import { identify, nextLedger } from '../catalog/identity.ts'
import { newestFirst } from '../catalog/order.ts'
import type { Candidate } from '../catalog/recognise.ts'
import { withheldReason } from '../catalog/withhold.ts'
import type { Article, FileReport, ParsedArticle } from '../model/article.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { mediaTypeOf } from '../model/formats.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import type { Source, SourceFile } from '../model/source.ts'
import type { Digest } from '../text/digests.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { settleLinks } from './article-links.ts'
import { chooseFiles } from './choose-files.ts'
import { type ArticleDigests, type FileReading, type ParseMemory, readArticles } from './read-articles.ts'
import { findExports, readExports } from './read-exports.ts'
import { readSiteFiles } from './site-files.ts'

export interface Totals {
  files: number
  published: number
  withheld: number
  rejected: number
  errors: number
  warnings: number
  /** Hidden files, files that are no articles, our own earlier output. */
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
  /** What is remembered of every article above. */
  entries: Map<Article, LedgerEntry>
  /** The ledger as it is after this publication: to be kept before anything is published, unless this is a preview. */
  ledger: Ledger
  /** Files that published or waiting articles, or the settings, refer to, by path. */
  media: Map<string, SourceFile>
  /** The publication's own CSS; null where there is none. */
  stylesheet: string | null
  /** What is wrong with files that the settings name. */
  settings: Diagnostic[]
}

export interface InspectOptions {
  /** Epoch milliseconds. */
  now: number
  /** Results kept between runs: files that have not changed are not parsed again, and give the same objects. */
  memory?: ParseMemory
  /** What is remembered of the publication; null or absent: nothing yet, or a preview. */
  ledger?: Ledger | null
  /** Whether new facts (the first sight of an undated article) will be kept. Default: false. */
  ledgerKept?: boolean
  digest?: Digest
  onProgress?(done: number, total: number): void
}

/** Reads every article of a folder and decides what is published, withheld and rejected. Never throws over a file. */
export async function inspect(source: Source, site: Site, options: InspectOptions): Promise<Inspection> {
  const listing = await source.list()
  const byPath = new Map(listing.files.map(file => [file.path, file]))
  const chosen = chooseFiles(listing, site)
  const context = { site, media: (path: string) => mediaOf(byPath.get(path)) }
  const exports = await findExports(source, chosen.possibleExports)
  const exported = await readExports(source, exports, { ...context, boilerplate: new Set() }, options)
  const readings = [...(await readArticles(source, chosen.articles, context, options)), ...exported]
  for (const reading of exported) options.memory?.readings.set(reading.file.path, reading)
  const identities = identifyReadings(readings, site, options)
  const files = [
    ...readings.filter(isReported).map(reading => report(reading, identities, options.now)),
    ...chosen.rejected,
  ]
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const published = files
    .flatMap(file => (file.status === 'published' ? [file.article!] : []))
    .sort(newestFirst)
  const timed = files.flatMap(file => (isTimed(file) ? [file.article!] : []))
  const siteFiles = await readSiteFiles(source, site, byPath)
  const { entries, ledger } = remember(published, timed, identities, site, options.now)
  const ignored = chosen.ignored - exports.size + sum(exported.map(({ others = 0 }) => others))
  return {
    files,
    totals: count(files, siteFiles.diagnostics, ignored),
    articles: published,
    timed,
    entries,
    ledger,
    media: new Map([...referredMedia([...published, ...timed], byPath), ...siteFiles.media]),
    stylesheet: siteFiles.stylesheet,
    settings: siteFiles.diagnostics,
  }
}

/** A file that holds many articles is reported by them, and by itself where something is wrong with it. */
function isReported({ entries, diagnostics }: FileReading): boolean {
  return entries === undefined || diagnostics.length > 0
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** Articles that come or go by themselves. */
function isTimed(file: FileReport): boolean {
  return file.reason === 'scheduled' || (file.status === 'published' && file.article!.expires !== null)
}

interface Identities {
  /** By path. */
  articles: Map<string, Article>
  entries: Map<Article, LedgerEntry>
  ledger: Ledger
  /** By path. */
  diagnostics: Map<string, Diagnostic[]>
}

function identifyReadings(readings: FileReading[], site: Site, options: InspectOptions): Identities {
  const readable = readings.filter(isReadable)
  const addresses = settleAddresses(
    readable.map(({ article }) => article),
    site,
  )
  const links = settleLinks(
    addresses.articles.map((article, index) => ({ article, links: readable[index]!.links })),
    site.url,
  )
  const ledger = options.ledger ?? { authority: site.tagAuthority, entries: new Map() }
  const candidates = links.articles.map(({ article, targets }, index) =>
    candidateOf(article, targets, readable[index]!),
  )
  const undated = site.undated === 'first-seen' && options.ledgerKept === true
  const identified = identify(candidates, ledger, { url: site.url, undated }, options.now)
  const articles = new Map<string, Article>()
  const entries = new Map<Article, LedgerEntry>()
  identified.articles.forEach((made, index) => {
    const article = sameAsBefore(options.memory, readable[index]!.article, made)
    articles.set(article.path, article)
    entries.set(article, identified.entries.get(made)!)
  })
  const found = [...addresses.diagnostics, ...links.diagnostics, ...identified.diagnostics]
  const diagnostics = Map.groupBy(found, ({ path }) => path)
  return { articles, entries, ledger, diagnostics }
}

type ReadableReading = FileReading & { article: ParsedArticle; digests: ArticleDigests }

function isReadable(reading: FileReading): reading is ReadableReading {
  return reading.article !== null
}

/** @param targets where its links to other articles lead: part of what it says, and settled after it was parsed */
function candidateOf(
  article: ParsedArticle,
  targets: string[],
  { article: parsed, digests }: ReadableReading,
): Candidate {
  if (targets.length === 0 && article === parsed) return { article, ...digests }
  return { article, ...digests, content: fingerprintOf([digests.content, article.url, ...targets]) }
}

/** The same parsed file under the same id, addresses and dates is the same object, so that nothing made of it is made again. */
function sameAsBefore(memory: ParseMemory | undefined, parsed: ParsedArticle, made: Article): Article {
  const known = memory?.articles.get(parsed)
  const same =
    known?.id === made.id &&
    // Its address, and the links to other articles, which follow their addresses, are part of what it says.
    known.fingerprint === made.fingerprint
  if (same) return known
  memory?.articles.set(parsed, made)
  return made
}

/** What the ledger remembers once these articles are published, archives included. */
function remember(published: Article[], timed: Article[], identities: Identities, site: Site, now: number) {
  const visible = new Map(
    [...timed, ...published].map(article => [article, identities.entries.get(article)!]),
  )
  const collections = collect(published, {
    title: site.title,
    limit: site.limit,
    feeds: site.feeds,
    entries: visible,
  })
  for (const [article, entry] of fillArchives(
    collections,
    visible,
    identities.ledger.entries.values(),
    site.limit,
  ))
    visible.set(article, entry)
  return { entries: visible, ledger: nextLedger(identities.ledger, [...visible.values()], now) }
}

function mediaOf(file: SourceFile | undefined): { size: number; type: string } | undefined {
  const type = file && mediaTypeOf(file.path)
  return type ? { size: file.size, type } : undefined
}

function report(reading: FileReading, identities: Identities, now: number): FileReport {
  const { path } = reading.file
  const article = identities.articles.get(path) ?? null
  const diagnostics = [...reading.diagnostics, ...(identities.diagnostics.get(path) ?? [])]
  if (!article)
    return { path, status: 'rejected', reason: diagnostics.find(isError)?.code ?? null, article, diagnostics }
  const reason = withheldReason(article, now)
  return { path, status: reason ? 'withheld' : 'published', reason, article, diagnostics }
}

function count(files: FileReport[], settings: Diagnostic[], ignored: number): Totals {
  const having = (status: FileReport['status']) => files.filter(file => file.status === status).length
  const diagnostics = [...settings, ...files.flatMap(file => file.diagnostics)]
  return {
    files: files.length,
    published: having('published'),
    withheld: having('withheld'),
    rejected: having('rejected'),
    errors: diagnostics.filter(isError).length,
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').length,
    ignored,
  }
}

function referredMedia(articles: Article[], byPath: Map<string, SourceFile>): Map<string, SourceFile> {
  const media = new Map<string, SourceFile>()
  for (const path of articles.flatMap(article => article.media)) {
    const file = byPath.get(path)
    if (file) media.set(path, file)
  }
  return media
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}
