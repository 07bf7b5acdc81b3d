/** English names, from January on: as addresses, front matter and mail write them. */
export const fullMonthNames =
  'January February March April May June July August September October November December'.split(' ')

/** `Jan`, `Feb`, … (RFC 5322 §3.3). */
export const shortMonthNames = fullMonthNames.map(name => name.slice(0, 3))

/** Sunday first. */
export const fullWeekdayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

/** The month of a name as people write it, `September`, `sept`, `Sep`: 1 to 12; null where it is none. */
export function englishMonth(name: string): number | null {
  const written = name.toLowerCase()
  const at = fullMonthNames.findIndex(full => written.length >= 3 && full.toLowerCase().startsWith(written))
  return at === -1 ? null : at + 1
}
