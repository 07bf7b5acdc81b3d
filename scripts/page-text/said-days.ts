/** Languages whose names of months are looked for: those that `Intl` knows, by their codes. */
const languages =
  'af am ar az be bg bn ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv mk ml mr ms my nb ne nl pa pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh'.split(
    ' ',
  )

/** How a text is compared with a day: in small letters without accents, with ASCII digits. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[٠-٩۰-۹०-९০-৯]/g, digit => String(digitOf(digit)))
}

/** The value of an Arabic, Persian, Hindi or Bengali digit: zero is 0x660, 0x6f0, 0x966 and 0x9e6. */
function digitOf(digit: string): number {
  const code = digit.charCodeAt(0)
  return code >= 0x966 ? (code - 0x966) % 0x80 : code & 15
}

/** In place of a month's name. */
const monthMark = '\u0001'

const names = Array.from({ length: 12 }, (_, month) => new RegExp(`(?:${namesOf(month)})`, 'gu'))

/** All names of a month: long and short, as they stand in dates and alone. */
function namesOf(month: number): string {
  const found = new Set<string>()
  const date = new Date(Date.UTC(2021, month, 15))
  for (const language of languages)
    for (const form of ['long', 'short'] as const)
      for (const day of [undefined, 'numeric'] as const) {
        const options = { month: form, day, timeZone: 'UTC', calendar: 'gregory' } as const
        const parts = new Intl.DateTimeFormat(language, options).formatToParts(date)
        const name = folded(parts.find(({ type }) => type === 'month')?.value ?? '').replace(/\.$/, '')
        if (/\p{L}{2}/u.test(name)) found.add(name)
      }
  return [...found].map(name => name.replace(/[^\p{L}\p{N}]+/gu, '[^\\p{L}\\p{N}]+')).join('|')
}

/**
 * Whether a text says a day at all: year, month and day near each other, in digits in any order or with the month's name
 * in any language. A lenient look that shares nothing with the reader of dates.
 * @param day ISO 8601; the first ten characters count
 */
export function saysDay(text: string, day: string): boolean {
  const iso = day.slice(0, 10)
  const month = names[Number(iso.slice(5, 7)) - 1]
  const form = formsOf(iso)
  const plain = folded(text)
  for (const { index } of plain.matchAll(new RegExp(`(?:${iso.slice(0, 2)})?${iso.slice(2, 4)}`, 'g'))) {
    const around = plain.slice(Math.max(0, index - reach), index + reach)
    if (form.test(month ? around.replace(month, monthMark) : around)) return true
  }
  return false
}

/** In UTF-16 code units: so far from its year a date's other parts are looked for. */
const reach = 44

function formsOf(iso: string): RegExp {
  const [year = '', month = '', date = ''] = iso.split('-')
  const y = `(?:${year}|['’]?${year.slice(2)})`
  const [m, d] = [month, date].map(part => `0?${Number(part)}`)
  const gap = '[^\\p{L}\\p{N}]{0,3}[年月日년월일]?[^\\p{L}\\p{N}]{1,3}|[年月日년월일.]'
  const mark = `(?:${gap})`
  const near = '[^\\n]{0,14}?'
  const forms = [
    `${year}${mark}${m}${mark}${d}`,
    `${d}${mark}${m}${mark}${y}`,
    `${m}${mark}${d}${mark}${y}`,
    `${year}${month}${date}`,
    `${d}\\P{N}${near}${monthMark}${near}${y}`,
    `${monthMark}${near}(?<!\\p{N})${d}(?!\\p{N})${near}${y}`,
    `${year}${near}${monthMark}${near}(?<!\\p{N})${d}`,
    `${year}${near}(?<!\\p{N})${d}(?!\\p{N})${near}${monthMark}`,
  ]
  return new RegExp(`(?<!\\p{N})(?:${forms.join('|')})(?!\\p{N})`, 'u')
}
