import type { Predicate } from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import { asks } from './predicates.ts'
import { type ArticleSet, predicateOf, setsIn, type Value, varyingValue } from './program-values.ts'
import { isContentKey } from './publish-rules.ts'
import type { SitePrograms } from './site-programs.ts'

/**
 * What a program of Gatsby's makes of each article: `createNodeField({ node, name: "hidden", value: … })`, by the name that queries have for it.
 * https://www.gatsbyjs.com/docs/creating-slugs-for-pages/
 */
export function madeFields(programs: SitePrograms, path: string): [string, Predicate][] {
  const createNodeField: Value = { kind: 'named', name: 'createNodeField' }
  const actions = tableOf({ createNodeField })
  const given = { node: { kind: 'article' } as Value, actions, boundActionCreators: actions }
  const found = new Map<string, Predicate>()
  for (const { given: of, under } of programs.hooks(path, ['onCreateNode'], [tableOf(given, varyingValue)])) {
    const [field] = of
    const [name, value] = field?.kind === 'table' ? [field.of.get('name'), field.of.get('value')] : []
    if (name?.kind !== 'scalar' || name.of.is !== 'value' || !value) continue
    const key = `fields.${name.of.value}`
    const made = predicateOf(value)
    const before = found.get(key) ?? { is: 'value', value: null }
    const whole: Predicate = under ? { is: 'if', of: [under, made, before] } : made
    const isDoubted = asks(whole, ({ is }) => is === 'doubt')
    found.set(key, isDoubted && isContentKey(String(name.of.value)) ? { is: 'varies' } : whole)
  }
  return [...found]
}

/** `serialize: ({ query: { allMdx } }) => allMdx.nodes.filter(…)` of the plugin that makes feeds. */
export function serialised(programs: SitePrograms, path: string): ArticleSet[] {
  const all: Value = {
    kind: 'articles',
    of: [{ collection: null, filters: [], each: { kind: 'article' } }],
  }
  const query = tableOf({ allMarkdownRemark: all, allMdx: all }, varyingValue)
  return programs.functionsNamed(path, 'serialize').flatMap(called => {
    const { value, used } = programs.used(called, [tableOf({ query }, varyingValue)])
    const sets = setsIn(value).length > 0 ? setsIn(value) : used
    return sets.length > 0 ? sets : [lostAt(programs, path, 'serialize')]
  })
}

/** A list that a function gives back which nobody can follow, by where it is named. */
export function lostAt(programs: SitePrograms, path: string, name: string): ArticleSet {
  const text = programs.text(path)
  const at = Math.max(0, text.indexOf(name))
  const end = text.indexOf('\n', at)
  const written = text.slice(at, end === -1 ? undefined : end).slice(0, 80)
  const filter = { predicate: { is: 'doubt' as const, of: [] }, path, line: lineAt(text, at), written }
  return { collection: null, filters: [{ ...filter, isLost: true }], each: { kind: 'article' } }
}

const tableOf = (of: Record<string, Value>, over: Value | null = null): Value => ({
  kind: 'table',
  of: new Map(Object.entries(of)),
  over,
})
