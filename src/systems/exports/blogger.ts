import type { Author } from '../../model/article.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import {
  exported,
  exportedAuthors,
  exportedDate,
  exportedEnclosure,
  exportedList,
  exportedText,
  exportedWords,
  withoutAbsent,
  wordsAboveMark,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'
import { childrenOf, childText, hasDraft, readXmlItems, type XmlRecord } from './xml-items.ts'

const kindScheme = 'http://schemas.google.com/g/2005#kind'

/**
 * Reads what Blogger gives: the `feed.atom` of Google Takeout (`blogger:type`, `blogger:status`), and the older "Back up
 * content" (`#kind` categories, `app:draft`). Both are Atom documents of posts, pages, comments, settings and templates.
 * @throws Error where the text has no entries
 */
export function readBloggerExport(text: string, path: string, context: ParseContext): ExportContent {
  const entries = readXmlItems(text, new Set(['entry']))
  if (entries.length === 0) throw new Error('This Blogger export has no entries.')
  const posts = entries.filter(entry => kindOf(entry) === 'post')
  const labels = new Set(posts.flatMap(labelsOf))
  return {
    entries: posts.map(post => entryOf(post, path, context)),
    others: entries.length - posts.length,
    // Blogger's addresses spell a label as it is.
    terms: [...labels].map(name => ({ kind: 'tag', slug: name, name })),
  }
}

function kindOf(entry: XmlRecord): string {
  const type = childText(entry, 'blogger:type')
  if (type !== null) return type.trim().toLowerCase()
  const kind = childrenOf(entry, 'category').find(({ attributes }) => attributes.scheme === kindScheme)
  return kind?.attributes.term?.replace(/^.*#/, '') ?? 'post'
}

function entryOf(post: XmlRecord, path: string, { site }: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const id = childText(post, 'id')?.trim() ?? null
  const link = linkOf(post, 'alternate')?.href ?? childText(post, 'blogger:filename')?.trim() ?? null
  const slug = /([^/]+?)(?:\.html?)?$/.exec(link ?? '')?.[1] ?? null
  const key = slug ?? id?.replace(/^.*post-/, '') ?? 'post'
  const date = (name: string) =>
    exportedDate(childText(post, name)?.trim() ?? null, 'Z', `${path}#${key}`, site, diagnostics)
  const title = post.children.find(({ name }) => name === 'title')
  const content = childText(post, 'content') ?? childText(post, 'summary') ?? ''
  const enclosure = linkOf(post, 'enclosure')
  const reading: Reading = withoutAbsent({
    title: title?.attributes.type === 'html' ? exportedWords(title.text) : exportedText(title?.text),
    summary: exportedText(childText(post, 'blogger:metaDescription')) ?? wordsAboveMark(content),
    authors: exportedAuthors(childrenOf(post, 'author').flatMap(authorOf)),
    published: date('published') ?? date('blogger:created'),
    updated: date('updated'),
    guid: exportedText(id),
    tags: exportedList(labelsOf(post)),
    permalink: exportedText(link),
    enclosures: enclosure?.href
      ? exported([
          exportedEnclosure(enclosure.href, enclosure.type ?? null, Number(enclosure.length) || null),
        ])
      : undefined,
    status: exported(statusOf(post)),
    html: content,
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

/** `LIVE`, `DRAFT`, `SCHEDULED`, `SOFT_TRASHED` and what else there may come: only the first and the third are to be seen, at their time. */
function statusOf(post: XmlRecord): 'published' | 'draft' {
  const [said] = childrenOf(post, 'blogger:status')
  const status = said?.text.trim().toUpperCase()
  if (status !== undefined && status !== 'LIVE' && status !== 'SCHEDULED') return 'draft'
  if (childText(post, 'blogger:trashed') !== null) return 'draft'
  return childrenOf(post, 'app:control').some(hasDraft) ? 'draft' : 'published'
}

const labelsOf = (post: XmlRecord): string[] => [
  ...new Set(
    childrenOf(post, 'category').flatMap(({ attributes: { scheme, term } }) =>
      scheme !== kindScheme && term?.trim() ? [term.trim()] : [],
    ),
  ),
]

const linkOf = (post: XmlRecord, rel: string) =>
  childrenOf(post, 'link').find(
    ({ attributes }) => (attributes.rel ?? 'alternate') === rel && attributes.href,
  )?.attributes ?? null

function authorOf(author: XmlRecord): Author[] {
  const name = childText(author, 'name')?.trim()
  return name ? [{ name, url: childText(author, 'uri')?.trim() ?? null, email: null, role: null }] : []
}
