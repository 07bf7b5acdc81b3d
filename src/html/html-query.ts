import { isHidden } from './hidden.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'

/** Every element below `element`, in the order of the document. */
export function* descendants(element: HtmlElement): Generator<HtmlElement> {
  // One generator with a stack of its own: generators inside generators would pay for the depth at every step.
  const open = [{ children: element.children, at: 0 }]
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const child = level.children[level.at++]
    if (child === undefined) open.pop()
    else if (typeof child !== 'string') {
      yield child
      open.push({ children: child.children, at: 0 })
    }
  }
}

/** The first element below that a test accepts. */
export function findElement(
  element: HtmlElement,
  accepts: (element: HtmlElement) => boolean,
): HtmlElement | null {
  for (const found of descendants(element)) if (accepts(found)) return found
  return null
}

export const hasTag =
  (...tags: string[]) =>
  (element: HtmlElement): boolean =>
    tags.includes(element.tag)

/** Whether an attribute of space-separated words has one of these words. */
export function hasWord(element: HtmlElement, attribute: string, ...words: string[]): boolean {
  const value = element.attributes.get(attribute)
  if (!value) return false
  const found = value.toLowerCase().split(/\s+/)
  return words.some(word => found.includes(word))
}

const invisible = new Set(['script', 'style', 'template', 'noscript', 'svg'])
/** Whether elements of this name are no text for a reader. */
export const isInvisible = (tag: string): boolean => invisible.has(tag)

/** The text below an element as a reader sees it, on one line. */
export function textContent(node: HtmlNode): string {
  const parts: string[] = []
  collect(node, parts)
  return parts
    .join('')
    .replace(/[\t\n\f\r ]+/g, ' ')
    .trim()
}

function collect(node: HtmlNode, parts: string[]) {
  if (typeof node === 'string') parts.push(node)
  else if (node.tag === 'br') parts.push(' ')
  else if (!isInvisible(node.tag) && !isHidden(node)) for (const child of node.children) collect(child, parts)
}
