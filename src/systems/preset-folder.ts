import { parse as parseToml, TomlDate } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { PresetFolder } from '../model/preset.ts'
import { beforeFirst } from '../text/before-first.ts'
import { isHiddenName } from '../text/hidden-names.ts'

export type Settings = Record<string, unknown>

/** The first of several files that exists, with its path. */
export async function firstFile(
  folder: PresetFolder,
  ...paths: string[]
): Promise<{ path: string; text: string } | null> {
  for (const path of paths) {
    const text = await folder.text(path)
    if (text !== null) return { path, text }
  }
  return null
}

/** Characters; a site of a thousand pages in its menu has 60,000. What is made to be longer may take its reader a time beyond measure. */
export const longestSettings = 100_000

/** Why a settings file is not even looked into; null where it may be. */
export function tooLong(path: string, text: string): Diagnostic | null {
  if (text.length <= longestSettings) return null
  const length = text.length.toLocaleString('en')
  return unreadable(path, null, `it has ${length} characters, and no settings are so long`)
}

/** A settings or data file as plain data: YAML, TOML or JSON by its extension. Empty where it can't be read. */
export const readData = (path: string, text: string): Settings => parseData(path, text).data

/** The same with what is wrong with it; null where nothing is. */
export function parseData(path: string, text: string): { data: Settings; problem: Diagnostic | null } {
  const problem = tooLong(path, text)
  if (problem) return { data: {}, problem }
  try {
    const data = path.endsWith('.toml') ? parseToml(text) : readYaml(text.replace(/^\uFEFF/, ''))
    if (isTable(data)) return { data, problem: null }
    if (data === null || data === undefined) return { data: {}, problem: null }
    return { data: {}, problem: unreadable(path, null, 'it holds no table of settings') }
  } catch (error) {
    const place = error as { line?: number; linePos?: [{ line: number }] }
    const reason = beforeFirst(error instanceof Error ? error.message : String(error), '\n')
    return { data: {}, problem: unreadable(path, place.line ?? place.linePos?.[0].line ?? null, reason) }
  }
}

/** So deep do settings nest; each level deeper may take the `yaml` package twice as long. */
const deepestYaml = 40

/** JSON is YAML too, and read much sooner by itself. */
function readYaml(text: string): unknown {
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text)
    } catch {
      // It may be YAML all the same.
    }
  }
  let [open, stray] = [0, 0]
  for (const [mark] of text.matchAll(/[[\]{}]/g)) {
    if (mark === '[' || mark === '{') open++
    else if (open > 0) open--
    else stray++
    if (open > deepestYaml || stray > deepestYaml) throw new Error('its brackets do not belong together')
  }
  if (/(?:[?-][ \t]+){40}/.test(text)) throw new Error('lists are opened in each other without an end')
  return parseYaml(text, {
    schema: 'core',
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
}

const unreadable = (path: string, line: number | null, reason: string) =>
  diagnose('system-settings-invalid', { path, line }, `The settings in ${path} can't be read: ${reason}`)

/** The data of the first of several files that exists. */
export async function firstData(folder: PresetFolder, ...paths: string[]): Promise<Settings> {
  const file = await firstFile(folder, ...paths)
  return file ? readData(file.path, file.text) : {}
}

/** `name.yml`, `name.yaml`, `name.toml`, `name.json`. */
export const dataFiles = (name: string): string[] =>
  ['yml', 'yaml', 'toml', 'json'].map(extension => `${name}.${extension}`)

export const isTable = (value: unknown): value is Settings =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate)

/** A value inside nested tables, its keys compared without case. */
export function valueAt(settings: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((table, wanted) => {
    if (!isTable(table)) return undefined
    const key = Object.keys(table).find(name => name.toLowerCase() === wanted.toLowerCase())
    return key === undefined ? undefined : table[key]
  }, settings)
}

export function textAt(settings: unknown, ...keys: string[]): string | null {
  const value = valueAt(settings, ...keys)
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}

export function textsAt(settings: unknown, ...keys: string[]): string[] {
  return [valueAt(settings, ...keys) ?? []].flat().filter(value => typeof value === 'string')
}

/** A folder as settings write it, `./src/` → `src`; empty for the root. */
export const folderPath = (written: string): string =>
  written
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/')

/** A path below a folder; either may be the root. */
export const below = (folder: string, path: string): string =>
  folder === '' || path === '' ? folder + path : `${folder}/${path}`

/** Names by which people call the folder of their articles. */
const articleFolders = /^(?:blog|posts?|articles?|news|journal|writings?|essays?|weblog|notes|stories)$/i

/** The first of some names that is right in the folder. */
export async function firstName(folder: PresetFolder, wanted: readonly string[]): Promise<string | null> {
  const names = await folder.names('')
  return wanted.find(name => names.includes(name)) ?? null
}

/** Names that may be folders': a full stop is in those of files. */
export const isFolderName = (name: string): boolean => !name.includes('.') && !isHiddenName(name)

export const isArticleFolder = (name: string): boolean => articleFolders.test(name)

/** Of several folders those that are called so; all of them where none is. */
export function articleFoldersAmong(names: string[]): string[] {
  const telling = names.filter(isArticleFolder)
  return telling.length > 0 ? telling : names
}

/** Whether most articles below some folders say their day: some of them are looked into. */
export async function areDated(folder: PresetFolder, roots: string[]): Promise<boolean> {
  const paths = (await Promise.all(roots.map(root => folder.find(root, /\.mdx?$/)))).flat()
  const step = Math.max(1, Math.floor(paths.length / looksForDates))
  const looked = paths.filter((_, index) => index % step === 0)
  const texts = await Promise.all(looked.map(path => folder.text(path, longestFrontMatter)))
  const dated = texts.filter(text => text !== null && datedHead.test(text))
  return dated.length > looked.length / 2
}

const looksForDates = 40
/** Bytes in which the day of an article stands, if anywhere. */
const longestFrontMatter = 2_000
const datedHead =
  /^\uFEFF?---[^\S\n]*\n(?:(?!---)[^\n]*\n)*?["']?(?:date|pub\w*|created\w*)["']?[^\S\n]*:[^\S\n]*["']?\d{4}/i
