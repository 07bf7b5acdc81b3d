import { diagnose } from '../model/diagnostic.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import { textPlace } from '../text/text-place.ts'

/** Reads the object a file begins with (Hugo's JSON front matter), and where it ends. Null where it is none. */
export function readJsonFrontMatter(
  text: string,
  path: string,
): { frontMatter: FrontMatter; end: number } | null {
  const end = endOfObject(text)
  if (end === -1) return null
  const source = text.slice(0, end)
  const lines: Record<string, number> = {}
  for (const [index, line] of source.split('\n').entries()) {
    const key = /^[ \t{]*"((?:[^"\\]|\\.)*)"[ \t]*:/.exec(line)?.[1]
    if (key !== undefined) lines[key] ??= index + 1
  }
  try {
    const values = JSON.parse(source) as Record<string, unknown>
    return { frontMatter: { kind: 'json', values, lines, diagnostics: [] }, end }
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(String(error))?.[1] ?? Number.NaN)
    const place = { path, ...(Number.isNaN(offset) ? { line: 1, column: null } : textPlace(source, offset)) }
    const found = (error as Error).message.replace(/\s+in JSON at position.*$/s, '')
    const invalid = diagnose('front-matter-invalid', place, `The JSON front matter can't be read: ${found}.`)
    return { frontMatter: { kind: 'json', values: {}, lines, diagnostics: [invalid] }, end }
  }
}

/** Characters: what has not ended by then is no front matter. */
const longest = 100_000

/** Past the `}` that closes the first `{`; -1 where nothing does, or where text follows on its line. */
function endOfObject(whole: string): number {
  const text = whole.slice(0, longest)
  let depth = 0
  // A text that is never closed ends with its line.
  const token = /"(?:[^"\\\n]|\\.)*"?|[{}[\]]/g
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth++
    else if (match[0] === '}' || match[0] === ']') depth--
    if (depth === 0)
      return /^[ \t]*(?:\n|$)/.test(text.slice(token.lastIndex, token.lastIndex + 200)) ? token.lastIndex : -1
  }
  return -1
}
