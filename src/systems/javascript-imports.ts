import type { PresetFolder } from '../model/preset.ts'
import { folderOf, normalisePath } from '../text/urls.ts'
import { readJavaScript } from './javascript-settings.ts'
import { longestSettings, readData, type Settings } from './preset-folder.ts'

/** What a file says that another one imports. */
export interface JavaScriptModule {
  /** What it exports as a whole: its default, or `module.exports`. */
  whole: unknown
  /** What it exports by names. */
  named: Settings
}

/** By the names that the importing file calls them: `./site.js`. */
export type JavaScriptModules = ReadonlyMap<string, JavaScriptModule>

/** So many files are followed from one, and so far. */
const mostModules = 20
const farthest = 3

/** How a file without an ending is looked for. */
const endings = ['', '.js', '.ts', '.mjs', '.cjs', '.mts', '.json', '/index.js', '/index.ts']

/** The files of the same folder that a program imports, read as far as their text says what they are. */
export async function modulesOf(
  file: { path: string; text: string },
  folder: PresetFolder,
  depth = 0,
): Promise<JavaScriptModules> {
  const modules = new Map<string, JavaScriptModule>()
  if (depth >= farthest) return modules
  const imports = /\b(?:require\(\s*|from\s*)(["'])(\.{1,2}\/[^"'\n]{1,300})\1/g
  for (const [, , name = ''] of file.text.matchAll(imports)) {
    if (modules.has(name) || modules.size >= mostModules) continue
    const module = await moduleAt(normalisePath(`${folderOf(file.path)}/${name}`), folder, depth)
    if (module) modules.set(name, module)
  }
  return modules
}

async function moduleAt(
  place: string | null,
  folder: PresetFolder,
  depth: number,
): Promise<JavaScriptModule | null> {
  if (place === null) return null
  for (const ending of endings) {
    const path = place + ending
    const text = /\.(?:[mc]?[jt]s|json)$/.test(path) ? await folder.text(path) : null
    if (text === null || text.length > longestSettings) continue
    if (path.endsWith('.json')) return { whole: readData(path, text), named: {} }
    const { data, constants, isTable } = readJavaScript(
      text,
      await modulesOf({ path, text }, folder, depth + 1),
    )
    return { whole: isTable ? data : constants, named: { ...data, ...constants } }
  }
  return null
}

/** `import site, { dir as folders } from './site.js'` and `const { dir } = require('./site')`: names, and what they stand for. */
export function importedConstants(text: string, modules: JavaScriptModules): Map<string, unknown> {
  const constants = new Map<string, unknown>()
  if (modules.size === 0) return constants
  const statement = /\bimport\s+([^;"'()]{1,500}?)\s*\bfrom\s*(["'])([^"'\n]{1,300})\2/g
  for (const [, names = '', , path = ''] of text.matchAll(statement)) {
    const module = modules.get(path)
    if (!module) continue
    const whole = /^(?:\*\s*as\s+)?([\w$]+)/.exec(names.replace(/^type\s+/, ''))?.[1]
    if (whole) constants.set(whole, names.startsWith('*') ? module.named : module.whole)
    setNamed(/\{([^}]*)\}/.exec(names)?.[1] ?? '', module.named, constants)
  }
  const required = /\b(?:const|let|var)\s*\{([^{}]{1,500})\}\s*=\s*require\(\s*(["'])([^"'\n]{1,300})\2\s*\)/g
  for (const [, names = '', , path = ''] of text.matchAll(required)) {
    const module = modules.get(path)
    if (module) setNamed(names, module.named, constants)
  }
  return constants
}

/** `a, b as c` or `a, b: c` */
function setNamed(list: string, named: Settings, constants: Map<string, unknown>): void {
  for (const entry of list.split(',')) {
    const [, from = '', as = from] =
      /^\s*(?:type\s+)?([\w$]+)(?:\s*(?::|\bas\b)\s*([\w$]+))?\s*$/.exec(entry) ?? []
    if (from !== '' && Object.hasOwn(named, from)) constants.set(as, named[from])
  }
}
