import { parse, TomlDate, TomlError } from 'smol-toml'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import { saidTwice } from '../settings/toml-places.ts'
import { beforeFirst } from '../text/before-first.ts'
import type { FrontMatterBlock } from './front-matter.ts'

/** So many lines may be given up before the block is. */
const maxRepairs = 20

/** Reads TOML front matter. A line that TOML rejects is left out and said; the rest is read all the same. */
export function readTomlFrontMatter(block: FrontMatterBlock): FrontMatter {
  const diagnostics: Diagnostic[] = []
  const rows = block.text.split('\n')
  for (let attempt = 0; attempt < maxRepairs; attempt++) {
    try {
      const values = plain(parse(rows.join('\n'))) as Record<string, unknown>
      return { kind: 'toml', values, lines: linesOf(rows, block.line), diagnostics }
    } catch (error) {
      if (!(error instanceof TomlError)) break
      const place = { path: block.path, line: block.line + error.line - 1, column: error.column }
      const twice = /redefine/.test(error.message) ? saidTwice(rows.join('\n'), error.line) : null
      const found = beforeFirst(error.message, '\n').replace(/^Invalid TOML document: /, '')
      const message = twice
        ? `"${twice.key}" stands twice in the front matter, first on line ${block.line + twice.first.line - 1}: that one counts.`
        : `This line is not TOML (${found}); it was left out.`
      const code = twice ? 'front-matter-tolerated' : 'front-matter-invalid'
      diagnostics.push(diagnose(code, place, message, ...(twice ? ['Remove one of the two.'] : [])))
      const row = Math.min(error.line, rows.length) - 1
      if (rows[row]?.trim() === '') break
      rows[row] = ''
    }
  }
  return { kind: 'toml', values: {}, lines: {}, diagnostics }
}

function linesOf(rows: string[], first: number): Record<string, number> {
  const lines: Record<string, number> = {}
  let table = ''
  for (const [index, row] of rows.entries()) {
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?/.exec(row)?.[1]
    if (header) table = header.replace(/["']/g, '')
    const key = header ? table : /^\s*["']?([\w.-]+)["']?\s*=/.exec(row)?.[1]
    if (key && (header || table === '')) lines[beforeFirst(key, '.')] ??= first + index
  }
  return lines
}

/** TOML's dates as they are written, in place of objects that know one zone only. */
function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=Z|[+-]|$)/, '')
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]))
  return value
}
