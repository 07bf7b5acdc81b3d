import type { Author, Enclosure } from '../../model/article.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { escapeHtmlText } from '../../text/escape.ts'
import {
  exported,
  exportedAuthors,
  exportedDate,
  exportedEnclosure,
  exportedImage,
  exportedList,
  exportedText,
  exportedWords,
  withoutAbsent,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'
import { childrenOf, childText, hasDraft, readXmlItems, type XmlRecord } from './xml-items.ts'

/**
 * Reads a feed as a source of articles: RSS 2.0 or 1.0, Atom 1.0, JSON Feed. It holds what its readers were given: of most
 * sites the newest articles, and of some their first words alone.
 * @throws Error where the text is none of these, or empty
 */
export function readFeedSource(text: string, path: string, context: ParseContext): ExportContent {
  const make = /^\uFEFF?\s*\{/.test(text) ? jsonItems(text) : xmlItems(text)
  const entries = make.map(item => item(path, context))
  if (entries.length === 0) throw new Error('This feed has no items.')
  return { entries, others: 0 }
}

type Item = (path: string, context: ParseContext) => ExportEntry

/** What a feed for those who pay says, to keep itself out of directories. https://podcasting2.org/docs/podcast-namespace/tags/block */
const blocks = ['itunes:block', 'googleplay:block', 'podcast:block', 'access:restriction']

function xmlItems(text: string): Item[] {
  // Those that stand in an item are its own, and no records.
  const found = readXmlItems(text, new Set(['item', 'entry', ...blocks]))
  const isPrivate = found.some(isBlock)
  return found
    .filter(({ name }) => !blocks.includes(name))
    .map(record => (path, context) => {
      const { key, reading } =
        record.name === 'item' ? rssEntry(record, path, context) : atomEntry(record, text, path, context)
      const status = isPrivate ? 'unlisted' : statusOf(record)
      return { key, reading: status === null ? reading : { ...reading, status: exported(status) } }
    })
}

/** Of `podcast:block` one with an `id` is for that directory alone. */
const isBlock = ({ name, attributes, text }: XmlRecord): boolean =>
  blocks.includes(name) &&
  (name === 'access:restriction'
    ? attributes.relationship === 'deny'
    : attributes.id === undefined && /^\s*yes\s*$/i.test(text))

/** What a feed has for others than its readers; and an export of WordPress that has lost its head. */
function statusOf(record: XmlRecord): 'draft' | 'unlisted' | null {
  if (isDraft(record)) return 'draft'
  const type = childText(record, 'wp:post_type')?.trim() ?? 'post'
  return record.children.some(isBlock) || type !== 'post' ? 'unlisted' : null
}

function isDraft(record: XmlRecord): boolean {
  if (childrenOf(record, 'app:control').some(hasDraft)) return true
  const status = childText(record, 'wp:status')?.trim() ?? 'publish'
  return status !== 'publish' || childText(record, 'wp:post_password') !== null
}

const keyOf = (url: string | null, id: string | null) =>
  /([^/]+?)\/?(?:[?#].*)?$/.exec(url ?? '')?.[1] ?? id ?? 'item'

function rssEntry(item: XmlRecord, path: string, { site }: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const one = (...names: string[]) =>
    names.map(name => childText(item, name)?.trim()).find(text => text !== undefined) ?? null
  const guid = childrenOf(item, 'guid')[0]
  const isLink = guid !== undefined && guid.attributes.isPermaLink !== 'false'
  const url = one('link') ?? (isLink ? guid.text.trim() : null)
  const key = keyOf(url, guid?.text.trim() ?? null)
  const content = one('content:encoded')
  const description = one('description')
  const names = one('dc:creator') ?? one('author') ?? one('itunes:author')
  const reading: Reading = withoutAbsent({
    title: exportedWords(one('title')),
    summary: content === null ? undefined : exportedWords(description ?? one('itunes:summary')),
    authors: exportedAuthors(names === null ? [] : [authorNamed(names)]),
    published: exportedDate(one('pubDate', 'dc:date'), null, `${path}#${key}`, site, diagnostics),
    guid: exportedText(guid?.text),
    tags: exportedList([...new Set(childrenOf(item, 'category').flatMap(({ text }) => text.trim() || []))]),
    permalink: exportedText(url),
    image: exportedImage(childrenOf(item, 'itunes:image')[0]?.attributes.href ?? null, null),
    enclosures: enclosuresOf(childrenOf(item, 'enclosure').map(({ attributes }) => attributes)),
    html: content ?? description ?? '',
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

/** RSS wants `mail@host (Name)`; most feeds give a name. */
function authorNamed(written: string): Author {
  const [, email = null, name = written] = /^([^\s()]+@[^\s()]+)\s*\(([^()]+)\)$/.exec(written) ?? []
  return { name: name.trim(), url: null, email, role: null }
}

function enclosuresOf(attributes: Record<string, string>[]) {
  const found = attributes.flatMap(({ url, href, type, length }): Enclosure[] => {
    const address = url ?? href
    return address ? [exportedEnclosure(address, type || null, Number(length) || null)] : []
  })
  return found.length > 0 ? exported(found) : undefined
}

function atomEntry(entry: XmlRecord, text: string, path: string, { site }: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const id = childText(entry, 'id')?.trim() ?? null
  const links = (rel: string) =>
    childrenOf(entry, 'link').filter(({ attributes }) => (attributes.rel ?? 'alternate') === rel)
  const url = links('alternate')[0]?.attributes.href ?? null
  const key = keyOf(url, id)
  const date = (name: string) =>
    exportedDate(childText(entry, name)?.trim() ?? null, null, `${path}#${key}`, site, diagnostics)
  const [content] = childrenOf(entry, 'content')
  const [summary] = childrenOf(entry, 'summary')
  const [title] = childrenOf(entry, 'title')
  const body = content && htmlOf(content, text)
  const above = summary && htmlOf(summary, text)
  const reading: Reading = withoutAbsent({
    title: title && exportedWords(htmlOf(title, text)),
    summary: body && above ? exportedWords(above) : undefined,
    authors: exportedAuthors(childrenOf(entry, 'author').flatMap(atomAuthor)),
    published: date('published') ?? date('updated'),
    updated: date('updated'),
    guid: exportedText(id),
    tags: exportedList(
      childrenOf(entry, 'category').flatMap(
        ({ attributes: { label, term } }) => (label ?? term)?.trim() || [],
      ),
    ),
    permalink: exportedText(url),
    enclosures: enclosuresOf(links('enclosure').map(({ attributes }) => attributes)),
    html: body ?? above ?? '',
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

/** An Atom text construct as HTML (RFC 4287 §3.1): plain by default, escaped HTML, or XHTML as it is written. */
function htmlOf({ attributes, text, inside }: XmlRecord, document: string): string {
  if (attributes.type === 'xhtml') return document.slice(inside.start, inside.end)
  return attributes.type === 'html' || attributes.type === 'text/html' ? text : escapeHtmlText(text)
}

function atomAuthor(author: XmlRecord): Author[] {
  const one = (name: string) => childText(author, name)?.trim() ?? null
  const name = one('name')
  return name ? [{ name, url: one('uri'), email: one('email'), role: null }] : []
}

type Json = Record<string, unknown>

function jsonItems(text: string): Item[] {
  const { items } = JSON.parse(text.replace(/^\uFEFF/, '')) as { items?: unknown }
  const tables = Array.isArray(items) ? items.filter(item => item !== null && typeof item === 'object') : []
  return tables.map((item: Json) => (path, context) => jsonEntry(item, path, context))
}

/** https://www.jsonfeed.org/version/1.1/#items-a-name-items-a */
function jsonEntry(item: Json, path: string, { site }: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null)
  const list = (value: unknown) => (Array.isArray(value) ? value : []) as unknown[]
  const id = typeof item.id === 'number' ? String(item.id) : text(item.id)
  const url = text(item.url)
  const key = keyOf(url, id)
  const date = (value: unknown) => exportedDate(text(value), null, `${path}#${key}`, site, diagnostics)
  const authors = list(item.authors ?? (item.author ? [item.author] : [])).flatMap((author): Author[] => {
    const { name: written, url } = (author ?? {}) as Json
    const name = text(written)
    return name ? [{ name, url: text(url), email: null, role: null }] : []
  })
  const attachments = list(item.attachments).flatMap((attachment): Enclosure[] => {
    const { url: written, mime_type: type, size_in_bytes: size } = (attachment ?? {}) as Json
    const url = text(written)
    return url ? [exportedEnclosure(url, text(type), Number(size) || null)] : []
  })
  const plain = text(item.content_text)
  const reading: Reading = withoutAbsent({
    title: exportedText(item.title),
    summary: exportedWords(text(item.summary)),
    authors: exportedAuthors(authors),
    published: date(item.date_published),
    updated: date(item.date_modified),
    guid: exportedText(id),
    language: exportedText(item.language),
    tags: exportedList(list(item.tags).flatMap(tag => text(tag)?.trim() ?? [])),
    permalink: exportedText(url),
    image: exportedImage(text(item.image) ?? text(item.banner_image), null),
    enclosures: attachments.length > 0 ? exported(attachments) : undefined,
    html: text(item.content_html) ?? (plain === null ? '' : paragraphsOf(plain)),
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

const paragraphsOf = (text: string) =>
  text
    .split(/\n{2,}/)
    .filter(block => block.trim() !== '')
    .map(block => `<p>${escapeHtmlText(block)}</p>`)
    .join('\n')
