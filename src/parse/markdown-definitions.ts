import type { MarkdownIt } from 'markdown-it'
import { itemAt } from '../text/item-at.ts'
import { parseInside } from './markdown-inside.ts'
import { isIndented, isOutside, lineText } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]
type BlockState = Parameters<BlockRule>[0]

/**
 * Definition lists as PHP Markdown Extra has them, and kramdown, Python-Markdown and goldmark after it: lines of terms, and below them one definition
 * or several, each behind a colon.
 */
export function definitionLists(markdown: MarkdownIt): void {
  markdown.block.ruler.before('lheading', 'definition_list', definitionList)
}

/** What is no term: it begins a block of another kind, or underlines a heading. */
const otherBlock = /^(?:[#>|<]|`{3}|~{3}|[-*+][ \t]|\d{1,9}[.)][ \t]|=+[ \t]*$|-+[ \t]*$|\*\[|\[\^|\$\$|:)/
const marker = /^:[ \t]+(?=\S)/

/** Terms, and the line of their first definition. */
interface Entry {
  terms: [start: number, end: number]
  definition: number
}

const definitionList: BlockRule = (state, startLine, endLine, silent) => {
  let entry = entryAt(state, startLine, endLine)
  if (!entry) return false
  if (silent) return true
  const list = state.push('dl_open', 'dl', 1)
  let line = startLine
  while (entry) {
    writeTerms(state, entry.terms)
    let isApart = entry.definition > entry.terms[1]
    line = entry.definition
    for (;;) {
      line = writeDefinition(state, line, endLine, isApart)
      const next = skipEmpty(state, line, endLine)
      if (!isDefinition(state, next, endLine)) break
      isApart = next > line
      line = next
    }
    entry = entryAt(state, skipEmpty(state, line, endLine), endLine)
  }
  list.map = [startLine, line]
  state.push('dl_close', 'dl', -1)
  state.line = line
  return true
}

function entryAt(state: BlockState, startLine: number, endLine: number): Entry | null {
  let line = startLine
  for (; line < endLine && !state.isEmpty(line); line++) {
    if (isOutside(state, line)) return null
    if (line > startLine && isDefinition(state, line, endLine)) break
    // A term may go on far in; it does not begin so.
    if ((line === startLine && isIndented(state, line)) || otherBlock.test(lineText(state, line))) return null
  }
  const definition = skipEmpty(state, line, endLine)
  return line > startLine && isDefinition(state, definition, endLine)
    ? { terms: [startLine, line], definition }
    : null
}

const isDefinition = (state: BlockState, line: number, endLine: number) =>
  line < endLine && !isOutside(state, line) && !isIndented(state, line) && marker.test(lineText(state, line))

function skipEmpty(state: BlockState, line: number, endLine: number): number {
  let next = line
  while (next < endLine && state.isEmpty(next)) next++
  return next
}

function writeTerms(state: BlockState, [start, end]: Entry['terms']) {
  for (let line = start; line < end; line++) {
    state.push('dt_open', 'dt', 1).map = [line, line + 1]
    const inline = state.push('inline', '', 0)
    inline.content = lineText(state, line).trim()
    inline.children = []
    state.push('dt_close', 'dt', -1)
  }
}

/**
 * One definition: what stands behind the colon, lines that go on with it, and what is indented below.
 * @param isApart there is a blank line above: it is a paragraph
 * @returns the line behind it
 */
function writeDefinition(state: BlockState, startLine: number, endLine: number, isApart: boolean): number {
  const text = lineText(state, startLine)
  const [mark = ''] = marker.exec(text) ?? []
  const own = state.blkIndent
  // A tab goes on to the next stop; whoever indents by four means what is below, too.
  const indent = mark.includes('\t') ? 4 : Math.min(4, mark.length)
  const lines = [text.slice(mark.length)]
  let line = startLine + 1
  let isBehindBlank = false
  for (; line < endLine; line++) {
    if (state.isEmpty(line)) {
      isBehindBlank = true
      lines.push('')
      continue
    }
    if (isOutside(state, line)) break
    const isInside = itemAt(state.sCount, line) - own >= indent
    if (!isInside && (isBehindBlank || otherBlock.test(lineText(state, line)))) break
    isBehindBlank = false
    lines.push(state.getLines(line, line + 1, own + indent, false))
  }
  while (lines.at(-1) === '') {
    lines.pop()
    line--
  }
  state.push('dd_open', 'dd', 1).map = [startLine, line]
  const at = state.tokens.length
  parseInside(state, lines.join('\n'))
  if (!isApart) hideParagraph(state.tokens, at)
  state.push('dd_close', 'dd', -1)
  return line
}

/** Its words stand in what is around it. */
function hideParagraph(tokens: BlockState['tokens'], at: number) {
  const [open, , close] = tokens.slice(at, at + 3)
  if (open?.type !== 'paragraph_open' || !close) return
  open.hidden = true
  close.hidden = true
}
