import type { Predicate, PresetFolder, ProgramFilter } from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import {
  type ArticleSet,
  articlesIn,
  predicateOf,
  scalar,
  setsIn,
  type Value,
} from '../programs/program-values.ts'
import type { SitePrograms } from '../programs/site-programs.ts'

/** What a site's programs give to its templates, by their names. */
export interface TemplateParts {
  programs: SitePrograms
  collections: ReadonlyMap<string, ArticleSet[]>
  /** `eleventyConfig.addFilter("publicOnly", posts => …)` */
  filters: ReadonlyMap<string, Value>
}

/** A loop, a condition, or what its `else` is: what has to hold there. */
interface Block {
  word: string
  /** Of a loop, its variable and what it goes through. */
  loop: { name: string; sets: ArticleSet[]; isShown: boolean } | null
  filters: ProgramFilter[]
}

/** So many blocks stand in each other. */
const deepest = 40
const tag = /\{%-?\s*([\s\S]{0,500}?)\s*-?%\}|\{\{-?([\s\S]{0,500}?)\}\}/g
/** Filters after which the same articles are in a list. */
const passing =
  /^(?:reverse|sort|sort_natural|sortBy|slice|limit|head|take|first|last|concat|list|compact|uniq|dump|size|length)$/

/** Which articles a template of Nunjucks or Liquid names: those of its loops, under the conditions around what is written of each. */
export class TemplateLists {
  readonly shown: ArticleSet[] = []
  private readonly path: string
  private readonly text: string
  private readonly parts: TemplateParts
  private readonly blocks: Block[] = []
  private readonly variables = new Map<string, Value>()
  private at = 0

  constructor(path: string, text: string, parts: TemplateParts) {
    this.path = path
    this.text = text
    this.parts = parts
    for (const match of text.matchAll(tag)) {
      this.at = match.index
      if (match[1] === undefined) this.use(match[2] ?? '')
      else this.take(match[1])
    }
  }

  private take(written: string): void {
    const [word = '', ...others] = written.split(/\s+/)
    const rest = others.join(' ')
    if (word === 'set' || word === 'assign') this.assign(rest)
    else if (word === 'for') this.loop(rest)
    else if (word === 'if' || word === 'unless')
      this.open({ word, loop: null, filters: [this.condition(rest, word === 'unless')] })
    else if (/^(?:elif|elseif|elsif|else)$/.test(word)) {
      const last = this.blocks.at(-1)
      if (!last || last.loop) return
      const filters = last.filters.map(filter => ({ ...filter, predicate: denied(filter.predicate) }))
      last.filters = word === 'else' ? filters : [...filters, this.condition(rest, false)]
    } else if (/^end(?:if|unless|for)$/.test(word)) this.close()
    else if (word === 'continue') this.goOn()
    else if (!/^(?:end|comment|raw)/.test(word)) this.use(rest)
  }

  private open(block: Block): void {
    if (this.blocks.length < deepest) this.blocks.push(block)
  }

  private close(): void {
    const block = this.blocks.pop()
    // A loop that writes nothing by its variable's name shows whatever it goes through.
    if (!block?.loop || block.loop.isShown) return
    const { filters, loop } = block
    this.shown.push(...loop.sets.map(set => ({ ...set, filters: [...set.filters, ...filters] })))
  }

  /** What has to hold where this stands, from the innermost loop on. */
  private filtersHere(): ProgramFilter[] {
    return this.blocks
      .slice(this.blocks.findLastIndex(({ loop }) => loop !== null))
      .flatMap(({ filters }) => filters)
  }

  /** What comes behind it in the loop is for those for which its conditions do not hold. */
  private goOn(): void {
    const index = this.blocks.findLastIndex(({ loop }) => loop !== null)
    const guards = this.blocks.slice(index + 1).flatMap(({ filters }) => filters)
    const [first] = guards
    const loop = this.blocks[index]
    if (!first || !loop) return
    const all = guards
      .map(({ predicate }) => predicate)
      .reduce((left, right) => ({ is: 'operator', name: '&&', of: [left, right] }))
    loop.filters.push({ ...first, predicate: denied(all) })
  }

  private use(written: string): void {
    for (const { loop } of this.blocks) {
      if (!loop || !new RegExp(`(?:^|[^\\w."'])${loop.name}(?![\\w"'])`).test(written)) continue
      loop.isShown = true
      const filters = this.filtersHere()
      this.shown.push(...loop.sets.map(set => ({ ...set, filters: [...set.filters, ...filters] })))
    }
  }

  private assign(written: string): void {
    const [, name, value] = /^([\w$]+)\s*=\s*([\s\S]*)$/.exec(written) ?? []
    if (name === undefined) return
    const sets = this.list(value ?? '')
    if (sets.length > 0) this.variables.set(name, articlesIn(sets))
    else if (!value?.includes('|')) this.variables.set(name, this.evaluated(value ?? ''))
  }

  private loop(written: string): void {
    const [, name = '', from = ''] = /^([\w$]+)(?:\s*,\s*[\w$]+)*\s+in\s+([\s\S]*)$/.exec(written) ?? []
    const [, list = from, test] = /^([\s\S]*?)\s+if\s+([\s\S]*)$/.exec(from) ?? []
    const sets = this.list(list.replace(/\s+(?:reversed|limit:|offset:)[\s\S]*$/, ''))
    this.open({ word: 'for', loop: { name: name || '\u0000', sets, isShown: false }, filters: [] })
    if (name !== '') this.variables.set(name, { kind: 'article' })
    const last = this.blocks.at(-1)
    if (test !== undefined && last?.loop) last.filters.push(this.condition(test, false))
  }

  /** `collections.posts | rejectattr("data.internal") | reverse` */
  private list(written: string): ArticleSet[] {
    const [first = '', ...filters] = written.split('|').map(part => part.trim())
    let sets = this.named(first)
    for (const filter of filters) if (sets.length > 0) sets = this.filtered(sets, filter)
    return sets
  }

  private named(written: string): ArticleSet[] {
    const [, dotted, quoted] =
      /^collections(?:\.([\w$]+)|\[\s*["']([^"'\n]{1,100})["']\s*\])$/.exec(written) ?? []
    const name = dotted ?? quoted
    if (name === undefined) return setsIn(this.variables.get(written) ?? null)
    // A collection that nobody adds is a tag's.
    return this.parts.collections.get(name) ?? [{ collection: null, filters: [], each: { kind: 'article' } }]
  }

  private filtered(sets: ArticleSet[], written: string): ArticleSet[] {
    const [, name = '', rest = ''] = /^([\w$]+)\s*([\s\S]*)$/.exec(written) ?? []
    const given = [...rest.matchAll(/"([^"]*)"|'([^']*)'|([\w.$]+)/g)].map(([all, double, single]) =>
      all === 'true' || all === 'false' ? all === 'true' : (double ?? single ?? all),
    )
    const [key, wanted] = given
    const narrowed = (predicate: Predicate) =>
      sets.map(set => ({ ...set, filters: [...set.filters, this.filter(predicate, written)] }))
    const isAsked = typeof key === 'string' ? predicateOf(this.evaluated(`asked.${key}`)) : null
    if (isAsked && /^(?:selectattr|where|rejectattr|reject)$/.test(name)) {
      const isIt: Predicate =
        wanted === undefined
          ? isAsked
          : { is: 'operator', name: '===', of: [isAsked, { is: 'value', value: wanted }] }
      return narrowed(name.startsWith('reject') ? denied(isIt) : isIt)
    }
    const own = this.parts.filters.get(name)
    if (own) {
      const values = given.map(value => scalar(value))
      return setsIn(this.parts.programs.answer(own, [articlesIn(sets), ...values]))
    }
    return passing.test(name) ? sets : narrowed({ is: 'doubt', of: [] })
  }

  private condition(written: string, isDenied: boolean): ProgramFilter {
    const predicate = predicateOf(this.evaluated(inJavaScript(written)))
    return this.filter(isDenied ? denied(predicate) : predicate, written)
  }

  private evaluated(program: string): Value {
    return this.parts.programs.evaluatedText(
      program,
      new Map([['asked', { kind: 'article' }], ...this.variables]),
    )
  }

  private filter(predicate: Predicate, written: string): ProgramFilter {
    const shown = written.length > 80 ? `${written.slice(0, 79)}…` : written
    return { predicate, path: this.path, line: lineAt(this.text, this.at), written: shown }
  }
}

const denied = (of: Predicate): Predicate => ({ is: 'not', of: [of] })

/** A condition of Nunjucks or Liquid as a program has it; words in quotation marks stay. */
function inJavaScript(written: string): string {
  if (/(?<!\|)\|(?!\|)/.test(written))
    return `asFiltered(${written.replace(/\s*\|\s*[\w$]+/g, '').replace(/\([^)]*\)|:.*$/g, '')})`
  return written
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/\bis\s+not\s+defined\b/g, '== null')
            .replace(/\bis\s+defined\b/g, '!= null')
            .replace(/\b(?:nil|none|blank|empty)\b/g, 'null'),
    )
    .join('')
    .replace(/([\w.$]+)\s+contains\s+("[^"]*"|'[^']*'|[\w.$]+)/g, '$1.includes($2)')
    .replace(/("[^"]*"|'[^']*'|[\w.$]+)\s+not\s+in\s+([\w.$]+)/g, '!$2.includes($1)')
    .replace(/("[^"]*"|'[^']*'|[\w.$]+)\s+in\s+([\w.$]+)/g, '$2.includes($1)')
    .replace(/\bnot\s+([^()]*?)(?=\s+(?:and|or)\b|\s*$|\))/g, '!($1)')
    .replace(/\bnot\s+(?=\()/g, '!')
    .replace(/\s+and\s+/g, ' && ')
    .replace(/\s+or\s+/g, ' || ')
}

/** So many templates of feeds are looked into. */
const mostTemplates = 20

/** The articles that the templates of the site's feeds name. */
export async function listsOfTemplates(
  input: string,
  folder: PresetFolder,
  feedTemplate: RegExp,
  parts: TemplateParts,
): Promise<ArticleSet[]> {
  const paths = await folder.find(input, feedTemplate)
  const texts = await Promise.all(paths.slice(0, mostTemplates).map(path => folder.text(path)))
  return texts.flatMap((text, index) =>
    text === null || text.length > longestTemplate
      ? []
      : new TemplateLists(paths[index] ?? '', text, parts).shown,
  )
}

/** UTF-16 code units. */
const longestTemplate = 100_000
