import { clockZones } from '../text/clock-grammar.ts'
import { type DateOrder, readDates } from '../text/date-grammar.ts'
import { isTimeZone } from '../text/dates.ts'
import { englishMonth } from '../text/english-calendar.ts'
import type { WrittenDate } from './article-date.ts'

/** RFC 822's zone names that mean something else, or nothing, in newspapers: "CST" is three places there. */
const namedZones: Record<string, string> = { z: 'Z', utc: 'Z', gmt: 'Z', ut: 'Z', cst: '-06:00' }

const clock = String.raw`(?:(?:[Tt]|[ ,]+(?:at )?)(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?(?<zone> ?[Zz]| ?(?:GMT|UTC)?[+-]\d\d:?(?:\d\d)?| [A-Za-z]{1,5}(?= ?$)| \(?[A-Z][\w+-]*(?:/[\w+-]+)+\)?)?(?: \([\w ]+\))?)?`
const forms = [
  // ISO 8601, and with slashes or dots in the same order.
  String.raw`(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})`,
  // RFC 5322: `Sat, 31 Jan 2026`.
  String.raw`(?:[A-Za-z]{3,9}\.?,? )?(?<day>\d{1,2})(?:st|nd|rd|th)?[ -](?<name>[A-Za-z]{3,9})\.?,?[ -](?<year>\d{4})`,
  // `Jul 08 2022`, `July 8, 2022`.
  String.raw`(?:[A-Za-z]{3,9}\.?,? )?(?<name>[A-Za-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})`,
]
  .map(form => form + clock)
  .concat(
    // ISO 8601's basic format, which some write by halves: `20201112T194500Z`, `20201112T19:45:00Z`.
    String.raw`(?<year>(?:18|19|20|21)\d\d)(?<month>\d\d)(?<day>\d\d)(?:[Tt ](?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>[Zz]|[+-]\d\d:?(?:\d\d)?)?)?`,
    // As C's `asctime` and Java's `Date` print one: `Thu Nov 12 19:45:00 CET 2020`.
    String.raw`[A-Z][a-z]{2} (?<name>[A-Z][a-z]{2}) (?<day>\d{1,2}) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?<zone> [A-Z]{1,5}| (?:GMT|UTC)?[+-]\d\d:?\d\d)? (?<year>\d{4})`,
  )
  .map(form => new RegExp(`^${form}$`))

/**
 * Reads a date as front matter and metadata write it: ISO 8601 and its looser kin, RFC 5322, English month names. The clock and the
 * zone are as written; what does not stand there is not filled in. Null where it is something else (`10/05/2022` may
 * be May or October, unless `order` says).
 */
export function readWrittenDate(text: string, order: DateOrder | null = null): WrittenDate | null {
  const raw = text.trim()
  for (const form of forms) {
    const parts = form.exec(raw.replace(/\s+/g, ' '))?.groups
    if (parts) return compose(raw, parts)
  }
  return readInWords(raw, order)
}

/** A date in the words of any language, where nothing else stands beside it and nothing about it is in doubt. */
function readInWords(raw: string, order: DateOrder | null): WrittenDate | null {
  if (raw.length > maxDateLength) return null
  const [date, ...others] = readDates(raw, { order })
  if (!date || others.length > 0 || (date.alternative !== null && order === null)) return null
  if (/[\p{L}\p{N}]/u.test(raw.slice(0, date.start) + raw.slice(date.end))) return null
  return { raw, local: date.local, precision: date.precision, zone: date.zone }
}

const maxDateLength = 100

function compose(raw: string, parts: Record<string, string | undefined>): WrittenDate | null {
  const month = parts.name ? englishMonth(parts.name) : Number(parts.month)
  if (!month) return null
  const day = `${parts.year}-${pad(month)}-${pad(Number(parts.day))}`
  if (parts.hour === undefined) return { raw, local: `${day}T00:00:00`, precision: 'day', zone: null }
  const hour = hourOf(Number(parts.hour), parts.half)
  const zone = zoneOf(parts.zone?.trim())
  if (hour === null || zone === undefined) return null
  const fraction = parts.fraction?.slice(0, 3).replace(/0+$/, '')
  const local = `${day}T${pad(hour)}:${parts.minute}:${parts.second ?? '00'}${fraction ? `.${fraction}` : ''}`
  return { raw, local, precision: parts.second === undefined ? 'minute' : 'second', zone }
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (!half) return hour
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** Null where none is written, undefined where what is written names no zone we know. */
function zoneOf(written: string | undefined): string | null | undefined {
  if (!written) return null
  const offset = /^(?:GMT|UTC)?([+-]\d\d):?(\d\d)?$/.exec(written)
  if (offset) return `${offset[1]}:${offset[2] ?? '00'}`
  const named = namedZones[written.toLowerCase()] ?? clockZones[written.toLowerCase()]
  if (named) return named
  const zone = written.replace(/^\(|\)$/g, '')
  return zone.includes('/') && isTimeZone(zone) ? zone : undefined
}

const pad = (value: number) => String(value).padStart(2, '0')
