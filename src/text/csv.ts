/**
 * The rows of a CSV text (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes. LF, CRLF or CR end a
 * row; a text without an end of line at its end is fine, blank lines are none.
 * @throws SyntaxError where a quoted field is never closed, or goes on behind its closing quote
 */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const [value, end] = readField(text, at)
    row.push(value)
    at = end
    if (text[at] === ',') {
      at++
      if (at < text.length) continue
      row.push('')
    }
    if (text.startsWith('\r\n', at)) at += 2
    else at++
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}

/** A field and where it ends: at a comma, an end of line or the end. */
function readField(text: string, start: number): [value: string, end: number] {
  if (text[start] !== '"') {
    separator.lastIndex = start
    const end = separator.exec(text)?.index ?? text.length
    return [text.slice(start, end), end]
  }
  quoted.lastIndex = start
  const found = quoted.exec(text)
  if (!found) throw new SyntaxError(`The quoted field that begins at character ${start + 1} is never closed.`)
  const end = start + found[0].length
  separator.lastIndex = end
  if (end < text.length && separator.exec(text)?.index !== end)
    throw new SyntaxError(`Something stands behind the closing quote at character ${end}.`)
  return [found[0].slice(1, -1).replaceAll('""', '"'), end]
}

const separator = /[,\r\n]/g
const quoted = /"(?:[^"]|"")*"/y

/** The rows below a heading row, by its names. Fields that a row lacks are empty. */
export function readCsvTable(text: string): Record<string, string>[] {
  const [names = [], ...rows] = readCsv(text)
  return rows.map(row => Object.fromEntries(names.map((name, index) => [name.trim(), row[index] ?? ''])))
}
