import { sanitiseBody } from '../html/sanitise.ts'
import type { ArticleDate, Field, ParsedArticle } from '../model/article.ts'
import { readArticlePath } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import { isWritable } from '../text/dates.ts'
import { removeForbidden } from '../text/hygiene.ts'
import { canonicalLanguage } from '../text/language.ts'
import { slugOf } from '../text/slugs.ts'
import { documentUrl } from '../text/urls.ts'
import { articleUrl } from './article-url.ts'
import { bodyDiagnostics } from './body-diagnostics.ts'
import { deriveSummary, deriveTitle } from './derived-text.ts'
import { FieldCleaner } from './field-cleaner.ts'
import { linkResolver } from './link-resolver.ts'

/**
 * An article that somebody else's program made passes the gate that an article from a file has passed: text that XML
 * cannot carry is cleaned, the body is sanitised, addresses are absolute or left out, and dates are dates. An article
 * that `parseFile` gave comes out as it went in. Never throws over what a field of the right type holds.
 */
export function sanitizeArticle(
  given: ParsedArticle,
  site: Site,
): { article: ParsedArticle; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const path = removeForbidden(given.path).text || 'article'
  const clean = new FieldCleaner(path, diagnostics)
  const line = (value: string | null, name: string) =>
    value === null ? null : (clean.line(settled(value), name)?.value ?? null)
  const { address, date } = checksOf(path, diagnostics)

  const facts = readArticlePath(path)
  const givenTitle = line(given.title, 'title')
  const permalink = line(given.url, 'address')
  const slug = slugOf(facts.name || givenTitle || 'untitled')
  const url = articleUrl(
    permalink === null ? undefined : settled(permalink),
    slug,
    path,
    site,
    diagnostics,
  ).value
  const context = { site, media: () => undefined, boilerplate: () => new Map() }
  const body = sanitiseBody(given.html, linkResolver(path, url, context), {
    language: given.language ?? site.language,
  })
  diagnostics.push(...bodyDiagnostics(body, given.html, { path, format: given.format, text: given.html }))
  const text = clean.lines(settled(given.text), 'text')?.value ?? body.text
  const title = givenTitle ?? deriveTitle(text, body.image?.alt ?? '', facts.name, path, diagnostics).value
  const language = line(given.language, 'language')
  const image = (given.image && clean.image(settled(given.image))?.value) ?? null
  const imageUrl = image && address(image.url, 'image')
  const article: ParsedArticle = {
    ...given,
    path,
    title,
    kicker: line(given.kicker, 'kicker'),
    section: line(given.section, 'section'),
    standfirst: line(given.standfirst, 'standfirst'),
    summary:
      clean.lines(settled(given.summary), 'summary')?.value ?? deriveSummary(body.prose || text, title).value,
    authors: clean.authors(settled(given.authors))?.value ?? [],
    agency: line(given.agency, 'agency'),
    dateline: line(given.dateline, 'dateline'),
    published: date(given.published),
    updated: date(given.updated),
    expires: date(given.expires),
    source: line(given.source, 'source'),
    sourceId: line(given.sourceId, 'source id'),
    guid: line(given.guid, 'guid'),
    language: language && canonicalLanguage(language),
    direction: given.direction === 'rtl' ? 'rtl' : 'ltr',
    html: body.html,
    text,
    tags: clean.terms(settled(given.tags), 'tags')?.value ?? [],
    url,
    aliases: given.aliases.map(alias => removeForbidden(alias).text),
    image: image && imageUrl ? { ...image, url: imageUrl } : null,
    enclosures: (clean.enclosures(settled(given.enclosures))?.value ?? []).flatMap(enclosure => {
      const url = address(enclosure.url, 'enclosure')
      return url ? [{ ...enclosure, url }] : []
    }),
    extra: clean.extra(given.extra),
  }
  return { article, diagnostics }
}

/** What no document can say is left out, and told. */
function checksOf(path: string, diagnostics: Diagnostic[]) {
  return {
    address(url: string, name: string) {
      const admitted = documentUrl(url)
      const message = `"${url}", the address of the ${name}, is not an http address.`
      if (!admitted) diagnostics.push(diagnose('link-unresolved', { path }, message))
      return admitted
    },
    date(value: ArticleDate | null) {
      if (!value || isWritable(value.epoch)) return value
      const message = `${value.epoch} is not an instant of the years 1 to 9999.`
      diagnostics.push(diagnose('date-invalid', { path }, message))
      return null
    },
  }
}

function settled<T>(value: T): Field<T> {
  return { value, from: 'export', confidence: 1, line: null }
}
