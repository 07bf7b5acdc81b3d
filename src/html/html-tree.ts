import { itemAt, valueUnder } from '../text/item-at.ts'
import { type Attributes, type ContentModel, readHtmlTokens, type StartTag } from './html-tokens.ts'

export interface HtmlElement {
  /** Lower case. */
  tag: string
  attributes: Attributes
  children: HtmlNode[]
  /** Inside SVG or MathML: the name means what it means there. */
  foreign: boolean
  /** Offsets in the source: of the start tag, of the content, past the content, past the end tag. */
  start: number
  contentStart: number
  contentEnd: number
  end: number
}

export type HtmlNode = HtmlElement | string

export interface HtmlTree {
  root: HtmlElement
  /** Comments and raw text that were never ended, and swallowed the rest. */
  unclosed: { what: string; start: number }[]
}

/** So deep may elements nest; what is nested deeper stays, without its own nesting. Blink stops at 512, WebKit too. */
const maxDepth = 256

const set = (names: string) => new Set(names.split(' '))

const voidTags = set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
)
const rawTextTags = set('script style xmp iframe noembed noframes')
const escapableRawTextTags = set('title textarea')

/** Start tags that end an open paragraph (HTML Standard §13.2.6.4.7). */
const closesParagraph = set(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre listing form table hr xmp plaintext li dd dt',
)
const headings = set('h1 h2 h3 h4 h5 h6')
/** §13.2.4.2 "special", as far as it bounds the search for an element to end. */
const special = set(
  'address applet article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt embed fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html iframe li main marquee menu nav object ol p pre search section select summary table tbody td template textarea tfoot th thead tr ul',
)
/** §13.2.4.2 "has an element in scope": nothing beyond these can be ended from inside. */
const scopeBounds = set('applet caption html table td th marquee object template select')
const tableParts = set('table caption colgroup thead tbody tfoot tr td th')
/** What may stand open below a part of a table when the next part of its kind begins. */
const tableContexts = new Map([
  ['caption', set('table')],
  ['colgroup', set('table')],
  ['thead', set('table')],
  ['tbody', set('table')],
  ['tfoot', set('table')],
  ['tr', set('table thead tbody tfoot')],
  ['td', set('table thead tbody tfoot tr')],
  ['th', set('table thead tbody tfoot tr')],
])
const headTags = set('title meta link base script style noscript template basefont bgsound')

/** §13.2.6.5: these end foreign content. */
const breakouts = set(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var',
)
/** Where HTML may stand inside foreign content. */
const integrationPoints = set('foreignobject desc title mi mo mn ms mtext annotation-xml')

/**
 * Builds a tree of an HTML document or fragment in linear time: the tags that HTML lets people leave out are supplied,
 * stray end tags are dropped, and nothing nests deeper than 256. It is not a browser's tree to the letter: misnested
 * formatting is not reopened and misplaced table content stays where it is written. What is published is serialised
 * anew from this tree, so nothing hangs on that but looks.
 */
export function parseHtml(source: string): HtmlTree {
  const builder = new TreeBuilder(source)
  readHtmlTokens(source, builder)
  return builder.finish()
}

class TreeBuilder {
  private readonly root: HtmlElement
  private readonly open: HtmlElement[]
  /** How many elements of each name are open: most searches up the tree can end before they begin. */
  private readonly counts = new Map<string, number>()
  private readonly lost: HtmlTree['unclosed'] = []
  private readonly length: number
  /** Elements open beyond the deepest level. */
  private overflow = 0

  constructor(source: string) {
    this.length = source.length
    this.root = elementOf('', new Map(), false, 0, 0)
    this.open = [this.root]
  }

  finish(): HtmlTree {
    this.popTo(0, this.length, this.length)
    this.root.contentEnd = this.length
    this.root.end = this.length
    return { root: this.root, unclosed: this.lost }
  }

  text(value: string, start: number) {
    if (this.current().tag === 'head' && /\S/.test(value)) this.popTo(this.open.length - 2, start, start)
    this.current().children.push(value)
  }

  unclosed(what: string, start: number) {
    this.lost.push({ what, start })
  }

  inForeignContent(): boolean {
    const current = this.current()
    return current.foreign && !integrationPoints.has(current.tag)
  }

  startTag(tag: StartTag): ContentModel {
    const name = tag.name === 'image' ? 'img' : tag.name
    if (this.inForeignContent()) {
      if (!breakouts.has(name)) {
        this.push(name, tag, true, tag.selfClosing)
        return 'markup'
      }
      this.leaveForeignContent(tag.start)
    }
    const foreign = name === 'svg' || name === 'math'
    if (!foreign) this.supplyEndTags(name, tag.start)
    const empty = foreign ? tag.selfClosing : voidTags.has(name)
    this.push(name, tag, foreign, empty)
    if (empty) return 'markup'
    if (rawTextTags.has(name)) return 'raw-text'
    if (escapableRawTextTags.has(name)) return 'escapable-raw-text'
    return name === 'plaintext' ? 'plain-text' : 'markup'
  }

  endTag(name: string, start: number, end: number) {
    if (isRawText(this.current().tag)) return this.popTo(this.open.length - 2, start, end)
    if (this.overflow > 0) {
      this.overflow--
      return
    }
    if (name === 'br') {
      this.current().children.push(elementOf('br', new Map(), false, start, end))
      return
    }
    const at = this.findToEnd(name)
    if (at > 0) this.popTo(at - 1, start, end)
  }

  private current(): HtmlElement {
    return itemAt(this.open, this.open.length - 1)
  }

  private push(name: string, tag: StartTag, foreign: boolean, empty: boolean) {
    const element = elementOf(name, tag.attributes, foreign, tag.start, tag.end)
    // Raw text has to have an element of its own, lest it be read as the text of the one around it.
    if (this.open.length > maxDepth && !empty && !isRawText(name)) {
      this.overflow++
      return
    }
    this.current().children.push(element)
    if (empty) return
    this.open.push(element)
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Ends every element above `index` of the stack; only the lowest of them has an end tag of its own. */
  private popTo(index: number, contentEnd: number, end: number) {
    while (this.open.length > index + 1) {
      const element = this.current()
      this.open.pop()
      this.counts.set(element.tag, valueUnder(this.counts, element.tag) - 1)
      element.contentEnd = contentEnd
      element.end = this.open.length === index + 1 ? end : contentEnd
    }
  }

  private leaveForeignContent(at: number) {
    const stays = ({ foreign, tag }: HtmlElement) => !foreign || integrationPoints.has(tag)
    this.popTo(Math.max(0, this.open.findLastIndex(stays)), at, at)
  }

  /** §13.1.2.4, optional tags: ends what the start of `name` ends. */
  private supplyEndTags(name: string, at: number) {
    const current = this.current().tag
    if (current === 'head' && !headTags.has(name)) this.popTo(this.open.length - 2, at, at)
    if (this.counts.get('p') && closesParagraph.has(name))
      this.closeIfOpen(
        tag => tag === 'p',
        tag => scopeBounds.has(tag) || tag === 'button',
        at,
      )
    if (headings.has(name) && headings.has(this.current().tag)) this.popTo(this.open.length - 2, at, at)
    if (name === 'li') this.closeIfOpen(tag => tag === 'li', isItemBound, at)
    else if (name === 'dd' || name === 'dt')
      this.closeIfOpen(tag => tag === 'dd' || tag === 'dt', isItemBound, at)
    else if (name === 'a')
      this.closeIfOpen(
        tag => tag === 'a',
        tag => special.has(tag),
        at,
      )
    else if (name === 'option' || name === 'optgroup')
      this.closeIfOpen(
        tag => tag === 'option',
        tag => tag !== 'option',
        at,
      )
    else if (name === 'rt' || name === 'rp' || name === 'rb')
      this.closeIfOpen(isRubyPart, tag => !isRubyPart(tag), at)
    else {
      const contexts = tableContexts.get(name)
      if (contexts) this.closeToTableContext(contexts, at)
    }
  }

  private closeIfOpen(wanted: (tag: string) => boolean, bound: (tag: string) => boolean, at: number) {
    const index = this.open.findLastIndex(({ tag }) => wanted(tag) || bound(tag))
    if (index > 0 && wanted(itemAt(this.open, index).tag)) this.popTo(index - 1, at, at)
  }

  private closeToTableContext(contexts: Set<string>, at: number) {
    const index = this.open.findLastIndex(({ tag }) => contexts.has(tag))
    if (index > 0) this.popTo(index, at, at)
  }

  /** The index of the element that an end tag ends; 0 where it ends none. */
  private findToEnd(name: string): number {
    const anyHeading = headings.has(name)
    if (!anyHeading && !this.counts.get(name)) return 0
    for (let index = this.open.length - 1; index > 0; index--) {
      const { tag, foreign } = itemAt(this.open, index)
      if (tag === name || (anyHeading && headings.has(tag))) return index
      if (!foreign && isEndBound(tag, name)) return 0
    }
    return 0
  }
}

function isEndBound(tag: string, ended: string): boolean {
  if (tableParts.has(ended)) return tag === 'table' || tag === 'template'
  if (scopeBounds.has(tag)) return true
  if (ended === 'li' && (tag === 'ol' || tag === 'ul')) return true
  // An inline end tag does not reach out of a block, except of the paragraph or heading it stands in.
  return !special.has(ended) && special.has(tag) && tag !== 'p' && !headings.has(tag)
}

const isRawText = (tag: string) => rawTextTags.has(tag) || escapableRawTextTags.has(tag)
const isItemBound = (tag: string) => special.has(tag) && tag !== 'address' && tag !== 'div' && tag !== 'p'
const isRubyPart = (tag: string) => tag === 'rt' || tag === 'rp' || tag === 'rb'

function elementOf(
  tag: string,
  attributes: Attributes,
  foreign: boolean,
  start: number,
  contentStart: number,
): HtmlElement {
  return {
    tag,
    attributes,
    children: [],
    foreign,
    start,
    contentStart,
    contentEnd: contentStart,
    end: contentStart,
  }
}
