import type { Reading } from '../../model/reading.ts'

/** One file that holds many articles: what another system gives when asked for everything. */
export type ExportKind = 'ghost' | 'wordpress'

/** So many bytes at the file's beginning tell its kind. */
export const exportHead = 4_096

/** Whether a path can be an export's. */
export const mayBeExport = (path: string): boolean => /\.(?:json|xml)$/i.test(path)

/** Tells an export from its first bytes; null where it is none. */
export function exportKindOf(path: string, head: Uint8Array): ExportKind | null {
  const text = new TextDecoder().decode(head.subarray(0, exportHead))
  if (/\.json$/i.test(path)) return /^\s*\{/.test(text) && /"exported_on"\s*:/.test(text) ? 'ghost' : null
  return /<rss\b[^>]*\sxmlns:wp=["']http:\/\/wordpress\.org\/export\//.test(text) ? 'wordpress' : null
}

/** One article of an export before its defaults are settled. */
export interface ExportEntry {
  /** What tells it from the others in the file, for people: its slug, else its id. */
  key: string
  reading: Reading
}

export interface ExportContent {
  entries: ExportEntry[]
  /** Pages, attachments, menus: entries that are not articles. */
  others: number
}
