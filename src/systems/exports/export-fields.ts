import { textContent } from '../../html/html-query.ts'
import { parseHtml } from '../../html/html-tree.ts'
import { withoutKeptBackBlocks } from '../../html/kept-back-blocks.ts'
import type { ArticleDate, Author, Enclosure, Field, LeadImage } from '../../model/article.ts'
import { settleDate } from '../../model/article-date.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import { mediaTypeAt } from '../../model/formats.ts'
import type { Site } from '../../model/site.ts'
import { readWrittenDate } from '../../model/written-date.ts'

/** A value that stands in an export, where nothing has a line worth showing. */
export const exported = <T>(value: T): Field<T> => ({ value, from: 'export', confidence: 1, line: null })

/** A text of an export; undefined where it is blank, so that the field is absent. */
export const exportedText = (value: unknown): Field<string> | undefined =>
  typeof value === 'string' && value.trim() !== '' ? exported(value.trim()) : undefined

/** The words of a text that its system shows as HTML: tags left out, references decoded. */
export const plainWords = (html: string | null): string | null =>
  html === null ? null : textContent(parseHtml(withoutKeptBackBlocks(html).text).root) || null

/** The same as a field. */
export const exportedWords = (html: string | null): Field<string> | undefined =>
  html === null ? undefined : exportedText(/[&<]/.test(html) ? plainWords(html) : html)

/** Where a writer parted what is shown first from the rest: WordPress's and Blogger's marks. */
const moreMark = /<!--\s*more\b[^>]*-->|<a\s+name=["']more["']\s*>\s*<\/a>/i

/** What stands above a writer's mark, as words; undefined where there is no mark. */
export function wordsAboveMark(html: string): Field<string> | undefined {
  const mark = html.search(moreMark)
  return mark === -1 ? undefined : exportedText(plainWords(html.slice(0, mark)))
}

export const exportedList = (values: string[]): Field<string[]> | undefined =>
  values.length > 0 ? exported(values) : undefined

export const exportedAuthors = (authors: Author[]): Field<Author[]> | undefined =>
  authors.length > 0 ? exported(authors) : undefined

/**
 * A date of an export.
 * @param zone what the system means where the text names none
 */
export function exportedDate(
  raw: string | null,
  zone: string | null,
  path: string,
  site: Pick<Site, 'timezone'>,
  diagnostics: Diagnostic[],
): Field<ArticleDate> | undefined {
  const written = raw === null ? null : readWrittenDate(raw)
  if (!written) return undefined
  const settled = settleDate(
    { ...written, zone: written.zone ?? zone },
    site,
    { given: 'front-matter' },
    { path },
  )
  diagnostics.push(...settled.diagnostics)
  return settled.date ? exported(settled.date) : undefined
}

export function exportedImage(url: string | null, alt: string | null): Field<LeadImage> | undefined {
  if (!url) return undefined
  const type = mediaTypeAt(url)
  return exported({ url, alt: alt ?? '', type, length: null, width: null, height: null })
}

export function exportedEnclosure(url: string, type: string | null, length: number | null): Enclosure {
  const known = type || mediaTypeAt(url) || 'application/octet-stream'
  return {
    url,
    type: known,
    length: length !== null && length > 0 ? length : null,
    title: null,
    duration: null,
  }
}

/** Absent fields are left out, as every reading has it. */
export function withoutAbsent<T extends object>(reading: T): T {
  return Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)) as T
}

/** A newsletter's subject may ask who reads it (`{% if subscriber.… %}`): of what depends on that nothing stays. */
export function wordsForAll(subject: string): string {
  const [start, end] = [subject.indexOf('{%'), subject.lastIndexOf('%}')]
  const plain = start !== -1 && start < end ? subject.slice(0, start) + subject.slice(end + 2) : subject
  return plain.replace(/\{[{#][^{}]*[}#]\}/g, '').trim()
}
