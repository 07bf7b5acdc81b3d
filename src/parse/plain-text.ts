/**
 * Collects the plain text of a body while its tree is walked: blocks are parted by blank lines, list items and table
 * rows by line ends, cells by tabs; white space collapses as HTML collapses it, except in preformatted text.
 */
export class PlainText {
  private readonly parts: string[] = []
  private line = ''
  private pending: '' | '\n' | '\n\n' = ''

  /** Text in the flow of a paragraph. */
  append(text: string) {
    const collapsed = /[\t\n\f\r]| {2}/.test(text) ? text.replace(/[\t\n\f\r ]+/g, ' ') : text
    if (collapsed[0] !== ' ') this.line += collapsed
    else if (this.line === '' || ' \n\t'.includes(this.line.at(-1)!)) this.line += collapsed.slice(1)
    else this.line += collapsed
  }

  /** Text whose white space counts. */
  appendPreformatted(text: string) {
    this.line += text
  }

  lineBreak() {
    this.line = this.line.replace(/ $/, '') + '\n'
  }

  cellBreak() {
    if (this.line.trim() !== '' && !this.line.endsWith('\t')) this.line = `${this.line.replace(/ $/, '')}\t`
  }

  /** The border of a block (`\n\n`) or of an item or row (`\n`). The greater of two borders that meet counts. */
  boundary(border: '\n' | '\n\n') {
    const line = this.line.replace(/^\n+|[ \n\t]+$/g, '')
    if (line !== '') {
      if (this.parts.length > 0) this.parts.push(this.pending || '\n\n')
      this.parts.push(line)
      this.pending = ''
    }
    this.line = ''
    if (border.length > this.pending.length) this.pending = border
  }

  toString(): string {
    this.boundary('\n\n')
    return this.parts.join('')
  }
}
