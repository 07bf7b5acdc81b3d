import { feedNamespaceUris } from '../model/feed-namespaces.ts'
import type { FeedField, Site } from '../model/site.ts'

/** An element of another namespace with its texts: one element for each. */
export interface FieldTexts {
  /** `geo:lat` */
  element: string
  texts: string[]
}

/** What the publisher's own fields say of one article, or of the feed; those that say nothing are left out. */
export function fieldTexts(
  fields: FeedField[],
  on: FeedField['on'],
  extra: Record<string, unknown> = {},
): FieldTexts[] {
  return fields
    .filter(field => field.on === on)
    .map(({ element, from }) => ({
      element,
      texts: 'value' in from ? [from.value] : textsOf(valueAt(extra, from.key)),
    }))
    .filter(({ texts }) => texts.length > 0)
}

/** `location.lat` is looked for as it stands, then inside the table `location`. */
function valueAt(extra: Record<string, unknown>, key: string): unknown {
  if (Object.hasOwn(extra, key)) return extra[key]
  return key
    .split('.')
    .reduce<unknown>(
      (table, part) => (isTable(table) && Object.hasOwn(table, part) ? table[part] : undefined),
      extra,
    )
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  const text =
    typeof value === 'string' ? value.trim() : /number|bigint|boolean/.test(typeof value) ? String(value) : ''
  return text === '' ? [] : [text]
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * The same in JSON Feed, whose extensions are objects under a name that begins with `_`: one for each prefix, and
 * `about` says which namespace it stands for.
 */
export function jsonExtensions(
  fields: FieldTexts[],
  namespaces: Record<string, string>,
): Record<string, Record<string, string | string[]>> {
  const extensions: Record<string, Record<string, string | string[]>> = {}
  for (const { element, texts } of fields) {
    const [prefix = '', name = ''] = element.split(':')
    const [first, ...others] = texts
    extensions[`_${prefix}`] = {
      ...(extensions[`_${prefix}`] ?? { about: namespaces[prefix] ?? '' }),
      [name]: first !== undefined && others.length === 0 ? first : texts,
    }
  }
  return extensions
}

/** The namespaces of the publisher's own fields. */
export function fieldNamespaces({
  feedFields,
  feedNamespaces,
}: Pick<Site, 'feedFields' | 'feedNamespaces'>): Record<string, string> {
  const known: Record<string, string> = { ...feedNamespaceUris, ...feedNamespaces }
  const prefixes = feedFields.map(({ element }) => element.slice(0, element.indexOf(':')))
  return Object.fromEntries(prefixes.map(prefix => [prefix, known[prefix] ?? `urn:x-${prefix}`]))
}
