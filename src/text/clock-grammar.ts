import type { DateToken } from './date-tokens.ts'
import { foldWord, weekdayNames } from './month-names.ts'

/** A time of day as it stands in a line. */
export interface Clock {
  hour: number
  minute: number
  /** Null where none is written. */
  second: number | null
  /** `+03:30`, `UTC`, an IANA name, or null where none is written. */
  zone: string | null
  /** Index of the first token after it. */
  next: number
}

const connectors = new Set(
  'at um a as às à las los ore alle klo kl om о в во г год godz godzina saat saati t am der the on ساعت الساعة في di pukul ob u'
    .split(' ')
    .map(foldWord),
)
const bridges = new Set([...',|·-–—@(•∙/:،،）（'])
const hourMarks = new Set(['時', '时', '点', '點', '시', 'h', 'u', 'uhr'])
const minuteMarks = new Set(['分', '분', 'min', 'm'])

/**
 * Abbreviations that mean one offset wherever newspapers print them. CST, IST and BST are left out: each means several.
 */
export const clockZones: Record<string, string> = {
  z: 'UTC',
  utc: 'UTC',
  gmt: 'UTC',
  est: '-05:00',
  edt: '-04:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  et: 'America/New_York',
  pt: 'America/Los_Angeles',
  cet: '+01:00',
  cest: '+02:00',
  mez: '+01:00',
  mesz: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  wet: 'UTC',
  west: '+01:00',
  msk: '+03:00',
  мск: '+03:00',
  jst: '+09:00',
  kst: '+09:00',
  aest: '+10:00',
  aedt: '+11:00',
  nzst: '+12:00',
  nzdt: '+13:00',
}

/** A time that starts at `from`, past a few words that join it to a date ("at", "um", a comma, a weekday). */
export function readClock(tokens: DateToken[], from: number): Clock | null {
  let at = from
  let meridiem: 'am' | 'pm' | null = null
  for (let steps = 0; steps < 8; steps++, at++) {
    const token = tokens[at]
    if (!token) return null
    if (token.kind === 'number') break
    const half = halfOfDay(tokens, at)
    if (half) {
      meridiem = half.meridiem
      at = half.next - 1
    } else if (token.kind === 'mark' && !bridges.has(token.text) && !endsShortened(tokens, at)) return null
    else if (token.kind === 'word' && !joins(token.text)) return null
  }
  const clock = readHours(tokens, at)
  if (!clock) return null
  let next = clock.next
  const half = halfOfDay(tokens, skipSpace(tokens, next))
  if (half) {
    meridiem = half.meridiem
    next = half.next
  } else if (!clock.certain && !meridiem) return null
  let hour = clock.hour
  if (meridiem === 'pm' && hour < 12) hour += 12
  if (meridiem === 'am' && hour === 12) hour = 0
  if (isWord(tokens[skipSpace(tokens, next)], 'uhr', 'hs', 'hrs', 'uur', 'h'))
    next = skipSpace(tokens, next) + 1
  const zone = readZone(tokens, next)
  return {
    hour,
    minute: clock.minute,
    second: clock.second,
    zone: zone?.zone ?? null,
    next: zone?.next ?? next,
  }
}

function joins(word: string): boolean {
  const folded = foldWord(word)
  return (
    connectors.has(folded) ||
    weekdayNames.has(folded) ||
    '日曜月火水木金土星期六一二三四五요일'.includes(word)
  )
}

/** The full stop of "godz." and "г.". */
function endsShortened(tokens: DateToken[], at: number): boolean {
  return tokens[at]?.text === '.' && tokens[at - 1]?.kind === 'word'
}

/** `12:09`, `12:09:30`, `12.09` (between a space and no further number), `18h37`, `12時00分`; certain without am or pm. */
function readHours(tokens: DateToken[], at: number) {
  const hour = smallNumber(tokens[at], 24)
  if (hour === null) return null
  const mark = tokens[at + 1]
  const tight = tokens[at + 2]
  if (mark && (mark.text === ':' || mark.text === '：' || mark.text === '.') && tight?.text.length === 2) {
    const minute = smallNumber(tight, 59)
    if (minute === null || hour > 23) return null
    const dotted = mark.text === '.'
    const second = tokens[at + 3]?.text === mark.text ? smallNumber(tokens[at + 4], 59) : null
    if (dotted && second !== null) return null
    const before = tokens[at - 1]
    if (dotted && before?.kind === 'mark' && before.text !== '(') return null
    let next = at + (second === null ? 3 : 5)
    // A fraction of a second says nothing that a reader is told.
    if (second !== null && tokens[next]?.text === '.' && tokens[next + 1]?.kind === 'number') next += 2
    return { hour, minute, second, next, certain: true }
  }
  const sign = skipSpace(tokens, at + 1)
  const hourMark = tokens[sign]
  if (hourMark?.kind === 'word' && hourMarks.has(foldWord(hourMark.text)) && hour < 24) {
    const after = skipSpace(tokens, sign + 1)
    const minute = tokens[after]?.text.length === 2 ? smallNumber(tokens[after], 59) : null
    if (minute === null) return { hour, minute: 0, second: null, next: sign + 1, certain: true }
    const close = isWord(tokens[after + 1], ...minuteMarks) ? after + 2 : after + 1
    return { hour, minute, second: null, next: close, certain: true }
  }
  // A bare hour is a time only with am or pm beside it.
  return hour >= 1 && hour <= 12 ? { hour, minute: 0, second: null, next: at + 1, certain: false } : null
}

function halfOfDay(tokens: DateToken[], at: number): { meridiem: 'am' | 'pm'; next: number } | null {
  const word = tokens[at]
  if (word?.kind !== 'word') return null
  const folded = foldWord(word.text)
  const pair = word.text + (tokens[at + 1]?.text ?? '')
  if (pair === '午前' || pair === '上午' || pair === '오전' || pair === '早上')
    return { meridiem: 'am', next: at + 2 }
  if (pair === '午後' || pair === '下午' || pair === '오후' || pair === '晚上')
    return { meridiem: 'pm', next: at + 2 }
  if (folded === 'am' || folded === 'pm') return { meridiem: folded, next: at + 1 }
  if ((folded === 'a' || folded === 'p') && tokens[at + 1]?.text === '.') {
    const second = skipSpace(tokens, at + 2)
    if (isWord(tokens[second], 'm'))
      return { meridiem: `${folded}m`, next: tokens[second + 1]?.text === '.' ? second + 2 : second + 1 }
  }
  return null
}

function readZone(tokens: DateToken[], from: number): { zone: string; next: number } | null {
  let at = skipSpace(tokens, from)
  if (tokens[at]?.text === '(' || tokens[at]?.text === ',') at = skipSpace(tokens, at + 1)
  const word = tokens[at]
  // Lower-case "et", "est", "west" and "pt" are words of other languages.
  const isName = word?.kind === 'word' && word.text === word.text.toUpperCase()
  const zone = isName ? clockZones[foldWord(word.text)] : undefined
  const offset = readOffset(tokens, zone ? at + 1 : at)
  if (offset && (!zone || zone === 'UTC')) return offset
  return zone ? { zone, next: at + 1 } : null
}

/** `+03:30`, `+0330`, `-5`: directly behind what precedes it, but for one space. */
function readOffset(tokens: DateToken[], at: number): { zone: string; next: number } | null {
  const sign = tokens[at]?.text
  if (sign !== '+' && sign !== '-' && sign !== '−') return null
  const digits = tokens[at + 1]
  if (digits?.kind !== 'number' || tokens[at - 1]?.kind === 'mark') return null
  let hours = digits.text
  let minutes = '00'
  let next = at + 2
  const behindColon = tokens[next]?.text === ':' ? tokens[next + 1] : undefined
  if (hours.length === 4) [hours, minutes] = [hours.slice(0, 2), hours.slice(2)]
  else if (behindColon?.text.length === 2) {
    minutes = behindColon.text
    next += 2
  } else if (sign === '-' && tokens[at - 1]?.kind === 'space') return null
  if (hours.length > 2 || Number(hours) > 14 || Number(minutes) > 59) return null
  return { zone: `${sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`, next }
}

export function skipSpace(tokens: DateToken[], at: number): number {
  return tokens[at]?.kind === 'space' ? at + 1 : at
}

export function smallNumber(token: DateToken | undefined, max: number): number | null {
  if (token?.kind !== 'number' || token.text.length > 2) return null
  const value = Number(token.text)
  return value <= max ? value : null
}

export function isWord(token: DateToken | undefined, ...words: string[]): boolean {
  return token?.kind === 'word' && words.includes(foldWord(token.text))
}
