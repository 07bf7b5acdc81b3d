import { codeRanges } from '../systems/markup/markdown-code-ranges.ts'
import { formulaRanges } from '../text/formulae.ts'
import { lowerBound } from '../text/lower-bound.ts'
import { lineAt } from '../text/text-place.ts'

/** A remark that its system never shows, and the line it begins in. */
export interface Remark {
  /** As a person would search for it: `{/*`. */
  mark: string
  /** 1-based. */
  line: number
  count: number
}

interface RemarkForm {
  mark: string
  pattern: RegExp
}

/** MDX, kramdown, Obsidian, CriticMarkup, Handlebars, Jinja with its kin, and EJS: what each says to whoever edits, and to nobody else. */
const forms: RemarkForm[] = [
  { mark: '{/*', pattern: /\{\s*\/\*[\s\S]*?\*\/\s*\}/g },
  // On a line of its own it goes on to another, no further in than code is; else to the next that ends it.
  {
    mark: '{::comment}',
    pattern:
      /^([ \t]*)\{::comment(?:[ \t][^{}\n]*)?\}[ \t]*\n(?:[\s\S]*?\n)?\1? {0,3}\{:\/(?:comment)?\}[ \t]*$|\{::comment(?:[ \t][^{}\n]*)?(?<!\/)\}[\s\S]*?\{:\/(?:comment)?\}/gm,
  },
  // What is there for another form than HTML.
  {
    mark: '{::nomarkdown}',
    pattern:
      /\{::nomarkdown[ \t]+type=(["'])(?![^"'{}\n]*\bhtml\b)[^"'{}\n]*\1[ \t]*\}[\s\S]*?\{:\/(?:nomarkdown)?\}/g,
  },
  { mark: '{>>', pattern: /\{>>[\s\S]*?<<\}/g },
  { mark: '{{!', pattern: /\{\{!--[\s\S]*?--\}\}|\{\{![^{}]*\}\}/g },
  { mark: '{#', pattern: /\{#(?![\w:.-]+[^{}\n]*(?<!#)\})[\s\S]*?#\}/g },
  { mark: '<%#', pattern: /<%#[\s\S]*?%>|<%--[\s\S]*?--%>/g },
  { mark: '%%', pattern: /(?<![%\w])%%(?!%)[^\n]*?%%(?![%\w])|^%%(?!%)[\s\S]*?%%[^\S\n]*$/gm },
]
const anyForm = /\{\s*\/\*|\{::|\{>>|\{\{!|\{#|<%|%%/

/** Those of template languages: the others are marks of Markdown's kin alone. */
const inPages: ReadonlySet<string> = new Set(['{{!', '{#', '<%#'])

/** Kramdown's other extensions: their tags say how what they hold is read, and are no words. */
const extensions = /\{::\/?(?:nomarkdown|options)\b[^{}\n]*\}|\{:\/(?:nomarkdown|options)?\}/g

/** Marks at which Docusaurus and its kin cut the text, in the one form that every other system has. */
const truncate = /^\{\s*\/\*\s*(truncate|more|excerpt)\s*\*\/\s*\}$/i

/**
 * Takes the remarks of other systems out of a text: of Markdown outside of code and formulae, of a page that a generator fills in wherever they stand. Every line of the result is
 * the line of the same number in `text`.
 */
export function withoutRemarks(
  text: string,
  kind: 'markdown' | 'html' = 'markdown',
): { text: string; remarks: Remark[] } {
  // Nearly every text has none of these, and it pays to see that fast.
  const mayHaveAny = text.includes('{') || text.includes('<%') || text.includes('%%')
  if (!mayHaveAny || !anyForm.test(text)) return { text, remarks: [] }
  const code = kind === 'markdown' ? codeRanges(text) : []
  const isIn = (ranges: [number, number][], offset: number) => {
    const range = ranges[lowerBound(ranges, ([, end]) => end <= offset)]
    return range !== undefined && range[0] <= offset
  }
  const formulae = formulaRanges(text, offset => !isIn(code, offset))
  const isText = (offset: number) => !isIn(code, offset) && !isIn(formulae, offset)
  const found: { start: number; end: number; mark: string; by: string }[] = []
  const all = [...forms, { mark: '{::', pattern: extensions }]
  for (const { mark, pattern } of kind === 'html' ? all.filter(({ mark }) => inPages.has(mark)) : all)
    for (const match of text.matchAll(pattern)) {
      if (!isText(match.index)) continue
      const cut = truncate.exec(match[0])
      const by = cut ? `<!-- ${cut[1]} -->` : '\n'.repeat(match[0].split('\n').length - 1)
      found.push({ start: match.index, end: match.index + match[0].length, mark: cut ? '' : mark, by })
    }
  if (found.length === 0) return { text, remarks: [] }
  return edited(
    text,
    found.sort((a, b) => a.start - b.start),
  )
}

function edited(text: string, found: { start: number; end: number; mark: string; by: string }[]) {
  const remarks = new Map<string, Remark>()
  const parts: string[] = []
  let at = 0
  for (const { start, end, mark, by } of found) {
    if (start < at) continue
    parts.push(text.slice(at, start), by)
    at = end
    const known = remarks.get(mark)
    if (known) known.count++
    else if (mark !== '' && mark !== '{::') remarks.set(mark, { mark, count: 1, line: lineAt(text, start) })
  }
  parts.push(text.slice(at))
  return { text: parts.join(''), remarks: [...remarks.values()] }
}
