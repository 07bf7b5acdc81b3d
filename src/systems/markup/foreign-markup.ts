import type { PresetMarkup } from '../../model/preset.ts'
import { formulaRanges } from '../../text/formulae.ts'
import { lineAt } from '../../text/text-place.ts'
import { spanBefore } from './described-span.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'
import { type ForeignTag, TemplateRun } from './template-run.ts'

export type { ForeignTag } from './template-run.ts'

export interface TranslatedMarkup {
  text: string
  tags: ForeignTag[]
}

/** Nearly every article has none of it. */
const anyForeign =
  /\{[%{:]|[)\]`*_]\{[ \t]*[.#\w]|^#{1,6}[ \t].*\{[ \t]*[#.]|#[ \t].*\{[^{}\n]*(?:hidden|style)[ \t]*=|(?:^|[ \t])\{[ \t]*[.#][\w-][^{}\n]*\}[ \t]*$/m

/** Kramdown's and Pandoc's attribute lists: on a line of their own, or right behind what they describe. */
const attributeLine = /^[ \t]*\{:[^{}\n]*\}[ \t]*$/gm
const attributeList = /(?<=[)\]`*_>])\{(?::[^{}\n]*|[ \t]*[.#][\w-][^{}\n]*|[ \t]*[\w-]+=[^{}\n]*)\}/g
/** Of what ends in a round bracket, links and pictures alone have attributes: `f(x){n=1}` is words. */
const link = /^\]\((?:[^()\n]|\([^()\n]*\))*\)$/
const longestLink = 2_000
const isBehindWords = (text: string, at: number) => {
  if (text[at - 1] !== ')') return false
  const before = text.slice(Math.max(0, at - longestLink), at)
  return !link.test(before.slice(before.lastIndexOf('](')))
}
const headingAttributes = /(?<=^#{1,6}[ \t][^\n{}]*)[ \t]\{:?[ \t]*[#.][^{}\n]*\}(?=[ \t]*$)/gm
/** Kramdown's list on the line below a heading, where it says the heading's id. */
const idBelow = /\n(?<=^#{1,6}[ \t][^\n]*\n)[ \t]*\{:(?=[^{}\n]*?[\s:]#)[^{}\n]*\}[ \t]*$/gm
/** Of Goldmark's blocks and of markdown-it-attrs, which have no colon. */
const bareLine = /^[ \t]*\{[ \t]*[.#][\w-][^{}\n]*\}[ \t]*$/gm
const bareEnd = /[ \t]\{[ \t]*[.#][\w-][^{}\n]*\}(?=[ \t]*$)/gm
const isHeading = (text: string, at: number) =>
  /^#{1,6}[ \t]/.test(text.slice(text.lastIndexOf('\n', at) + 1, at))
/** What a heading is called in links to it stays with it. */
const headingId = /[\s{:]#([^\s{}"'<>=]+)/
const tableOfContents = /^[ \t]*[*+-][ \t]+\S[^\n]*\n(?=[ \t]*\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$)/gim

/**
 * Takes the template tags of other systems (Liquid, Hugo's and Zola's shortcodes, Kramdown's attributes) for what they are. Nothing is run:
 * what a tag shows is put in its place where it can be known from the folder alone. Of the rest nothing stays where the
 * system is known whose tag it is, for it would show something else; where none is known, it stays as it stands.
 * Where nothing is taken in from other files, every line of the result is the line of the same number in `text`.
 * @param page the article's front matter
 * @param base the path that the publication lies below, without a slash at its end
 */
export function translateForeignMarkup(
  text: string,
  kind: 'markdown' | 'html',
  markup: PresetMarkup,
  page: Record<string, unknown>,
  base = '',
): TranslatedMarkup {
  if (!text.includes('{') || !anyForeign.test(text)) return { text, tags: [] }
  let inCode: ((offset: number) => boolean) | undefined
  const isCode = (offset: number) => {
    inCode ??= untouched(text, kind)
    return inCode(offset)
  }
  const run = new TemplateRun({ ...markup, page, base }, kind, isCode)
  const filled = run.translate(text)
  const plain = kind === 'markdown' ? withoutAttributes(filled, markup, run) : filled
  return { text: plain, tags: run.tags }
}

function withoutAttributes(
  text: string,
  { family, blockAttributes, plainAttributes }: PresetMarkup,
  run: TemplateRun,
): string {
  const patterns = [
    tableOfContents,
    ...(family === 'liquid' ? [idBelow] : []),
    attributeLine,
    attributeList,
    ...(family === null ? [] : [headingAttributes]),
    ...(blockAttributes ? [bareLine] : []),
    ...(blockAttributes === 'end' ? [bareEnd] : []),
  ]
  let plain = withoutHidden(text, run, plainAttributes === true)
  for (const pattern of patterns) {
    if (plain.search(pattern) === -1) continue
    const isCode = untouched(plain, 'markdown')
    const before = plain
    plain = before.replace(pattern, (found: string, ...rest: unknown[]) => {
      const at = rest.find(value => typeof value === 'number') ?? 0
      if (isCode(at) || (pattern === attributeList && isBehindWords(before, at))) return found
      if (pattern === bareEnd && isHeading(before, at)) return found
      const [, id] = ((pattern === headingAttributes || pattern === idBelow) && headingId.exec(found)) || []
      if (id !== undefined) return ` {#${id}}${pattern === idBelow ? '\n' : ''}`
      run.note('{: …}', 'left out', false, () => lineAt(before, at))
      return '\n'.repeat(found.split('\n').length - 1)
    })
  }
  return plain
}

/** Kramdown's and Pandoc's lists that hide what they describe: `{: style="display:none"}`, `{: hidden="hidden"}`, Quarto's `{.content-hidden}`. */
const hidingList =
  /\{:?[^{}\n]*?(?:\bhidden\s*=|\.content-hidden(?![\w-])|\.content-visible(?![\w-])[^{}\n]*?\b(?:when|unless)-|\bstyle\s*=[^{}\n]*?(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)))[^{}\n]*\}/i

/** Kramdown's lists that have a name, `{:quiet: hidden="hidden"}`, and are referred to by it: `{: quiet}`. */
const namedList = /^[ \t]*\{:([\w-]+):[^{}\n]*\}[ \t]*$/gm

/** Of Python-Markdown. */
const plainHidingList = /\{:?[ ]*(?:[^{}\n]*?[ ])?hidden(?=[\s}])[^{}\n]*\}/i

function hidingLists(
  text: string,
  hasPlain: boolean,
): { test(line: string): { list: string; at: number } | null } | null {
  const isPlain = hasPlain && plainHidingList.test(text)
  if (!hidingList.test(text) && !isPlain) return null
  const names = [...text.matchAll(namedList)]
    .filter(([list]) => hidingList.test(list))
    .map(([, name]) => name)
    .slice(0, 100)
  const referring =
    names.length > 0
      ? new RegExp(`\\{:(?![\\w-]+:)[^{}\\n]*?(?<![\\w.#"'-])(?:${names.join('|')})(?![\\w"'=-])[^{}\\n]*\\}`)
      : null
  return {
    test(line) {
      if (line.search(namedList) !== -1) return null
      // A fence with such a class hides all of its block.
      if (/^\s*:{2,}[^{]*\{[^{}]*\.content-/.test(line)) return null
      const found =
        hidingList.exec(line) ?? referring?.exec(line) ?? (isPlain ? plainHidingList.exec(line) : null)
      return found ? { list: found[0], at: found.index } : null
    },
  }
}

const hidingTag =
  /^[ \t>]*<[a-z][^<>]*?\s(?:hidden(?=[\s=>])|style\s*=[^<>]*?(?:display\s*:\s*none|visibility\s*:\s*hidden))/i
const fence = /^ {0,3}(?:`{3,}|~{3,})/
const inList = /^(?:[ \t]+\S|[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t])/

/**
 * The block above such a list goes, or the one below where none is right above; the span or the item that it stands right behind the mark of, and where
 * that is in doubt, the paragraph. Code goes
 * as a whole, and a list with blank lines between its parts.
 */
function withoutHidden(text: string, run: TemplateRun, hasPlain: boolean): string {
  const hiding = hidingLists(text, hasPlain)
  if (hiding === null) return text
  const isCode = untouched(text, 'markdown')
  const lines = text.split('\n')
  const shown = [...lines]
  const isBlank = (index: number) => (lines[index] ?? '').trim() === ''
  const hide = (from: number, by: 1 | -1) => {
    let inFence = false
    for (let index = from; index >= 0 && index < lines.length; index += by) {
      const line = lines[index] ?? ''
      if (fence.test(line)) inFence = !inFence
      if (!inFence && isBlank(index)) {
        let next = index
        while (next >= 0 && next < lines.length && isBlank(next)) next += by
        if (!inList.test(lines[index - by] ?? '') || !inList.test(lines[next] ?? '')) return
      } else if (shown[index] === '' && lines[index] !== '') return
      // A tag that hides by itself hides what stands below it, too.
      if (!hidingTag.test(line)) shown[index] = ''
    }
  }
  let at = 0
  for (const [index, written] of lines.entries()) {
    let line = written
    let found = line.includes('{') ? hiding.test(line) : null
    for (let cut = 0, cuts = 0; found && !isCode(at + cut + found.at); found = hiding.test(line)) {
      const start = cuts++ < mostCuts ? spanBefore(line, found.at) : null
      if (start === null) break
      const end = found.at + found.list.length
      cut += end - start
      line = line.slice(0, start) + line.slice(end)
      if (shown[index] !== '') shown[index] = line
      run.note(`${found.list}, with what it hides,`, 'left out', false, () => index + 1)
    }
    if (found && itemBegin.test(line.slice(0, found.at)) && !isCode(at + found.at)) {
      shown.fill('', index, itemEnd(lines, index))
      run.note(`${found.list}, with what it hides,`, 'left out', false, () => index + 1)
    } else if (found && !isCode(at + found.at)) {
      const isAlone = line.trim() === found.list
      if (isAlone) shown[index] = ''
      const isBelow = isAlone && isBlank(index - 1)
      const isHeading = headingLine.test(line)
      if (isHeading) shown[index] = ''
      else if (!isBelow) hide(isAlone ? index - 1 : index, -1)
      if (!isHeading && (!isAlone || isBelow)) hide(index + 1, 1)
      run.note(`${found.list}, with what it hides,`, 'left out', false, () => index + 1)
    }
    at += written.length + 1
  }
  return shown.join('\n')
}

/** A heading, which may stand in a quote or a list. */
const headingLine = /^[ \t]*(?:(?:>|[*+-]|\d{1,9}[.)])[ \t]*)*#{1,6}[ \t]/

/** Of a line with more of them all goes. */
const mostCuts = 100

/** A list of attributes right behind such a mark describes the whole item, or definition. */
const itemBegin = /^[ \t]*(?:[*+-]|\d{1,9}[.)]|:)[ \t]+$/
const itemMark = /^[ \t]*(?:[*+-]|\d{1,9}[.)]|:)[ \t]/

/** The line behind an item of a list. */
function itemEnd(lines: readonly string[], index: number): number {
  const indentOf = (line: string) => line.search(/\S/)
  const own = indentOf(lines[index] ?? '')
  let isBehindBlank = false
  for (let line = index + 1; line < lines.length; line++) {
    const text = lines[line] ?? ''
    const indent = indentOf(text)
    if (indent !== -1 && indent <= own && (isBehindBlank || itemMark.test(text))) return line
    isBehindBlank = indent === -1
  }
  return lines.length
}

/** Whether an offset is in code or in a formula. */
function untouched(text: string, kind: 'markdown' | 'html'): (offset: number) => boolean {
  const isCode = rangeTest(kind === 'markdown' ? codeRanges(text) : [])
  const isFormula = rangeTest(formulaRanges(text, offset => !isCode(offset)))
  return offset => isCode(offset) || isFormula(offset)
}
