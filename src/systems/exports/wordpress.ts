import type { Author, Enclosure } from '../../model/article.ts'
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { decodePath } from '../../text/urls.ts'
import {
  exported,
  exportedAuthors,
  exportedDate,
  exportedEnclosure,
  exportedImage,
  exportedList,
  exportedText,
  withoutAbsent,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'
import { captionsAsFigures, classicParagraphs, shortcodesIn } from './wordpress-text.ts'
import { childrenOf, childText, readXmlItems, type XmlRecord } from './xml-items.ts'

/** What posts of one export share. */
interface Shared {
  /** By login. */
  authors: Map<string, Author>
  /** Addresses of attachments by post id. */
  attachments: Map<string, { url: string; alt: string | null }>
  path: string
  context: ParseContext
}

/**
 * Reads a WordPress export (Tools → Export), "WXR": an RSS document with everything a site holds in its items.
 * @throws Error where the text is not such a thing
 */
export function readWordPressExport(text: string, path: string, context: ParseContext): ExportContent {
  const records = readXmlItems(text, new Set(['item', 'wp:author']))
  const items = records.filter(({ name }) => name === 'item')
  if (items.length === 0) throw new Error('This WordPress export has no items.')
  const shared: Shared = {
    authors: new Map(records.filter(({ name }) => name === 'wp:author').flatMap(authorEntry)),
    attachments: new Map(items.flatMap(attachmentEntry)),
    path,
    context,
  }
  const posts = items.filter(item => (childText(item, 'wp:post_type')?.trim() ?? 'post') === 'post')
  return { entries: posts.map(post => entryOf(post, shared)), others: items.length - posts.length }
}

function authorEntry(record: XmlRecord): [string, Author][] {
  const login = childText(record, 'wp:author_login')?.trim()
  const name = childText(record, 'wp:author_display_name')?.trim() || login
  return login && name ? [[login, { name, url: null, email: null, role: null }]] : []
}

function attachmentEntry(item: XmlRecord): [string, { url: string; alt: string | null }][] {
  const id = childText(item, 'wp:post_id')?.trim()
  const url = childText(item, 'wp:attachment_url')?.trim()
  return id && url ? [[id, { url, alt: metaOf(item, '_wp_attachment_image_alt')[0] ?? null }]] : []
}

function entryOf(post: XmlRecord, shared: Shared): ExportEntry {
  const { context, path } = shared
  const diagnostics: Diagnostic[] = []
  const slug = childText(post, 'wp:post_name')?.trim() ?? null
  const id = childText(post, 'wp:post_id')?.trim() ?? null
  const key = (slug && decodePath(slug)) ?? id ?? 'post'
  const place = { path: `${path}#${key}` }
  const date = (field: 'post_date' | 'post_modified') => dateOf(post, field, place.path, context, diagnostics)
  const link = childText(post, 'link')?.trim() ?? null
  const thumbnail = shared.attachments.get(metaOf(post, '_thumbnail_id')[0] ?? '')
  const enclosures = metaOf(post, 'enclosure').flatMap(enclosureOf)
  const content = childText(post, 'content:encoded') ?? ''
  for (const code of shortcodesIn(content).slice(0, 20))
    diagnostics.push(
      diagnose('markup-foreign', place, `"${code}" is another system's: it stays in the text as it is.`),
    )
  const reading: Reading = withoutAbsent({
    title: exportedText(childText(post, 'title')),
    summary: exportedText(childText(post, 'excerpt:encoded')?.replace(/<[^<>]*>/g, '')),
    authors: exportedAuthors(authorsOf(post, shared)),
    published: date('post_date') ?? pubDateOf(post, place.path, context, diagnostics),
    updated: date('post_modified'),
    guid: exportedText(childText(post, 'guid')),
    section: exportedText(terms(post, 'category')[0]),
    tags: exportedList([...new Set([...terms(post, 'post_tag'), ...terms(post, 'category').slice(1)])]),
    // A draft's link is `?p=12`, which is not an address to be read at.
    permalink: link && !/[?&](?:p|page_id)=\d/.test(link) ? exported(link) : undefined,
    slug: exportedText(slug && decodePath(slug)),
    image: exportedImage(thumbnail?.url ?? null, thumbnail?.alt ?? null),
    enclosures: enclosures.length > 0 ? exported(enclosures) : undefined,
    status: exported(statusOf(post)),
    html: classicParagraphs(captionsAsFigures(content)),
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

/** `future` posts wait for their date; `auto-draft`, `pending` and `trash` are not published either. */
function statusOf(post: XmlRecord): 'published' | 'draft' | 'unlisted' | 'password' {
  const status = childText(post, 'wp:status')?.trim() ?? 'publish'
  if (status === 'private') return 'unlisted'
  if (status !== 'publish' && status !== 'future') return 'draft'
  return childText(post, 'wp:post_password') === null ? 'published' : 'password'
}

/** WordPress keeps the wall clock and UTC; what lies between them is the offset. Drafts have zeroes. */
function dateOf(
  post: XmlRecord,
  field: 'post_date' | 'post_modified',
  path: string,
  { site }: ParseContext,
  diagnostics: Diagnostic[],
) {
  const known = (name: string) => {
    const text = childText(post, name)?.trim() ?? null
    return text?.startsWith('0000') ? null : text
  }
  const [local, gmt] = [known(`wp:${field}`), known(`wp:${field}_gmt`)]
  const offset = local && gmt ? offsetBetween(local, gmt) : null
  if (local && offset) return exportedDate(local, offset, path, site, diagnostics)
  return gmt
    ? exportedDate(gmt, 'Z', path, site, diagnostics)
    : exportedDate(local, null, path, site, diagnostics)
}

function pubDateOf(post: XmlRecord, path: string, { site }: ParseContext, diagnostics: Diagnostic[]) {
  const text = childText(post, 'pubDate')?.trim() ?? null
  // A draft's is the year −1 or 1970.
  return text === null || /-0001|1 Jan 1970 00:00:00/.test(text)
    ? undefined
    : exportedDate(text, null, path, site, diagnostics)
}

/** `+02:00` where two clocks are so far apart; null where that is not a zone's offset. */
function offsetBetween(local: string, gmt: string): string | null {
  const minutes =
    (Date.parse(`${local.replace(' ', 'T')}Z`) - Date.parse(`${gmt.replace(' ', 'T')}Z`)) / 60_000
  if (!Number.isInteger(minutes / 15) || Math.abs(minutes) > 14 * 60) return null
  if (minutes === 0) return 'Z'
  const pad = (number: number) => String(number).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

/** Co-Authors Plus writes further authors as terms. */
function authorsOf(post: XmlRecord, { authors }: Shared): Author[] {
  const further = terms(post, 'author')
  const names = further.length > 0 ? further : childrenOf(post, 'dc:creator').map(({ text }) => text.trim())
  return names.filter(Boolean).map(name => authors.get(name) ?? { name, url: null, email: null, role: null })
}

function terms(post: XmlRecord, domain: string): string[] {
  return childrenOf(post, 'category').flatMap(({ attributes, text }) => {
    const own = attributes.domain === domain && text.trim() !== ''
    // What every post is in that nobody put anywhere else.
    return own && attributes.nicename !== 'uncategorized' ? [text.trim()] : []
  })
}

function metaOf(item: XmlRecord, key: string): string[] {
  return childrenOf(item, 'wp:postmeta')
    .filter(meta => childText(meta, 'wp:meta_key')?.trim() === key)
    .flatMap(meta => childText(meta, 'wp:meta_value')?.trim() ?? [])
}

/** Address, length and type on lines of their own. */
function enclosureOf(value: string): Enclosure[] {
  const [url = '', length = '', type = ''] = value.split('\n').map(line => line.trim())
  return /^https?:\/\//i.test(url)
    ? [exportedEnclosure(url, type || null, Number.parseInt(length, 10) || null)]
    : []
}
