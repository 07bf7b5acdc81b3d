import type { Predicate, ProgramFilter } from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import type { Expression, Pattern, Statement } from './javascript-nodes.ts'
import { asks, timesIn } from './predicates.ts'
import { callListMethod, callNamed, callValueMethod, isIn, keysNamedIn } from './program-calls.ts'
import {
  type ArticleSet,
  articlesIn,
  either,
  isPlain,
  type ModuleScope,
  memberOf,
  partsOf,
  predicated,
  predicateOf,
  Scope,
  scalar,
  setsIn,
  settled,
  unknownValue,
  type Value,
  varyingValue,
} from './program-values.ts'
import { isContentKey } from './publish-rules.ts'
import { isEmptyPage, type Refusals, refusalAt, refusing, soughtIn } from './refusals.ts'

/** So many expressions are looked at for one site; beyond, nothing more is known. */
const mostSteps = 200_000
/** So deep do functions call each other. */
const deepestCalls = 24
/** So deep do expressions lie in each other, functions that are called with them. */
const deepestPart = 600
/** So many of `if` one after the other, each with all that follows it. */
const mostWhens = 200
/** So many conditions are written down, and so long ones, in parts. */
const mostFilters = 1_000
const mostParts = 300
/** Entries of a list that a program writes down. */
const longestList = 500

/** `eleventyConfig.addPreprocessor("drafts", "*", data => …)` */
export interface Hook {
  method: string
  given: Value[]
  at: number
  end: number
  scope: Scope
  /** Under which condition; null: under none. */
  under?: Predicate | null
}

/** Finds the file that another one imports, its statements run; null where it is none of the site's. */
export type ModuleFinder = (from: string, importer: ModuleScope) => ModuleScope | null

/**
 * Goes through a program as if it ran, with conditions in place of values that depend on an article: both ways of an `if` that nobody can
 * decide are gone, and a list of articles carries what they were filtered by. Nothing is run.
 */
export class ProgramRun {
  /** Lists that were put to use: mapped, handed to a function that is not known. */
  readonly shown: ArticleSet[] = []
  /** What a program tells its system to go by: functions for its hooks, with the name of each. */
  readonly hooks: Hook[] = []
  /** Lists of which others were made by a filter. */
  readonly narrowed = new Set<ArticleSet>()
  /** Places in a list by what is asked of the article that lies there. */
  readonly indexes = new WeakMap<Value, (each: Value) => Predicate>()
  /** Where one article is asked for: what becomes of that. */
  asked: Refusals | null = null
  /** The loop at hand takes articles out of its list: what it goes on with is none. */
  isTaking = false
  private steps = 0
  private calls = 0
  private depth = 0
  private whens = 0
  private filters = 0
  /** What names stood for before they were given something else, in the order of that. */
  private readonly assigned: { scope: Scope; name: string; before: Value | undefined }[] = []
  private readonly guards: Guard[] = []
  /** Pages and feeds ask the same: it is decided once for each article. */
  private readonly predicates = new Map<string, Predicate>()
  private looping: ArticleSet[] | null = null
  /** Conditions under which the statements that were gone through last came to their end. */
  private passed: Guard[] = []
  private readonly find: ModuleFinder

  constructor(find: ModuleFinder) {
    this.find = find
  }

  /** The file's own statements; functions first, for they are called from above. */
  start(statements: Statement[], module: ModuleScope): void {
    for (const statement of statements) this.bindImports(statement, module)
    const isFunction = (one: Statement) => one.kind === 'const' && one.of?.kind === 'function'
    for (const statement of statements.filter(isFunction)) this.step(statement, module.scope)
    for (const statement of statements.filter(one => !isFunction(one))) this.step(statement, module.scope)
  }

  /** A file's own values where some names are given. */
  again(statements: Statement[], module: ModuleScope, names: ReadonlyMap<string, Value>): Scope {
    const scope = new Scope(module.scope, module)
    for (const [name, value] of names) scope.values.set(name, value)
    for (const statement of statements)
      if (statement.kind === 'const' && statement.of?.kind !== 'function') this.step(statement, scope)
    return scope
  }

  /** What `require("./posts.js")` gives. */
  required(from: string, { module }: Scope): Value {
    const other = this.find(from, module)
    if (!other) return { kind: 'named', name: from }
    return this.exported(other, 'default') ?? { kind: 'table', of: other.scope.values, over: null }
  }

  private bindImports(statement: Statement, module: ModuleScope): void {
    if (statement.kind === 'import')
      for (const { name, as } of statement.names) module.imported.set(as, { from: statement.from, name })
    if (statement.kind === 'export-from')
      for (const { name, as } of statement.names) module.handed.push({ from: statement.from, name, as })
  }

  /** What a file gives under a name. */
  exported(module: ModuleScope, name: string, depth = 0): Value | null {
    const own = module.scope.values.get(name)
    if (own) return own
    if (depth > 5) return null
    for (const { from, name: there, as } of module.handed) {
      if (as !== name && as !== '*') continue
      const other = this.find(from, module)
      const value = other && this.exported(other, as === '*' ? name : there, depth + 1)
      if (value) return value
    }
    return module.imported.has(name) ? this.lookUp(name, module.scope) : null
  }

  private lookUp(name: string, scope: Scope): Value {
    for (let at: Scope | null = scope; at !== null; at = at.around) {
      const value = at.values.get(name)
      if (value) return value
    }
    const { module } = scope
    const imported = module.imported.get(name)
    if (!imported) return { kind: 'named', name }
    const other = this.find(imported.from, module)
    // Collections that a program made of the articles before: Contentlayer, Velite, Content Collections.
    if (!other && madeBefore.test(imported.from) && /^(?:all[A-Z]\w*|[a-z]\w*)$/.test(imported.name))
      return articlesIn([{ collection: imported.name, filters: [], each: { kind: 'article' } }])
    // `import * as content from "astro:content"`
    if (!other && imported.name === '*' && imported.from === 'astro:content')
      return {
        kind: 'table',
        of: new Map(platform.map(own => [own, { kind: 'named', name: own }])),
        over: null,
      }
    if (!other && imported.name === '*') return { kind: 'named', name }
    if (!other) return { kind: 'named', name: imported.name === 'default' ? name : imported.name }
    if (imported.name === '*') return { kind: 'table', of: other.scope.values, over: null }
    const value = this.exported(other, imported.name)
    // What VitePress makes of a loader: `import { data } from "./posts.data.js"`.
    if (
      imported.name === 'data' &&
      (!value || (value.kind === 'scalar' && /\.data\.[cm]?[jt]s$/.test(other.path)))
    )
      return settled(this.exported(other, 'default') ?? unknownValue)
    return value ?? unknownValue
  }

  /**
   * What the statements give back; null where they do not.
   * @param after what follows where they come to their end
   */
  run(statements: Statement[], scope: Scope, after: () => Value | null = nothingMore): Value | null {
    const guarded = this.guards.length
    try {
      for (const [index, statement] of statements.entries()) {
        if (statement.kind === 'when') {
          const rest = () => this.run(statements.slice(index + 1), scope, after)
          return this.when(statement, scope, rest)
        }
        if (statement.kind === 'continue') return null
        if (statement.kind === 'for' && statement.body.some(returns)) {
          const rest = () => this.run(statements.slice(index + 1), scope, after)
          return this.searched(statement, scope, rest)
        }
        const value = this.step(statement, scope)
        if (value) return value
      }
      return after()
    } finally {
      this.passed = this.guards.slice(guarded)
      this.guards.length = guarded
    }
  }

  private when(
    { test, yes, no }: Extract<Statement, { kind: 'when' }>,
    scope: Scope,
    rest: () => Value | null,
  ): Value | null {
    if (this.whens > mostWhens) return unknownValue
    this.whens++
    const value = this.whenAsked(predicateOf(this.evaluate(test, scope)), { test, yes, no }, scope, rest)
    this.whens--
    return value
  }

  private whenAsked(
    asked: Predicate,
    { test, yes, no }: Pick<Extract<Statement, { kind: 'when' }>, 'test' | 'yes' | 'no'>,
    scope: Scope,
    rest: () => Value | null,
  ): Value | null {
    if (asked.is === 'value') return this.run(asked.value ? yes : no, scope) ?? rest()
    const denial: Predicate = { is: 'not', of: [asked] }
    const from = this.assigned.length
    const first = this.guarded({ predicate: asked, at: test.at }, () => this.run(yes, scope))
    const afterYes = this.takenBack(from)
    const second = this.guarded({ predicate: denial, at: test.at }, () => this.run(no, scope))
    const afterNo = this.takenBack(from)
    // What a branch gave to names counts where the program goes on behind it.
    for (const [at, names] of new Map([...afterNo, ...afterYes]))
      for (const name of new Set([...names.keys(), ...(afterNo.get(at)?.keys() ?? [])])) {
        const before = at.values.get(name) ?? scalar(null)
        const [one, other] = [afterYes.get(at)?.get(name) ?? before, afterNo.get(at)?.get(name) ?? before]
        this.assigned.push({ scope: at, name, before })
        at.values.set(name, first && !second ? other : second && !first ? one : either(asked, one, other))
      }
    // What follows is reached where nothing was given back.
    if (yes.some(goesOn) || (first && !second)) this.guards.push({ predicate: denial, at: test.at })
    else if (second && !first) this.guards.push({ predicate: asked, at: test.at })
    const after = first && second ? null : rest()
    if (!first && !second) return after
    return either(asked, first ?? after ?? scalar(null), second ?? after ?? scalar(null))
  }

  /** What names were given since, which they lose again. */
  private takenBack(from: number): Map<Scope, Map<string, Value>> {
    const found = new Map<Scope, Map<string, Value>>()
    for (const { scope, name, before } of this.assigned.splice(from).reverse()) {
      const names = found.get(scope) ?? new Map<string, Value>()
      found.set(scope, names)
      const value = scope.values.get(name)
      if (value && !names.has(name)) names.set(name, value)
      if (before) scope.values.set(name, before)
      else scope.values.delete(name)
    }
    return found
  }

  private guarded<T>(guard: Guard, go: () => T): T {
    this.guards.push(guard)
    const value = go()
    this.guards.pop()
    return value
  }

  private step(statement: Statement, scope: Scope): Value | null {
    switch (statement.kind) {
      case 'const':
        if (statement.of) this.bind(statement.pattern, this.evaluate(statement.of, scope), scope)
        else this.bind(statement.pattern, scalar(null), scope)
        return null
      case 'do':
        this.evaluate(statement.of, scope)
        return null
      case 'default':
        scope.values.set('default', this.evaluate(statement.of, scope))
        return null
      case 'return':
        if (this.isAnswer() && isEmptyPage(statement.of, scope)) this.refuse(statement.of?.at ?? 0, scope)
        return statement.of ? this.evaluate(statement.of, scope) : scalar(null)
      case 'block':
        return this.run(statement.of, scope)
      case 'when':
        return this.when(statement, scope, () => null)
      case 'for':
        return this.loop(statement, scope)
      default:
        return null
    }
  }

  /** `for (const shelf of ["cellar", "attic"]) if (data.shelf === shelf) return false` */
  private searched(
    statement: Extract<Statement, { kind: 'for' }>,
    scope: Scope,
    rest: () => Value | null,
  ): Value | null {
    const value = this.evaluate(statement.of, scope)
    const parts = partsOf(value)
    if (value.kind === 'articles' || setsIn(value).length > 0) {
      this.loop(statement, scope)
      return rest()
    }
    const isWritten = value.kind === 'list' && value.of.length <= mostTurns && !statement.body.some(goesOn)
    if (isWritten) return this.turns(value.of, statement, scope, rest)
    const inside = new Scope(scope, scope.module)
    this.bind(statement.pattern, { kind: 'unknown', of: { is: 'doubt', of: parts } }, inside)
    const found = this.run(statement.body, inside)
    const after = rest()
    return found ? either({ is: 'doubt', of: parts }, found, after ?? scalar(null)) : after
  }

  /** A loop over a list that the program writes down, one turn after the other. */
  private turns(
    [first, ...others]: Value[],
    statement: Extract<Statement, { kind: 'for' }>,
    scope: Scope,
    rest: () => Value | null,
  ): Value | null {
    if (!first) return rest()
    const inside = new Scope(scope, scope.module)
    this.bind(statement.pattern, first, inside)
    return this.run(statement.body, inside, () => this.turns(others, statement, scope, rest))
  }

  private loop({ pattern, of, body }: Extract<Statement, { kind: 'for' }>, scope: Scope): null {
    const value = this.evaluate(of, scope)
    const sets = setsIn(value)
    this.each(sets, value, each => {
      const inside = new Scope(scope, scope.module)
      this.bind(pattern, each, inside)
      this.run(body, inside)
      const last = body.at(-1)
      const only =
        last?.kind === 'when' && last.no.length === 0 && !last.yes.some(goesOn)
          ? [{ predicate: predicateOf(this.evaluate(last.test, inside)), at: last.test.at }]
          : []
      this.usedInLoop([...this.passed, ...only], inside)
    })
    return null
  }

  /** `posts.forEach(post => …)` */
  loopOver(sets: ArticleSet[], value: Value, called: Value): void {
    this.each(sets, value, each => {
      this.passed = []
      this.apply(called, [each, varyingValue, value])
      if (called.kind === 'function') this.usedInLoop(this.passed, called.scope)
    })
  }

  /** Of a loop's articles those count that its conditions let through. */
  private usedInLoop(guards: Guard[], scope: Scope): void {
    if (this.isTaking) {
      this.isTaking = false
      return
    }
    const filters = guards.map(({ predicate, at }) => this.filter(predicate, at, lineEnd(at, scope), scope))
    for (const set of this.looping ?? []) this.shown.push({ ...set, filters: [...set.filters, ...filters] })
  }

  /** Once for all articles of a list; of other lists once for whatever is in them. */
  each(sets: ArticleSet[], value: Value, go: (each: Value) => void): void {
    const outer = this.looping
    const [first] = sets
    if (first) {
      this.looping = sets
      go(first.each)
    } else if (value.kind === 'list' && value.of[0]) go(value.of[0])
    else go(varyingValue)
    this.looping = outer
  }

  /** Under which conditions the program comes to where it is; null: under none. */
  under(guards: Guard[] = this.guards): Predicate | null {
    return guards.reduce<Predicate | null>(
      (all, { predicate }) => (all ? { is: 'operator', name: '&&', of: [all, predicate] } : predicate),
      null,
    )
  }

  /** The same, but for what changes from page to page, or from file to file. */
  underOwn(): Predicate | null {
    return this.under(this.guards.filter(({ predicate }) => !asks(predicate, ({ is }) => is === 'varies')))
  }

  lastGuard(): Guard | null {
    return this.guards.at(-1) ?? null
  }

  /** What becomes of one article in a function that is given it, or looks for it. */
  refusals(called: Value, given: Value[]): Refusals {
    return this.asking(() => this.apply(called, given))
  }

  asking(go: () => unknown): Refusals {
    const asked: Refusals = { refused: [], found: [], depth: this.calls + 1 }
    this.asked = asked
    go()
    this.asked = null
    return asked
  }

  private refuse(at: number, scope: Scope): void {
    const filter = this.asked && refusalAt(this, at, scope)
    if (filter) this.asked?.refused.push(filter)
  }

  /** Whether what is given back here is what the page shows. */
  private isAnswer(): boolean {
    return this.asked?.depth === this.calls
  }

  /** Whether a loop goes through articles of these lists. */
  loopsOver(sets: ArticleSet[]): boolean {
    return sets.some(set => this.loopedOf(set) !== null)
  }

  /** What those articles of a list fulfil that a loop goes through; null where it goes through others. */
  loopedOf({ filters }: ArticleSet): Predicate[] | null {
    const own = this.looping?.find(
      set => set.filters.length >= filters.length && filters.every((one, at) => set.filters[at] === one),
    )
    return own ? own.filters.slice(filters.length).map(({ predicate }) => predicate) : null
  }

  /** What is put onto a list in a loop over articles stands for those that got there. */
  pushed(value: Value, scope: Scope): Value {
    if (this.looping === null || partsOf(value).length === 0) return value
    const filters = this.guards.map(({ predicate, at }) =>
      this.filter(predicate, at, lineEnd(at, scope), scope),
    )
    return articlesIn(
      this.looping.map(set => ({ ...set, filters: [...set.filters, ...filters], each: value })),
    )
  }

  filter(predicate: Predicate, at: number, end: number, { module }: Scope): ProgramFilter {
    if (++this.filters > mostFilters)
      return { predicate: { is: 'varies' }, path: module.path, line: 1, written: '' }
    const written = module.text
      .slice(at, Math.min(end, at + 300))
      .replace(/\s+/g, ' ')
      .trim()
    const shown = written.length > 80 ? `${written.slice(0, 79)}…` : written
    const bounded = inBounds(predicate)
    const key = JSON.stringify(bounded)
    const shared = this.predicates.get(key) ?? bounded
    this.predicates.set(key, shared)
    return {
      predicate: shared,
      path: module.path,
      line: lineAt(module.text, at),
      written: shown,
      ...(timesIn(shared).length > 0 && { waits: true as const }),
    }
  }

  evaluate(node: Expression, scope: Scope): Value {
    if (++this.steps > mostSteps || this.depth > deepestPart) return unknownValue
    this.depth++
    const value = this.evaluatePart(node, scope)
    this.depth--
    return value
  }

  private evaluatePart(node: Expression, scope: Scope): Value {
    switch (node.kind) {
      case 'value':
        return scalar(node.value)
      case 'name':
        return this.lookUp(node.name, scope)
      case 'member':
        return memberOf(this.evaluate(node.of, scope), node.name)
      case 'index':
        return this.indexed(this.evaluate(node.of, scope), this.evaluate(node.by, scope), node.at, scope)
      case 'function':
        return { kind: 'function', node, scope }
      case 'regex':
        return { kind: 'named', name: node.written }
      case 'call':
        return this.call(node, scope)
      case 'not':
        return predicated(denied(predicateOf(this.evaluate(node.of, scope))))
      case 'operator':
        return this.operator(node, scope)
      case 'if':
        return this.choice(node, scope)
      case 'list':
        return { kind: 'list', of: this.all(node.of, scope) }
      case 'table':
        return this.table(node, scope)
      case 'assign':
        return this.assign(node.name, this.evaluate(node.of, scope), scope)
      case 'template':
        return this.joined(
          node.texts,
          node.of.map(of => this.evaluate(of, scope)),
        )
      default:
        return unknownValue
    }
  }

  /** A text of several parts; of what nobody knows it is not known. */
  private joined(texts: string[], values: Value[]): Value {
    const [first = '', ...others] = texts
    const known = values.flatMap(value =>
      value.kind === 'scalar' && value.of.is === 'value' ? [String(value.of.value)] : [],
    )
    if (known.length === values.length)
      return scalar(first + known.map((text, index) => text + (others[index] ?? '')).join(''))
    const parts = values.flatMap(value => partsOf(value))
    const own = parts.filter(({ is }) => is !== 'varies')
    if (own.length > 0) return predicated({ is: 'doubt', of: own, isText: true })
    return parts.length > 0 ? varyingValue : unknownValue
  }

  private indexed(of: Value, by: Value, at: number, scope: Scope): Value {
    // `posts[posts.findIndex(post => post.slug === slug)]`
    const test = this.asked && of.kind === 'articles' ? this.indexes.get(by) : undefined
    if (test && of.kind === 'articles') {
      const narrow = (set: ArticleSet): ArticleSet => ({
        ...set,
        filters: [...set.filters, this.filter(test(set.each), at, lineEnd(at, scope), scope)],
      })
      const found = soughtIn(this, of.of.map(narrow))
      if (found) return found
    }
    const key = by.kind === 'scalar' && by.of.is === 'value' ? by.of.value : null
    if (of.kind === 'list') return typeof key === 'number' ? (of.of[key] ?? scalar(null)) : varyingValue
    const sought = of.kind === 'articles' && typeof key === 'number' ? soughtIn(this, of.of) : null
    if (sought) return sought
    if (of.kind === 'articles' && of.of[0] && this.looping?.[0] === of.of[0]) return of.of[0].each
    if (of.kind === 'table' && key === null && isPlain(by)) return entryBy(of, predicateOf(by))
    if (typeof key === 'string' && of.kind !== 'articles') return memberOf(of, key)
    if (typeof key === 'number') return partOf(of, key)
    return varyingValue
  }

  /** With what is spread among them. */
  all(nodes: Expression[], scope: Scope): Value[] {
    const values = nodes.flatMap(node => {
      if (node.kind !== 'spread') return [this.evaluate(node, scope)]
      const value = this.evaluate(node.of, scope)
      return value.kind === 'list' ? value.of : [value]
    })
    return values.slice(0, longestList)
  }

  private table(node: Extract<Expression, { kind: 'table' }>, scope: Scope): Value {
    const of = new Map<string, Value>()
    let over: Value | null = null
    for (const { key, of: part } of node.parts) {
      const value = this.evaluate(part, scope)
      if (key !== null) of.set(key, value)
      else if (value.kind === 'table') {
        for (const [name, inner] of value.of) of.set(name, inner)
        over ??= value.over
      } else over ??= value
    }
    // Next's: `return { notFound: true }`.
    if ((of.has('notFound') || of.has('redirect')) && this.isAnswer()) this.refuse(node.at, scope)
    return { kind: 'table', of, over }
  }

  private assign(name: string, value: Value, scope: Scope): Value {
    let at: Scope = scope
    while (!at.values.has(name) && at.around !== null) at = at.around
    const before = at.values.get(name)
    this.assigned.push({ scope: at, name, before })
    at.values.set(name, value)
    return value
  }

  private choice({ of: [test, yes, no] }: Extract<Expression, { kind: 'if' }>, scope: Scope): Value {
    const asked = predicateOf(this.evaluate(test, scope))
    if (asked.is === 'value') return this.evaluate(asked.value ? yes : no, scope)
    const first = this.guarded({ predicate: asked, at: test.at }, () => this.evaluate(yes, scope))
    const denial = { predicate: denied(asked), at: test.at }
    return either(
      asked,
      first,
      this.guarded(denial, () => this.evaluate(no, scope)),
    )
  }

  private operator(
    { operator: name, of: [first, second] }: Extract<Expression, { kind: 'operator' }>,
    scope: Scope,
  ): Value {
    const left = this.evaluate(first, scope)
    const right = this.second(name, left, first, second, scope)
    if (name === 'in') return isIn(left, right) ?? this.opaque([left, right])
    if (/^(?:[&|^]|instanceof)$/.test(name)) return this.opaque([left, right])
    // `data.tags ?? []`
    const isGiven = /^(?:\|\||\?\?)$/.test(name) && right.kind === 'list' && setsIn(right).length === 0
    const arePlain = isPlain(left) && (isPlain(right) || (isGiven && left.kind !== 'unknown'))
    if (/^(?:&&|\|\||\?\?)$/.test(name) && !arePlain) {
      if (isPlain(left) && left.kind !== 'unknown') return right
      return name === '&&' || left.kind === 'unknown' ? right : left
    }
    const of: [Predicate, Predicate] = [predicateOf(left), predicateOf(right)]
    if (/^[=!]==?$/.test(name) && isChoiceByUnknown(of)) return { kind: 'unknown', of: { is: 'doubt', of } }
    return predicated({ is: 'operator', name, of })
  }

  /** The other side of a sign: of `a && b` under the condition of the first. */
  private second(name: string, left: Value, first: Expression, second: Expression, scope: Scope): Value {
    if ((name !== '&&' && name !== '||') || second.kind !== 'call') return this.evaluate(second, scope)
    const asked = predicateOf(left)
    const predicate = name === '&&' ? asked : denied(asked)
    return this.guarded({ predicate, at: first.at }, () => this.evaluate(second, scope))
  }

  private call(node: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
    const given = this.all(node.with, scope)
    const place = { at: node.with.at(-1)?.at ?? node.at, end: node.end - 1, scope }
    if (node.of.kind === 'member') {
      const asked = this.evaluate(node.of.of, scope)
      const on = settled(asked)
      const { name } = node.of
      // `(isLive(post) ? live : others).push(post)`
      if (asked.kind === 'choice' && asked.yes.kind === 'list' && asked.no.kind === 'list') {
        const { of: predicate, yes, no } = asked
        const at = node.of.at
        this.guarded({ predicate, at }, () => callListMethod(this, yes, name, given, place))
        return this.guarded({ predicate: denied(predicate), at }, () =>
          callListMethod(this, no, name, given, place),
        )
      }
      if (on.kind === 'articles' || on.kind === 'list') return callListMethod(this, on, name, given, place)
      const member = memberOf(on, name)
      if (on.kind === 'named') {
        if (this.asked && refusing.test(`${on.name}.${name}`)) this.refuse(node.at, scope)
        return callNamed(this, `${on.name}.${name}`, given, place, node.isNew)
      }
      if (member.kind === 'function') return this.apply(member, given, on)
      if (on.kind === 'table' && member.kind === 'named')
        return callNamed(this, member.name, given, place, node.isNew)
      return callValueMethod(this, on, name, given)
    }
    const called = this.evaluate(node.of, scope)
    if (called.kind === 'table' && node.isNew) return called
    if (called.kind === 'choice')
      return either(called.of, this.apply(called.yes, given), this.apply(called.no, given))
    if (called.kind === 'function') return this.apply(called, given)
    if (called.kind === 'named') {
      if (this.asked && refusing.test(called.name)) this.refuse(node.at, scope)
      return callNamed(this, called.name, given, place, node.isNew)
    }
    // A function that loads a file is that file.
    return called.kind === 'article' ? called : this.opaque([called, ...given])
  }

  /** @param on what it is a method of */
  apply(called: Value, given: Value[], on: Value | null = null): Value {
    if (called.kind !== 'function') return this.opaque(given)
    if (this.calls >= deepestCalls || this.steps > mostSteps) return this.opaque(given)
    this.calls++
    const { node } = called
    const scope = new Scope(called.scope, called.scope.module)
    if (on) scope.values.set('this', on)
    for (const [index, pattern] of node.takes.entries()) {
      const rest: Value = { kind: 'list', of: given.slice(index) }
      const isRest = pattern.kind === 'name' && pattern.isRest === true
      this.bind(pattern, isRest ? rest : (given[index] ?? varyingValue), scope)
    }
    const value = Array.isArray(node.body)
      ? (this.run(node.body, scope) ?? scalar(null))
      : this.evaluate(node.body, scope)
    this.calls--
    if (value.kind !== 'unknown' || value.of.is !== 'doubt') return value
    const parts = given.flatMap(one => partsOf(one))
    return parts.length === 0
      ? value
      : { kind: 'unknown', of: { is: 'doubt', of: [value.of, ...parts, ...keysNamedIn(node)] } }
  }

  /** What only the program knows: what it is given is put to use, and what comes of it depends on that. */
  opaque(given: Value[]): Value {
    for (const value of given) this.shown.push(...setsIn(value))
    const parts = given.flatMap(value => partsOf(value))
    const own = parts.filter(({ is }) => is !== 'varies')
    if (own.length > 0) return { kind: 'unknown', of: { is: 'doubt', of: own } }
    return parts.length > 0 ? varyingValue : unknownValue
  }

  bind(pattern: Pattern, given: Value, scope: Scope): void {
    const value = this.orElse(given, pattern.otherwise, scope)
    switch (pattern.kind) {
      case 'name':
        scope.values.set(pattern.name, value)
        break
      case 'table':
        for (const { key, of } of pattern.parts) this.bind(of, memberOf(value, key), scope)
        if (pattern.rest !== null) scope.values.set(pattern.rest, without(value, pattern.parts))
        break
      case 'list':
        for (const [index, part] of pattern.parts.entries())
          this.bind(
            part,
            value.kind === 'list' ? (value.of[index] ?? scalar(null)) : partOf(value, index),
            scope,
          )
        break
    }
  }

  /** `{ draft = false } = data` */
  private orElse(value: Value, otherwise: Expression | null, scope: Scope): Value {
    if (otherwise === null) return value
    const given = this.evaluate(otherwise, scope)
    if (value.kind === 'unknown') return value
    if (value.kind === 'scalar' && value.of.is === 'value') return value.of.value === null ? given : value
    if (!isPlain(value) || !isPlain(given)) return value
    return predicated({ is: 'operator', name: '??', of: [predicateOf(value), predicateOf(given)] })
  }
}

/** `post.lang === (await getLocale())`: by what most articles say they are chosen for a page, whichever that is. */
const isChoiceByUnknown = (of: Predicate[]): boolean =>
  of.some(one => one.is === 'key' && isContentKey(one.keys[0] ?? '')) &&
  of.some(one => one.is === 'doubt' && one.of.length === 0)

/** `{ blogPosts, ...rest }`: what is left of a table. */
function without(value: Value, parts: { key: string }[]): Value {
  if (value.kind !== 'table') return value
  const taken = new Set(parts.map(({ key }) => key))
  return { ...value, of: new Map([...value.of].filter(([key]) => !taken.has(key))) }
}

/** A condition, and where it stands. */
interface Guard {
  predicate: Predicate
  at: number
}

function lineEnd(at: number, { module }: Scope): number {
  const end = module.text.indexOf('\n', at)
  return end === -1 ? module.text.length : end
}

/** Turns of a loop that are gone through one by one. */
const mostTurns = 20

const nothingMore = () => null

const returns = (statement: Statement): boolean =>
  statement.kind === 'return' ||
  (statement.kind === 'block' && statement.of.some(returns)) ||
  (statement.kind === 'when' && [...statement.yes, ...statement.no].some(returns))

const goesOn = (statement: Statement): boolean =>
  statement.kind === 'continue' || (statement.kind === 'block' && statement.of.some(goesOn))

/** `SHOWN[data.shelf]` */
function entryBy({ of, over }: Extract<Value, { kind: 'table' }>, by: Predicate): Value {
  if (over !== null || of.size > longestTable || by.is === 'varies') return varyingValue
  return [...of].reduceRight<Value>(
    (otherwise, [key, value]) =>
      either({ is: 'operator', name: '===', of: [by, { is: 'value', value: key }] }, value, otherwise),
    scalar(null),
  )
}

/** Entries of a table that is asked for one which nobody knows. */
const longestTable = 40

/** A condition that is longer than anybody writes is not known. */
function inBounds(predicate: Predicate): Predicate {
  let left = mostParts
  const count = (part: Predicate): void => {
    if (left-- > 0 && 'of' in part) for (const inner of part.of) if (left > 0) count(inner)
  }
  count(predicate)
  return left > 0 ? predicate : { is: 'doubt', of: [] }
}

const denied = (of: Predicate): Predicate =>
  of.is === 'value' ? { is: 'value', value: !of.value } : { is: 'not', of: [of] }

/** `id.split("/")[0]` */
function partOf(value: Value, index: number): Value {
  if (value.kind === 'scalar' || value.kind === 'data')
    return predicated({ is: 'method', name: 'at', of: [predicateOf(value), { is: 'value', value: index }] })
  if (value.kind === 'choice') return either(value.of, partOf(value.yes, index), partOf(value.no, index))
  if (value.kind === 'list') return value.of[index] ?? scalar(null)
  return value.kind === 'unknown' ? value : varyingValue
}

const platform = ['getCollection', 'getEntry', 'getEntries', 'getLiveCollection', 'render']

const madeBefore =
  /(?:^|[/.#])contentlayer2?\/generated$|^content-collections$|^#(?:site\/)?content$|(?:^|\/)\.velite$/
