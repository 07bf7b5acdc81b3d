import type { MarkdownIt } from 'markdown-it'
import { isIndented, lineText, paragraphAt } from './markdown-lines.ts'

/** What kramdown takes for parts of a line of words, wherever they stand: `HTML_SPAN_ELEMENTS` of its parser. */
const spans =
  /^<\/?(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|tt|u|var)(?=[\s/>])/i

/** A line that begins with such a tag begins a paragraph, in which Markdown is read: `<br/>` with text on the next line. */
export function spanHtml(markdown: MarkdownIt): void {
  markdown.block.ruler.before('html_block', 'span_html', (state, startLine, endLine, silent) => {
    if (isIndented(state, startLine) || !spans.test(lineText(state, startLine))) return false
    return silent || paragraphAt(state, startLine, endLine)
  })
}
