/** Which line, counted from 1, a position in a text stands in. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The same for positions that are asked for in their order: all of them together cost one walk through the text. */
export function linesInOrder(text: string): (offset: number) => number {
  let line = 1
  let end = text.indexOf('\n')
  return offset => {
    for (; end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) line++
    return line
  }
}

/** Line and column of a position in a text, both counted from 1; columns in UTF-16 code units. */
export function textPlace(text: string, offset: number): { line: number; column: number } {
  const lineStart = offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return { line: lineAt(text, offset), column: Math.max(0, offset) - lineStart + 1 }
}
