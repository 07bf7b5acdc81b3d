import type { Predicate, ProgramFilter, ProgramFilters } from '../../model/preset.ts'
import type { FunctionNode } from './javascript-nodes.ts'
import { isRendered } from './predicates.ts'

/** Names and what they stand for; those that are not here are in the scope around. */
export class Scope {
  readonly values = new Map<string, Value>()
  readonly around: Scope | null
  readonly module: ModuleScope

  constructor(around: Scope | null, module: ModuleScope) {
    this.around = around
    this.module = module
  }
}

/** The file that a program stands in. */
export interface ModuleScope {
  path: string
  text: string
  scope: Scope
  /** What it takes from others, by its names for it. */
  imported: Map<string, { from: string; name: string }>
  /** What it hands on. */
  handed: { from: string; name: string; as: string }[]
}

/** Articles of one collection that fulfil some conditions. */
export interface ArticleSet {
  /** Null where nobody says which. */
  collection: string | null
  filters: ProgramFilters
  /** What stands in the list for each: the article, or what was made of it. */
  each: Value
}

/** What an expression of a program stands for, as far as its text says it. */
export type Value =
  /** A plain value, or what is asked of an article. */
  | { kind: 'scalar'; of: Predicate }
  | { kind: 'list'; of: Value[] }
  | { kind: 'table'; of: Map<string, Value>; over: Value | null }
  | { kind: 'function'; node: FunctionNode; scope: Scope }
  | { kind: 'method'; of: Value; name: string; at: number }
  /** A name that the platform or a package gives a meaning. */
  | { kind: 'named'; name: string }
  /** An article of a collection, and its front matter or a part of it. */
  | { kind: 'article' }
  /** `isMade`: what a program of Gatsby's made of it, under that name. */
  | { kind: 'data'; keys: string[]; isMade?: true }
  /** `groups`: of each list, what it is divided by; `isPart`: some of them by their number. */
  | { kind: 'articles'; of: ArticleSet[]; groups?: ProgramFilter[]; isPart?: true }
  | { kind: 'unknown'; of: Predicate }
  /** One of two, by a condition that nobody can decide here. */
  | { kind: 'choice'; of: Predicate; yes: Value; no: Value }

export const scalar = (value: string | number | boolean | null): Value => ({
  kind: 'scalar',
  of: { is: 'value', value },
})
export const predicated = (of: Predicate): Value => ({ kind: 'scalar', of })
export const unknownValue: Value = { kind: 'unknown', of: { is: 'doubt', of: [] } }
export const varyingValue: Value = { kind: 'unknown', of: { is: 'varies' } }

/** Names under which front matter is part of an article. */
const dataNames = /^(?:data|frontmatter|frontMatter|metadata|fm|attributes|meta)$/
const idNames: Record<string, 'id' | 'slug' | 'path'> = {
  id: 'id',
  slug: 'slug',
  fileSlug: 'slug',
  ...Object.fromEntries(
    [
      'filePath',
      'inputPath',
      'filePathStem',
      'path',
      '_path',
      '_file',
      'file',
      '_id',
      'url',
      'source',
      'flattenedPath',
      'sourceFilePath',
    ].map(name => [name, 'path' as const]),
  ),
}

/** What systems work out of an article: none of it stands in its front matter. */
const worked =
  /^(?:excerpt|timeToRead|wordCount|internal|parent|children|tableOfContents|getHeadings|Content|toc|readingTime|headings|collection|digest|src|default|render)$/

/** Its text, as it was written, and as a page has it. */
const bodyNames = /^(?:body|content|rawMarkdownBody|rawContent|rawBody)$/
const htmlNames = /^(?:html|rendered|compiledContent|templateContent)$/

/** Names under which a query's answer has its articles: Gatsby's, and what Vue keeps. */
const answered = /^(?:data|value|allMarkdownRemark|allMdx|nodes|edges)$/

/** `post.data`, `data.draft`, `post.id`. */
export function memberOf(value: Value, name: string): Value {
  switch (value.kind) {
    case 'article':
      // Gatsby's, of a query's answer; Vue's, of what it keeps.
      if (/^(?:node|childMarkdownRemark|childMdx|value)$/.test(name)) return value
      if (name === 'fields') return { kind: 'data', keys: [], isMade: true }
      if (worked.test(name)) return varyingValue
      if (bodyNames.test(name)) return predicated({ is: 'body', name: 'text' })
      if (htmlNames.test(name)) return predicated({ is: 'body', name: 'html' })
      // Contentlayer's, of the file.
      if (name === '_raw' || name === '_meta') return { kind: 'data', keys: ['page'] }
      if (dataNames.test(name)) return { kind: 'data', keys: [] }
      return Object.hasOwn(idNames, name)
        ? predicated({ is: 'id', name: idNames[name] ?? 'path' })
        : { kind: 'data', keys: [name] }
    case 'data':
      // Eleventy's own of every page.
      if (value.keys.length === 1 && value.keys[0] === 'page')
        return Object.hasOwn(idNames, name)
          ? predicated({ is: 'id', name: idNames[name] ?? 'path' })
          : { kind: 'data', keys: [name] }
      // Docusaurus keeps what its authors wrote in a table of it.
      return /^front[mM]atter$/.test(name) ? value : { ...value, keys: [...value.keys, name] }
    case 'table': {
      const own = value.of.get(name)
      return own ?? (value.over === null ? scalar(null) : memberOf(value.over, name))
    }
    case 'named':
      return { kind: 'named', name: `${value.name}.${name}` }
    case 'unknown':
      return value
    case 'articles':
      return answered.test(name) ? value : value.groups ? groupOf(value, name) : varyingValue
    case 'list':
      return varyingValue
    case 'choice':
      return either(value.of, memberOf(value.yes, name), memberOf(value.no, name))
    case 'scalar':
      // Contentlayer's `body.raw` and `body.html`, Astro's `rendered.html`.
      // Docusaurus' tags.
      if (value.of.is === 'entry' && name === 'label') return value
      if (value.of.is === 'body' && /^(?:raw|html|code)$/.test(name))
        return predicated({ is: 'body', name: name === 'raw' ? 'text' : 'html' })
      if (name === 'length' && isRendered(value.of))
        return { kind: 'unknown', of: { is: 'doubt', of: [value.of] } }
      return name === 'length' ? predicated({ is: 'method', name: 'length', of: [value.of] }) : unknownValue
    default:
      return unknownValue
  }
}

/** `Object.groupBy(posts, post => post.data.shelf).front` */
const groupOf = ({ of, groups }: Extract<Value, { kind: 'articles' }>, name: string): Value =>
  articlesIn(
    of.map((set, index): ArticleSet => {
      const by = groups?.[index]
      if (!by) return set
      const predicate: Predicate = {
        is: 'operator',
        name: '==',
        of: [by.predicate, { is: 'value', value: name }],
      }
      return { ...set, filters: [...set.filters, { ...by, predicate }] }
    }),
  )

const saidIn = ({ keys, isMade }: Extract<Value, { kind: 'data' }>): Predicate =>
  isMade ? { is: 'made', name: keys[0] ?? '' } : { is: 'key', keys }

/** What a value is when it is asked for yes or no, or compared. */
export function predicateOf(value: Value, depth = 0): Predicate {
  switch (value.kind) {
    case 'scalar':
    case 'unknown':
      return value.of
    case 'data':
      return value.keys.length > 0 ? saidIn(value) : { is: 'value', value: true }
    case 'list':
      return depth > 1
        ? { is: 'doubt', of: [] }
        : { is: 'list', of: value.of.map(part => predicateOf(part, depth + 1)) }
    case 'named':
      return environmentOf(value.name)
    case 'articles':
      return { is: 'varies' }
    case 'choice':
      return { is: 'if', of: [value.of, predicateOf(value.yes, depth), predicateOf(value.no, depth)] }
    default:
      return { is: 'value', value: true }
  }
}

/** Variables as they are where a site is made to be read. */
function environmentOf(name: string): Predicate {
  const [, vite] = /^import\.meta\.env\.(\w+)$/.exec(name) ?? []
  if (vite === 'PROD' || vite === 'DEV' || vite === 'SSR') return { is: 'value', value: vite !== 'DEV' }
  if (vite === 'MODE') return { is: 'value', value: 'production' }
  const [, node] = /(?:^|\.)process\.env\.(\w+)$/.exec(name) ?? []
  if (node === 'ELEVENTY_RUN_MODE') return { is: 'value', value: 'build' }
  if (/^(?:NODE_ENV|ELEVENTY_ENV|CONTEXT|VERCEL_ENV)$/.test(node ?? ''))
    return { is: 'value', value: 'production' }
  if (vite !== undefined || node !== undefined) return { is: 'environment' }
  if (/^import\.meta\.dev$|^process\.dev$/.test(name)) return { is: 'value', value: false }
  if (/^import\.meta\.prod$/.test(name)) return { is: 'value', value: true }
  if (name === 'Infinity') return { is: 'value', value: Number.MAX_VALUE }
  // What a page is asked with: its address, its language.
  return /^Astro\b/.test(name) ? { is: 'varies' } : { is: 'doubt', of: [] }
}

/** A value that is asked for yes or no, or compared, and has no parts of its own. */
export const isPlain = ({ kind }: Value) =>
  kind === 'scalar' || kind === 'data' || kind === 'unknown' || kind === 'named'

export function either(test: Predicate, yes: Value, no: Value): Value {
  const sets = [...setsIn(yes), ...setsIn(no)]
  if (sets.length > 0) return articlesIn(sets)
  if (isPlain(yes) && isPlain(no))
    return predicated({ is: 'if', of: [test, predicateOf(yes), predicateOf(no)] })
  return yes === no ? yes : { kind: 'choice', of: test, yes, no }
}

/** Of one of two the one that has parts, wherever it is not asked which. */
export function settled(value: Value): Value {
  if (value.kind !== 'choice') return value
  const [yes, no] = [settled(value.yes), settled(value.no)]
  return isPlain(yes) ? no : yes
}

/** So many values are looked through for what they are made of. */
const mostParts = 100
/** So many of a site's settings. */
const mostSettings = 5_000

/** A value and those in it, each once. */
function* valuesIn(value: Value, most = mostParts): Generator<Value> {
  const seen = new Set<Value>([value])
  for (const one of seen) {
    yield one
    const inside =
      one.kind === 'list'
        ? one.of
        : one.kind === 'table'
          ? [...(one.over ? [one.over] : []), ...one.of.values()]
          : one.kind === 'choice'
            ? [one.yes, one.no]
            : []
    for (const inner of inside) {
      if (seen.size > most) break
      seen.add(inner)
    }
  }
}

/** What of an article a value is made of. */
export const partsOf = (value: Value): Predicate[] =>
  [...valuesIn(value)].flatMap((one): Predicate[] => {
    if (one.kind === 'article') return [{ is: 'id', name: 'path' }]
    if (one.kind === 'data') return [one.keys.length > 0 ? saidIn(one) : { is: 'id', name: 'path' }]
    if (one.kind === 'choice') return [one.of]
    const isMade = (one.kind === 'scalar' || one.kind === 'unknown') && one.of.is !== 'value'
    return isMade ? [one.of] : []
  })

/** All articles in a value, however deep. */
export const setsIn = (value: Value | null): ArticleSet[] =>
  value === null ? [] : [...valuesIn(value)].flatMap(one => (one.kind === 'articles' ? one.of : []))

/** All tables in a value, itself too. */
export const tablesIn = (value: Value): Extract<Value, { kind: 'table' }>[] =>
  [...valuesIn(value, mostSettings)].filter(one => one.kind === 'table')

/** So many lists of articles are told from each other. */
const mostSets = 60

export const articlesIn = (sets: ArticleSet[]): Value => ({ kind: 'articles', of: sets.slice(0, mostSets) })
