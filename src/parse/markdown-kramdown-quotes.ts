import type { MarkdownIt } from 'markdown-it'
import { codeRanges, rangeTest } from '../systems/markup/markdown-code-ranges.ts'

const marked = /^ {0,3}>/
/** `LAZY_END` of kramdown's parser: nothing else but an empty line ends a quote. */
const endsQuote =
  /^ {0,3}(?:\{:|<!--|<\/?(?!(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|script|select|small|span|strong|sub|sup|tt|u|var)\b)[a-z_])/i
/** What would begin anew in CommonMark. */
const beginsAnew = /^ {0,3}(?:[*+-][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|#{1,6}[ \t])/

/**
 * A quote goes on in kramdown to the next empty line, whatever begins there without its mark: the mark is put before lines that would end it
 * elsewhere, so that what was hidden above them in the quote hides them too.
 */
export function kramdownQuotes(markdown: MarkdownIt): void {
  markdown.core.ruler.after('normalize', 'kramdown_quotes', state => {
    if (!state.src.includes('>') || !/^ {0,3}>/m.test(state.src)) return
    const isCode = rangeTest(codeRanges(state.src))
    let inQuote = false
    let goesOn = false
    let at = 0
    const lines = state.src.split('\n').map(line => {
      const start = at
      at += line.length + 1
      if (line.trim() === '') inQuote = false
      else if (marked.test(line)) {
        if (!inQuote) goesOn = false
        goesOn ||= line.includes('<')
        inQuote ||= !isCode(start)
      } else if (inQuote && endsQuote.test(line)) inQuote = false
      else if (inQuote) {
        goesOn ||= beginsAnew.test(line)
        if (goesOn) return `> ${line}`
      }
      return line
    })
    state.src = lines.join('\n')
  })
}

const wideItem = /^([ \t]*(?:[*+-]|\d{1,9}\.))[ \t]{5,}(?=<)/gm

/** However far behind its mark the words of an item stand, they are words and no code: HTML among them hides what it hides. */
export function wideItems(markdown: MarkdownIt): void {
  markdown.core.ruler.after('normalize', 'wide_items', state => {
    if (!state.src.includes('<') || state.src.search(wideItem) === -1) return
    const isCode = rangeTest(codeRanges(state.src))
    state.src = state.src.replace(wideItem, (found, mark: string, at: number) =>
      isCode(at) ? found : `${mark} `,
    )
  })
}
