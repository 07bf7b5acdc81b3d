import { parse as parseToml, TomlDate } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { PresetFolder } from '../model/preset.ts'
import { beforeFirst } from '../text/before-first.ts'

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

/** A settings or data file as plain data: YAML, TOML or JSON by its extension. Empty where it can't be read. */
export const readData = (path: string, text: string): Settings => parseData(path, text).data

/** The same with what is wrong with it; null where nothing is. */
export function parseData(path: string, text: string): { data: Settings; problem: Diagnostic | null } {
  try {
    const data: unknown = path.endsWith('.toml')
      ? parseToml(text)
      : parseYaml(text.replace(/^\uFEFF/, ''), {
          schema: 'core',
          uniqueKeys: false,
          strict: false,
          logLevel: 'silent',
        })
    if (isTable(data)) return { data, problem: null }
    if (data === null || data === undefined) return { data: {}, problem: null }
    return { data: {}, problem: unreadable(path, null, 'it holds no table of settings') }
  } catch (error) {
    const place = error as { line?: number; linePos?: [{ line: number }] }
    const reason = beforeFirst(error instanceof Error ? error.message : String(error), '\n')
    return { data: {}, problem: unreadable(path, place.line ?? place.linePos?.[0].line ?? null, reason) }
  }
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

/** Of several folders those that are called so; all of them where none is. */
export function articleFoldersAmong(names: string[]): string[] {
  const telling = names.filter(name => articleFolders.test(name))
  return telling.length > 0 ? telling : names
}
