import type { PresetFolder } from '../../model/preset.ts'
import { normalisePath } from '../../text/urls.ts'
import { folderPath, isTable, readData, textAt, valueAt } from '../preset-folder.ts'

/** How the site's own package.json calls Eleventy: what stands there counts more than the settings. */
export interface EleventyCall {
  /** Where the settings are; null where no place is named. */
  config: string | null
  input: string | null
  output: string | null
  pathPrefix: string | null
  /** Paths that lead out of the folder, or from the root of the machine: where they lie in it nobody knows. */
  outside: { option: string; written: string }[]
}

const program = /^(?:\S*\/)?(?:@11ty\/)?eleventy(?:@\S*|\/cmd\.c?js)?$/

/** `npx @11ty/eleventy --config=build/eleventy.js --input src`. https://www.11ty.dev/docs/usage/ */
export async function eleventyCall(folder: PresetFolder): Promise<EleventyCall | null> {
  const written = await folder.text('package.json')
  const scripts = written === null ? null : valueAt(readData('package.json', written), 'scripts')
  if (!isTable(scripts)) return null
  // What is put on the site counts more than what is looked at while writing.
  const names = Object.keys(scripts).filter(name => textAt(scripts, name)?.includes('eleventy'))
  const ranked = [...names.filter(name => /^build/.test(name)), ...names.filter(name => !/^build/.test(name))]
  const calls = ranked.flatMap(name => callsIn(textAt(scripts, name) ?? ''))
  return calls.find(({ config }) => config !== null) ?? calls[0] ?? null
}

const isAbsolute = /^(?:[/\\~]|[A-Za-z]:)/

const callsIn = (script: string): EleventyCall[] =>
  script.split(/&&|[;|&]/).flatMap(command => {
    const words = command.split(/[\s"'`]+/).filter(word => word !== '')
    const at = words.findIndex(word => program.test(word))
    if (at === -1) return []
    const options = words.slice(at + 1)
    const option = (name: string) => {
      const index = options.findIndex(word => word === name || word.startsWith(`${name}=`))
      const word = options[index]
      const value = word === name ? options[index + 1] : word?.slice(name.length + 1)
      return value === undefined || /^-|[$%]/.test(value) ? null : value
    }
    const outside: EleventyCall['outside'] = []
    const path = (name: string) => {
      const value = option(name)
      if (value === null) return null
      const inside = isAbsolute.test(value) ? null : normalisePath(value)
      if (inside === null) outside.push({ option: name, written: value })
      return inside === null ? null : folderPath(inside)
    }
    return [
      {
        config: path('--config'),
        input: path('--input'),
        output: path('--output'),
        pathPrefix: option('--pathprefix'),
        outside,
      },
    ]
  })
