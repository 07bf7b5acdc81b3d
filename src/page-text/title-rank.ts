import type { LineSignals } from './line-signals.ts'
import { isTitleCase, type TitleFeatures } from './title-shape.ts'

/** Up to so many lines that look like headlines are counted over and under one. */
const maxCounted = 4
/** Lines behind a headline in which the text that it heads is looked for, and how soon that begins. */
const headReach = 40
const maxGap = 12
/** So many of the words that a text uses most are small ones, in any language: articles, prepositions, conjunctions. */
const smallWords = 25
const maxParagraphs = 40

/** How a line stands among all that look like headlines: how many are over and under it, how much text it heads, and what it is beside the next. */
export function rankFeatures(lines: readonly LineSignals[], body: number): (at: number) => TitleFeatures {
  const like = lines.map(looksLikeHeadline)
  const counts = countsBefore(like)
  const small = wordsUsedMost(lines)
  const cased: boolean[] = []
  const isCased = (at: number) => {
    cased[at] ??= isTitleCase(lines[at]!.text)
    return cased[at]
  }
  const signed = like.map((one, at) => one && isSigned(lines, like, at))
  const signedBefore = countsBefore(signed)
  return at => ({
    [`${signed[at] ? 'signed' : 'other'} under ${Math.min(3, signedBefore[at] ?? 0)} signed`]: 1,
    ...(at < body ? orderFeatures(like, counts, at, body) : {}),
    ...textFeatures(lines, like, at),
    ...besideFeatures(lines, at, at - 1, isCased),
    ...besideFeatures(lines, at, at + 1, isCased),
    [`small words: ${shareOf(lines[at]!, small)}`]: 1,
  })
}

/** How many hold before each; one more than there are. */
function countsBefore(all: readonly boolean[]): number[] {
  const counts = [0]
  for (const one of all) counts.push((counts.at(-1) ?? 0) + (one ? 1 : 0))
  return counts
}

function looksLikeHeadline(line: LineSignals): boolean {
  const { prose, boilerplate, ending, signs, credit, words, shape } = line
  return !(prose || boilerplate || ending || signs || credit || shape === 'code') && words >= 4 && words <= 22
}

/** The first of all that look like headlines is one as like as not, and so is the last one over the text. */
function orderFeatures(
  like: readonly boolean[],
  counts: readonly number[],
  at: number,
  body: number,
): TitleFeatures {
  const self = like[at] ? 1 : 0
  const name = self ? 'headline' : 'other'
  const over = counts[at] ?? 0
  const under = (counts[body] ?? 0) - over - self
  return {
    [`${name} under ${Math.min(maxCounted, over)} headlines`]: 1,
    [`${name} over ${Math.min(maxCounted, under)} headlines`]: 1,
  }
}

/** How much prose follows before the next line that looks like a headline: a teaser has a sentence, an article more. */
function textFeatures(lines: readonly LineSignals[], like: readonly boolean[], at: number): TitleFeatures {
  let weight = 0
  let count = 0
  for (let next = at + 1; next < Math.min(lines.length, at + headReach); next++) {
    const line = lines[next]!
    if (line.prose) {
      weight += line.weight
      count++
    } else if (count > 0 ? like[next] : next - at > maxGap) break
  }
  return { 'text headed': Math.log1p(weight / 100), [`heads ${Math.min(maxCounted, count)} paragraphs`]: 1 }
}

/** Two longer lines together are a headline and its subtitle, or a kicker and a headline: how they are written tells them apart. */
function besideFeatures(
  lines: readonly LineSignals[],
  at: number,
  near: number,
  isCased: (at: number) => boolean,
): TitleFeatures {
  const [line, other] = [lines[at]!, lines[near]]
  if (!other || other.boilerplate || other.signs || line.prose || line.words < 4 || other.words < 4) return {}
  const own = isCased(at)
  if (own === isCased(near)) return {}
  return { [`title case ${own ? 'here' : 'there'}, not ${near < at ? 'over' : 'under'}`]: 1 }
}

/** The words that the text uses most. */
function wordsUsedMost(lines: readonly LineSignals[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { key } of lines.filter(({ prose }) => prose).slice(0, maxParagraphs))
    for (const word of key.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  const most = [...counts].sort(([, one], [, other]) => other - one)
  return new Set(most.slice(0, smallWords).map(([word]) => word))
}

/** Headlines are phrases with small words in them, entries of menus are not. */
function shareOf({ key }: LineSignals, small: ReadonlySet<string>): string {
  const words = key.split(' ')
  const share = words.filter(word => small.has(word)).length / words.length
  if (share === 0) return 'none'
  return share < 0.2 ? 'few' : share < 0.35 ? 'some' : share < 0.5 ? 'many' : 'most'
}

/** Lines behind a headline that may tell who wrote it and when. */
const signReach = 4

/** Whether a date or a byline stands under a line before the next one but one that looks like a headline. */
function isSigned(lines: readonly LineSignals[], like: readonly boolean[], at: number): boolean {
  for (let next = at + 1; next <= at + signReach; next++) {
    if (lines[next]?.signs) return true
    if (like[next] && next > at + 1) return false
  }
  return false
}
