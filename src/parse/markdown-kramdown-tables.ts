import type { MarkdownIt, StateBlock } from 'markdown-it'
import { isIndented, isOutside, lineText } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]

interface Row {
  line: number
  cells: string[]
}

interface Part {
  tag: 'thead' | 'tbody' | 'tfoot'
  rows: Row[]
}

interface Table {
  parts: Part[]
  alignment: string[]
  /** The line behind it. */
  end: number
}

/**
 * Tables as kramdown reads them (`parser/kramdown/table.rb`): lines with a pipe, between blank ones. A line of dashes below the first ones makes them the head, further
 * ones part the body, and behind a line of `=` stands the foot.
 */
export function kramdownTables(markdown: MarkdownIt): void {
  markdown.block.ruler.disable('table')
  markdown.block.ruler.before('lheading', 'kramdown_table', tableRule)
}

const tableRule: BlockRule = (state, startLine, endLine, silent) => {
  if (silent || isIndented(state, startLine) || !hasPipe(lineText(state, startLine))) return false
  if (!isApart(state, startLine)) return false
  const table = readTable(state, startLine, endLine)
  if (table === null) return false
  write(state, table, startLine)
  state.line = table.end
  return true
}

/** Whether it stands behind a blank line, or first in what it is in. */
function isApart(state: StateBlock, line: number): boolean {
  if (line === 0 || state.isEmpty(line - 1)) return true
  const last = state.tokens.at(-1)
  return !last || last.nesting === 1 || (last.type === 'html_block' && /^<[^!?/](?!.*<\/)/.test(last.content))
}

const separator = /^[+|: \t-]*-[+|: \t-]*$/
const footSeparator = /^[+|: \t=]*=[+|: \t=]*$/
const underline = /^(?:-+|=+)[ \t]*$/

function readTable(state: StateBlock, startLine: number, endLine: number): Table | null {
  const parts: Part[] = []
  let alignment: string[] = []
  let rows: Row[] = []
  let hasFoot = false
  const close = (tag: Part['tag']) => {
    if (rows.length > 0) parts.push({ tag, rows })
    rows = []
  }
  const leads = lineText(state, startLine).startsWith('|')
  let line = startLine
  for (; line < endLine && !state.isEmpty(line) && !isOutside(state, line); line++) {
    const text = lineText(state, line).trimEnd()
    if (line === startLine + 1 && underline.test(text)) return null
    if (!hasPipe(text) || text.length > longestRow) return null
    if (separator.test(text)) {
      if (rows.length === 0) continue
      if (alignment.length > 0 || hasFoot) {
        if (!hasFoot) close('tbody')
        continue
      }
      close('thead')
      alignment = [...text.matchAll(/(:?)-+(:?)/g)].map(([, left, right]) => alignmentOf(left, right))
    } else if (footSeparator.test(text)) {
      close('tbody')
      hasFoot = true
    } else {
      const cells = cellsOf(text, leads)
      if (cells === null) return null
      rows.push({ line, cells })
    }
  }
  close(hasFoot ? 'tfoot' : 'tbody')
  return parts.some(({ tag }) => tag === 'tbody') ? { parts, alignment, end: line } : null
}

const alignmentOf = (left = '', right = '') =>
  left === '' ? (right === '' ? '' : 'right') : right === '' ? 'left' : 'center'

const hasPipe = (text: string) => text.includes('|') && /^\||[^\\]\|/.test(text)

/** Code and formulae, in which a pipe parts nothing. */
const whole = /(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|<code\b[^>]*>[\s\S]*?<\/code>|\$\$?[^$\n]+\$\$?/gi

/** Null where no pipe parts the line. */
function cellsOf(text: string, leads: boolean): string[] | null {
  const cells = ['']
  let at = 0
  const add = (words: string) => {
    const [first = '', ...others] = words.split(/(?<!\\)\|/).map(part => part.replaceAll('\\|', '|'))
    cells.push((cells.pop() ?? '') + first, ...others)
  }
  for (const { 0: found, index } of text.matchAll(whole)) {
    add(text.slice(at, index))
    cells.push((cells.pop() ?? '') + found)
    at = index + found.length
  }
  add(text.slice(at))
  if (cells.length === 1) return null
  if (leads && cells[0]?.trim() === '') cells.shift()
  if (cells.at(-1)?.trim() === '') cells.pop()
  return cells.map(cell => cell.trim())
}

function write(state: StateBlock, { parts, alignment, end }: Table, startLine: number): void {
  const columns = Math.min(
    mostColumns,
    Math.max(...parts.flatMap(({ rows }) => rows.map(({ cells }) => cells.length))),
  )
  let room = mostEmpty
  state.push('table_open', 'table', 1).map = [startLine, end]
  for (const { tag, rows } of parts) {
    state.push(`${tag}_open`, tag, 1)
    for (const { line, cells } of rows) {
      state.push('tr_open', 'tr', 1).map = [line, line + 1]
      room -= columns - cells.length
      for (let column = 0; column < (room > 0 ? columns : cells.length); column++) {
        const cell = tag === 'thead' ? 'th' : 'td'
        const open = state.push(`${cell}_open`, cell, 1)
        if (alignment[column]) open.attrs = [['style', `text-align:${alignment[column]}`]]
        const inline = state.push('inline', '', 0)
        inline.content = cells[column] ?? ''
        inline.children = []
        state.push(`${cell}_close`, cell, -1)
      }
      state.push('tr_close', 'tr', -1)
    }
    state.push(`${tag}_close`, tag, -1)
  }
  state.push('table_close', 'table', -1)
}

/** UTF-16 code units. */
const longestRow = 20_000
const mostColumns = 1_000
/** Cells that are there only because another row is longer: a few lines could ask for millions. */
const mostEmpty = 100_000
