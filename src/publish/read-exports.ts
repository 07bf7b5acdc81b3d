import { diagnose } from '../model/diagnostic.ts'
import type { ParseContext } from '../model/reading.ts'
import type { Site } from '../model/site.ts'
import { type Source, type SourceFile, whyUnreadable } from '../model/source.ts'
import { readExport } from '../parse/read-export.ts'
import {
  type ExportKind,
  exportHead,
  exportKindOf,
  soundsLikeExport,
} from '../systems/exports/export-kind.ts'
import { sha256 } from '../text/digests.ts'
import type { ChosenFiles } from './choose-files.ts'
import {
  type BareReading,
  completeReading,
  dependenciesUnchanged,
  type FileReading,
  type ParseMemory,
  type ReadOptions,
  trackDependencies,
} from './read-articles.ts'

/** A whole site may be in one file. */
const largestExport = 500_000_000

export interface FoundExports {
  exports: Map<SourceFile, ExportKind>
  /** What was chosen, without the exports among it. */
  articles: Pick<ChosenFiles, 'articles' | 'pageTexts'>
  /** How many of them were taken for files that are no articles. */
  ignoredBefore: number
}

/**
 * Those of the files that are exports, told by their first bytes. A feed is one where there is nothing else to publish. Nearly all
 * text files are articles: they are looked into only where their names or the folder's preset say that one may be none.
 */
export async function findExports(
  source: Source,
  { articles, pageTexts, possibleExports }: Pick<ChosenFiles, 'articles' | 'pageTexts' | 'possibleExports'>,
  { preset }: Pick<Site, 'preset'>,
): Promise<FoundExports> {
  const texts = pageTexts.filter(({ path }) => preset.name === 'movable-type' || soundsLikeExport(path))
  const exports = new Map<SourceFile, ExportKind>()
  for (const file of [...possibleExports, ...texts]) {
    const range = { start: 0, end: exportHead - 1 }
    const head = file.size === 0 ? null : await source.read(file.path, { range }).catch(() => null)
    const kind = head && exportKindOf(file.path, head)
    if (kind) exports.set(file, kind)
  }
  const isArticle = (file: SourceFile) => !exports.has(file)
  const rest =
    texts.length > 0 && exports.size > 0
      ? { articles: articles.filter(isArticle), pageTexts: pageTexts.filter(isArticle) }
      : { articles, pageTexts }
  const isFeedAlone = rest.articles.length === 0 && [...exports.values()].every(kind => kind === 'feed')
  if (!isFeedAlone) for (const [file, kind] of exports) if (kind === 'feed') exports.delete(file)
  return {
    exports,
    articles: rest,
    ignoredBefore: possibleExports.filter(file => exports.has(file)).length,
  }
}

/**
 * Reads the articles of exports. For each file comes first a reading of the file itself, which lists its entries, then
 * one for each of them, at the file's path, `#` and the entry's key.
 */
export async function readExports(
  source: Source,
  exports: ReadonlyMap<SourceFile, ExportKind>,
  context: ParseContext,
  { memory, digest = sha256 }: Pick<ReadOptions, 'memory' | 'digest'>,
): Promise<FileReading[]> {
  const readings: FileReading[] = []
  for (const [file, kind] of exports) {
    const known = remembered(file, context, memory)
    const made = known ?? (await readAnew(file, kind))
    for (const reading of made) readings.push(reading)
  }
  return readings

  async function readAnew(file: SourceFile, kind: ExportKind): Promise<FileReading[]> {
    const made: FileReading[] = []
    for (const bare of await readOne(source, file, kind, context)) {
      const reading = await completeReading(bare, context.site.url, digest)
      memory?.shelve?.(reading)
      made.push(reading)
    }
    return made
  }
}

function remembered(
  file: SourceFile,
  context: ParseContext,
  memory: ParseMemory | undefined,
): FileReading[] | null {
  const known = memory?.readings.get(file.path)
  if (
    !known?.entries ||
    file.stamp === null ||
    known.file.stamp !== file.stamp ||
    !dependenciesUnchanged(known, context)
  )
    return null
  const entries = known.entries.map(path => memory!.readings.get(path))
  return entries.every(entry => entry !== undefined) ? [known, ...entries] : null
}

async function readOne(
  source: Source,
  file: SourceFile,
  kind: ExportKind,
  context: ParseContext,
): Promise<BareReading[]> {
  const failed = (code: 'file-too-large' | 'file-unreadable', message: string): BareReading[] => [
    { file, article: null, diagnostics: [diagnose(code, file, message)], asked: [], entries: [], others: 0 },
  ]
  if (file.size > largestExport)
    return failed(
      'file-too-large',
      `The file has ${file.size} bytes; the limit for exports is ${largestExport}.`,
    )
  const bytes = await source.read(file.path).catch((error: unknown) => error)
  if (!(bytes instanceof Uint8Array)) return failed('file-unreadable', whyUnreadable(bytes))
  const { media, asked } = trackDependencies(context)
  const { articles, others, terms, diagnostics } = readExport(
    { path: file.path, bytes, kind },
    { ...context, media },
  )
  const entries = articles.map(
    ({ path, article, diagnostics }): BareReading => ({
      file: { ...file, path },
      article,
      diagnostics,
      asked: [],
    }),
  )
  const whole = {
    file,
    article: null,
    diagnostics,
    asked: [...asked],
    entries: articles.map(({ path }) => path),
    others,
    terms,
  }
  return [whole, ...entries]
}
