import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type {
  Predicate,
  PresetFolder,
  PresetValues,
  ProgramFilters,
  ProgramRule,
} from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import { below } from '../preset-folder.ts'
import { madeFields, serialised } from './gatsby-programs.ts'
import { graphqlFilters } from './graphql-filters.ts'
import { asks } from './predicates.ts'
import { globMark } from './program-calls.ts'
import { unreadFilters } from './program-findings.ts'
import { type ArticleSet, predicateOf, setsIn, type Value } from './program-values.ts'
import { collectionNames, schemaDefaults } from './schema-defaults.ts'
import { eachOnce, filtersOf, isLoader, SitePrograms, withComputed } from './site-programs.ts'

/** Which of a framework's programs make pages of articles, which feeds, and which only name them. */
export interface FrameworkParts {
  /** Folders of programs; hidden ones have to be named. */
  roots: string[]
  /** Programs to begin with. */
  entries: RegExp
  /** Those that make a page of each article, by these functions. */
  pages: { files: RegExp; functions: string[] } | null
  /** Pages that look for the article whose address is asked for, in their own statements. */
  refuses?: RegExp
  /** Files of feeds, by their path or by what they import. */
  feeds: RegExp
  /** Where a feed is made among other things, in the settings; the word that tells it. */
  feedsIn: { files: RegExp; word: string } | null
  /** Where what articles have beside their front matter is worked out. */
  schemas: RegExp | null
}

const feedPackages = /["'](?:feed|rss|@astrojs\/rss|jsonfeed|vitepress-plugin-rss)["']/
/** What is made, and not written. */
const made = /^(?:public|static|dist|out|build|coverage)\//

/** What the programs of a framework show of the articles below some folders. */
export async function frameworkPrograms(
  folder: PresetFolder,
  articles: string[],
  { roots, entries, pages, refuses, feeds, feedsIn, schemas }: FrameworkParts,
): Promise<{ rules: ProgramRule[]; defaults: PresetValues[]; findings: Diagnostic[] }> {
  const programs = await SitePrograms.of(folder, roots, path => entries.test(path) && !made.test(path))
  const shown = { pages: [] as ArticleSet[], feeds: [] as ArticleSet[], lists: [] as ArticleSet[] }
  /** Pages that only count where no others are known: of what they are nobody knows. */
  const others: ArticleSet[] = []
  const loaded = new Set<ArticleSet>()
  const graphql = {
    pages: [] as ProgramFilters[],
    feeds: [] as ProgramFilters[],
    lists: [] as ProgramFilters[],
  }
  for (const path of programs.paths) {
    if (!entries.test(path)) continue
    const text = programs.text(path)
    const isPage = pages?.files.test(path) ?? false
    if (refuses?.test(path)) {
      const refused = programs.askedAtStart(path)
      if (refused.length > 0)
        shown.pages.push({ collection: null, filters: refused, each: { kind: 'article' } })
    }
    const isFeed =
      feeds.test(path) ||
      feedPackages.test(text) ||
      (feedsIn?.files.test(path) && text.includes(feedsIn.word)) === true
    const kind = isPage ? 'pages' : isFeed ? 'feeds' : 'lists'
    graphql[kind].push(...graphqlFilters(path, text))
    if (isPage) {
      const made = pagesOf(programs, path, pages?.functions ?? [])
      ;(made.isSure ? shown.pages : others).push(...made.sets)
    } else {
      const used = programs.usedBy(path)
      shown[kind].push(...used)
      if (isFeed && feedsIn?.files.test(path)) shown.feeds.push(...serialised(programs, path))
      if (isLoader.test(path)) for (const set of used) loaded.add(set)
    }
  }
  if (shown.pages.length === 0) shown.pages.push(...others)
  // What a loader of VitePress gives is shown as the components show it that take it.
  shown.lists = shown.lists.filter(set => !(loaded.has(set) && programs.isNarrowed(set)))
  const schema = schemaOf(programs, schemas, articles)
  const of = (kind: 'pages' | 'feeds' | 'lists', root: string) =>
    together(graphql[kind], filtersOf(shown[kind].filter(set => isOf(set, root)).map(byWhatItSays))).map(
      filters => withComputed(filters, schema.computed),
    )
  const rules = articles.map(
    (root): ProgramRule => ({
      root,
      ids: 'any',
      defaults: schema.defaults,
      pages: butFor(schema.kept, of('pages', root)),
      feeds: of('feeds', root),
      lists: of('lists', root),
    }),
  )
  const telling = rules.filter(
    ({ defaults, ...lists }) =>
      Object.keys(defaults).length > 0 || [lists.pages, lists.feeds, lists.lists].flat(2).length > 0,
  )
  const values = Object.fromEntries(
    Object.entries(schema.defaults).flatMap(([key, { value }]) =>
      typeof value === 'boolean' || statusKey.test(key) ? [[key, value]] : [],
    ),
  )
  const defaults =
    Object.keys(values).length > 0 ? articles.map(root => ({ match: below(root, '**'), values })) : []
  return { rules: telling, defaults, findings: unreadFilters(telling) }
}

/** Next's functions of a page that may refuse the article that it is asked for. */
const answering = ['default', 'getStaticProps', 'getServerSideProps', 'generateMetadata']
/** Folders of pages that are of no articles. */
const ofOthers =
  /(?:^|\/)(projects?|works?|portfolio|products?|services?|events?|tags?|categor(?:y|ies)|authors?|topics?|recipes?|talks?|courses?|customers?|jobs?|team|people|api)\/(?:[^/]*\/)?[^/]*\[/

/** The articles that a program makes pages of, but for those that a page refuses when it is asked for them. */
function pagesOf(programs: SitePrograms, path: string, functions: string[]) {
  const answer = programs.called(path, functions, [gatsbyArguments])
  const { refused, found } = programs.askedFor(path, answering, [])
  const but = (sets: ArticleSet[], more: ProgramFilters) =>
    sets.map((set): ArticleSet => ({ ...set, filters: [...set.filters, ...more] }))
  const sought = [...(found[0]?.filters ?? []), ...refused]
  // Gatsby's function makes pages on its way, the others give back what they are made of.
  const all = answer ? [setsIn(answer.value), answer.used].find(sets => sets.length > 0) : null
  if (all) return { sets: but(all, sought), isSure: true }
  if (ofOthers.test(path)) return { sets: [], isSure: true }
  const lost = answer ? programs.lost(path, functions, []) : []
  const none: ArticleSet = { collection: null, filters: [], each: { kind: 'article' } }
  const sets = lost.length > 0 ? lost : sought.length > 0 ? [found[0] ?? none] : []
  return { sets: but(sets, lost.length > 0 ? sought : refused), isSure: false }
}

/** What is passed over before any page is made of it. */
const butFor = (kept: ProgramFilters, pages: ProgramFilters[]): ProgramFilters[] =>
  kept.length === 0 ? pages : pages.length === 0 ? [kept] : pages.map(filters => [...kept, ...filters])

/** Which files a program takes by their names is not compared: it may look into another folder. */
const byWhatItSays = (set: ArticleSet): ArticleSet => ({
  ...set,
  filters: set.filters.filter(({ predicate }) =>
    asks(predicate, ({ is }) => is === 'key' || is === 'body' || is === 'doubt' || is === 'made'),
  ),
})

/** Whether a list may be of the articles below a folder, by what it is called: `allPosts`, `content/posts`, `/blog`. */
function isOf({ collection }: ArticleSet, root: string): boolean {
  if (collection === null || collection === globMark) return true
  const [name, own] = [collection.replace(/^all(?=[A-Z])/, ''), root].map(path =>
    (
      path
        .split('/')
        .filter(part => part !== '')
        .at(-1) ?? ''
    )
      .toLowerCase()
      .replace(/s$/, ''),
  ) as [string, string]
  return name === '' || name.startsWith(own) || own.startsWith(name) || usualNames.test(name)
}
/** What articles are called wherever they lie. */
const usualNames = /^(?:blog|post|article|content|doc|document|page|entrie|entry|mdx|note|new|writing)/

const gatsbyArguments: Value = {
  kind: 'table',
  of: new Map([['graphql', { kind: 'named', name: 'graphql' }]]),
  over: { kind: 'unknown', of: { is: 'varies' } },
}

/** What a query leaves out, and what is left out of its answer. */
function together(queries: ProgramFilters[], programs: ProgramFilters[]): ProgramFilters[] {
  const asked = eachOnce(queries)
  if (asked.length === 0 || programs.length === 0) return [...asked, ...programs]
  return eachOnce(asked.flatMap(query => programs.map(filters => [...query, ...filters])))
}

interface Schema {
  computed: ReadonlyMap<string, Predicate>
  defaults: ProgramRule['defaults']
  /** Under which conditions the program that makes them does not pass over one: `context.skip("a draft")`. */
  kept: ProgramFilters
}

/**
 * What Contentlayer's documents have beside their front matter: `computedFields: { live: { resolve: post => … } }`, and
 * `fields: { published: { type: "boolean", default: false } }`. What a schema's `transform` makes nobody knows.
 */
function schemaOf(programs: SitePrograms, schemas: RegExp | null, articles: string[]): Schema {
  const computed = new Map<string, Predicate>()
  const defaults: ProgramRule['defaults'] = {}
  const kept: ProgramFilters = []
  for (const path of programs.paths) {
    if (isGatsbyNode.test(path)) for (const [name, of] of madeFields(programs, path)) computed.set(name, of)
    if (!schemas?.test(path)) continue
    for (const value of programs.values(path).values()) {
      if (value.kind !== 'table') continue
      for (const [key, field] of entriesOf(value.of.get('computedFields'))) {
        const resolve = field.of.get('resolve')
        if (resolve) computed.set(key, predicateOf(programs.answer(resolve, [{ kind: 'article' }])))
      }
      for (const [key, field] of entriesOf(value.of.get('fields'))) {
        const given = field.of.get('default')
        if (given?.kind === 'scalar' && given.of.is === 'value' && typeof given.of.value === 'boolean')
          defaults[key] = { value: given.of.value, path, line: lineOf(programs.text(path), key) }
      }
    }
    // Velite, Content Collections, Nuxt Content.
    for (const name of collectionNames(programs, path)) {
      if (!articles.some(root => isOf({ collection: name, filters: [], each: { kind: 'article' } }, root)))
        continue
      kept.push(...keptBy(programs, programs.values(path).get(name)))
      const found = schemaDefaults(programs, path, name)
      for (const [key, { value, at }] of Object.entries(found.values))
        defaults[key] ??= { value, path, line: lineAt(programs.text(path), at) }
      for (const [key, of] of found.computed) if (!computed.has(key)) computed.set(key, of)
    }
    for (const { index } of programs.text(path).matchAll(/\.transform\s*\(|\btransform\s*[:(]/g))
      for (const [, key = ''] of programs
        .text(path)
        .slice(index, index + longestTransform)
        .matchAll(/[{,\s](\w+)\s*[:,}]/g))
        if (!computed.has(key) && !Object.hasOwn(defaults, key)) computed.set(key, { is: 'doubt', of: [] })
  }
  return { computed, defaults, kept }
}

/** https://www.content-collections.dev/docs/transform#skip-documents */
function keptBy(programs: SitePrograms, collection: Value | undefined): ProgramFilters {
  const transform = collection?.kind === 'table' ? collection.of.get('transform') : undefined
  return transform
    ? programs.refusedBy(transform, [{ kind: 'article' }, { kind: 'named', name: 'context' }])
    : []
}

const isGatsbyNode = /^gatsby-node\.[cm]?[jt]s$/

/** Of texts those that may be a status; of yes and no all. */
export const statusKey = /^(?:.*status|state|stage|visibility|access|audience|workflow)$/i

/** UTF-16 code units. */
const longestTransform = 1_500

const entriesOf = (value: Value | undefined) =>
  value?.kind === 'table'
    ? [...value.of].flatMap(([key, field]) => (field.kind === 'table' ? [[key, field] as const] : []))
    : []

const lineOf = (text: string, key: string) => lineAt(text, Math.max(0, text.indexOf(key)))

/** A hook that may leave out articles, in a language or a way that is not read: said once, with what to do. */
export const unreadHook = (path: string, line: number | null, what: string): Diagnostic =>
  diagnose(
    'system-setting-unknown',
    { path, line },
    `${what} may leave out articles by a program, which is not run: none is withheld for it.`,
    'Write `draft: true` into the articles that are not to be read, or name them in `ignore` of broadsheet.toml.',
  )
