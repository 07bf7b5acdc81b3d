import { findElement, hasTag, hasWord, textContent } from '../html/html-query.ts'
import { type HtmlElement, parseHtml } from '../html/html-tree.ts'
import type { ArticleDate, Author, Field, LeadImage } from '../model/article.ts'
import { settleDate } from '../model/article-date.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { mediaTypeOf } from '../model/formats.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import { settingsFor } from '../model/source-settings.ts'
import { readWrittenDate } from '../model/written-date.ts'
import { lineAt, textPlace } from '../text/text-place.ts'
import { isHttpUrl } from '../text/urls.ts'
import { chooseMain } from './html-main.ts'
import { type HtmlMetadata, jsonAuthors, jsonImage, jsonText, readHtmlMetadata } from './html-metadata.ts'
import { htmlTitle } from './html-title.ts'

/**
 * Reads an HTML page or fragment: what JSON-LD and `meta` say, then what the document shows; the body is its main content.
 * @param text LF line ends; its line 1 is the file's
 */
export function readHtml(text: string, path: string, context: ParseContext): Reading {
  const tree = parseHtml(text)
  const metadata = readHtmlMetadata(tree)
  const reader = new PageReader(text, path, context, metadata)
  const { article: main, content } = chooseMain(tree.root)
  const title = htmlTitle(metadata, tree.root, main, offset => reader.line(offset))
  const language = reader.language(main)
  const reading: Reading = {
    title: title?.field,
    standfirst: undefined,
    summary: reader.meta('description', 'og:description', 'dc.description', 'twitter:description'),
    authors: reader.authors(main),
    published: reader.date(
      jsonText(metadata.article?.datePublished),
      [
        'article:published_time',
        'datepublished',
        'date',
        'dc.date',
        'dc.date.issued',
        'dcterms.created',
        'pubdate',
        'parsely-pub-date',
        'publish-date',
        'publication_date',
      ],
      publishedTime(main),
    ),
    updated: reader.date(
      jsonText(metadata.article?.dateModified),
      ['article:modified_time', 'datemodified', 'last-modified', 'dcterms.modified', 'og:updated_time'],
      findElement(
        main,
        element => element.tag === 'time' && hasWord(element, 'class', 'dt-updated', 'updated'),
      ),
    ),
    source: reader.meta('og:site_name', 'application-name'),
    section: reader.json('articleSection') ?? reader.meta('article:section'),
    tags: reader.tags(),
    permalink: reader.canonical(),
    image: reader.image(),
    language,
    direction: reader.direction(main),
    ...(metadata.base && { base: metadata.base }),
    html: bodyOf(text, content, title?.heading ?? null),
    dropped: [],
    diagnostics: reader.diagnostics,
  }
  for (const key of Object.keys(reading) as (keyof Reading)[])
    if (reading[key] === undefined) delete reading[key]
  return reading
}

class PageReader {
  readonly diagnostics: Diagnostic[] = []
  private readonly text: string
  private readonly path: string
  private readonly context: ParseContext
  private readonly metadata: HtmlMetadata

  constructor(text: string, path: string, context: ParseContext, metadata: HtmlMetadata) {
    this.text = text
    this.path = path
    this.context = context
    this.metadata = metadata
  }

  line(offset: number | null): number | null {
    return offset === null ? null : lineAt(this.text, offset)
  }

  private place(offset: number | null): { line?: number; column?: number } {
    return offset === null ? {} : textPlace(this.text, offset)
  }

  private field<T>(value: T, offset: number | null): Field<T> {
    return { value, from: 'markup', confidence: 1, line: this.line(offset) }
  }

  /** The first of several `meta` names that has content. */
  meta(...names: string[]): Field<string> | undefined {
    for (const name of names) {
      const found = this.metadata.meta.get(name)?.[0]
      if (found) return this.field(found.value, found.offset)
    }
    return undefined
  }

  json(key: string): Field<string> | undefined {
    const value = jsonText(this.metadata.article?.[key])
    return value ? this.field(value, this.metadata.articleOffset) : undefined
  }

  date(
    fromJson: string | null,
    metaNames: string[],
    time: HtmlElement | null,
  ): Field<ArticleDate> | undefined {
    const shown = time && (time.attributes.get('datetime') ?? textContent(time))
    const candidates: [string, number | null][] = [
      ...(fromJson ? ([[fromJson, this.metadata.articleOffset]] as [string, number | null][]) : []),
      ...metaNames.flatMap(
        name =>
          this.metadata.meta
            .get(name)
            ?.slice(0, 1)
            .map(({ value, offset }): [string, number] => [value, offset]) ?? [],
      ),
      ...(time && shown ? ([[shown, time.start]] as [string, number][]) : []),
    ]
    for (const [raw, offset] of candidates) {
      const place = { path: this.path, ...this.place(offset) }
      const written = readWrittenDate(raw)
      if (!written) {
        this.diagnostics.push(
          diagnose(
            'date-invalid',
            place,
            `"${raw.slice(0, 80)}" is not a date that can be read with certainty.`,
          ),
        )
        continue
      }
      const source = settingsFor(this.context.site.sources, this.path, '')?.timezone ?? null
      const settled = settleDate(written, this.context.site, { given: 'text', source }, place)
      this.diagnostics.push(...settled.diagnostics)
      if (settled.date) return this.field(settled.date, offset)
    }
    return undefined
  }

  authors(main: HtmlElement): Field<Author[]> | undefined {
    const fromJson = jsonAuthors(this.metadata.article?.author)
    if (fromJson.length > 0) return this.field(unique(fromJson), this.metadata.articleOffset)
    for (const name of ['author', 'article:author', 'dc.creator', 'parsely-author', 'byl']) {
      const found = this.metadata.meta.get(name)?.filter(({ value }) => !isHttpUrl(value)) ?? []
      const [first] = found
      if (first) return this.field(unique(found.map(({ value }) => person(value))), first.offset)
    }
    const signed = findElement(
      main,
      element => hasWord(element, 'rel', 'author') || hasWord(element, 'class', 'p-author'),
    )
    const name = signed && textContent(signed)
    return signed && name ? this.field([person(name)], signed.start) : undefined
  }

  tags(): Field<string[]> | undefined {
    const { meta, article, articleOffset } = this.metadata
    const tagged = meta.get('article:tag') ?? []
    if (tagged[0]) return this.field([...new Set(tagged.map(({ value }) => value))], tagged[0].offset)
    const keywords = article?.keywords
    if (Array.isArray(keywords)) {
      const words = keywords.flatMap(word => jsonText(word) ?? [])
      if (words.length > 0) return this.field([...new Set(words)], articleOffset)
    }
    const listed =
      jsonText(keywords) ?? meta.get('keywords')?.[0]?.value ?? meta.get('news_keywords')?.[0]?.value
    if (!listed) return undefined
    const words = listed
      .split(/[,،、;]/)
      .map(word => word.trim())
      .filter(Boolean)
    return words.length > 0
      ? this.field([...new Set(words)], meta.get('keywords')?.[0]?.offset ?? articleOffset)
      : undefined
  }

  /** An absolute canonical address is the article's own; a relative one says nothing of the host. */
  canonical(): Field<string> | undefined {
    const { canonical } = this.metadata
    if (canonical) return this.field(canonical.value, canonical.offset)
    const url = this.meta('og:url')
    return url && isHttpUrl(url.value) ? url : undefined
  }

  image(): Field<LeadImage> | undefined {
    const fromJson = jsonImage(this.metadata.article?.image)
    const found = fromJson ?? this.metaImage()
    if (!found) return undefined
    const alt = this.meta('og:image:alt', 'twitter:image:alt')?.value ?? ''
    const image: LeadImage = {
      ...found,
      alt,
      type: mediaTypeOf(found.url.replace(/[?#].*$/, '')),
      length: null,
    }
    return this.field(
      image,
      fromJson ? this.metadata.articleOffset : (this.metadata.meta.get('og:image')?.[0]?.offset ?? null),
    )
  }

  private metaImage() {
    const url = this.meta('og:image', 'og:image:url', 'twitter:image', 'twitter:image:src')?.value
    if (!url) return null
    const pixels = (name: string) => Number.parseInt(this.meta(name)?.value ?? '', 10) || null
    return { url, width: pixels('og:image:width'), height: pixels('og:image:height') }
  }

  language(main: HtmlElement): Field<string> | undefined {
    const declared =
      main.attributes.get('lang') ||
      jsonText(this.metadata.article?.inLanguage) ||
      this.metadata.language ||
      this.meta('og:locale')?.value
    return declared ? this.field(declared, null) : undefined
  }

  direction(main: HtmlElement): Field<'ltr' | 'rtl'> | undefined {
    const declared = main.attributes.get('dir')?.toLowerCase() ?? this.metadata.direction
    return declared === 'rtl' || declared === 'ltr' ? this.field(declared, null) : undefined
  }
}

/** The time element that says when the article appeared: marked as such, or the first one that stands in its header. */
function publishedTime(main: HtmlElement): HtmlElement | null {
  const marked = findElement(
    main,
    element =>
      element.tag === 'time' &&
      (element.attributes.has('pubdate') ||
        hasWord(element, 'itemprop', 'datepublished') ||
        hasWord(element, 'class', 'dt-published', 'published', 'entry-date')),
  )
  if (marked) return marked
  const header = findElement(main, hasTag('header'))
  return (
    header && findElement(header, element => element.tag === 'time' && element.attributes.has('datetime'))
  )
}

/** The source of the main content, without the heading that is the title; every character where it stands in the file. */
function bodyOf(text: string, main: HtmlElement, heading: HtmlElement | null): string {
  const cut = heading && heading.start >= main.contentStart && heading.end <= main.contentEnd ? heading : null
  const body = cut
    ? text.slice(main.contentStart, cut.start) +
      commentOf(text.slice(cut.start, cut.end)) +
      text.slice(cut.end, main.contentEnd)
    : text.slice(main.contentStart, main.contentEnd)
  return blank(text.slice(0, main.contentStart)) + body
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
/** Nothing, as long as what it stands for. */
const commentOf = (text: string) => (text.length < 7 ? blank(text) : `<!--${blank(text.slice(7))}-->`)
const person = (name: string): Author => ({ name, url: null, email: null, role: null })
/** Each name once, as it is met first. */
const unique = (authors: Author[]) =>
  [...new Map(authors.toReversed().map(author => [author.name, author])).values()].reverse()
