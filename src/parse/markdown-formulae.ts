import type { MarkdownIt } from 'markdown-it'
import { formulaEnd } from '../text/formulae.ts'
import { isIndented, isOutside, lineEnd, lineStart } from './markdown-lines.ts'

/**
 * Formulae in TeX arrive letter for letter: what stands between their marks is no Markdown. Readers and pages that set
 * formulae find them by these marks, and everybody else reads what was written.
 */
export function formulae(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'formula', (state, silent) => {
    const first = state.src[state.pos]
    if (first !== '$' && first !== '\\') return false
    const end = formulaEnd(state.src, state.pos)
    if (end === -1 || end > state.posMax) return false
    if (!silent) {
      const token = state.push('text', '', 0)
      token.content = state.src.slice(state.pos, end)
    }
    state.pos = end
    return true
  })
  markdown.block.ruler.before(
    'fence',
    'formula_block',
    (state, startLine, endLine, silent) => {
      const start = lineStart(state, startLine)
      if (isIndented(state, startLine)) return false
      if (!/^(?:\$\$|\\\[|\\begin\{)/.test(state.src.slice(start, start + 7))) return false
      const end = formulaEnd(state.src, start)
      if (end === -1) return false
      let line = startLine
      while (line < endLine && lineEnd(state, line) < end) line++
      // It has its lines for itself, and no line of it belongs to a list or quote around.
      if (line >= endLine || state.src.slice(end, lineEnd(state, line)).trim() !== '') return false
      for (let inside = startLine + 1; inside <= line; inside++) if (isOutside(state, inside)) return false
      if (silent) return true
      state.line = line + 1
      const open = state.push('paragraph_open', 'p', 1)
      open.map = [startLine, state.line]
      const inline = state.push('inline', '', 0)
      inline.content = state.getLines(startLine, state.line, state.blkIndent, false).trim()
      inline.map = [startLine, state.line]
      inline.children = []
      state.push('paragraph_close', 'p', -1)
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  )
}
