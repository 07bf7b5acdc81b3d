import { type AddressFilter, addressFilters } from './address-filters.ts'
import { captures } from './captures.ts'
import { fullMonthNames, fullWeekdayNames } from './english-calendar.ts'
import { itemAt } from './item-at.ts'

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
  const values = valuesOf(facts)
  let complete = true
  const written = pattern.replace(token, (_, names: string, filters = '|raw') => {
    const value = names
      .split(',')
      .map(name => (name.startsWith('@') ? filled(facts.keys[name.slice(1)]) : partOf(name, values)))
      .find(value => value !== null && value !== undefined)
    const parts = [value ?? []].flat().map(part => filtered(part, filters))
    if (value === null || value === undefined || parts.some(part => part === null || part === ''))
      complete = false
    return parts.join('/')
  })
  return complete ? written.replace(/\/{2,}/g, '/') : null
}

const token = /\{((?:[a-z_]+(?:\[[\w:]*\])?|@[\w-]+)(?:,[a-z_]+(?:\[[\w:]*\])?)*)((?:\|[a-z]+)*)\}/g

/** A fact, or a part of a list: `sections[1:]`. Bounds beyond the list's end give nothing. */
function partOf(name: string, values: Record<PermalinkToken, string | string[] | null>) {
  const [, plain = '', cut] = /^([a-z_]+)(?:\[([\w:]*)\])?$/.exec(name) ?? []
  const value = values[plain as PermalinkToken]
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
  const known = new Set<string>(permalinkTokens)
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

function valuesOf(facts: PermalinkFacts): Record<PermalinkToken, string | string[] | null> {
  return {
    ...dateValues(facts.local),
    title: filled(facts.title),
    slug: filled(facts.slug),
    name: filled(facts.name),
    filename: filled(facts.filename),
    name_date: facts.nameDate?.split('-') ?? null,
    folders: facts.folders,
    folder_stem: facts.folders.at(-1) === facts.filename ? facts.folders : [...facts.folders, facts.filename],
    last_folder: facts.folders.slice(-1),
    section: facts.folders.slice(0, 1),
    sections: facts.sections,
    categories: facts.categories,
    category: facts.categories.slice(0, 1),
    category_path: facts.categories.length > 0 ? facts.categories : null,
    path: facts.path,
    dated_path: datedPath(facts.path),
    index_of: facts.path.at(-1) === 'index' ? facts.path.slice(0, -1) : null,
    path_name: facts.path.join('/'),
    last_name: facts.path.at(-1) ?? null,
    language: filled(facts.language),
    author: filled(facts.author),
  }
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
  weekday: null,
  weekday_name: null,
  short_day: null,
  week: null,
  hour: null,
  minute: null,
  second: null,
} satisfies Record<string, string | null>

function dateValues(local: string | null): Record<keyof typeof noDate, string | null> {
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
    weekday: String(date.getUTCDay()),
    weekday_name: weekdayName,
    short_day: weekdayName.slice(0, 3),
    week: String(isoWeek(date)).padStart(2, '0'),
    hour,
    minute,
    second,
  }
}

/** ISO 8601: week 1 is the one that holds the year's first Thursday. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000)
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return Math.floor((thursday.getTime() - newYear) / (7 * 86_400_000)) + 1
}

const permalinkTokens = [
  ...(Object.keys(noDate) as (keyof typeof noDate)[]),
  'title',
  'slug',
  'name',
  'filename',
  'name_date',
  'folders',
  'folder_stem',
  'last_folder',
  'section',
  'sections',
  'categories',
  'category',
  'category_path',
  'path',
  'dated_path',
  'index_of',
  'path_name',
  'last_name',
  'language',
  'author',
] as const

export type PermalinkToken = (typeof permalinkTokens)[number]
