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
  return kanjiDate.test(line) ? withKanjiNumbers(tokens) : tokens
}

/** Whether a word that holds `before` goes on with the next character. */
function goesOn(before: string, here: string): boolean {
  return kindOf(here) === 'word' && (here === here.toLowerCase() || before === before.toUpperCase())
}

function pushNumber(tokens: DateToken[], line: string, start: number, end: number): void {
  const text = Array.from(line.slice(start, end), digit => digitOf(digit) ?? digit).join('')
  const after = line[end] ?? ''
  const basic = basicParts(text, line, start, end)
  if (basic) {
    let at = start
    for (const [index, part] of basic.parts.entries()) {
      if (index > 0) tokens.push({ kind: 'mark', text: basic.mark, start: at, end: at })
      tokens.push({ kind: 'number', text: part, start: at, end: at + part.length })
      at += part.length
    }
    return
  }
  let cut = 0
  if (/^(?:19|20)\d{3,4}$/.test(text) && /[:.h]/.test(after)) cut = 4
  else if (text.length === 4 && after === ':' && /[./-]/.test(line[start - 1] ?? '')) cut = 2
  if (cut) tokens.push({ kind: 'number', text: text.slice(0, cut), start, end: start + cut })
  tokens.push({ kind: 'number', text: text.slice(cut), start: start + cut, end })
}

const basicDay = /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/
const basicTime = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)?$/
/** A number alone may be anybody's: of a telephone, of an order. */
const dateLabel =
  /(?:^|[^\p{L}\p{N}])(?:(?:published|posted|updated|date|datum|fecha)\s?[:：]?|data\s?[:：])\s?$|(?:日期|时间|時間)\s?[:：]?\s?$/iu

/** Behind a word it may be of a boarding pass. */
const opensPart = /(?:^|[|·•:：(,;–—-])\s?$/

/** The parts of ISO 8601's basic forms (`20210503`, `20210503T143000Z`), where the line says that it is a date. */
function basicParts(
  text: string,
  line: string,
  start: number,
  end: number,
): { parts: string[]; mark: string } | null {
  const day = basicDay.exec(text)
  if (day) {
    const before = line.slice(Math.max(0, start - 24), start)
    const isTimed =
      /^T\d{4}(?:\d\d)?(?!\d)/.test(line.slice(end, end + 8)) &&
      (opensPart.test(before) || dateLabel.test(before))
    const isAlone = end === line.length && dateLabel.test(before)
    return isTimed || isAlone ? { parts: day.slice(1), mark: '-' } : null
  }
  const time = /\d{8}T$/.test(line.slice(Math.max(0, start - 9), start)) ? basicTime.exec(text) : null
  return time && { parts: time.slice(1).filter(part => part !== undefined), mark: ':' }
}

const kanjiDigits = '〇一二三四五六七八九'
/** A line that is a date, with what it is of before it and the time behind: amid a sentence days are told of. */
const kanjiDate =
  /^\s*(?:\p{L}{1,6}[:：]\s*)?(?:\p{sc=Han}{2,4}\s?)?[〇零○一二三四五六七八九十元\d]{1,5}\s?年\s?[一二三四五六七八九十\d]{1,3}\s?月\s?[一二三四五六七八九十\d]{1,3}\s?日(?:\s?(?:[上下]午|午[前後]|星期|[（(]|[〇零一二三四五六七八九十\d]{1,3}[时時])|(?!\p{L}))/u

/** Numbers in ideographs before the signs of dates and clocks (`令和元年五月三日`, `一一〇年`) as digits. */
function withKanjiNumbers(tokens: DateToken[]): DateToken[] {
  const found: DateToken[] = []
  for (let at = 0; at < tokens.length; at++) {
    let next = at
    while (next < tokens.length && isKanjiDigit(tokens[next]!.text)) next++
    const text = tokens
      .slice(at, next)
      .map(token => token.text)
      .join('')
    const value = /^[年月日時时分]$/.test(tokens[next]?.text ?? '') ? kanjiValue(text) : null
    if (value === null) found.push(tokens[at]!)
    else {
      found.push({ kind: 'number', text: value, start: tokens[at]!.start, end: tokens[next - 1]!.end })
      at = next - 1
    }
  }
  return found
}

const isKanjiDigit = (text: string) => text.length === 1 && (kanjiDigits + '零○十').includes(text)

/** `二〇二一` digit by digit, `二十一` by tens; null where it is no number. */
function kanjiValue(text: string): string | null {
  if (text === '') return null
  const digits = Array.from(text.replace(/[零○]/g, '〇'))
  const at = digits.indexOf('十')
  if (at < 0) return digits.map(digit => kanjiDigits.indexOf(digit)).join('')
  if (at > 1 || digits.length > at + 2) return null
  const tens = at === 0 ? 1 : kanjiDigits.indexOf(digits[0]!)
  const ones = digits[at + 1] === undefined ? 0 : kanjiDigits.indexOf(digits[at + 1]!)
  return ones < 0 ? null : String(tens * 10 + ones)
}
