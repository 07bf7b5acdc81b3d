import type { Author } from '../../model/article.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { FormerTerm } from '../../model/preset.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { escapeHtmlText } from '../../text/escape.ts'
import { encodePath } from '../../text/urls.ts'
import {
  exported,
  exportedAuthors,
  exportedDate,
  exportedImage,
  exportedList,
  exportedText,
  withoutAbsent,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'

type Row = Record<string, unknown>

/**
 * Reads a Ghost export (Settings → Export): the tables of its database as JSON, `{"db": [{"meta", "data"}]}`, older ones
 * without the wrapping. https://ghost.org/docs/migration/custom/
 * @throws Error where the text is not such a thing
 */
export function readGhostExport(text: string, path: string, context: ParseContext): ExportContent {
  const tables = tablesOf(JSON.parse(text))
  if (!Array.isArray(tables?.posts)) throw new Error('This Ghost export has no `posts`.')
  const data = new GhostTables(tables)
  const posts = data.rows('posts')
  const articles = posts.filter(post => !isPage(post))
  return {
    entries: articles.map(post => entryOf(post, data, path, context)),
    others: posts.length - articles.length,
    terms: [...termsOf(data.rows('tags'), 'tag'), ...termsOf(data.rows('users'), 'author')],
  }
}

function termsOf(rows: Row[], kind: FormerTerm['kind']): FormerTerm[] {
  return rows.flatMap(row => {
    const [slug, name] = [textOrNull(row.slug), textOrNull(row.name)]
    return slug && name ? [{ kind, slug, name }] : []
  })
}

/** The tables of the export; null where it is none. */
export function tablesOf(json: unknown): Row | null {
  const outer = json as { db?: { data?: Row }[]; data?: Row } | null
  return outer?.db?.[0]?.data ?? outer?.data ?? null
}

/** Before version 3 a page was a post with `page: 1`. */
const isPage = (post: Row) => post.type === 'page' || post.page === 1 || post.page === true

class GhostTables {
  private readonly tables: Row
  private readonly indexes = new Map<string, Map<unknown, Row[]>>()

  constructor(tables: Row) {
    this.tables = tables
  }

  rows(table: string): Row[] {
    const rows = this.tables[table]
    return Array.isArray(rows) ? rows.filter(row => row !== null && typeof row === 'object') : []
  }

  /** Whether the whole site asks for a password. https://ghost.org/help/make-ghost-private/ */
  get isPrivate(): boolean {
    const [{ value } = {}] = this.having('settings', 'key', 'is_private')
    return value === true || value === 1 || value === '1' || value === 'true'
  }

  /** The rows of a table that have a value in a column, in their `sort_order`. */
  having(table: string, column: string, value: unknown): Row[] {
    const key = `${table} ${column}`
    let index = this.indexes.get(key)
    if (!index) {
      const sorted = this.rows(table).toSorted(
        (a, b) => Number(a.sort_order ?? 0) - Number(b.sort_order ?? 0),
      )
      index = Map.groupBy(sorted, row => row[column])
      this.indexes.set(key, index)
    }
    return index.get(value) ?? []
  }
}

function entryOf(post: Row, data: GhostTables, path: string, context: ParseContext): ExportEntry {
  const diagnostics: Diagnostic[] = []
  const slug = textOrNull(post.slug)
  const id = textOrNull(post.id)
  const key = slug ?? id ?? 'post'
  const place = `${path}#${key}`
  const [meta = {}] = data.having('posts_meta', 'post_id', post.id)
  const url = (value: unknown) => localised(textOrNull(value), context)
  const reading: Reading = withoutAbsent({
    title: exportedText(post.title),
    summary:
      exportedText(post.custom_excerpt) ?? exportedText(meta.meta_description ?? post.meta_description),
    authors: exportedAuthors(authorsOf(post, data)),
    published: exportedDate(dateText(post.published_at), 'Z', place, context.site, diagnostics),
    updated: exportedDate(dateText(post.updated_at), 'Z', place, context.site, diagnostics),
    guid: exportedText(guidOf(post)),
    language: exportedText(post.locale ?? post.language),
    tags: exportedList(tagsOf(post, data)),
    permalink: exported(textOrNull(post.canonical_url) ?? (slug ? `/${encodePath(slug)}/` : '')),
    slug: exportedText(slug),
    image: exportedImage(
      url(post.feature_image ?? post.image),
      textOrNull(meta.feature_image_alt ?? post.feature_image_alt),
    ),
    status: exported(data.isPrivate ? ('password' as const) : statusOf(post, meta)),
    html: localised(shownHtml(post), context) ?? paragraphs(shownText(post)),
    dropped: [],
    diagnostics,
  })
  if (reading.permalink?.value === '') delete reading.permalink
  return { key, reading }
}

/** What Ghost's own feed gives as GUID: the id, and before version 1, where ids were numbers, the UUID. */
const guidOf = (post: Row) => textOrNull(typeof post.id === 'number' ? (post.uuid ?? post.id) : post.id)

/** `members` have to sign in, as those of `paid` and `tiers` do; `sent` and `email_only` went out by mail alone. */
function statusOf(
  { status, visibility }: Row,
  { email_only: mailOnly }: Row,
): 'published' | 'draft' | 'unlisted' | 'paid' {
  if (status === 'sent' || mailOnly === true || mailOnly === 1) return 'unlisted'
  if (status !== 'published' && status !== 'scheduled') return 'draft'
  return typeof visibility === 'string' && visibility !== 'public' ? 'paid' : 'published'
}

/** The mark of a public preview means nothing in a post that is for all. */
function shownHtml({ html, visibility }: Row): string | null {
  const text = textOrNull(html)
  return visibility === 'public' ? (text?.replaceAll('<!--members-only-->', '') ?? null) : text
}

/** Plain text tells no more of what its cards show to whom: where one of them does not show all to everybody, it is not used. */
function shownText({ plaintext, lexical, mobiledoc }: Row): string | null {
  const cards = `${textOrNull(lexical) ?? ''}${textOrNull(mobiledoc) ?? ''}`
  return /paywall|"nonMember"|"showOnWeb"|"memberSegment"|"emailOnly"|"segment"|email-cta|"email"/.test(cards)
    ? null
    : textOrNull(plaintext)
}

function authorsOf(post: Row, data: GhostTables): Author[] {
  const ids = data.having('posts_authors', 'post_id', post.id).map(row => row.author_id)
  return (ids.length > 0 ? ids : [post.author_id ?? post.author]).flatMap(id => {
    const [user] = data.having('users', 'id', id)
    const name = textOrNull(user?.name)
    return name ? [{ name, url: textOrNull(user?.website), email: null, role: null }] : []
  })
}

/** Names that begin with `#` are Ghost's internal tags. */
function tagsOf(post: Row, data: GhostTables): string[] {
  return data.having('posts_tags', 'post_id', post.id).flatMap(({ tag_id: id }) => {
    const [tag] = data.having('tags', 'id', id)
    const name = textOrNull(tag?.name)
    return name && tag?.visibility !== 'internal' && !name.startsWith('#') ? [name] : []
  })
}

/** Exports write `__GHOST_URL__` for the site's address; files may have been laid beside them. */
function localised(text: string | null, { site, media }: ParseContext): string | null {
  return (
    text?.replace(/__GHOST_URL__\/?([^\s"'<>)]*)/g, (_, path: string) =>
      media(path.replace(/[?#].*$/, '')) ? `/${path}` : site.url + path,
    ) ?? null
  )
}

/** Milliseconds in exports of the first version, texts later. */
function dateText(value: unknown): string | null {
  return typeof value === 'number' ? new Date(value).toISOString() : textOrNull(value)
}

const textOrNull = (value: unknown): string | null => {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function paragraphs(text: string | null): string {
  return (text ?? '')
    .split(/\n{2,}/)
    .filter(block => block.trim() !== '')
    .map(block => `<p>${escapeHtmlText(block)}</p>`)
    .join('\n')
}
