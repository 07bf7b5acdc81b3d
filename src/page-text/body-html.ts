import { fence, type PageLine } from './page-lines.ts'

/** A block of the body: the lines it is made of, and the marks of lists and quotes that its markup stands for. */
export interface BodyBlock {
  kind: 'paragraph' | 'heading' | 'quote' | 'list' | 'numbered' | 'code' | 'caption'
  lines: BodyLine[]
}

export interface BodyLine extends PageLine {
  prose: boolean
  closed: boolean
  credit: boolean
  words: number
  times: number
}

const bullet = /^[•●○▪▫■□‣⁃∙·*►▶➤➔→✓✔–—-]\s+(?=\S)/u
const number = /^(\d{1,3})[.)]\s+(?=\S)/
const quote = /^>\s?(?=\S)/

/** Groups the body's lines into blocks. */
export function bodyBlocks(lines: readonly BodyLine[]): BodyBlock[] {
  const blocks: BodyBlock[] = []
  for (let at = 0; at < lines.length; ) {
    const kind = blockKindAt(lines, at)
    let end = at + 1
    while (end < lines.length && goesOn(kind, lines, end)) end++
    blocks.push({ kind, lines: lines.slice(at, end) })
    at = end
  }
  return blocks
}

/** Whether a line belongs to the block that the line before it is of. */
function goesOn(kind: BodyBlock['kind'], lines: readonly BodyLine[], at: number): boolean {
  const [before, line] = [lines[at - 1], lines[at]]
  if (!before || !line) return false
  if (kind === 'list') return bullet.test(line.text) && line.shape === 'line'
  if (kind === 'numbered') return follows(lines, at)
  if (kind === 'quote') return quote.test(line.text) && !line.apart
  // Short lines of one block belong together: verse, an address.
  if (kind !== 'paragraph' || line.apart || before.text.length > 80 || line.text.length > 80) return false
  return blockKindAt(lines, at) === 'paragraph'
}

export function blockKindAt(lines: readonly BodyLine[], at: number): BodyBlock['kind'] {
  const line = lines[at]!
  if (line.shape === 'code') return 'code'
  if (line.shape === 'line' && bullet.test(line.text) && isListed(lines, at)) return 'list'
  if (line.shape === 'line' && number.test(line.text) && (follows(lines, at + 1) || follows(lines, at)))
    return 'numbered'
  if (quote.test(line.text)) return 'quote'
  if (line.credit && !line.prose && line.text.length <= 260) return 'caption'
  return isHeading(lines, at) ? 'heading' : 'paragraph'
}

/** A dash opens speech as well as items: one alone is not a list. */
function isListed(lines: readonly BodyLine[], at: number): boolean {
  const text = lines[at]?.text ?? ''
  const isBeside = [lines[at - 1], lines[at + 1]].some(
    line => line && line.text[0] === text[0] && bullet.test(line.text),
  )
  return isBeside && (!/^[–—]/.test(text) || text.length < 120)
}

/** Whether the line at `at` carries the number after that of the line before. */
function follows(lines: readonly BodyLine[], at: number): boolean {
  const here = number.exec(lines[at]?.text ?? '')
  const before = number.exec(lines[at - 1]?.text ?? '')
  return here !== null && before !== null && Number(here[1]) === Number(before[1]) + 1
}

/** Short, not a sentence, standing alone before prose. */
function isHeading(lines: readonly BodyLine[], at: number): boolean {
  const line = lines[at]!
  const next = lines[at + 1]
  if (
    line.prose ||
    !next ||
    !(next.prose || bullet.test(next.text)) ||
    line.shape !== 'line' ||
    line.text.length > 110 ||
    line.words === 0 ||
    line.words > 16
  )
    return false
  return (
    (!line.closed || /[?!]$/.test(line.text)) &&
    !/[,;:–-]$/.test(line.text) &&
    (line.apart || !lines[at - 1]?.prose)
  )
}

/** The mark that a block's markup replaces, at the start of one of its lines; empty for none. */
export function markOf(block: BodyBlock, line: PageLine): string {
  if (block.kind === 'code') return codeOf(line.text).fences
  const pattern =
    block.kind === 'list'
      ? bullet
      : block.kind === 'numbered'
        ? number
        : block.kind === 'quote'
          ? quote
          : null
  return pattern?.exec(line.text)?.[0] ?? ''
}

/** The blocks as HTML. Every word stands in it as it stood in the file. */
export function bodyHtml(blocks: readonly BodyBlock[]): string {
  return blocks.map(blockHtml).join('\n')
}

function blockHtml(block: BodyBlock): string {
  const texts = block.lines.map(line =>
    escapeText(line.text.slice(block.kind === 'code' ? 0 : markOf(block, line).length)),
  )
  const { text = '' } = block.lines[0] ?? {}
  switch (block.kind) {
    case 'heading':
      return `<h2>${texts.join('')}</h2>`
    case 'list':
      return `<ul>${texts.map(text => `<li>${text}</li>`).join('')}</ul>`
    case 'numbered': {
      const first = Number(number.exec(text)?.[1])
      return `<ol${first === 1 ? '' : ` start="${first}"`}>${texts.map(text => `<li>${text}</li>`).join('')}</ol>`
    }
    case 'quote':
      return `<blockquote><p>${texts.join('\n')}</p></blockquote>`
    case 'code':
      return `<pre><code>${escapeText(codeOf(text).code)}</code></pre>`
    case 'caption':
      return `<figure><figcaption>${texts.join('')}</figcaption></figure>`
    default:
      return `<p>${texts.join('<br>\n')}</p>`
  }
}

/** A listing without the fences around it, and the fences. */
function codeOf(text: string): { code: string; fences: string } {
  const rows = text.split('\n')
  const [opening = '', last = ''] = [rows[0], rows.at(-1)]
  if (!fence.test(opening)) return { code: text, fences: '' }
  const closing = rows.length > 1 && fence.test(last) ? last : ''
  const code = rows.slice(1, closing ? -1 : undefined).join('\n')
  return { code, fences: `${opening.trim()} ${closing.trim()}`.trim() }
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
