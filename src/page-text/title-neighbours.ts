import type { LineSignals } from './line-signals.ts'
import { pairFeatures } from './title-pairs.ts'
import { indicators, type TitleFeatures } from './title-shape.ts'

/** Dates, bylines and prose stand beside headlines; kickers over them and subtitles under them look much alike. */
export function neighbourFeatures(lines: readonly LineSignals[], at: number): TitleFeatures {
  const line = lines[at]!
  const [over, under] = [lines[at - 1], lines[at + 1]]
  const below = meaningful(lines, at)
  const second = below && meaningful(lines, below.index)
  const third = second && meaningful(lines, second.index)
  const [few, more] = line.words <= 3 ? [', few words', false] : ['', true]
  return {
    ...indicators({
      'between prose': (over?.prose && under?.prose) ?? false,
      'byline under': (under?.signs && under.dates.length === 0) ?? false,
      'credit over': over?.credit ?? false,
      'date or byline over': over?.signs ?? false,
      'date or byline second': below !== null && !below.signs && (second?.signs ?? false),
      'date under': more && ((under?.signs && under.dates.length > 0) ?? false),
      [`prose over${few}`]: over?.prose ?? false,
      [`prose under${few}`]: under?.prose ?? false,
      'prose third': [below, second].every(near => near && !near.prose) && (third?.prose ?? false),
      'sections over': over !== undefined && (over.sections || isCrumbs(over)),
    }),
    ...rivalOver(lines, at),
    ...rivalUnder(lines, at),
    ...blockFeatures(lines, at),
    ...pairFeatures(lines, at),
  }
}

/** The next line that is neither boilerplate nor a repetition. */
function meaningful(lines: readonly LineSignals[], from: number): LineSignals | null {
  const key = lines[from]?.key
  return lines.slice(from + 1, from + 7).find(line => !line.boilerplate && line.key !== key) ?? null
}

function isCrumbs({ text }: LineSignals): boolean {
  return text.length < 120 && /[»›>]|\s\/\s/.test(text)
}

/** What stands over the line and looks a headline or a kicker itself. */
function rivalOver(lines: readonly LineSignals[], at: number): TitleFeatures {
  const { words, closed } = lines[at]!
  const [rival, parted] = rivalOf(lines, at, -1)
  if (!rival) return {}
  const kind = kindOf(rival)
  return indicators({
    [`over it ${kind}`]: true,
    [`over it ${kind}, parted`]: parted,
    'over it closed': rival.closed,
    [`few words under ${kind}`]: words <= 3,
    [`long under ${kind}`]: words > 14 || closed,
  })
}

/** What stands under the line and looks a headline or a subtitle itself. */
function rivalUnder(lines: readonly LineSignals[], at: number): TitleFeatures {
  const { words } = lines[at]!
  const [rival, parted] = rivalOf(lines, at, 1)
  if (!rival) return {}
  const kind = kindOf(rival)
  return indicators({
    [`under it ${kind}`]: true,
    [`under it ${kind}, parted`]: parted,
    'under it more': rival.words > words + 1 && !rival.prose,
    [`few words over ${kind}`]: words <= 3,
    [`few words over ${kind}, parted`]: words <= 3 && parted,
    [`some words over ${kind}`]: words > 3 && words <= 5,
  })
}

function kindOf({ prose, words }: LineSignals): string {
  if (prose) return 'prose'
  return words <= 3 ? 'few' : words <= 5 ? 'some' : words <= 14 ? 'headline' : 'long'
}

/** The nearest line in a direction that is neither of the page nor a date or byline, and whether such stand between. */
function rivalOf(lines: readonly LineSignals[], from: number, step: 1 | -1): [LineSignals | null, boolean] {
  const key = lines[from]?.key
  let parted = false
  for (let away = 1; away <= 5; away++) {
    const line = lines[from + step * away]
    if (!line) break
    if (line.signs) parted = true
    else if (!isOfPage(line) && line.key !== key && line.key) return [line, parted]
  }
  return [null, parted]
}

function isOfPage(line: LineSignals): boolean {
  return line.boilerplate !== null || line.ending !== null
}

/** Larger blocks are menus or tables. */
const maxBlockLines = 3

/** The line's place among the short lines that stand together with it, and what ends their block. */
function blockFeatures(lines: readonly LineSignals[], at: number): TitleFeatures {
  const line = lines[at]!
  if (!isShort(line) && line.prose) return {}
  let first = at
  while (at - first <= maxBlockLines && isShort(lines[first - 1])) first--
  let last = at
  while (last - at <= maxBlockLines && isShort(lines[last + 1])) last++
  const block = lines.slice(first, last + 1)
  const most = Math.max(...block.map(({ words }) => words))
  const longest = first + block.findIndex(({ words }) => words === most)
  const seen = indicators({
    'half of the next': longest === at + 1 && line.words * 2 <= most,
    'over a long one': longest > at && most > 14,
    'over the longest': longest > at,
    'under a long one': longest < at && most > 14,
  })
  const count = last - first + 1
  if (count > maxBlockLines) return seen
  const place = `block ${at - first + 1} of ${count}`
  seen[`${place}, ${line.words <= 3 ? 'few' : line.words <= 12 ? 'headline' : 'long'}`] = 1
  seen[`${place} over ${sideOf(lines[last + 1])}`] = 1
  seen[`${place} under ${sideOf(lines[first - 1])}`] = 1
  return seen
}

function sideOf(line: LineSignals | undefined): string {
  if (!line) return 'nothing'
  return line.signs ? 'date' : line.prose ? 'prose' : 'page'
}

function isShort(line: LineSignals | undefined): boolean {
  if (!line) return false
  return !(line.prose && line.weight >= 160) && !isOfPage(line) && !line.signs && line.shape !== 'code'
}
