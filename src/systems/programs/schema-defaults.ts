import type { Predicate } from '../../model/preset.ts'
import type { Expression, FunctionNode, Statement } from './javascript-nodes.ts'
import { predicateOf } from './program-values.ts'
import type { SitePrograms } from './site-programs.ts'

/** What a schema gives to articles that say nothing under a key. */
export interface SchemaDefaults {
  values: Record<string, { value: string | number | boolean; at: number }>
  /** Keys whose default only a program knows, with where it stands. */
  unknown: { key: string; at: number }[]
  /** Keys that the schema makes of others: `.transform(data => ({ ...data, live: data.shelf === "front" }))`. */
  computed: ReadonlyMap<string, Predicate>
}

/** Constants of a file by their names, and of those that it imports. */
type Names = (name: string) => Expression | null

const deepest = 12

/**
 * `schema: z.object({ draft: z.boolean().default(true) })` of a collection, where it stands plainly in the text of the settings: also in a
 * constant, a function, an extended table. https://docs.astro.build/en/guides/content-collections/#defining-the-collection-schema
 */
export function schemaDefaults(programs: SitePrograms, path: string, collection: string): SchemaDefaults {
  const computed = new Map<string, Predicate>()
  const found: SchemaDefaults = { values: {}, unknown: [], computed }
  const names = namesIn(programs, path, 0)
  const tables = ['collections', 'default'].map(name => names(name)).filter(node => node !== null)
  const definition =
    tables.map(node => entryOf(node, collection, names)).find(node => node !== null) ?? names(collection)
  if (!definition) return found
  const read = (key: string, node: Expression) => {
    if (key === '') {
      const made = programs.answer(programs.evaluated(path, node), [{ kind: 'data', keys: [] }])
      if (made.kind === 'table')
        for (const [name, value] of made.of)
          if (!(value.kind === 'data' && value.keys.join('.') === name))
            computed.set(name, predicateOf(value))
      return
    }
    const given = defaultIn(node)
    if (given === null) return
    const of = predicateOf(programs.evaluated(path, given))
    if (of.is === 'value' && of.value !== null) found.values[key] = { value: of.value, at: given.at }
    else if (of.is !== 'value') found.unknown.push({ key, at: given.at })
  }
  collect(definition, names, read, 0)
  return found
}

/** What a file of schemas calls its collections. */
export function collectionNames(programs: SitePrograms, path: string): string[] {
  const names = new Set<string>()
  for (const statement of programs.statements(path)) {
    if (statement.kind === 'const' && statement.pattern.kind === 'name') names.add(statement.pattern.name)
    const settings =
      statement.kind === 'default' && statement.of.kind === 'call' ? statement.of.with[0] : null
    const found =
      settings?.kind === 'table' ? settings.parts.find(({ key }) => key === 'collections')?.of : null
    if (found?.kind === 'table') for (const { key } of found.parts) if (key !== null) names.add(key)
  }
  return [...names].slice(0, mostCollections)
}

const mostCollections = 40

function namesIn(programs: SitePrograms, path: string, depth: number): Names {
  const constants = new Map<string, Expression>()
  const imports = new Map<string, { from: string; name: string }>()
  const take = (statement: Statement): void => {
    if (statement.kind === 'block') for (const inner of statement.of) take(inner)
    if (statement.kind === 'default') constants.set('default', statement.of)
    if (statement.kind === 'const' && statement.pattern.kind === 'name' && statement.of)
      constants.set(statement.pattern.name, statement.of)
    if (statement.kind === 'import')
      for (const { name, as } of statement.names) imports.set(as, { from: statement.from, name })
  }
  for (const statement of programs.statements(path)) take(statement)
  return name => {
    const own = constants.get(name)
    const other = imports.get(name)
    if (own || !other || depth > 3) return own ?? null
    const place = programs.pathOf(other.from, path)
    return place === null ? null : namesIn(programs, place, depth + 1)(other.name)
  }
}

/** The entry of a table, or of the one in what it is given to: `defineContentConfig({ collections: { blog } })`. */
function entryOf(node: Expression, key: string, names: Names, depth = 0): Expression | null {
  if (depth > deepest) return null
  if (node.kind === 'call') return node.with[0] ? entryOf(node.with[0], key, names, depth + 1) : null
  if (node.kind !== 'table') return null
  const entry = node.parts.find(part => part.key === key) ?? null
  if (entry) return entry.of
  const inner = node.parts.find(part => part.key === 'collections')
  return inner ? entryOf(inner.of, key, names, depth + 1) : null
}

/** Tables of keys that a schema is made of: what `object`, `extend` and the like are given. */
const making =
  /^(?:object|strictObject|looseObject|extend|safeExtend|merge|and|intersection|union|discriminatedUnion)$/

function collect(
  node: Expression | Statement,
  names: Names,
  /** Given no key, what makes a table of the whole. */
  read: (key: string, node: Expression) => void,
  depth: number,
): void {
  if (depth > deepest) return
  const go = (inner: Expression | Statement) => collect(inner, names, read, depth + 1)
  switch (node.kind) {
    case 'name': {
      const other = names(node.name)
      if (other) go(other)
      break
    }
    case 'function':
      for (const inner of bodyOf(node)) {
        const given = inner.kind === 'return' ? inner.of : inner
        // `schema: z => ({ draft: z.boolean() })`
        if (given?.kind === 'table') readTable(given, go, read)
        else if (given) go(given)
      }
      break
    case 'return':
      if (node.of) go(node.of)
      break
    case 'table':
      for (const { key, of } of node.parts) if (key === 'schema') go(of)
      break
    case 'call': {
      go(node.of.kind === 'member' ? node.of.of : node.of)
      const name = node.of.kind === 'member' ? node.of.name : ''
      for (const given of node.with) {
        if (name === 'transform') read('', given)
        else if (given.kind !== 'table') go(given)
        else if (making.test(name)) readTable(given, go, read)
        else for (const { key, of } of given.parts) if (key === 'schema') go(of)
      }
      break
    }
    case 'list':
      for (const inner of node.of) go(inner)
      break
  }
}

function readTable(
  { parts }: Extract<Expression, { kind: 'table' }>,
  go: (node: Expression) => void,
  read: (key: string, node: Expression) => void,
): void {
  for (const { key, of } of parts)
    if (key !== null) read(key, of)
    // `...z.object({…}).shape`
    else go(of.kind === 'member' ? of.of : of)
}

const bodyOf = ({ body }: FunctionNode): (Expression | Statement)[] => (Array.isArray(body) ? body : [body])

/** The last `.default(…)` of a chain; `.catch(…)` and `.prefault(…)` give one as well. */
function defaultIn(node: Expression): Expression | null {
  for (let at = node, steps = 0; at.kind === 'call' && at.of.kind === 'member' && steps < 40; steps++) {
    const [given] = at.with
    if (/^(?:default|prefault|catch|_default)$/.test(at.of.name) && given)
      return given.kind === 'function' && !Array.isArray(given.body) ? given.body : given
    at = at.of.of
  }
  return null
}
