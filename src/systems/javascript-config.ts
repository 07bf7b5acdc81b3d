import { diagnose } from '../model/diagnostic.ts'
import type { PresetFolder } from '../model/preset.ts'
import { modulesOf } from './javascript-imports.ts'
import { readJavaScript } from './javascript-settings.ts'
import { firstFile, tooLong } from './preset-folder.ts'
import { type KnownSettings, SystemSettings } from './system-settings.ts'

/** Settings that are a program, as far as its text says what they are. */
export interface JavaScriptConfig<Known extends KnownSettings> {
  settings: SystemSettings<Known>
  /** Where the program is, and its text; empty where there is none. */
  path: string
  text: string
  /** Says once that a setting is known to the program alone, and what may be written in its place. */
  tellUnknown(name: string, what: string, hint: string): void
  /** Where a setting that decides what is hidden is known to the program alone, nothing is published, and why is said. */
  mustKnow(names: RegExp): void
}

/** @param files names that the settings may have, the first that exists counting */
export async function javaScriptConfig<Known extends KnownSettings>(
  folder: PresetFolder,
  files: string[],
  known: Known,
): Promise<JavaScriptConfig<Known>> {
  const file = await firstFile(folder, ...files)
  const problem = file && tooLong(file.path, file.text)
  const source = file && !problem ? file : null
  const { data, unknown } = readJavaScript(
    source?.text ?? null,
    source ? await modulesOf(source, folder) : undefined,
  )
  const settings = new SystemSettings(known, data, file ? [file] : [], unknown)
  const lineOf = (name: string) => {
    const key = name.slice(name.lastIndexOf('.') + 1)
    const line = (file?.text ?? '').split('\n').findIndex(written => written.includes(key))
    return { key, line: line === -1 ? null : line + 1 }
  }
  if (problem) settings.findings.push(problem)
  return {
    settings,
    path: file?.path ?? '',
    text: file?.text ?? '',
    tellUnknown(name, what, hint) {
      if (!unknown.includes(name) || !file) return
      const { key, line } = lineOf(name)
      const message = `"${key}" is worked out by a program, which is not run: ${what}.`
      settings.findings.push(diagnose('system-setting-unknown', { path: file.path, line }, message, hint))
    },
    mustKnow(names) {
      const name = unknown.find(name => names.test(name))
      if (name === undefined || !file) return
      const message = `"${name}" is worked out by a program, which is not run: nobody knows which files are the site's.`
      const place = { path: file.path, line: lineOf(name).line }
      const hint = `Write "${name}" as a plain text into ${file.path}, or read the folder as plain files: --preset none.`
      settings.findings.push(diagnose('system-settings-invalid', place, message, hint))
    },
  }
}
