import { diagnose } from '../model/diagnostic.ts'
import type { PresetFolder } from '../model/preset.ts'
import { readJavaScript } from './javascript-settings.ts'
import { firstFile, tooLong } from './preset-folder.ts'
import { type KnownSettings, SystemSettings } from './system-settings.ts'

/** Settings that are a program, as far as its text says what they are. */
export interface JavaScriptConfig<Known extends KnownSettings> {
  settings: SystemSettings<Known>
  /** The program's text; empty where there is none. */
  text: string
  /** Says once that a setting is known to the program alone, and what may be written in its place. */
  tellUnknown(name: string, what: string, hint: string): void
}

/** @param files names that the settings may have, the first that exists counting */
export async function javaScriptConfig<Known extends KnownSettings>(
  folder: PresetFolder,
  files: string[],
  known: Known,
): Promise<JavaScriptConfig<Known>> {
  const file = await firstFile(folder, ...files)
  const problem = file && tooLong(file.path, file.text)
  const { data, unknown } = readJavaScript(problem ? null : (file?.text ?? null))
  const settings = new SystemSettings(known, data, file ? [file] : [])
  if (problem) settings.findings.push(problem)
  return {
    settings,
    text: file?.text ?? '',
    tellUnknown(name, what, hint) {
      if (!unknown.includes(name) || !file) return
      const key = name.slice(name.lastIndexOf('.') + 1)
      const line = file.text.split('\n').findIndex(written => written.includes(key))
      const place = { path: file.path, line: line === -1 ? null : line + 1 }
      const message = `"${key}" is worked out by a program, which is not run: ${what}.`
      settings.findings.push(diagnose('system-setting-unknown', place, message, hint))
    },
  }
}
