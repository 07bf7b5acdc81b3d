import * as v from 'valibot'
import { feedNamespaceUris, openNamespaces } from '../model/feed-namespaces.ts'
import type { FeedField, FeedRule, FeedSelection } from '../model/site.ts'
import { canonicalLanguage } from '../text/language.ts'
import { slugOf } from '../text/slugs.ts'
import { text } from './setting.ts'

/*
 * The settings that shape feeds beyond what every feed has: schemas as `broadsheet.toml` writes them, and how they are
 * settled.
 */

const names = v.union([
  v.array(text),
  v.pipe(
    text,
    v.transform(name => [name]),
  ),
])
const selection = v.strictObject({
  tags: v.optional(names),
  authors: v.optional(names),
  sections: v.optional(names),
  languages: v.optional(names),
})

/** Prefixes that stand for something else in our documents, or in XML. */
const takenPrefixes = new Set([...Object.keys(feedNamespaceUris), 'xml', 'xmlns'])
/** Elements that Broadsheet writes itself: a second one would make the feed invalid. */
const ownElements = new Set(
  (
    'dc:creator dc:language dc:source media:content media:thumbnail itunes:author itunes:category itunes:complete ' +
    'itunes:duration itunes:explicit itunes:image itunes:owner itunes:summary podcast:guid podcast:locked'
  ).split(' '),
)

const prefixForm = /^[a-z][a-z\d]*$/i
const uriForm = /^[a-z][a-z\d+.-]*:[\w\-.~!$&'()*+,;=:@/?#%]+$/i

/** Prefixes are names for JSON Feed's extensions as well, and XML keeps those that begin with `xml` to itself. */
export function isFeedNamespace(prefix: string, uri: string): boolean {
  return prefixForm.test(prefix) && !takenPrefixes.has(prefix) && !/^xml/i.test(prefix) && uriForm.test(uri)
}

/** Whether an element may be added: `geo:lat`, and none that is there already. */
export function isFeedElement(element: string): boolean {
  return /^[a-z][a-z\d]*:[a-z_][\w.-]*$/i.test(element) && !ownElements.has(element)
}

/** `[feed_namespaces]` */
export const feedNamespaces = v.pipe(
  v.record(v.string(), text),
  v.check(namespaces => Object.entries(namespaces).every(([prefix, uri]) => isFeedNamespace(prefix, uri))),
)

/** `[feed_fields]` */
export const feedFields = v.pipe(
  v.record(
    v.pipe(v.string(), v.check(isFeedElement)),
    v.union([
      text,
      v.strictObject({ key: text }),
      v.strictObject({ value: text }),
      v.strictObject({ feed: text }),
    ]),
  ),
  v.transform(fields => Object.entries(fields).map(([element, given]) => settleField(element, given))),
)

function settleField(
  element: string,
  given: string | { key: string } | { value: string } | { feed: string },
): FeedField {
  if (typeof given === 'string') return { element, on: 'item', from: { key: given } }
  if ('feed' in given) return { element, on: 'feed', from: { value: given.feed } }
  return { element, on: 'item', from: given }
}

/** The elements whose prefix nobody has declared. */
export function undeclaredElements(fields: FeedField[], namespaces: Record<string, string>): string[] {
  return fields
    .map(({ element }) => element)
    .filter(element => {
      const prefix = element.slice(0, element.indexOf(':'))
      return !Object.hasOwn(namespaces, prefix) && !openNamespaces.includes(prefix)
    })
}

/** `[[feeds]]` */
export const feedRules = v.pipe(
  v.array(
    v.strictObject({
      name: text,
      path: v.optional(v.pipe(text, v.regex(/^[^/?#\s]+$/))),
      include: v.optional(selection),
      exclude: v.optional(selection),
      title: v.optional(text),
      description: v.optional(text),
      language: v.optional(
        v.pipe(
          text,
          v.check(tag => canonicalLanguage(tag) !== null),
        ),
      ),
      image: v.optional(text),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
      namespaces: v.optional(feedNamespaces),
      fields: v.optional(v.record(v.pipe(v.string(), v.check(isFeedElement)), text)),
      // Its keys are read one by one, as those of [podcast] are.
      podcast: v.optional(v.record(v.string(), v.unknown())),
    }),
  ),
  v.transform(feeds => feeds.map(settleRule)),
  v.check(rules => new Set(rules.map(({ slug }) => slug)).size === rules.length),
  v.check(rules =>
    rules.every(({ fields = [], namespaces = {} }) => undeclaredElements(fields, namespaces).length === 0),
  ),
)

/** A rule whose `podcast` is as it was written. */
export type GivenFeedRule = Omit<FeedRule, 'podcast'> & { podcast: Record<string, unknown> | null }

function settleRule(given: {
  name: string
  path?: string | undefined
  include?: Partial<FeedSelection> | undefined
  exclude?: Partial<FeedSelection> | undefined
  title?: string | undefined
  description?: string | undefined
  language?: string | undefined
  image?: string | undefined
  limit?: number | undefined
  namespaces?: Record<string, string> | undefined
  fields?: Record<string, string> | undefined
  podcast?: Record<string, unknown> | undefined
}): GivenFeedRule {
  const { name, path = name, include, exclude, title = null, description = null } = given
  const { language, image = null, limit = null, podcast = null, fields = {}, namespaces } = given
  const own = Object.entries(fields).map(([element, feed]) => settleField(element, { feed }))
  return {
    name,
    slug: slugOf(path),
    include: settleSelection(include),
    exclude: settleSelection(exclude),
    title,
    description,
    language: language === undefined ? null : canonicalLanguage(language),
    image,
    limit,
    ...(own.length > 0 && { fields: own }),
    ...(namespaces && { namespaces }),
    podcast,
  }
}

function settleSelection({
  tags = [],
  authors = [],
  sections = [],
  languages = [],
}: Partial<FeedSelection> = {}) {
  return { tags, authors, sections, languages }
}
