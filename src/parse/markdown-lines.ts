import type { StateBlock } from 'markdown-it'
import { itemAt } from '../text/item-at.ts'

/* What markdown-it keeps of each line of a block, under its own short names. */

/** Where the text of a line begins, behind its indent, and where it ends. */
export const lineStart = ({ bMarks, tShift }: StateBlock, line: number): number =>
  itemAt(bMarks, line) + itemAt(tShift, line)
export const lineEnd = ({ eMarks }: StateBlock, line: number): number => itemAt(eMarks, line)
export const lineText = (state: StateBlock, line: number): string =>
  state.src.slice(lineStart(state, line), lineEnd(state, line))

/** Whether a line is so far in that it is code (CommonMark §4.4), or belongs to what it is indented below. */
export const isIndented = ({ sCount, blkIndent }: StateBlock, line: number): boolean =>
  itemAt(sCount, line) - blkIndent >= 4

/** Whether a line with text stands outside of the list or quote that is being read. */
export const isOutside = ({ sCount, blkIndent, bMarks, eMarks }: StateBlock, line: number): boolean =>
  itemAt(sCount, line) < blkIndent && itemAt(bMarks, line) < itemAt(eMarks, line)

/** Reads a paragraph that begins in a line, whatever that line begins with. */
export function paragraphAt(state: StateBlock, startLine: number, endLine: number): true {
  const rules = state.md.block.ruler.getRules('paragraph')
  const { parentType } = state
  state.parentType = 'paragraph'
  let line = startLine + 1
  while (line < endLine && !state.isEmpty(line)) {
    if (isOutside(state, line)) break
    if (!isIndented(state, line) && rules.some(rule => rule(state, line, endLine, true))) break
    line++
  }
  state.parentType = parentType
  state.line = line
  state.push('paragraph_open', 'p', 1).map = [startLine, line]
  const inline = state.push('inline', '', 0)
  inline.content = state.getLines(startLine, line, state.blkIndent, false).trim()
  inline.map = [startLine, line]
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  return true
}
