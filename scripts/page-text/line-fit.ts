import { readSignals } from '../../src/page-text/line-signals.ts'
import { noLine, placedSigns, reach, signsOf, wordSigns } from '../../src/page-text/line-signs.ts'
import type { LineGains, LineWeights } from '../../src/page-text/line-weights.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'
import { guessLanguage } from '../../src/text/language.ts'
import { leastUnder } from './gradient.ts'
import { type LineRange, textRanges } from './line-labels.ts'
import type { Page } from './truth.ts'

/** What a line can be: of the text, the text's first, the first behind it. */
const parts = ['text', 'first', 'behind'] as const

/** One page as the fit sees it: the signs of each line by their numbers, for each part, and where its text begins and ends. */
export interface LabelledPage {
  signs: Record<(typeof parts)[number], Uint32Array[]>
  starts: LineRange
  ends: LineRange
  weight: number
  site: string
}

/** Null where nothing is known of the page's text. */
export function labelledPage({ truth, text }: Page, number: (name: string) => number): LabelledPage | null {
  const hints = { language: guessLanguage(text).language, order: null }
  const lines = readSignals(pageLines(text), hints, new Map())
  const ranges = textRanges(lines, truth)
  if (!ranges) return null
  const own = lines.map(signsOf)
  const placed = placedSigns(lines)
  const signsAt = (part: string, at: number) => {
    const around = Array.from({ length: 2 * reach + 1 }, (_, offset) =>
      (own[at + offset - reach] ?? noLine).map(sign => number(`${part} ${offset}: ${sign}`)),
    )
    return [...around.flat(), ...(placed[at] ?? noLine).map(sign => number(`${part} page: ${sign}`))]
  }
  const all = (part: string) => [...lines, null].map((_, at) => Uint32Array.from(signsAt(part, at)))
  const withWords = lines.map((line, at) => {
    const words = [...wordSigns(line)].map(word => number(`text word: ${word}`))
    return Uint32Array.from([...signsAt('text', at), ...words])
  })
  const signs = { text: withWords, first: all('first').slice(0, -1), behind: all('behind') }
  return { signs, ...ranges, weight: truth.weight, site: truth.site }
}

/** A word of fewer sites is of what they write about. */
const minSites = 12
const maxSteps = 200

/**
 * Where the text begins and where it ends are two choices among a page's lines: the probability of each is its share of the
 * exponentials of the scores, which sum up the lines that would be the text.
 * @param penalty how much a weight of 1 costs, in nats
 */
export function fitLines(
  labelled: readonly LabelledPage[],
  names: readonly string[],
  penalty: number,
): LineWeights {
  const pages = withoutRareWords(labelled, names)
  const fitted = leastUnder(
    names.length,
    (weights, gradient) => {
      let loss = 0
      for (const [at, weight] of weights.entries()) {
        loss += (penalty / 2) * weight * weight
        gradient[at] = penalty * weight
      }
      for (const page of pages) loss += addPage(page, weights, gradient)
      return loss
    },
    maxSteps,
  )
  return tables(names, fitted)
}

function withoutRareWords(pages: readonly LabelledPage[], names: readonly string[]): LabelledPage[] {
  const sites = new Map<number, Set<string>>()
  const isWord = names.map(name => name.startsWith('text word: '))
  for (const { signs, site } of pages)
    for (const sign of signs.text.flatMap(some => [...some]))
      if (isWord[sign]) sites.set(sign, (sites.get(sign) ?? new Set()).add(site))
  const counts = (sign: number) => !isWord[sign] || (sites.get(sign)?.size ?? 0) >= minSites
  return pages.map(page => ({
    ...page,
    signs: { ...page.signs, text: page.signs.text.map(some => some.filter(counts)) },
  }))
}

/** Adds what one page says of the weights; returns how little probable its text's bounds are (in nats). */
function addPage(
  { signs, starts, ends, weight }: LabelledPage,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const sumOf = (some: Uint32Array | undefined) => {
    let sum = 0
    for (const sign of some ?? []) sum += weights[sign] ?? 0
    return sum
  }
  const give = (some: Uint32Array | undefined, share: number) => {
    for (const sign of some ?? []) gradient[sign] = (gradient[sign] ?? 0) + weight * share
  }
  const count = signs.text.length
  const gains = Float64Array.from(signs.text, sumOf)
  const [starting, ending] = [new Float64Array(count), new Float64Array(count + 1)]
  let sum = 0
  for (let at = count - 1; at >= 0; at--) {
    sum += gains[at] ?? 0
    starting[at] = sum + sumOf(signs.first[at])
  }
  sum = 0
  for (let at = 1; at <= count; at++) {
    sum += gains[at - 1] ?? 0
    ending[at] = sum + sumOf(signs.behind[at])
  }
  // A text has a line.
  ending[0] = -Infinity
  const [start, end] = [chosen(starting, starts), chosen(ending, ends)]
  for (const [at, share] of start.shares.entries()) give(signs.first[at], share)
  for (const [at, share] of end.shares.entries()) give(signs.behind[at], share)
  // A line is of all texts that begin no later and end behind it.
  const of = new Float64Array(count)
  sum = 0
  for (let at = 0; at < count; at++) {
    sum += start.shares[at] ?? 0
    of[at] = sum
  }
  sum = 0
  for (let at = count; at > 0; at--) {
    sum += end.shares[at] ?? 0
    of[at - 1] = (of[at - 1] ?? 0) + sum
  }
  for (const [at, share] of of.entries()) give(signs.text[at], share)
  return weight * (start.loss + end.loss)
}

/** How little probable the right lines are, and the slope of that by each score. */
function chosen(scores: Float64Array, [first, last]: LineRange): { loss: number; shares: Float64Array } {
  const isRight = (at: number) => at >= first && at <= last
  let [most, all, own] = [-Infinity, 0, 1e-300]
  for (const score of scores) most = Math.max(most, score)
  const odds = scores.map(score => Math.exp(score - most))
  for (const [at, one] of odds.entries()) {
    all += one
    if (isRight(at)) own += one
  }
  const shares = odds.map((one, at) => one / all - (isRight(at) ? one / own : 0))
  return { loss: Math.log(all) - Math.log(own), shares }
}

function tables(names: readonly string[], fitted: Float64Array): LineWeights {
  const around: Record<string, LineGains[]> = {}
  const page: Record<string, LineGains> = {}
  const words = new Map<string, number>()
  for (const [at, name] of names.entries()) {
    const value = Math.round((fitted[at] ?? 0) * 100) / 100
    const [where = '', ...rest] = name.split(': ')
    const [part = '', offset = ''] = where.split(' ')
    const sign = rest.join(': ')
    const column = (parts as readonly string[]).indexOf(part)
    const nothing = (): LineGains => [0, 0, 0]
    if (offset === 'word') {
      if (value !== 0) words.set(sign, value)
    } else if (offset === 'page') {
      page[sign] ??= nothing()
      page[sign][column] = value
    } else {
      around[sign] ??= Array.from({ length: 2 * reach + 1 }, nothing)
      const row = around[sign][Number(offset)]
      if (row) row[column] = value
    }
  }
  return { around, page, words: () => words }
}
