import type { FormerTerm } from '../../model/preset.ts'
import type { Reading } from '../../model/reading.ts'
import { extensionOf } from '../../text/urls.ts'

/** One file that holds many articles: what another system gives when asked for everything, or a feed. */
export type ExportKind = 'ghost' | 'wordpress' | 'blogger' | 'movable-type' | 'beehiiv' | 'feed'

/** So many bytes at the file's beginning tell its kind. */
export const exportHead = 4_096

/** Whether a path can be an export's. Plain text can, in Movable Type's form, and is articles else. */
export const mayBeExport = (path: string): boolean => /\.(?:json|xml|atom|rss|csv)$/i.test(path)

/** Whether a text file may be an export by its name alone: `export.txt`, `backup-2024.txt`, `blog.export.txt`. */
export const soundsLikeExport = (path: string): boolean =>
  /(?:^|[/._-])(?:export|backup|import|movable-?type|typepad|mt)[^/]*\.(?:txt|text)$/i.test(path)

const wordpress =
  /<(?:rss|channel)\b[^>]*\sxmlns(?::[\w.-]+)?\s*=\s*["']https?:\/\/wordpress\.org\/export\/[^"'/]*\/?["']/
const blogger =
  /<feed\b[^>]*\sxmlns:[\w.-]+\s*=\s*["']http:\/\/schemas\.google\.com\/blogger\/|<id>tag:blogger\.com,1999:blog-\d+\.archive<\/id>/
const feed = /^\uFEFF?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]/
const jsonFeed = /^\uFEFF?\s*\{[\s\S]*"version"\s*:\s*"https:\/\/jsonfeed\.org\/version\//
/** https://movabletype.org/documentation/appendices/import-export-format.html */
const movableType =
  /^\uFEFF?\s*(?:AUTHOR|TITLE): .*\n(?:(?:[A-Z][A-Z ]*:.*)?\r?\n)*?-----\r?\n(?:EXTENDED )?BODY:/

/** Tells an export from its first bytes; null where it is none. */
export function exportKindOf(path: string, head: Uint8Array): ExportKind | null {
  const text = new TextDecoder().decode(head.subarray(0, exportHead))
  const extension = extensionOf(path)
  if (extension === 'json') {
    if (/^\uFEFF?\s*\{/.test(text) && /"exported_on"\s*:/.test(text)) return 'ghost'
    return jsonFeed.test(text) ? 'feed' : null
  }
  if (extension === 'csv')
    return /^\uFEFF?[^\r\n]*\bweb_title\b[^\r\n]*\bcontent_html\b/.test(text) ? 'beehiiv' : null
  if (extension === 'txt' || extension === 'text') return movableType.test(text) ? 'movable-type' : null
  if (wordpress.test(text)) return 'wordpress'
  if (blogger.test(text)) return 'blogger'
  return feed.test(text) ? 'feed' : null
}

const titleKey = /"(?:title|headline|subject|post_title|web_title)"\s*:\s*(?:"|\{\s*"rendered")/i
const bodyKey =
  /"(?:content|body|html|text|markdown|article_?body|content_?html|content_?text|post_content|plaintext|excerpt)"\s*:\s*(?:"|\{\s*"rendered")/i
const titleColumn = /(?:^|[,;\t])"?(?:post_|web_)?(?:title|headline|subject)"?(?=[,;\t\r\n])/i
const bodyColumn = /(?:^|[,;\t])"?(?:post_)?(?:content|body|html|text|markdown|content_html)"?(?=[,;\t\r\n])/i
const bodyElement = /<(?:content|body|article_?body|text|post_content)[\s>]/i

/** In what form articles stand in a file that is no export of any system known here; null where it is nothing of that kind. */
export function unknownExportForm(path: string, head: Uint8Array): 'JSON' | 'CSV' | 'XML' | null {
  const text = new TextDecoder().decode(head.subarray(0, exportHead))
  const extension = extensionOf(path)
  if (extension === 'json') return titleKey.test(text) && bodyKey.test(text) ? 'JSON' : null
  if (extension === 'csv') {
    const [columns = ''] = text.replace(/^\uFEFF/, '').split(/(?<=\n)/)
    return titleColumn.test(columns) && bodyColumn.test(columns) ? 'CSV' : null
  }
  return extension === 'xml' && /<title[\s>]/i.test(text) && bodyElement.test(text) ? 'XML' : null
}

/** One article of an export before its defaults are settled. */
export interface ExportEntry {
  /** What tells it from the others in the file, for people: its slug, else its id. */
  key: string
  reading: Reading
  /** The body is Markdown. */
  markdown?: string
}

export interface ExportContent {
  entries: ExportEntry[]
  /** Pages, attachments, menus: entries that are not articles. */
  others: number
  /** By what names the old system's addresses called its categories, tags and authors. @default nothing is known */
  terms?: FormerTerm[]
}
