import { hasWord } from './html-query.ts'
import type { HtmlElement } from './html-tree.ts'
import { rawTextOf, solidNodes } from './plain-elements.ts'
import { PlainText } from './plain-text.ts'

/** UTF-16 units: no summary needs more. */
const enough = 2_000

/** The beginning of a body's prose, collected while its tree is walked. */
export class ProseText {
  private readonly text = new PlainText()
  private length = 0
  /** Elements that are open and hold none. */
  private away = 0

  append(text: string) {
    if (this.away > 0 || this.length > enough) return
    this.length += text.length
    this.text.append(text)
  }

  boundary() {
    if (this.away === 0 && this.length <= enough) this.text.boundary('\n\n')
  }

  leave() {
    this.away++
  }

  resume() {
    this.away--
  }

  toString(): string {
    return this.text.toString()
  }
}

const notProse = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'table',
  'figcaption',
  'caption',
  'nav',
  'details',
  'rt',
  'rp',
])
const asideClasses = [
  'footnotes',
  'footnote-ref',
  'footnote',
  'endnotes',
  'wp-block-footnotes',
  'references',
  'reflist',
  'codeblocktitle',
  'skip-link',
  'toc',
  'table-of-contents',
  'contents',
  'wp-caption-text',
  'gallery-caption',
  'caption',
  'sr-only',
  'visually-hidden',
  'screen-reader-text',
]

/** Whether what an element holds is beside the sentences: nothing that a summary says. */
export function isNoProse(element: HtmlElement): boolean {
  const { tag, attributes } = element
  if (notProse.has(tag)) return true
  if (tag === 'ul' || tag === 'ol') return isListOfContents(element) || isAside(element)
  if (attributes.size === 0) return false
  if (tag === 'p' && attributes.has('data-embed')) return true
  if (tag === 'a') return isNoteMark(element) || isAside(element)
  if (tag === 'sup' && hasWord(element, 'class', 'fn', 'reference')) return true
  return isAside(element)
}

function isAside(element: HtmlElement): boolean {
  if (element.attributes.size === 0) return false
  if (hasWord(element, 'class', ...asideClasses)) return true
  if (hasWord(element, 'role', 'doc-endnotes', 'doc-toc')) return true
  return /^toc$/i.test(element.attributes.get('id') ?? '')
}

/** A link from the text to a note, and back. */
function isNoteMark({ attributes, children }: HtmlElement): boolean {
  const href = attributes.get('href') ?? ''
  if (!/#(?:user-content-)?_?(?:fn|footnote|ftn|cite_note|endnote|sdfootnote|note-)/i.test(href)) return false
  return /^[\s[(]*[\d*†‡§a-z^]{1,4}[\s\])]*$/iu.test(rawTextOf(children))
}

/** A list of nothing but links into the text itself. */
function isListOfContents(list: HtmlElement): boolean {
  const items = solidNodes(list.children).filter(node => typeof node !== 'string')
  return items.length > 0 && items.every(isEntryOfContents)
}

function isEntryOfContents(item: HtmlElement): boolean {
  if (item.tag !== 'li') return false
  const [link, ...rest] = solidNodes(item.children)
  if (typeof link !== 'object') return false
  const [inner] = link.tag === 'p' ? solidNodes(link.children) : [link]
  if (typeof inner !== 'object' || inner.tag !== 'a' || !/^#./.test(inner.attributes.get('href') ?? ''))
    return false
  return rest.every(node => typeof node !== 'string' && (node.tag === 'ul' || node.tag === 'ol'))
}
