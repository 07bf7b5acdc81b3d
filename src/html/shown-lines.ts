import { isHidden } from './hidden.ts'
import { isInvisible } from './html-query.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'

/** A line of a page, as somebody who copies the page gets it. */
export interface ShownLine {
  text: string
  /** Offset in the source of the element that it stands in. */
  start: number
}

/** Elements that stand within a line (HTML Standard §15.3); all others part lines. */
const phrasing = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

/**
 * What a page shows, line by line, without what it hides.
 * @param leavesOut elements that are left out as well
 */
export function shownLines(
  root: HtmlElement,
  leavesOut: (element: HtmlElement) => boolean = () => false,
): ShownLine[] {
  const lines: ShownLine[] = []
  let pieces: string[] = []
  let start = root.start
  const finish = (next: number) => {
    const text = pieces.join('').replace(/\s+/g, ' ').trim()
    if (text) lines.push({ text, start })
    pieces = []
    start = next
  }
  const read = (node: HtmlNode): void => {
    if (typeof node === 'string') return void pieces.push(node)
    if (node.tag === 'head' || isInvisible(node.tag) || isHidden(node) || leavesOut(node)) return
    const parts = !phrasing.has(node.tag)
    if (parts) finish(node.start)
    for (const child of node.children) read(child)
    if (parts) finish(node.end)
  }
  read(root)
  finish(root.end)
  return lines
}
