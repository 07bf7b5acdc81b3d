import { findElement } from '../../html/html-query.ts'
import { parseHtml } from '../../html/html-tree.ts'
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { readCsvTable } from '../../text/csv.ts'
import { translateForeignMarkup } from '../markup/foreign-markup.ts'
import {
  exported,
  exportedDate,
  exportedImage,
  exportedList,
  exportedText,
  withoutAbsent,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'

/**
 * Reads the table of posts that beehiiv gives (Settings → Export): a row for each post, its e-mail as HTML among its fields.
 * @throws Error where the text is not such a table
 */
export function readBeehiivExport(text: string, path: string, context: ParseContext): ExportContent {
  const rows = readCsvTable(text).filter(row => (row.content_html ?? '').trim() !== '')
  if (rows.length === 0) throw new Error('This beehiiv export has no posts.')
  return { entries: rows.map(row => entryOf(row, path, context)), others: 0 }
}

function entryOf(row: Record<string, string>, path: string, { site }: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const field = (name: string) => row[name]?.trim() || null
  const url = field('url')
  const slug = /\/p\/([^/?#]+)/.exec(url ?? '')?.[1] ?? null
  const key = slug ?? field('id') ?? 'post'
  const title = field('web_title') ?? field('title')
  const date = (name: string) => exportedDate(field(name), 'Z', `${path}#${key}`, site, diagnostics)
  const reading: Reading = withoutAbsent({
    title: exportedText(title),
    standfirst: exportedText(field('web_subtitle')),
    published: date('publish_date') ?? date('displayed_date') ?? date('created_at'),
    guid: exportedText(field('id')),
    tags: exportedList((field('content_tags') ?? '').split(/[;,]/).flatMap(tag => tag.trim() || [])),
    permalink: exportedText(url),
    slug: exportedText(slug),
    image: exportedImage(thumbnailOf(field('thumbnail_url')), null),
    status: exported(statusOf(field)),
    html: bodyOf(forAnybody(row.content_html ?? '', `${path}#${key}`, diagnostics), title),
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

/** `both` shows its later half to those who pay: withheld, as what only they are sent. What nobody knows is for some alone. */
function statusOf(field: (name: string) => string | null): 'published' | 'draft' | 'unlisted' | 'paid' {
  const status = field('status')
  if (status !== null && !/^(?:confirmed|published)$/i.test(status)) return 'draft'
  if (/^email$/i.test(field('platform') ?? '') || isYes(field('hidden_from_feed'))) return 'unlisted'
  const audiences = ['audience', 'web_audiences', 'web_audience'].flatMap(name => field(name) ?? [])
  const isForAll = audiences.every(audience =>
    /^(?:free|public|everyone|all|(?:all )?(?:free )?subscribers)$/i.test(audience),
  )
  return isForAll && !isYes(field('enforce_gated_content')) ? 'published' : 'paid'
}

const isYes = (value: string | null) => /^(?:true|yes|1)$/i.test(value ?? '')

const thumbnailOf = (path: string | null): string | null =>
  path !== null && /^\/?uploads\//.test(path)
    ? `https://media.beehiiv.com/cdn-cgi/image/quality=100/${path.replace(/^\//, '')}`
    : path

/** Of what the mail asks about who reads it (`{% if … %}`) no branch stays. */
function forAnybody(html: string, path: string, diagnostics: Diagnostic[]): string {
  const { text, tags } = translateForeignMarkup(html, 'html', { family: null, values: {}, includes: {} }, {})
  for (const { name, line } of tags.filter(({ lost, fate }) => lost && fate === 'left out'))
    diagnostics.push(
      diagnose(
        'markup-unresolved',
        { path, line },
        `What "${name}" shows depends on who reads it: it was left out.`,
      ),
    )
  return text
}

/** The middle of the mail, its layout of tables taken apart, without the heading that repeats the title. */
function bodyOf(html: string, title: string | null): string {
  const { root } = parseHtml(html)
  const blocks = findElement(root, element => element.attributes.get('id') === 'content-blocks')
  const inner = blocks ? html.slice(blocks.contentStart, blocks.contentEnd) : html
  const isLayout = !/<th[\s>]/i.test(inner)
  const body = isLayout
    ? inner
        .replace(/<\/?(?:table|tbody|thead|tfoot|tr)\b[^<>]*>/gi, '')
        .replace(/<(\/?)td\b[^<>]*>/gi, '<$1div>')
    : inner
  return title === null ? body : withoutHeading(body, title)
}

function withoutHeading(html: string, title: string): string {
  const heading = /<h1\b[^>]*>([\s\S]*?)<\/h1>/i.exec(html)
  const words = heading?.[1]
    ?.replace(/<[^<>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return heading && words === title ? html.replace(heading[0], '') : html
}
