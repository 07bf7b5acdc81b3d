import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import type { FrontMatterBlock } from './front-matter.ts'
import { readYamlValue } from './yaml-values.ts'

/** Keys whose values are looked at as YAML. */
const mostParsed = 500

interface Entry {
  key: string
  /** What stands behind the colon and on the lines up to the next key. */
  value: string
  line: number
  /** 1-based: where the value begins, or the key where it begins on a later line. */
  column: number
}

const keyLine = /^(["']?)([A-Za-z_\u00a1-\uffff][\w .\u00a1-\uffff/-]*?)\1[ \t]*:(?:[ \t]+(.*)|)$/
/** The same further in, where lines of a longer text may look so. */
const innerKeyLine = /^(["']?)([A-Za-z][\w-]*)\1[ \t]*:(?:[ \t]+(.*)|)$/

/**
 * The second pass, for front matter that strict YAML rejects (1 in 118 of real posts): every top-level key is read by itself.
 * A value that is YAML is read as such; any other is the text that stands there, its lines joined.
 * Null where nothing in the block looks like a key.
 */
export function readYamlTolerantly(block: FrontMatterBlock, place: Place, found: string): FrontMatter | null {
  const entries = entriesOf(block.text, block.line)
  if (entries.length === 0) return null
  const lines = Object.fromEntries(entries.map(({ key, line }) => [key, line]))
  const { values, culprit } = valuesOf(entries, { left: mostParsed }, 0)
  return { kind: 'yaml', values, lines, diagnostics: [tolerated(culprit, place, found)] }
}

/** @param parsing how many values may still be looked at as YAML: nobody has so many, and for each the parser is started anew */
function valuesOf(
  entries: Entry[],
  parsing: { left: number },
  depth: number,
): { values: Record<string, unknown>; culprit: Entry | null } {
  const values: Record<string, unknown> = {}
  let culprit: Entry | null = null
  for (const entry of entries) {
    const { key, value } = entry
    if (key === '__proto__') continue
    parsing.left--
    const detabbed = value.replace(/^\t+/gm, tabs => '  '.repeat(tabs.length))
    const strict = parsing.left < 0 ? asText(value) : readYamlValue(detabbed)
    if (strict !== undefined && !isMisread(strict, value)) {
      values[key] = strict
      continue
    }
    const inner = depth < deepest ? entriesBelow(detabbed, entry.line) : []
    const below = inner.length > 0 ? valuesOf(inner, parsing, depth + 1) : null
    culprit ??= below?.culprit ?? entry
    values[key] = below?.values ?? asText(value)
  }
  return { values, culprit }
}

/** So deep do tables lie in front matter. */
const deepest = 3

/** The keys of a table below a key: `author:` and, further in, `name: …`. A text of several lines may have one that looks so. */
function entriesBelow(value: string, line: number): Entry[] {
  if (!value.startsWith('\n')) return []
  const rows = value.slice(1).split('\n')
  const first = rows.find(row => row.trim() !== '') ?? ''
  const indent = /^ */.exec(first)?.[0] ?? ''
  if (indent === '' || !innerKeyLine.test(first.slice(indent.length))) return []
  const outdented = rows.map(row => (row.startsWith(indent) ? row.slice(indent.length) : row.trimStart()))
  const entries = entriesOf(outdented.join('\n'), line + 1, innerKeyLine)
  return entries.length > 1 ? entries : []
}

/** A parser notices where it can't go on, an unclosed text at the very end; people look for where it began. */
function tolerated(culprit: Entry | null, place: Place, found: string): Diagnostic {
  const unclosed = /^Missing closing ["']/.test(found)
  const reason = unclosed ? 'a quotation mark is not closed' : found
  return diagnose(
    'front-matter-tolerated',
    culprit ? { path: place.path, line: culprit.line, column: culprit.column } : place,
    `Strict YAML rejects this front matter (${reason}); it was read key by key.`,
    unclosed ? 'Close the quotation mark, or leave out the one that opens the value.' : undefined,
  )
}

function entriesOf(text: string, firstLine: number, begins = keyLine): Entry[] {
  const entries: Entry[] = []
  for (const [index, row] of text.split('\n').entries()) {
    const [, , key, value = ''] = begins.exec(row) ?? []
    const column = value === '' ? 1 : row.length - value.length + 1
    const last = entries.at(-1)
    if (key !== undefined) entries.push({ key, value, line: firstLine + index, column })
    else if (last) last.value += `\n${row}`
  }
  return entries
}

/** `title: Foo: bar` read alone is a mapping; nobody meant one who began it on the key's own line. */
function isMisread(strict: unknown, written: string): boolean {
  const inline = /^\s*[^\s{[&*!|>#\n]/.test(written) && !written.startsWith('\n')
  return inline && strict !== null && typeof strict === 'object'
}

function asText(value: string): string {
  const joined = value
    .replace(/^[|>][+-]?\d*[ \t]*\n/, '')
    .split('\n')
    .map(row => row.trim())
    .filter(Boolean)
    .join(' ')
  const isQuoted = /^(["']).*\1$/s.test(joined)
  return isQuoted ? joined.slice(1, -1).replace(/\\(["'\\])/g, '$1') : joined
}
