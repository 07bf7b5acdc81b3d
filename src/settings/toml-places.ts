import { parse } from 'smol-toml'

/** 1-based; columns count UTF-16 code units, as editors do. */
export interface TomlPlace {
  line: number
  column: number
}

export type TomlPath = readonly (string | number)[]

/** Where every key and every value of a document stands. */
export interface TomlPlaces {
  /** The key's own place, else that of the nearest table around it, else null. */
  key(path: TomlPath): TomlPlace | null
  /** The value's place, with the same fallback. */
  value(path: TomlPath): TomlPlace | null
}

/**
 * Finds the places that `smol-toml` does not report.
 * @param text a document that `smol-toml` has parsed without complaint: what is not TOML is not looked for here
 */
export function tomlPlaces(text: string): TomlPlaces {
  const scanner = new TomlScanner(text)
  scanner.document()
  const find = (offsets: Map<string, number>, path: TomlPath) => {
    for (let length = path.length; length > 0; length--) {
      const offset = offsets.get(pathKey(path.slice(0, length)))
      if (offset !== undefined) return placeAt(text, offset)
    }
    return null
  }
  return { key: path => find(scanner.keys, path), value: path => find(scanner.values, path) }
}

/**
 * What a line says a second time, and where it was said first; null where it says nothing twice. TOML forbids it, and `smol-toml` names neither.
 * @param text a document that is TOML above the line
 * @param line 1-based
 */
export function saidTwice(text: string, line: number): { key: string; first: TomlPlace } | null {
  const rows = text.split('\n')
  const above = rows.slice(0, line - 1).join('\n')
  const scanner = new TomlScanner(above)
  const table = scanner.document()
  const again = new TomlScanner(rows[line - 1] ?? '')
  again.opening(table)
  const twice = [...again.keys.keys()].filter(path => scanner.keys.has(path)).at(-1)
  if (twice === undefined) return null
  const names = (JSON.parse(twice) as TomlPath).filter(part => typeof part === 'string')
  return { key: names.join('.'), first: placeAt(above, scanner.keys.get(twice) ?? 0) }
}

function placeAt(text: string, offset: number): TomlPlace {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

const pathKey = (path: TomlPath) => JSON.stringify(path)

/** Walks a valid TOML 1.0 document once and notes the offset of every key and value. */
class TomlScanner {
  readonly keys = new Map<string, number>()
  readonly values = new Map<string, number>()
  /** Elements seen so far in each array of tables. */
  readonly #tables = new Map<string, number>()
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** @returns the table that is open at the end */
  document(): TomlPath {
    let table: TomlPath = []
    for (this.#skip(/[\s\uFEFF]|#[^\n]*/y); this.#at < this.#text.length; this.#skip(/\s|#[^\n]*/y)) {
      if (this.#peek('[')) table = this.#header()
      else this.#pair(table)
    }
    return table
  }

  /** `[a.b]` or `[[a.b]]`: TOML 1.0, "Table" and "Array of Tables". */
  #header(): TomlPath {
    const repeated = this.#peek('[[')
    this.#at += repeated ? 2 : 1
    const start = this.#at
    const names = this.#dottedKey()
    this.#at += repeated ? 2 : 1
    const path: (string | number)[] = []
    for (const [index, name] of names.entries()) {
      path.push(name)
      this.#note(path, start, start)
      const array = pathKey(path)
      if (repeated && index === names.length - 1) this.#tables.set(array, (this.#tables.get(array) ?? -1) + 1)
      const element = this.#tables.get(array)
      if (element !== undefined) path.push(element)
    }
    this.#note(path, start, start)
    return path
  }

  /** The header or the key that comes first; of what follows nothing is looked at. */
  opening(table: TomlPath): void {
    this.#skip(/\s/y)
    if (this.#peek('[')) this.#header()
    else this.#key(table)
  }

  #pair(table: TomlPath): void {
    this.#value(this.#key(table))
  }

  #key(table: TomlPath): TomlPath {
    const start = this.#at
    const names = this.#dottedKey()
    this.#skip(/[ \t=]/y)
    for (let length = 1; length <= names.length; length++)
      this.#note([...table, ...names.slice(0, length)], start, this.#at)
    return [...table, ...names]
  }

  #dottedKey(): string[] {
    const names: string[] = []
    for (;;) {
      this.#skip(/[ \t]/y)
      const raw = this.#take(/"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+/y)
      names.push(raw.startsWith('"') ? String(parse(`key = ${raw}`).key) : raw.replace(/^'(.*)'$/, '$1'))
      this.#skip(/[ \t]/y)
      if (!this.#peek('.')) return names
      this.#at++
    }
  }

  #value(path: TomlPath): void {
    if (this.#peek('[')) this.#elements(path)
    else if (this.#peek('{')) this.#inlineTable(path)
    else this.#take(/"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:[^"\\]|\\.)*"|'[^']*'|[^,\]}\n#]+/y)
  }

  #elements(path: TomlPath): void {
    this.#at++
    for (let index = 0; ; index++) {
      this.#skip(/[\s,]|#[^\n]*/y)
      if (this.#peek(']') || this.#at >= this.#text.length) break
      this.#note([...path, index], this.#at, this.#at)
      this.#value([...path, index])
    }
    this.#at++
  }

  #inlineTable(path: TomlPath): void {
    this.#at++
    for (;;) {
      this.#skip(/[\s,]|#[^\n]*/y)
      if (this.#peek('}') || this.#at >= this.#text.length) break
      this.#pair(path)
    }
    this.#at++
  }

  #note(path: TomlPath, key: number, value: number): void {
    const name = pathKey(path)
    // The first mention of a table is the one to show.
    if (!this.keys.has(name)) this.keys.set(name, key)
    if (!this.values.has(name)) this.values.set(name, value)
  }

  #peek(expected: string): boolean {
    return this.#text.startsWith(expected, this.#at)
  }

  #take(sticky: RegExp): string {
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#text)?.[0] ?? ''
    // A document that is not TOML after all must not hold us here for ever.
    this.#at += Math.max(found.length, 1)
    return found
  }

  #skip(sticky: RegExp): void {
    for (;;) {
      sticky.lastIndex = this.#at
      const found = sticky.exec(this.#text)?.[0]
      if (!found) return
      this.#at += found.length
    }
  }
}
