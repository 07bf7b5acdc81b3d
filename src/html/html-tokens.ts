import { decodeHTML, decodeHTMLAttribute } from 'entities/decode'

/** Attributes by lower-case name, values decoded; the first of two of one name counts. */
export type Attributes = ReadonlyMap<string, string>

export interface TokenHandler {
  /** Decoded text. */
  text(value: string, start: number): void
  /** Returns how the tokenizer is to read what follows: raw text up to the element's end tag, or markup. */
  startTag(tag: StartTag): ContentModel
  endTag(name: string, start: number, end: number): void
  /** Whether the place is inside SVG or MathML, where `<![CDATA[` opens a section. */
  inForeignContent(): boolean
  /** A comment, script or other raw text that is never ended, so that it swallows the rest of the document. */
  unclosed(what: string, start: number): void
}

export interface StartTag {
  /** Lower case. */
  name: string
  attributes: Attributes
  selfClosing: boolean
  /** Offsets of `<` and of what follows `>`. */
  start: number
  end: number
}

/** HTML Standard, §13.2.5: how the characters after a start tag are to be read. */
export type ContentModel = 'markup' | 'raw-text' | 'escapable-raw-text' | 'plain-text'

export const noAttributes: Attributes = new Map()

const letter = /[a-z]/i
const tagName = /[^\t\n\f\r />]+/y
const spaceOrSlash = /[\t\n\f\r /]*/y
const space = /[\t\n\f\r ]*/y
// A name may begin with `=` (§13.2.5.32).
const attributeName = /=?[^\t\n\f\r />=]*/y
const unquotedValue = /[^\t\n\f\r >]+/y

/** So many tags may be cut off by the end of the file before the rest is taken as text: the time stays linear. */
const maxUnclosed = 16

/**
 * Reads HTML as HTML Standard §13.2.5 does, in time linear in its length whatever it holds. The departures: a tag that
 * the end of the file cuts off is text, since dropping it would drop words in silence; scripts end at the first
 * `</script>`, since nothing of them is kept.
 */
export function readHtmlTokens(source: string, handler: TokenHandler): void {
  let at = 0
  let cutOff = 0
  while (at < source.length) {
    const open = source.indexOf('<', at)
    if (open === -1 || cutOff > maxUnclosed) {
      emitText(source, at, source.length, handler)
      return
    }
    if (open > at) emitText(source, at, open, handler)
    const next = source[open + 1] ?? ''
    if (letter.test(next)) {
      const tag = readStartTag(source, open)
      if (tag) {
        const model = handler.startTag(tag)
        at = model === 'markup' ? tag.end : skipRawText(source, tag, model, handler)
        continue
      }
    } else if (next === '/' && letter.test(source[open + 2] ?? '')) {
      const end = endOfTag(source, open + 2)
      if (end !== -1) {
        handler.endTag(matchAt(tagName, source, open + 2).toLowerCase(), open, end)
        at = end
        continue
      }
    } else if (next === '!' || next === '?' || (next === '/' && open + 2 < source.length)) {
      at = skipDeclaration(source, open, handler)
      continue
    } else {
      handler.text('<', open)
      at = open + 1
      continue
    }
    cutOff++
    handler.text('<', open)
    at = open + 1
  }
}

function emitText(source: string, start: number, end: number, handler: TokenHandler) {
  const raw = source.slice(start, end)
  handler.text(raw.includes('&') ? decodeHTML(raw) : raw, start)
}

function matchAt(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}

/** The tag at `<`, or null where the end of the file cuts it off. */
function readStartTag(source: string, start: number): StartTag | null {
  const written = matchAt(tagName, source, start + 1)
  const name = written.toLowerCase()
  let at = start + 1 + written.length
  // Most tags are `<p>` or `<li>`.
  if (source[at] === '>') return { name, attributes: noAttributes, selfClosing: false, start, end: at + 1 }
  const attributes = new Map<string, string>()
  for (;;) {
    at += matchAt(spaceOrSlash, source, at).length
    if (at >= source.length) return null
    if (source[at] === '>')
      return { name, attributes, selfClosing: source[at - 1] === '/', start, end: at + 1 }
    const attribute = matchAt(attributeName, source, at)
    at += attribute.length
    const value = readValue(source, at)
    if (!value) return null
    const key = attribute.toLowerCase()
    if (!attributes.has(key))
      attributes.set(key, value.raw.includes('&') ? decodeHTMLAttribute(value.raw) : value.raw)
    at = value.end
  }
}

/** What follows an attribute's name: its value, empty where there is none; null where the file ends in it. */
function readValue(source: string, at: number): { raw: string; end: number } | null {
  const equals = at + matchAt(space, source, at).length
  if (source[equals] !== '=') return { raw: '', end: at }
  const start = equals + 1 + matchAt(space, source, equals + 1).length
  const quote = source[start]
  if (quote === '"' || quote === "'") {
    const end = source.indexOf(quote, start + 1)
    return end === -1 ? null : { raw: source.slice(start + 1, end), end: end + 1 }
  }
  const raw = matchAt(unquotedValue, source, start)
  return { raw, end: start + raw.length }
}

/** Past the `>` of an end tag, whose attributes mean nothing; -1 where there is none. */
function endOfTag(source: string, from: number): number {
  const at = from + matchAt(tagName, source, from).length
  if (source[at] === '>') return at + 1
  return readStartTag(source, from - 1)?.end ?? -1
}

/** Past a comment, doctype, CDATA section or what counts as a bogus comment (§13.2.5.42). */
function skipDeclaration(source: string, start: number, handler: TokenHandler): number {
  if (source.startsWith('<!--', start)) return skipComment(source, start, handler)
  if (source.startsWith('<![CDATA[', start) && handler.inForeignContent()) {
    const end = source.indexOf(']]>', start + 9)
    const stop = end === -1 ? source.length : end
    handler.text(source.slice(start + 9, stop), start)
    return end === -1 ? stop : end + 3
  }
  const end = source.indexOf('>', start)
  if (end === -1) handler.unclosed(source.slice(start, start + 2), start)
  return end === -1 ? source.length : end + 1
}

function skipComment(source: string, start: number, handler: TokenHandler): number {
  // `<!-->` and `<!--->` are whole comments (§13.2.5.43 and 44).
  if (source.startsWith('>', start + 4)) return start + 5
  if (source.startsWith('->', start + 4)) return start + 6
  const close = /--!?>/g
  close.lastIndex = start + 4
  if (close.test(source)) return close.lastIndex
  handler.unclosed('<!--', start)
  return source.length
}

/** Past the text of an element that holds no markup: the handler gets it as text, and then its end tag. */
function skipRawText(source: string, tag: StartTag, model: ContentModel, handler: TokenHandler): number {
  const close = model === 'plain-text' ? null : new RegExp(`</${tag.name}(?=[\\t\\n\\f\\r />])`, 'gi')
  if (close) close.lastIndex = tag.end
  const found = close?.exec(source)
  const stop = found?.index ?? source.length
  const raw = source.slice(tag.end, stop)
  if (raw) handler.text(model === 'escapable-raw-text' && raw.includes('&') ? decodeHTML(raw) : raw, tag.end)
  if (!found) {
    handler.unclosed(`<${tag.name}>`, tag.start)
    return source.length
  }
  const end = endOfTag(source, stop + 2)
  handler.endTag(tag.name, stop, end === -1 ? source.length : end)
  return end === -1 ? source.length : end
}
