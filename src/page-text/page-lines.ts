import { countBreaks } from './broken-words.ts'

/** One piece of a page's text that has one role: a line, a paragraph broken over several lines, or a listing. */
export interface PageLine {
  /** 1-based line in the file where it starts. */
  line: number
  /** As in the file, without white space at either end; a wrapped paragraph and a listing keep their line breaks. */
  text: string
  shape: 'line' | 'wrapped' | 'code'
  /** A blank line, or the start of the file, stands before it. */
  apart: boolean
}

/** Opens and closes a listing. */
export const fence = /^\s*(?:```|~~~)/

/**
 * Cuts a text into lines with a role of their own. Lines of a block that was broken to a width are put together again,
 * and so is indented or fenced code; every other line stands alone, because dumps seldom part them by blank lines.
 */
export function pageLines(text: string): PageLine[] {
  const rows = text.split('\n')
  const found: PageLine[] = []
  for (let start = 0; start < rows.length; ) {
    if (!rows[start]!.trim()) {
      start++
      continue
    }
    let end = start + 1
    if (fence.test(rows[start]!)) {
      const close = closingFence(rows, start)
      if (close) end = close
    }
    const fenced = end > start + 1
    if (!fenced) while (end < rows.length && rows[end]!.trim() && !fence.test(rows[end]!)) end++
    pushBlock(found, rows.slice(start, end), start + 1, fenced)
    start = end
  }
  return found
}

/** The row after a fence's end. A fence that never closes is a line like others: looked for in the next 400 rows only. */
function closingFence(rows: string[], start: number): number | null {
  for (let at = start + 1; at < Math.min(rows.length, start + 400); at++)
    if (fence.test(rows[at]!)) return at + 1
  return null
}

function pushBlock(found: PageLine[], rows: string[], line: number, fenced: boolean): void {
  if (fenced || isCode(rows) || isTable(rows))
    found.push({ line, text: rows.join('\n').trimEnd(), shape: 'code', apart: true })
  else if (isWrapped(rows))
    found.push({ line, text: rows.map(row => row.trim()).join('\n'), shape: 'wrapped', apart: true })
  else
    for (const [index, row] of rows.entries())
      found.push({ line: line + index, text: row.trim(), shape: 'line', apart: index === 0 })
}

function isCode(rows: string[]): boolean {
  if (rows.length < 2 || !rows.every(row => /^(?: {4}|\t)/.test(row))) return false
  return rows.filter(row => /[{}();=<>]|^\s*(?:#|\/\/|\$ )/.test(row)).length * 2 >= rows.length
}

/** So many cells of a table without borders are short. */
const maxCell = 24

/**
 * Whether rows are a table: framed by pipes or borders, or in columns parted by tabs or by two blanks and more, of which
 * each row has as many. Its columns would be lost in lines of text.
 */
function isTable(rows: string[]): boolean {
  const trimmed = rows.map(row => row.trim())
  const isBorder = (row: string) => /^[|+┌├└╔╠╚][-=+|:┬┼┴┐┤┘─═╦╬╩╗╣╝ ]{4,}$/.test(row)
  const isBordered = (row: string) => isBorder(row) || /^[|│║].*\S.*[|│║]$/.test(row)
  if (rows.length >= 3 && trimmed.every(isBordered)) return trimmed.some(isBorder)
  if (rows.length < 3) return false
  return [/\t+/, /\t+| {2,}/].some(gap => {
    const cells = trimmed.map(row => row.split(gap))
    const count = cells[0]?.length ?? 0
    const isEven = count >= 2 && cells.every(row => row.length === count)
    return isEven && cells.flat().every(cell => cell.length <= maxCell) && /\d/.test(trimmed.join(''))
  })
}

/** Rows that break words may be as short; one such among many is a verse's that ends in a dash. */
const minRowWithBreaks = 15
const maxRowsPerBreak = 6

/** Whether rows are one paragraph broken to a width: all but the last about as long, and the breaks within sentences. */
function isWrapped(rows: string[]): boolean {
  if (rows.length < 2) return false
  let longest = 0
  let shortest = Infinity
  for (const [index, row] of rows.entries()) {
    const { length } = row.trim()
    longest = Math.max(longest, length)
    if (index < rows.length - 1) shortest = Math.min(shortest, length)
  }
  const breaks = countBreaks(rows)
  const breaksWords = breaks * maxRowsPerBreak >= rows.length
  const isEven = breaksWords ? shortest >= minRowWithBreaks : shortest >= 40 && shortest >= longest * 0.7
  if (longest > 110 || !isEven) return false
  const running = rows.slice(1).filter(row => /^\s*[\p{Ll}\p{Lo}\p{Nd}("“„«]/u.test(row)).length
  return running * 2 >= rows.length - 1
}
