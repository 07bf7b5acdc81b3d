import { noAttributes } from './html-tokens.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'

/** An element that stands in the place of another one. */
export function madeElement(
  tag: string,
  attributes: Record<string, string>,
  children: HtmlNode[],
  at: HtmlElement,
): HtmlElement {
  const given = Object.entries(attributes)
  return {
    tag,
    attributes: given.length === 0 ? noAttributes : new Map(given),
    children,
    foreign: false,
    start: at.start,
    contentStart: at.contentStart,
    contentEnd: at.contentEnd,
    end: at.end,
  }
}

/** All text below, hidden or not, as it stands. */
export function rawTextOf(nodes: HtmlNode[]): string {
  return nodes.map(node => (typeof node === 'string' ? node : rawTextOf(node.children))).join('')
}

/** Nodes that are not white space. */
export function solidNodes(nodes: HtmlNode[]): HtmlNode[] {
  return nodes.filter(node => typeof node !== 'string' || node.trim() !== '')
}
