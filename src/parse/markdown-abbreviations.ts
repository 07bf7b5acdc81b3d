import type { MarkdownIt } from 'markdown-it'
import { literalPattern } from '../text/globs.ts'
import { isIndented, lineText } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]
type Token = ReturnType<MarkdownIt['parse']>[number]

/** More than any text explains; those behind them are words as they stand. */
const most = 500

/** What is explained in a text, under its own name in markdown-it's environment. */
interface Explained {
  abbreviations?: Map<string, string>
}

/** `*[HTML]: Hyper Text Markup Language` explains a word wherever it stands; the line itself is not shown. */
export function abbreviations(markdown: MarkdownIt): void {
  markdown.block.ruler.before('reference', 'abbreviation', abbreviation, { alt: ['paragraph'] })
  markdown.core.ruler.push('abbreviations', state => {
    const known = (state.env as Explained).abbreviations
    if (!known) return
    const names = [...known.keys()].sort((a, b) => b.length - a.length)
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${names.map(literalPattern).join('|')})(?![\\p{L}\\p{N}])`,
      'gu',
    )
    const make = (type: string, nesting: -1 | 0 | 1) =>
      new state.Token(type, type === 'text' ? '' : 'abbr', nesting)
    for (const token of state.tokens)
      if (token.type === 'inline' && token.children)
        token.children = token.children.flatMap(child =>
          child.type === 'text' ? explained(child, pattern, known, make) : [child],
        )
  })
}

const abbreviation: BlockRule = (state, startLine, _endLine, silent) => {
  if (isIndented(state, startLine)) return false
  const [, name = '', meaning = ''] = /^\*\[([^\]\n]+)\]:(.*)$/.exec(lineText(state, startLine)) ?? []
  if (name.trim() === '') return false
  if (silent) return true
  const env = state.env as Explained
  env.abbreviations ??= new Map()
  if (meaning.trim() !== '' && env.abbreviations.size < most)
    env.abbreviations.set(name.trim(), meaning.trim())
  state.line = startLine + 1
  return true
}

function explained(
  token: Token,
  pattern: RegExp,
  known: ReadonlyMap<string, string>,
  make: (type: string, nesting: -1 | 0 | 1) => Token,
): Token[] {
  const { content } = token
  const parts: Token[] = []
  const words = (text: string) => {
    if (text === '') return
    const part = make('text', 0)
    part.content = text
    parts.push(part)
  }
  let at = 0
  for (const { 0: name, index } of content.matchAll(pattern)) {
    words(content.slice(at, index))
    const open = make('abbr_open', 1)
    open.attrSet('title', known.get(name) ?? '')
    parts.push(open)
    words(name)
    parts.push(make('abbr_close', -1))
    at = index + name.length
  }
  if (at === 0) return [token]
  words(content.slice(at))
  return parts
}
