/**
 * Collects the plain text of a body while its tree is walked: blocks are parted by blank lines, list items and table
 * rows by line ends, cells by tabs; white space collapses as HTML collapses it, except in preformatted text.
 * Pieces are joined at the end only: looking at the end of a long string again and again would cost its length each time.
 */
export class PlainText {
  private readonly parts: string[] = []
  private pieces: string[] = []
  private pending: '' | '\n' | '\n\n' = ''
  /** What the next text begins with. */
  private next = ''

  /** Text in the flow of a paragraph, its white space collapsed. */
  append(collapsed: string) {
    this.push(collapsed[0] === ' ' && ' \n\t'.includes(this.last()) ? collapsed.slice(1) : collapsed)
  }

  /** Text whose white space counts. */
  appendPreformatted(text: string) {
    this.push(text)
  }

  /** What stands before an item's own text, whatever blocks that begins with; an item without text goes without. */
  mark(text: string) {
    this.next = text
  }

  lineBreak() {
    this.dropSpace()
    this.push('\n')
  }

  /** The border of two cells, of which there is one between them only. */
  cellBreak() {
    if (this.pieces.length === 0 || this.last() === '\t') return
    this.dropSpace()
    this.push('\t')
  }

  /** The border of a block (`\n\n`) or of an item or row (`\n`). The greater of two borders that meet counts. */
  boundary(border: '\n' | '\n\n') {
    if (this.pieces.length > 0) {
      const line = trimLine(this.pieces.length === 1 ? (this.pieces[0] ?? '') : this.pieces.join(''))
      this.pieces = []
      if (line !== '') {
        if (this.parts.length > 0) this.parts.push(this.pending || '\n\n')
        this.parts.push(line)
        this.pending = ''
      }
    }
    if (border.length > this.pending.length) this.pending = border
  }

  toString(): string {
    this.boundary('\n\n')
    return this.parts.join('')
  }

  private push(piece: string) {
    if (piece === '') return
    if (this.next !== '' && piece.trim() !== '') {
      this.pieces.push(this.next)
      this.next = ''
    }
    this.pieces.push(piece)
  }

  /** The last character of the line; empty at its beginning. */
  private last(): string {
    return this.pieces.at(-1)?.at(-1) ?? ''
  }

  private dropSpace() {
    const last = this.pieces.at(-1)
    if (!last?.endsWith(' ')) return
    this.pieces.pop()
    this.push(last.slice(0, -1))
  }
}

/** White space as HTML shows it in the flow of a paragraph: a space for each run of it. */
export const collapseSpace = (text: string): string =>
  /[\t\n\f\r]| {2}/.test(text) ? text.replace(/[\t\n\f\r ]+/g, ' ') : text

/** Without line ends before and white space after it. Two scans: a pattern that may begin anywhere would be quadratic. */
function trimLine(line: string): string {
  let start = 0
  let end = line.length
  while (line[start] === '\n') start++
  while (end > start && ' \n\t'.includes(line.charAt(end - 1))) end--
  return line.slice(start, end)
}
