import type { MarkdownIt, StateBlock } from 'markdown-it'
import { escapeHtmlText } from '../text/escape.ts'
import { isIndented, isOutside, lineEnd, lineStart, lineText, paragraphAt } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]

/** How what an element holds is read. */
type Mode = 'raw' | 'block' | 'span'

/** `HTML_CONTENT_MODEL` of kramdown's parser; whatever it does not name is raw. */
const models: Record<Exclude<Mode, 'raw'>, ReadonlySet<string>> = {
  block: new Set(
    'address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header hgroup iframe li main map menu nav noscript object section summary td'.split(
      ' ',
    ),
  ),
  span: new Set(
    'a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt'.split(
      ' ',
    ),
  ),
}
/** Its `HTML_SPAN_ELEMENTS`: they begin no block. */
const spans = new Set(
  'a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var'.split(
    ' ',
  ),
)
const spanTag = new RegExp(`^</?(?:${[...spans].join('|')})(?=[\\s/>])`, 'i')
/** Its `HTML_BLOCK_ELEMENTS`, but for frames, which are embeds. */
const blockTags = new Set(
  'address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head legend menu li main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul'.split(
    ' ',
  ),
)
const voids = new Set(
  'area base br col command embed hr img input keygen link meta param source track wbr'.split(' '),
)
/** What they hold is no HTML. */
const foreign = new Set(['script', 'style'])

const tagAt =
  /<([a-z_][\w.:-]*)((?:\s+[\w:@.#*([][^\s"'<>/=]*(?:\s*=\s*(?:[^\s"'<>=`]+|"[^"]*"|'[^']*'))?)*)\s*(\/)?>/iy
const closerAt = /<\/([a-z_][\w.:-]*)\s*>/iy
const markdownAttribute = /\smarkdown\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/i

/** Elements in elements that are read as Markdown: more than anybody writes. Below that, they are raw. */
const deepest = 12
/** Lines that are looked at first; twice as many as long as what was begun there does not end. */
const firstLook = 32

/** A place in the lines of a block: an offset into its source. */
interface Place {
  line: number
  at: number
}

interface Tag {
  name: string
  html: string
  mode: Mode
  isClosed: boolean
  length: number
}

/** An element whose content is being read as blocks, and where it ended. */
interface Frame {
  name: string
  level: number
  end: Place | null
}

const frames = new WeakMap<StateBlock, Frame[]>()

function framesOf(state: StateBlock): Frame[] {
  const known = frames.get(state) ?? []
  frames.set(state, known)
  return known
}

/**
 * HTML as kramdown reads it (`parser/kramdown/html.rb`): an element goes on to the tag that closes it, whatever blank lines are in it, and what it holds is
 * Markdown only where its `markdown` attribute says so. There a tag closes it that begins a line, at most three spaces in, and no other: what stands
 * in code, in a list, in a quote or in words closes nothing, so that nothing hidden is shown.
 * @param readsAll whether all blocks hold Markdown, without being told (`parse_block_html`)
 */
export function kramdownHtml(markdown: MarkdownIt, readsAll = false): void {
  const alt = ['paragraph', 'reference', 'blockquote']
  markdown.block.ruler.before('html_block', 'kramdown_html', blockHtml(readsAll), { alt })
  markdown.block.ruler.disable('html_block')
  markdown.block.ruler.before('fence', 'kramdown_unclosed_fence', unclosedFence, { alt })
  markdown.core.ruler.after('inline', 'kramdown_inline_html', ({ tokens }) => {
    for (const { children } of tokens) if (children) balance(children)
  })
}

export const kramdownHtmlThroughout = (markdown: MarkdownIt): void => kramdownHtml(markdown, true)

function blockHtml(readsAll: boolean): BlockRule {
  return (state, startLine, endLine, silent) => {
    if (isIndented(state, startLine)) return false
    const begin = { line: startLine, at: lineStart(state, startLine) }
    if (state.src[begin.at] !== '<') return false
    if (silent) return ends(state, begin, endLine, readsAll)
    let place = part(state, begin, endLine, readsAll)
    if (place === null) return false
    while (place !== null && place.line === startLine && restOf(state, place) !== '') {
      const next = part(state, place, endLine, readsAll)
      if (next === null) {
        shift(state, place)
        state.md.block.tokenize(state, startLine, startLine + 1)
        place = null
      } else place = next
    }
    if (place === null) state.line = Math.max(state.line, startLine + 1)
    else if (place.line >= endLine || restOf(state, place) === '')
      state.line = Math.min(place.line + 1, endLine)
    else {
      shift(state, place)
      state.line = place.line
    }
    return true
  }
}

const fenceAt = /^(`{3,}(?=[^`]*$)|~{3,})/

/** A fence that nothing closes is words. */
const unclosedFence: BlockRule = (state, startLine, endLine, silent) => {
  const sign = state.src[lineStart(state, startLine)]
  if (silent || (sign !== '`' && sign !== '~') || isIndented(state, startLine)) return false
  const [mark] = fenceAt.exec(lineText(state, startLine)) ?? []
  if (mark === undefined || isClosedFence(state, startLine, endLine, mark)) return false
  return paragraphAt(state, startLine, endLine)
}

/** For fences and remarks: the line up to which nothing ends them. Each is looked for once. */
const endless = new WeakMap<StateBlock, Map<string, number>>()

function endlessOf(state: StateBlock): Map<string, number> {
  const known = endless.get(state) ?? new Map<string, number>()
  endless.set(state, known)
  return known
}

function isClosedFence(state: StateBlock, startLine: number, endLine: number, mark: string): boolean {
  const known = endlessOf(state)
  const key = `${mark} ${state.blkIndent}`
  if (startLine < (known.get(key) ?? 0)) return false
  const sign = mark.charAt(0)
  let line = startLine + 1
  for (; line < endLine && !isOutside(state, line); line++) {
    const text = lineText(state, line)
    if (text.startsWith(mark) && text.trimEnd().replaceAll(sign, '') === '') return true
  }
  known.set(key, line)
  return false
}

/** Whether words end above what stands there. A tag that closes nothing is one of them. */
function ends(state: StateBlock, place: Place, endLine: number, readsAll: boolean): boolean {
  const standing = whatStands(state, place, endLine, readsAll)
  if (standing === null || state.parentType !== 'paragraph' || isOutside(state, place.line))
    return standing !== null
  if (standing.what === 'tag') return standing.tag.name !== 'script'
  return standing.what === 'remark' || closes(state, standing.name) !== null
}

/** The element whose end a tag is. */
function closes(state: StateBlock, name: string): Frame | null {
  const frame = framesOf(state).at(-1)
  return frame?.name === name && frame.level === state.level && frame.end === null ? frame : null
}

type Standing =
  | { what: 'tag'; tag: Tag }
  | { what: 'closer'; name: string; length: number }
  | { what: 'remark' }

/** What of HTML stands at a place and is no part of a line of words. */
function whatStands(state: StateBlock, place: Place, endLine: number, readsAll: boolean): Standing | null {
  const { text } = look(state, place, endLine, firstLook)
  const at = text.length - text.trimStart().length
  if (text.startsWith('<!--', at)) return isRemark(state, place, endLine) ? { what: 'remark' } : null
  const tag = readTag(text, at, readsAll)
  if (tag) return spans.has(tag.name) ? null : { what: 'tag', tag }
  closerAt.lastIndex = at
  const [closer = '', name = ''] = closerAt.exec(text) ?? []
  return closer === '' || spans.has(name.toLowerCase())
    ? null
    : { what: 'closer', name: name.toLowerCase(), length: at + closer.length }
}

/**
 * Reads an element, a remark or the tag that closes the element around it.
 * @returns the place behind it; null where none of them stands there
 */
function part(state: StateBlock, place: Place, endLine: number, readsAll: boolean): Place | null {
  const standing = whatStands(state, place, endLine, readsAll)
  if (standing === null) return null
  const spaces = restOf(state, place, false).search(/\S/)
  const start = { line: place.line, at: place.at + Math.max(0, spaces) }
  if (standing.what === 'tag') return element(state, standing.tag, start, endLine, readsAll)
  if (standing.what === 'remark') return remark(state, start, endLine)
  const frame = closes(state, standing.name)
  if (frame === null) return null
  frame.end = { line: place.line, at: place.at + standing.length }
  // Nothing behind it is read by whoever reads the element's content.
  return { line: endLine, at: lineEnd(state, endLine - 1) }
}

/** What begins anew below a list's item or a quote, and is no line of it. */
const beginsAnew = /^(?:<\/?[a-z_]|\{:|[*+-][ \t]|\d+\.[ \t])/i

const taken = new WeakMap<StateBlock, number>()

/** In a list or a quote lines go on with what stands above them without being indented or marked: what an element in it holds, too. */
function takeLazyLines(state: StateBlock, startLine: number, endLine: number): void {
  let line = Math.max(startLine + 1, taken.get(state) ?? 0)
  for (; line < endLine && !state.isEmpty(line); line++) {
    if (!isOutside(state, line)) continue
    const isMarked = beginsAnew.test(lineText(state, line)) && !spanTag.test(lineText(state, line))
    if (isMarked && (state.sCount[line] ?? 0) >= 0) break
    state.sCount[line] = state.blkIndent
  }
  taken.set(state, line)
}

/** Whether something ends a remark that begins at a place: else it is words. */
function isRemark(state: StateBlock, start: Place, endLine: number): boolean {
  const known = endlessOf(state)
  const key = `<!-- ${state.blkIndent}`
  if (start.line < (known.get(key) ?? 0)) return false
  return grow(state, start, endLine, (text, placeAt, isWhole) => {
    const isEnded = text.includes('-->', text.indexOf('<') + 4)
    if (!isEnded && isWhole) known.set(key, placeAt(text.length).line + 1)
    return isEnded || isWhole ? { value: isEnded } : null
  })
}

function remark(state: StateBlock, start: Place, endLine: number): Place {
  return grow(state, start, endLine, (text, placeAt, isWhole) => {
    const end = text.indexOf('-->', 4)
    if (end === -1 && !isWhole) return null
    write(state, text.slice(0, end + 3), start.line)
    return { value: placeAt(end + 3) }
  })
}

function element(state: StateBlock, tag: Tag, start: Place, endLine: number, readsAll: boolean): Place {
  takeLazyLines(state, start.line, endLine)
  const behind = look(state, start, endLine, firstLook).placeAt(tag.length)
  if (tag.isClosed || voids.has(tag.name)) {
    write(state, tag.html, start.line)
    return behind
  }
  if (tag.mode === 'raw' || framesOf(state).length >= deepest)
    return raw(state, tag, behind, endLine, readsAll)
  write(state, tag.html, start.line)
  const end =
    tag.mode === 'span' ? words(state, tag.name, behind, endLine) : blocks(state, tag.name, behind, endLine)
  write(state, `</${tag.name}>`, start.line)
  return end
}

/** What an element of words holds: one line of Markdown, up to the next tag that closes it. */
function words(state: StateBlock, name: string, start: Place, endLine: number): Place {
  const closer = new RegExp(`</${name}\\s*>`, 'i')
  return grow(state, start, endLine, (text, placeAt, isWhole) => {
    const found = closer.exec(text)
    if (!found && !isWhole) return null
    const inline = state.push('inline', '', 0)
    inline.content = text.slice(0, found?.index).trim()
    inline.children = []
    return { value: placeAt(found ? found.index + found[0].length : text.length) }
  })
}

function blocks(state: StateBlock, name: string, start: Place, endLine: number): Place {
  const open = framesOf(state)
  const frame: Frame = { name, level: state.level + 1, end: null }
  const { parentType } = state
  open.push(frame)
  state.level++
  const first = restOf(state, start) === '' ? start.line + 1 : start.line
  if (first === start.line) shift(state, start)
  state.line = first
  state.md.block.tokenize(state, first, endLine)
  state.level--
  state.parentType = parentType
  open.pop()
  const last = Math.max(start.line, state.line - 1)
  return frame.end ?? { line: last, at: lineEnd(state, last) }
}

/** What an element holds as it stands, up to the tag that closes it; in it, other elements may hold Markdown. */
function raw(state: StateBlock, first: Tag, start: Place, endLine: number, readsAll: boolean): Place {
  const open = [first]
  let html = first.html
  let place = start
  while (open.length > 0 && place.line < endLine) {
    const { value } = growRaw(state, place, endLine, open, readsAll)
    html += value.html
    place = value.end
    if (value.inner === null) break
    write(state, html, start.line)
    html = ''
    place = element(state, value.inner, place, endLine, readsAll)
  }
  write(
    state,
    html +
      open
        .reverse()
        .map(({ name }) => `</${name}>`)
        .join(''),
    start.line,
  )
  return place
}

interface RawPart {
  html: string
  end: Place
  /** An element that stands at the end, and is to be read in its own way. */
  inner: Tag | null
}

const growRaw = (state: StateBlock, start: Place, endLine: number, open: Tag[], readsAll: boolean) => ({
  value: grow<RawPart>(state, start, endLine, (text, placeAt, isWhole) => {
    const stack = open.slice()
    const part = rawPart(text, stack, readsAll, framesOf(state).length < deepest)
    if (!part.isDone && !isWhole) return null
    open.splice(0, open.length, ...stack)
    return { value: { html: part.html, end: placeAt(part.at), inner: part.inner } }
  }),
})

/** @param open the elements that are open, changed in place */
function rawPart(text: string, open: Tag[], readsAll: boolean, mayRead: boolean) {
  let html = ''
  let at = 0
  const take = (end: number, by = text.slice(at, end)) => {
    html += by
    at = end
  }
  while (open.length > 0) {
    const inside = open.at(-1)
    if (inside && foreign.has(inside.name)) {
      const end = indexOfCloser(text, inside.name, at)
      if (end === -1) break
      take(end)
    }
    const next = text.indexOf('<', at)
    if (next === -1) break
    take(next)
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4)
      if (end !== -1) {
        take(end + 3)
        continue
      }
    }
    closerAt.lastIndex = at
    const closer = closerAt.exec(text)
    const tag = closer ? null : readTag(text, at, readsAll, true)
    if (closer) {
      const isMatching = closer[1]?.toLowerCase() === open.at(-1)?.name
      take(at + closer[0].length, isMatching ? closer[0] : escapeHtmlText(closer[0]))
      if (isMatching) open.pop()
    } else if (tag) {
      if (tag.mode !== 'raw' && !tag.isClosed && mayRead) return { html, at, inner: tag, isDone: true }
      take(at + tag.length, tag.html)
      if (!tag.isClosed && !voids.has(tag.name)) open.push(tag)
    } else take(at + 1, '&lt;')
  }
  if (open.length === 0) return { html, at, inner: null, isDone: true }
  take(text.length)
  return { html, at, inner: null, isDone: false }
}

function indexOfCloser(text: string, name: string, from: number): number {
  const closer = new RegExp(`</${name}\\s*>`, 'gi')
  closer.lastIndex = from
  return closer.exec(text)?.index ?? -1
}

function readTag(text: string, at: number, readsAll: boolean, isInRaw = false): Tag | null {
  tagAt.lastIndex = at
  const [found, written = '', attributes = '', slash] = tagAt.exec(text) ?? []
  if (found === undefined) return null
  const name = written.toLowerCase()
  const given = markdownAttribute.exec(attributes)
  const html = `<${written}${given ? attributes.replace(given[0], '') : attributes}>`
  const isClosed = slash !== undefined
  return {
    name,
    html: isClosed && !voids.has(name) ? `${html}</${written}>` : html,
    mode: foreign.has(name) ? 'raw' : modeOf(name, given?.slice(1).find(Boolean), readsAll && !isInRaw),
    isClosed,
    length: found.length,
  }
}

function modeOf(name: string, given: string | undefined, readsAll: boolean): Mode {
  if (given === 'block' || given === 'span') return given
  if (given === '0' || (given !== '1' && !readsAll)) return 'raw'
  return models.block.has(name) ? 'block' : models.span.has(name) ? 'span' : 'raw'
}

function write(state: StateBlock, html: string, line: number): void {
  if (html === '') return
  const token = state.push('html_block', '', 0)
  token.content = `${html}\n`
  token.map = [line, line + 1]
}

/** What is left of a line behind a place. */
const restOf = (state: StateBlock, { line, at }: Place, isTrimmed = true) => {
  const rest = at < 0 || line >= state.lineMax ? '' : state.src.slice(at, lineEnd(state, line))
  return isTrimmed ? rest.trim() : rest
}

/** Lets a line begin at a place in it. */
function shift(state: StateBlock, { line, at }: Place): void {
  const spaces = Math.max(0, state.src.slice(at, lineEnd(state, line)).search(/\S/))
  state.bMarks[line] = at
  state.tShift[line] = spaces
  state.sCount[line] = state.blkIndent
}

/** The text from a place on, without what lists and quotes around it stand for, and where its offsets lie. */
function look(state: StateBlock, start: Place, endLine: number, lines: number) {
  const parts = [state.src.slice(start.at, lineEnd(state, start.line))]
  let line = start.line + 1
  while (line < endLine && parts.length < lines && !isOutside(state, line)) {
    parts.push(state.getLines(line, line + 1, state.blkIndent, false))
    line++
  }
  const text = parts.join('\n')
  const placeAt = (offset: number): Place => {
    const at = start.line + text.slice(0, offset).split('\n').length - 1
    const end = text.indexOf('\n', offset)
    return { line: at, at: lineEnd(state, at) - ((end === -1 ? text.length : end) - offset) }
  }
  return { text, placeAt, isWhole: line >= endLine || isOutside(state, line) }
}

/** Looks at more and more lines, until what is asked for is found there. */
function grow<Value>(
  state: StateBlock,
  start: Place,
  endLine: number,
  ask: (text: string, placeAt: (offset: number) => Place, isWhole: boolean) => { value: Value } | null,
): Value {
  for (let lines = firstLook; ; lines *= 2) {
    const { text, placeAt, isWhole } = look(state, start, endLine, lines)
    const answer = ask(text, placeAt, isWhole)
    if (answer) return answer.value
    if (isWhole) throw new RangeError('The whole of a text says no more than it does.')
  }
}

type Child = NonNullable<StateBlock['tokens'][number]['children']>[number]

/**
 * In a line of words a tag that closes nothing there is text, and what was not closed ends with the words. An element of blocks would end the paragraph: it
 * is one of words here, that hides what it hides.
 */
function balance(children: Child[]): void {
  const open: string[] = []
  for (const child of children) {
    if (child.type !== 'html_inline') continue
    const found = /^<(\/?)([a-z][\w.:-]*)([\s\S]*?)(\/?)>$/i.exec(child.content)
    if (!found) continue
    const [, slash = '', written = '', attributes = '', end = ''] = found
    const name = written.toLowerCase()
    const shown = !blockTags.has(name) ? written : voids.has(name) ? 'br' : 'span'
    if (slash !== '') {
      if (open.at(-1) === name) open.pop()
      else child.type = 'text'
    } else if (!voids.has(name) && end === '') open.push(name)
    if (child.type === 'text' || (shown === written && end === '')) continue
    const isEmpty = slash === '' && end !== '' && !voids.has(name)
    child.content = `<${slash}${shown}${attributes}>${isEmpty ? `</${shown}>` : ''}`
  }
  const last = children.findLast(({ type }) => type === 'html_inline')
  if (last === undefined) return
  for (const name of open.reverse()) {
    const content = `</${blockTags.has(name) ? 'span' : name}>`
    children.push(Object.assign(Object.create(Object.getPrototypeOf(last)), last, { content }))
  }
}
