/** UTF-16 units: what is longer is no formula that anybody wrote. */
const longest = 5_000
/** Signs that a text between single dollars is a formula and not two prices: a command, a sign that TeX escapes, an index, a brace, an operator. */
const sign = /\\[a-zA-Z#%,;:!]|[_^{}=<>+*/|&]/
/** The same between `\(` and `\)`, which people also write to escape a bracket. */
const surerSign = /\\[a-zA-Z]{2,}|[_^]\{|\^\w|\w_\w?\b|=/

/**
 * The end of the formula in TeX that begins at an offset; -1 where none does: `$…$` and `$$…$$` as Pandoc reads them (no white
 * space inside the single dollars, no letter or digit behind), `\(…\)`, `\[…\]`, and an environment `\begin{…}…\end{…}`. A blank
 * line ends none but an environment and a display.
 */
export function formulaEnd(text: string, at: number): number {
  const [first, second] = [text[at], text[at + 1]]
  if (first === '$') {
    if (isEscaped(text, at)) return -1
    return second === '$' ? displayEnd(text, at) : inlineEnd(text, at)
  }
  if (first !== '\\' || (second !== '(' && second !== '[' && second !== 'b') || isEscaped(text, at)) return -1
  return second === 'b' ? environmentEnd(text, at) : bracketEnd(text, at, second)
}

function inlineEnd(text: string, at: number): number {
  const next = text[at + 1]
  if (next === undefined || /\s/.test(next) || /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return -1
  const limit = Math.min(text.length, at + longest)
  for (let end = at + 1; end < limit; end++) {
    const character = text[end]
    if (character === '\n' && /^[^\S\n]*\n/.test(text.slice(end + 1, end + 200))) return -1
    if (character !== '$' || isEscaped(text, end)) continue
    if (/\s/.test(text.charAt(end - 1)) || /[\p{L}\p{N}$]/u.test(text[end + 1] ?? '')) return -1
    const inside = text.slice(at + 1, end)
    return inside.length > 0 && (sign.test(inside) || /^[a-zA-Z]$/.test(inside)) ? end + 1 : -1
  }
  return -1
}

function displayEnd(text: string, at: number): number {
  const close = find(text, '$$', at + 2)
  if (close === -1 || close === at + 2) return -1
  const inside = text.slice(at + 2, close)
  // Two blank lines, or a heading between them, are two signs of money rather than a formula.
  return inside.trim() === '' || /\n[^\S\n]*\n[^\S\n]*\n/.test(inside) ? -1 : close + 2
}

function bracketEnd(text: string, at: number, bracket: '(' | '['): number {
  const close = find(text, bracket === '(' ? '\\)' : '\\]', at + 2)
  if (close === -1) return -1
  const inside = text.slice(at + 2, close)
  return surerSign.test(inside) && !/\n[^\S\n]*\n/.test(inside) && !/\]\(/.test(inside) ? close + 2 : -1
}

function environmentEnd(text: string, at: number): number {
  const begin = /\\begin\{([a-zA-Z]+\*?)\}/y
  begin.lastIndex = at
  const name = begin.exec(text)?.[1]
  if (!name) return -1
  const end = `\\end{${name}}`
  const close = find(text, end, begin.lastIndex)
  return close === -1 ? -1 : close + end.length
}

/** Near enough to be the same formula's: a text full of openings costs no more than their number. */
function find(text: string, what: string, from: number): number {
  const found = text.slice(from, from + longest).indexOf(what)
  return found === -1 ? -1 : from + found
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (before > 0 && text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

const beginning = /[$\\]/g

/** Where a text holds formulae, as offsets in rising order.
 * @param isText whether an offset is looked at */
export function formulaRanges(
  text: string,
  isText: (offset: number) => boolean = () => true,
): [number, number][] {
  const ranges: [number, number][] = []
  beginning.lastIndex = 0
  for (let match = beginning.exec(text); match; match = beginning.exec(text)) {
    const at = match.index
    const end = isText(at) ? formulaEnd(text, at) : -1
    if (end === -1) {
      // The second of two dollars begins none by itself.
      if (text.startsWith('$$', at)) beginning.lastIndex = at + 2
      continue
    }
    ranges.push([at, end])
    beginning.lastIndex = end
  }
  return ranges
}

/**
 * TeX with marks around it by which it is found again. What has marks already keeps them.
 * @param display whether it has its lines for itself
 */
export function markedFormula(tex: string, display: boolean): string {
  const inside = tex.trim()
  if (inside === '' || /^(?:\$|\\\(|\\\[)/.test(inside) || /\$[^$]+\$/.test(inside)) return inside
  if (display) return `$$\n${inside}\n$$`
  const bracketed = `\\(${inside}\\)`
  return formulaEnd(bracketed, 0) === bracketed.length ? bracketed : `$${inside}$`
}
