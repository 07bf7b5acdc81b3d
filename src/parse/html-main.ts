import { descendants, findElement, hasTag, hasWord, textOf } from './html-query.ts'
import type { HtmlElement } from './html-tree.ts'

/**
 * The element that holds the article: the only `article`, or the longest one where several stand side by side; what is marked as
 * the text itself (microformats, microdata); `main`; else the body, else the whole fragment.
 */
export function chooseMain(root: HtmlElement): HtmlElement {
  const body = findElement(root, hasTag('body')) ?? root
  const marked = findElement(
    body,
    element =>
      hasWord(element, 'class', 'e-content', 'h-entry') || hasWord(element, 'itemprop', 'articlebody'),
  )
  const articles = [...descendants(body)].filter(hasTag('article'))
  const article = longest(articles)
  if (article && marked && contains(article, marked)) return article
  return (
    marked ??
    article ??
    findElement(body, hasTag('main')) ??
    findElement(body, element => element.attributes.get('role') === 'main') ??
    body
  )
}

function longest(elements: HtmlElement[]): HtmlElement | null {
  if (elements.length <= 1) return elements[0] ?? null
  // Offsets stand in for a count of letters: cheap, and never nested deeper than the outermost.
  return elements.reduce((best, element) => (sizeOf(element) > sizeOf(best) ? element : best))
}

const sizeOf = (element: HtmlElement) => element.contentEnd - element.contentStart
const contains = (outer: HtmlElement, inner: HtmlElement) =>
  outer.start <= inner.start && inner.end <= outer.end

/** Whether there is anything to read in it. */
export const hasWords = (element: HtmlElement): boolean => /[\p{L}\p{N}]/u.test(textOf(element))
