import Markdown from 'markdown-it'
import { itemAt } from '../../text/item-at.ts'

/** A block of HTML that is left out. */
export interface RawHtmlPart {
  /** Its first words. */
  text: string
  /** From 1. */
  line: number
}

const mayHoldHtml = /^(?:[ \t>*+\d.):-]|\[\^[^\]\s]{1,100}\]:)*<[a-z!?/]/im
const onlyRemarks = /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)+$/
const longestMark = 80

/**
 * Blanks blocks of HTML (CommonMark §4.6), as Hugo leaves them out where it does not trust them; each line stays where it is. Remarks stay: they
 * show nothing, and some part a text. What stands between `{{< x >}}` and its end is put in behind Markdown, and is none of it.
 */
export function withoutRawHtml(text: string): { text: string; left: RawHtmlPart[] } {
  if (!mayHoldHtml.test(text)) return { text, left: [] }
  const parser = new Markdown({ html: true })
  const tokens: ReturnType<typeof parser.parse> = []
  parser.block.parse(withNotesAsItems(withInnerAsWords(text)), parser, {}, tokens)
  const left: RawHtmlPart[] = []
  const lines = text.split('\n')
  for (const { type, map, content } of tokens) {
    if (type !== 'html_block' || !map || onlyRemarks.test(content)) continue
    const [start] = map
    // Where the text is divided the block ends: Hugo takes the mark out before.
    const divided = content.split('\n').findIndex(line => moreMark.test(line))
    const end = divided === -1 ? map[1] : start + divided
    if (end === start) continue
    left.push({ text: content.trim().slice(0, longestMark).split('\n')[0] ?? '', line: start + 1 })
    const marks = containers.exec(itemAt(lines, start))?.[0] ?? ''
    const quotes = new RegExp(`^(?:[ \\t]*>){0,${marks.split('>').length - 1}}`)
    // An item that begins with nothing would end here.
    lines[start] = /[^ \t>]/.test(marks) ? `${marks}<!-- -->` : marks
    for (let line = start + 1; line < end; line++) lines[line] = quotes.exec(itemAt(lines, line))?.[0] ?? ''
  }
  return { text: lines.join('\n'), left }
}

/** What a line has before its words: the marks of quotes and of items that it is in. */
const containers = /^[ \t>]*(?:(?:[*+:-]|\d{1,9}[.)]|\[\^[^\]\s]{1,100}\]:)[ \t]+[ \t>]*)*/
/** `[^1]: a note`, whose other lines are indented by four, and `: what a term means`. */
const noteMark = /^([ \t>]*)(?:\[\^[^\]\s]{1,100}\]:[ \t]*|:([ \t]+))/gm

/** Notes and definitions hold blocks as items do. */
const withNotesAsItems = (text: string): string =>
  text.replace(noteMark, (_, before: string, blanks?: string) => `${before}-${blanks ?? '   '}`)

const moreMark = /<!--\s*more\s*-->/i
const shortcode = /\{\{<\s*(\/?)\s*([\w./-]+)[\s\S]{0,2000}?>\}\}/g

/** The text with a word in each line of such a pair in place of what stands there. */
function withInnerAsWords(text: string): string {
  if (!text.includes('{{<')) return text
  const open = new Map<string, number>()
  const parts: string[] = []
  let at = 0
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.matchAll(shortcode)) {
    const start = open.get(name)
    if (slash === '') open.set(name, start ?? index)
    else if (start !== undefined) {
      open.delete(name)
      const end = index + tag.length
      const from = Math.max(start, at)
      const words = text
        .slice(from, end)
        .split('\n')
        .map(line => 'x'.repeat(Math.max(line.length, 1)))
      if (end > at) parts.push(text.slice(at, from), words.join('\n'))
      at = Math.max(at, end)
    }
  }
  return parts.join('') + text.slice(at)
}
