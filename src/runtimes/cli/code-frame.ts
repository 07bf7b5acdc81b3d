import { printable, type Terminal } from './terminal.ts'

/** Columns of a source line that a frame shows on either side of the place it points at. */
const context = 60

/**
 * A line of a file with a mark under the column in question; empty where the line is not there.
 * @param line 1-based
 * @param column 1-based, in UTF-16 code units; null marks nothing
 */
export function codeFrame(
  text: string,
  line: number,
  column: number | null,
  style: Terminal['style'],
): string[] {
  const source = text.split(/\r\n|\n|\r/)[line - 1]
  if (source === undefined || source.trim() === '') return []
  const at = (column ?? 1) - 1
  const start = Math.max(0, at - context)
  const shown = source.slice(start, at + context)
  const gutter = String(line)
  const before = start > 0 ? '…' : ''
  const after = at + context < source.length ? '…' : ''
  const frame = [`${style('dim', `${gutter} |`)} ${before}${printable(shown)}${after}`]
  if (column !== null && at <= source.length) {
    // Tabs stay tabs, so that the mark stands under its column however wide they are.
    const indent = (before + printable(shown).slice(0, at - start)).replace(/[^\t]/g, ' ')
    frame.push(`${style('dim', `${' '.repeat(gutter.length)} |`)} ${indent}${style('red', '^')}`)
  }
  return frame
}
