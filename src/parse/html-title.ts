import { descendants, findElement, hasTag, hasWord, textContent } from '../html/html-query.ts'
import type { HtmlElement } from '../html/html-tree.ts'
import type { Field } from '../model/article.ts'
import { type HtmlMetadata, jsonText } from './html-metadata.ts'

export interface ChosenTitle {
  field: Field<string>
  /** The heading in the body that is the title, and so no part of it. */
  heading: HtmlElement | null
  /** Whether it is a link to the site's start, and so the site's name as like as not. */
  isSites: boolean
}

/**
 * The article's title: JSON-LD's headline, else Open Graph's, else the page's only main heading, else the `title` element, from which
 * the site's name is parted where something else on the page confirms that it is one.
 */
export function htmlTitle(
  metadata: HtmlMetadata,
  root: HtmlElement,
  main: HtmlElement,
  lineOf: (offset: number | null) => number | null,
): ChosenTitle | null {
  const heading = headingOf(root, main, metadata.title?.value ?? '')
  const shown = heading ? textContent(heading) : ''
  const site =
    metadata.meta.get('og:site_name')?.[0]?.value ?? metadata.meta.get('application-name')?.[0]?.value ?? null
  const candidates: [string | null | undefined, number | null][] = [
    [jsonText(metadata.article?.headline) ?? jsonText(metadata.article?.name), metadata.articleOffset],
    [metadata.meta.get('og:title')?.[0]?.value, metadata.meta.get('og:title')?.[0]?.offset ?? null],
    [shown, heading?.start ?? null],
    [metadata.title?.value, metadata.title?.offset ?? null],
    [metadata.meta.get('twitter:title')?.[0]?.value, metadata.meta.get('twitter:title')?.[0]?.offset ?? null],
  ]
  const [given, offset = null] = candidates.find(([value]) => value?.trim()) ?? []
  if (!given) return null
  const title = whole(partSiteName(given.trim(), shown, site), shown)
  const field: Field<string> = { value: title, from: 'markup', confidence: 1, line: lineOf(offset) }
  const own = heading && same(shown, title) ? heading : null
  return { field, heading: own, isSites: own !== null && linksHome(own) }
}

/**
 * The heading that is the article's: the first main one, unless that is the site's name over all its pages and another one
 * is what the page's title begins with.
 */
function headingOf(root: HtmlElement, main: HtmlElement, title: string): HtmlElement | null {
  const inMain = findElement(main, hasTag('h1'))
  const first = inMain ?? findElement(root, hasTag('h1')) ?? findElement(main, isHeadline)
  const isNamed = (element: HtmlElement | null) => element !== null && beginsWith(title, textContent(element))
  if (first && (isNamed(first) || !isSiteName(first, title, inMain === null))) return first
  const named = [...descendants(main)].find(element => /^h[1-4]$/.test(element.tag) && isNamed(element))
  return named ?? first
}

/** "The headline | The site" begins with its headline, as a whole. */
function beginsWith(title: string, heading: string): boolean {
  const [all, part] = [fold(title), fold(heading)]
  return (
    part.length >= shortestName &&
    all.startsWith(part) &&
    /^(?:$|\s+[|–—·•»«:-]|\s+::)/.test(all.slice(part.length))
  )
}
const shortestName = 4

/** A main heading that every page of a site has: what its title ends with, or stands outside its text. */
function isSiteName(heading: HtmlElement, title: string, isOutside: boolean): boolean {
  const name = fold(textContent(heading))
  return (
    name === '' || isOutside || (fold(title).endsWith(name) && fold(title) !== name) || linksHome(heading)
  )
}

function linksHome(heading: HtmlElement): boolean {
  const link = findElement(heading, hasTag('a'))
  const href = link?.attributes.get('href') ?? ''
  return (
    link !== null &&
    /^(?:\/|\.\/|https?:\/\/[^/]+\/?)$/.test(href) &&
    same(textContent(link), textContent(heading))
  )
}

/** What microdata, or a word processor's style, names a headline where the page has no `h1`. */
const isHeadline = (element: HtmlElement) =>
  hasWord(element, 'itemprop', 'headline') || hasWord(element, 'class', 'msotitle')

/** Metadata may have the beginning of a long headline alone: the page shows all of it. */
const whole = (title: string, heading: string) => {
  const begin = fold(title).replace(/\s*(?:…|\.\.\.)$/, '')
  const next = fold(heading).charAt(begin.length)
  return begin.length >= shortestBegin && fold(heading).startsWith(begin) && /[\s:,–—-]/.test(next)
    ? heading
    : title
}
/** UTF-16 code units: of a word or two nobody knows whether they begin a headline. */
const shortestBegin = 12

const separator = /\s+[|–—·•»«:-]\s+|\s+::\s+/g

/** `title | site` without the site, where the heading is the rest, or the site's name is known to be that part. */
function partSiteName(title: string, heading: string, site: string | null): string {
  if (heading && !same(heading, title)) {
    const at = fold(title).indexOf(fold(heading))
    const rest = at === 0 ? title.slice(heading.length) : title.slice(0, -heading.length)
    const atBorder =
      (at === 0 && /^\s+[|–—·•»«:-]/.test(rest)) ||
      (at > 0 && fold(title).endsWith(fold(heading)) && /[|–—·•»«:-]\s+$/.test(rest))
    if (atBorder) return heading
  }
  if (!site) return title
  const borders = [...title.matchAll(separator)]
  const last = borders.at(-1)
  if (last && same(title.slice(last.index + last[0].length), site)) return title.slice(0, last.index)
  const first = borders[0]
  if (first && same(title.slice(0, first.index), site)) return title.slice(first.index + first[0].length)
  return title
}

/** The innermost element that shows a text and nothing else. */
export function elementShowing(root: HtmlElement, text: string): HtmlElement | null {
  const all = [...descendants(root)].filter(({ end, start }) => end - start < text.length + maxMarkup)
  return all.findLast(element => same(textContent(element), text)) ?? null
}
/** UTF-16 code units of markup in a heading. */
const maxMarkup = 2000

const same = (left: string, right: string) => fold(left) === fold(right)
const fold = (text: string) =>
  text
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .toLowerCase()
