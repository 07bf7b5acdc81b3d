import { descendants, hasWord, isInvisible, textContent } from '../html/html-query.ts'
import type { HtmlElement } from '../html/html-tree.ts'
import type { ArticleDate, Author } from '../model/article.ts'
import { readWrittenDate } from '../model/written-date.ts'
import { byWords, phraseKey, publishWords, updateWords } from '../page-text/phrase-index.ts'

/** What is known of an article, and shown beside it. */
export interface ShownFacts {
  authors: readonly Author[]
  dates: readonly ArticleDate[]
}

/** UTF-16 code units of a byline. */
const longest = 200
const separators = /[|·•\n]|\s[–—-]\s|\s\/\s/
const border = /^[\s,;:–—-]+|[\s,;:–—-]+$/g
const day = 86_400_000

const blocks =
  /^(?:address|article|aside|blockquote|details|dialog|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|ul)$/
const holders = /^(?:div|header|section|main|article)$/
const lines = /^(?:p|div|span|time|address|small|em|i|b|strong|a|font)$/

/**
 * The elements above a page's text that say nothing but who wrote it and when, where both are read as such: whoever shows the article says it
 * beside the text.
 * @param heading the one that is the title, and may stand among them
 * @param beside the page's own, which may as well
 */
export function factsAbove(
  content: HtmlElement,
  heading: HtmlElement | null,
  facts: ShownFacts,
  beside: readonly HtmlElement[],
): HtmlElement[] {
  const found: HtmlElement[] = []
  /** Whether the text has not begun. */
  const look = (element: HtmlElement): boolean => {
    for (const child of element.children) {
      if (typeof child === 'string') {
        if (/[\p{L}\p{N}]/u.test(child)) return false
      } else if (child === heading || beside.includes(child) || isInvisible(child.tag)) continue
      else if (holders.test(child.tag) && holdsBlocks(child)) {
        const before = found.length
        if (!look(child)) return false
        if (found.length > before && !holdsOthers(child, found)) found.splice(before, found.length, child)
      } else if (lines.test(child.tag) && tellsOnly(child, facts)) found.push(child)
      else if (child.tag !== 'br') return false
    }
    return true
  }
  /** Beside what was found, the heading and blanks. */
  const holdsOthers = (element: HtmlElement, known: readonly HtmlElement[]): boolean =>
    element.children.some(child =>
      typeof child === 'string'
        ? child.trim() !== ''
        : child !== heading && !known.includes(child) && holdsOthers(child, known),
    )
  look(content)
  return found
}

const holdsBlocks = ({ children }: HtmlElement): boolean =>
  children.some(child => typeof child !== 'string' && (blocks.test(child.tag) || holdsBlocks(child)))

function tellsOnly(element: HtmlElement, facts: ShownFacts): boolean {
  const text = textContent(element)
  if (text === '' || text.length > longest || holdsMore(element)) return false
  if (isMarked(element, facts)) return true
  let rest = text
  let told = 0
  for (const child of descendants(element))
    if (isMarked(child, facts)) {
      rest = rest.replace(textContent(child), '|')
      told++
    }
  const names = facts.authors.map(({ name }) => name).filter(name => name.length > 2)
  for (const name of names.sort((one, other) => other.length - one.length)) {
    if (!rest.includes(name)) continue
    rest = rest.replaceAll(name, '|')
    told++
  }
  for (const part of rest.split(separators)) {
    const words = withoutLabels(part.replace(border, ''))
    if (words === '') continue
    if (!isKnown(words, facts)) return false
    told++
  }
  return told > 0
}

/** Pictures and sound are no words. */
const holdsMore = ({ children }: HtmlElement): boolean =>
  children.some(
    child =>
      typeof child !== 'string' &&
      (/^(?:img|picture|svg|video|audio|iframe|object|embed)$/.test(child.tag) || holdsMore(child)),
  )

/** Whether an element's markup says that it is such a fact, and it is the one that was read. */
function isMarked(element: HtmlElement, facts: ShownFacts): boolean {
  const given = element.attributes.get('datetime') ?? element.attributes.get('content')
  if (element.tag === 'time' || hasWord(element, 'itemprop', 'datepublished', 'datemodified'))
    return isKnown(given ?? textContent(element), facts)
  const isAuthor = hasWord(element, 'rel', 'author') || hasWord(element, 'itemprop', 'author')
  return isAuthor && facts.authors.some(({ name }) => name === textContent(element))
}

/** Whether it is one of the article's days; a clock elsewhere may be a day on. */
function isKnown(text: string, { dates }: ShownFacts): boolean {
  const local = readWrittenDate(text)?.local
  if (local === undefined) return false
  const at = Date.parse(`${local.slice(0, 10)}T00:00:00Z`)
  return dates.some(date => Math.abs(Date.parse(`${date.local.slice(0, 10)}T00:00:00Z`) - at) <= day)
}

/** "Published on", "by", before or behind what they name. */
function withoutLabels(text: string): string {
  const words = text.split(' ')
  const opening = (of: string[]) =>
    Math.max(...[byWords, publishWords, updateWords].map(set => set.opening(of.map(phraseKey))))
  let from = 0
  for (let taken = opening(words); taken > 0 && from < words.length; taken = opening(words.slice(from)))
    from += taken
  const last = words.length - (byWords.has(phraseKey(words.at(-1) ?? '')) ? 1 : 0)
  return words.slice(from, Math.max(from, last)).join(' ').replace(border, '')
}
