import type { Predicate, ProgramFilters } from '../../model/preset.ts'
import { askedMethods, isAskedOfPage, isRendered } from './predicates.ts'
import type { ProgramRun } from './program-run.ts'
import {
  type ArticleSet,
  articlesIn,
  isPlain,
  memberOf,
  partsOf,
  predicated,
  predicateOf,
  type Scope,
  scalar,
  setsIn,
  settled,
  unknownValue,
  type Value,
  varyingValue,
} from './program-values.ts'
import { soughtIn } from './refusals.ts'
import { takenOut, writtenAt } from './taken-out.ts'

/** Where what is given to a call is written. */
export interface CallPlace {
  at: number
  end: number
  scope: Scope
}

/** Methods after which the same articles are in the list, or some that nobody chose by what they say. */
const passing =
  /^(?:sort|toSorted|reverse|toReversed|slice|splice|toSpliced|concat|flat|values|order|limit|skip|only|without|find|fetch|all|path|select|getAll|get|load|take|drop|toArray|value)$/

/** A method of a list: of articles, or of what a program has written down. */
export function callListMethod(
  run: ProgramRun,
  on: Extract<Value, { kind: 'articles' | 'list' }>,
  name: string,
  given: Value[],
  place: CallPlace,
): Value {
  const value = listMethod(run, on, name, given, place)
  const isPart = byNumber.test(name) || (on.kind === 'articles' && on.isPart === true)
  return isPart && value.kind === 'articles' ? { ...value, isPart: true } : value
}

/** What leaves articles out by where they lie in the list. */
const byNumber = /^(?:slice|splice|take|drop|limit|skip)$/

function listMethod(
  run: ProgramRun,
  on: Extract<Value, { kind: 'articles' | 'list' }>,
  name: string,
  given: Value[],
  place: CallPlace,
): Value {
  // Of a list those that lie in it by themselves; what tables hold is what the program makes pages of.
  const sets = on.kind === 'articles' ? on.of : on.of.flatMap(one => (one.kind === 'articles' ? one.of : []))
  const [first] = given
  if (/^(?:push|unshift|add|set)$/.test(name) && on.kind === 'list') {
    const put = given.map(value => run.pushed(value, place.scope))
    // Sets and maps are asked for what they have: of them nothing is known but the articles.
    on.of.push(
      ...(/^(?:push|unshift)$/.test(name) ? put : put.filter(({ kind }) => kind === 'articles').slice(-1)),
    )
    return varyingValue
  }
  if (name === 'then' && first) return run.apply(first, [on])
  if (sets.length === 0) return on.kind === 'list' ? plainList(run, on, name, given) : varyingValue
  if (name === 'concat') return articlesIn([...sets, ...given.flatMap(value => setsIn(value))])
  if (on.kind === 'articles' && /^(?:splice|toSpliced|slice)$/.test(name)) {
    const left = takenOut(run, on, name, given, place)
    if (left) return left
  }
  // Nuxt's `find` fetches what was asked for; that of a list is given a function, and finds one.
  if (passing.test(name) && !(name === 'find' && first)) return articlesIn(sets)
  if (name === 'filter' && first) return narrowed(run, sets, each => testOf(run, first, each, on), place)
  if (name === 'reject' && first)
    return narrowed(run, sets, each => ({ is: 'not', of: [testOf(run, first, each, on)] }), place)
  if (/^(?:where|andWhere|orWhere)$/.test(name)) {
    const left = narrowed(run, sets, each => whereOf(run, name, given, each), place)
    // Nuxt's queries are changed by what is asked of them.
    if (on.kind === 'articles') on.of = setsIn(left)
    return left
  }
  if (name === 'map' && first) return mapped(run, on, first)
  if (name === 'flatMap' && first) return flattened(run, sets, first, on, place)
  if (/^reduce(?:Right)?$/.test(name) && first?.kind === 'function' && given[1]?.kind === 'list') {
    const [, gathered] = given
    let result: Value = gathered
    run.each(sets, on, each => {
      result = run.apply(first, [gathered, each])
    })
    if (setsIn(result).length > 0) return result
    // `(all, post) => post.data.draft ? all : [...all, post]`
    const [set] = sets
    if (set && result !== gathered) return articlesIn(sets.flatMap(one => entriesIn(run, result, one, place)))
  }
  if (name === 'forEach' && first) {
    run.loopOver(sets, on, first)
    return scalar(null)
  }
  const answer = askedOfList(run, on, sets, name, first, place)
  if (answer) return answer
  if (
    /^(?:find|findLast|findOne|findSurround|first|count|some|every|indexOf|includes|at|keys|entries|lastIndexOf)$/.test(
      name,
    )
  )
    return varyingValue
  run.shown.push(...sets)
  if (on.kind !== 'articles' || !isOwnMethod.test(name)) return varyingValue
  const keys = given.flatMap(value => (value.kind === 'function' ? keysNamedIn(value.node) : keyOf(value)))
  return articlesIn(lostIn(run, sets, keys, place))
}

/** Where in a list an article lies, whether it is among them, and which one a page looks for; null where none of this is asked. */
function askedOfList(
  run: ProgramRun,
  on: Extract<Value, { kind: 'articles' | 'list' }>,
  sets: ArticleSet[],
  name: string,
  first: Value | undefined,
  place: CallPlace,
): Value | null {
  if (/^(?:includes|has)$/.test(name) && first) {
    const isPart = (one: Value) => one.kind === 'articles' && one.isPart === true
    const isIn = isPart(on) || (on.kind === 'list' && on.of.some(isPart)) ? null : amongThem(sets, first)
    if (isIn) return predicated(isIn)
  }
  if (/^find(?:Last)?Index$/.test(name) && first) {
    const index: Value = { kind: 'unknown', of: { is: 'varies' } }
    run.indexes.set(index, each => testOf(run, first, each, on))
    return index
  }
  if (run.asked && /^(?:first|findOne)$/.test(name)) return settled(sets[0]?.each ?? varyingValue)
  if (run.asked && /^(?:find|findLast|at|shift|pop)$/.test(name)) {
    const sought = setsIn(
      first?.kind === 'function' ? narrowed(run, sets, each => testOf(run, first, each, on), place) : on,
    )
    return soughtIn(run, sought)
  }
  return null
}

/** `new Shelf(posts).published()`: what it gives back are articles, of which nobody knows which. */
const isOwnMethod = /draft|publi[sc]|visib|hid(?:e|den)|live|privat|member|allow|releas/i

/** `hidden.includes(post)`, `hiddenIds.has(post.id)`: it is among them where it fulfils what they do. Null: it is asked for something else. */
function amongThem(sets: ArticleSet[], value: Value): Predicate | null {
  const isSame = ({ each }: ArticleSet) =>
    (each.kind === 'article' && value.kind === 'article') || (isIdOf(each) && isIdOf(value))
  if (!sets.every(set => isSame(set) && set.filters.length > 0)) return null
  return joined(
    '||',
    sets.map(({ filters }) =>
      joined(
        '&&',
        filters.map(({ predicate }) => predicate),
      ),
    ),
  )
}

const isIdOf = (value: Value) => value.kind === 'scalar' && value.of.is === 'id'

/** What is made of each article; of a list what is made of each of its entries. */
function mapped(run: ProgramRun, on: Value, called: Value): Value {
  const make = (value: Value) => run.apply(called, [value, varyingValue, on])
  if (on.kind !== 'list') return articlesIn(setsIn(on).map(set => ({ ...set, each: make(set.each) })))
  const of = on.of
    .slice(0, mostEntries)
    .map(value => (value.kind === 'articles' ? mapped(run, value, called) : make(value)))
  return { kind: 'list', of }
}

/** Entries of a list that a function is given, one by one. */
const mostEntries = 20

function plainList(
  run: ProgramRun,
  on: Extract<Value, { kind: 'list' }>,
  name: string,
  given: Value[],
): Value {
  if ((name === 'includes' || name === 'has') && given[0])
    return predicated({ is: 'method', name: 'includes', of: [predicateOf(on), predicateOf(given[0])] })
  if (name === 'flatMap' && given[0] && on.of.length <= mostEntries) {
    const made = mapped(run, on, given[0])
    return made.kind === 'list'
      ? { kind: 'list', of: made.of.flatMap(value => (value.kind === 'list' ? value.of : [value])) }
      : made
  }
  if (name === 'map' && given[0] && on.of.length <= mostEntries) return mapped(run, on, given[0])
  if (/^(?:flat|slice|sort|toSorted|reverse|concat)$/.test(name))
    return {
      kind: 'list',
      of: [...on.of, ...given].flatMap(value => (value.kind === 'list' ? value.of : [value])),
    }
  if (name === 'filter') return on
  run.shown.push(...setsIn(on))
  // `[data.draft, data.hidden].every(…)`
  const [first, start] = given
  if (first && start && name === 'reduce' && on.of.length <= mostEntries)
    return on.of.reduce((made, value) => run.apply(first, [made, value, varyingValue, on]), start)
  if (first && /^(?:some|every)$/.test(name) && on.of.length <= mostEntries) {
    const tests = on.of.map(value => predicateOf(run.apply(first, [value, varyingValue, on])))
    const sign = name === 'some' ? '||' : '&&'
    return predicated(
      tests.reduce((left, right) => ({ is: 'operator', name: sign, of: [left, right] }), {
        is: 'value',
        value: name === 'every',
      } as Predicate),
    )
  }
  const parts = partsOf(on)
  return parts.length > 0 ? { kind: 'unknown', of: { is: 'doubt', of: parts } } : varyingValue
}

function narrowed(
  run: ProgramRun,
  sets: ArticleSet[],
  test: (each: Value) => Predicate,
  { at, end, scope }: CallPlace,
): Value {
  const of = sets.map(set => {
    run.narrowed.add(set)
    const filter = run.filter(test(set.each), at, end, scope)
    // `.map(post => post.data.draft ? null : …).filter(Boolean)`
    return { ...set, filters: [...set.filters, filter], each: settled(set.each) }
  })
  return articlesIn(of)
}

function testOf(run: ProgramRun, called: Value, each: Value, all: Value): Predicate {
  if (called.kind === 'named' && called.name === 'Boolean') return predicateOf(each)
  return predicateOf(run.apply(called, [each, varyingValue, all]))
}

/** What a function makes of each article, in a list: the article itself is in it, or nothing. */
function flattened(run: ProgramRun, sets: ArticleSet[], called: Value, on: Value, place: CallPlace): Value {
  const of = sets.flatMap((set): ArticleSet[] => {
    return entriesIn(run, run.apply(called, [set.each, varyingValue, on]), set, place)
  })
  return articlesIn(of)
}

/** The articles among the entries of a list that is made for each of them, by the conditions under which they are there. */
function entriesIn(run: ProgramRun, value: Value, set: ArticleSet, place: CallPlace): ArticleSet[] {
  if (value.kind === 'choice') {
    const under = (of: Predicate): ArticleSet => ({
      ...set,
      filters: [...set.filters, run.filter(of, place.at, place.end, place.scope)],
    })
    return [
      ...entriesIn(run, value.yes, under(value.of), place),
      ...entriesIn(run, value.no, under({ is: 'not', of: [value.of] }), place),
    ]
  }
  const entries = value.kind === 'list' ? value.of : [value]
  return entries.flatMap((entry): ArticleSet[] => {
    if (entry.kind === 'articles') return entry.of
    if (entry.kind === 'choice') return entriesIn(run, entry, set, place)
    // What else is in the list nobody knows: it may be any article.
    return [entry.kind === 'unknown' ? { ...set, filters: [], each: varyingValue } : { ...set, each: entry }]
  })
}

/** `where({ draft: false, stage: { $ne: 'draft' } })`, `where('published', '=', true)`: Nuxt Content. */
function whereOf(run: ProgramRun, method: string, given: Value[], each: Value): Predicate {
  const [table, sign, wanted] = given
  // `andWhere(query => query.where("draft", "=", false))`
  if (table?.kind === 'function') {
    const inside = run.apply(table, [articlesIn([{ collection: null, filters: [], each }])])
    const all = setsIn(inside).flatMap(({ filters }) => filters.map(({ predicate }) => predicate))
    return joined(method === 'orWhere' ? '||' : '&&', all)
  }
  const key = (name: string): Predicate =>
    name.startsWith('_') && !/^_(?:path|file|id|stem)$/.test(name)
      ? { is: 'varies' }
      : name.startsWith('_')
        ? { is: 'id', name: 'path' }
        : each.kind === 'article'
          ? { is: 'key', keys: name.split('.') }
          : { is: 'varies' }
  if (
    table?.kind === 'scalar' &&
    table.of.is === 'value' &&
    typeof table.of.value === 'string' &&
    sign &&
    wanted
  ) {
    return comparedBy(plainText(sign) ?? '', key(table.of.value), wanted)
  }
  if (table?.kind === 'scalar' && sign && plainText(table) !== null)
    return comparedBy(plainText(sign) ?? '', key(plainText(table) ?? ''), scalar(null))
  return table?.kind === 'table'
    ? whereTable(table, key)
    : run.opaque(given).kind === 'unknown'
      ? { is: 'doubt', of: [] }
      : { is: 'varies' }
}

/** `{ draft: false, stage: { $ne: "draft" }, $or: [{ … }, { … }] }` */
function whereTable({ of }: Extract<Value, { kind: 'table' }>, key: (name: string) => Predicate): Predicate {
  const inside = (value: Value): Predicate[] =>
    (value.kind === 'list' ? value.of : [value]).map(one =>
      one.kind === 'table' ? whereTable(one, key) : { is: 'doubt', of: partsOf(one) },
    )
  const all = [...of].map(([name, value]): Predicate => {
    if (name === '$or') return joined('||', inside(value))
    if (name === '$and') return joined('&&', inside(value))
    if (name === '$not') return { is: 'not', of: [joined('&&', inside(value))] }
    if (value.kind !== 'table') return comparedBy('=', key(name), value)
    return joined(
      '&&',
      [...value.of].map(([sign, other]) => comparedBy(sign, key(name), other)),
    )
  })
  return joined('&&', all)
}

const joined = (name: '&&' | '||', [first, ...others]: Predicate[]): Predicate =>
  first
    ? others.reduce((left, right): Predicate => ({ is: 'operator', name, of: [left, right] }), first)
    : { is: 'value', value: true }

/** Nuxt's signs and words: `where("stage", "IN", ["live"])`, `{ $in: ["live"] }`. */
function comparedBy(sign: string, key: Predicate, wanted: Value): Predicate {
  const of = [key, predicateOf(wanted)]
  const name = operators[sign]
  if (name !== undefined) return { is: 'operator', name, of }
  const [, not, word = ''] = /^\s*\$?(NOT\s+)?([A-Z ]+?)\s*$/i.exec(sign) ?? []
  const isIt = wordFor(word.toUpperCase(), key, wanted)
  return isIt === null ? { is: 'doubt', of } : not ? { is: 'not', of: [isIt] } : isIt
}

function wordFor(word: string, key: Predicate, wanted: Value): Predicate | null {
  const nothing: Predicate = { is: 'value', value: null }
  if (word === 'IS NULL') return { is: 'operator', name: '===', of: [key, nothing] }
  if (word === 'IS NOT NULL') return { is: 'operator', name: '!==', of: [key, nothing] }
  if (word === 'EXISTS' && wanted.kind === 'scalar' && wanted.of.is === 'value')
    return { is: 'operator', name: wanted.of.value ? '!==' : '===', of: [key, nothing] }
  if (word === 'IN') return { is: 'method', name: 'includes', of: [predicateOf(wanted), key] }
  if (word === 'CONTAINS') return { is: 'method', name: 'includes', of: [key, predicateOf(wanted)] }
  const [, before, text, behind] = /^(%?)([^%_]+)(%?)$/.exec(plainText(wanted) ?? '') ?? []
  if (word !== 'LIKE' || text === undefined) return null
  // Capitals make no difference to SQLite.
  const on: Predicate = { is: 'method', name: 'toLowerCase', of: [key] }
  const value: Predicate = { is: 'value', value: text.toLowerCase() }
  if (!before && !behind) return { is: 'operator', name: '===', of: [on, value] }
  return { is: 'method', name: before ? (behind ? 'includes' : 'endsWith') : 'startsWith', of: [on, value] }
}

const operators: Record<string, string> = {
  '=': '===',
  '==': '==',
  '<>': '!==',
  '!=': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  $eq: '===',
  $ne: '!==',
  $lt: '<',
  $lte: '<=',
  $gt: '>',
  $gte: '>=',
}

/** A method of a text, a date or whatever an article says. */
export function callValueMethod(run: ProgramRun, on: Value, name: string, given: Value[]): Value {
  if (name === 'then' && given[0]) return run.apply(given[0], [on])
  if (/^(?:catch|finally)$/.test(name)) return on
  const [first] = given
  const isOfPage = on.kind === 'scalar' && isRendered(on.of) && name !== 'match'
  if (
    isOfPage &&
    !isAskedOfPage(
      name,
      given.map(value => predicateOf(value)),
    )
  )
    return run.opaque([on, ...given])
  if (on.kind === 'scalar' || on.kind === 'data') {
    if (name === 'isBefore' || name === 'isAfter')
      return ordered(name === 'isBefore' ? '<' : '>', on, first ?? dated(undefined))
    if (/^(?:match|search)$/.test(name) && first?.kind === 'named') {
      const isIt = matched(first.name, predicateOf(on))
      return name === 'match' ? foundOr(isIt, true, null) : foundOr(isIt, 0, -1)
    }
    // `data.tags.some(tag => tag === "cellar")`
    const said = /^hasOwn(?:Property)?$/.test(name) && first ? isIn(first, on) : null
    if (said) return said
    if (/^(?:some|every|find|filter|map)$/.test(name) && first?.kind === 'function') {
      const asked = predicateOf(run.apply(first, [predicated({ is: 'entry' })]))
      return predicated({ is: 'method', name, of: [predicateOf(on), asked] })
    }
    if (!askedMethods.test(name) || given.some(value => !isPlain(value) && value.kind !== 'list'))
      return run.opaque([on, ...given])
    return predicated({
      is: 'method',
      name,
      of: [predicateOf(on), ...given.map(value => predicateOf(value))],
    })
  }
  return run.opaque([on, ...given])
}

/** `"draft" in data`, `Object.hasOwn(data, "draft")`; null where it is not known of what. */
export function isIn(key: Value, of: Value): Value | null {
  const name = plainText(key)
  if (name === null || (of.kind !== 'data' && of.kind !== 'article' && of.kind !== 'table')) return null
  const said = memberOf(of, name)
  if (!isPlain(said)) return scalar(true)
  return predicated({ is: 'operator', name: '!==', of: [predicateOf(said), { is: 'value', value: null }] })
}

/** `/^drafts\//.test(id)`, as far as the expression is of plain words. It is never run: nobody knows how long that would take. */
function matched(written: string, on: Predicate): Value {
  const [, source = '', flags = ''] = /^\/([\s\S]*)\/([a-z]*)$/.exec(written) ?? []
  const [all, before = '', choices, behind = ''] =
    /^([^()|]*)\((?:\?:)?([^()]*)\)([^()|]*)$/.exec(source) ?? []
  const sources =
    all === undefined ? source.split('|') : (choices ?? '').split('|').map(one => before + one + behind)
  // A text is looked at without the blanks in front of it.
  const ways = sources.map(way => way.replace(/^\^\\s[*+]/, '^'))
  if (/[^gimuv]/.test(flags) || !ways.every(way => plainWords.test(way)))
    return { kind: 'unknown', of: { is: 'doubt', of: [on] } }
  const isLoose = flags.includes('i')
  const text: Predicate = isLoose ? { is: 'method', name: 'toLowerCase', of: [on] } : on
  const parts = ways.map((way): Predicate => {
    const [begins, ends] = [way.startsWith('^'), way.endsWith('$')]
    const plain = way.slice(begins ? 1 : 0, ends ? -1 : undefined).replace(/\\(.)/g, '$1')
    const value: Predicate = { is: 'value', value: isLoose ? plain.toLowerCase() : plain }
    if (isRendered(on) && (begins || ends || !isAskedOfPage('includes', [value])))
      return { is: 'doubt', of: [on] }
    if (begins && ends) return { is: 'operator', name: '===', of: [text, value] }
    const name = begins ? 'startsWith' : ends ? 'endsWith' : 'includes'
    return { is: 'method', name, of: [text, value] }
  })
  return predicated(parts.reduce((left, right) => ({ is: 'operator', name: '||', of: [left, right] })))
}

const foundOr = (found: Value, yes: boolean | number, no: number | null): Value =>
  found.kind === 'scalar'
    ? predicated({
        is: 'if',
        of: [found.of, { is: 'value', value: yes }, { is: 'value', value: no }],
      })
    : found

const plainWords = /^\^?(?:[^\\^$.*+?()[\]{}|]|\\[/.\-_])+\$?$/

/** A function that the platform, the system or a package brings. */
export function callNamed(
  run: ProgramRun,
  name: string,
  given: Value[],
  place: CallPlace,
  isNew: boolean,
): Value {
  const [first = scalar(null), second] = given
  const own = name.replace(/^(?:globalThis|window)\./, '')
  if (/(?:^|\.)groupBy$/.test(own) && !own.startsWith('Map.') && first.kind === 'articles' && second)
    return grouped(run, first, second, place)
  if (own.startsWith('/') && own.endsWith('.test')) return matched(own.slice(0, -5), predicateOf(first))
  if (own.startsWith('/') && own.endsWith('.exec'))
    return foundOr(matched(own.slice(0, -5), predicateOf(first)), true, null)
  if (Object.hasOwn(builtIn, own)) return builtIn[own]?.(run, given, isNew) ?? unknownValue
  if (/^(?:getCollection|getLiveCollection|queryContent|queryCollection)$/.test(own)) {
    const collection =
      first.kind === 'scalar' && first.of.is === 'value' ? String(first.of.value ?? '') : null
    const all: ArticleSet[] = [{ collection, filters: [], each: { kind: 'article' } }]
    if (!second || !own.startsWith('get')) return articlesIn(all)
    return narrowed(run, all, each => testOf(run, second, each, varyingValue), place)
  }
  if (/^(?:import\.meta\.glob(?:Eager)?|Astro\.glob)$/.test(own))
    return articlesIn([{ collection: globMark, filters: [], each: { kind: 'article' } }])
  if (/^(?:getEntry|getEntryBySlug)$/.test(own)) return { kind: 'article' }
  if (own === 'graphql' || own === 'useStaticQuery')
    return articlesIn([{ collection: globMark, filters: [], each: { kind: 'article' } }])
  if (/^define(?:\w*Config|WithTheme|Collection)$/.test(own)) return first
  // What calls the function that it is given, and hands on what that gives.
  if (/^(?:computed|useMemo|defineDocumentType|defineNestedType)$/.test(own)) return run.apply(first, [])
  if (/^use(?:Lazy)?AsyncData$/.test(own)) {
    const called = given.find(({ kind }) => kind === 'function')
    const asked = called ? run.apply(called, []) : varyingValue
    const options = given.find(value => value.kind === 'table')
    const transform = options?.kind === 'table' ? options.of.get('transform') : undefined
    const data = transform ? run.apply(transform, [asked]) : asked
    return { kind: 'table', of: new Map([['data', data]]), over: null }
  }
  if (own === 'createContentLoader') return loaded(run, given)
  if (
    /^(?:(?:fs|fsp|promises|fsPromises)\.)*(?:readdir|readdirSync)$|^(?:globby|glob|fg|fastGlob|globSync)(?:\.sync|\.glob)?$/.test(
      own,
    )
  )
    return articlesIn([
      { collection: plainText(first) ?? globMark, filters: [], each: predicated({ is: 'id', name: 'path' }) },
    ])
  // What is read of a file is that article.
  if (/^(?:matter|grayMatter|fm|frontMatter|parseFrontMatter|parseFrontmatter)(?:\.read)?$/.test(own))
    return given.some(value => partsOf(value).length > 0) ? { kind: 'article' } : run.opaque(given)
  if (own === 'createNodeField') {
    run.hooks.push({ method: own, given, ...place, under: run.underOwn() })
    return varyingValue
  }
  if (own === 'defaultCreateFeedItems') return articlesIn(given.flatMap(value => setsIn(value)))
  // Vue's: what they are given they keep, or call.
  if (/^(?:ref|shallowRef|toRef|unref|toValue|reactive|shallowReactive|readonly|toRaw)$/.test(own))
    return first
  if (/^(?:on(?:Before)?Mount(?:ed)?|onServerPrefetch|onNuxtReady|watchEffect|nextTick)$/.test(own))
    return run.apply(first, [])
  if (/^(?:useState|callOnce)$/.test(own) && second?.kind === 'function' && plainText(first) !== null)
    return run.apply(second, [])
  const [, object = '', method = ''] = /^(eleventyConfig|collectionApi|hexo)\.([\w.]+)$/.exec(own) ?? []
  if (object !== '') return callSystem(run, object, method, given, place)
  if (own === 'require' && first.kind === 'scalar' && first.of.is === 'value')
    return run.required(String(first.of.value), place.scope)
  // What wraps a function is told what it shows by that function.
  if (
    /^define\w*Handler$|^eventHandler$|^cache\w*$|^memoi[sz]e$|^unstable_cache$/.test(own) &&
    first.kind === 'function'
  )
    return first
  return packaged(run, own, given, place) ?? run.opaque(given)
}

function grouped(
  run: ProgramRun,
  { of }: Extract<Value, { kind: 'articles' }>,
  by: Value,
  { at, end, scope }: CallPlace,
): Value {
  const keyed = (each: Value) =>
    plainText(by)?.split('.').reduce(memberOf, each) ?? run.apply(by, [each, varyingValue])
  return {
    kind: 'articles',
    of,
    groups: of.map(({ each }) => run.filter(predicateOf(keyed(each)), at, end, scope)),
  }
}

/** A function of a package that takes a list of articles: lodash's, Ramda's, or one that nobody knows. */
function packaged(run: ProgramRun, name: string, given: Value[], place: CallPlace): Value | null {
  const list = given.find(value => value.kind === 'articles')
  if (list?.kind !== 'articles') return null
  const method = name.slice(name.lastIndexOf('.') + 1)
  const others = given.filter(value => value !== list)
  // `_(posts).filter(…).value()`
  if (/^(?:_|lodash|chain)$/.test(method)) return list
  if (/^(?:stringify|log|info|debug|rss|getRssString|paginate)$/.test(method)) return null
  const [test] = others
  if (test && /^(?:filter|reject|partition)$/.test(method)) {
    const asked = (each: Value) => {
      const key = plainText(test)
      const keys = key?.split('.') ?? []
      const of = keys.length > 0 ? keys.reduce(memberOf, each) : run.apply(test, [each, varyingValue, list])
      return predicateOf(of)
    }
    const isIt = narrowed(run, list.of, asked, place)
    const isNot = () => narrowed(run, list.of, each => ({ is: 'not', of: [asked(each)] }), place)
    if (method === 'partition') return { kind: 'list', of: [isIt, isNot()] }
    return method === 'filter' ? isIt : isNot()
  }
  // Lodash's takes them out of the list itself, and gives them back.
  if (method === 'remove' && test) {
    const out = narrowed(run, list.of, each => testOf(run, test, each, list), place)
    const left = narrowed(run, list.of, each => ({ is: 'not', of: [testOf(run, test, each, list)] }), place)
    list.of = setsIn(left)
    return out
  }
  if (/^(?:map|each|forEach|flatMap)$/.test(method) && test)
    return callListMethod(run, list, method === 'each' ? 'forEach' : method, [test], place)
  if (
    /^(?:orderBy|sortBy|sort|sortWith|reverse|take|takeRight|drop|slice|shuffle|compact|flatten|uniq\w*|groupBy|chunk)$/.test(
      method,
    )
  )
    return list
  const keys = others.flatMap(value => (value.kind === 'function' ? keysNamedIn(value.node) : keyOf(value)))
  const sets = lostIn(run, list.of, keys, place)
  run.shown.push(...sets)
  return articlesIn(sets)
}

/** Lists of which a function that nobody knows has made others. */
function lostIn(run: ProgramRun, sets: ArticleSet[], keys: Predicate[], place: CallPlace): ArticleSet[] {
  const lost = run.filter({ is: 'doubt', of: keys }, place.at, place.end, place.scope)
  const filter = { ...lost, written: writtenAt(place), isLost: true as const }
  return sets.map(set => ({ ...set, filters: [...set.filters, filter] }))
}

/** `"data.internal"` */
function keyOf(value: Value): Predicate[] {
  const [, key] = /^(?:data|frontmatter)\.([\w.]+)$/.exec(plainText(value) ?? '') ?? []
  return key === undefined ? [] : [{ is: 'key', keys: key.split('.') }]
}

/** Front matter that a function names, whatever it makes of it. */
export function keysNamedIn(node: unknown, depth = 0): Predicate[] {
  if (node === null || typeof node !== 'object' || depth > 30) return []
  if (Array.isArray(node)) return node.flatMap(part => keysNamedIn(part, depth + 1))
  const { kind, of, name } = node as { kind?: string; of?: { kind?: string; name?: string }; name?: string }
  const isKey = kind === 'member' && /^(?:data|frontmatter|metadata)$/.test(of?.name ?? '')
  if (isKey && name !== undefined) return [{ is: 'key', keys: [name] }]
  return Object.values(node).flatMap(part => keysNamedIn(part, depth + 1))
}

/** VitePress: https://vitepress.dev/guide/data-loading#createcontentloader */
function loaded(run: ProgramRun, [, options]: Value[]): Value {
  const each: Value = {
    kind: 'table',
    of: new Map<string, Value>([
      ['frontmatter', { kind: 'data', keys: [] }],
      ['url', predicated({ is: 'id', name: 'path' })],
    ]),
    over: varyingValue,
  }
  const all = articlesIn([{ collection: globMark, filters: [], each }])
  const transform = options?.kind === 'table' ? options.of.get('transform') : undefined
  return transform ? run.apply(transform, [all]) : all
}

/** What a system hands to a program, so that this says what it goes by. */
function callSystem(
  run: ProgramRun,
  object: string,
  method: string,
  given: Value[],
  place: CallPlace,
): Value {
  if (object === 'collectionApi')
    return method.startsWith('get')
      ? articlesIn([{ collection: null, filters: leftOut(run, given, place), each: { kind: 'article' } }])
      : varyingValue
  const [first] = given
  if (method === 'addPlugin' && first?.kind === 'function')
    return run.apply(first, [{ kind: 'named', name: object }, given[1] ?? scalar(null)])
  run.hooks.push({ method, given, ...place })
  return varyingValue
}

/** `getFilteredByGlob(["posts/*.md", "!posts/drafts/**"])` */
function leftOut(run: ProgramRun, [first]: Value[], { at, end, scope }: CallPlace): ProgramFilters {
  const globs = first?.kind === 'list' ? first.of.map(plainText) : []
  return globs.flatMap(glob => {
    const [, inside] = /^!\.?\/?(.+)$/.exec(glob ?? '') ?? []
    if (inside === undefined) return []
    const path: Predicate = { is: 'id', name: 'path' }
    const asks = (name: string, value: string): Predicate => ({
      is: 'method',
      name,
      of: [path, { is: 'value', value }],
    })
    const [before = '', behind] = [/^[^*?{[]*/.exec(inside)?.[0], /[^*?}\]]*$/.exec(inside)?.[0] ?? '']
    const isIt: Predicate = {
      is: 'operator',
      name: '&&',
      of: [asks('includes', before), asks('endsWith', behind)],
    }
    return [run.filter({ is: 'not', of: [isIt] }, at, end, scope)]
  })
}

const plainText = (value: Value): string | null =>
  value.kind === 'scalar' && value.of.is === 'value' && typeof value.of.value === 'string'
    ? value.of.value
    : null

/** Of the parts of a path those that are known: `path.join(process.cwd(), "content", "posts")`. */
const joinedPath = (given: Value[]): Value => {
  const parts = given.map(plainText).filter(part => part !== null)
  return parts.length > 0 &&
    given.every(value => partsOf(value).every(({ is }) => is === 'doubt' || is === 'environment'))
    ? scalar(parts.join('/'))
    : { kind: 'unknown', of: { is: 'doubt', of: given.flatMap(value => partsOf(value)) } }
}

/** Files that a program names itself, and no collection. */
export const globMark = '(files)'

const dated = (value: Value | undefined): Value =>
  predicated(value ? { is: 'date', of: [predicateOf(value)] } : { is: 'now' })
const ordered = (name: string, left: Value, right: Value): Value =>
  predicated({ is: 'operator', name, of: [predicateOf(left), predicateOf(right)] })

const builtIn: Record<string, (run: ProgramRun, given: Value[], isNew: boolean) => Value> = {
  typeof: (_, [value]) =>
    predicated({ is: 'method', name: 'typeof', of: [predicateOf(value ?? scalar(null))] }),
  parseInt: (_, [value]) => value ?? scalar(0),
  parseFloat: (_, [value]) => value ?? scalar(0),
  'Number.parseInt': (_, [value]) => value ?? scalar(0),
  dayjs: (_, [value]) => dated(value),
  moment: (_, [value]) => dated(value),
  parseISO: (_, [value]) => dated(value),
  toDate: (_, [value]) => dated(value),
  isPast: (_, [value]) => ordered('<', dated(value), dated(undefined)),
  isFuture: (_, [value]) => ordered('>', dated(value), dated(undefined)),
  isBefore: (_, [value, other]) => ordered('<', dated(value), dated(other)),
  isAfter: (_, [value, other]) => ordered('>', dated(value), dated(other)),
  'Object.hasOwn': (run, [on, key]) => (on && key && isIn(key, on)) ?? run.opaque(on ? [on] : []),
  'Object.keys': (_, [value]) =>
    value?.kind === 'table'
      ? { kind: 'list', of: [...value.of.keys()].map(key => scalar(key)) }
      : varyingValue,
  Boolean: (_, [value]) =>
    predicated({ is: 'not', of: [{ is: 'not', of: [predicateOf(value ?? scalar(null))] }] }),
  String: (_, [value]) => value ?? scalar(''),
  Number: (_, [value]) => value ?? scalar(0),
  Date: (_, [value]) => dated(value),
  'Date.now': () => predicated({ is: 'now' }),
  'Date.parse': (_, [value]) => predicated({ is: 'date', of: [predicateOf(value ?? scalar(null))] }),
  Set: (_, [value]) =>
    (value?.kind === 'list' && partsOf(value).length === 0) ||
    value?.kind === 'data' ||
    (value?.kind === 'articles' && value.of.every(({ each }) => each.kind === 'article' || isIdOf(each)))
      ? value
      : value
        ? varyingValue
        : { kind: 'list', of: [] },
  Map: (_, [value]) => (value ? varyingValue : { kind: 'list', of: [] }),
  'path.join': (_, given) => joinedPath(given),
  'path.resolve': (_, given) => joinedPath(given),
  join: (_, given) => joinedPath(given),
  resolve: (_, given) => joinedPath(given),
  'Promise.all': (_, [value]) => value ?? unknownValue,
  'Promise.resolve': (_, [value]) => value ?? scalar(null),
  'Array.from': (run, [value, called]) =>
    value && called && setsIn(value).length > 0 ? mapped(run, value, called) : (value ?? unknownValue),
  // By whichever name: a part of them.
  'Map.groupBy': (_, [value]) => value ?? unknownValue,
  'Object.values': (_, [value]) =>
    value?.kind === 'table' ? { kind: 'list', of: [...value.of.values()] } : (value ?? unknownValue),
  'Object.entries': (_, [value]) =>
    value?.kind === 'articles'
      ? {
          kind: 'articles',
          of: value.of.map(set => ({
            ...set,
            each: { kind: 'list', of: [predicated({ is: 'id', name: 'path' }), set.each] },
          })),
        }
      : value?.kind === 'table'
        ? { kind: 'list', of: [...value.of].map(([key, of]) => ({ kind: 'list', of: [scalar(key), of] })) }
        : varyingValue,
  'Object.freeze': (_, [value]) => value ?? unknownValue,
  structuredClone: (_, [value]) => value ?? unknownValue,
}
