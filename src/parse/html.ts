import { descendants, findElement, hasWord, textContent } from '../html/html-query.ts'
import { type HtmlElement, parseHtml } from '../html/html-tree.ts'
import { type ShownLine, shownLines } from '../html/shown-lines.ts'
import type { ArticleDate, Author, Field, LeadImage } from '../model/article.ts'
import { settleDate } from '../model/article-date.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { mediaTypeAt } from '../model/formats.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import { settingsFor } from '../model/source-settings.ts'
import { readWrittenDate } from '../model/written-date.ts'
import { accountPageText, readPageText } from '../page-text/page-text.ts'
import { lineAt, textPlace } from '../text/text-place.ts'
import { isHttpUrl } from '../text/urls.ts'
import { factsAbove } from './html-byline.ts'
import { chooseMain } from './html-main.ts'
import { type HtmlMetadata, jsonAuthors, jsonImage, jsonText, readHtmlMetadata } from './html-metadata.ts'
import { type PaidParts, paidPartsOf } from './html-paid-parts.ts'
import { elementShowing, htmlTitle } from './html-title.ts'
import { isFalse, readStatus } from './status-keys.ts'

/**
 * Reads an HTML page or fragment: what JSON-LD and `meta` say, then what the document shows; the body is its main content.
 * @param text LF line ends; its line 1 is the file's
 */
export function readHtml(text: string, path: string, context: ParseContext): Reading {
  const tree = parseHtml(text)
  const metadata = readHtmlMetadata(tree)
  const reader = new PageReader(text, path, context, metadata)
  const chosen = chooseMain(tree.root)
  const main = chosen.article
  const { content, beside } = chosen.isMarked
    ? { content: chosen.content, beside: [] }
    : reader.textWithin(chosen.content)
  const title = htmlTitle(metadata, tree.root, main, offset => reader.line(offset))
  const language = reader.language(main)
  const isThing = isOfDatedThing(tree.root)
  const paid = paidPartsOf(metadata.article, tree.root)
  const reading: Reading = {
    title: title?.field,
    standfirst: undefined,
    summary: reader.meta('description', 'og:description', 'dc.description', 'twitter:description'),
    authors: reader.authors(main),
    published: reader.date(
      jsonText(metadata.article?.datePublished),
      publishedNames,
      marked(main, 'datepublished') ?? (isThing ? null : publishedTime(main)),
    ),
    updated: reader.date(
      jsonText(metadata.article?.dateModified),
      [
        'article:modified_time',
        'og:article:modified_time',
        'datemodified',
        'last-modified',
        'dcterms.modified',
        'og:updated_time',
      ],
      marked(main, 'datemodified') ??
        findElement(
          main,
          element => element.tag === 'time' && hasWord(element, 'class', 'dt-updated', 'updated'),
        ),
    ),
    expires: reader.date(
      jsonText(metadata.article?.expires),
      ['article:expiration_time', 'og:article:expiration_time', 'og:expiration_time', 'unpublishdate'],
      null,
    ),
    source: reader.meta('og:site_name', 'application-name'),
    section: reader.json('articleSection') ?? reader.meta('article:section'),
    tags: reader.tags(),
    permalink: reader.canonical(),
    image: reader.image(),
    language,
    direction: reader.direction(main),
    ...(metadata.base && { base: metadata.base }),
    html: '',
    dropped: reader.dropped,
    status: reader.status(paid, content),
    diagnostics: reader.diagnostics,
  }
  const missing = (['published', 'authors'] as const).filter(key => reading[key] === undefined && !isThing)
  const lacksTitle = title === null || title.isSites
  if (missing.length > 0 || lacksTitle)
    Object.assign(reading, reader.shown(tree.root, main, lacksTitle ? ['title', ...missing] : missing))
  const heading =
    reading.title && reading.title !== title?.field
      ? elementShowing(content, reading.title.value)
      : (title?.heading ?? null)
  const dates = [reading.published?.value, reading.updated?.value].filter(date => date !== undefined)
  const facts = { authors: reading.authors?.value ?? [], dates }
  const above = factsAbove(content, heading, facts, beside)
  const cuts = [...above, ...beside, ...reader.paidWithin(paid, content)]
  reading.html = bodyOf(text, content, heading === null ? cuts : [heading, ...cuts])
  for (const key of Object.keys(reading) as (keyof Reading)[])
    if (reading[key] === undefined) delete reading[key]
  return reading
}

class PageReader {
  readonly diagnostics: Diagnostic[] = []
  readonly dropped: Reading['dropped'] = []
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
    const shown = time && writtenIn(time)
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
    const signed = ownElements(main).find(
      element =>
        hasWord(element, 'rel', 'author') ||
        hasWord(element, 'class', 'p-author') ||
        hasWord(element, 'itemprop', 'author'),
    )
    // A person in microdata has an address and a picture beside the name.
    const named = signed && (marked(signed, 'name') ?? signed)
    const name = named && (named.attributes.get('content')?.trim() || textContent(named))
    return signed && name ? this.field([person(name)], signed.start) : undefined
  }

  /**
   * What a page says to its readers where its markup does not say it to programs: read as page text is.
   * @param wanted fields that nothing else gave
   */
  shown(
    root: HtmlElement,
    main: HtmlElement,
    wanted: readonly ('title' | 'published' | 'authors')[],
  ): Partial<Reading> {
    // A list of teasers has dates and names as well, and none is the page's.
    if (!shownLines(main).some(({ text }) => text.length >= minParagraph)) return {}
    const holdsMain = ({ start, end }: HtmlElement) => start <= main.start && end >= main.end
    const lines = shownLines(root, element => isOthers(element) && !holdsMain(element))
    const { path, context } = this
    const read = readPageText(lines.map(({ text }) => text).join('\n'), path, {
      ...context,
      boilerplate: () => new Map(),
    })
    const inFile = (line: number | null) => (line === null ? null : this.line(lines[line - 1]?.start ?? null))
    const found: Partial<Reading> = {}
    const { title, published, authors } = read
    // A title that is not sure is made of the text, as for any page without one.
    if (wanted.includes('title') && title?.from === 'text')
      found.title = { ...title, line: inFile(title.line) }
    if (wanted.includes('published')) {
      if (published) found.published = { ...published, line: inFile(published.line) }
      this.diagnostics.push(
        ...read.diagnostics
          .filter(({ code }) => code.startsWith('date-'))
          .map(found => ({ ...found, line: inFile(found.line), column: null })),
      )
    }
    if (wanted.includes('authors') && authors && authors.confidence >= minAuthorConfidence)
      found.authors = { ...authors, line: inFile(authors.line) }
    return found
  }

  /**
   * The innermost element with all of a page's text, where nothing marks it, and the elements of the page's own before and
   * behind it there: what a page shows is read as page text is. The page itself, where much prose would be left out.
   */
  textWithin(page: HtmlElement): { content: HtmlElement; beside: HtmlElement[] } {
    const whole = { content: page, beside: [] }
    const lines = shownLines(page)
    if (!lines.some(({ text }) => text.length >= minParagraph)) return whole
    const { account } = accountPageText(lines.map(({ text }) => text).join('\n'), this.path, {
      ...this.context,
      boilerplate: () => new Map(),
    })
    const shown = account.flatMap(({ role, reason, line }) => {
      const at = lines[line - 1]
      return at ? [{ ...at, role, reason }] : []
    })
    const ofText = shown.filter(({ role }) => role === 'body')
    const [first, last] = [ofText[0], ofText.at(-1)]
    if (!first || !last) return whole
    const isWithin = ({ start: at }: ShownLine, { start, end }: HtmlElement) => start <= at && at < end
    const innerOf = ({ children }: HtmlElement) =>
      elementsOf(children).find(
        child => holders.test(child.tag) && isWithin(first, child) && isWithin(last, child),
      )
    let content = page
    for (let inner = innerOf(page); inner; inner = innerOf(inner)) content = inner
    const beside = elementsOf(content.children).filter(child => {
      const within = shown.filter(line => isWithin(line, child))
      const isBeside = child.end <= first.start || child.start > last.start
      return isBeside && within.length > 0 && within.every(({ role }) => role === 'dropped')
    })
    const left = shown.filter(
      line => !isWithin(line, content) || beside.some(element => isWithin(line, element)),
    )
    if (left.length === 0 || lettersOf(left) > lettersOf(shown) * maxOutside) return whole
    for (const { start, text, reason, role } of left)
      if (role === 'dropped') this.dropped.push({ line: this.line(start) ?? 1, reason, text })
    return { content, beside }
  }

  /** What is paid for within the content, and told of. */
  paidWithin({ elements }: PaidParts, content: HtmlElement): HtmlElement[] {
    const inside = elements.filter(
      ({ start, end }) => start >= content.contentStart && end <= content.contentEnd,
    )
    for (const { tag, start } of inside) {
      const place = { path: this.path, ...this.place(start) }
      const message = `Left out, since the page says that it is paid for: <${tag}>.`
      this.diagnostics.push(diagnose('html-hidden', place, message))
    }
    return inside
  }

  /** What keeps the page back, by the keys that do so in front matter. */
  status({ elements, areUnknown }: PaidParts, content: HtmlElement): Reading['status'] {
    const { article, articleOffset } = this.metadata
    if (areUnknown || elements.some(({ start, end }) => start <= content.start && end >= content.end))
      return this.field('paid', articleOffset)
    // https://developers.google.com/search/docs/appearance/structured-data/paywalled-content: true, or "True" as a text.
    if (article && isFalse(article.isAccessibleForFree)) return this.field('paid', articleOffset)
    const free = this.meta('isaccessibleforfree')
    if (free && isFalse(free.value)) return { ...free, value: 'paid' }
    const written = [
      ...['draft', 'published', 'visibility', 'access'].map(key => [key, this.meta(key)] as const),
      ['status', this.meta('status', 'article:status', 'post_status') ?? this.json('creativeWorkStatus')],
      // `free`, `metered`, `locked`.
      ['access', this.meta('article:content_tier')],
    ] as const
    for (const [key, found] of written) {
      const status = found ? readStatus(key, found.value) : null
      if (found && status) return { ...found, value: status }
    }
    return undefined
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
      type: mediaTypeAt(found.url),
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

const publishedNames = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'datepublished',
  'date',
  'dc.date',
  'dc.date.issued',
  'dcterms.created',
  'dcterms.date',
  'dcterms.issued',
  'pubdate',
  'parsely-pub-date',
  'publish-date',
  'publication_date',
  'sailthru.date',
]

/** Letters of a line that is a paragraph of an article, and no teaser. */
const minParagraph = 120
const elementsOf = (children: HtmlElement['children']) =>
  children.filter((child): child is HtmlElement => typeof child !== 'string')
/** Letters of paragraphs. */
const lettersOf = (lines: readonly ShownLine[]) =>
  lines.reduce((sum, { text }) => sum + (text.length >= minParagraph ? text.length : 0), 0)
/** What holds the paragraphs of a text. */
const holders = /^(?:div|section|main|article|center|form|table|tbody|tr|td)$/
/** So much of a page's paragraphs may stand outside its text: teasers, remarks. */
const maxOutside = 0.34
/** Below it "author-uncertain" is said of page text: too little for a page that has markup. */
const minAuthorConfidence = 0.7

/** The element that microdata name so, wherever it stands in the article. */
const marked = (main: HtmlElement, name: string) =>
  ownElements(main).find(element => hasWord(element, 'itemprop', name)) ?? null

const otherClasses =
  /(?:^|[\s_-])(?:comments?|commentlist|respond|related|breaking|teasers?|sidebar|widget)(?:$|[\s_-])/i

/** Comments, teasers and what else stands within an article and has dates and names of its own. */
function isOthers({ tag, attributes }: HtmlElement): boolean {
  if (/^(?:article|aside|nav)$/.test(tag)) return true
  if (/\/(?:Comment|Review|Event|Offer|Product)$/.test(attributes.get('itemtype')?.trim() ?? '')) return true
  return otherClasses.test(`${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`)
}

/** The elements of an article without those of comments and teasers in it, in the order of the page. */
function ownElements(main: HtmlElement): HtmlElement[] {
  const found: HtmlElement[] = []
  const collect = (element: HtmlElement) => {
    for (const child of element.children)
      if (typeof child !== 'string' && !isOthers(child) && !/^(?:table|footer|li)$/.test(child.tag)) {
        found.push(child)
        collect(child)
      }
  }
  collect(main)
  return found
}

/** Things that take place or are for sale have dates, and none is when the page appeared. */
const datedThings = /^(?:\w*Event|Product|Offer|JobPosting|Course|Festival)$/

function isOfDatedThing(root: HtmlElement): boolean {
  for (const { tag, attributes, children } of descendants(root)) {
    const type = attributes.get('itemtype')?.trim().replace(/^.*\//, '')
    if (type && datedThings.test(type)) return true
    if (tag !== 'script' || attributes.get('type') !== 'application/ld+json') continue
    for (const [, named = ''] of children.join('').matchAll(/"@type"\s*:\s*\[?\s*"([^"]+)"/g))
      if (datedThings.test(named.replace(/^.*[/:]/, ''))) return true
  }
  return false
}

/** The date that an element gives programs, else the one that it shows, as far as that is one. */
function writtenIn(element: HtmlElement): string | null {
  const given = element.attributes.get('datetime') ?? element.attributes.get('content')
  if (given?.trim()) return given
  const shown = textContent(element)
  return readWrittenDate(shown) ? shown : null
}

const timeClasses = ['date', 'time', 'posted-on', 'post-date', 'publish-date', 'dateline', 'meta-date']

/** The time element that says when the article appeared: marked as such, or the first one above its text. */
function publishedTime(main: HtmlElement): HtmlElement | null {
  const header = findElement(main, ({ tag }) => tag === 'header')
  const published = ownElements(main).find(
    element =>
      element.tag === 'time' &&
      (element.attributes.has('pubdate') ||
        hasWord(element, 'itemprop', 'datepublished') ||
        hasWord(element, 'class', 'dt-published', 'published', 'entry-date')),
  )
  if (published) return published
  const above =
    header && ownElements(header).find(({ tag, attributes }) => tag === 'time' && attributes.has('datetime'))
  if (above) return above
  const lines = shownLines(main)
  if (!lines.some(({ text }) => text.length >= minParagraph)) return null
  for (const element of ownElements(main)) {
    if (element.tag === 'p' && textContent(element).length >= minParagraph) return null
    if (element.tag !== 'time' || writtenIn(element) === null) continue
    // Alone in its line: beside words it may be the time of anything. What stands beside a byline is read as page text is.
    const shown = textContent(element)
    if (hasWord(element, 'class', ...timeClasses) || lines.some(({ text }) => text === shown)) return element
  }
  return null
}

/** The source of the main content, without what is said beside it, like its title; every character where it stands in the file. */
function bodyOf(text: string, main: HtmlElement, beside: HtmlElement[]): string {
  const cuts = beside.filter(({ start, end }) => start >= main.contentStart && end <= main.contentEnd)
  let body = blank(text.slice(0, main.contentStart))
  let at = main.contentStart
  for (const { start, end } of cuts.sort((one, other) => one.start - other.start)) {
    if (start < at) continue
    body += text.slice(at, start) + commentOf(text.slice(start, end))
    at = end
  }
  return body + text.slice(at, main.contentEnd)
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
/** Nothing, as long as what it stands for. */
const commentOf = (text: string) => (text.length < 7 ? blank(text) : `<!--${blank(text.slice(7))}-->`)
const person = (name: string): Author => ({ name, url: null, email: null, role: null })
/** Each name once, as it is met first. */
const unique = (authors: Author[]) =>
  [...new Map(authors.toReversed().map(author => [author.name, author])).values()].reverse()
