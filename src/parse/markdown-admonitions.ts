import type { MarkdownIt } from 'markdown-it'
import { speaksOfEncryption, speaksOfSecrecy } from '../html/members-only.ts'
import { isIndented, lineText } from './markdown-lines.ts'

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2]
type BlockState = Parameters<BlockRule>[0]

/** What Docusaurus, VitePress, Starlight, Hugo, GitHub, Obsidian and MkDocs call them. */
const kinds =
  /^(?:note|tip|info|warning|warn|danger|caution|important|hint|attention|error|example|quote|cite|abstract|summary|tldr|question|help|faq|success|check|done|failure|fail|missing|bug|todo|seealso|details|secondary|primary|spoiler|update)$/i

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/**
 * Boxes with a title, as other systems write them, become quotes that begin with it: `:::note[Title]`, `!!! note "Title"` and
 * `> [!NOTE] Title`. A fence of another name is left out around what it holds.
 */
export function admonitions(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'directive', directive, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  markdown.block.ruler.before('fence', 'admonition', indented, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  markdown.block.ruler.before('fence', 'tab', tab, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
  markdown.core.ruler.after('block', 'callouts', state => {
    const { tokens } = state
    for (let index = 0; index + 2 < tokens.length; index++) {
      const [quote, paragraph, inline] = tokens.slice(index, index + 3)
      if (!inline || quote?.type !== 'blockquote_open' || paragraph?.type !== 'paragraph_open') continue
      const found = /^\[!([\w-]+)(?:\|[^\]\n]*)?\][+-]?[^\S\n]*([^\n]*)(?:\n|$)/.exec(inline.content)
      if (!found) continue
      const [line, kind = '', title = ''] = found
      const rest = inline.content.slice(line.length)
      const heading = titleTokens(
        title.trim() || capital(kind),
        (type, tag, nesting) => new state.Token(type, tag, nesting),
      )
      if (rest.trim() === '') tokens.splice(index + 1, 3, ...heading)
      else {
        inline.content = rest
        tokens.splice(index + 1, 0, ...heading)
      }
    }
  })
}

type Make = (type: string, tag: string, nesting: -1 | 0 | 1) => ReturnType<MarkdownIt['parse']>[number]

/** A paragraph of the title alone, strong. */
function titleTokens(title: string, make: Make) {
  const inline = make('inline', '', 0)
  inline.content = `**${title.replace(/^\*\*(.*)\*\*$/, '$1')}**`
  inline.children = []
  return [make('paragraph_open', 'p', 1), inline, make('paragraph_close', 'p', -1)]
}

/** Quarto's blocks that are for other formats or profiles, or for none (https://quarto.org/docs/authoring/conditional.html), and what is called hidden or private. */
const isHidden = (name: string, opening: string): boolean =>
  /\.content-hidden(?![\w-])|\.content-visible(?![\w-])[^}]*\b(?:when|unless)-|\{[^}]*\.(?:hidden|private)(?![\w-])/.test(
    opening,
  ) ||
  (!kinds.test(name) && (speaksOfEncryption(name) || speaksOfSecrecy(name)))

/** `:::note[Title]` or `::: note Title`, to the line of as many colons. */
const directive: BlockRule = (state, startLine, endLine, silent) => {
  if (isIndented(state, startLine)) return false
  const opening = lineText(state, startLine)
  const found =
    /^(:{2,})[^\S\n]*\{?(?:#[\w-]+[^\S\n]+)?[.]?(?:callout-)?([\w-]+)(?:\[([^\]]*)\])?[^\S\n]*([^\n]*)$/.exec(
      opening,
    )
  if (!found) return false
  const [, fence = '', name = '', bracketed, behind = ''] = found
  // Two colons are a component's of Nuxt Content: its words stay as they are.
  if (fence.length === 2 && !isHidden(name, opening)) return false
  const end = closingLine(state, startLine, endLine, fence.length)
  if (end === -1) return false
  if (silent) return true
  if (isHidden(name, opening)) {
    // HTML's own way of saying it, which is told.
    const token = state.push('html_block', '', 0)
    token.map = [startLine, end + 1]
    token.content = `<div hidden>${name}</div>\n`
    state.line = end + 1
    return true
  }
  const attribute = /\btitle="([^"]*)"/.exec(behind)?.[1]
  const words = behind.replace(/\{[^}]*\}|[\w-]+="[^"]*"|[{}]/g, '').trim()
  writeBox(state, startLine, end, kinds.test(name) ? bracketed || attribute || words || capital(name) : null)
  state.line = end + 1
  return true
}

/** -1 where it is never closed: then it is no fence, but a line of text. */
function closingLine(state: BlockState, startLine: number, endLine: number, colons: number): number {
  let depth = 1
  let code: string | null = null
  for (let line = startLine + 1; line < endLine; line++) {
    const text = lineText(state, line)
    const mark = /^(`{3,}|~{3,})/.exec(text)?.[1]
    if (code !== null) {
      if (mark?.startsWith(code)) code = null
      continue
    }
    if (mark) code = mark
    const [, fence = '', behind] = /^(:{2,})[^\S\n]*(\S?)/.exec(text) ?? []
    if (fence.length < colons) continue
    if (behind !== '') depth++
    else if (--depth === 0) return line
  }
  return -1
}

/** `!!! note "Title"` or `??? note`, with the lines that are indented below it. */
const indented: BlockRule = (state, startLine, endLine, silent) => {
  if (isIndented(state, startLine)) return false
  const [, kind = '', given] =
    /^(?:!!!|\?\?\?\+?)[^\S\n]+([\w-]+)(?:[^\S\n]+[\w-]+)*[^\S\n]*(?:"([^"]*)")?[^\S\n]*$/.exec(
      lineText(state, startLine),
    ) ?? []
  if (!kinds.test(kind)) return false
  const last = lastIndented(state, startLine, endLine)
  if (last === startLine) return false
  if (silent) return true
  const title = given ?? capital(kind)
  writeBox(state, startLine, last + 1, title === '' ? null : title, state.blkIndent + 4)
  state.line = last + 1
  return true
}

/** The last line that is indented below another one; that one where none is. */
function lastIndented(state: BlockState, startLine: number, endLine: number): number {
  let last = startLine
  for (let line = startLine + 1; line < endLine; line++) {
    if (state.isEmpty(line)) continue
    if (!isIndented(state, line)) break
    last = line
  }
  return last
}

/** `=== "Label"`, with what is indented below it: https://facelessuser.github.io/pymdown-extensions/extensions/tabbed/ */
const tab: BlockRule = (state, startLine, endLine, silent) => {
  if (isIndented(state, startLine)) return false
  const [, label = ''] = /^===[!+]*[^\S\n]+(?:"([^"]+)")[^\S\n]*$/.exec(lineText(state, startLine)) ?? []
  const last = label === '' ? startLine : lastIndented(state, startLine, endLine)
  if (last === startLine) return false
  if (silent) return true
  pushTitle(state, label, startLine)
  writeBox(state, startLine, last + 1, null, state.blkIndent + 4)
  state.line = last + 1
  return true
}

function pushTitle(state: BlockState, title: string, line: number) {
  for (const made of titleTokens(title, (type, tag, nesting) => new state.Token(type, tag, nesting))) {
    const token = state.push(made.type, made.tag, made.nesting)
    token.content = made.content
    token.children = made.children
    token.map = [line, line + 1]
  }
}

/** @param title null: what stands inside, with nothing around it */
function writeBox(state: BlockState, startLine: number, end: number, title: string | null, indent?: number) {
  const [parent, lineMax, blkIndent] = [state.parentType, state.lineMax, state.blkIndent]
  state.parentType = 'blockquote'
  state.lineMax = end
  if (indent !== undefined) state.blkIndent = indent
  if (title !== null) {
    const open = state.push('blockquote_open', 'blockquote', 1)
    open.map = [startLine, end]
    pushTitle(state, title, startLine)
  }
  state.md.block.tokenize(state, startLine + 1, end)
  if (title !== null) state.push('blockquote_close', 'blockquote', -1)
  state.parentType = parent
  state.lineMax = lineMax
  state.blkIndent = blkIndent
}
