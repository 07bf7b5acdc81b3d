import type { MarkdownIt } from 'markdown-it'
import { codeRanges, rangeTest } from '../systems/markup/markdown-code-ranges.ts'
import { isTooDeep, parseInside } from './markdown-inside.ts'
import { isIndented, isOutside, lineEnd, lineStart, lineText } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]
type BlockState = Parameters<BlockRule>[0]

const opening = /^<([a-z][a-z\d]*)(?=[\s>])((?:[^<>"']|"[^"]*"|'[^']*')*)>/i
const markdownAttribute = /\smarkdown\s*=\s*(?:"(1|block|span)"|'(1|block|span)'|(1|block|span)(?=\s|$))/i
const blocks =
  /^(?:address|article|aside|blockquote|center|dd|details|div|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|li|main|nav|p|section|summary|td|th)$/i
/** Of them those that hold no blocks. */
const ofWords = /^(?:p|h[1-6]|summary|th)$/i

/** The heading of what is folded: the text on the line below it is no part of it. */
const summary = /^(\s*<summary\b[^<>]*>[^\n]*<\/summary>)[ \t]*\n(?=[^\n])/i

/** `<div markdown="1">`: what is inside is Markdown, up to the tag that closes it (PHP Markdown Extra, and those after it). */
export function markdownInHtml(markdown: MarkdownIt): void {
  markdown.block.ruler.before('html_block', 'markdown_in_html', block, {
    alt: ['paragraph', 'reference', 'blockquote'],
  })
}

const block: BlockRule = (state, startLine, endLine, silent) => {
  if (isIndented(state, startLine)) return false
  const [tag = '', name = '', attributes = ''] = opening.exec(lineText(state, startLine)) ?? []
  const given = markdownAttribute.exec(attributes)
  if (!given || !blocks.test(name) || isTooDeep(state)) return false
  const close = closingTagOf(state, name, lineStart(state, startLine))
  if (!close) return false
  let last = startLine
  while (last < endLine && lineEnd(state, last) < close.end) last++
  if (last === endLine) return false
  for (let line = startLine; line <= last; line++) if (isOutside(state, line)) return false
  if (silent) return true

  const lines: string[] = []
  for (let line = startLine; line <= last; line++) {
    const start = line === startLine ? lineStart(state, line) + tag.length : null
    const end = line === last ? close.start : null
    if (start !== null || end !== null)
      lines.push(state.src.slice(start ?? lineStart(state, line), end ?? lineEnd(state, line)))
    else lines.push(state.getLines(line, line + 1, state.blkIndent, false))
  }
  const html = (content: string) => {
    const token = state.push('html_block', '', 0)
    token.content = `${content}\n`
    token.map = [startLine, last + 1]
  }
  html(tag.replace(attributes, attributes.replace(given[0], '')))
  const mode = (given[1] ?? given[2] ?? given[3] ?? '').toLowerCase()
  const inside = withoutIndent(lines).replace(summary, '$1\n\n')
  if (mode === 'span' || (mode === '1' && ofWords.test(name))) {
    const inline = state.push('inline', '', 0)
    inline.content = inside.trim()
    inline.children = []
  } else parseInside(state, inside)
  html(state.src.slice(close.start, close.end))
  const behind = state.src.slice(close.end, lineEnd(state, last)).trim()
  if (behind !== '') parseInside(state, behind)
  state.line = last + 1
  return true
}

/** The first line stands behind the tag; the others may be indented as a whole. */
function withoutIndent([first = '', ...rest]: string[]): string {
  const indents = rest.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length)
  const indent = Math.min(...indents, 99)
  return [first.trimStart(), ...rest.map(line => line.slice(Math.min(indent, line.length)))].join('\n')
}

interface ClosingTag {
  start: number
  end: number
}

/** Which tag closes which, found once for each name: every opening tag may ask. */
const pairs = new WeakMap<BlockState, Map<string, Map<number, ClosingTag>>>()

function closingTagOf(state: BlockState, name: string, at: number): ClosingTag | undefined {
  const key = name.toLowerCase()
  const byName = pairs.get(state) ?? new Map<string, Map<number, ClosingTag>>()
  pairs.set(state, byName)
  const known = byName.get(key) ?? pairsIn(state.src, key, codeOf(state))
  byName.set(key, known)
  return known.get(at)
}

const code = new WeakMap<BlockState, (offset: number) => boolean>()

/** Where code stands between backticks or fences, found once: a tag in it closes nothing. What a box holds may be indented. */
function codeOf(state: BlockState): (offset: number) => boolean {
  const known =
    code.get(state) ??
    rangeTest(
      codeRanges(state.src).filter(([start]) => !/^(?: {4}|\t)/.test(state.src.slice(start, start + 4))),
    )
  code.set(state, known)
  return known
}

function pairsIn(text: string, name: string, isCode: (offset: number) => boolean): Map<number, ClosingTag> {
  const found = new Map<number, ClosingTag>()
  const open: number[] = []
  for (const { 0: tag, 1: slash, index } of text.matchAll(
    new RegExp(`<(/?)${name}(?=[\\s/>])[^<>]*>`, 'gi'),
  )) {
    if (isCode(index)) continue
    if (slash === '') {
      if (!tag.endsWith('/>')) open.push(index)
      continue
    }
    const start = open.pop()
    if (start !== undefined) found.set(start, { start: index, end: index + tag.length })
  }
  return found
}
