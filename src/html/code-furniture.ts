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

/** The way back from a note to where it is referred to, as any program writes it. */
export function isBackReference({ tag, attributes, children }: HtmlElement): boolean {
  return (
    tag === 'a' &&
    /^#./.test(attributes.get('href') ?? '') &&
    /^[\s\u00a0]*(?:[↩↵⤴⏎]|↑)[\ufe0e\ufe0f\s\d]*$/u.test(rawTextOf(children))
  )
}

export const withClass = (element: HtmlElement, name: string): HtmlElement => ({
  ...element,
  attributes: new Map([...element.attributes, ['class', name]]),
})

/** The character that a picture of one stands for: WordPress and others put pictures in their place when they show a page. */
export function emojiOf(element: HtmlElement): string | null {
  if (!hasWord(element, 'class', 'emoji', 'wp-smiley')) return null
  const alt = element.attributes.get('alt') ?? ''
  return /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}){1,20}$/u.test(alt) && /\P{ASCII}/u.test(alt)
    ? alt
    : null
}

const anchorMark = /^(?:[\s#¶§🔗∞⚓❡\u200b\u00a0]|\ufe0f)*$/u
const anchorWords =
  /^\s*(?:#|¶|§|🔗)?\s*(?:(?:section|heading) titled|(?:direct |perma)?link to (?:this )?(?:heading|section|header|“|"|')|permalink|permanent link|anchor|copy link|link to)/iu
const anchorClasses = [
  'anchor',
  'headerlink',
  'header-anchor',
  'header-link',
  'hash-link',
  'heading-anchor',
  'heading-link',
  'heading-permalink',
  'anchor-link',
  'anchorjs-link',
  'sl-anchor-link',
  'direct-link',
  'zola-anchor',
  'permalink',
]

/** A link that a theme gives every heading to itself; nobody wrote it. @param inHeading it stands in one */
export function isHeadingAnchor(element: HtmlElement, inHeading: boolean): boolean {
  const { tag, attributes, children } = element
  if (tag !== 'a' || !attributes.get('href')?.includes('#')) return false
  if (!inHeading && !hasWord(element, 'class', ...anchorClasses)) return false
  const text = rawTextOf(children)
  if (holdsImage(children)) return false
  return anchorMark.test(text) || anchorWords.test(text)
}

function holdsImage(nodes: HtmlNode[]): boolean {
  return nodes.some(node => typeof node !== 'string' && (node.tag === 'img' || holdsImage(node.children)))
}

/** Parts that work on a system's own page alone, as those of Ghost's players by its script, and say nothing without it. */
export function isPlayerPart(element: HtmlElement): boolean {
  return hasWord(
    element,
    'class',
    // MediaWiki's links for whoever edits, the button below WordPress's link to a file, and Tufte's switch for notes.
    'mw-editsection',
    'wp-block-file__button',
    'wp-block-file__embed',
    'margin-toggle',
    // What Ghost asks its readers for.
    'kg-signup-card',
    'kg-audio-player',
    'kg-audio-thumbnail',
    'kg-video-player-container',
    'kg-video-overlay',
    'kg-bookmark-icon',
    'kg-toggle-card-icon',
    'kg-file-card-icon',
  )
}

/** Ghost's card for somebody else's page: a quote that names it, in place of blocks in a link. */
export function bookmarkQuote(card: HtmlElement): HtmlElement | null {
  const link = findByClass(card, 'kg-bookmark-container')
  const href = link?.attributes.get('href')
  const textOf = (name: string) => rawTextOf(findByClass(card, name)?.children ?? []).trim()
  const title = textOf('kg-bookmark-title')
  if (!href || title === '') return null
  const paragraph = (children: HtmlNode[]) => madeElement('p', {}, children, card)
  const description = textOf('kg-bookmark-description')
  const from = [textOf('kg-bookmark-author'), textOf('kg-bookmark-publisher')].filter(Boolean).join(' · ')
  const thumbnail = findByClass(card, 'kg-bookmark-thumbnail')?.children ?? []
  return madeElement(
    'blockquote',
    {},
    [
      paragraph([madeElement('a', { href }, [title], card)]),
      ...(description ? [paragraph([description])] : []),
      ...(from ? [paragraph([from])] : []),
      ...solidNodes(thumbnail),
    ],
    card,
  )
}

function findByClass(element: HtmlElement, name: string): HtmlElement | null {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (hasWord(child, 'class', name)) return child
    const found = findByClass(child, name)
    if (found) return found
  }
  return null
}
