import { diagnose } from '../model/diagnostic.ts'
import type { ParseContext } from '../model/reading.ts'
import type { Site } from '../model/site.ts'
import { isGone, type Source, type SourceFile, whyUnreadable } from '../model/source.ts'
import { readExport as parseExport } from '../parse/read-export.ts'
import {
  type ExportKind,
  exportHead,
  exportKindOf,
  soundsLikeExport,
  unknownExportForm,
} from '../systems/exports/export-kind.ts'
import type { Digest } from '../text/digests.ts'
import { type BareReading, completeReading, type FileReading, trackDependencies } from './file-reading.ts'
import type { PlacedFile } from './file-stage.ts'

/** A whole site may be in one file. */
const largestExport = 500_000_000

/** What a file's first bytes tell: an export, or one of a system that nobody knows. */
export type ExportSigns = { kind: ExportKind } | { form: NonNullable<ReturnType<typeof unknownExportForm>> }

/** Nearly all text files are articles: they are looked into only where their names or the folder's preset say that one may be none. */
export function mayHaveExportSigns({ file, place }: PlacedFile, { preset }: Pick<Site, 'preset'>): boolean {
  const isText = place === 'page-text' && (preset.name === 'movable-type' || soundsLikeExport(file.path))
  return (place === 'export' || isText) && file.size > 0
}

/** What kind of export a file is, told by its first bytes; null where it is none. */
export async function findExportSigns(
  source: Source,
  { file }: Pick<PlacedFile, 'file'>,
): Promise<ExportSigns | null> {
  const range = { start: 0, end: exportHead - 1 }
  const head = await source.read(file.path, { range }).catch(() => null)
  if (!head) return null
  const kind = exportKindOf(file.path, head)
  if (kind) return { kind }
  const form = unknownExportForm(file.path, head)
  return form && { form }
}

/**
 * Reads the articles of an export. First comes a reading of the file itself, which lists its entries, then one for each of
 * them, at the file's path, `#` and the entry's key.
 */
export async function readExportFile(
  source: Source,
  file: SourceFile,
  kind: ExportKind,
  context: ParseContext,
  digest: Digest,
): Promise<FileReading[]> {
  const readings: FileReading[] = []
  for (const bare of await readOne(source, file, kind, context))
    readings.push(await completeReading(bare, context.site.url, digest))
  return readings
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
  if (!(bytes instanceof Uint8Array)) {
    const unreadable = failed('file-unreadable', whyUnreadable(bytes))
    return isGone(bytes) ? unreadable : unreadable.map(reading => ({ ...reading, unavailable: true }))
  }
  const { media, asked } = trackDependencies(context)
  const { articles, others, terms, diagnostics } = parseExport(
    { path: file.path, bytes, kind },
    { ...context, media },
  )
  const entries = articles.map(
    ({ path, article, diagnostics }, place): BareReading => ({
      file: { ...file, path },
      article,
      diagnostics,
      asked: [],
      from: { file: file.path, place },
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
