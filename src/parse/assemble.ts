import type { LinkResolver } from '../html/sanitise.ts'
import { type SanitisedBody, sanitiseBody } from '../html/sanitise.ts'
import type {
  ArticleFormat,
  Field,
  FieldName,
  FieldOrigin,
  LeadImage,
  ParsedArticle,
} from '../model/article.ts'
import { settleDate } from '../model/article-date.ts'
import { type PathFacts, readArticlePath } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import type { Site, SourceSettings } from '../model/site.ts'
import { settingsFor } from '../model/source-settings.ts'
import { readWrittenDate } from '../model/written-date.ts'
import { presetAddress } from '../systems/preset-address.ts'
import { placeIn } from '../systems/preset-place.ts'
import { escapeHtmlAttribute, escapeHtmlText } from '../text/escape.ts'
import { directionOfLanguage, directionOfText } from '../text/language.ts'
import { slugOf } from '../text/slugs.ts'
import { documentUrl, publicationPath } from '../text/urls.ts'
import { settleLanguage } from './article-language.ts'
import { articleAliases, articleUrl } from './article-url.ts'
import { bodyDiagnostics } from './body-diagnostics.ts'
import { deriveSummary, deriveTitle } from './derived-text.ts'
import { draftPath } from './draft-paths.ts'
import { playedInBody, settleEnclosures } from './enclosures.ts'
import { settleEpisode } from './episode.ts'
import { FieldCleaner } from './field-cleaner.ts'
import { linkResolver } from './link-resolver.ts'
import { missingMedia } from './missing-media.ts'

export interface ArticleFile {
  path: string
  format: ArticleFormat
  /** The decoded file, for the places diagnostics point at. */
  text: string
}

/** What the steps below share: one file on its way to an article. Diagnostics are in the order of the steps. */
interface Assembly {
  reading: Reading
  file: ArticleFile
  context: ParseContext
  facts: ArticlePathFacts
  source: SourceSettings | null
  clean: FieldCleaner
  diagnostics: Diagnostic[]
}

interface ArticlePathFacts extends PathFacts {
  /** Why it is none to be read, in words: in a folder of drafts, a program's copy. Null where it may be. */
  draft: ReturnType<typeof keptByPath>
}

/**
 * Settles what every format leaves open in the same way: cleans each string, sanitises the body, derives what is
 * missing and says so. Null where there is nothing to read.
 */
export function assembleArticle(
  reading: Reading,
  file: ArticleFile,
  context: ParseContext,
): { article: ParsedArticle | null; diagnostics: Diagnostic[] } {
  const { path, format } = file
  const { site } = context
  const diagnostics = [...reading.diagnostics]
  const clean = new FieldCleaner(path, diagnostics)
  // An export's own name says nothing of the articles in it.
  const facts =
    format === 'export'
      ? { name: '', date: null, draft: null }
      : { ...readArticlePath(path), draft: keptByPath(path, reading, site) }
  const source = settingsFor(site.sources, path, format === 'page-text' ? file.text : '')
  const assembly: Assembly = { reading, file, context, facts, source, clean, diagnostics }

  const place = settlePlace(assembly)
  const content = settleContent(assembly, place)
  if (!content) {
    diagnostics.push(
      diagnose('file-no-body', { path }, "Nothing was found in the file that could be an article's text."),
    )
    return { article: null, diagnostics }
  }
  const fields = settleFields(assembly, place, content)
  return { article: articleOf(assembly, place, content, fields), diagnostics }
}

/** Where the article lives, and what its address is made of. */
function settlePlace({ reading, file: { path }, context, facts, source, clean, diagnostics }: Assembly) {
  const { site } = context
  const title = clean.line(reading.title, 'title')
  const slug = slugOf(clean.line(reading.slug, 'slug')?.value || facts.name || title?.value || 'untitled')
  const named = site.preset.nameDates === 'never' ? null : facts.date
  const ofPath = () => dateOfPath(named, source?.timezone ?? null, path, context, diagnostics)
  const published = reading.published ?? ofPath()
  const addressed = site.preset.nameDates === 'first' ? (ofPath() ?? reading.addressed) : reading.addressed
  const address = {
    path,
    permalink: clean.line(reading.permalink, 'permalink'),
    title: title?.value ?? null,
    slug: reading.slug?.value ?? null,
    published: published?.value ?? null,
    dateFrom: published?.from ?? null,
    addressed: addressed?.value ?? null,
    categories: reading.categories ?? [],
    keys: reading.addressKeys ?? {},
    language: reading.language?.value ?? site.language,
    author: (reading.authors?.value ?? site.authors)[0]?.name ?? null,
  }
  const given = presetAddress(address, site, diagnostics)
  const url = articleUrl(given, slug, path, site, diagnostics, reading.slug?.line)
  const externalUrl = externalOf(clean.line(reading.externalUrl, 'link')?.value, url.value, site.url)
  return { title, published, url, externalUrl }
}

type ArticlePlace = ReturnType<typeof settlePlace>

/** What its path says of it, and the cure if that is not the usual one; null where its own front matter says otherwise. */
function keptByPath(
  path: string,
  { isSaidToBeRead, published }: Reading,
  { preset }: Site,
): { why: string; cure?: string } | null {
  const found = draftPath(path)
  if (found?.isUnsure && (published || readArticlePath(path).date !== null)) return null
  // Jekyll publishes none of these, whatever they say: https://jekyllrb.com/docs/posts/#drafts
  if (found && preset.name === 'jekyll' && /(?:^|\/)_drafts\//.test(path))
    return { why: found.why, cure: 'Move it into `_posts`, if it is to be read.' }
  if (found?.isCopy)
    return { why: found.why, cure: 'Rename the file, if it is to be read; remove it, if it is not needed.' }
  return isSaidToBeRead ? null : found
}

/** The body, and the files that belong to the article; null where there is nothing to read, to see or to hear. */
function settleContent({ reading, file, context, clean, diagnostics }: Assembly, place: ArticlePlace) {
  const { url, externalUrl } = place
  const links = linkResolver(file.path, url.value, context, reading.base ?? null)
  // A link post may say nothing more.
  const said = externalUrl && reading.html.trim() === '' ? linkParagraph(externalUrl) : reading.html
  const body = sanitiseBody(said, links, { language: reading.language?.value ?? context.site.language })
  diagnostics.push(...bodyDiagnostics(body, reading.html, file))
  const media = new Set(body.media)
  const { path } = file
  const { enclosures, own } = settleEnclosures({
    path,
    given: clean.enclosures(reading.enclosures) ?? playedInBody(body.html, context.site),
    episode: reading.episode,
    links,
    media,
    context,
    diagnostics,
  })
  const episode = settleEpisode({
    given: reading.episode,
    enclosures,
    own,
    html: body.html,
    links,
    media,
    place: { path, line: reading.enclosures?.line ?? null },
    context,
    diagnostics,
  })
  const isEmpty = body.text === '' && body.image === null && enclosures.length === 0
  return isEmpty && !/<(?:video|audio|img)\b/.test(body.html)
    ? null
    : { links, body, media, enclosures, episode }
}

type ArticleContent = NonNullable<ReturnType<typeof settleContent>>

/** Everything that has an origin which `check` shows. */
function settleFields(
  assembly: Assembly,
  { title: given, published, url }: ArticlePlace,
  content: ArticleContent,
) {
  const { reading, file, context, facts, source, clean, diagnostics } = assembly
  const { path } = file
  const { links, body, media } = content
  const title = given ?? deriveTitle(body.text, body.image?.alt ?? '', facts.name, path, diagnostics)
  const standfirst = clean.line(reading.standfirst, 'standfirst')
  const summary =
    clean.lines(reading.summary, 'summary') ??
    standfirst ??
    deriveSummary(body.prose || body.text, title.value)
  const status = settleStatus(assembly, published !== null && published !== undefined, url.value)
  const language = settleLanguage(
    clean.line(reading.language ?? languageOfPlace(path, context), 'language'),
    body.prose || body.text,
    source,
    context.site,
    path,
    diagnostics,
  )
  const image = settleImage(clean.image(reading.image), body, links, media, file, context, diagnostics)
  const authors =
    clean.authors(reading.authors, body.html.length) ?? settledAuthors(source?.author ?? null, context)
  const tags = clean.terms(reading.tags ?? tagsOfPlace(path, context), 'tags', body.html.length)
  const fields = {
    title,
    kicker: clean.line(reading.kicker, 'kicker'),
    section: clean.line(reading.section ?? sectionOfPlace(path, context), 'section'),
    standfirst,
    summary,
    authors,
    agency: clean.line(reading.agency, 'agency'),
    dateline: clean.line(reading.dateline, 'dateline'),
    published,
    updated: reading.updated,
    source: otherThan(context.site.title, clean.line(reading.source, 'source')),
    sourceId: clean.line(reading.sourceId, 'source id'),
    language,
    tags,
    url,
    image,
  } satisfies { [name in FieldName]: Field<unknown> | null | undefined }
  return { ...fields, ...status }
}

/**
 * A draft by its own word or by its place; without a date it is told of, unless one was there and could not be read. A page that is no
 * news needs none, but a place: where this publication has no page of it, nobody sees it.
 */
function settleStatus(
  { reading, context: { site }, file: { path }, facts, diagnostics }: Assembly,
  isDated: boolean,
  url: string,
): { status: ParsedArticle['status']; isPage: boolean } {
  const isPage = reading.inFeeds?.value === false
  const status = reading.status?.value ?? (facts.draft !== null ? 'draft' : 'published')
  if (facts.draft !== null && !reading.status) {
    const message = `It is withheld as a draft: ${facts.draft.why}.`
    diagnostics.push(diagnose('draft-by-name', { path }, message, facts.draft.cure))
  }
  const isDraft = status === 'draft' || facts.draft !== null
  const told = diagnostics.some(({ code }) => code === 'date-invalid')
  if (!isDated && !isDraft && !told && !isPage)
    diagnostics.push(diagnose('date-missing', { path }, 'No date was found.'))
  const isNowhere = isPage && (site.pages !== 'all' || publicationPath(url, site.url) === null)
  return { status: isNowhere && status === 'published' ? 'unlisted' : status, isPage }
}

function articleOf(
  { reading, file: { path, format }, context, clean }: Assembly,
  { externalUrl }: ArticlePlace,
  { body, enclosures, episode, media }: ArticleContent,
  { status, isPage, ...fields }: ReturnType<typeof settleFields>,
): ParsedArticle {
  const { title, language } = fields
  return {
    path,
    format,
    title: title.value,
    kicker: fields.kicker?.value ?? null,
    section: fields.section?.value ?? null,
    standfirst: fields.standfirst?.value ?? null,
    summary: fields.summary.value,
    authors: fields.authors?.value ?? [],
    agency: fields.agency?.value ?? null,
    dateline: fields.dateline?.value ?? null,
    published: fields.published?.value ?? null,
    updated: reading.updated?.value ?? null,
    expires: reading.expires?.value ?? null,
    source: fields.source?.value ?? null,
    sourceId: fields.sourceId?.value ?? null,
    guid: clean.line(reading.guid, 'guid')?.value ?? null,
    language: language?.value ?? null,
    direction: reading.direction?.value ?? directionOf(language, title.value, body.text),
    html: body.html,
    text: body.text,
    tags: fields.tags?.value ?? [],
    url: fields.url.value,
    ...(externalUrl && { externalUrl }),
    aliases: articleAliases(clean.list(reading.aliases, 'aliases')?.value ?? [], context.site),
    image: fields.image?.value ?? null,
    enclosures,
    ...(episode && { episode }),
    media: [...media],
    status,
    ...(isPage && { inFeeds: false as const }),
    extra: clean.extra(reading.extra ?? {}),
    fields: originsOf(fields),
    dropped: reading.dropped,
  }
}

/** A language that the article declares, or plainly is in, says it; else its letters do. */
function directionOf(language: Field<string> | null, title: string, text: string): 'ltr' | 'rtl' {
  return language !== null && language.from !== 'settings'
    ? directionOfLanguage(language.value)
    : directionOfText(`${title}\n${text.slice(0, maxSample)}`)
}

/** What a link post is about; an address on the publication is where the article itself was read. */
function externalOf(written: string | undefined, own: string, site: string): string | null {
  const url = written && /^https?:\/\//i.test(written) ? documentUrl(written) : null
  return url && !url.startsWith(site) && url !== own ? url : null
}

const linkParagraph = (url: string) =>
  `<p><a href="${escapeHtmlAttribute(url)}">${escapeHtmlText(url)}</a></p>`

/** A page of the publication's own names it as its site; that is not a source. */
const otherThan = (title: string, field: Field<string> | undefined) =>
  field?.value === title ? undefined : field

/** The folder or the suffix of a translation says its language. */
function languageOfPlace(path: string, { site }: ParseContext): Field<string> | undefined {
  const language = placeIn(site.preset, path)?.rule.language
  return language ? { value: language, from: 'path', confidence: 1, line: null } : undefined
}

/** Pelican's and Jekyll's folders are categories. */
function sectionOfPlace(path: string, { site }: ParseContext): Field<string> | undefined {
  const place = placeIn(site.preset, path)
  const [section] = place?.categories ?? []
  return section ? { value: section, from: 'path', confidence: 1, line: null } : undefined
}

/** Jekyll's folders are categories: the first is the section, the others are tags as further categories are. */
function tagsOfPlace(path: string, { site }: ParseContext): Field<string[]> | undefined {
  const place = placeIn(site.preset, path)
  const [, ...others] = place?.rule.folderCategories === 'above' ? place.categories : []
  return others.length > 0 ? { value: others, from: 'path', confidence: 1, line: null } : undefined
}

/** UTF-16 code units of a body that tell its direction as well as all of it. */
const maxSample = 2_000

const absent: FieldOrigin = Object.freeze({ from: 'absent', confidence: 1, line: null })

function originsOf(
  fields: { [name in FieldName]: Field<unknown> | null | undefined },
): ParsedArticle['fields'] {
  const origins: ParsedArticle['fields'] = {}
  for (const name of Object.keys(fields) as FieldName[]) {
    const field = fields[name]
    origins[name] = field ? { from: field.from, confidence: field.confidence, line: field.line } : absent
  }
  return origins
}

function dateOfPath(
  day: string | null,
  zone: string | null,
  path: string,
  { site }: ParseContext,
  diagnostics: Diagnostic[],
): Reading['published'] {
  const written = day === null ? null : readWrittenDate(day)
  if (!written) return undefined
  const settled = settleDate(written, site, { given: 'text', source: zone }, { path })
  diagnostics.push(...settled.diagnostics)
  return settled.date ? { value: settled.date, from: 'path', confidence: 0.9, line: null } : undefined
}

function settledAuthors(author: string | null, { site }: ParseContext): Reading['authors'] {
  const authors = author ? [{ name: author, url: null, email: null, role: null }] : site.authors
  return authors.length > 0 ? { value: authors, from: 'settings', confidence: 1, line: null } : undefined
}

function settleImage(
  given: Field<LeadImage> | undefined,
  body: SanitisedBody,
  links: LinkResolver,
  media: Set<string>,
  file: ArticleFile,
  context: ParseContext,
  diagnostics: Diagnostic[],
): Field<LeadImage> | null {
  if (given) {
    const { url: resolved, media: found, problem } = links.resolve(given.value.url, 'file')
    const url = resolved && documentUrl(resolved)
    if (problem)
      diagnostics.push(missingMedia(given.value.url, problem, { path: file.path, line: given.line }))
    if (url && !problem) {
      if (found !== null) media.add(found)
      const measured = found === null ? undefined : context.media(found)
      const type = measured?.type ?? given.value.type
      const size = given.value.width || given.value.height ? {} : measured?.picture
      return { ...given, value: { ...given.value, ...size, url, type, length: measured?.size ?? null } }
    }
  }
  if (!body.image) return null
  const { alt, width, height, media: found } = body.image
  const url = documentUrl(body.image.url)
  if (!url) return null
  const measured = found === null ? undefined : context.media(found)
  const value = { url, alt, width, height, type: measured?.type ?? null, length: measured?.size ?? null }
  return { value, from: 'derived', confidence: 0.8, line: null }
}
