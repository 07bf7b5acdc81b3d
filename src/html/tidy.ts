import { shownAs } from '../model/formats.ts'
import { flatProgram, holdsBlock, isCodeLabel, isLineNumber, programOfTable } from './code-furniture.ts'
import {
  embeddedAddress,
  embedName,
  isEmbed,
  linkInside,
  ofPlainHtml,
  pictureOfObject,
} from './embed-elements.ts'
import { embedLabel, embedOf } from './embeds.ts'
import { formulaOfScript, formulaOnce } from './formula-twins.ts'
import { isHidden, isRemark } from './hidden.ts'
import { hasWord } from './html-query.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import {
  coverWithPicture,
  isPlaceholder,
  pictureBehind,
  playerInPlaceOf,
  withoutTwins,
  withTrueSource,
} from './lazy-images.ts'
import { bookmarkQuote, emojiOf, isBackReference, isHeadingAnchor, isPagePart } from './page-furniture.ts'
import { madeElement, rawTextOf, solidNodes } from './plain-elements.ts'
import { allowedElements, blockElements } from './sanitise-schema.ts'
import { boxOfSubstack } from './substack-boxes.ts'

/** Told of what was left out or replaced: the sanitiser's own kinds of findings. */
export type NoteTidied = (
  code: 'html-hidden' | 'html-sanitised' | 'html-simplified' | 'embed-linked',
  what: string,
  offset: number,
) => void

export interface TidyOptions {
  /** BCP 47: of the words that stand in an embed's place. */
  language: string
  note: NoteTidied
  /** An embed's address made absolute; null where it cannot be. */
  resolve(href: string): string | null
}

/** Nearly every body of Markdown has none of what is looked for here: a block of code says its language, and elements are those of Markdown. */
const worthALook =
  /role="img"|data-(?:attrs|b(?:g|ackground))|<(?!(?:p|a|em|strong|code|pre|ul|ol|li|h[1-6]|blockquote|br|hr|table|thead|tbody|tfoot|tr|th|td|del|s|su[bp]|span|div|section|article|aside|figure|figcaption|b|i|u|mark|small|kbd|details|summary|d[ltd]|cite|q|abbr|time|ins|input|center)(?![\w:-]))[a-z]|v-(?:if|show)\s*=|<(?:img|iframe|object|embed|noscript|dialog|script|amp-|mjx-|source|video|audio)|hidden|display|visibility|popover|data-gh-segment|style\s*=[^<>]*\\|class=(?!"language-[\w+#-]*")|comment|#[^"'#<>]*["']|(?<=[^"'=])https?:\/\//i

/**
 * What a page's own program would do to its pictures, players and formulae is done, and what it shows to nobody, or shows
 * beside the words (numbers of lines, links of headings to themselves), goes. Nothing that is given is changed.
 */
export function tidyBody(root: HtmlElement, source: string, options: TidyOptions): HtmlNode[] {
  if (!worthALook.test(source)) return root.children
  return new Tidier(options, source.includes('cmnt')).children(root, {
    code: false,
    heading: false,
    paragraphs: true,
    inParagraph: false,
    noscript: false,
  })
}

interface Around {
  code: boolean
  heading: boolean
  /** Whether a paragraph may stand here, or the paragraph around can be parted. */
  paragraphs: boolean
  inParagraph: boolean
  noscript: boolean
}

const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const codeClasses = [
  'highlight',
  'highlighttable',
  'rouge-table',
  'rouge',
  'chroma',
  'lntable',
  'expressive-code',
  'codehilite',
  'prism',
  'hljs',
  'code-block',
  'codeblock',
  'blob-code',
  'code-toolbar',
  'crayon-syntax',
  'syntaxhighlighter',
  'codeblockcontainer',
]

class Tidier {
  private readonly options: TidyOptions
  private readonly hasRemarks: boolean
  /** Addresses that a link stands for. */
  private readonly shown = new Set<string>()

  /** @param hasRemarks whether any element may be an editor's remark without saying so in its attributes */
  constructor(options: TidyOptions, hasRemarks: boolean) {
    this.options = options
    this.hasRemarks = hasRemarks
  }

  children(element: HtmlElement, around: Around): HtmlNode[] {
    const given = element.children
    const inside =
      around.code ||
      element.tag === 'pre' ||
      element.tag === 'code' ||
      hasWord(element, 'class', ...codeClasses) ||
      (element.tag === 'div' && /(?:^|\s)language-/.test(element.attributes.get('class') ?? ''))
    const here: Around = {
      code: inside,
      heading: around.heading || headings.has(element.tag),
      inParagraph: element.tag === 'p',
      noscript: around.noscript || element.tag === 'noscript',
      paragraphs: element.tag === 'p' || element.tag === '' || holdsParagraphs(element.tag, around),
    }
    let changed = false
    const tidied: HtmlNode[] = []
    for (const [index, node] of given.entries()) {
      const made = typeof node === 'string' ? node : this.element(node, here, given[index - 1])
      if (made !== node) changed = true
      if (Array.isArray(made)) tidied.push(...made)
      else tidied.push(made)
    }
    const settled = withoutTwins(changed ? tidied : given)
    const flat =
      element.tag === 'pre' && settled.some(node => typeof node !== 'string' && holdsBlock(node))
        ? flatProgram(settled)
        : settled
    return flat
  }

  /** The element itself where nothing of it changes. */
  private element(element: HtmlElement, around: Around, before: HtmlNode | undefined): HtmlNode | HtmlNode[] {
    const { tag, attributes, start } = element
    const { note } = this.options
    const tex = tag === 'script' ? formulaOfScript(element, before) : null
    if (tex !== null)
      return tex === ''
        ? []
        : typeof tex === 'string' && tex.startsWith('\\[') && around.paragraphs && !around.inParagraph
          ? madeElement('p', {}, [tex], element)
          : this.inFormula(tex, around)
    const formula = attributes.size > 0 || tag === 'mjx-container' ? formulaOnce(element) : null
    if (formula) return formula.map(node => this.inFormula(node, around))
    // A formula that is set for those who listen is hidden from those who look, where a picture stands for it.
    if (isHidden(element)) {
      note('html-hidden', describe(element), start)
      return []
    }
    if (
      ((attributes.size > 0 || this.hasRemarks) && isRemark(element)) ||
      (attributes.size > 0 && (isLineNumber(element, around.code) || isPagePart(element)))
    ) {
      note('html-simplified', describe(element), start)
      return []
    }
    if (isHeadingAnchor(element, around.heading) || isCodeLabel(element, around.code)) return []
    const emoji = tag === 'img' ? emojiOf(element) : null
    if (emoji !== null) return emoji
    if (isBackReference(element))
      return { ...element, attributes: new Map([...attributes, ['class', 'footnote-backref']]) }
    const plain = ofPlainHtml(element)
    if (plain.tag === 'img' || plain.tag === 'source') {
      const found = withTrueSource(plain)
      return this.pageInPlaceOf(found, around) ?? playerInPlaceOf(found) ?? found
    }
    if (plain.tag === 'video' || plain.tag === 'audio') return this.player(plain, around)
    const picture = pictureOfObject(element) ?? pictureBehind(element)
    if (picture) return picture
    if (isEmbed(element)) return this.embed(element, around)
    const box = boxOfSubstack(element)
    if (box) {
      note('html-simplified', describe(element), start)
      return box
    }
    if (hasWord(element, 'class', 'kg-bookmark-card')) {
      const quote = bookmarkQuote(element)
      if (quote) return this.rebuilt(quote, around)
    }
    if (tag === 'table') {
      const program = programOfTable(element)
      if (program)
        return program.flatMap(node =>
          typeof node === 'string' ? node : this.element(node, { ...around, code: true }, undefined),
        )
    }
    if (tag === 'p' || hasWord(element, 'class', 'wp-block-embed__wrapper')) {
      const linked = this.bareAddress(element) ?? this.embedsAlone(element)
      if (linked) return linked
    }
    return this.rebuilt(coverWithPicture(element) ?? withLabel(element, around) ?? element, around)
  }

  /** What a page shows of a formula to nobody is left out of it, too. */
  private inFormula(node: HtmlNode, around: Around): HtmlNode {
    return typeof node === 'string' ? node : { ...node, children: this.children(node, around) }
  }

  private rebuilt(element: HtmlElement, around: Around): HtmlNode | HtmlNode[] {
    const children = this.children(element, around)
    if (children === element.children) return element
    const whole = { ...element, children }
    return element.tag === 'p' ? partedParagraph(whole) : whole
  }

  /** What a page of a film's or a post's shows, written as a picture is: https://help.obsidian.md/embed-web-pages */
  private pageInPlaceOf(image: HtmlElement, around: Around): HtmlNode | null {
    const source = image.attributes.get('src')?.trim() ?? ''
    const embed = image.tag === 'img' && /^https?:/i.test(source) ? embedOf(source) : null
    if (!embed || shownAs(source) === 'image') return null
    if (embed.kind === 'page' && embed.host !== 'X') return null
    const label = embedLabel(embed, image.attributes.get('alt') ?? '', this.options.language)
    return embedLink(embed.url, label, around.paragraphs, image)
  }

  /** A player that a script would operate can be operated without one. */
  private player(element: HtmlElement, around: Around): HtmlNode | HtmlNode[] {
    const attributes = new Map(element.attributes)
    attributes.set('controls', '')
    const lazy = attributes.get('data-src') ?? attributes.get('data-lazy-src')
    if (!attributes.get('src') && lazy) attributes.set('src', lazy)
    if (
      isPlaceholder({
        ...element,
        tag: 'img',
        attributes: new Map([['src', attributes.get('poster') ?? 'x']]),
      })
    )
      attributes.delete('poster')
    return { ...element, attributes, children: this.children(element, around) }
  }

  /** A frame's page is not shown, but it stays within reach. */
  private embed(element: HtmlElement, around: Around): HtmlNode[] {
    const { tag, attributes, start } = element
    const { note, resolve, language } = this.options
    const written = embeddedAddress(element)
    const address = written === null ? null : resolve(written)
    const embed = address === null ? null : embedOf(address)
    if (tag === 'object' && !embed) {
      // What stands inside is there for whoever can't show the object.
      const fallback = this.children(element, around).filter(
        node => typeof node === 'string' || node.tag !== 'param',
      )
      if (solidNodes(fallback).length > 0) return fallback
    }
    note(address === null ? 'html-sanitised' : 'embed-linked', embedName(element), start)
    if (address === null) return []
    const inside = linkInside(element)
    const name = (
      attributes.get('title') ??
      attributes.get('aria-label') ??
      attributes.get('playlabel')?.replace(/^Play: /, '') ??
      attributes.get('data-title') ??
      inside.words
    ).trim()
    const label = embed ? embedLabel(embed, name, language) : name || address
    // Where a player has no page for people that is known, it says one itself.
    const said = embed === null || embed.url === address ? inside.address : null
    const href = said ?? embed?.url ?? address
    // What a script shows stands once more in a `noscript`.
    if (around.noscript && this.shown.has(href)) return []
    this.shown.add(href)
    return [embedLink(href, label, around.paragraphs, element)]
  }

  /** Addresses of films and posts of others that have their paragraph for themselves, each in one of its own. */
  private embedsAlone(element: HtmlElement): HtmlNode[] | null {
    const solid = solidNodes(element.children).filter(node => typeof node === 'string' || node.tag !== 'br')
    const made = solid.map(node => {
      const href =
        typeof node !== 'string' && node.tag === 'a' ? node.attributes.get('href')?.trim() : undefined
      const embed = href && rawTextOf([node]).trim() === href ? embedOf(href) : null
      return embed && embedLink(embed.url, embedLabel(embed, '', this.options.language), true, element)
    })
    return made.length > 0 && made.every(paragraph => paragraph !== null) ? made : null
  }

  /** An address alone in its paragraph, as WordPress keeps what it embeds: a link. */
  private bareAddress(element: HtmlElement): HtmlNode[] | null {
    const text = element.children.every(node => typeof node === 'string')
      ? rawTextOf(element.children).trim()
      : ''
    if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return null
    const embed = embedOf(text)
    if (embed) return [embedLink(embed.url, embedLabel(embed, '', this.options.language), true, element)]
    return [madeElement('p', {}, [madeElement('a', { href: text }, [text], element)], element)]
  }
}

/** A link to what an embed shows, in a paragraph of its own where one may stand. */
function embedLink(href: string, label: string, paragraphs: boolean, at: HtmlElement): HtmlElement {
  const link = madeElement('a', { href }, [label], at)
  return paragraphs ? madeElement('p', { 'data-embed': '' }, [link], at) : link
}

/** What components of Docusaurus, Starlight and VitePress say in an attribute, and show. */
function withLabel(element: HtmlElement, { inParagraph }: Around): HtmlElement | null {
  const { tag, attributes, children } = element
  const isTitled = tag === 'card' || tag === 'admonition'
  const label = attributes.get(tag === 'tabitem' ? 'label' : isTitled ? 'title' : 'text')?.trim()
  if (!label) return null
  // Closed in itself, as no element of HTML is, it holds what stands behind it.
  if (tag === 'badge') return { ...element, children: [`${label} `, ...children] }
  if (tag !== 'tabitem' && !isTitled) return null
  const name = madeElement('strong', {}, [label], element)
  const head = inParagraph ? [name, ' '] : [madeElement('p', {}, [name], element)]
  return { ...element, children: [...head, ...children] }
}

const noParagraphs = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'dt',
  'summary',
  'caption',
  'table',
  'tr',
  'ul',
  'ol',
])

/** Elements that the sanitiser unwraps hold what those around them hold. */
function holdsParagraphs(tag: string, around: Around): boolean {
  if (noParagraphs.has(tag)) return false
  return blockElements.has(tag) || (!allowedElements.has(tag) && around.paragraphs)
}

/** A paragraph in which an embed stands, as one before it, the embed's, and one behind. */
function partedParagraph(paragraph: HtmlElement): HtmlNode | HtmlNode[] {
  const { children } = paragraph
  if (!children.some(isEmbedParagraph)) return paragraph
  const parts: HtmlNode[] = []
  let run: HtmlNode[] = []
  const endRun = () => {
    if (solidNodes(run).length > 0) parts.push({ ...paragraph, children: run })
    run = []
  }
  for (const node of children) {
    if (!isEmbedParagraph(node)) run.push(node)
    else {
      endRun()
      parts.push(node)
    }
  }
  endRun()
  return parts
}

const isEmbedParagraph = (node: HtmlNode) =>
  typeof node !== 'string' && node.tag === 'p' && node.attributes.has('data-embed')

/** `<div hidden>`, as a person would search for it. */
function describe({ tag, attributes }: HtmlElement): string {
  const name =
    ['hidden', 'popover'].find(name => attributes.has(name)) ?? (attributes.has('style') ? 'style' : null)
  return `<${tag.slice(0, 40)}${name ? ` ${name}` : ''}>`
}
