import type { Predicate, PresetFolder, ProgramFilter, ProgramFilters } from '../../model/preset.ts'
import { folderOf, normalisePath } from '../../text/urls.ts'
import { below, folderPath, longestSettings, readData } from '../preset-folder.ts'
import type { Expression, FunctionNode, Statement } from './javascript-nodes.ts'
import { parseProgram } from './javascript-parser.ts'
import { listsInMarkup } from './markup-lists.ts'
import { asks } from './predicates.ts'
import { globMark, keysNamedIn } from './program-calls.ts'
import { type Hook, ProgramRun } from './program-run.ts'
import {
  type ArticleSet,
  type ModuleScope,
  predicateOf,
  Scope,
  scalar,
  setsIn,
  tablesIn,
  unknownValue,
  type Value,
} from './program-values.ts'
import { tellsOfHiding } from './publish-rules.ts'

/** So many files of a site's programs are looked into. */
const mostFiles = 300
const mostNames = 5_000
const programName = /\.(?:astro|vue|svelte|[cm]?[jt]sx?|json)$/
const endings = [
  '',
  '.ts',
  '.js',
  '.mjs',
  '.tsx',
  '.jsx',
  '.cjs',
  '.json',
  '/index.ts',
  '/index.js',
  '/index.mjs',
]

/** The programs of a site by their texts, and which articles they show. Nothing is run. */
export class SitePrograms {
  private readonly texts: ReadonlyMap<string, string>
  private readonly aliases: [string, string][]
  private readonly modules = new Map<string, ModuleScope>()
  private readonly parsed = new Map<string, Statement[]>()
  private readonly run: ProgramRun

  private constructor(texts: ReadonlyMap<string, string>, aliases: [string, string][]) {
    this.texts = texts
    this.aliases = aliases
    this.run = new ProgramRun((from, importer) => this.imported(from, importer))
  }

  /**
   * @param roots folders of programs
   * @param isEntry which of them to begin with; those that they import are looked into as well
   */
  static async of(
    folder: PresetFolder,
    roots: string[],
    isEntry: (path: string) => boolean,
  ): Promise<SitePrograms> {
    const names = (await Promise.all(roots.map(root => folder.find(root, programName)))).flat()
    const known = new Set(names.slice(0, mostNames))
    const aliases = await aliasesOf(folder)
    const texts = new Map<string, string>()
    const open = [...known].filter(isEntry)
    for (const path of open) {
      if (texts.size >= mostFiles) break
      if (texts.has(path)) continue
      const text = await folder.text(path)
      if (text === null || text.length > longestSettings) continue
      texts.set(path, text)
      for (const [, from = ''] of text.matchAll(
        /(?:\bfrom|\bimport|\brequire\()\s*\(?\s*["']([^"'\n]{1,300})["']/g,
      )) {
        const place = placeOf(from, path, aliases, candidate => known.has(candidate))
        if (place !== null && !texts.has(place)) open.push(place)
      }
    }
    return new SitePrograms(texts, aliases)
  }

  /** Paths of the programs that were read. */
  get paths(): string[] {
    return [...this.texts.keys()]
  }

  text(path: string): string {
    return this.texts.get(path) ?? ''
  }

  /** What a function of a file gives back, and which lists it put to use on the way; null where the file has none of that name. */
  called(path: string, names: string[], given: Value[] = []): { value: Value; used: ArticleSet[] } | null {
    const module = this.module(path)
    for (const name of names) {
      const found = module && this.run.exported(module, name)
      if (!found) continue
      return this.used(found, given)
    }
    return null
  }

  /** The same of a function that is at hand. */
  used(called: Value, given: Value[]): { value: Value; used: ArticleSet[] } {
    const before = this.run.shown.length
    const value = called.kind === 'function' ? this.run.apply(called, given) : called
    return { value, used: this.run.shown.slice(before) }
  }

  /** Under which conditions a page gives no other answer than itself: `if (!post || post.data.draft) return Astro.redirect("/404")`. */
  /** @param props what a page that is made of one article is given */
  refusals(path: string, props: Value | null = null): ProgramFilter[] {
    const module = this.module(path)
    if (!module) return []
    if (props && !this.statements(path).some(one => one.kind === 'when' && one.yes.some(returns))) return []
    const scope = props
      ? this.run.again(this.statements(path), module, new Map([['Astro', pageOf(props)]]))
      : module.scope
    return this.statements(path).flatMap(statement => {
      if (statement.kind !== 'when' || !statement.yes.some(returns)) return []
      const test = predicateOf(this.run.evaluate(statement.test, scope))
      const { at } = statement.test
      const end = module.text.indexOf('\n', at)
      return [
        this.run.filter({ is: 'not', of: [test] }, at, end === -1 ? module.text.length : end, module.scope),
      ]
    })
  }

  /** What a file's functions make of the article that they look for: `if (!post || post.draft) notFound()`. */
  askedFor(path: string, names: string[], given: Value[]): { refused: ProgramFilter[]; found: ArticleSet[] } {
    const module = this.module(path)
    const called = names.flatMap(name => (module && this.run.exported(module, name)) ?? [])
    const all = called.filter(({ kind }) => kind === 'function').map(one => this.run.refusals(one, given))
    const [found = []] = all.map(one => one.found).filter(sets => sets.length > 0)
    return { refused: all.flatMap(one => one.refused), found }
  }

  /** What a page's own statements make of the article that it is asked for, where no other program needs them before. */
  askedAtStart(path: string): ProgramFilter[] {
    return this.modules.has(path) ? [] : this.run.asking(() => this.module(path)).refused
  }

  /** What a function makes of an article that it is given. */
  refusedBy(called: Value, given: Value[]): ProgramFilter[] {
    return this.run.refusals(called, given).refused
  }

  /**
   * Where a function of a file stands whose list nobody can follow: as what it says nobody knows.
   * @param used the lists that it is made of
   */
  lost(path: string, names: string[], used: ArticleSet[]): ArticleSet[] {
    const module = this.module(path)
    const found = names
      .map(name => module && this.run.exported(module, name))
      .find(value => value?.kind === 'function')
    if (!module || found?.kind !== 'function') return []
    const { node, scope } = found
    // Where it is known what it is made of, what it gives back tells what of that is left.
    const at = used.length > 0 ? lastReturn(node) : node.at
    const keys = used.length > 0 ? [] : keysNamedIn(node)
    const filter = {
      ...this.run.filter({ is: 'doubt', of: keys }, at, at + 300, scope),
      isLost: true as const,
    }
    if (used.length > 0) return used.map(set => ({ ...set, filters: [...set.filters, filter] }))
    return [{ collection: null, filters: [filter], each: { kind: 'article' } }]
  }

  /** What a file's own statements name. */
  values(path: string): ReadonlyMap<string, Value> {
    return this.module(path)?.scope.values ?? new Map()
  }

  /** Functions that a file's settings have under a name, however deep. */
  functionsNamed(path: string, name: string): Value[] {
    const settings = this.called(path, ['default'])?.value
    return settings ? tablesIn(settings).flatMap(table => table.of.get(name) ?? []) : []
  }

  /** What all functions of a file give back and put to use, whoever calls them. */
  usedBy(path: string): ArticleSet[] {
    const module = this.module(path)
    const before = this.run.shown.length
    const named = [...(module?.scope.values.values() ?? [])]
    // Hooks of settings as well: `export default defineConfig({ buildEnd() { … } })`.
    const inside = named.flatMap(value => (value.kind === 'table' ? [...value.of.values()] : []))
    const given = [...named, ...inside].flatMap(value =>
      setsIn(
        value.kind === 'function' ? this.run.apply(value, isLoader.test(path) ? [loadedFiles] : []) : value,
      ),
    )
    const inMarkup = this.inMarkup(path)
    const own = [...given, ...this.run.shown.slice(before)].filter(set => !this.run.narrowed.has(set))
    return [...own, ...inMarkup]
  }

  /** What a file's function tells the system that calls it. */
  hooks(path: string, names: string[], given: Value[]): Hook[] {
    const before = this.run.hooks.length
    this.called(path, names, given)
    return this.run.hooks.slice(before)
  }

  /** What a hook's function gives back. */
  answer(called: Value, given: Value[]): Value {
    return this.run.apply(called, given)
  }

  /** A condition that a hook's function comes to, with its place. */
  filter(predicate: Predicate, { at, end, scope }: Pick<Hook, 'at' | 'end' | 'scope'>): ProgramFilter {
    return this.run.filter(predicate, at, end, scope)
  }

  /** Lists that a page's own statements end with, or put to use. */
  ownLists(path: string): ArticleSet[] {
    const before = this.run.shown.length
    const module = this.module(path)
    const inMarkup = this.inMarkup(path)
    const left = [...(module?.scope.values.values() ?? [])].flatMap(value => setsIn(value))
    const own = [...left, ...this.run.shown.slice(before)].filter(set => !this.run.narrowed.has(set))
    return [...own, ...inMarkup]
  }

  /** Lists that the markup of a page goes through, or hands on. */
  private inMarkup(path: string): ArticleSet[] {
    const module = this.module(path)
    if (!module) return []
    return listsInMarkup(path, module.text).flatMap(({ at, program }) => {
      const [statement] = parseProgram(program, at)
      const sets = statement?.kind === 'do' ? setsIn(this.run.evaluate(statement.of, module.scope)) : []
      return sets.map(set => ({ ...set }))
    })
  }

  /** Whether another program filters it. */
  isNarrowed(set: ArticleSet): boolean {
    return this.run.narrowed.has(set)
  }

  /** What an expression of a file stands for. */
  evaluated(path: string, node: Expression): Value {
    const module = this.module(path)
    return module ? this.run.evaluate(node, module.scope) : unknownValue
  }

  /** What a program of one expression stands for, by what its names are. */
  evaluatedText(program: string, names: ReadonlyMap<string, Value>): Value {
    const module = { path: '', text: program, imported: new Map(), handed: [] } as unknown as ModuleScope
    module.scope = new Scope(null, module)
    for (const [name, value] of names) module.scope.values.set(name, value)
    const [statement] = parseProgram(`(${program})`)
    return statement?.kind === 'do' ? this.run.evaluate(statement.of, module.scope) : unknownValue
  }

  /** The statements of a file, and of the one that it imports a name from. */
  statements(path: string): Statement[] {
    const known = this.parsed.get(path)
    if (known) return known
    const statements = parseProgram(scriptOf(path, this.text(path)))
    this.parsed.set(path, statements)
    return statements
  }

  /** The file that an import leads to; null where it is none of the site's. */
  pathOf(from: string, importer: string): string | null {
    return placeOf(from, importer, this.aliases, path => this.texts.has(path))
  }

  private module(path: string): ModuleScope | null {
    const known = this.modules.get(path)
    if (known) return known
    const text = this.texts.get(path)
    if (text === undefined) return null
    const module = { path, text, imported: new Map(), handed: [] } as unknown as ModuleScope
    module.scope = new Scope(null, module)
    this.modules.set(path, module)
    if (path.endsWith('.json')) {
      const data = dataOf(readData(path, text))
      module.scope.values.set('default', data)
      if (data.kind === 'table') for (const [name, value] of data.of) module.scope.values.set(name, value)
    } else this.run.start(this.statements(path), module)
    return module
  }

  private imported(from: string, importer: ModuleScope): ModuleScope | null {
    const place = this.pathOf(from, importer.path)
    return place === null ? null : this.module(place)
  }
}

/** VitePress' loaders of data are given the paths of files. https://vitepress.dev/guide/data-loading */
export const isLoader = /\.data\.[cm]?[jt]s$/
const loadedFiles: Value = {
  kind: 'articles',
  of: [{ collection: globMark, filters: [], each: { kind: 'scalar', of: { is: 'id', name: 'path' } } }],
}

/** Astro's name for the page that is made. */
const pageOf = (props: Value): Value => ({
  kind: 'table',
  of: new Map([['props', props]]),
  over: { kind: 'named', name: 'Astro' },
})

/** Where the last thing that a function gives back is written. */
function lastReturn({ at, body }: FunctionNode): number {
  const last = Array.isArray(body) ? body.findLast(({ kind }) => kind === 'return') : null
  return last?.kind === 'return' ? (last.of?.at ?? at) : at
}

const returns = (statement: Statement): boolean =>
  statement.kind === 'return' || (statement.kind === 'block' && statement.of.some(returns))

/** The program in a page, everything else blank, so that places stay what they are. */
function scriptOf(path: string, text: string): string {
  if (path.endsWith('.astro')) {
    const [all, before = '', script = ''] = /^(\s*---[^\S\n]*\n)([\s\S]*?)(?=\n---|$)/.exec(text) ?? []
    return all === undefined ? '' : blank(before) + script
  }
  if (!/\.(?:vue|svelte)$/.test(path)) return text
  let [script, last] = ['', 0]
  for (const match of text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + (match[1] ?? '').length
    script += blank(text.slice(last, start)) + (match[2] ?? '')
    last = start + (match[2] ?? '').length
  }
  return script
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')

/** Where an import leads: by its place, by the names of `tsconfig.json`, or by those that are usual. */
function placeOf(
  from: string,
  importer: string,
  aliases: [string, string][],
  exists: (path: string) => boolean,
): string | null {
  const alias = aliases.find(([before]) => from.startsWith(before))
  const places = from.startsWith('.')
    ? [normalisePath(`${folderOf(importer)}/${from}`)]
    : [
        ...(alias ? [normalisePath(below(alias[1], from.slice(alias[0].length)))] : []),
        ...(/^(?:[@~#]\/|src\/)/.test(from)
          ? [from.replace(/^(?:[@~#]\/)?(?:src\/)?/, 'src/'), from.slice(2)]
          : []),
      ]
  for (const place of places) {
    if (place === null) continue
    const plain = place.replace(/\.js$/, '')
    const found = [...endings.map(ending => place + ending), `${plain}.ts`].find(exists)
    if (found !== undefined) return found
  }
  return null
}

/** `"paths": { "@utils/*": ["src/utils/*"] }` of `tsconfig.json`. */
async function aliasesOf(folder: PresetFolder): Promise<[string, string][]> {
  const aliases: [string, string][] = []
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const text = (await folder.text(name)) ?? ''
    if (text.length > longestSettings) continue
    const base = folderPath(/"baseUrl"\s*:\s*"([^"\n]*)"/.exec(text)?.[1] ?? '')
    for (const [, before = '', place = ''] of text.matchAll(/"([^"\n*]+)\*"\s*:\s*\[\s*"([^"\n*]*)\*?"/g))
      aliases.push([before, below(base, folderPath(place))])
  }
  return aliases.sort(([one], [other]) => other.length - one.length)
}

/** Data of a file that a program imports. */
function dataOf(data: unknown, depth = 0): Value {
  if (data === null || data === undefined) return scalar(null)
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return scalar(data)
  if (depth > 4) return unknownValue
  if (Array.isArray(data))
    return { kind: 'list', of: data.slice(0, 500).map(entry => dataOf(entry, depth + 1)) }
  const entries = Object.entries(data).map(([key, entry]) => [key, dataOf(entry, depth + 1)] as const)
  return { kind: 'table', of: new Map(entries), over: null }
}

/** The conditions of some lists, each once; where one has none, all is shown. */
export const filtersOf = (sets: ArticleSet[]): ProgramFilters[] =>
  eachOnce(sets.map(({ filters }) => filters))

export function eachOnce(lists: ProgramFilters[]): ProgramFilters[] {
  const all = new Map(
    lists.map(filters => {
      const known = filters.filter(({ predicate }) => predicate.is !== 'value' || !predicate.value)
      return [JSON.stringify(known.map(({ predicate }) => predicate)), known.slice(0, mostFilters)]
    }),
  )
  return all.has('[]') || all.size > mostLists ? [[]] : [...all.values()]
}

const mostFilters = 40
/** Lists of one site that are told from each other; of more nobody knows what they leave out together. */
const mostLists = 60

/** Keys that a schema makes of others are what it makes of them. */
export const withComputed = (
  filters: ProgramFilters,
  computed: ReadonlyMap<string, Predicate>,
): ProgramFilters =>
  computed.size === 0 && !filters.some(({ predicate }) => asks(predicate, ({ is }) => is === 'made'))
    ? filters
    : filters.map(filter => ({ ...filter, predicate: replaced(filter.predicate, computed) }))

/** What nobody knows how it is made counts where its name says that it hides, and as front matter of that name may tell it. */
const unknownField = (name: string): Predicate =>
  tellsOfHiding(name) ? { is: 'doubt', of: [{ is: 'key', keys: [name] }] } : { is: 'varies' }

function replaced(predicate: Predicate, computed: ReadonlyMap<string, Predicate>): Predicate {
  if (predicate.is === 'made') return computed.get(`fields.${predicate.name}`) ?? unknownField(predicate.name)
  if (predicate.is === 'key') return computed.get(predicate.keys[0] ?? '') ?? predicate
  return 'of' in predicate
    ? { ...predicate, of: predicate.of.map(part => replaced(part, computed)) }
    : predicate
}
