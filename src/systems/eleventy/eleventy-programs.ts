import type { Predicate, PresetFolder, ProgramFilter, ProgramRule } from '../../model/preset.ts'
import { isInDoubt } from '../programs/predicates.ts'
import { type ArticleSet, articlesIn, predicateOf, setsIn, type Value } from '../programs/program-values.ts'
import { filtersOf, SitePrograms } from '../programs/site-programs.ts'
import { listsOfTemplates } from './feed-lists.ts'
import { feedTemplate } from './site-facts.ts'

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
  const written = await folder.find(input, feedProgram)
  const programs = await SitePrograms.of(
    folder,
    [''],
    path => path === config || files.includes(path) || written.includes(path),
  )
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
  const filters = new Map<string, Value>()
  const named: string[] = []
  let preprocessors = 0
  for (const hook of hooks) {
    const [first, second, third] = hook.given
    const name = plainText(first) ?? ''
    if (hook.method === 'addPreprocessor' && third) {
      preprocessors++
      const answer = predicateOf(programs.answer(third, [own]))
      // What gives back nothing, or text, goes on.
      pages.push(
        programs.filter({ is: 'operator', name: '!==', of: [answer, { is: 'value', value: false }] }, hook),
      )
    }
    const [, computed] = /^eleventyComputed\.(\w+)$/.exec(name) ?? []
    if (hook.method === 'addGlobalData' && computed && second) {
      const made = programs.answer(second, [])
      const shown = shownBy(computed, made.kind === 'function' ? programs.answer(made, [own]) : made)
      if (shown) pages.push(programs.filter(shown, hook))
    }
    if (/^add(?:Nunjucks|Liquid)?Filter$/.test(hook.method) && second) filters.set(name, second)
    // The plugin's own feed: https://www.11ty.dev/docs/plugins/rss/#virtual-template
    if (hook.method === 'addPlugin' && second) named.push(...carriedBy(second))
    if (hook.method === 'addCollection' && second && name !== '') {
      const sets = setsIn(programs.answer(second, [{ kind: 'named', name: 'collectionApi' }]))
      if (sets.length > 0) collections.set(name, sets)
    }
  }
  const sets = [
    ...(await listsOfTemplates(input, folder, feedTemplate, { programs, collections, filters })),
    ...written.flatMap(path => listsOfProgram(programs, path, collections)),
    ...named.flatMap(name => collections.get(name) ?? []),
  ]
  const inFeeds = [...named, ...(await collectionsInTemplates(input, [feedTemplate, feedProgram], folder))]
  // A collection that nobody adds is a tag's: whatever has that tag.
  const isKnown = inFeeds.length > 0 && inFeeds.every(name => collections.has(name))
  const rule: ProgramRule = {
    ...ruleOf(input, pages.length > 0 ? [pages] : []),
    feeds: filtersOf(sets),
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
    return { is: 'operator', name: '!==', of: [textsKnown(of), { is: 'value', value: false }] }
  return key === 'eleventyExcludeFromCollections' || key === 'draft' ? { is: 'not', of: [of] } : null
}

/** A text that nobody knows is none of the values that hide. */
function textsKnown(of: Predicate): Predicate {
  if (of.is === 'doubt' && of.isText) return { is: 'value', value: '' }
  return of.is === 'if' ? { ...of, of: of.of.map((part, at) => (at === 0 ? part : textsKnown(part))) } : of
}

/** `{%- for post in collections.posts | reverse %}` of the feeds' templates. */
async function collectionsInTemplates(
  input: string,
  files: RegExp[],
  folder: PresetFolder,
): Promise<string[]> {
  const paths = (await Promise.all(files.map(one => folder.find(input, one)))).flat()
  const texts = await Promise.all(paths.slice(0, mostFiles).map(path => folder.text(path)))
  return [...new Set(texts.flatMap(text => collectionsNamed(text ?? '')))]
}

const collectionsNamed = (text: string): string[] =>
  [...text.matchAll(/\bcollections(?:\.([\w$]+)|\[\s*["']([^"'\n]{1,100})["']\s*\])/g)].map(
    ([, dotted, quoted]) => dotted ?? quoted ?? '',
  )

/** `{ collection: { name: "posts" } }` */
function carriedBy(options: Value): string[] {
  const table = options.kind === 'table' ? options.of.get('collection') : undefined
  const name = table?.kind === 'table' ? plainText(table.of.get('name')) : null
  return name === null ? [] : [name]
}

/** A feed whose template is a program. https://www.11ty.dev/docs/languages/javascript/ */
const feedProgram = /^(?:feed|rss|atom)(?:[.-][\w-]+)*\.11ty\.[cm]?js$/

/** What such a template's program puts to use of what it is given. */
function listsOfProgram(
  programs: SitePrograms,
  path: string,
  collections: ReadonlyMap<string, ArticleSet[]>,
): ArticleSet[] {
  const all: ArticleSet[] = [{ collection: null, filters: [], each: { kind: 'article' } }]
  const table = (of: [string, Value][]): Value => ({ kind: 'table', of: new Map(of), over: null })
  const given = collectionsNamed(programs.text(path)).map((name): [string, Value] => [
    name,
    articlesIn(collections.get(name) ?? all),
  ])
  const data = table([['collections', table(given)]])
  const found = programs.called(path, ['default'])?.value
  const render = found?.kind === 'table' ? found.of.get('render') : undefined
  const answer = render ? programs.used(render, [data]) : programs.called(path, ['render', 'default'], [data])
  return answer ? [...answer.used, ...setsIn(answer.value)] : []
}
