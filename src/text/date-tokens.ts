/** A piece of a line as dates are read from it. Digits of any script are given as ASCII ones. */
export interface DateToken {
  kind: 'number' | 'word' | 'mark' | 'space'
  text: string
  /** UTF-16 offsets into the line; `end` is exclusive. */
  start: number
  end: number
}

const ideograph = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u
const letter = /[\p{L}\p{M}\u200c]/u
// Also the invisible direction marks that right-to-left pages strew between digits and words.
const blank = /[\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

type Kind = DateToken['kind'] | 'ideograph'

function kindOf(character: string): Kind {
  if (character >= '0' && character <= '9') return 'number'
  if (character === ' ') return 'space'
  if (character < '\u0080')
    return /[a-zA-Z]/.test(character) ? 'word' : blank.test(character) ? 'space' : 'mark'
  if (blank.test(character)) return 'space'
  if (ideograph.test(character)) return 'ideograph'
  if (letter.test(character)) return 'word'
  return digitOf(character) === null ? 'mark' : 'number'
}

// Decimal digits stand in runs of ten; the ones that newspapers use, and the full-width forms.
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10]

function digitOf(character: string): number | null {
  const code = character.charCodeAt(0)
  for (const zero of zeros) if (code >= zero && code < zero + 10) return code - zero
  return null
}

/**
 * Cuts a line into numbers, words, spaces and marks. Words end where a capital follows a small letter (`HaneyDec`), every
 * CJK character is a word, and digits that two numbers share are parted (`28.09.1912:44`, `202207:59`).
 */
export function dateTokens(line: string): DateToken[] {
  const tokens: DateToken[] = []
  for (let start = 0; start < line.length; ) {
    const kind = kindOf(line.charAt(start))
    let end = start + 1
    if (kind === 'number' || kind === 'space')
      while (end < line.length && kindOf(line.charAt(end)) === kind) end++
    else if (kind === 'word')
      while (end < line.length && goesOn(line.charAt(end - 1), line.charAt(end))) end++
    if (kind === 'number') pushNumber(tokens, line, start, end)
    else tokens.push({ kind: kind === 'ideograph' ? 'word' : kind, text: line.slice(start, end), start, end })
    start = end
  }
  return tokens
}

/** Whether a word that holds `before` goes on with the next character. */
function goesOn(before: string, here: string): boolean {
  return kindOf(here) === 'word' && (here === here.toLowerCase() || before === before.toUpperCase())
}

function pushNumber(tokens: DateToken[], line: string, start: number, end: number): void {
  const text = Array.from(line.slice(start, end), digit => digitOf(digit) ?? digit).join('')
  const after = line[end] ?? ''
  let cut = 0
  if (/^(?:19|20)\d{3,4}$/.test(text) && /[:.h]/.test(after)) cut = 4
  else if (text.length === 4 && after === ':' && /[./-]/.test(line[start - 1] ?? '')) cut = 2
  if (cut) tokens.push({ kind: 'number', text: text.slice(0, cut), start, end: start + cut })
  tokens.push({ kind: 'number', text: text.slice(cut), start: start + cut, end })
}
