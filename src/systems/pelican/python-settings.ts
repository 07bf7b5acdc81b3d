import { ownValue } from '../../text/own-value.ts'
/** What takes more than reading to know. */
export const computed: unique symbol = Symbol('computed')

export interface PythonSettings {
  /** By name; `computed` where the value hangs on something that would have to be run. */
  values: Record<string, unknown>
  /** Those that are given within a condition, too, with what they are then; or are changed in a way that would have to be run. */
  conditional: Map<string, unknown[]>
}

/**
 * The settings of a Python file, as far as they are written out: texts, numbers, True, False, None, lists, tuples, dicts, names of
 * others, and sums of these. Nothing is run. What is given within a condition is `computed`.
 * @param before what was given in a file that this one takes in
 */
export function readPythonSettings(source: string, before: Record<string, unknown> = {}): PythonSettings {
  const settings: PythonSettings = { values: { ...before }, conditional: new Map() }
  const lines = source.replace(/\r\n?/g, '\n')
  const assignment =
    /^([ \t]*)([A-Za-z_]\w*)[ \t]*(?::[ \t]*[\w.[\], |]{1,80}(?==))?(?:(\[[^\]\n]*\])?[ \t]*([+|]?=)(?!=)|\.(append|extend|update|insert|remove|pop|clear|setdefault)\()[ \t]*/gm
  for (let match = assignment.exec(lines); match; match = assignment.exec(lines)) {
    const [whole, indent = '', name = '', key, operator, method] = match
    if (/^__/.test(name)) continue
    const start =
      match.index + whole.length - (method === undefined ? 0 : (/\([ \t]*$/.exec(whole)?.[0].length ?? 0))
    const reader = new LiteralReader(lines, start, settings.values)
    const value = reader.expression()
    if (indent !== '') {
      const entry =
        key === undefined ? undefined : new LiteralReader(key.slice(1, -1), 0, settings.values).expression()
      const given = typeof entry === 'string' ? { [entry]: value } : value
      settings.conditional.set(name, [...(settings.conditional.get(name) ?? []), given])
      continue
    }
    assignment.lastIndex = Math.max(assignment.lastIndex, reader.end())
    const before = settings.values[name]
    if (method !== undefined) settings.values[name] = changed(before, method, value)
    else if (key !== undefined) setEntry(settings.values, name, key, value, settings.values)
    else settings.values[name] = operator === '=' ? value : sum(before, value)
  }
  return settings
}

function setEntry(
  values: Record<string, unknown>,
  name: string,
  key: string,
  value: unknown,
  scope: Record<string, unknown>,
): void {
  const table = values[name]
  const entry = new LiteralReader(key.slice(1, -1), 0, scope).expression()
  if (isDict(table) && typeof entry === 'string' && entry !== '__proto__')
    values[name] = { ...table, [entry]: value }
  else values[name] = computed
}

export const isDict = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What a list or a dict is behind `x.append(…)` and its like. */
function changed(before: unknown, method: string, value: unknown): unknown {
  if (method === 'append' && Array.isArray(before)) return [...before, value]
  if (method === 'extend' || method === 'update') return sum(before, value)
  return computed
}

function sum(one: unknown, other: unknown): unknown {
  if (isDict(one) && isDict(other)) return { ...one, ...other }
  if (typeof one === 'string' && typeof other === 'string') return one + other
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other]
  return typeof one === 'number' && typeof other === 'number' ? one + other : computed
}

const text =
  /(?:[rRbBuUfF]{0,2})(?:"""((?:[^\\]|\\[\s\S])*?)"""|'''((?:[^\\]|\\[\s\S])*?)'''|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)')/y
/** Lists in lists: nobody's settings go deeper, and a stack has its end. */
const deepest = 40

class LiteralReader {
  private readonly source: string
  private at: number
  private readonly scope: Record<string, unknown>

  constructor(source: string, at: number, scope: Record<string, unknown>) {
    this.source = source
    this.at = at
    this.scope = scope
  }

  end(): number {
    return this.at
  }

  /** A value up to the line's end; `computed` where anything else stands there. */
  expression(): unknown {
    const value = this.total(0)
    this.skipSpaces(false)
    return this.at >= this.source.length || /[\n#;]/.test(this.source.charAt(this.at)) ? value : computed
  }

  private total(depth: number): unknown {
    let value = this.value(depth)
    for (;;) {
      this.skipSpaces(depth > 0)
      if (this.source[this.at] !== '+') return value
      this.at++
      value = sum(value, this.value(depth))
    }
  }

  private value(depth: number): unknown {
    this.skipSpaces(depth > 0)
    const character = this.source[this.at]
    if (depth > deepest) return computed
    if (character === '[') return this.list(']', depth)
    if (character === '(') return this.parentheses(depth)
    if (character === '{') return this.dict(depth)
    const written = this.text(depth > 0)
    if (written !== undefined) return written
    const [word = ''] = this.match(/[\w.]+/y) ?? []
    this.at += word.length
    if (/^-?\d+(?:\.\d+)?$/.test(word)) return Number(word)
    if (word === 'True' || word === 'False') return word === 'True'
    if (word === 'None') return null
    return word !== '' && Object.hasOwn(this.scope, word) ? this.scope[word] : computed
  }

  /** Texts that follow one another are one. */
  private text(lines: boolean): string | typeof computed | undefined {
    let whole: string | typeof computed | undefined
    for (let match = this.match(text); match; match = this.match(text)) {
      const prefix = match[0].replace(/[^a-z].*$/is, '').toLowerCase()
      const inner = match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''
      this.at += match[0].length
      const value =
        prefix.includes('f') && inner.includes('{')
          ? computed
          : prefix.includes('r')
            ? inner
            : unescaped(inner)
      whole = whole === computed || value === computed ? computed : (whole ?? '') + value
      this.skipSpaces(lines)
    }
    return whole
  }

  private list(end: string, depth: number): unknown {
    this.at++
    const values: unknown[] = []
    for (;;) {
      this.skipSpaces(true)
      if (this.source[this.at] === end) {
        this.at++
        return values
      }
      if (this.at >= this.source.length) return computed
      const start = this.at
      values.push(this.total(depth + 1))
      this.skipSpaces(true)
      if (this.source[this.at] === ',') this.at++
      else if (this.source[this.at] !== end && this.at >= start) return computed
    }
  }

  /** A tuple, or one value. */
  private parentheses(depth: number): unknown {
    const start = this.at
    const values = this.list(')', depth)
    if (!Array.isArray(values)) return computed
    const hasComma = /,\s*\)$/.test(this.source.slice(start, this.at))
    return values.length === 1 && !hasComma ? values[0] : values
  }

  private dict(depth: number): unknown {
    this.at++
    const entries: [string, unknown][] = []
    for (;;) {
      this.skipSpaces(true)
      if (this.source[this.at] === '}') {
        this.at++
        return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))
      }
      if (this.at >= this.source.length) return computed
      const key = this.total(depth + 1)
      this.skipSpaces(true)
      if (this.source[this.at] !== ':') return computed
      this.at++
      const value = this.total(depth + 1)
      if (typeof key === 'string' || typeof key === 'number') entries.push([String(key), value])
      this.skipSpaces(true)
      if (this.source[this.at] === ',') this.at++
      else if (this.source[this.at] !== '}') return computed
    }
  }

  private skipSpaces(lines: boolean): void {
    const space = lines ? /(?:[ \t\n\\]|#[^\n]*)+/y : /[ \t]+/y
    const [skipped = ''] = this.match(space) ?? []
    this.at += skipped.length
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    return pattern.exec(this.source)
  }
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\n': '' }

/** A backslash before anything that it does not change stays, as in Python. */
function unescaped(inner: string): string {
  return inner.replace(
    /\\([\s\S])/g,
    (whole, character: string) =>
      ownValue(escapes, character) ?? (/["'\\]/.test(character) ? character : whole),
  )
}
