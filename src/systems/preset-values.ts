import type { Field, Origin } from '../model/article.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import type { Preset } from '../model/preset.ts'
import { matchesGlob } from '../text/globs.ts'

/**
 * Front matter with what the folder's system gives to files in that place, under what the file says itself.
 * Null where there is neither.
 */
export function withPresetValues(
  frontMatter: FrontMatter | null,
  path: string,
  { defaults, records }: Pick<Preset, 'defaults' | 'records'>,
): FrontMatter | null {
  const matching = defaults.filter(({ match }) => matchesGlob(match, path))
  const given = matching.filter(({ over }) => !over).map(({ values }) => values)
  const over = matching.filter(({ over }) => over).map(({ values }) => values)
  if (Object.hasOwn(records, path)) given.push(records[path]!)
  if (given.length + over.length === 0) return frontMatter
  const own = frontMatter ?? { kind: 'yaml' as const, values: {}, lines: {}, diagnostics: [] }
  const lines = { ...own.lines }
  for (const key of over.flatMap(Object.keys)) delete lines[key]
  return { ...own, lines, values: Object.assign({}, ...given, own.values, ...over) }
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

/** The categories of an article as its system joins them: Jekyll parts a text at white space. */
export function givenCategories(
  values: Record<string, unknown>,
  { dialect }: Pick<Preset, 'dialect'>,
): string[] {
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
