import { type Clock, isWord, readClock, skipSpace, smallNumber } from './clock-grammar.ts'
import { type DateToken, dateTokens } from './date-tokens.ts'
import { isoFromCalendar } from './dates.ts'
import { itemAt } from './item-at.ts'
import {
  foldWord,
  gregorianMonths,
  hijriMonths,
  otherMonths,
  persianMonths,
  thaiMonths,
  weekdayNames,
} from './month-names.ts'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

export interface DateHints {
  /** BCP 47: settles the order of day and month where a language has one custom, and the Persian calendar. */
  language?: string | null
  /** How 10/05/2022 is to be read; stronger than the language. */
  order?: DateOrder | null
}

/** A date as it stands in a line. Nothing in it comes from anywhere but the line. */
export interface DateReading {
  /** The words it was read from, untouched. */
  raw: string
  /** UTF-16 offsets into the line; `end` is exclusive. */
  start: number
  end: number
  /** `2016-10-01T04:47:00`; midnight where no time stands beside the date. */
  local: string
  precision: 'day' | 'minute' | 'second'
  /** `+03:30`, `UTC`, an IANA name, or null where the line names none. */
  zone: string | null
  /** The other reading of 10/05/2022, where nothing says which it is: `local` is then day first. Null: no doubt. */
  alternative: string | null
  /** What the digits themselves prove of the order in which a numeric date is written; null: nothing. */
  proves: 'dmy' | 'mdy' | null
}

type Calendar = 'gregorian' | 'persian' | 'islamic-umalqura'

interface Day {
  year: number
  month: number
  day: number
  calendar: Calendar
  /** The month is a name: it tells the calendar, and digits alone don't. */
  isNamed: boolean
  /** Day and month may be the other way round. */
  ambiguous: boolean
  proves: DateReading['proves']
  /** Index of the first token after it. */
  next: number
}

/** A digit of any script, or a day in ideographs. */
const holdsNumber = /\p{Nd}|[一二三四五六七八九十]日/u

/** Whether `readDates` has anything to look at: most lines hold no number. */
export function mayHoldDate(line: string): boolean {
  return holdsNumber.test(line)
}

/**
 * Every calendar date with a year in a line, in order, each with the time and zone beside it. Relative dates, dates
 * without a year and months without a day are none. Linear in the line's length.
 */
export function readDates(line: string, hints: DateHints = {}): DateReading[] {
  if (!mayHoldDate(line)) return []
  const tokens = dateTokens(line)
  const found: DateReading[] = []
  let floor = 0
  for (let at = 0; at < tokens.length; at++) {
    const day = readDay(tokens, at, hints)
    const date = day && isoDay(day, day.month, day.day)
    if (!day || !date) continue
    const after = readClock(tokens, day.next)
    const before = after ? null : clockBefore(tokens, at, floor)
    const clock = after ?? before?.clock ?? null
    const first = itemAt(tokens, before?.from ?? at).start
    const next = after?.next ?? day.next
    const end = itemAt(tokens, next - 1).end
    const other = day.ambiguous ? isoDay(day, day.day, day.month) : null
    found.push({
      raw: line.slice(first, end),
      start: first,
      end,
      local: `${date}T${timeOf(clock)}`,
      precision: !clock ? 'day' : clock.second === null ? 'minute' : 'second',
      zone: clock?.zone ?? null,
      alternative: other && `${other}T${timeOf(clock)}`,
      proves: day.proves,
    })
    floor = next
    at = next - 1
  }
  return found
}

/**
 * What is written like a date with a year and is no day of its calendar: `30 February 2021`, `31/04/2021`. The words
 * as they stand, and where they begin.
 */
export function readImpossibleDates(line: string, hints: DateHints = {}): { raw: string; start: number }[] {
  if (!mayHoldDate(line)) return []
  const tokens = dateTokens(line)
  const found: { raw: string; start: number }[] = []
  for (let at = 0; at < tokens.length; at++) {
    const day = readDay(tokens, at, hints)
    if (!day) continue
    const { start } = itemAt(tokens, at)
    if (!isoDay(day, day.month, day.day))
      found.push({ raw: line.slice(start, itemAt(tokens, day.next - 1).end), start })
    at = day.next - 1
  }
  return found
}

function timeOf(clock: Clock | null): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return clock ? `${two(clock.hour)}:${two(clock.minute)}:${two(clock.second ?? 0)}` : '00:00:00'
}

/** A time that ends right before the token at `at`: `18:34 19.10.2019`. */
function clockBefore(tokens: DateToken[], at: number, floor: number): { clock: Clock; from: number } | null {
  for (let from = at - 3; from >= Math.max(floor, at - 12); from--) {
    if (tokens[from]?.kind !== 'number' || !isClockAt(tokens, from) || tokens[from - 1]?.text === ':')
      continue
    const clock = readClock(tokens, from)
    if (!clock || clock.next > at) return null
    const between = tokens.slice(clock.next, at)
    return between.every(token => token.kind === 'space' || /^[,|·•–—-]$/.test(token.text) || isJoin(token))
      ? { clock, from }
      : null
  }
  return null
}

/** `14:30`, `14h30`; `2.30` with its half of the day, for it may be a version. */
function isClockAt(tokens: DateToken[], at: number): boolean {
  const mark = tokens[at + 1]?.text.toLowerCase()
  if (mark === ':' || mark === 'h') return true
  // A German "am" is no half of a day: "um 12.30 am Montag".
  return (
    mark === '.' &&
    (isWord(tokens[at + 3], 'am', 'pm') || isWord(tokens[skipSpace(tokens, at + 3)], 'pm', 'uhr'))
  )
}

function isJoin(token: DateToken): boolean {
  return (
    token.kind === 'word' && (weekdayNames.has(foldWord(token.text)) || isWord(token, 'on', 'am', 'le', 'of'))
  )
}

/** The date as ISO, or null where the calendar has no such day. */
function isoDay({ year, calendar }: Day, month: number, day: number): string | null {
  try {
    if (calendar !== 'gregorian') return isoFromCalendar(calendar, year, month, day)
  } catch {
    return null
  }
  const days = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  if (day < 1 || day > days) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function readDay(tokens: DateToken[], at: number, hints: DateHints): Day | null {
  const day = readDayAndMonth(tokens, at, hints)
  if (!day || day.calendar === 'gregorian') return day
  // A year between 1200 and 1500 is counted from the Hijra, by the sun or by the moon; digits don't tell.
  const era = eraAt(tokens, day.next, day.year)
  if (day.isNamed) return era ? { ...day, next: era.next } : day
  if (era) return { ...day, ...era }
  return hints.language?.startsWith('fa') ? day : null
}

const lunarEras = new Set(['ه', 'قمری', 'ق', 'ah'])
const solarEras = new Set(['شمسی', 'خورشیدی', 'ش'])
/** The last year of the sun's calendar that articles of today bear is before it, and the first of the moon's behind. */
const lunarSince = 1408

/** The era behind a year: `1442 هـ`, `1442 AH`, `1399 هجری شمسی`, `1399 ه.ش`. Of several words the last one decides. */
function eraAt(tokens: DateToken[], from: number, year: number): Pick<Day, 'calendar' | 'next'> | null {
  let found: Pick<Day, 'calendar' | 'next'> | null = null
  for (let at = from; at < from + 6; at++) {
    const token = tokens[at]
    if (token?.kind === 'space' || token?.text === '.') continue
    if (token?.kind !== 'word') break
    const word = foldWord(token.text).replace(/[ـ\u200d]/g, '')
    // What both are called; by itself it is the moon's in Arabic, and in Persian nobody can tell.
    const isEither = word === 'هجری' || word === 'هجریه' || word === 'هجریة'
    if (isEither && year < lunarSince) continue
    if (solarEras.has(word)) found = { calendar: 'persian', next: at + 1 }
    else if (isEither || lunarEras.has(word)) found = { calendar: 'islamic-umalqura', next: at + 1 }
    else break
  }
  return found
}

function readDayAndMonth(tokens: DateToken[], at: number, hints: DateHints): Day | null {
  const token = itemAt(tokens, at)
  if (token.kind === 'word') return monthFirst(tokens, at) ?? reignDay(tokens, at)
  if (token.kind !== 'number') return null
  if (token.text.length === 4) return yearFirst(tokens, at)
  if (token.text.length > 2) return null
  const named = dayFirst(tokens, at)
  return numeric(tokens, at, hints) ?? (named && inLanguage(named, tokens, at, hints))
}

/** Where a month's name is another month in the text's language. A stop behind the day is Croatian, and never Polish. */
function inLanguage(day: Day, tokens: DateToken[], at: number, { language }: DateHints): Day {
  const name = tokens
    .slice(at + 1, day.next)
    .find(({ kind, text }) => kind === 'word' && otherMonths.has(foldWord(text)))
  const other = name && otherMonths.get(foldWord(name.text))
  if (!other) return day
  const primary = language?.toLowerCase().split(/[-_]/)[0] ?? ''
  const isOther = other.languages.includes(primary) || (tokens[at + 1]?.text === '.' && primary !== 'pl')
  return isOther ? { ...day, month: other.month } : day
}

/** `2016-10-01`, `2019年04月21日`, `2020. 2. 19.`, `1395/07/10`, `2016 October 1`. */
function yearFirst(tokens: DateToken[], at: number): Day | null {
  const year = Number(itemAt(tokens, at).text)
  const sign = skipSpace(tokens, at + 1)
  if (isWord(tokens[sign], '年', '년')) return behindYearSign(tokens, sign, year)
  const separator = separatorAt(tokens, at + 1)
  if (!separator || tokens[separator.next]?.kind === 'word') return namedYearFirst(tokens, at, year)
  const month = smallNumber(tokens[separator.next], 12)
  const second = separatorAt(tokens, separator.next + 1)
  if (month === null || second?.mark !== separator.mark) return null
  const day = smallNumber(tokens[second.next], 31)
  if (isNumberBefore(tokens, at) || inPath(tokens, at, second.next)) return null
  const next = second.next + 1
  if (separator.mark === '.' && tokens[next]?.text === '.' && tokens[next + 1]?.kind !== 'number')
    return dayOf(year, month, day, next + 1)
  return dayOf(year, month, day, next)
}

/** `年4月21日`, from the year's sign on. */
function behindYearSign(tokens: DateToken[], at: number, year: number): Day | null {
  const month = skipSpace(tokens, at + 1)
  const sign = skipSpace(tokens, month + 1)
  const day = skipSpace(tokens, sign + 1)
  const close = skipSpace(tokens, day + 1)
  if (!isWord(tokens[sign], '月', '월') || !isWord(tokens[close], '日', '일', '号')) return null
  return dayOf(year, smallNumber(tokens[month], 12), smallNumber(tokens[day], 31), close + 1)
}

/** Of the reigns of Japan and of the Republic of China: the year before the first one, and how many there were or may be. */
const reigns: Record<string, { before: number; years: number }> = {
  令和: { before: 2018, years: 99 },
  平成: { before: 1988, years: 31 },
  昭和: { before: 1925, years: 64 },
  大正: { before: 1911, years: 15 },
  民國: { before: 1911, years: 199 },
  民国: { before: 1911, years: 199 },
}

/** Whether a word may be one: they begin behind all alphabets but Korean. */
const isIdeograph = (text: string | undefined) => text !== undefined && text.length === 1 && text >= '\u3400'

/** `令和2年11月12日`, `令和元年五月一日`, `民國109年11月12日`, `民國110/05/03`. */
function reignDay(tokens: DateToken[], at: number): Day | null {
  if (!isIdeograph(tokens[at]?.text)) return null
  const reign = reigns[`${tokens[at]?.text}${tokens[at + 1]?.text}`]
  if (reign === undefined) return null
  const number = skipSpace(tokens, at + 2)
  const sign = skipSpace(tokens, number + 1)
  const token = tokens[number]
  const isCount = token?.kind === 'number' && token.text.length <= 3
  const year = token?.text === '元' ? 1 : isCount ? Number(token.text) : 0
  if (year < 1 || year > reign.years) return null
  if (isWord(tokens[sign], '年')) return behindYearSign(tokens, sign, reign.before + year)
  // Without its sign a small year may be a part of a number: 8.5.3, an edition.
  if (!tokens[at]?.text.startsWith('民') || year < 60) return null
  const separator = separatorAt(tokens, number + 1)
  const second = separator && separatorAt(tokens, separator.next + 1)
  if (!separator || second?.mark !== separator.mark) return null
  const [month, day] = [smallNumber(tokens[separator.next], 12), smallNumber(tokens[second.next], 31)]
  return dayOf(reign.before + year, month, day, second.next + 1)
}

/** Behind a year: Lithuanian `m.`, Latvian `gada`, Basque `ko`. */
const yearSigns = ['m', 'gada', 'ko', 'eko']

/** `2016 October 1`, `2020. november 12.`, `2020 m. lapkričio 12 d.`, `2020. gada 12. novembrī`, `2020ko azaroaren 12a`. */
function namedYearFirst(tokens: DateToken[], at: number, year: number): Day | null {
  const isDotted = tokens[at + 1]?.text === '.'
  const sign = skipSpace(tokens, isDotted ? at + 2 : at + 1)
  if (isWord(tokens[sign], ...yearSigns)) return behindYearWord(tokens, sign, year)
  const month = monthAt(tokens, sign)
  if (!month) return null
  const day = skipSpace(tokens, tokens[month.next]?.text === '.' ? month.next + 1 : month.next)
  // Where a sentence ends in a year, the next may begin with a month: "… 2020. May 12 people …".
  if (isDotted && !/^[.,|–-]$/.test(tokens[day + 1]?.text ?? '.')) return null
  const next = isDotted && tokens[day + 1]?.text === '.' ? day + 2 : day + 1
  return dayOf(year, month.number, smallNumber(tokens[day], 31), next, { month })
}

/** `m. lapkričio 12`, `gada 12. novembrī`: month and day behind the year's word, in either order. */
function behindYearWord(tokens: DateToken[], at: number, year: number): Day | null {
  const past = (from: number) => skipSpace(tokens, tokens[from]?.text === '.' ? from + 1 : from)
  const first = past(at + 1)
  const month = monthAt(tokens, first)
  if (month) {
    const day = skipSpace(tokens, month.next)
    return dayOf(year, month.number, smallNumber(tokens[day], 31), day + 1, { month })
  }
  const behind = monthAt(tokens, past(first + 1))
  return behind && dayOf(year, behind.number, smallNumber(tokens[first], 31), behind.next, { month: behind })
}

/** `28.09.1912:44`, `10/13/16`, `4. 2. 2022`, `26-10-2013`. */
function numeric(tokens: DateToken[], at: number, hints: DateHints): Day | null {
  const first = separatorAt(tokens, at + 1)
  const second = first && separatorAt(tokens, first.next + 1)
  if (!first || second?.mark !== first.mark || isNumberBefore(tokens, at)) return null
  const [one, two] = [smallNumber(tokens[at], 99), smallNumber(tokens[first.next], 31)]
  const last = tokens[second.next]
  const next = second.next + 1
  if (one === null || two === null || last?.kind !== 'number' || isNumberAfter(tokens, next)) return null
  // "28.01. - 05.02. 10 %": neither a year, nor the day of an article.
  if (last.text.length === 2 && (tokens[next]?.text === '%' || endsRange(tokens, at))) return null
  const order = first.mark === '.' && hints.order !== 'ymd' ? (hints.order ?? 'dmy') : orderOf(hints)
  if (order === 'ymd' && last.text.length === 2)
    return dayOf(fullYear(tokens[at]), two, Number(last.text), next)
  if (first.mark === '|' && last.text.length !== 4) return null
  const year = fullYear(last)
  if (one > 12) return withProof(dayOf(year, two, one, next), two <= 12 && first.mark !== '.' ? 'dmy' : null)
  if (two > 12) return withProof(dayOf(year, one, two, next), 'mdy')
  const found = order === 'mdy' ? dayOf(year, one, two, next) : dayOf(year, two, one, next)
  return found && { ...found, ambiguous: one !== two && order !== 'dmy' && order !== 'mdy' }
}

function withProof(day: Day | null, proves: Day['proves']): Day | null {
  return day && { ...day, proves }
}

/** "14. – 20. Januar 2022": the time of an event. */
function endsRange(tokens: DateToken[], at: number): boolean {
  const dash = at - (tokens[at - 1]?.kind === 'space' ? 2 : 1)
  if (!/^[-–]$/.test(tokens[dash]?.text ?? '')) return false
  const before = tokens.slice(Math.max(0, dash - 3), dash)
  return before.some(token => token.kind === 'number') && before.every(token => token.kind !== 'word')
}

const ordinals = ['st', 'nd', 'rd', 'th', 'er', 're', 'º', 'ª', 'o', 'a', 'ro', 'ος', 'е', 'го']
// Of Thai the era's two letters, `พ.ศ.`; of Vietnamese the word for the year.
const links = ['de', 'del', 'of', 'd', 'di', 'den', 'г', 'der', 'nam', 'พ', 'ศ']

/** `01 / October / 2016`, `19 de febrero de 2020`, `31 Donnerstag Okt 2019`, `14 Gennaio 20`. */
function dayFirst(tokens: DateToken[], at: number): Day | null {
  const day = smallNumber(tokens[at], 31)
  // The minutes of "00:01, Tue, Nov 19, 2019" are not a day.
  if (day === null || day === 0 || tokens[at - 1]?.text === ':' || endsRange(tokens, at)) return null
  let next = at + 1
  for (let steps = 0; steps < 7; steps++) {
    const month = monthAt(tokens, next)
    if (month) return yearAfter(tokens, month, day)
    const token = tokens[next]
    if (!token || token.kind === 'number') return null
    if (
      token.kind === 'word' &&
      !isWord(token, ...ordinals, ...links) &&
      !weekdayNames.has(foldWord(token.text))
    )
      return null
    if (token.kind === 'mark' && !"./-,'’°–·".includes(token.text)) return null
    next++
  }
  return null
}

/** `December 4, 2006`, `Jan. 28, 2020`, `Mar 12th 2020`. */
function monthFirst(tokens: DateToken[], at: number): Day | null {
  const month = monthAt(tokens, at)
  if (!month) return null
  let next = month.next
  if (tokens[next]?.text === '.') next++
  next = skipSpace(tokens, next)
  const day = smallNumber(tokens[next], 31)
  return day ? yearAfter(tokens, { ...month, next: next + 1 }, day) : null
}

function yearAfter(tokens: DateToken[], month: Month, day: number): Day | null {
  let at = month.next
  for (let steps = 0; steps < 6; steps++, at++) {
    const token = tokens[at]
    if (!token) return null
    if (token.kind === 'number') break
    if (token.kind === 'word' && !isWord(token, ...links, ...ordinals)) return null
    if (token.kind === 'mark' && !"./-,'’–،".includes(token.text)) return null
  }
  const token = tokens[at]
  if (token?.kind !== 'number') return null
  if (token.text.length === 2 && !endsDate(tokens, at)) return null
  // `63` is 2563 of the Buddhist era.
  const year = month.isBuddhist && token.text.length === 2 ? 2500 + Number(token.text) : fullYear(token)
  return dayOf(year, month.number, day, at + 1, { month })
}

/** Two digits after a month's name are a year only where the date plainly ends there: "14 Gennaio 20", not "3 May 20 people". */
function endsDate(tokens: DateToken[], at: number): boolean {
  if (/['’]/.test(tokens[at - 1]?.text ?? '')) return true
  if (tokens[at + 1]?.text === ':') return false
  const after = tokens[skipSpace(tokens, at + 1)]
  return !after || /^[,|)·•–—-]$/.test(after.text) || readClock(tokens, at + 1) !== null
}

interface Month {
  number: number
  calendar: Calendar
  /** In a script whose writers count the years of the Buddhist era: Thai, Lao, Khmer. */
  isBuddhist: boolean
  next: number
}

function monthAt(tokens: DateToken[], at: number): Month | null {
  const token = tokens[at]
  if (token?.kind !== 'word') return null
  const isThai = token.text >= '\u0e00' && token.text < '\u0e80'
  const thai = isThai && thaiMonths.get(`${token.text}${tokens[at + 1]?.text}${tokens[at + 2]?.text}`)
  if (thai) return { number: thai, calendar: 'gregorian', isBuddhist: true, next: at + 3 }
  const word = foldWord(token.text)
  if (!monthOpenings.has(word)) return null
  const second = tokens[at + 1]?.kind === 'space' ? tokens[at + 2] : undefined
  const pair = second?.kind === 'word' ? `${word} ${foldWord(second.text)}` : null
  for (const [calendar, names] of monthNames) {
    const number = names.get(word)
    if (number) return { number, calendar, isBuddhist: buddhistScripts.test(token.text), next: at + 1 }
    const ofTwo = pair === null ? undefined : names.get(pair)
    if (ofTwo) return { number: ofTwo, calendar, isBuddhist: false, next: at + 3 }
  }
  // Vietnamese counts its months: `12 tháng 11, 2020`.
  const counted = word === 'thang' && second ? smallNumber(second, 12) : null
  return counted ? { number: counted, calendar: 'gregorian', isBuddhist: false, next: at + 3 } : null
}

const buddhistScripts = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u
const monthNames: [Calendar, ReadonlyMap<string, number>][] = [
  ['gregorian', gregorianMonths],
  ['persian', persianMonths],
  ['islamic-umalqura', hijriMonths],
]
/** The first words of all names of months, and of `tháng 11`: few words of a text are one. */
const monthOpenings: ReadonlySet<string> = new Set([
  'thang',
  ...monthNames.flatMap(([, names]) => [...names.keys()].map(name => name.split(' ')[0] ?? name)),
])

/** One of `. / - |` with spaces around it; the spaces may be thin. */
function separatorAt(tokens: DateToken[], from: number): { mark: string; next: number } | null {
  const at = skipSpace(tokens, from)
  const mark = tokens[at]?.text
  if (mark !== '.' && mark !== '/' && mark !== '-' && mark !== '／' && mark !== '|') return null
  const next = skipSpace(tokens, at + 1)
  // "26 | 01 | 2022"; without spaces bars part columns.
  if (mark === '|' && (at === from || next === at + 1)) return null
  // "10 - 12 - 2019" is as likely two ranges: only dots and slashes stand apart.
  if (mark === '-' && (at !== from || next !== at + 1)) return null
  return { mark, next }
}

/** "/2020/01/15/" is part of an address. */
function inPath(tokens: DateToken[], at: number, last: number): boolean {
  return tokens[at - 1]?.text === '/' || tokens[last + 1]?.text === '/'
}

/** A number and a separator run right into the token at `at`: part of something longer than a date. */
function isNumberBefore(tokens: DateToken[], at: number): boolean {
  const [before, mark] = [tokens[at - 2], tokens[at - 1]]
  return mark !== undefined && /^[./:,-]$/.test(mark.text) && before?.kind === 'number'
}

function isNumberAfter(tokens: DateToken[], next: number): boolean {
  const mark = tokens[next]?.text ?? ''
  return /^[./_]$/.test(mark) && tokens[next + 1]?.kind === 'number' && tokens[next + 2]?.text !== ':'
}

/** Two digits as POSIX reads them: 69 to 99 are the last century's. */
function fullYear(token: DateToken | undefined): number {
  const value = Number(token?.text)
  if (token?.text.length === 2) return value < 69 ? 2000 + value : 1900 + value
  return token?.text.length === 4 ? value : 0
}

/** Years that articles bear: Gregorian from 1800 to 2199 (Buddhist: 543 more), since the Hijra from 1200 to 1499. */
function dayOf(
  year: number,
  month: number | null,
  day: number | null,
  next: number,
  named?: { month: Month },
): Day | null {
  if (!month || !day || month > 12 || day > 31) return null
  const isNamed = named !== undefined
  const isHijra = year >= 1200 && year < 1500
  const calendar = named?.month.calendar ?? (isHijra ? 'persian' : 'gregorian')
  const rest = { month, day, calendar, isNamed, ambiguous: false, proves: null, next }
  if (calendar !== 'gregorian') return isHijra ? { year, ...rest } : null
  if (named?.month.isBuddhist && year >= 2343) return year < 2743 ? { year: year - 543, ...rest } : null
  return year >= 1800 && year < 2200 ? { year, ...rest } : null
}

const dayFirstLanguages =
  'de fr es pt it nl pl ru uk be bg sr hr sl sk cs tr ar fa he el ro sv da nb nn no fi et lv is ca gl eu id ms vi th hi bn'.split(
    ' ',
  )
const yearFirstLanguages = ['ja', 'zh', 'ko', 'hu', 'lt', 'mn']
const regions: Record<string, DateOrder> = {
  us: 'mdy',
  ph: 'mdy',
  gb: 'dmy',
  au: 'dmy',
  nz: 'dmy',
  ie: 'dmy',
  in: 'dmy',
  za: 'dmy',
}

/** The customary order, or null where a language has more than one: English without a country says nothing. */
export function orderOf(hints: DateHints): DateOrder | null {
  if (hints.order) return hints.order
  const [primary = '', ...rest] = (hints.language ?? '').toLowerCase().split(/[-_]/)
  if (primary === 'en') return regions[rest.at(-1) ?? ''] ?? null
  if (dayFirstLanguages.includes(primary)) return 'dmy'
  return yearFirstLanguages.includes(primary) ? 'ymd' : null
}

const monthFirstZones =
  /^(?:US\/|America\/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit|Boise|Juneau|Menominee|(?:Indiana|Kentucky|North_Dakota)\/\w+)$|Pacific\/(?:Honolulu|Guam)$|Asia\/Manila$)/
const dayFirstZones =
  /^(?:Europe\/|Africa\/|Australia\/|Indian\/|Pacific\/Auckland$|Asia\/(?:Kolkata|Calcutta|Dhaka|Karachi|Colombo|Kathmandu|Singapore|Kuala_Lumpur|Hong_Kong|Dubai|Qatar|Riyadh|Jerusalem|Jakarta|Bangkok)$)/

/** The order that is customary where a zone's clocks are, or null: what is written in Canada may be either. */
export function orderOfZone(zone: string | null): DateOrder | null {
  if (zone === null) return null
  return monthFirstZones.test(zone) ? 'mdy' : dayFirstZones.test(zone) ? 'dmy' : null
}
