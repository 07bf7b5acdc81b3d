/** Keys that a `Key: value` header may begin with: one of these tells a header from a first line with a colon in it. */
const telling =
  /^:?(?:title|date|author|authors|slug|tags|category|categories|status|summary|modified|lang|language)\s*:/i
const header = /^:?([A-Za-z][\w-]*):(?:[ \t]+(.*))?$/

export interface HeaderLines {
  values: Record<string, unknown>
  lines: Record<string, number>
  /** Offset past the last header line. */
  end: number
}

/**
 * Reads Pelican's and MultiMarkdown's metadata: `Key: value` lines at the top of the file, continued by indented lines, ended by
 * a blank one. Null where the file begins otherwise.
 */
export function readHeaderLines(text: string): HeaderLines | null {
  const block = /^(?:.+(?:\n|$))+/.exec(text)?.[0]
  if (!block || !telling.test(block)) return null
  const values: Record<string, unknown> = {}
  const lines: Record<string, number> = {}
  let last: string | null = null
  let isRepeated = false
  for (const [index, line] of block.replace(/\n$/, '').split('\n').entries()) {
    const [, key, value = ''] = header.exec(line) ?? []
    if (key !== undefined) {
      last = key
      // Of several the first counts there.
      isRepeated = Object.hasOwn(lines, key)
      if (isRepeated) continue
      values[key] = value.trim()
      lines[key] = index + 1
    } else if (last !== null && /^[ \t]+\S/.test(line)) {
      if (!isRepeated) values[last] = `${values[last]} ${line.trim()}`.trim()
    } else return null
  }
  // A single such line may as well be the first line of a dialogue.
  return Object.keys(values).some(key => /^(?:title|date)$/i.test(key))
    ? { values, lines, end: block.length }
    : null
}
