import type { ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import type { ExportKind } from '../systems/exports/export-kind.ts'
import { readGhostExport } from '../systems/exports/ghost.ts'
import { readWordPressExport } from '../systems/exports/wordpress.ts'
import { assembleArticle } from './assemble.ts'
import { decodeText } from './decode.ts'

/** What became of the file: every entry is in one of these. */
export interface ExportResult {
  /** By path: the file's, `#` and the entry's key. */
  articles: { path: string; article: ParsedArticle | null; diagnostics: Diagnostic[] }[]
  others: number
  /** What is wrong with the file as a whole; an error where it could not be read. */
  diagnostics: Diagnostic[]
}

/** Reads every article of one export file. Never throws: a file that is none, or an entry that fails, is told. */
export function readExport(
  file: { path: string; bytes: Uint8Array; kind: ExportKind },
  context: ParseContext,
): ExportResult {
  const { path, bytes, kind } = file
  const { text, diagnostics } = decodeText(bytes, path)
  if (text === null) return { articles: [], others: 0, diagnostics }
  try {
    const read = kind === 'ghost' ? readGhostExport : readWordPressExport
    const { entries, others } = read(text, path, context)
    const keys = uniqueKeys(entries.map(({ key }) => key))
    const articles = entries.map(({ reading }, index) =>
      assembleEntry(reading, `${path}#${keys[index]}`, context),
    )
    return { articles, others, diagnostics }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      articles: [],
      others: 0,
      diagnostics: [...diagnostics, diagnose('export-invalid', { path }, reason)],
    }
  }
}

function assembleEntry(
  reading: Reading,
  path: string,
  context: ParseContext,
): ExportResult['articles'][number] {
  try {
    return { path, ...assembleArticle(reading, { path, format: 'export', text: '' }, context) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const diagnostics = [diagnose('file-unparsable', { path }, `Reading the entry failed: ${reason}`)]
    return { path, article: null, diagnostics }
  }
}

/** Drafts may share a slug, or have none. */
function uniqueKeys(keys: string[]): string[] {
  const taken = new Set<string>()
  return keys.map(key => {
    let unique = key
    for (let number = 2; taken.has(unique); number++) unique = `${key}-${number}`
    taken.add(unique)
    return unique
  })
}
