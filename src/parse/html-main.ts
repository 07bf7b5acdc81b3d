import { descendants, findElement, hasTag, hasWord } from '../html/html-query.ts'
import type { HtmlElement } from '../html/html-tree.ts'

export interface MainContent {
  /** Holds the article with its heading, byline and date. */
  article: HtmlElement
  /** Holds its text: the same element, or one inside that is marked so. */
  content: HtmlElement
  /** Whether the page's markup says where either is. */
  isMarked: boolean
}

/**
 * Where a page's article is: what is marked as one (`article`, or microformats' `h-entry`), the longest where several
 * stand side by side; else `main`; else the body, else the whole fragment. Its text is what microformats or microdata
 * mark as such, else all of it.
 */
export function chooseMain(root: HtmlElement): MainContent {
  const body = findElement(root, hasTag('body')) ?? root
  const all = [...descendants(body)]
  const article =
    longest(all.filter(hasTag('article'))) ??
    longest(all.filter(element => hasWord(element, 'class', 'h-entry'))) ??
    all.find(element => element.tag === 'main' || element.attributes.get('role') === 'main') ??
    body
  const isText = (element: HtmlElement) =>
    hasWord(element, 'class', 'e-content') || hasWord(element, 'itemprop', 'articlebody')
  const content = longest([...descendants(article)].filter(isText))
  return { article, content: content ?? article, isMarked: article !== body || content !== null }
}

/** Length of source stands in for letters: it is cheap, and of two that nest the outer one is longer. */
function longest(elements: HtmlElement[]): HtmlElement | null {
  const sizeOf = (element: HtmlElement) => element.contentEnd - element.contentStart
  return elements.reduce<HtmlElement | null>(
    (best, element) => (best === null || sizeOf(element) > sizeOf(best) ? element : best),
    null,
  )
}
