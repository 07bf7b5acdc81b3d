import { captures } from '../text/captures.ts'
import { importedConstants, type JavaScriptModules } from './javascript-imports.ts'
import type { Settings } from './preset-folder.ts'

/** What a program's text says in plain values. */
export interface JavaScriptReading {
  data: Settings
  /** Names, with dots into tables, whose values only the program knows. */
  unknown: string[]
  /** How those are written, by name. */
  programs: Record<string, string>
  /** Whether there is anything that the file gives: an object that it exports or returns. */
  isTable: boolean
  /** Its constants of plain values, by name. */
  constants: Settings
}

/** A value that only the program knows. */
class Program {
  readonly written: string

  constructor(written: string) {
    this.written = written
  }
}

const unknown = new Program('')

/** So often, on average, is each character read as a part of some value. */
const mostReadings = 8

/** So deep do settings nest; what nests deeper is not settings. */
const maxDepth = 24

/**
 * The settings in a file of JavaScript or TypeScript, which is looked at and never run: the object that it exports or
 * returns, with its texts, numbers, yes and no, lists and tables; names of constants are followed, and tables into their parts.
 * @param modules what the files that this one imports say, by the names that it calls them
 */
export function readJavaScript(
  source: string | null,
  modules: JavaScriptModules = new Map(),
): JavaScriptReading {
  if (source === null) return { data: {}, unknown: [], programs: {}, isTable: false, constants: {} }
  const text = withoutComments(source)
  const constants = importedConstants(text, modules)
  // Values stand in values; a text that is made of nothing but their beginnings is read a few times, and no more.
  let left = mostReadings * text.length
  const valueAt = (at: number): unknown => {
    if (left < 0) return unknown
    const reader = new ValueReader(text, at, constants, modules)
    const value = reader.read()
    left -= reader.end() - at
    return value
  }
  const declaration =
    /(?:^|[\n;{}])[^\S\n]*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]{0,500})?=(?!=)\s*/g
  for (const match of text.matchAll(declaration)) {
    const [name] = captures(match, 1)
    const value = valueAt(match.index + match[0].length)
    if (!constants.has(name)) constants.set(name, value)
  }
  const exported = [
    ...text.matchAll(/\bexport\s+default\s+(?:async\s+)?(?!function\b)/g),
    ...text.matchAll(/\bmodule\.exports\s*=\s*(?:async\s+)?(?!function\b)/g),
    ...text.matchAll(/\breturn\s+(?=\{)/g),
    ...text.matchAll(/=>\s*\(\s*(?=\{)/g),
    ...text.matchAll(/\breturn\s+(?=[\w$.]+\s*[;}\n])/g),
  ]
  const tables = exported.map(match => valueAt(match.index + match[0].length)).filter(isTable)
  // `export const config = {…}` stands beside what Eleventy's function does.
  if (isTable(constants.get('config')) && !tables.includes(constants.get('config') as Settings))
    tables.push(constants.get('config') as Settings)
  const programs: Record<string, string> = {}
  const data = Object.assign({}, ...tables.toReversed().map(table => plain(table, '', programs)))
  return {
    data,
    unknown: Object.keys(programs),
    programs,
    isTable: tables.length > 0,
    constants: plain(Object.fromEntries(constants), '', {}) as Settings,
  }
}

const isTable = (value: unknown): value is Settings =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Program)

/** Without what nobody knows, which is noted. */
function plain(value: unknown, path: string, programs: Record<string, string>): unknown {
  if (value instanceof Program) {
    programs[path] = value.written
    return undefined
  }
  const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`)
  if (Array.isArray(value)) return value.map((entry, index) => plain(entry, below(index), programs))
  if (!isTable(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]) => [key, plain(entry, below(key), programs)] as const)
      .filter(([, entry]) => entry !== undefined),
  )
}

/** Comments become blanks; what looks like one in a text stays. */
function withoutComments(source: string): string {
  return source.replace(
    /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?|\/\*[\s\S]*?(?:\*\/|$)|(?<![:\\])\/\/[^\n]*/g,
    found => (/^\/[/*]/.test(found) ? found.replace(/[^\n]/g, ' ') : found),
  )
}

/** Calls that give back what they are given, for an editor's sake. */
const passing = /^(?:define\w*Config|define\w+|with[A-Z]\w*|config)$/

class ValueReader {
  private readonly text: string
  private at: number
  private readonly constants: ReadonlyMap<string, unknown>
  private readonly modules: JavaScriptModules

  constructor(text: string, at: number, constants: ReadonlyMap<string, unknown>, modules: JavaScriptModules) {
    this.text = text
    this.at = at
    this.constants = constants
    this.modules = modules
  }

  /** Past what was read. */
  end(): number {
    return this.at
  }

  read(depth = 0): unknown {
    const start = this.at
    if (depth > maxDepth) return this.skip(start)
    const value = this.primary(depth)
    // Types are no part of a value.
    while (this.take(/\s*(?:as|satisfies)\s+[\w$.<>[\]|&]+/y)) {}
    if (!(value instanceof Program) && this.atEnd()) return value
    // From its beginning: brackets that were gone into have to be come out of.
    this.at = start
    return this.skip(start)
  }

  private primary(depth: number): unknown {
    this.take(/\s*/y)
    const quoted = this.take(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y)
    if (quoted !== null) return textIn(quoted)
    const number = this.take(/-?\d[\d_]*(?:\.\d+)?/y)
    if (number !== null) return Number(number.replaceAll('_', ''))
    if (this.take(/\{/y)) return this.table(depth)
    if (this.take(/\[/y)) return this.list(depth)
    if (this.take(/\(/y)) return this.passed(depth)
    const name = this.take(/[A-Za-z_$][\w$]*/y)
    if (name === null) return unknown
    if (name === 'true' || name === 'false') return name === 'true'
    if (name === 'null' || name === 'undefined') return null
    const required = name === 'require' && this.take(/\s*\(\s*(?:"[^"\\\n]*"|'[^'\\\n]*')\s*\)/y)
    if (required) return this.partOf(this.modules.get(required.replace(/^[^"']*.|.[^"']*$/g, ''))?.whole)
    if (this.take(/\s*(?:<[^()]{0,200}?>)?\(/y)) return passing.test(name) ? this.passed(depth) : unknown
    return this.partOf(this.constants.has(name) ? this.constants.get(name) : unknown)
  }

  /** `.dir.input` behind a name: what its table holds there. */
  private partOf(value: unknown): unknown {
    const part = this.take(/\s*\??\.\s*[A-Za-z_$][\w$]*(?![\w$]|\s*\()/y)
    if (part === null) return value === undefined ? unknown : value
    const key = part.replace(/^[\s?.]+/, '')
    return this.partOf(isTable(value) && Object.hasOwn(value, key) ? value[key] : unknown)
  }

  /** What a call or a pair of parentheses holds first. */
  private passed(depth: number): unknown {
    const value = this.read(depth + 1)
    if (this.take(/\s*,?\s*\)/y)) return value
    return unknown
  }

  private list(depth: number): unknown {
    const values: unknown[] = []
    for (;;) {
      if (this.take(/[\s,]*\]/y) || this.at >= this.text.length) return values
      this.take(/[\s,]*/y)
      const before = this.at
      values.push(this.read(depth + 1))
      // A bracket that closes nothing is nothing.
      if (this.at === before) this.at++
    }
  }

  private table(depth: number): unknown {
    const table: Settings = {}
    for (;;) {
      if (this.take(/[\s,;]*\}/y) || this.at >= this.text.length) return table
      this.take(/[\s,;]*/y)
      const before = this.at
      const spread = this.take(/\.\.\./y)
      if (spread) {
        const value = this.read(depth + 1)
        if (isTable(value)) Object.assign(table, value)
        continue
      }
      const key = this.take(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w$-]+/y)
      const name = key === null ? null : /^["']/.test(key) ? textIn(key) : key
      if (name !== null && this.take(/\s*:/y)) table[name] = this.read(depth + 1)
      else if (name !== null && this.peek(/\s*[,}]/y)) table[name] = this.constants.get(name) ?? unknown
      else {
        // A method, a computed name, or nothing that is understood.
        const program = this.skip(before)
        if (name !== null) table[name] = program
      }
      if (this.at === before) this.at++
    }
  }

  /** Past an expression, whatever it is. */
  private skip(start: number): Program {
    const open: string[] = []
    // What is never closed goes to where it would have to be.
    const piece = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?|[\s\S]/y
    while (this.at < this.text.length) {
      if (open.length === 0 && /[,;)\]}]/.test(this.text.charAt(this.at))) break
      const found = this.take(piece) ?? ''
      if (/^[([{]$/.test(found)) open.push(found)
      else if (/^[)\]}]$/.test(found)) open.pop()
    }
    return new Program(this.text.slice(start, this.at).trim())
  }

  private atEnd(): boolean {
    return this.at >= this.text.length || this.peek(/\s*(?:[,;)\]}]|$)|[^\S\n]*\n/y)
  }

  private peek(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    return pattern.test(this.text)
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? null
    if (found !== null) this.at += found.length
    return found === '' ? null : found
  }
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

const textIn = (quoted: string) =>
  quoted.slice(1, -1).replace(/\\([\s\S])/g, (_, character: string) => escapes[character] ?? character)
