/**
 * Where the span begins that ends at an offset of a line, and that a list of attributes there describes: a link, code, emphasis, HTML.
 * Null where that is in doubt.
 */
export function spanBefore(line: string, end: number): number | null {
  const last = line.charAt(end - 1)
  if (last === ')') return linkBefore(line, end)
  if (last === '`') return codeBefore(line, end)
  if (last === '*' || last === '_') return emphasisBefore(line, end, last)
  if (last !== '>') return null
  const [, name] = /<\/([a-z][\w-]*)>$/i.exec(line.slice(0, end)) ?? []
  if (name === undefined) return null
  const opening = [...line.slice(0, end).matchAll(new RegExp(`<${name}(?=[\\s>])`, 'gi'))]
  return opening.length === 1 ? (opening[0]?.index ?? null) : null
}

function linkBefore(line: string, end: number): number | null {
  const middle = line.lastIndexOf('](', end)
  let depth = 0
  for (let at = middle; at >= 0; at--) {
    if (line[at] === ']') depth++
    else if (line[at] === '[' && --depth === 0) return line[at - 1] === '!' ? at - 1 : at
  }
  return null
}

const runBefore = (line: string, end: number, sign: string) => {
  let start = end
  while (line[start - 1] === sign) start--
  return start
}

function codeBefore(line: string, end: number): number | null {
  const close = runBefore(line, end, '`')
  for (let at = close; at > 0; ) {
    const before = line.lastIndexOf('`', at - 1)
    if (before === -1) return null
    at = runBefore(line, before + 1, '`')
    if (before + 1 - at === end - close) return at
  }
  return null
}

function emphasisBefore(line: string, end: number, sign: string): number | null {
  const close = runBefore(line, end, sign)
  let depth = 0
  for (let at = close; at > 0; ) {
    const before = line.lastIndexOf(sign, at - 1)
    if (before === -1) return null
    at = runBefore(line, before + 1, sign)
    if (before + 1 - at !== end - close) continue
    const [isBehindSpace, isBeforeSpace] = [
      /^\s?$/.test(line.charAt(at - 1)),
      /^\s?$/.test(line.charAt(before + 1)),
    ]
    if (isBehindSpace === isBeforeSpace) return null
    if (isBeforeSpace) depth++
    else if (depth-- === 0) return at
  }
  return null
}
