import type { FrontMatter } from '../model/front-matter.ts'
import { beforeFirst } from '../text/before-first.ts'
import { isEmbargoLine, isMarkedDraft, isMarkedInFront, saysDraft, withoutShapeless } from './draft-marks.ts'
import { foldKey, frontMatterKeys } from './front-matter-keys.ts'
import { readStatus, type StatusKeyValue } from './status-keys.ts'

/** A line that was meant to keep an article back, and could not be read as front matter. */
export interface DraftSign {
  /** 1-based; null where a page's markup hides it. */
  line: number | null
  /** As written. */
  text: string
  status: NonNullable<StatusKeyValue>
}

/** Lines and characters of a line that front matter may have, and be looked through for such a sign. */
const mostLines = 200
const longestLine = 400

/** `---`, and what typing and word processors make of it; the fences of other systems. */
const opening =
  /^\s*(?:(?:[-\u2010-\u2015\u2212]{2,}|[\u2014\u2015]|\+{2,}|;{3,}|`{3,}|~{3,})\s*(?:[a-z]{0,8}|#.*)\s*$|\{|%%\s*$)/i
const closing = /^\s*(?:[-\u2010-\u2015\u2212]{2,}|[\u2014\u2015]|\+{2,}|;{3,}|`{3,}|~{3,}|\.{3}|\}|%%)\s*$/
const comment = /^\s*(?:#|\/\/|;[^;])/
const pair =
  /^[\s\-*>{,["'\u201c\u201d\u2018\u2019]*([\p{L}][\p{L}\p{M}\p{N} _.-]{0,30}?)["'\u201c\u201d\u2018\u2019\]]*\s*(?:[:：=]|=>)\s*(\S.{0,200})?$/u
/** What plainly says yes or no, or names a state: behind front matter `Draft: Cavaliers` may open a text. */
const plainValues = new Set(
  'true yes on 1 ja oui sí si sim да false no off 0 nein non pending unpublished'.split(' '),
)
/** Lines of a page's head in which such a line may stand below a headline and a date. */
const headLines = 4

/**
 * Looks at the head of a file for what was meant to keep it back: in front matter that could not be read as it was meant, or above it.
 * @param body what is left of it behind front matter, every line where it was
 * @param frontMatter what was read; what was read without a complaint is taken at its word
 * @param isSaidToBeRead whether it says plainly that it is to be read: then nothing but front matter itself can say otherwise
 */
export function findDraftSign(
  text: string,
  body: string,
  frontMatter: FrontMatter | null,
  isSaidToBeRead: boolean,
): DraftSign | null {
  const inBody = isSaidToBeRead ? null : bodySign(body, frontMatter !== null)
  if (inBody) return inBody
  const isClear = frontMatter !== null && frontMatter.diagnostics.length === 0
  if (isClear && (isSaidToBeRead || !leadIn(text).includes('<!--'))) return null
  const { rows } = headOf(text)
  for (const { text: written, line } of rows) {
    const status = comment.test(written) ? null : statusIn(written)
    if (status) return { line, text: written.trim(), status }
  }
  return null
}

/** In the first lines of the text itself: whoever writes `draft: true` below front matter has missed it by a line. */
function bodySign(body: string, isBehind: boolean): DraftSign | null {
  const rows = firstRows(body, headLines + 1)
  const [first] = rows
  if (!first) return null
  const isList = rows.filter(row => listed.test(row.text)).length > 1
  const code = rows.findIndex(row => /^(?:`{3}|~{3})/.test(row.text))
  // A second front matter behind the first.
  const from = isBehind && opening.test(first.text) && !saysDraft(first.text) ? 1 : 0
  for (const row of rows.slice(from, Math.min(from + headLines, code === -1 ? rows.length : code))) {
    const isFirst = row === first
    const said = withoutLooks(row.text)
    if (isList && listed.test(row.text)) continue
    const isChapter = /^#{2,6}\s/.test(said) && said !== said.toUpperCase()
    const isAlone =
      saysDraft(said) &&
      !isChapter &&
      (isBehind ? !/^#{1,6}\s/.test(said) : isFirst || said === said.toUpperCase())
    const isMarked = isFirst ? isMarkedLine(row.text, said) : isEmbargoLine(said)
    if (isAlone || isMarked) return { ...row, status: 'draft' }
    const stated = said.replace(statedOtherwise, '$1: $2')
    const status = isPlainState(stated) && !comment.test(stated) ? statusIn(stated) : null
    if (status) return { ...row, status }
  }
  return null
}

/** Items of a list are what it is about. */
const listed = /^(?:[-*+•]|\d+[.)])\s/

/** The first lines that are not blank, so many at most. */
function firstRows(body: string, most: number): { text: string; line: number }[] {
  const rows: { text: string; line: number }[] = []
  let at = 0
  for (let line = 1; line <= mostLines * 2 && at <= body.length && rows.length < most; line++) {
    const end = body.indexOf('\n', at)
    const text = body
      .slice(at, end === -1 ? body.length : end)
      .slice(0, longestLine)
      .trim()
    if (text !== '') rows.push({ text, line })
    at = end === -1 ? body.length + 1 : end + 1
  }
  return rows
}

/** @param said the same without its looks */
function isMarkedLine(line: string, said: string): boolean {
  const isName = /^#\s/.test(line) || /^[[({【〔].*[\])}】〕]$/u.test(said)
  return isName ? isMarkedDraft(line.replace(/^#/, '')) || isEmbargoLine(said) : isMarkedInFront(said)
}

/** The same in the first lines that a page shows. */
export function findDraftSignShown(html: string): DraftSign | null {
  const shown = html
    .slice(0, longestHead)
    .replace(/\s+/g, ' ')
    .replace(/<h([2-6])\b[^<>]*>/gi, '\n## ')
    .replace(blocks, '\n')
    .replace(/<[^<>]*>/g, '')
    .trim()
  const sign = bodySign(shown, true)
  return sign && { ...sign, line: null }
}

/** UTF-16 code units in which the first lines of a page are looked for. */
const longestHead = 4_000

/** A page in one line is read as one in several. */
const blocks =
  /<(?:br|hr|\/?(?:title|p|div|h[1-6]|li|[uo]l|section|article|header|blockquote|pre|table|tr|figure))\b[^<>]*>/gi

/** A line as it is read: without comments' ends, tags, emphasis. What is code or quoted stays so. */
const withoutLooks = (line: string) =>
  withoutShapeless(firstBlock(line))
    .replace(/<!--|-->|<[^<>]*>|[*_~]/g, '')
    .trim()

function firstBlock(line: string): string {
  if (!line.includes('<')) return line
  const parts = line.replace(blocks, '\n').split('\n')
  return parts.find(part => /[\p{L}\p{N}]/u.test(part.replace(/<(?!!--)[^<>]*>/g, ''))) ?? line
}

/** `Status – draft`, `| Status | draft |`. */
const statedOtherwise = /^[|\s]*(\p{L}[\p{L} ]{0,30}?)\s*(?:\||\s[-–—]\s)\s*([^|]{1,60}?)[|\s]*$/u

function isPlainState(line: string): boolean {
  const [, value = ''] = /[:=]\s*["']?([^"':=]{1,60}?)["']?\s*$/.exec(line) ?? []
  return plainValues.has(value.toLowerCase()) || saysDraft(value)
}

function statusIn(line: string): StatusKeyValue {
  for (const part of line.replace(/<!--|-->/g, '').split(/[{}]|,(?=\s*["'\u201c]?\p{L})/u)) {
    const [, key, value = ''] = pair.exec(part.trim()) ?? []
    const status = key === undefined ? null : readStatus(key, bare(value))
    if (status) return status
  }
  return null
}

/** A value without its quotation marks, the comma behind it, a comment. */
const bare = (value: string) =>
  value
    .replace(/\s+(?:#|\/\/).*$/, '')
    .replace(/^[\s"'\u201c\u201d\u2018\u2019[]+|[\s"'\u201c\u201d\u2018\u2019,;\]}]+$/g, '')

interface Row {
  text: string
  line: number
}

/**
 * The lines that may have been meant as front matter: comments above, then up to the closing line, or where none opens or closes it,
 * the first paragraph, if each of its lines looks like a key's.
 */
function headOf(text: string): { rows: Row[]; first: Row | null } {
  const all = text
    .split('\n', mostLines + 1)
    .map((row, index) => ({ text: row.slice(0, longestLine), line: index + 1 }))
  const above = leadIn(text).split('\n').length - 1
  const [lead, rest] = [all.slice(0, above), all.slice(above)]
  const first = rest[0]
  if (!first) return { rows: lead, first: null }
  const closed = rest.findIndex((row, index) => index > 0 && closing.test(row.text))
  const blank = rest.findIndex(row => row.text.trim() === '')
  const paragraph = rest.slice(0, blank === -1 ? undefined : blank)
  if (opening.test(first.text.replace(/\p{Cf}/gu, '')))
    return { rows: [...lead, ...(closed === -1 ? paragraph : rest.slice(0, closed))], first }
  const keys = paragraph.every(row => pair.test(row.text.trim()) || /^(?:\s+|-\s+)\S/.test(row.text))
  const isHeadline = paragraph.length === 1 && isHeadlineLike(first.text)
  return { rows: keys && !isHeadline ? [...lead, ...paragraph] : lead, first }
}

/** `Draft: what the army wants`, alone above a text, is what that is called: of a switch (`draft`, `private`) a phrase is no value. */
function isHeadlineLike(line: string): boolean {
  const [, key = '', value = ''] = pair.exec(line.trim()) ?? []
  const isWritten = /^\p{Lu}/u.test(key) && key !== key.toUpperCase() && /\s/.test(bare(value))
  return isWritten && !isPlainState(line) && readStatus(key, 'words of a headline') !== null
}

const telling = new Set(
  Object.values(frontMatterKeys)
    .flat()
    .map(name => foldKey(beforeFirst(name, '.'))),
)

/** Whether keys are such as articles have, so that lines between dashes further down are front matter, and no text between rules. */
export const isTelling = ({ values }: FrontMatter): boolean =>
  Object.entries(values).some(([key, value]) => telling.has(foldKey(key)) || readStatus(key, value) !== null)

/** What stands above front matter without being text: blank lines, characters without a shape, comments. */
export function leadIn(text: string): string {
  let at = 0
  for (;;) {
    while (at < text.length && /[\s\p{Cf}]/u.test(text.charAt(at))) at++
    if (!text.startsWith('<!--', at)) return text.slice(0, at)
    const end = text.indexOf('-->', at + 4)
    if (end === -1) return text.slice(0, at)
    at = end + 3
  }
}
