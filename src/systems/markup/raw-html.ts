import Markdown from 'markdown-it'
import { itemAt } from '../../text/item-at.ts'

/** A block of HTML that is left out. */
export interface RawHtmlPart {
  /** Its first words. */
  text: string
  /** From 1. */
  line: number
}

const mayHoldHtml = /^[ \t>*+\d.)-]*<[a-z!?/]/im
const onlyRemarks = /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)+$/
const longestMark = 80

/**
 * Blanks blocks of HTML (CommonMark §4.6), as renderers leave them out that do not trust it; each line stays where it is. Remarks stay: they show
 * nothing, and some part a text.
 */
export function withoutRawHtml(text: string): { text: string; left: RawHtmlPart[] } {
  if (!mayHoldHtml.test(text)) return { text, left: [] }
  const parser = new Markdown({ html: true })
  const tokens: ReturnType<typeof parser.parse> = []
  parser.block.parse(text, parser, {}, tokens)
  const left: RawHtmlPart[] = []
  const lines = text.split('\n')
  for (const { type, map, content } of tokens) {
    if (type !== 'html_block' || !map || onlyRemarks.test(content)) continue
    const [start, end] = map
    left.push({ text: content.trim().slice(0, longestMark).split('\n')[0] ?? '', line: start + 1 })
    for (let line = start; line < end; line++) lines[line] = containers.exec(itemAt(lines, line))?.[0] ?? ''
  }
  return { text: lines.join('\n'), left }
}

/** What a line has before its words: the marks of quotes and of items that it is in. */
const containers = /^[ \t>]*(?:(?:[*+-]|\d{1,9}[.)])[ \t]+[ \t>]*)*/
