import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { DataCascade, PresetFolder } from '../../model/preset.ts'
import { ownValue } from '../../text/own-value.ts'
import { splitSettings } from '../front-matter-block.ts'
import { readJavaScript } from '../javascript-settings.ts'
import { below, type Settings } from '../preset-folder.ts'
import { mayHide } from './data-cascade.ts'
import type { EleventyPrograms } from './eleventy-programs.ts'

/** So many files of data, of layouts, of parts are looked at. */
const mostFiles = 400
/** UTF-16 code units: what is larger shows more than words. */
const largestPart = 8_000

/** What every article of a site is given, and what its texts may name. */
export interface GlobalData {
  cascade: DataCascade
  /** Data files of plain values, by name; folders are tables. */
  values: Settings
  /** Names that have a value which only a program knows. */
  own: string[]
  findings: Diagnostic[]
}

/**
 * @param config the settings' text
 * @param data the folder of global data
 * @param inside folders of layouts
 * @param programs which of the programs are understood: what those leave out is known otherwise
 */
export async function globalData(
  config: { path: string; text: string },
  data: string,
  inside: string[],
  folder: PresetFolder,
  { readsPreprocessors, understood }: Pick<EleventyPrograms, 'readsPreprocessors' | 'understood'>,
): Promise<GlobalData> {
  const findings: Diagnostic[] = []
  const { values, own } = await dataFilesIn(data, folder)
  const globals: Settings = {}
  for (const [name, argument] of calls(config.text, 'addGlobalData')) {
    const given = readJavaScript(`export default { "${name}": ${argument} }`)
    const program = given.programs[name]
    if (program === undefined) values[name] = given.data[name]
    else own.push(name)
    if (program !== undefined && telling.test(name) && mayHide(name, program)) globals.draft = true
  }
  const [unnamed] = /\.addGlobalData\(\s*(?!["'`])[^\s,()]+\s*,/.exec(config.text) ?? []
  if (unnamed && /\bpermalink\b/.test(config.text))
    findings.push(
      diagnose(
        'system-setting-unknown',
        { path: config.path, line: config.text.slice(0, config.text.indexOf(unnamed)).split('\n').length },
        'What all articles are given is named by a program, which is not run: where it gives addresses, they are not known.',
        'Compare the addresses in `check` with those of the site; where they differ, write `permalink` into broadsheet.toml.',
      ),
    )
  for (const [name, value] of Object.entries(values)) if (telling.test(name)) globals[name] = value
  for (const path of await folder.find(
    data,
    /^(?:eleventyComputed|permalink|draft)\.(?:11tydata\.)?[cm]?js$/,
  )) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '')
    if (!understood.has(path) && mayHide(name, (await folder.text(path)) ?? '')) {
      globals.draft = true
      findings.push(tellProgram(path, `"${name}" is worked out by a program`))
    }
  }
  const deciding: string[] = []
  const unread = readsPreprocessors ? [] : calls(config.text, 'addPreprocessor')
  for (const [name, argument] of unread) {
    const keys = decidingKeys(argument)
    deciding.push(...keys)
    if (keys.length > 0)
      findings.push(tellProgram(config.path, `The preprocessor "${name}" goes by ${keys.join(', ')}`))
  }
  return {
    cascade: { globals, layouts: await layoutsIn(inside, config.text, folder), deciding },
    values,
    own,
    findings,
  }
}

const telling = /^(?:layout|draft|permalink|eleventyExcludeFromCollections|published|date)$/

const tellProgram = (path: string, what: string) =>
  diagnose(
    'system-setting-unknown',
    { path },
    `${what}, which is not run: articles that it may leave out are withheld.`,
    'Write `draft: true` into those that are not to be read, and take the program out, or name the others in `broadsheet.toml`.',
  )

/** Calls of the settings' methods: the name that they are given first, and the text of what follows. */
function calls(text: string, method: string): [string, string][] {
  const call = new RegExp(`\\.${method}\\(\\s*(["'\`])([\\w.-]+)\\1\\s*,`, 'g')
  return [...text.matchAll(call)].map(match => [
    match[2] ?? '',
    argumentAt(text, match.index + match[0].length),
  ])
}

/** Up to the bracket that closes the call. */
function argumentAt(text: string, start: number): string {
  let depth = 0
  const piece = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?|[\s\S]/y
  let at = start
  while (at < text.length) {
    piece.lastIndex = at
    const found = piece.exec(text)?.[0] ?? ''
    if (/^[([{]$/.test(found)) depth++
    if (/^[)\]}]$/.test(found) && depth-- === 0) break
    at += found.length
  }
  return text.slice(start, at)
}

/** Keys that a preprocessor asks for, those left out that hide here too, and those that every article has. */
function decidingKeys(program: string): string[] {
  const known =
    /^(?:draft|drafts|published|publish|wip|hidden|private|unlisted|date|title|tags|page|content|layout|permalink|collections|eleventy\w*|length|includes|toString)$/
  const keys = [...program.matchAll(/\bdata\??\.(\w+)|\bdata\[["'](\w+)["']\]/g)].map(
    ([, key, quoted]) => key ?? quoted ?? '',
  )
  return [...new Set(keys)].filter(key => !known.test(key))
}

async function dataFilesIn(data: string, folder: PresetFolder): Promise<{ values: Settings; own: string[] }> {
  const values: Settings = {}
  const own: string[] = []
  for (const path of (await folder.find(data, /\.(?:json|[cm]?js|ts)$/)).slice(0, mostFiles)) {
    const keys = path
      .slice(below(data, 'x').length - 1)
      .replace(/(?:\.11tydata)?\.[cm]?[jt]s(?:on)?$/, '')
      .split('/')
    const [first = '', ...rest] = keys
    if (!path.endsWith('.json')) {
      const { data: found, unknown } = readJavaScript(await folder.text(path))
      if (rest.length > 0 || unknown.length > 0 || Object.keys(found).length === 0) own.push(first)
      else values[first] = found
      continue
    }
    const parsed = readJson((await folder.text(path)) ?? '')
    if (rest.length === 0) values[first] = parsed
    else if (rest.length === 1 && rest[0] !== '__proto__')
      values[first] = { ...(values[first] as Settings | undefined), [rest[0] ?? '']: parsed }
  }
  return { values, own }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** Front matter of layouts, with that of the layouts they lie in, by every name that an article may write. */
async function layoutsIn(
  inside: string[],
  config: string,
  folder: PresetFolder,
): Promise<DataCascade['layouts']> {
  const own = new Map<string, Settings>()
  for (const place of new Set(inside))
    for (const path of (await folder.find(place, /\.(?:njk|liquid|html|hbs|ejs|webc|md|mustache)$/)).slice(
      0,
      mostFiles,
    )) {
      const name = path.slice(below(place, 'x').length - 1)
      const values = splitSettings(path, (await folder.text(path, largestPart)) ?? '')
      for (const called of [name, name.replace(/\.\w+$/, '')]) if (!own.has(called)) own.set(called, values)
    }
  for (const match of config.matchAll(/\.addLayoutAlias\(\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']/g)) {
    const values = own.get(match[2] ?? '')
    if (values) own.set(match[1] ?? '', values)
  }
  const whole = (name: string, depth: number): Settings => {
    const values = own.get(name) ?? {}
    const above = typeof values.layout === 'string' && depth < 10 ? whole(values.layout, depth + 1) : {}
    return { ...above, ...values }
  }
  const layouts: DataCascade['layouts'] = {}
  for (const name of own.keys()) {
    // A title that all articles of a layout have is that of the list, and none of theirs.
    const { layout: _, title: __, description: ___, ...values } = whole(name, 0)
    if (Object.keys(values).length > 0 && ownValue(layouts, name) === undefined && name !== '__proto__')
      layouts[name] = values
  }
  return layouts
}

/** Texts that articles take in, by name. */
export async function includedParts(includes: string, folder: PresetFolder): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const path of (await folder.find(includes, /\.(?:html|liquid|md|txt|svg)$/)).slice(0, mostFiles)) {
    const text = await folder.text(path, largestPart + 1)
    if (text === null || text.length > largestPart) continue
    const name = path.slice(below(includes, 'x').length - 1)
    texts[name] = text
    texts[name.replace(/\.\w+$/, '')] ??= text
  }
  return texts
}
