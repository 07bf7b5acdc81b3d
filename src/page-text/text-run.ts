import type { LineSignals } from './line-signals.ts'
import { isMark, noLine, placedSigns, reach, signsOf } from './line-signs.ts'
import { type LineWeights, lineWeights } from './line-weights.ts'

/** Where the text lies, as far as signs of its lines tell. */
export interface TextRun {
  start: number
  /** Exclusive. */
  end: number
}

/** How much more must speak against a line than for it: a line of the page that stays is better than one of the article that goes. */
const favour = 2.5
/** So many lines of those that go must say themselves that they are the page's. */
const minMarks = 2
/** So much, in nats, must speak against lines that go where but one of them, or none, says so itself. */
const enoughWithMark = 10
const enough = 25
/** Lines between the run and the page's own. */
const maxLast = 2
/** So much of a page's prose may be its own. */
const maxProse = 0.34

/** The run of lines that looks most like text; all lines on a side where not enough says that they are the page's. */
export function textRun(lines: readonly LineSignals[], weights: LineWeights = lineWeights): TextRun {
  const gains = gainsOf(lines, weights)
  const found = bestRun(gains)
  const total = proseOf(lines)
  const isPages = (some: readonly LineSignals[]) => {
    const marks = some.filter(isMark).length
    const against = some.reduce((sum, { index }) => sum - (gains[index] ?? 0), 0)
    return (
      (marks >= minMarks || against >= (marks > 0 ? enoughWithMark : enough)) &&
      proseOf(some) <= total * maxProse
    )
  }
  const end = endOf(lines, found.end)
  return {
    start: isPages(lines.slice(0, found.start)) ? found.start : 0,
    end: isPages(lines.slice(end)) && !resumes(lines, end) ? end : lines.length,
  }
}

/** Whether two paragraphs in a row stand behind the run, no heading of links or remarks before them: a text that goes on. */
function resumes(lines: readonly LineSignals[], end: number): boolean {
  for (let at = end; at < lines.length - 1; at++) {
    const [line, next] = [lines[at], lines[at + 1]]
    if (!line || !next) return false
    if (line.ending && headsOthers.has(line.ending)) return false
    if (isSentence(line) && isSentence(next)) return true
  }
  return false
}

function isSentence({ prose, closed, boilerplate, ending, weight }: LineSignals): boolean {
  return prose && closed && !boilerplate && !ending && weight >= 80
}

/** Headings behind which others speak. */
const headsOthers: ReadonlySet<string> = new Set(['comments', 'related', 'author', 'tags', 'legal'])

/**
 * The run's end, and what goes on there: a list's next item, a sentence, few lines over the first that says to be the page's.
 */
function endOf(lines: readonly LineSignals[], found: number): number {
  let end = found
  while (end < lines.length && goesOn(lines[end - 1], lines[end])) end++
  for (let at = end; at < Math.min(lines.length, end + maxLast + 1); at++) if (isMark(lines[at])) return at
  return end
}

const item = /^(?:\d{1,3}[.)]|[-–—*•·▪])\s/

function goesOn(last: LineSignals | undefined, next: LineSignals | undefined): boolean {
  if (!last || !next || isMark(next)) return false
  const [before, after] = [item.exec(last.text), item.exec(next.text)]
  if (before && after) return true
  return last.prose && next.prose && next.closed && next.weight >= 100
}

/** How much speaks for each line to be the article's, in nats. */
function gainsOf(lines: readonly LineSignals[], { around, page }: LineWeights): number[] {
  const gains = placedSigns(lines).map(signs => signs.reduce((sum, sign) => sum + (page[sign] ?? 0), favour))
  const give = (to: number, signs: readonly string[], offset: number) => {
    if (gains[to] === undefined) return
    for (const sign of signs) gains[to] += around[sign]?.[offset] ?? 0
  }
  for (let at = -reach; at < lines.length + reach; at++) {
    const line = lines[at]
    const signs = line ? signsOf(line) : noLine
    for (let offset = 0; offset <= 2 * reach; offset++) give(at - offset + reach, signs, offset)
  }
  return gains
}

/** The run of neighbours whose sum is greatest (Kadane). */
function bestRun(gains: readonly number[]): TextRun {
  let best = 0
  let sum = 0
  let from = 0
  let run = { start: 0, end: gains.length }
  for (const [at, gain] of gains.entries()) {
    if (sum <= 0) [sum, from] = [0, at]
    sum += gain
    if (sum > best) [best, run] = [sum, { start: from, end: at + 1 }]
  }
  return run
}

function proseOf(lines: readonly LineSignals[]): number {
  let sum = 0
  for (const { prose, weight } of lines) if (prose) sum += weight
  return sum
}
