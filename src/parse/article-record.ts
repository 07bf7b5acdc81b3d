import type { ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import { escapeHtmlText } from '../text/escape.ts'
import { nearestName } from '../text/nearest-name.ts'
import { slugOf } from '../text/slugs.ts'
import { assembleArticle } from './assemble.ts'
import { readFrontMatterFields } from './front-matter-fields.ts'
import { foldKey, frontMatterKeys } from './front-matter-keys.ts'
import { renderMarkdown } from './markdown.ts'

/**
 * An article as other people's programs have it: a row of a database, an object of an API. Every name that front matter knows for a field is
 * known here too (`created_at`, `description`, `category`, …); what is wrong or missing is a diagnostic and never an exception.
 *
 * @example
 * const article: ArticleRecord = {
 *   id: 17,
 *   title: 'The bridge is open',
 *   url: '/2026/bridge/',
 *   date: '2026-01-31T09:30:00Z',
 *   html: '<p>At last.</p>',
 * }
 */
export interface ArticleRecord {
  /** What it is known by for ever. A URI is kept character for character; of anything else (the number of a row) a `tag:` URI is made. Default: made of `url`, else of `slug`, else of the title. */
  id?: string | number | bigint | null
  title?: string | null
  /** Where it is read: a path on the publication, or an absolute address. Default: `/articles/{slug}/`. */
  url?: string | null
  slug?: string | null
  /** A text with or without time and offset, a `Date`, or epoch milliseconds. Without one the article is withheld. */
  date?: string | number | Date | null
  /** When the words were last changed. */
  updated?: string | number | Date | null
  /** From when on it is not to be seen. */
  expires?: string | number | Date | null
  /** The body; one of these three. HTML is sanitised. */
  html?: string | null
  markdown?: string | null
  /** Plain text, blank lines between paragraphs. */
  text?: string | null
  summary?: string | null
  author?: string | { name: string; url?: string | null; email?: string | null } | null
  authors?: readonly (string | { name: string; url?: string | null; email?: string | null })[] | null
  tags?: readonly string[] | string | null
  section?: string | null
  /** BCP 47. */
  language?: string | null
  /** An address, absolute or from the article's own. */
  image?: string | { src: string; alt?: string | null } | null
  /** Sound and other files that go with it. */
  enclosures?: readonly { url: string; type?: string; length?: number; title?: string }[] | null
  /** Whether it is withheld. */
  draft?: boolean | number | null
}

export interface RecordReading {
  /** Where an article of this key stands, in place of a path in a folder. */
  path: string
  article: ParsedArticle | null
  diagnostics: Diagnostic[]
}

/** Whether somebody's article has been parsed already, by `parseFile`. */
export function isParsedArticle(given: unknown): given is ParsedArticle {
  const { path, format, fields, dropped } = (given ?? {}) as Partial<ParsedArticle>
  return (
    typeof path === 'string' &&
    typeof format === 'string' &&
    typeof fields === 'object' &&
    Array.isArray(dropped)
  )
}

/**
 * Reads one record as a file of its own. Never throws.
 * @param place its place in the list, from 0: for what can be said of it by nothing else
 */
export function readArticleRecord(given: unknown, place: number, context: ParseContext): RecordReading {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const path = `articles[${place}]`
    const found = given === null ? 'null' : Array.isArray(given) ? 'a list' : typeof given
    const message = `The article should be an object like { title, url, date, html }; found ${found}.`
    return { path, article: null, diagnostics: [diagnose('article-invalid', { path }, message)] }
  }
  const { html, markdown, text, ...rest } = given as Record<string, unknown>
  const { values, problems } = settledValues(rest)
  const { path, isLasting } = recordPath(values, place)
  const fields = readFrontMatterFields({ kind: 'json', values, lines: {}, diagnostics: [] }, path, context)
  const body = bodyOf({ html, markdown, text }, fields.title?.value ?? null, path)
  const diagnostics = [
    ...problems.map(message => diagnose('date-invalid', { path }, message)),
    ...misspelt(fields.extra ?? {}, path),
    ...body.diagnostics,
    ...fields.diagnostics,
  ]
  if (!isLasting)
    diagnostics.push(
      diagnose(
        'id-from-title',
        { path },
        'The article has no id and no address of its own: its id is made of its title, and another title would make another article of it.',
      ),
    )
  const reading: Reading = { ...fields, html: body.html, dropped: [], diagnostics }
  // What is no URI is nobody's but this publication's: the path carries it, and a `tag:` URI is made of that.
  if (!isUri(fields.guid?.value)) delete reading.guid
  const title = fields.title ?? body.title
  if (title) reading.title = title
  return { path, ...assembleArticle(reading, { path, format: 'export', text: '' }, context) }
}

const isUri = (id: string | undefined) => id !== undefined && /^[a-z][a-z\d+.-]*:\S+$/i.test(id)

/** Values as JSON has them. */
function settledValues(record: Record<string, unknown>) {
  const problems: string[] = []
  const settled = (key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value)
    if (value instanceof Date)
      return Number.isNaN(value.getTime())
        ? void problems.push(`"${key}" is a Date without an instant (Invalid Date).`)
        : value.toISOString()
    if (typeof value === 'number' && isDateKey(key)) return instantText(key, value, problems)
    // SQLite has no booleans.
    if (value === 0 && foldKey(key) === 'draft') return false
    return value === 1 && foldKey(key) === 'draft' ? true : value
  }
  const values = Object.fromEntries(Object.entries(record).map(([key, value]) => [key, settled(key, value)]))
  return { values, problems }
}

const dateKeys = new Set(
  [...frontMatterKeys.published, ...frontMatterKeys.updated, ...frontMatterKeys.expires].map(foldKey),
)
const isDateKey = (key: string) => dateKeys.has(foldKey(key))

/** Epoch milliseconds of 1973 and later. A smaller number counts seconds, as likely as not: nobody can know. */
const smallestInstant = 100_000_000_000

function instantText(key: string, value: number, problems: string[]): string | undefined {
  const date = new Date(value)
  if (Math.abs(value) >= smallestInstant && !Number.isNaN(date.getTime())) return date.toISOString()
  problems.push(
    `"${key}: ${value}" should be a text, a Date or epoch milliseconds; if these are seconds, write them times 1000.`,
  )
  return undefined
}

/** What stands for a file's path: what never changes, the id first. */
function recordPath(values: Record<string, unknown>, place: number): { path: string; isLasting: boolean } {
  const text = (field: 'guid' | 'permalink' | 'slug' | 'title') => {
    const names = new Set(frontMatterKeys[field].map(foldKey))
    const found = Object.entries(values).find(
      ([key, value]) => names.has(foldKey(key)) && /^(?:string|number)$/.test(typeof value) && value !== '',
    )
    return found ? String(found[1]).trim() : null
  }
  const lasting = text('guid') ?? pathOf(text('permalink')) ?? text('slug')
  if (lasting) return { path: lasting.replaceAll('#', '%23'), isLasting: true }
  const title = text('title')
  return { path: title ? slugOf(title) : `articles[${place}]`, isLasting: title === null }
}

/** An address's path without the slashes at its ends. */
function pathOf(url: string | null): string | null {
  if (url === null) return null
  const path = URL.parse(url, 'https://any.invalid/')?.pathname.replaceAll(/^\/+|\/+$/g, '')
  return path || null
}

function bodyOf(
  { html, markdown, text }: Record<'html' | 'markdown' | 'text', unknown>,
  title: string | null,
  path: string,
): Pick<Reading, 'html' | 'title' | 'externalUrl' | 'diagnostics'> {
  const diagnostics: Diagnostic[] = []
  for (const [key, value] of Object.entries({ html, markdown, text })) {
    if (value === undefined || value === null || typeof value === 'string') continue
    const shown = JSON.stringify(value)?.slice(0, 60)
    diagnostics.push(
      diagnose('front-matter-type', { path }, `"${key}" should be a text; found ${shown ?? typeof value}.`),
    )
  }
  if (typeof html === 'string' && html.trim() !== '') return { html, diagnostics }
  if (typeof markdown === 'string' && markdown.trim() !== '') {
    const rendered = renderMarkdown(markdown.replaceAll('\r\n', '\n'), title)
    const { html, title: heading, link } = rendered
    return {
      html,
      ...(heading && { title: heading }),
      ...(link && { externalUrl: link }),
      diagnostics,
    }
  }
  const paragraphs = (typeof text === 'string' ? text : '').split(/(?:\r?\n){2,}/)
  const written = paragraphs.filter(paragraph => paragraph.trim() !== '')
  return { html: written.map(paragraph => `<p>${escapeHtmlText(paragraph)}</p>`).join('\n'), diagnostics }
}

const bodyKeys = ['html', 'markdown', 'text']
const knownKeys = [
  'title',
  'url',
  'date',
  'updated',
  'summary',
  'author',
  'authors',
  'tags',
  'section',
  'language',
  'image',
  'enclosures',
  'draft',
  'slug',
  ...bodyKeys,
]

/** Columns of one's own are nobody's business; one that is nearly a field's name was meant to be one. */
function misspelt(extra: Record<string, unknown>, path: string): Diagnostic[] {
  return Object.keys(extra).flatMap(key => {
    const meant = nearestName(key, knownKeys)
    if (!meant) return []
    return diagnose('field-unknown', { path }, `There is no field "${key}". Did you mean "${meant}"?`)
  })
}
