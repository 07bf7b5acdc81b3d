import type { LineSignals } from './line-signals.ts'
import { chooseTitle, type TitleChoice } from './title-score.ts'

/** Where a page's article lies. Indices into the lines; `end` is exclusive. */
export interface Outline {
  title: TitleChoice | null
  /** The best candidate where none is sure: shown as headline, and left in the text. */
  likely: TitleChoice | null
  /** First line that can belong to the body. */
  start: number
  /** First line behind the body. */
  end: number
  /** Why the tail is none of the article, for the report. */
  tail: string | null
}

/** Finds the headline, where the body starts and where it ends, by scores over neighbouring lines. */
export function outlineOf(lines: readonly LineSignals[]): Outline {
  const core = coreOf(lines)
  const likely = chooseTitle(lines, core.start)
  const title = likely?.sure ? likely : null
  const start = title ? title.last + 1 : headEnd(lines, core.start)
  const { end, tail } = tailOf(lines, start, core.start)
  return { title, likely, start, end, tail }
}

/** What a line adds to the run of lines that is the article: much for prose, less than nothing for the page's own. */
function gain(line: LineSignals): number {
  if (line.furniture === 'learnt') return -40
  if (line.prose) return Math.min(line.weight, 400)
  if (line.ending === 'comments') return -150
  if (line.furniture || line.ending) return -50
  if (line.shape === 'code') return Math.min(line.weight, 200)
  return line.words <= 3 ? -14 : -6
}

/** The run of neighbouring lines that weighs most (Kadane): the heart of the article. */
function coreOf(lines: readonly LineSignals[]): { start: number; end: number } {
  let best = 0
  let sum = 0
  let from = 0
  let core = { start: 0, end: lines.length }
  for (const [index, line] of lines.entries()) {
    if (sum <= 0) {
      sum = 0
      from = index
    }
    sum += gain(line)
    if (sum > best) {
      best = sum
      core = { start: from, end: index + 1 }
    }
  }
  return core
}

/** Without a headline only what is plainly not the article's is left out before it. */
function headEnd(lines: readonly LineSignals[], coreStart: number): number {
  let at = 0
  while (at < coreStart && (lines[at]!.furniture || lines[at]!.ending)) at++
  return at
}

/** Sections that an article may hold as well, so that more must speak for them being the page's. */
const mild = new Set(['tags', 'author', 'share', 'related', 'navigation', 'legal'])

/**
 * The first line from which on everything is the page's: a heading of a known kind ("Related", "Comments"), with little
 * or no long prose behind it. The longer the prose before and the shorter behind, the surer.
 */
function tailOf(
  lines: readonly LineSignals[],
  start: number,
  coreStart: number,
): { end: number; tail: string | null } {
  const after = new Array<number>(lines.length + 1).fill(0)
  for (let at = lines.length - 1; at >= 0; at--) after[at] = after[at + 1]! + solid(lines[at]!)
  const total = after[start] ?? 0
  let before = 0
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!
    const kind = line.ending
    if (kind && at > coreStart && before > 0) {
      const behind = after[at + 1]!
      if (kind === 'comments' && before >= 150 && before * 4 >= total - before) return { end: at, tail: kind }
      if (mild.has(kind) && behind <= before * 0.34) return { end: at, tail: kind }
    }
    before += solid(line)
  }
  return { end: trimEnd(lines, start), tail: null }
}

/** Prose that counts as an article's own; teasers are shorter. */
function solid(line: LineSignals): number {
  return line.prose && !line.furniture ? (line.weight >= 200 ? line.weight : line.weight / 4) : 0
}

/** The page's own lines at the very end: share bars, menus, counts, legal lines. */
function trimEnd(lines: readonly LineSignals[], start: number): number {
  let end = lines.length
  while (end > start + 1 && (lines[end - 1]!.furniture || lines[end - 1]!.ending)) end--
  return end
}
