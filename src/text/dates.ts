import { Temporal } from 'temporal-polyfill/full'

// Kept in a file of its own: what answers requests needs it, and not the calendar arithmetic.
export { formatHttpDate } from './http-dates.ts'

/** RFC 3339 in UTC, with milliseconds only where there are any. */
export function formatRfc3339(epoch: number): string {
  return new Date(epoch).toISOString().replace('.000Z', 'Z')
}

/**
 * Whether documents can write an instant: four digits for the year (RFC 3339 §5.6, RFC 822 as RSS has it), and no year 0,
 * which the calendar of RFC 822 lacks. Epoch milliseconds.
 */
export function isWritable(epoch: number): boolean {
  return epoch >= firstWritable && epoch <= lastWritable
}

const firstWritable = Date.parse('0001-01-01T00:00Z')
const lastWritable = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether `zone` is an IANA time zone (or a fixed offset) that this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

export interface Instant {
  epoch: number
  rfc3339: string
  /** The wall clock shows this time twice or never in this zone (a clock change). */
  irregular: 'gap' | 'overlap' | null
}

const formattedOffset = /^[+-]\d\d:\d\d$/

/**
 * The instant of a wall-clock time in a zone.
 * @param local `2016-10-01T04:47:00`
 * @param zone IANA name, `UTC` or `+03:30`
 * @throws RangeError where either is none, or where the instant is not within the years 1 to 9999
 */
export function instantOf(local: string, zone: string): Instant {
  const fixed = instantOfOffset(local, zone)
  if (fixed) return fixed
  const plain = Temporal.PlainDateTime.from(local)
  const zoned = plain.toZonedDateTime(zone, { disambiguation: 'compatible' })
  let irregular: Instant['irregular'] = null
  try {
    plain.toZonedDateTime(zone, { disambiguation: 'reject' })
  } catch {
    irregular = zoned.toPlainDateTime().equals(plain) ? 'overlap' : 'gap'
  }
  const epoch = zoned.epochMilliseconds
  if (!isWritable(epoch)) throw new RangeError(`${local} in ${zone} is not within the years 1 to 9999`)
  // An offset with seconds (local mean time) can't be said in RFC 3339 §5.6: such an instant is printed in UTC.
  const rfc3339 =
    zoned.offset === '+00:00' || !formattedOffset.test(zoned.offset)
      ? formatRfc3339(epoch)
      : `${zoned.toPlainDateTime().toString({ smallestUnit: zoned.millisecond ? 'millisecond' : 'second' })}${zoned.offset}`
  return { epoch, rfc3339, irregular }
}

/** The same where the zone is an offset and the time whole seconds, by far the commonest case; null in all others. */
function instantOfOffset(local: string, zone: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local)) return null
  if (zone !== 'UTC' && !formattedOffset.test(zone)) return null
  // JavaScript reads 30 February as 2 March: what does not come back as it went in is left to Temporal to refuse.
  const clock = Date.parse(`${local}Z`)
  if (Number.isNaN(clock) || formatRfc3339(clock) !== `${local}Z`) return null
  const epoch = zone === 'UTC' ? clock : Date.parse(`${local}${zone}`)
  if (Number.isNaN(epoch) || !isWritable(epoch)) return null
  const rfc3339 = zone === 'UTC' || /^[+-]00:00$/.test(zone) ? `${local}Z` : `${local}${zone}`
  return { epoch, rfc3339, irregular: null }
}

/**
 * A date of another calendar as ISO: `('persian', 1395, 7, 10)` → `2016-10-01`. Throws RangeError where there is none.
 * Of the Islamic calendars it is that of Umm al-Qura, which newspapers print.
 */
export function isoFromCalendar(
  calendar: 'persian' | 'islamic-umalqura',
  year: number,
  month: number,
  day: number,
): string {
  return Temporal.PlainDate.from({ calendar, year, month, day }, { overflow: 'reject' })
    .withCalendar('iso8601')
    .toString()
}

/** The wall clock of an instant in a zone: `2016-10-01T04:47:00`. */
export function localOf(epoch: number, zone: string): string {
  // Most sites that ask have no other: Jekyll asks of every article.
  if (zone === 'UTC' && isWritable(epoch)) return new Date(epoch).toISOString().slice(0, 19)
  return Temporal.Instant.fromEpochMilliseconds(epoch)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
}
