import { type AddressFilter, addressFilters } from './address-filters.ts'
import { captures } from './captures.ts'
import { fullMonthNames, fullWeekdayNames } from './english-calendar.ts'
import { itemAt } from './item-at.ts'
import { ownValue } from './own-value.ts'

/** What an article has to fill a pattern with. Null and empty values are not there. */
export interface PermalinkFacts {
  /** `2026-01-31T09:30:00` on the clock that the addresses go by. */
  local: string | null
  title: string | null
  /** The slug that the file itself gives. */
  slug: string | null
  /** The file's name without date and extension; the folder's for `index.md`. */
  name: string
  /** The same with its date. */
  filename: string
  /** `2026-01-31`: the date in the file's name. */
  nameDate: string | null
  /** The folders between the content's root and the file. */
  folders: string[]
  /** Those of them that are sections. */
  sections: string[]
  categories: string[]
  /** Folders and name as they are, an `index` too. */
  path: string[]
  /** Front matter by key, for `{@key}`. */
  keys: Record<string, string>
  language: string | null
  /** The first that is named. */
  author: string | null
}

/**
 * Fills a pattern like `/{year}/{month}/{slug,name|plain}/`. Between braces stand names of facts, the first that the
 * article has counting, and after `|` the filter they pass (`model/preset.ts` lists both). Optional parts, like
 * `{categories}`, leave nothing behind; of slashes that meet one stays.
 * Null where the article lacks what the pattern needs.
 */
export function fillPermalink(pattern: string, facts: PermalinkFacts): string | null {
  let date: DateValues | null = null
  const lookUp = (name: string) => {
    if (!Object.hasOwn(noDate, name)) return ownValue(otherValues, name)?.(facts)
    date ??= dateValues(facts.local)
    return date[name as keyof DateValues]
  }
  let complete = true
  const written = pattern.replace(token, (_, names: string, filters = '|raw') => {
    const value = names
      .split(',')
      .map(name => (name.startsWith('@') ? filled(facts.keys[name.slice(1)]) : partOf(name, lookUp)))
      .find(value => value !== null && value !== undefined)
    const parts = [value ?? []].flat().map(part => filtered(part, filters))
    if (value === null || value === undefined || parts.some(part => part === null || part === ''))
      complete = false
    // Jekyll names a category once, however it is written.
    return (names === 'categories' ? [...new Set(parts)] : parts).join('/')
  })
  return complete ? written.replace(/\/{2,}/g, '/') : null
}

const token = /\{((?:[a-z_]+(?:\[[\w:]*\])?|@[\w-]+)(?:,[a-z_]+(?:\[[\w:]*\])?)*)((?:\|[a-z]+)*)\}/g

/** A fact, or a part of a list: `sections[1:]`. Bounds beyond the list's end give nothing. */
function partOf(name: string, lookUp: (name: string) => PermalinkValue | undefined) {
  if (!name.endsWith(']')) return lookUp(name)
  const [, plain = '', cut] = /^([a-z_]+)\[([\w:]*)\]$/.exec(name) ?? []
  const value = lookUp(plain)
  if (cut === undefined || !Array.isArray(value)) return value
  const at = (bound: string) => (bound === 'last' ? value.length - 1 : Number(bound) || 0)
  const [from = '', to] = cut.split(':')
  if (to === undefined) return value.slice(at(from), at(from) + 1)
  return value.slice(at(from), to === '' ? undefined : at(to))
}

/** @param filters `|hugo|ascii` */
function filtered(part: string, filters: string): string | null {
  return filters
    .split('|')
    .slice(1)
    .reduce<string | null>(
      (text, filter) => (text === null ? null : addressFilters[filter as AddressFilter](text)),
      part,
    )
}

/** Whether every part in braces is one that `fillPermalink` knows. */
export function isPermalinkPattern(pattern: string): boolean {
  const known = new Set([...Object.keys(noDate), ...Object.keys(otherValues)])
  const isKnown = (names: string, filters: string) =>
    names.split(',').every(name => name.startsWith('@') || known.has(name.replace(/\[.*$/, ''))) &&
    filters
      .split('|')
      .slice(1)
      .every(filter => Object.hasOwn(addressFilters, filter))
  const rest = pattern.replace(token, (whole, names: string, filters: string) =>
    isKnown(names, filters) ? '' : whole,
  )
  return !/[{}]/.test(rest)
}

const filled = (text: string | null | undefined) => (text?.trim() ? text : null)

type PermalinkValue = string | string[] | null

/** What each name but a date's stands for. */
const otherValues: Readonly<Record<string, (facts: PermalinkFacts) => PermalinkValue>> = {
  title: ({ title }) => filled(title),
  slug: ({ slug }) => filled(slug),
  name: ({ name }) => filled(name),
  filename: ({ filename }) => filled(filename),
  name_date: ({ nameDate }) => nameDate?.split('-') ?? null,
  folders: ({ folders }) => folders,
  folder_stem: ({ folders, filename }) => (folders.at(-1) === filename ? folders : [...folders, filename]),
  last_folder: ({ folders }) => folders.slice(-1),
  section: ({ folders }) => folders.slice(0, 1),
  sections: ({ sections }) => sections,
  categories: ({ categories }) => categories,
  category: ({ categories }) => categories.slice(0, 1),
  category_path: ({ categories }) => (categories.length > 0 ? categories : null),
  path: ({ path }) => path,
  dated_path: ({ path }) => datedPath(path),
  index_of: ({ path }) => (path.at(-1) === 'index' ? path.slice(0, -1) : null),
  path_name: ({ path }) => path.join('/'),
  last_name: ({ path }) => path.at(-1) ?? null,
  language: ({ language }) => filled(language),
  author: ({ author }) => filled(author),
}

/** Docusaurus's: the date of a path, what stands before it, and what follows; a date's parts may be folders. */
function datedPath(path: string[]): string {
  const whole = path.join('/')
  const [, folder = '', date = null, text = ''] =
    /^(.*)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:\/index)?$/.exec(whole) ?? []
  return date === null ? whole.replace(/\/index$/, '') : `${date.replaceAll('-', '/')}/${folder}${text}`
}

const noDate = {
  year: null,
  short_year: null,
  month: null,
  i_month: null,
  month_name: null,
  short_month: null,
  day: null,
  i_day: null,
  y_day: null,
  i_y_day: null,
  weekday: null,
  iso_weekday: null,
  weekday_name: null,
  short_day: null,
  week: null,
  week_year: null,
  hour: null,
  minute: null,
  second: null,
} satisfies Record<string, string | null>

type DateValues = Record<keyof typeof noDate, string | null>

function dateValues(local: string | null): DateValues {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(local ?? '')
  if (!parts) return noDate
  const [year, month, day, hour, minute, second] = captures(parts, 6)
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  const dayOfYear = (date.getTime() - Date.UTC(Number(year), 0, 1)) / 86_400_000 + 1
  const monthName = itemAt(fullMonthNames, Number(month) - 1)
  const weekdayName = itemAt(fullWeekdayNames, date.getUTCDay())
  return {
    year,
    short_year: year.slice(2),
    month,
    i_month: String(Number(month)),
    month_name: monthName,
    short_month: monthName.slice(0, 3),
    day,
    i_day: String(Number(day)),
    y_day: String(dayOfYear).padStart(3, '0'),
    i_y_day: String(dayOfYear),
    weekday: String(date.getUTCDay()),
    iso_weekday: String(date.getUTCDay() || 7),
    weekday_name: weekdayName,
    short_day: weekdayName.slice(0, 3),
    week: String(isoWeek(date)).padStart(2, '0'),
    week_year: String(thursdayOf(date).getUTCFullYear()),
    hour,
    minute,
    second,
  }
}

/** The day that says whose year a week is. */
const thursdayOf = (date: Date) => new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000)

/** ISO 8601: week 1 is the one that holds the year's first Thursday. */
function isoWeek(date: Date): number {
  const thursday = thursdayOf(date)
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return Math.floor((thursday.getTime() - newYear) / (7 * 86_400_000)) + 1
}
