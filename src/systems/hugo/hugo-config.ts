import type { Diagnostic } from '../../model/diagnostic.ts'
import type { PresetFolder } from '../../model/preset.ts'
import { dataFiles, isTable, parseData, type Settings } from '../preset-folder.ts'
import type { SettingsFile } from '../system-settings.ts'

export const hugoNamedFiles = dataFiles('hugo')
export const plainNamedFiles = dataFiles('config')
export const defaultsFolder = 'config/_default'
/** What `hugo` builds without further words is for production. https://gohugo.io/configuration/introduction/#configuration-directory */
const productionFolder = 'config/production'

export interface HugoConfig {
  data: Settings
  files: SettingsFile[]
  problems: Diagnostic[]
}

/** One file at the root, over it `config/_default/` and `config/production/`: `languages.en.toml` there holds what `[languages.en]` would. */
export async function readHugoConfig(folder: PresetFolder): Promise<HugoConfig> {
  const config: HugoConfig = { data: {}, files: [], problems: [] }
  for (const path of [...hugoNamedFiles, ...plainNamedFiles]) {
    const text = await folder.text(path)
    if (text === null) continue
    add(config, path, text, data => data)
    break
  }
  for (const inside of [defaultsFolder, productionFolder])
    for (const file of await folder.names(inside)) {
      const [, name = '', part] = /^(\w+)(?:\.([\w-]+))?\.(?:toml|ya?ml|json)$/.exec(file) ?? []
      const path = `${inside}/${file}`
      const text = name === '' ? null : await folder.text(path)
      if (text !== null)
        add(config, path, text, data => {
          if (name === 'hugo' || name === 'config') return data
          // `[[cascade]]` in `cascade.toml` is meant for the cascade, too.
          const given = Object.keys(data).length === 1 && Object.hasOwn(data, name) ? data[name] : data
          return { [name]: part === undefined ? given : { [part]: data } }
        })
    }
  return config
}

function add(config: HugoConfig, path: string, text: string, place: (data: Settings) => Settings): void {
  const { data, problem } = parseData(path, text)
  config.data = merged(config.data, place(data))
  config.files.push({ path, text })
  if (problem) config.problems.push(problem)
}

/** Tables are put together, everything else is replaced. Keys are compared without case, as Hugo does. */
function merged(under: Settings, over: Settings): Settings {
  const all: Settings = { ...under }
  const names = new Map(
    Object.keys(all)
      .toReversed()
      .map(name => [name.toLowerCase(), name]),
  )
  for (const [key, value] of Object.entries(over)) {
    const known = names.get(key.toLowerCase()) ?? key
    names.set(key.toLowerCase(), known)
    const before = Object.hasOwn(all, known) ? all[known] : undefined
    Object.defineProperty(all, known, {
      value: isTable(before) && isTable(value) ? merged(before, value) : value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return all
}
