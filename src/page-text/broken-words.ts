import type { PageLine } from './page-lines.ts'

/** The end of a row and the beginning of the next, where a word is broken between them; not so a compound's or a range's. */
const atEnd = /(\p{Ll}{2,})[-‐\u00ad]$/u
const atStart = /^\s*(\p{Ll}{2,})/u
/** Words that open compounds with a hyphen, and such as "two- or threefold" goes on with. */
const opensCompound =
  /^(?:well|self|non|all|high|low|long|short|half|part|full|first|second|third|one|two|three|four|five|six|seven|eight|nine|ten|anti|pre|post|semi|quasi|pseudo|mid|cross|multi|ever|best|ill|so|co|ex|much|far|near|late|early|hard|soft|old|new|open|free|real|wide|deep|dark|light|state|man|year|demi|mi|sous|vice|avant|après|celui|celle|ceux|peut|quelqu|c|est|dit|là)$/u
const goesOn =
  /^(?:and|or|to|und|oder|bis|sowie|bzw|beziehungsweise|wie|et|ou|y|o|e|en|of|och|og|eller|i|lub|ja|tai|ci|là|même|mêmes)$/u
/**
 * Rows that end with a hyphen are a compound's here and there in any text that was wrapped; where words are broken they are so
 * many, of all rows.
 */
const minBreaks = 2
const minShareOfRows = 1 / 8

/** Where so many rows after a hyphen begin with a word that the text has elsewhere, the hyphens are dashes: "the fire was low-". */
const maxDashes = 1 / 4

function countDashes(rows: readonly string[], words: ReadonlySet<string>): number {
  return rows.filter((row, at) => words.has(brokenAt(row, rows[at + 1])?.second ?? '')).length
}

/** "mother-" before "in-law". */
const midCompound = /^\s*(?:in|of|to|the|up|on|off|by|at|en|de|du|la|le|au)-/u

/** How many rows end with a hyphen that seems to break a word. */
export function countBreaks(rows: readonly string[]): number {
  return rows.filter((row, at) => brokenAt(row, rows[at + 1]) !== null).length
}

/**
 * Puts words together that a width broke (PDFs, old e-mail), where that is sure: the whole word stands elsewhere in the text,
 * or the text breaks words again and again and no part of this one is a word of it. Anything else stays as it is.
 */
export function withWholeWords<Line extends PageLine>(
  lines: readonly Line[],
): { lines: Line[]; joined: { line: number; hyphens: number }[] } {
  const isBroken = ({ shape, text }: Line) => shape === 'wrapped' && /[-‐\u00ad]\n/u.test(text)
  const joined: { line: number; hyphens: number }[] = []
  if (!lines.some(isBroken)) return { lines: [...lines], joined }
  const words = allWords(lines)
  const wrapped = lines.filter(({ shape }) => shape === 'wrapped').map(({ text }) => text.split('\n'))
  const breaks = wrapped.reduce((sum, rows) => sum + countBreaks(rows), 0)
  const dashes = wrapped.reduce((sum, rows) => sum + countDashes(rows, words), 0)
  if (dashes >= minBreaks && dashes >= breaks * maxDashes) return { lines: [...lines], joined }
  const rows = wrapped.reduce((sum, { length }) => sum + length, 0)
  const breaksWords = breaks >= minBreaks && breaks >= rows * minShareOfRows
  const whole = lines.map(line => {
    if (!isBroken(line)) return line
    const { text, hyphens } = joinRows(line.text.split('\n'), words, breaksWords)
    if (hyphens > 0) joined.push({ line: line.line, hyphens })
    return { ...line, text }
  })
  return { lines: whole, joined }
}

function joinRows(rows: readonly string[], words: ReadonlySet<string>, breaksWords: boolean) {
  let [text, hyphens] = ['', 0]
  for (const [at, row] of rows.entries()) {
    const broken = brokenAt(row, rows[at + 1])
    const isMid = midCompound.test(rows[at + 1] ?? '')
    const isSure = broken !== null && !isMid && isOneWord(broken, words, breaksWords)
    if (isSure) hyphens++
    text += isSure ? row.slice(0, -1) : row
    const isCompound = broken !== null && ((isMid && breaksWords) || isWithHyphen(broken, words))
    if (!isSure && !isCompound && at + 1 < rows.length) text += '\n'
  }
  return { text, hyphens }
}

interface Broken {
  first: string
  second: string
}

function brokenAt(row: string, next: string | undefined): Broken | null {
  const first = atEnd.exec(row.trimEnd())?.[1]
  const second = next === undefined ? undefined : atStart.exec(next)?.[1]
  return first && second && !goesOn.test(second) ? { first, second } : null
}

function isOneWord({ first, second }: Broken, words: ReadonlySet<string>, breaksWords: boolean): boolean {
  if (words.has(first + second)) return true
  if (isWithHyphen({ first, second }, words)) return false
  return breaksWords && !(words.has(first) && words.has(second))
}

function isWithHyphen({ first, second }: Broken, words: ReadonlySet<string>): boolean {
  return words.has(`${first}-${second}`) || opensCompound.test(first)
}

/** A text's words in small letters, compounds as a whole and in parts; not what stands at a break. */
function allWords(lines: readonly PageLine[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const { text } of lines) {
    const whole = text.replace(/\p{L}{1,60}[-‐\u00ad]\n\s*\p{L}{1,60}/gu, ' ')
    for (const [word] of whole.toLowerCase().matchAll(/\p{L}+(?:-\p{L}+)*/gu)) {
      words.add(word)
      if (word.includes('-')) for (const part of word.split('-')) words.add(part)
    }
  }
  return words
}
