import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { isTimeZone } from '../text/dates.ts'
import { canonicalLanguage } from '../text/language.ts'
import { isTable, type Settings, valueAt } from './preset-folder.ts'

/** What a setting is: one text, the tag of a language, a time zone, one or several texts, yes or no, a table, a list of whatever, or anything. */
export type SettingKind = 'text' | 'language' | 'timezone' | 'texts' | 'flag' | 'table' | 'list' | 'any'

/** The settings of a system that are read, by name; dots go into tables. */
export type KnownSettings = Record<string, SettingKind>

/** A settings file, for the places that findings point at. */
export interface SettingsFile {
  path: string
  text: string
}

const expected: Record<SettingKind, string> = {
  text: 'a text',
  language: 'a language tag (BCP 47), like "en" or "pt-BR"',
  timezone: 'an IANA time zone, like "Europe/Paris"',
  texts: 'a text or a list of texts',
  flag: 'true or false',
  table: 'a table',
  list: 'a list',
  any: 'anything',
}

/**
 * The settings of another system, read by name and kind. A value of another kind counts as not given, and is told once,
 * with its place; Broadsheet then goes by the system's default.
 */
export class SystemSettings<Known extends KnownSettings> {
  readonly findings: Diagnostic[] = []
  readonly data: Settings
  private readonly known: Known
  private readonly files: SettingsFile[]
  private readonly programs: readonly string[]

  /** @param programs names of settings whose values only a program knows */
  constructor(known: Known, data: Settings, files: SettingsFile[], programs: readonly string[] = []) {
    this.known = known
    this.data = data
    this.files = files
    this.programs = programs
  }

  text(name: keyof Known & string): string | null {
    const value = this.value(name)
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || !isOfKind(text.trim(), this.known[name])) return this.refuse(name, value)
    return text.trim() || null
  }

  texts(name: keyof Known & string): string[] {
    const value = this.value(name)
    const list = [value ?? []].flat()
    const texts = list.flatMap(entry =>
      typeof entry === 'string' || typeof entry === 'number' ? String(entry) : [],
    )
    if (texts.length < list.length) this.refuse(name, value)
    return texts
  }

  flag(name: keyof Known & string): boolean | null {
    const value = this.value(name)
    return typeof value === 'boolean' ? value : this.refuse(name, value)
  }

  table(name: keyof Known & string): Settings {
    const value = this.value(name)
    return isTable(value) ? value : (this.refuse(name, value) ?? {})
  }

  list(name: keyof Known & string): unknown[] {
    const value = this.value(name)
    return Array.isArray(value) ? value : (this.refuse(name, value) ?? [])
  }

  /** Whatever it is; undefined where it is not given. */
  value(name: keyof Known & string): unknown {
    if (this.programs.includes(name)) this.tellProgram(name)
    return valueAt(this.data, ...name.split('.'))
  }

  private tellProgram(name: string): void {
    const key = name.slice(name.lastIndexOf('.') + 1)
    const begin = [`"${name}" is worked out`, `"${key}" is worked out`]
    if (this.findings.some(({ message }) => begin.some(words => message.startsWith(words)))) return
    this.tell(
      'system-setting-unknown',
      name,
      `"${name}" is worked out by a program, which is not run: it was read as if it were not there.`,
      'Write it as a plain value, or say in broadsheet.toml what it decides: the address, the title, the language.',
    )
  }

  /** Something about a setting that people should know, at its place. */
  tell(
    code: 'system-setting-type' | 'system-setting-unknown',
    name: string,
    message: string,
    hint?: string,
  ): null {
    const place = this.place(name)
    if (place) this.findings.push(diagnose(code, place, message, hint))
    return null
  }

  private refuse(name: keyof Known & string, value: unknown): null {
    if (value === undefined || value === null) return null
    if (this.findings.some(({ message }) => message.startsWith(`"${name}" `))) return null
    const shown = shorten(JSON.stringify(value) ?? typeof value)
    return this.tell(
      'system-setting-type',
      name,
      `"${name}" should be ${expected[this.known[name] ?? 'any']}; found ${shown}. It was read as if it were not there.`,
    )
  }

  /** Where the setting is written: the first line that names its last part. Null where no file is known. */
  private place(name: string): { path: string; line: number | null } | null {
    const key = escapeForPattern(name.slice(name.lastIndexOf('.') + 1))
    const line = new RegExp(`^\\s*(?:[-[]+\\s*)?(?:[\\w.-]+\\.)?["']?${key}["']?\\s*[:=\\]]`, 'i')
    for (const { path, text } of this.files) {
      const at = text.split('\n').findIndex(written => line.test(written))
      if (at !== -1) return { path, line: at + 1 }
    }
    return this.files[0] ? { path: this.files[0].path, line: null } : null
  }
}

function isOfKind(text: string, kind: SettingKind | undefined): boolean {
  if (kind === 'language') return text === '' || canonicalLanguage(text) !== null
  return kind !== 'timezone' || text === '' || isTimeZone(text)
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
