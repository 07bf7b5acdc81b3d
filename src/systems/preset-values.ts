import type { Field, Origin } from '../model/article.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import type { Preset } from '../model/preset.ts'
import { matchesGlob } from '../text/globs.ts'
import { ownValue } from '../text/own-value.ts'
import { fileNameOf } from '../text/urls.ts'
import { cascadedValues } from './eleventy/cascaded-values.ts'

/**
 * Front matter with what the folder's system gives to files in that place, under what the file says itself.
 * Null where there is neither.
 */
export function withPresetValues(
  written: FrontMatter | null,
  path: string,
  {
    defaults,
    records,
    pathMetadata,
    cascade,
    emptyIsNo,
  }: Pick<Preset, 'defaults' | 'records' | 'pathMetadata' | 'cascade' | 'emptyIsNo'>,
): FrontMatter | null {
  const frontMatter = withEmptyKeys(written, emptyIsNo)
  const matching = defaults.filter(({ match, caseless }) =>
    caseless ? matchesGlob(match.toLowerCase(), path.toLowerCase()) : matchesGlob(match, path),
  )
  const inPath = pathMetadata.flatMap(({ pattern, of, root }) => {
    const inside = root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
    const name = fileNameOf(path).replace(/\.[^.]+$/, '')
    const groups = new RegExp(pattern, 'u').exec(of === 'name' ? name : inside)?.groups
    return groups ? [withDate({ ...groups })] : []
  })
  const given: Record<string, unknown>[] = [
    ...inPath,
    ...matching.filter(({ over }) => !over).map(({ values }) => values),
  ]
  const over = matching.filter(({ over }) => over).map(({ values }) => values)
  const record = ownValue(records, path)
  if (record) given.push(record)
  if (given.length + over.length === 0 && !cascade) return frontMatter
  const own = frontMatter ?? { kind: 'yaml' as const, values: {}, lines: {}, diagnostics: [] }
  if (cascade) {
    const values = Object.assign(cascadedValues([...given, own.values], cascade), ...over)
    return frontMatter === null && Object.keys(values).length === 0 ? null : { ...own, values }
  }
  // A file's own `Status` counts over a default `status`.
  const under = Object.assign({}, ...given) as Record<string, unknown>
  // `publish:` with nothing behind it is no yes where the default is no.
  const said = Object.entries(own.values).filter(([key, value]) => value !== null || under[key] !== false)
  const named = new Set(said.map(([key]) => key.toLowerCase()))
  for (const key of Object.keys(under)) if (named.has(key.toLowerCase())) delete under[key]
  const lines = { ...own.lines }
  for (const key of over.flatMap(Object.keys)) delete lines[key]
  return { ...own, lines, values: Object.assign(under, Object.fromEntries(said), ...over) }
}

function withEmptyKeys(frontMatter: FrontMatter | null, keys: string[]): FrontMatter | null {
  const empty = keys.filter(key => frontMatter?.values[key] === null)
  if (!frontMatter || empty.length === 0) return frontMatter
  return {
    ...frontMatter,
    values: { ...frontMatter.values, ...Object.fromEntries(empty.map(key => [key, false])) },
  }
}

/** A date whose parts stand in several folders. */
function withDate({ date_year: year, date_month: month, date_day: day, ...values }: Record<string, string>) {
  if (!year || !month || !day) return values
  return { ...values, date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` }
}

/** What stands in no line of the file was not said by it. */
export function markPresetFields<T extends object>(reading: T, origin: Origin): T {
  const marked = Object.entries(reading).map(([name, field]) => [
    name,
    isGiven(field) ? { ...field, from: origin } : field,
  ])
  return Object.fromEntries(marked) as T
}

function isGiven(field: unknown): field is Field<unknown> {
  return (
    field !== null &&
    typeof field === 'object' &&
    'from' in field &&
    field.from === 'front-matter' &&
    'line' in field &&
    field.line === null
  )
}

/** Front matter that patterns of addresses name, as text. */
export function addressKeys(
  values: Record<string, unknown>,
  { content }: Pick<Preset, 'content'>,
): Record<string, string> {
  const named = content.flatMap(({ permalinks }) =>
    permalinks.flatMap(pattern => [...pattern.matchAll(/\{@([\w-]+)/g)].map(([, key = '']) => key)),
  )
  const texts = named.flatMap(key => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined
    return typeof value === 'string' || typeof value === 'number'
      ? [[key, String(value).trim()] as const]
      : []
  })
  return Object.fromEntries(texts)
}

/** The categories of an article as its system joins them: Jekyll parts a text at white space. */
export function givenCategories(
  values: Record<string, unknown>,
  { dialect, name }: Pick<Preset, 'dialect' | 'name'>,
): string[] {
  const { categories: all } = values
  // Several lists are several places in Hexo's tree: the last of them is the address's.
  if (name === 'hexo' && Array.isArray(all) && all.some(Array.isArray)) return [all.at(-1)].flat().map(String)
  const list = (value: unknown, spaces: boolean) =>
    [typeof value === 'string' && spaces ? value.split(/\s+/) : (value ?? [])]
      .flat(2)
      .map(entry => (typeof entry === 'string' || typeof entry === 'number' ? String(entry).trim() : ''))
      .filter(Boolean)
  const spaces = dialect === 'jekyll'
  return [
    ...new Set([...list(values.categories, spaces), ...list(values.category ?? values.Category, false)]),
  ]
}
