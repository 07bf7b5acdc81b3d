import type { Predicate, PresetFolder, ProgramFilter, ProgramRule } from '../../model/preset.ts'
import { isInDoubt } from '../programs/predicates.ts'
import { type ArticleSet, predicateOf, setsIn, type Value } from '../programs/program-values.ts'
import { filtersOf, SitePrograms } from '../programs/site-programs.ts'
import { feedTemplate } from './site-facts.ts'

/** So many templates of feeds are looked into. */
const mostTemplates = 20

export interface EleventyPrograms {
  rules: ProgramRule[]
  /** Whether what its preprocessors go by is known by their functions. */
  readsPreprocessors: boolean
  /** Data files whose functions decide what is hidden, and are understood. */
  understood: ReadonlySet<string>
}

/**
 * What the settings' functions leave out: preprocessors, which keep an article from being anywhere, and the filters of the collections that
 * the site's feeds carry. https://www.11ty.dev/docs/config-preprocessors/ and /docs/collections-api/
 * @param config where the settings are
 */
export async function eleventyPrograms(
  config: string,
  input: string,
  data: string,
  folder: PresetFolder,
): Promise<EleventyPrograms> {
  const files = [
    ...(await folder.find(data, /^eleventyComputed\.(?:11tydata\.)?[cm]?js$/)),
    ...(await folder.find(input, /\.11tydata\.[cm]?js$/)),
  ].slice(0, mostFiles)
  const programs = await SitePrograms.of(folder, [''], path => path === config || files.includes(path))
  const rules: ProgramRule[] = []
  const understood = new Set<string>()
  for (const path of files) {
    const root = path.startsWith(`${data}/`) ? input : folderDataOf(path)
    const filters = root === null ? null : computedBy(programs, path, root === input)
    if (root === null || filters === null) continue
    understood.add(path)
    rules.push(ruleOf(root, filters.length > 0 ? [filters] : []))
  }
  const hooks = programs.hooks(config, ['default'], [{ kind: 'named', name: 'eleventyConfig' }])
  const pages: ProgramFilter[] = []
  const collections = new Map<string, ArticleSet[]>()
  let preprocessors = 0
  for (const hook of hooks) {
    const [named, second, third] = hook.given
    if (hook.method === 'addPreprocessor' && third) {
      preprocessors++
      const answer = predicateOf(programs.answer(third, [own]))
      // What gives back nothing, or text, goes on.
      pages.push(
        programs.filter({ is: 'operator', name: '!==', of: [answer, { is: 'value', value: false }] }, hook),
      )
    }
    const [, computed] = /^eleventyComputed\.(\w+)$/.exec(plainText(named) ?? '') ?? []
    if (hook.method === 'addGlobalData' && computed && second) {
      const made = programs.answer(second, [])
      const shown = shownBy(computed, made.kind === 'function' ? programs.answer(made, [own]) : made)
      if (shown) pages.push(programs.filter(shown, hook))
    }
    if (hook.method === 'addCollection' && second && plainText(named)) {
      const sets = setsIn(programs.answer(second, [{ kind: 'named', name: 'collectionApi' }]))
      if (sets.length > 0) collections.set(plainText(named) ?? '', sets)
    }
  }
  const inFeeds = await collectionsInTemplates(input, folder)
  // A collection that nobody adds is a tag's: whatever has that tag.
  const isKnown = inFeeds.length > 0 && inFeeds.every(name => collections.has(name))
  const rule: ProgramRule = {
    ...ruleOf(input, pages.length > 0 ? [pages] : []),
    feeds: isKnown ? filtersOf(inFeeds.flatMap(name => collections.get(name) ?? [])) : [],
    lists: isKnown ? filtersOf([...collections.values()].flat()) : [],
  }
  const says = ({ pages, feeds }: ProgramRule) =>
    [pages, feeds].some(lists => lists.some(filters => filters.length > 0))
  return { rules: [...rules, rule].filter(says), readsPreprocessors: preprocessors > 0, understood }
}

const mostFiles = 100
/** The article's own data. */
const own: Value = { kind: 'data', keys: [] }

const ruleOf = (root: string, pages: ProgramRule['pages']): ProgramRule => ({
  root,
  ids: 'any',
  defaults: {},
  pages,
  feeds: [],
  lists: [],
})

const plainText = (value: Value | undefined): string | null =>
  value?.kind === 'scalar' && value.of.is === 'value' && typeof value.of.value === 'string'
    ? value.of.value
    : null

/** The folder that a data file speaks for: `posts/posts.11tydata.js`; null where it is one article's. */
function folderDataOf(path: string): string | null {
  const [, before = '', name] = /^(.*\/)?([^/]+)\/\2\.11tydata\.[cm]?js$/.exec(path) ?? []
  return name === undefined ? null : before + name
}

/** What computed data hide, as far as all of it is understood; else null. https://www.11ty.dev/docs/data-computed/ */
function computedBy(programs: SitePrograms, path: string, isTable: boolean): ProgramFilter[] | null {
  const found = programs.called(path, ['default'], [])?.value
  if (found?.kind !== 'table') return null
  const inside = found.of.get('eleventyComputed')
  const tables = isTable ? [found] : [found, ...(inside ? [inside] : [])]
  const filters: ProgramFilter[] = []
  for (const table of tables) {
    if (table.kind !== 'table') return null
    for (const [key, value] of table.of) {
      if (value.kind !== 'function') continue
      const shown = shownBy(key, programs.answer(value, [own]))
      if (shown && isInDoubt(shown)) return null
      const { at, end, scope } = placeOf(value)
      if (shown) filters.push(programs.filter(shown, { at, end, scope }))
    }
  }
  return filters
}

const placeOf = ({ node, scope }: Extract<Value, { kind: 'function' }>) => ({
  at: node.at,
  end: node.at + 80,
  scope,
})

/** Under which condition computed data show an article; null where they say nothing of that. */
function shownBy(key: string, answer: Value): Predicate | null {
  const of = predicateOf(answer)
  if (key === 'permalink' || key === 'published')
    return { is: 'operator', name: '!==', of: [of, { is: 'value', value: false }] }
  return key === 'eleventyExcludeFromCollections' || key === 'draft' ? { is: 'not', of: [of] } : null
}

/** `{%- for post in collections.posts | reverse %}` of the feeds' templates. */
async function collectionsInTemplates(input: string, folder: PresetFolder): Promise<string[]> {
  const names = new Set<string>()
  const paths = await folder.find(input, feedTemplate)
  for (const path of paths.slice(0, mostTemplates))
    for (const [, dotted, quoted] of ((await folder.text(path)) ?? '').matchAll(
      /\bcollections(?:\.([\w$]+)|\[\s*["']([^"'\n]{1,100})["']\s*\])/g,
    ))
      names.add(dotted ?? quoted ?? '')
  return [...names]
}
