import type { MarkdownIt } from 'markdown-it'
import { isIndented, isOutside, lineText } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]

/** What kramdown takes for parts of a line of words, wherever they stand: `HTML_SPAN_ELEMENTS` of its parser. */
const spans =
  /^<\/?(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|tt|u|var)(?=[\s/>])/i

/** A line that begins with such a tag begins a paragraph, in which Markdown is read: `<br/>` with text on the next line. */
export function spanHtml(markdown: MarkdownIt): void {
  markdown.block.ruler.before('html_block', 'span_html', paragraph)
  const ends = (line: Parameters<BlockRule>) =>
    markdown.block.ruler.getRules('paragraph').some(rule => rule(line[0], line[1], line[2], true))

  function paragraph(...[state, startLine, endLine, silent]: Parameters<BlockRule>): boolean {
    if (isIndented(state, startLine) || !spans.test(lineText(state, startLine))) return false
    if (silent) return true
    const { parentType } = state
    state.parentType = 'paragraph'
    let line = startLine + 1
    while (line < endLine && !state.isEmpty(line)) {
      if (isOutside(state, line) || (!isIndented(state, line) && ends([state, line, endLine, true]))) break
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
}
