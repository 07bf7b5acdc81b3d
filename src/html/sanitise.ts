import { codePointName } from '../text/code-point.ts'
import { escapeHtmlAttribute, escapeHtmlText } from '../text/escape.ts'
import { closersOf, type HygieneFinding, openBidi, removeForbidden } from '../text/hygiene.ts'
import { documentUrl, isHttpUrl, schemeOf, trimUrl, uriOf } from '../text/urls.ts'
import { isAmongWords } from './formula-twins.ts'
import { type HtmlElement, type HtmlNode, parseHtml } from './html-tree.ts'
import { withoutKeptBackBlocks } from './kept-back-blocks.ts'
import { isPlaceholder } from './lazy-images.ts'
import { collapseSpace, PlainText } from './plain-text.ts'
import { isNoProse, ProseText } from './prose.ts'
import {
  activeWrappers,
  alignments,
  allowedClass,
  allowedElements,
  attributeValues,
  blockElements,
  dataImage,
  droppedInSilence,
  droppedWithContent,
  globalAttributes,
  linkSchemes,
  mathAttributes,
  mathElements,
  needsTable,
  presentational,
  scriptSchemes,
  voidElements,
} from './sanitise-schema.ts'
import { resolveSrcset } from './srcset.ts'
import { tidyBody } from './tidy.ts'

export interface ResolvedLink {
  /** Absolute; null where it can't be made so. */
  url: string | null
  /** The file in the folder it leads to. */
  media: string | null
  /** Pixels, where it is a picture of the folder that says them. */
  picture?: { width: number; height: number } | null
  problem: 'media-missing' | 'media-outside' | 'link-unresolved' | null
}

/** What stands at a link's other end: a page for people, or a file that is shown or played, which no article of the folder is. */
export type LinkEnd = 'page' | 'file'

export interface LinkResolver {
  resolve(href: string, to: LinkEnd): ResolvedLink
}

export interface BodyImage {
  /** Absolute. */
  url: string
  alt: string
  width: number | null
  height: number | null
  /** The file in the folder it is. */
  media: string | null
}

/** Something the body lost, or a link that leads nowhere. */
export interface BodyFinding {
  code:
    | 'html-sanitised'
    | 'html-simplified'
    | 'html-hidden'
    /** Left out, and a link to what it shows stands in its place. */
    | 'embed-linked'
    | 'media-missing'
    | 'media-outside'
    | 'link-unresolved'
  /** `<script>`, `onclick`, `javascript:` — or the link as it is written. */
  what: string
  count: number
  /** Where it stands first in the HTML that was sanitised. */
  offset: number
}

export interface SanitisedBody {
  html: string
  /** Plain text, blocks parted by blank lines. */
  text: string
  /**
   * The beginning of what the body says in whole sentences: without headings, tables, code, captions, notes and lists of
   * contents. Empty where there is nothing else.
   */
  prose: string
  image: BodyImage | null
  /** Files in the folder that the body refers to, each once. */
  media: string[]
  findings: BodyFinding[]
  hygiene: HygieneFinding[]
}

/**
 * Makes a body fit to be published: only what `sanitise-schema.ts` allows is written, anew, from a tree; links are
 * absolute; what was left out is said. Time is linear in the length of `html`.
 */
export function sanitiseBody(
  html: string,
  links: LinkResolver,
  { language = 'en' }: SanitiseOptions = {},
): SanitisedBody {
  // Files come with line feeds alone, bodies out of JSON do not (HTML §13.2.3.5). XML would turn the others into line feeds.
  const written = html.includes('\r') ? html.replace(/\r\n?/g, '\n') : html
  const { text: source, blocks } = withoutKeptBackBlocks(written)
  const { root, unclosed } = parseHtml(source)
  const writer = new BodyWriter(links)
  for (const { mark, start } of blocks) writer.note('html-hidden', mark, start)
  for (const { what, start } of unclosed) writer.note('html-sanitised', `${what} without an end`, start)
  const tidied = tidyBody(root, source, {
    language,
    note: (code, what, offset) => writer.note(code, what, offset),
    resolve: href => writer.url('iframe', 'src', href),
  })
  return writer.write(tidied)
}

export interface SanitiseOptions {
  /** BCP 47: of the few words that stand in the place of a player. @default English */
  language?: string
}

const urlAttributes = new Set(['href', 'src', 'poster', 'cite'])

class BodyWriter {
  private readonly links: LinkResolver
  private readonly text = new PlainText()
  private readonly prose = new ProseText()
  private readonly media = new Set<string>()
  private readonly findings = new Map<string, BodyFinding>()
  private readonly hygiene = new Map<string, HygieneFinding>()
  /** Joined at the end only: what is long is never copied. */
  private readonly out: string[] = []
  private image: BodyImage | null = null
  private tables = 0
  private anchors = 0
  private preformatted = 0
  /** The next number of each list that is open; null for one without numbers. */
  private readonly lists: (number | null)[] = []
  /** Text that stands in the HTML and not in the plain text. */
  private mute = 0
  /** Where the element begins that is being read. */
  private at = 0
  /** Direction controls still open in the block that is being written. */
  private bidi: string[] = []

  constructor(links: LinkResolver) {
    this.links = links
  }

  write(nodes: HtmlNode[]): SanitisedBody {
    this.children(nodes)
    this.closeBidi()
    return {
      html: this.out.join('').trim(),
      text: this.text.toString(),
      prose: this.prose.toString(),
      image: this.image,
      media: [...this.media],
      findings: [...this.findings.values()],
      hygiene: [...this.hygiene.values()],
    }
  }

  note(code: BodyFinding['code'], what: string, offset = this.at) {
    const key = `${code} ${what}`
    const known = this.findings.get(key)
    if (known) known.count++
    else this.findings.set(key, { code, what, count: 1, offset })
  }

  private children(nodes: HtmlNode[]) {
    for (const node of nodes) {
      if (typeof node === 'string') {
        this.textNode(node)
        continue
      }
      this.at = node.start
      if (node.foreign) this.foreignElement(node)
      else this.element(node)
    }
  }

  private textNode(value: string) {
    const text = this.clean(value)
    this.bidi = openBidi(text, this.bidi)
    if (text !== '') this.out.push(escapeHtmlText(text))
    if (this.mute > 0) return
    const collapsed = collapseSpace(text)
    this.prose.append(collapsed)
    if (this.preformatted > 0) this.text.appendPreformatted(text)
    else this.text.append(collapsed)
  }

  private element(element: HtmlElement) {
    const { tag } = element
    const allowed = allowedElements.get(tag)
    if (allowed) {
      if (needsTable.has(tag) && this.tables === 0) return this.unwrap(element)
      if (tag === 'a' && this.anchors > 0) return this.unwrap(element)
      if (tag === 'img') return this.imageElement(element, allowed)
      if (tag === 'input') return this.checkbox(element)
      const attributes = this.attributes(element, allowed)
      // One form of a picture or film, of which nothing is there.
      if (tag === 'source' && !/ src(?:set)?="/.test(attributes)) return
      // A link that lost its address is text.
      if (tag === 'a' && attributes === '') return this.unwrap(element)
      return this.writeElement(element, attributes)
    }
    if (droppedInSilence.has(tag)) return
    if (droppedWithContent.has(tag)) return this.note('html-sanitised', `<${tag}>`)
    if (activeWrappers.has(tag)) this.note('html-sanitised', `<${tag}>`)
    else if (!presentational.has(tag)) this.note('html-simplified', `<${tag.slice(0, 40)}>`)
    this.noteHandlers(element)
    this.unwrap(element)
  }

  /** Tags go, content stays; a block stays a border in the text. */
  private unwrap({ tag, children }: HtmlElement) {
    const block = blockElements.has(tag) || tag === 'center'
    if (block) this.border(tag)
    this.children(children)
    if (block) this.border(tag)
  }

  private writeElement(element: HtmlElement, attributes: string) {
    const tag = modernNames.get(element.tag) ?? element.tag
    const block = blockElements.has(tag)
    if (block) this.border(tag)
    const enclosing = this.bidi
    if (block) this.bidi = []
    this.out.push(`<${tag}${attributes}>`)
    if (voidElements.has(tag)) {
      if (tag === 'br') {
        this.text.lineBreak()
        this.prose.append(' ')
      }
      this.bidi = enclosing
      return
    }
    const contentAt = this.out.length
    const backlink = tag === 'a' && attributes.includes('class="footnote-backref"')
    // What a player says where it can't play is no text of the article's.
    const isPlayer = tag === 'audio' || tag === 'video'
    if (backlink || isPlayer) this.mute++
    const aside = isNoProse(element)
    if (aside) this.prose.leave()
    this.enter(tag, 1)
    if (tag === 'ol' || tag === 'ul')
      this.lists.push(tag === 'ol' ? (wholeNumber(element, 'start') ?? 1) : null)
    else if (tag === 'li') this.numberItem(element)
    this.children(element.children)
    if (tag === 'ol' || tag === 'ul') this.lists.pop()
    else if (tag === 'li') this.text.mark('')
    this.enter(tag, -1)
    if (aside) this.prose.resume()
    if (backlink || isPlayer) this.mute--
    if (block) {
      this.closeBidi()
      this.bidi = enclosing
      this.border(tag)
    }
    // A paragraph that held nothing but what was left out.
    if (tag === 'p' && attributes === '' && this.out.length === contentAt) {
      this.out.pop()
      return
    }
    this.out.push(`</${tag}>`)
  }

  /** The number that a reader shows before an item, for those who read the plain text. */
  private numberItem(item: HtmlElement) {
    const next = this.lists.at(-1)
    if (next === undefined || next === null || this.mute > 0) return
    const number = wholeNumber(item, 'value') ?? next
    this.text.mark(`${number}. `)
    this.lists[this.lists.length - 1] = number + 1
  }

  private enter(tag: string, by: 1 | -1) {
    if (tag === 'table') this.tables += by
    else if (tag === 'a') this.anchors += by
    else if (tag === 'pre') this.preformatted += by
  }

  private border(tag: string) {
    this.prose.boundary()
    if (tag === 'td' || tag === 'th') this.text.cellBreak()
    else this.text.boundary(tag === 'li' || tag === 'tr' || tag === 'dt' || tag === 'dd' ? '\n' : '\n\n')
  }

  private closeBidi() {
    if (this.bidi.length === 0) return
    const closers = closersOf(this.bidi)
    this.out.push(closers)
    this.addHygiene([
      {
        kind: 'bidi',
        characters: [...new Set(closers)].map(codePointName),
        count: closers.length,
        index: null,
      },
    ])
    this.bidi = []
  }

  private clean(value: string): string {
    const { text, findings } = removeForbidden(value)
    if (findings.length > 0) this.addHygiene(findings)
    return text
  }

  private addHygiene(findings: HygieneFinding[]) {
    for (const finding of findings) {
      const known = this.hygiene.get(finding.kind)
      if (!known) this.hygiene.set(finding.kind, { ...finding, index: null })
      else {
        known.count += finding.count
        known.characters = [...new Set([...known.characters, ...finding.characters])]
      }
    }
  }

  /** Formulae are kept, drawings are not: SVG can link, run and restyle in too many ways. */
  private foreignElement(element: HtmlElement) {
    const { tag } = element
    if (tag === 'svg') return this.note('html-sanitised', '<svg>')
    if (droppedInSilence.has(tag)) return
    if (!mathElements.has(tag)) {
      this.note('html-sanitised', `<${tag.slice(0, 40)}>`)
      return
    }
    let attributes = ''
    for (const [name, value] of element.attributes)
      if (mathAttributes.has(name)) attributes += this.attribute(name, this.clean(value))
    this.noteHandlers(element)
    this.out.push(`<${tag}${attributes}>`)
    this.children(element.children)
    this.out.push(`</${tag}>`)
  }

  private attributes(element: HtmlElement, allowed: ReadonlySet<string>): string {
    if (element.attributes.size === 0) return ''
    let written = ''
    let style = ''
    for (const [name, raw] of element.attributes) {
      if (name === 'align' || name === 'valign' || name === 'style')
        style += this.style(element.tag, name, raw)
      else if (name === 'class') written += this.classes(raw)
      else if (!allowed.has(name) && !globalAttributes.has(name)) this.noteLost(name)
      else if (urlAttributes.has(name)) written += this.urlAttribute(element.tag, name, raw)
      else if (name === 'srcset') written += this.srcset(raw)
      else {
        const value = this.clean(raw)
        const pattern = attributeValues[name]
        if (name === 'name') {
          if (!element.attributes.has('id')) written += this.attribute('id', value)
        } else if (!pattern || pattern.test(value))
          written += this.attribute(
            name,
            name === 'width' || name === 'height' ? String(Number.parseInt(value, 10)) : value,
          )
      }
    }
    return style === '' ? written : written + this.attribute('style', style)
  }

  private attribute(name: string, value: string): string {
    return ` ${name}="${escapeHtmlAttribute(value)}"`
  }

  private noteLost(name: string) {
    if (name.startsWith('on') || name === 'srcdoc' || name === 'formaction' || name === 'ping')
      this.note('html-sanitised', name.slice(0, 40))
  }

  private noteHandlers(element: HtmlElement) {
    for (const name of element.attributes.keys()) this.noteLost(name)
  }

  private classes(value: string): string {
    const kept = value.split(/[\t\n\f\r ]+/).filter(name => allowedClass.test(name))
    return kept.length > 0 ? this.attribute('class', kept.join(' ')) : ''
  }

  /**
   * The one look with a meaning is how a cell's text is aligned. The attributes that said so are obsolete (HTML Standard
   * §16.2), and a style of these few words can do nothing else.
   */
  private style(tag: string, name: string, value: string): string {
    const isCell = tag === 'td' || tag === 'th' || tag === 'tr'
    const given =
      name === 'style'
        ? /^\s*text-align\s*:\s*(left|right|center|justify|start|end)\s*;?\s*$/i.exec(value)?.[1]
        : value
    const isKnown = given !== undefined && alignments[name === 'valign' ? 'valign' : 'align'].test(given)
    if (isCell && isKnown)
      return `${name === 'valign' ? 'vertical-align' : 'text-align'}:${given.toLowerCase()};`
    if (name === 'style') this.note('html-simplified', 'style')
    return ''
  }

  private urlAttribute(tag: string, name: string, raw: string): string {
    const url = this.url(tag, name, raw)
    return url === null ? '' : this.attribute(name, url)
  }

  /** The address to write, absolute; null where there is none to write. */
  url(tag: string, name: string, raw: string): string | null {
    const link = trimUrl(this.clean(raw))
    const scheme = schemeOf(link)
    const isLink = name === 'href' || name === 'cite'
    if (scheme !== null && scheme !== 'http' && scheme !== 'https') {
      if (!isLink && tag === 'img' && dataImage.test(link)) return link
      if (!isLink || !linkSchemes.has(scheme)) {
        if (scriptSchemes.has(scheme)) this.note('html-sanitised', `${scheme}:`)
        else this.note('link-unresolved', link.slice(0, 200))
        return null
      }
    }
    if (link === '' && !isLink) return null
    const { url, media, problem } = this.links.resolve(link, isLink ? 'page' : 'file')
    if (media !== null) this.media.add(media)
    if (problem !== null) this.note(problem, link)
    if (url === null) {
      if (problem === null) this.note('link-unresolved', link)
      return null
    }
    // What resolving made of it is looked at once more: the two must agree on what a scheme is.
    const resolved = schemeOf(url)
    if (
      resolved === 'http' ||
      resolved === 'https' ||
      (isLink && resolved !== null && linkSchemes.has(resolved))
    )
      return isLink ? uriOf(url) : documentUrl(url)
    this.note('html-sanitised', `${resolved}:`)
    return null
  }

  private srcset(raw: string): string {
    // A browser takes a candidate that is not there before the picture that is.
    const resolved = resolveSrcset(raw, candidate => {
      const { problem } = this.links.resolve(trimUrl(candidate), 'file')
      if (problem !== 'media-missing' && problem !== 'media-outside') return this.url('img', 'src', candidate)
      this.note(problem, candidate)
      return null
    })
    return resolved === '' ? '' : this.attribute('srcset', resolved)
  }

  private imageElement(element: HtmlElement, allowed: ReadonlySet<string>) {
    const written = this.attributes(element, allowed)
    if (!/ src(?:set)?="/.test(written) || isPlaceholder(element)) {
      this.textNode(element.attributes.get('alt') ?? '')
      return
    }
    const alt = element.attributes.has('alt') ? '' : ' alt=""'
    this.out.push(`<img${written}${alt}${this.measured(element)}>`)
    if (this.image === null) this.image = this.leadImage(element)
  }

  /** The size that the file itself says, where the author gives none: a page keeps the picture's place before it is there. */
  private measured({ attributes }: HtmlElement): string {
    if (attributes.has('width') || attributes.has('height')) return ''
    const source = attributes.get('src')
    const picture = source ? this.links.resolve(trimUrl(source), 'file').picture : null
    return picture ? ` width="${picture.width}" height="${picture.height}"` : ''
  }

  private leadImage(element: HtmlElement): BodyImage | null {
    const source = element.attributes.get('src') ?? ''
    const { url, media, picture, problem } = this.links.resolve(source, 'file')
    // What leads to no file stands for nobody's article.
    if (url === null || problem !== null || !isHttpUrl(url)) return null
    if (/\/favicon[^/]*$/i.test(url) || isAmongWords(element)) return null
    const pixels = (name: string) => {
      const value = element.attributes.get(name) ?? ''
      return /^\d{1,5}(?:px)?$/.test(value) ? Number.parseInt(value, 10) : null
    }
    const given = [pixels('width'), pixels('height')]
    const isGiven = element.attributes.has('width') || element.attributes.has('height')
    const [width = null, height = null] = isGiven || !picture ? given : [picture.width, picture.height]
    // Pixels that count visits are not pictures.
    if ((width !== null && width <= 2) || (height !== null && height <= 2)) return null
    return { url, alt: this.clean(element.attributes.get('alt') ?? ''), width, height, media }
  }

  /** A task's box; every other field is something to fill in, and goes. */
  private checkbox(element: HtmlElement) {
    if (element.attributes.get('type')?.toLowerCase() !== 'checkbox') {
      this.noteHandlers(element)
      if (element.attributes.get('type')?.toLowerCase() !== 'hidden') this.note('html-sanitised', '<input>')
      return
    }
    this.out.push(
      `<input type="checkbox"${element.attributes.has('checked') ? ' checked=""' : ''} disabled="">`,
    )
  }
}

/** Elements that HTML has another name for now (HTML Standard §16.2). */
const modernNames = new Map([
  ['strike', 's'],
  ['tt', 'code'],
])

function wholeNumber(element: HtmlElement, name: string): number | null {
  const written = element.attributes.get(name)
  return written && /^-?\d{1,9}$/.test(written.trim()) ? Number(written) : null
}
