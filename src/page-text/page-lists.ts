import { isSpan } from './byline.ts'
import type { LineSignals } from './line-signals.ts'

/** So many lines without text between two paragraphs are no picture and no heading. */
const minGap = 5
/** So many of them must be known as a page's own; more, where a whole paragraph follows. */
const minMarks = 2
const minMarksBeforeParagraph = 3
/** So much of a page's prose may stand in its lists. */
const maxInLists = 0.25

/** A paragraph by itself: teasers are shorter, or don't end. */
export function isParagraph(line: LineSignals): boolean {
  return isText(line) && line.closed && line.weight >= 100
}

function isText({ prose, boilerplate, ending }: LineSignals): boolean {
  return prose && !boilerplate && !ending
}

/**
 * Where the page's lists begin behind the text, though no heading says so: with the first line of a gap of menus, dates and
 * share bars, behind which hardly any prose stands. Null where there are none.
 * @param last index of the first line that can't be the text's, whatever is in it
 */
export function listsBehind(
  lines: readonly LineSignals[],
  start: number,
  coreStart: number,
  last: number,
): number | null {
  const from = Math.max(start, coreStart)
  const total = proseOf(lines.slice(start, last))
  let before = 0
  let open = from
  for (const [at, line] of lines.slice(0, last).entries()) {
    if (at < from || !isText(line)) continue
    if (at - open >= minGap && before > 0 && total - before <= total * maxInLists) {
      const gap = lines.slice(open, at)
      const marks = gap.filter(isOfPage)
      const next = lines[at + 1]
      // Two sentences in a row are a text that goes on.
      const resumes = line.closed && next?.closed && isText(next)
      const least = isParagraph(line) && line.weight >= 200 ? minMarksBeforeParagraph : minMarks
      if (marks.length >= least && !marks.every(saysLittle) && !resumes) return open + gap.findIndex(isOfPage)
    }
    before += line.weight
    open = at + 1
  }
  return null
}

function proseOf(lines: readonly LineSignals[]): number {
  let sum = 0
  for (const line of lines) if (isText(line)) sum += line.weight
  return sum
}

/** What pages print between their texts: menus, share bars, headings of lists, dates. */
function isOfPage(line: LineSignals): boolean {
  return (
    saysLittle(line) ||
    (line.boilerplate !== null && line.boilerplate !== 'count') ||
    line.ending !== null ||
    line.sections
  )
}

/** What stands amid texts as well: "Advertisement", and lists of dates. */
function saysLittle({ boilerplate, dates, besideDates, text }: LineSignals): boolean {
  return boilerplate === 'interstitial' || (dates.length > 0 && besideDates <= 25) || isSpan(text)
}
