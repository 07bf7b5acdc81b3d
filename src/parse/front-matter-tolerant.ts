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

/**
 * The second pass, for front matter that strict YAML rejects (1 in 118 of real posts): every top-level key is read by itself.
 * A value that is YAML is read as such; any other is the text that stands there, its lines joined.
 * Null where nothing in the block looks like a key.
 */
export function readYamlTolerantly(block: FrontMatterBlock, place: Place, found: string): FrontMatter | null {
  const entries = entriesOf(block)
  if (entries.length === 0) return null
  const values: Record<string, unknown> = {}
  const lines: Record<string, number> = {}
  let culprit: Entry | null = null
  for (const [index, entry] of entries.entries()) {
    const { key, value, line } = entry
    lines[key] = line
    // Nobody has so many; for each the parser would be started anew.
    if (index >= mostParsed) {
      if (key !== '__proto__') values[key] = asText(value)
      continue
    }
    const detabbed = value.replace(/^\t+/gm, tabs => '  '.repeat(tabs.length))
    const strict = readYamlValue(detabbed)
    if (key === '__proto__') continue
    if (strict === undefined || isMisread(strict, value)) {
      culprit ??= entry
      values[key] = asText(value)
    } else values[key] = strict
  }
  return { kind: 'yaml', values, lines, diagnostics: [tolerated(culprit, place, found)] }
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

function entriesOf(block: FrontMatterBlock): Entry[] {
  const entries: Entry[] = []
  for (const [index, row] of block.text.split('\n').entries()) {
    const [, , key, value = ''] = keyLine.exec(row) ?? []
    const column = value === '' ? 1 : row.length - value.length + 1
    const last = entries.at(-1)
    if (key !== undefined) entries.push({ key, value, line: block.line + index, column })
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
