import { englishMonth } from './english-calendar.ts'

/** `Sat, 01 Oct 2016 01:17:00 GMT`: RFC 9110 §5.6.7 (IMF-fixdate), which RSS 2.0 takes as an RFC 822 date. */
export function formatHttpDate(epoch: number): string {
  return new Date(epoch).toUTCString()
}

const clock = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'
/** The three forms of RFC 9110 §5.6.7, which every recipient must take. The day's name is not checked against the date. */
const forms = [
  new RegExp(`^[a-z]{3}, (?<day>\\d\\d) (?<month>[a-z]{3}) (?<year>\\d{4}) ${clock} GMT$`, 'i'),
  new RegExp(`^[a-z]{6,9}, (?<day>\\d\\d)-(?<month>[a-z]{3})-(?<year>\\d\\d) ${clock} GMT$`, 'i'),
  new RegExp(`^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) ${clock} (?<year>\\d{4})$`, 'i'),
]

/**
 * An HTTP-date as epoch milliseconds, or null where the text is none.
 * @param now Epoch milliseconds: what a year of two digits is read against
 */
export function parseHttpDate(text: string, now: number): number | null {
  const trimmed = text.trim()
  for (const form of forms) {
    const parts = form.exec(trimmed)?.groups
    if (parts) return instantOf(parts, now)
  }
  return null
}

function instantOf(parts: Record<string, string>, now: number): number | null {
  const { month: name = '', year = '' } = parts
  const month = englishMonth(name)
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  // §5.6.7's grammar allows a leap second.
  if (month === null || hour > 23 || minute > 59 || second > 60) return null
  // Date.UTC takes years below 100 for the twentieth century; setUTCFullYear takes them as they are.
  const date = new Date(0)
  date.setUTCFullYear(year.length === 2 ? fullYear(Number(year), now) : Number(year), month - 1, day)
  if (date.getUTCDate() !== day) return null
  return date.setUTCHours(hour, minute, second)
}

/** §5.6.7: a year that seems more than 50 years ahead is the latest past one with the same last two digits. */
function fullYear(lastDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + lastDigits
  return year > thisYear + 50 ? year - 100 : year
}
