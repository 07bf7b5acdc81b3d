import type { ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { FormerTerm } from '../model/preset.ts'
import type { ParseContext } from '../model/reading.ts'
import type { ExportEntry, ExportKind } from '../systems/exports/export-kind.ts'
import { exportReaders } from '../systems/exports/export-readers.ts'
import { countMarks, mostMarks } from '../text/markup-marks.ts'
import { assembleArticle } from './assemble.ts'
import { decodeText } from './decode.ts'
import { renderMarkdown } from './markdown.ts'
import { tooComplex } from './parse-file.ts'

/** What became of the file: every entry is in one of these. */
export interface ExportResult {
  /** By path: the file's, `#` and the entry's key. */
  articles: { path: string; article: ParsedArticle | null; diagnostics: Diagnostic[] }[]
  others: number
  /** What the old system's addresses call its categories, tags and authors. */
  terms: FormerTerm[]
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
  if (text === null) return { articles: [], others: 0, terms: [], diagnostics }
  try {
    const { entries, others, terms = [] } = exportReaders[kind](text, path, context)
    const keys = uniqueKeys(entries.map(({ key }) => key))
    const articles = entries.map((entry, index) => assembleEntry(entry, `${path}#${keys[index]}`, context))
    return { articles, others, terms, diagnostics }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      articles: [],
      others: 0,
      terms: [],
      diagnostics: [...diagnostics, diagnose('export-invalid', { path }, reason)],
    }
  }
}

function assembleEntry(
  { reading, markdown }: ExportEntry,
  path: string,
  context: ParseContext,
): ExportResult['articles'][number] {
  const marks = countMarks(markdown ?? reading.html)
  if (marks > mostMarks) return { path, article: null, diagnostics: [tooComplex(path, marks)] }
  try {
    const html =
      markdown === undefined ? reading.html : renderMarkdown(markdown, reading.title?.value ?? null).html
    return { path, ...assembleArticle({ ...reading, html }, { path, format: 'export', text: '' }, context) }
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
