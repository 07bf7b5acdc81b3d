import type { Diagnostic } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import {
  exported,
  exportedAuthors,
  exportedDate,
  exportedImage,
  exportedList,
  exportedText,
  exportedWords,
  withoutAbsent,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'
import { classicParagraphs } from './wordpress-text.ts'

/** One entry as it is written: lines of metadata, then sections. Metadata that may come again are lists. */
interface MovableTypeEntry {
  meta: Map<string, string[]>
  sections: Map<string, string>
}

/**
 * Reads the text export of Movable Type, which TypePad, Hatena Blog, livedoor and others give too: entries parted by
 * `--------`, their sections by `-----`. https://movabletype.org/documentation/appendices/import-export-format.html
 * @throws Error where the text has no entries
 */
export function readMovableTypeExport(text: string, path: string, context: ParseContext): ExportContent {
  const entries = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/^--------[ \t]*$/m)
    .filter(entry => entry.trim() !== '')
    .map(readEntry)
    .filter(({ meta, sections }) => meta.size > 0 && sections.has('BODY'))
  if (entries.length === 0) throw new Error('This Movable Type export has no entries.')
  return { entries: entries.map(entry => entryOf(entry, path, context)), others: 0 }
}

/** What a section is begins its first line: `BODY:`. The first part has none: it is the metadata. */
function readEntry(text: string): MovableTypeEntry {
  const [head = '', ...rest] = text.split(/^-----[ \t]*$/m)
  const meta = new Map<string, string[]>()
  for (const line of head.split('\n')) {
    // Movable Type splits them where it finds a colon, with or without space around it.
    const [, written, value] = /^\s*([A-Z][A-Z \t]*):(.*)$/i.exec(line) ?? []
    const key = written?.trim().toUpperCase()
    if (key === undefined || !value?.trim()) continue
    meta.set(key, [...(meta.get(key) ?? []), value.trim()])
  }
  const sections = new Map<string, string>()
  for (const part of rest) {
    const [, name, body = ''] = /^\s*([A-Z][A-Z ]*):[ \t]*\n?([\s\S]*)$/.exec(part) ?? []
    // Comments and trackbacks are other people's.
    if (name !== undefined && !sections.has(name)) sections.set(name, body.replace(/\n$/, ''))
  }
  return { meta, sections }
}

function entryOf({ meta, sections }: MovableTypeEntry, path: string, context: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const one = (key: string) => meta.get(key)?.[0] ?? null
  const basename = one('BASENAME')
  const url = one('UNIQUE URL')
  const date = isoDate(one('DATE') ?? '')
  const key = basename ?? date?.replace(/\D/g, '') ?? 'entry'
  const [body, extended] = [sections.get('BODY') ?? '', sections.get('EXTENDED BODY') ?? '']
  const whole = extended.trim() === '' ? body : `${body}\n\n${extended}`
  const format = one('CONVERT BREAKS') ?? '__default__'
  const isHtml = /^(?:0|richtext)$/.test(format)
  const categories = [...new Set([...(meta.get('PRIMARY CATEGORY') ?? []), ...(meta.get('CATEGORY') ?? [])])]
  const reading: Reading = withoutAbsent({
    title: exportedWords(one('TITLE')),
    summary: exportedWords(sections.get('EXCERPT')?.trim() || (extended.trim() === '' ? null : body)),
    authors: exportedAuthors((meta.get('AUTHOR') ?? []).slice(0, 1).map(personOf)),
    published: exportedDate(date, null, `${path}#${key}`, context.site, diagnostics),
    section: exportedText(categories[0]),
    tags: exportedList([...new Set([...tagsIn(one('TAGS') ?? ''), ...categories.slice(1)])]),
    permalink: exportedText(url),
    slug: exportedText(basename?.replace(/^.*\//, '')),
    image: exportedImage(one('IMAGE'), null),
    status: exported((one('PASSWORD') ?? one('PASS')) ? ('password' as const) : statusOf(meta)),
    html: isHtml ? whole : classicParagraphs(whole),
    dropped: [],
    diagnostics,
  })
  return /^markdown/.test(format) ? { key, reading, markdown: whole } : { key, reading }
}

/** `Publish` and `Future` are to be seen at their time; `Draft`, `Review`, `Spam`, `Unpublish` are not. */
function statusOf(meta: MovableTypeEntry['meta']): 'published' | 'draft' | 'unlisted' {
  const all = (key: string) => meta.get(key) ?? []
  if (all('STATUS').some(status => !/^(?:publish|future)$/i.test(status))) return 'draft'
  const isSecret = ['SECRET', 'PRIVATE'].flatMap(all).some(said => !/^(?:0|no|false)$/i.test(said))
  const isForSome = all('VISIBILITY').some(said => !/^(?:public|everyone|all)$/i.test(said))
  return isSecret || isForSome ? 'unlisted' : 'published'
}

const personOf = (name: string) => ({ name, url: null, email: null, role: null })

/** `01/31/2002 03:31:05 PM`, the half of the day being left out by some: the wall clock of the site. */
function isoDate(written: string): string | null {
  const [, month, day, year, hour, minute, second = '00', half] =
    /^(\d\d?)\/(\d\d?)\/(\d{4}) (\d\d?):(\d\d)(?::(\d\d))?(?: ([AP]M))?/i.exec(written) ?? []
  if (hour === undefined) return null
  const isHalf = half !== undefined
  const full = isHalf ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour)
  const pad = (part: string | number | undefined) => String(part).padStart(2, '0')
  return `${year}-${pad(month)}-${pad(day)}T${pad(full)}:${minute}:${second}`
}

/** `"Movable Type",foo,bar` */
const tagsIn = (written: string): string[] =>
  [...written.matchAll(/"([^"]*)"|([^,"]+)/g)]
    .map(([, quoted, plain]) => (quoted ?? plain ?? '').trim())
    .filter(Boolean)
