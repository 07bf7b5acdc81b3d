import type { LineSignals } from './line-signals.ts'
import { isMark, noLine, placedSigns, reach, signsOf, wordSigns } from './line-signs.ts'
import { type LineWeights, lineWeights } from './line-weights.ts'

/** Where the text lies, as far as signs of its lines tell. */
export interface TextRun {
  start: number
  /** Exclusive. */
  end: number
  /** How probable it is that the text goes on at this line or behind it. */
  beyond: (at: number) => number
}

interface Doubt {
  marks: number
  doubt: number
}

/**
 * So probable may it be that the text begins before where it is taken to begin, or goes on behind its end: the more of the
 * lines that would go say themselves that they are the page's, the more.
 */
const doubts: readonly Doubt[] = [
  { marks: 2, doubt: 0.22 },
  { marks: 1, doubt: 0.08 },
  { marks: 0, doubt: 0.02 },
]
/** Lines between the run and the page's own. */
const maxLast = 2
/** So much of a page's prose may be its own. */
const maxProse = 0.34

/** The lines that are the text as like as not; all lines on a side where those that would go are too much like text. */
export function textRun(lines: readonly LineSignals[], weights: LineWeights = lineWeights): TextRun {
  const { starts, ends } = probable(lines, weights)
  const total = proseOf(lines)
  const isPages = (some: readonly LineSignals[], least: number) =>
    some.reduce((sum, line) => sum + markOf(line), 0) >= least && proseOf(some) <= total * maxProse
  const start = firstOf(({ marks, doubt }) => {
    const at = withoutDoubt(starts, doubt)
    return isPages(lines.slice(0, at), marks) ? at : null
  })
  const fromEnd = ends.toReversed()
  const end = firstOf(({ marks, doubt }) => {
    const at = endOf(lines, lines.length - withoutDoubt(fromEnd, doubt))
    return isPages(lines.slice(at), marks) && !resumes(lines, at) ? at : null
  })
  const behind = new Float64Array(ends.length)
  for (let at = ends.length - 2; at >= 0; at--) behind[at] = (behind[at + 1] ?? 0) + (ends[at + 1] ?? 0)
  return {
    start: start ?? 0,
    end: end ?? lines.length,
    beyond: at => behind[at] ?? 0,
  }
}

/** What the greatest doubt that leads somewhere leads to. */
function firstOf(find: (doubt: Doubt) => number | null): number | null {
  for (const doubt of doubts) {
    const found = find(doubt)
    if (found !== null) return found
  }
  return null
}

/** How much a line says to be the page's: lists of dates and of sections do so where there are many. */
function markOf(line: LineSignals): number {
  if (isMark(line)) return 1
  const isDate = !line.prose && line.dates.length > 0 && line.besideDates <= 3
  return isDate || line.sections ? 0.5 : 0
}

/** How many of the first probabilities are no more than the doubt that is allowed, all together. */
function withoutDoubt(shares: Float64Array, doubt: number): number {
  let sum = 0
  const at = shares.findIndex(share => {
    sum += share
    return sum > doubt
  })
  return Math.max(0, at)
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

/** Check sums, commands, ends of statements: an author's, and no frame's. */
const listing =
  /\b[0-9a-f]{32,}\b|[{};]$|=>|^(?:\$ |\/\/ |#!|(?:const|let|var|def|import|return|export|sudo|npm|pip|git) )/
/** So many lines may stand before the next of them. */
const maxBetweenListings = 3

/** A text's end, behind the listings that go on there. */
export function pastListings(lines: readonly LineSignals[], end: number): number {
  const isListing = (at: number) => {
    const line = lines[at]
    return line !== undefined && line.place !== 'behind' && (line.shape === 'code' || listing.test(line.text))
  }
  let last = end
  for (let at = end; at < Math.min(lines.length, last + maxBetweenListings + 1); at++)
    if (isListing(at)) last = at + 1
  return last
}

const item = /^(?:\d{1,3}[.)]|[-–—*•·▪])\s/

function goesOn(last: LineSignals | undefined, next: LineSignals | undefined): boolean {
  if (!last || !next || isMark(next)) return false
  const [before, after] = [item.exec(last.text), item.exec(next.text)]
  if (before && after) return true
  return last.prose && next.prose && next.closed && next.weight >= 100
}

/** How probable each line is the text's first, and each the first behind it, the page's end among them. */
function probable(lines: readonly LineSignals[], weights: LineWeights) {
  const { text, first, behind } = scoresOf(lines, weights)
  const [starts, ends] = [new Float64Array(lines.length), new Float64Array(lines.length + 1)]
  let sum = 0
  for (let at = lines.length - 1; at >= 0; at--) {
    sum += text[at] ?? 0
    starts[at] = sum + (first[at] ?? 0)
  }
  sum = 0
  for (let at = 0; at <= lines.length; at++) {
    // A text has a line.
    ends[at] = at === 0 ? -Infinity : sum + (behind[at] ?? 0)
    sum += text[at] ?? 0
  }
  return { starts: sharesOf(starts), ends: sharesOf(ends) }
}

/** The share of each score's exponential. */
function sharesOf(scores: Float64Array): Float64Array {
  let [most, all] = [-Infinity, 0]
  for (const score of scores) most = Math.max(most, score)
  const odds = scores.map(score => Math.exp(score - most))
  for (const one of odds) all += one
  return odds.map(one => one / all)
}

/** How much speaks for each line to be of the text, to be its first, and to be the first behind it, in nats. */
function scoresOf(lines: readonly LineSignals[], { around, page, words }: LineWeights) {
  const scores = ['text', 'first', 'behind'].map(() => new Float64Array(lines.length + 1))
  const [text = new Float64Array(), first = text, behind = text] = scores
  const give = (to: number, gains: readonly number[] | undefined) => {
    if (!gains || text[to] === undefined) return
    text[to] += gains[0] ?? 0
    first[to] = (first[to] ?? 0) + (gains[1] ?? 0)
    behind[to] = (behind[to] ?? 0) + (gains[2] ?? 0)
  }
  const placed = placedSigns(lines)
  const known = words()
  for (let at = -reach; at <= lines.length + reach; at++) {
    const line = lines[at]
    for (const sign of line ? signsOf(line) : noLine) {
      const rows = around[sign]
      for (let offset = 0; rows && offset <= 2 * reach; offset++) give(at - offset + reach, rows[offset])
    }
    for (const sign of placed[at] ?? noLine) give(at, page[sign])
    if (!line) continue
    let said = 0
    for (const word of wordSigns(line)) said += known.get(word) ?? 0
    text[at] = (text[at] ?? 0) + said
  }
  return { text, first, behind }
}

function proseOf(lines: readonly LineSignals[]): number {
  let sum = 0
  for (const { prose, weight } of lines) if (prose) sum += weight
  return sum
}
