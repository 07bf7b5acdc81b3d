import { decodeHTMLStrict } from 'entities/decode'
import { descendants, hasWord, textContent } from '../html/html-query.ts'
import type { HtmlElement, HtmlTree } from '../html/html-tree.ts'
import type { Author } from '../model/article.ts'

/** What the head of a page says of its article: `meta` and `link` elements by name, and the article's JSON-LD. */
export interface HtmlMetadata {
  /** Contents of `meta` elements by lower-case `name`, `property` or `itemprop`, in the order of the page. */
  meta: Map<string, { value: string; offset: number }[]>
  /** The first JSON-LD object that is an article. */
  article: Record<string, unknown> | null
  articleOffset: number | null
  canonical: { value: string; offset: number } | null
  /** The first `base` element's address. */
  base: string | null
  /** The `title` element's text. */
  title: { value: string; offset: number } | null
  language: string | null
  direction: string | null
}

export function readHtmlMetadata(tree: HtmlTree): HtmlMetadata {
  const metadata: HtmlMetadata = {
    meta: new Map(),
    article: null,
    articleOffset: null,
    canonical: null,
    base: null,
    title: null,
    language: null,
    direction: null,
  }
  const ofPage: Record<string, unknown> = {}
  let pageOffset: number | null = null
  for (const element of descendants(tree.root)) {
    if (!isJsonLd(element)) {
      readElement(element, metadata)
      continue
    }
    const data = parseJson(element.children.join(''))
    const article = metadata.article ? null : objectIn(data, articleTypes)
    if (article) Object.assign(metadata, { article, articleOffset: element.start })
    // What is said of the page is said of its article, as far as it goes: when and to whom, not what.
    const page = objectIn(data, pageTypes)
    for (const key of pageKeys)
      if (page?.[key] !== undefined && ofPage[key] === undefined) {
        ofPage[key] = page[key]
        pageOffset ??= element.start
      }
  }
  if (pageOffset === null) return metadata
  const { isAccessibleForFree, hasPart, expires } = ofPage
  metadata.article = metadata.article
    ? { isAccessibleForFree, hasPart, expires, ...metadata.article }
    : ofPage
  metadata.articleOffset ??= pageOffset
  return metadata
}

const isJsonLd = ({ tag, attributes }: HtmlElement) =>
  tag === 'script' && attributes.get('type')?.trim().toLowerCase() === 'application/ld+json'

function readElement(element: HtmlElement, metadata: HtmlMetadata) {
  const { tag, attributes, start: offset } = element
  if (tag === 'meta') {
    const name = (attributes.get('name') ?? attributes.get('property') ?? attributes.get('itemprop'))
      ?.trim()
      .toLowerCase()
    const value = attributes.get('content')?.trim()
    if (name && value) {
      metadata.meta.set(name, [...(metadata.meta.get(name) ?? []), { value, offset }])
    }
    if (attributes.get('http-equiv')?.toLowerCase() === 'content-language' && value)
      metadata.language ??= value
  } else if (tag === 'title' && !element.foreign) metadata.title ??= { value: textContent(element), offset }
  else if (tag === 'link' && hasWord(element, 'rel', 'canonical')) {
    const value = attributes.get('href')?.trim()
    if (value) metadata.canonical ??= { value, offset }
  } else if (tag === 'base') metadata.base ??= attributes.get('href')?.trim() || null
  else if (tag === 'html' || tag === 'body') {
    metadata.language =
      attributes.get('lang')?.trim() || attributes.get('xml:lang')?.trim() || metadata.language
    metadata.direction = attributes.get('dir')?.trim().toLowerCase() || metadata.direction
  }
}

function parseJson(text: string): unknown {
  // Some publishers wrap it for XHTML, and leave raw line ends in its strings, or a comma behind the last entry.
  const bare = text
    .replace(/^\s*(?:\/\/)?\s*<!\[CDATA\[|(?:\/\/)?\s*\]\]>\s*$/g, '')
    .replace(/[\x00-\x1f]+/g, ' ')
  for (const read of [bare, bare.replace(/,(?= *[}\]])/g, '')])
    try {
      return JSON.parse(read)
    } catch {
      // The next form, or none.
    }
  return null
}

const pageKeys = ['datePublished', 'dateModified', 'isAccessibleForFree', 'hasPart', 'expires']
const pageTypes = /^(?:Item|Web)Page$/
const articleTypes = /^(?:\w*Article|\w*BlogPosting|Report|Review|LiveBlogPosting)$/

/** Finds the first object of a type in JSON-LD: an object, a list, or a `@graph`. */
function objectIn(data: unknown, wanted: RegExp, depth = 0): Record<string, unknown> | null {
  if (depth > 4 || data === null || typeof data !== 'object') return null
  if (Array.isArray(data)) {
    for (const entry of data) {
      const found = objectIn(entry, wanted, depth + 1)
      if (found) return found
    }
    return null
  }
  const object = data as Record<string, unknown>
  const types = [object['@type']].flat()
  if (types.some(type => typeof type === 'string' && wanted.test(type.replace(/^.*[/:]/, '')))) return object
  return objectIn(object['@graph'], wanted, depth + 1) ?? objectIn(object.mainEntity, wanted, depth + 1)
}

/** A text in JSON-LD; of a list the first. Templates write texts there as they write them into the page: with entities. */
export function jsonText(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return decodeHTMLStrict(first).trim() || null
  if (typeof first === 'number') return String(first)
  if (first !== null && typeof first === 'object' && '@value' in first) return jsonText(first['@value'])
  return null
}

/** The address of an image in JSON-LD: a text, an `ImageObject`, or a list of either. */
export function jsonImage(
  value: unknown,
): { url: string; width: number | null; height: number | null } | null {
  const first = Array.isArray(value) ? value[0] : value
  if (typeof first === 'string') return first.trim() ? { url: first.trim(), width: null, height: null } : null
  if (first === null || typeof first !== 'object') return null
  const { url, contentUrl, width, height } = first as Record<string, unknown>
  const found = jsonText(url) ?? jsonText(contentUrl)
  return found ? { url: found, width: count(width), height: count(height) } : null
}

/** The persons in JSON-LD's `author`: texts or objects. An organisation signs too. */
export function jsonAuthors(value: unknown): Author[] {
  return [value].flat().flatMap(entry => {
    const signed = typeof entry === 'string' ? jsonText(entry) : null
    if (signed) return [{ name: signed, url: null, email: null, role: null }]
    if (entry === null || typeof entry !== 'object') return []
    const { name, url, email, jobTitle } = entry as Record<string, unknown>
    return [name].flat().flatMap(one => {
      const text = jsonText(one)
      return text
        ? [{ name: text, url: jsonText(url), email: jsonText(email), role: jsonText(jobTitle) }]
        : []
    })
  })
}

function count(value: unknown): number | null {
  const number = Number.parseInt(jsonText(value) ?? '', 10)
  return number > 0 ? number : null
}
