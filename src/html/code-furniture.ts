import { hasWord } from './html-query.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { madeElement, rawTextOf, solidNodes } from './plain-elements.ts'

const onlyNumbers = /^[\d\s.:]*\d[\d\s.:]*$/

/** Classes of what themes put beside the lines of a program. */
const numberClasses = [
  'lineno',
  'linenos',
  'linenodiv',
  'linenumber',
  'linenumbers',
  'line-number',
  'line-numbers',
  'line-numbers-rows',
  'line-numbers-wrapper',
  'crayon-nums',
  'gutter',
  'rouge-gutter',
  'hljs-ln-numbers',
  'blob-num',
  'lnt',
  'ln',
]

/** The numbers of a program's lines, which are none of its words. @param inCode it stands in one */
export function isLineNumber(element: HtmlElement, inCode: boolean): boolean {
  if (!inCode || !hasWord(element, 'class', ...numberClasses)) return false
  const text = rawTextOf(element.children)
  return text.trim() === '' || onlyNumbers.test(text)
}

/** A table of two columns that holds a program and the numbers of its lines: the program alone, or null for any other table. */
export function programOfTable(table: HtmlElement): HtmlNode[] | null {
  const [row, ...others] = rowsOf(table)
  if (!row || others.length > 0) return null
  const cells = solidNodes(row.children).filter(node => typeof node !== 'string')
  const [numbers, program] = cells
  if (cells.length !== 2 || !numbers || !program) return null
  if (!onlyNumbers.test(rawTextOf(numbers.children))) return null
  if (findPre(program.children)) return program.children
  // SyntaxHighlighter and Crayon make blocks of lines.
  return hasWord(program, 'class', 'code', 'crayon-code')
    ? [madeElement('pre', {}, flatProgram(program.children), program)]
    : null
}

function rowsOf(table: HtmlElement): HtmlElement[] {
  return table.children.flatMap(child =>
    typeof child === 'string'
      ? []
      : child.tag === 'tr'
        ? [child]
        : /^t(?:body|head|foot)$/.test(child.tag)
          ? rowsOf(child)
          : [],
  )
}

function findPre(nodes: HtmlNode[]): boolean {
  return nodes.some(node => typeof node !== 'string' && (node.tag === 'pre' || findPre(node.children)))
}

const lineBlocks = new Set(['div', 'p', 'li', 'tr', 'ol', 'ul', 'table', 'tbody', 'figure'])

/** Lines that a theme made blocks of, as lines: in preformatted text there are no blocks (HTML Standard §4.4.3). */
export function flatProgram(nodes: HtmlNode[]): HtmlNode[] {
  const flat: HtmlNode[] = []
  for (const node of nodes) {
    if (typeof node === 'string') flat.push(node)
    else if (!holdsBlock(node)) flat.push(node)
    else if (lineBlocks.has(node.tag)) {
      const inside = flatProgram(node.children)
      const text = rawTextOf(inside)
      flat.push(...inside)
      if (text !== '' && !text.endsWith('\n') && !isLineEnd(flat.at(-1))) flat.push('\n')
    } else flat.push({ ...node, children: flatProgram(node.children) })
  }
  return flat
}

const isLineEnd = (node: HtmlNode | undefined) => typeof node === 'string' && node.endsWith('\n')

export function holdsBlock(element: HtmlElement): boolean {
  return (
    lineBlocks.has(element.tag) ||
    element.children.some(child => typeof child !== 'string' && holdsBlock(child))
  )
}

/** What a theme puts over a program: a bar of buttons, and what language that is. */
export function isCodeLabel(element: HtmlElement, inCode: boolean): boolean {
  if (!inCode || element.attributes.size === 0) return false
  if (hasWord(element, 'class', 'toolbar', 'crayon-toolbar', 'crayon-plain-wrap')) return true
  return (
    element.tag === 'span' &&
    hasWord(element, 'class', 'lang') &&
    /^[\w+#.-]{1,20}$/.test(rawTextOf(element.children).trim())
  )
}
