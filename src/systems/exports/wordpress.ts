import { secondsOfTime } from '../../media/transcript.ts'
import type { Author, Enclosure } from '../../model/article.ts'
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { FormerTerm } from '../../model/preset.ts'
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
  exportedWords,
  plainWords,
  withoutAbsent,
  wordsAboveMark,
} from './export-fields.ts'
import type { ExportContent, ExportEntry } from './export-kind.ts'
import { accessOf, metaOf, type PostAccess } from './wordpress-access.ts'
import { withoutMembersParts } from './wordpress-members.ts'
import {
  type Attachment,
  type Attachments,
  dynamicBlocks,
  embedsAsLinks,
  resolveShortcodes,
  shortcodesIn,
} from './wordpress-shortcodes.ts'
import { classicParagraphs } from './wordpress-text.ts'
import { childrenOf, childText, readXmlItems, type XmlRecord } from './xml-items.ts'

/** What posts of one export share. */
interface Shared {
  /** By login. */
  authors: Map<string, Author>
  attachments: Attachments
  access: PostAccess
  path: string
  context: ParseContext
}

const recordNames = new Set(['item', 'wp:author', 'wp:category', 'wp:tag', 'wp:term'])

/**
 * Reads a WordPress export (Tools → Export), "WXR": an RSS document with everything a site holds in its items. Squarespace
 * exports the same. What a site shows as HTML (titles, names, excerpts) is HTML here too.
 * @throws Error where the text is not such a thing
 */
export function readWordPressExport(text: string, path: string, context: ParseContext): ExportContent {
  const records = readXmlItems(text, recordNames)
  const named = (wanted: string) => records.filter(({ name }) => name === wanted)
  const items = named('item')
  if (items.length === 0) throw new Error('This WordPress export has no items.')
  const access = accessOf(items, ['wp:category', 'wp:tag', 'wp:term'].flatMap(named))
  const shared: Shared = {
    authors: new Map(named('wp:author').flatMap(authorEntry)),
    attachments: attachmentsOf(items, access),
    access,
    path,
    context,
  }
  const posts = items.filter(item => (childText(item, 'wp:post_type')?.trim() ?? 'post') === 'post')
  return {
    entries: posts.map(post => entryOf(post, shared)),
    others: items.length - posts.length,
    terms: [...termsOf(named('wp:category'), named('wp:tag'), posts), ...authorTerms(shared.authors)],
  }
}

function authorEntry(record: XmlRecord): [string, Author][] {
  const login = childText(record, 'wp:author_login')?.trim()
  const name = plainWords(childText(record, 'wp:author_display_name')) || login
  return login && name ? [[login, { name, url: null, email: null, role: null }]] : []
}

/** What an author's address is made of is not exported; it is the login, unless somebody changed it. */
const authorTerms = (authors: Shared['authors']): FormerTerm[] =>
  [...authors].map(([login, { name }]) => ({
    kind: 'author',
    slug: login.toLowerCase().replace(/[^\p{L}\p{N}_-]+/gu, '-'),
    name,
  }))

/** Categories below others have addresses below theirs, and alone. */
function termsOf(categories: XmlRecord[], tags: XmlRecord[], posts: XmlRecord[]): FormerTerm[] {
  const trimmed = (record: XmlRecord, name: string) => childText(record, name)?.trim() ?? ''
  const parents = new Map(
    categories.map(record => [
      trimmed(record, 'wp:category_nicename'),
      trimmed(record, 'wp:category_parent'),
    ]),
  )
  const slugs = (slug: string): string[] => {
    const above: string[] = []
    for (let parent = parents.get(slug); parent && above.length < 8; parent = parents.get(parent))
      above.unshift(parent)
    return above.length > 0 ? [slug, [...above, slug].join('/')] : [slug]
  }
  const found: FormerTerm[] = [
    ...categories.map(record => ({
      kind: 'section' as const,
      slug: trimmed(record, 'wp:category_nicename'),
      name: plainWords(trimmed(record, 'wp:cat_name')) ?? '',
    })),
    ...tags.map(record => ({
      kind: 'tag' as const,
      slug: trimmed(record, 'wp:tag_slug'),
      name: plainWords(trimmed(record, 'wp:tag_name')) ?? '',
    })),
    ...posts.flatMap(post =>
      childrenOf(post, 'category').map(({ attributes: { domain, nicename = '' }, text }) => ({
        kind: domain === 'post_tag' ? ('tag' as const) : ('section' as const),
        slug: nicename,
        name: plainWords(text) ?? '',
      })),
    ),
  ]
  const decoded = found.filter(({ slug, name }) => slug !== '' && name !== '')
  const all = decoded.flatMap(term => slugs(term.slug).map(slug => ({ ...term, slug: decodePath(slug) })))
  return [...new Map(all.map(term => [`${term.kind} ${term.slug}`, term])).values()]
}

/** Those of a post that not everybody may read are shown by nobody else's gallery, and so is what lies in the bin. */
function attachmentsOf(items: XmlRecord[], access: PostAccess): Attachments {
  const open = new Set(
    items.flatMap(item =>
      access.statusOf(item) === 'published' && childText(item, 'wp:status')?.trim() !== 'future'
        ? (childText(item, 'wp:post_id')?.trim() ?? [])
        : [],
    ),
  )
  const all = items.flatMap((item): Attachment[] => {
    const text = (name: string) => childText(item, name)?.trim() ?? null
    const [id, url, status] = [text('wp:post_id'), text('wp:attachment_url'), text('wp:status') ?? 'inherit']
    if (!id || !url || !/^(?:inherit|publish)$/.test(status)) return []
    const shown = (words: string | null) => words && withoutMembersParts(words).text
    const [alt, caption] = [metaOf(item, '_wp_attachment_image_alt')[0] ?? null, text('excerpt:encoded')]
    const [parent, order] = [text('wp:post_parent'), Number(text('wp:menu_order')) || 0]
    return [{ id, url, alt: shown(alt), caption: shown(caption), parent, order }]
  })
  const byId = new Map(all.map(file => [file.id, file]))
  const byParent = Map.groupBy(
    all.toSorted((a, b) => a.order - b.order),
    ({ parent }) => parent,
  )
  return {
    byId: id => byId.get(id),
    ofPost: (id, asker) => (id === asker || open.has(id) ? (byParent.get(id) ?? []) : []),
  }
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
  // A draft's link is `?p=12`, which is no address to be read at.
  const permalink = link && !/[?&](?:p|page_id)=\d/.test(link) ? link : null
  const thumbnail = shared.attachments.byId(metaOf(post, '_thumbnail_id')[0] ?? '')
  const marks: string[] = []
  const shown = (name: string) => {
    const { text, marks: found } = withoutMembersParts(childText(post, name) ?? '')
    marks.push(...found)
    return text
  }
  const [title, excerpt] = [shown('title'), shown('excerpt:encoded')]
  const content = shown('content:encoded')
  const body = embedsAsLinks(resolveShortcodes(content, id, shared.attachments))
  // WordPress finds them by itself in the whole text: what members alone are shown is theirs.
  const [open, whole] = [content, childText(post, 'content:encoded') ?? ''].map(spelledAlike)
  const enclosures = metaOf(post, 'enclosure')
    .flatMap(enclosureOf)
    .filter(({ url }) => open?.includes(addressIn(url)) || !whole?.includes(addressIn(url)))
  diagnostics.push(
    ...unappliedRules(shared.access, place),
    ...marks.slice(0, 20).map(mark => membersPart(mark, place)),
  )
  diagnostics.push(...foreignMarkup(body, place))
  const aliases = permalink ? metaOf(post, '_wp_old_slug').map(old => formerLink(permalink, slug, old)) : []
  const reading: Reading = withoutAbsent({
    title: exportedWords(title),
    summary: exportedWords(excerpt) ?? wordsAboveMark(classicParagraphs(body)),
    authors: exportedAuthors(authorsOf(post, shared)),
    published: date('post_date') ?? pubDateOf(post, place.path, context, diagnostics),
    updated: date('post_modified'),
    guid: exportedText(childText(post, 'guid')),
    section: exportedText(terms(post, 'category')[0]),
    tags: exportedList([...new Set([...terms(post, 'post_tag'), ...terms(post, 'category').slice(1)])]),
    permalink: exportedText(permalink),
    slug: exportedText(slug && decodePath(slug)),
    aliases: exportedList(aliases.filter(alias => alias !== null)),
    image: exportedImage(thumbnail?.url ?? null, thumbnail?.alt ?? null),
    enclosures: enclosures.length > 0 ? exported(enclosures) : undefined,
    status: exported(shared.access.statusOf(post)),
    html: classicParagraphs(body),
    dropped: [],
    diagnostics,
  })
  return { key, reading }
}

const membersPart = (mark: string, place: { path: string }) =>
  diagnose(
    'markup-unresolved',
    place,
    `What "${mark.slice(0, 80)}" begins is for members only, or may be: it was left out.`,
    'Take the mark and its end out of the text, if everybody may read what stands between them.',
  )

const unappliedRules = ({ unknownRules }: PostAccess, place: { path: string }) =>
  unknownRules.map(type =>
    diagnose(
      'markup-unresolved',
      place,
      `The export holds rules of a plugin about who may read what (\`${type}\`), which only the plugin can apply: the post is withheld.`,
      'Take the items of that type out of the file if they are not about this post.',
    ),
  )

/** What plugins would have shown, and what only WordPress knows. */
function foreignMarkup(body: string, place: { path: string }): Diagnostic[] {
  const kept = shortcodesIn(body).map(
    code => `"${code}" is a plugin's, or lacks what it would show: it stays in the text as it is.`,
  )
  const gone = dynamicBlocks(body).map(
    name => `The block "${name}" is filled in by WordPress when it shows the page: it was left out.`,
  )
  return [...kept, ...gone].slice(0, 20).map(message => diagnose('markup-unresolved', place, message))
}

/** WordPress leads from a post's former slugs to the one it has. */
function formerLink(permalink: string, slug: string | null, old: string): string | null {
  if (slug === null) return null
  const at = permalink.lastIndexOf(`/${slug}`)
  return at === -1 ? null : `${permalink.slice(0, at)}/${old}${permalink.slice(at + 1 + slug.length)}`
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

/** `+02:00` where two clocks are so far apart; null where that is no zone's offset. */
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
    const name = attributes.domain === domain ? plainWords(text) : null
    // What every post is in that nobody put anywhere else.
    return name && attributes.nicename !== 'uncategorized' ? [name] : []
  })
}

/** An address may be written in a text with references, with escapes and without its scheme. */
const spelledAlike = (text: string): string =>
  text
    .replace(/&(?:amp|#0*38|#x0*26);/gi, '&')
    .replace(/%([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const addressIn = (url: string): string => spelledAlike(url.replace(/^https?:/i, ''))

/** Address, length and type on lines of their own; behind them what PowerPress knows of it, as PHP writes values down. */
function enclosureOf(value: string): Enclosure[] {
  const [url = '', length = '', type = '', ...more] = value.split('\n').map(line => line.trim())
  if (!/^https?:\/\//i.test(url)) return []
  const enclosure = exportedEnclosure(url, type || null, Number.parseInt(length, 10) || null)
  const [, time = ''] = /"duration";s:\d+:"([\d:.]+)"/.exec(more.join('\n')) ?? []
  const seconds = secondsOfTime(time)
  return [{ ...enclosure, duration: seconds ? Math.round(seconds) : null }]
}
