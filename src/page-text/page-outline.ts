import type { LineSignals } from './line-signals.ts'
import { isMark } from './line-signs.ts'
import type { LineWeights } from './line-weights.ts'
import { type NamedTitle, namedTitle } from './named-title.ts'
import { isParagraph, listsBehind } from './page-lists.ts'
import { isRemarkKey, phraseKey } from './phrase-index.ts'
import { releaseEnd } from './press-release.ts'
import { pastListings, textRun } from './text-run.ts'
import { titleFeatures } from './title-features.ts'
import { readChosenTitle } from './title-reading.ts'
import { chooseTitle, type TitleChoice, type TitleChoices } from './title-score.ts'
import type { TitleFeatures } from './title-shape.ts'
import type { TitleWeights } from './title-weights.ts'

/** Where a page's article lies. Indices into the lines; `end` is exclusive. */
export interface Outline {
  title: TitleChoice | null
  /** The best candidate where none is sure: shown as headline, and left in the text. */
  likely: TitleChoice | null
  /** What a sentence or a list of the page calls the article. */
  named: NamedTitle | null
  /** First line that can belong to the body. */
  start: number
  /** First line of the run of lines that weighs most as text: menus may stand between the headline and it. */
  heart: number
  /** Lines before this one are the page's, but for the headline and what belongs to it. */
  opens: number
  /** First line behind the body. */
  end: number
  /** Why the tail is none of the article, for the report. */
  tail: string | null
}

/** Weights of signs, where others than the project's own are tried. */
export interface PageWeights {
  titles?: TitleWeights
  lines?: LineWeights
}

/** Finds the headline, where the body starts and where it ends, by scores over neighbouring lines. */
export function pageOutlineOf(lines: readonly LineSignals[], weights: PageWeights = {}): Outline {
  const core = coreOf(lines)
  const told = namedTitle(lines)
  const { likely, elsewhere } = chooseTitleWithin(lines, core.start, told, weights.titles)
  const named = told ?? listedTitle(lines, elsewhere)
  // What the page itself calls the article outweighs the look of a line.
  const title = likely?.sure && (!named || isNamed(lines[likely.index]!, named)) ? likely : null
  const start = title ? title.last + 1 : headEnd(lines, core.start)
  const run = textRun(lines, weights.lines)
  // Where the frame is known that begins, it tells more.
  const isText = (at: number) => run.beyond(at) > maxBeyond && lines[at]?.place !== 'behind'
  const heading = tailOf(lines, start, core.start)
  const known = isText(heading.end) ? { end: lines.length, tail: null } : heading
  const lists = listsBehind(lines, start, core.start, known.end)
  let behind = lists === null || isText(lists) ? known : { end: lists, tail: 'lists of the page' }
  const release = releaseEnd(lines, core.start)
  if (release !== null && release < behind.end) behind = { end: release, tail: 'end of the release' }
  const runEnd = untilFrame(lines, run.end)
  const found =
    runEnd < behind.end && runEnd > Math.max(start, core.start)
      ? { end: runEnd, tail: 'signs of the page' }
      : behind
  const { tail } = found
  const end = tail === 'comments' ? found.end : pastListings(lines, found.end)
  return { title, likely, named, start, heart: core.start, opens: run.start, end, tail }
}

/** The outline of a text over which a letter's head stands, up to a line. */
export function outlineBehind(outline: Outline, head: number): Outline {
  const [start, heart] = [Math.max(outline.start, head), Math.max(outline.heart, head)]
  return { ...outline, title: null, likely: null, named: null, start, heart, opens: head }
}

/** Where it is so probable that the text goes on, a heading of what stands behind texts does not end it. */
const maxBeyond = 0.7

/** Looks for the headline among the lines that are not of the source's frame, as if that had not come along. */
function chooseTitleWithin(
  lines: readonly LineSignals[],
  coreStart: number,
  told: NamedTitle | null,
  weights?: TitleWeights,
): TitleChoices {
  if (!isFramed(lines)) return chooseTitle(lines, coreStart, told, weights)
  // A weekly column's articles have one headline.
  const own = lines.filter(({ place }) => place === null || place === 'amid')
  const start = own.findIndex(({ index }) => index >= coreStart)
  const alone = own.map((line, index) => ({ ...line, index }))
  const { likely, elsewhere } = chooseTitle(alone, Math.max(0, start), told, weights)
  const placeOf = (at: number) => own[at]?.index ?? at
  if (!likely) return { likely, elsewhere: elsewhere === null ? null : placeOf(elsewhere) }
  const index = placeOf(likely.index)
  const isWhole = placeOf(likely.last) - index === likely.last - likely.index
  return {
    likely: { ...likely, index, last: isWhole ? placeOf(likely.last) : index },
    elsewhere: elsewhere === null ? null : placeOf(elsewhere),
  }
}

/** What can be seen of each line as a headline: what weights are fitted to. */
export function headlineOptions(lines: readonly LineSignals[]): (TitleFeatures | null)[] {
  return titleFeatures(lines, coreOf(lines).start, namedTitle(lines))
}

/** A headline that only the page's lists name. */
function listedTitle(lines: readonly LineSignals[], at: number | null): NamedTitle | null {
  if (at === null) return null
  const text = readChosenTitle(lines, { index: at, last: at, confidence: 0, sure: false }).title
  return { line: lines[at]!, text, key: phraseKey(text) }
}

function isNamed({ key }: LineSignals, named: NamedTitle): boolean {
  return key.includes(named.key) || named.key.includes(key)
}

/** What a line adds to the run of lines that is the article: much for prose, less than nothing for the page's own. */
function gain(line: LineSignals, isFramed: boolean): number {
  if (line.boilerplate === 'learnt') return -40
  if (line.prose) return Math.min(line.weight, 400)
  if (line.ending === 'comments') return -150
  if (line.boilerplate || line.ending) return -50
  if (line.shape === 'code') return Math.min(line.weight, 200)
  // Where the page's own lines are known, the others are the article's as like as not: a listing, verse, a table.
  if (isFramed) return 4
  return line.words <= 3 ? -14 : -6
}

/** Lines of a source's frame that show a page to be of it. */
const minFrame = 4

export function isFramed(lines: readonly LineSignals[]): boolean {
  return lines.filter(({ place }) => place === 'before' || place === 'behind').length >= minFrame
}

/**
 * Where a run of lines ends, if the page's source is known: nothing of a page's own that pages of the source would have
 * as well stands between the text and the frame behind it.
 */
function untilFrame(lines: readonly LineSignals[], end: number): number {
  if (!isFramed(lines)) return end
  const frame = lines.findIndex(({ place, index }) => index >= end && place === 'behind')
  return frame > end && !lines.slice(end, frame).some(isMark) ? frame : end
}

/** The run of neighbouring lines that weighs most (Kadane): the heart of the article. */
function coreOf(lines: readonly LineSignals[]): { start: number; end: number } {
  let best = 0
  let sum = 0
  let from = 0
  let core = { start: 0, end: lines.length }
  const framed = isFramed(lines)
  for (const [index, line] of lines.entries()) {
    if (sum <= 0) {
      sum = 0
      from = index
    }
    sum += gain(line, framed)
    if (sum > best) {
      best = sum
      core = { start: from, end: index + 1 }
    }
  }
  return core
}

/** Lines over the text's heart where pages print who wrote it and when, and lines of it that may say so too. */
const overHeart = 6
const inHeart = 2

/** The lines around the text's heart, from the nearest on. */
export function aroundHeart({ heart }: Outline, count: number): number[] {
  const from = Math.max(0, heart - overHeart)
  return Array.from({ length: Math.min(count, heart + inHeart) - from }, (_, at) => from + at)
}

/** Without a headline only what is plainly not the article's is left out before it. */
function headEnd(lines: readonly LineSignals[], coreStart: number): number {
  let at = 0
  while (at < coreStart && (lines[at]?.boilerplate || lines[at]?.ending)) at++
  return at
}

/**
 * The first line from which on everything is the page's: a heading of a known kind ("Related", "Comments"). The heading
 * alone is not enough: what follows must look the part (short teasers, dated remarks, a form), or weigh little.
 */
function tailOf(
  lines: readonly LineSignals[],
  start: number,
  coreStart: number,
): { end: number; tail: string | null } {
  const behind = weightBehind(lines)
  const long = longBehind(lines)
  const total = behind[start] ?? 0
  const comments = firstComments(lines, start, total, behind)
  let before = 0
  const last = comments ?? lines.length
  const upToLast = (sums: readonly number[], at: number) => (sums[at + 1] ?? 0) - (sums[last] ?? 0)
  for (const [at, line] of lines.entries()) {
    if (at < start) continue
    if (at === comments) return { end: at, tail: 'comments' }
    if (line.ending && line.ending !== 'comments' && at > coreStart && before > 0) {
      const teasers = line.ending === 'author' ? 0 : upToLast(long, at)
      const goesOn = line.ending === 'related' && resumes(lines, at)
      if (upToLast(behind, at) <= before * 0.34 && teasers <= 1 && !goesOn)
        return { end: at, tail: line.ending }
    }
    if (at > coreStart && before > 0 && isFrameBehind(lines, at)) {
      if (upToLast(behind, at) <= before * 0.34 && !resumes(lines, at))
        return { end: at, tail: 'frame of the source' }
    }
    before += solid(line)
  }
  return { end: trimEnd(lines, start), tail: null }
}

/** Two lines, near each other, that stand behind the articles of the page's source. */
function isFrameBehind(lines: readonly LineSignals[], at: number): boolean {
  if (lines[at]?.place !== 'behind') return false
  const isOfFrame = ({ place, boilerplate, ending }: LineSignals) =>
    place !== null || boilerplate !== null || ending !== null
  const rest = lines.slice(at)
  return (
    rest.slice(1, 4).some(({ place }) => place === 'behind') &&
    rest.filter(isOfFrame).length >= rest.length * minFrameBehind
  )
}

/** So many of the lines behind the article are the page's: the others are teasers. */
const minFrameBehind = 0.3

/** How far behind a heading of links the text is looked for again, in lines. */
const maxBoxLength = 14

/** Whether the text goes on behind a box of links: two paragraphs in a row, where teasers stand under headlines of theirs. */
function resumes(lines: readonly LineSignals[], heading: number): boolean {
  for (let at = heading + 1; at < Math.min(lines.length - 1, heading + maxBoxLength); at++) {
    const [line, next] = [lines[at], lines[at + 1]]
    if (!line || !next || (line.ending && line.ending !== 'share' && line.ending !== 'related')) return false
    if (isParagraph(line) && isParagraph(next)) return true
  }
  return false
}

/** How much prose stands from each line on. */
function weightBehind(lines: readonly LineSignals[]): number[] {
  return sumsBehind(lines, solid)
}

/** The sum of what each line and those behind it count; one more than there are lines. */
function sumsBehind(lines: readonly LineSignals[], count: (line: LineSignals) => number): number[] {
  const sums = [0]
  for (const line of lines.toReversed()) sums.push((sums.at(-1) ?? 0) + count(line))
  return sums.reverse()
}

/** Where readers' comments begin: behind most of the text, and looking like comments. */
function firstComments(
  lines: readonly LineSignals[],
  start: number,
  total: number,
  behind: readonly number[],
): number | null {
  for (let at = start; at < lines.length; at++) {
    if (lines[at]?.ending !== 'comments') continue
    const rest = behind[at] ?? 0
    const before = total - rest
    if (before < 60 || before * 4 < rest) continue
    if (rest <= before * 0.34 || looksLikeComments(lines, at + 1)) return at
  }
  return null
}

/** Dates, names, answers and form fields among the next lines. */
function looksLikeComments(lines: readonly LineSignals[], from: number): boolean {
  const next = lines.slice(from, from + 30).filter(line => !line.prose || line.boilerplate)
  return (
    next.filter(
      line =>
        line.dates.length > 0 || line.ending === 'comments' || line.boilerplate || isRemarkKey(line.key),
    ).length >= 3
  )
}

/** How many paragraphs too long for teasers stand from each line on. */
function longBehind(lines: readonly LineSignals[]): number[] {
  return sumsBehind(lines, ({ prose, weight }) => (prose && weight >= 300 ? 1 : 0))
}

/** Prose that counts as an article's own; teasers are shorter. */
function solid(line: LineSignals): number {
  return line.prose && !line.boilerplate ? (line.weight >= 200 ? line.weight : line.weight / 4) : 0
}

/** The page's own lines at the very end: share bars, menus, counts, legal lines. */
function trimEnd(lines: readonly LineSignals[], start: number): number {
  let end = lines.length
  while (end > start + 1 && (lines[end - 1]?.boilerplate || lines[end - 1]?.ending)) end--
  return end
}
