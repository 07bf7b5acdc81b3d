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
    extensions[`_${prefix}`] ??= { about: namespaces[prefix] ?? '' }
    extensions[`_${prefix}`]![name] = texts.length === 1 ? texts[0]! : texts
  }
  return extensions
}

/** Namespaces that a document of ours declares where it has elements of them, by the prefix we use. */
export const xmlNamespaces = {
  at: 'http://purl.org/atompub/tombstones/1.0',
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
} as const

/** The namespaces of the publisher's own fields. */
export function fieldNamespaces({
  feedFields,
  feedNamespaces,
}: Pick<Site, 'feedFields' | 'feedNamespaces'>): Record<string, string> {
  const known: Record<string, string> = { ...xmlNamespaces, ...feedNamespaces }
  const prefixes = feedFields.map(({ element }) => element.slice(0, element.indexOf(':')))
  return Object.fromEntries(prefixes.map(prefix => [prefix, known[prefix] ?? `urn:x-${prefix}`]))
}
