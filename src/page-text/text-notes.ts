import { diagnose } from '../model/diagnostic.ts'
import type { LineRole } from './line-roles.ts'
import { isMeta, type LineSignals } from './line-signals.ts'
import type { Draft } from './page-draft.ts'

/** One `#` opens remarks and topics, too: headings have more of them, but for the first. */
const markdownSign =
  /^#{2,6}\s\S|!?\[[^\]\n]{1,200}\]\((?:https?:|[./#]|[\w-]+\.(?:html?|md|pdf|png|jpe?g|gif)\b)[^)\s]{0,400}\)/u
/** Whole elements, and breaks that end a line: a text about HTML names single tags. */
const htmlSign =
  /<(?:p|h[1-6]|div|a|ul|ol|li|strong|em|b|i|blockquote|title)(?:\s[^<>]{0,400})?>[^<>]{1,2000}<\/|<br\s?\/?>\s*$/i
/** So many lines with a sign are no chance; one of HTML may hold a whole page. */
const minSigns = 2

/** Says of a text that it is written in Markdown or HTML: it is read as plain text, signs and all. */
export function noteMarkup({ path, lines, reading }: Draft): void {
  const prose = lines.filter(({ shape }) => shape !== 'code')
  const signs: [string, string, RegExp][] = [
    ['HTML', '.html', htmlSign],
    ['Markdown', '.md', markdownSign],
  ]
  for (const [name, ending, sign] of signs) {
    const found = prose.filter(({ text }) => sign.test(text))
    const [first] = found
    const all = found.reduce((sum, { text }) => sum + text.split(sign).length - 1, 0)
    if (!first || all < minSigns) continue
    const message = `The text looks like ${name} and is read as plain text: "${first.text.slice(0, 60)}". Call the file \`${ending}\` to have it read as such.`
    reading.diagnostics.push(diagnose('text-markup', { path, line: first.line }, message))
    return
  }
}

/** Prose, in UTF-16 code units, on both sides of a second article's head. */
const minProse = 200
/** Lines of a head: headline, who wrote it and when. */
const maxHead = 4

/** Says where a second article seems to begin: a headline amid the text, with a byline and a date of its own under it. */
export function noteSecondArticle(
  { path, lines, reading, outline }: Draft,
  roles: readonly LineRole[],
): void {
  const weightOf = (some: readonly LineSignals[]) =>
    some.reduce((sum, { prose, weight }) => sum + (prose ? weight : 0), 0)
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]
    if (at <= outline.heart || !before || roles[at]?.role !== 'body') continue
    if (line.prose || line.closed || line.words < 3 || isMeta(line)) continue
    const next = lines.slice(at + 1, at + 1 + maxHead)
    const head = next.slice(
      0,
      Math.max(
        0,
        next.findIndex(({ prose }) => prose),
      ),
    )
    const isHead =
      head.every(isMeta) &&
      head.some(({ byline }) => byline?.announced) &&
      head.some(({ dates }) => dates.length > 0)
    if (!isHead || weightOf(lines.slice(0, at)) < minProse || weightOf(lines.slice(at)) < minProse) continue
    const message = `"${line.text.slice(0, 80)}" has a byline and a date of its own.`
    reading.diagnostics.push(diagnose('text-two-articles', { path, line: line.line }, message))
    return
  }
}
