import { readSignals } from '../../src/page-text/line-signals.ts'
import { noLine, placedSigns, reach, signsOf } from '../../src/page-text/line-signs.ts'
import type { LineWeights } from '../../src/page-text/line-weights.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'
import { guessLanguage } from '../../src/text/language.ts'
import { leastUnder } from './gradient.ts'
import { lineLabels } from './line-labels.ts'
import type { Page } from './truth.ts'

/** One page as the fit sees it: the signs of each line by their numbers, and whether it is the article's. */
export interface LabelledPage {
  signs: Uint16Array[]
  isText: (0 | 1)[]
  weight: number
}

/** Lines of a page that count fully: longer pages would outvote the others. */
const fullLength = 60

/** Null where the page's text is not known. */
export function labelledPage({ truth, text }: Page, number: (name: string) => number): LabelledPage | null {
  const hints = { language: guessLanguage(text).language, order: null }
  const lines = readSignals(pageLines(text), hints, new Map())
  const labels = lineLabels(lines, truth)
  if (!labels) return null
  const own = lines.map(signsOf)
  const around = (at: number) =>
    Array.from({ length: 2 * reach + 1 }, (_, offset) =>
      (own[at + offset - reach] ?? noLine).map(sign => number(`${offset}: ${sign}`)),
    ).flat()
  const page: LabelledPage = { signs: [], isText: [], weight: 0 }
  for (const [at, placed] of placedSigns(lines).entries()) {
    const label = labels[at] ?? null
    if (label === null) continue
    page.signs.push(Uint16Array.from([...around(at), ...placed.map(sign => number(`page: ${sign}`))]))
    page.isText.push(label)
  }
  page.weight = truth.weight * Math.min(1, fullLength / page.signs.length)
  return page
}

/**
 * A logistic regression over lines.
 * @param penalty how much a weight of 1 costs, in nats
 */
export function fitLines(
  pages: readonly LabelledPage[],
  names: readonly string[],
  penalty: number,
): LineWeights {
  const fitted = leastUnder(names.length, (weights, gradient) => {
    let loss = 0
    for (const [at, weight] of weights.entries()) {
      loss += (penalty / 2) * weight * weight
      gradient[at] = penalty * weight
    }
    for (const { signs, isText, weight } of pages)
      for (const [at, some] of signs.entries()) {
        let sum = 0
        for (const sign of some) sum += weights[sign] ?? 0
        const label = isText[at] ?? 0
        const probability = 1 / (1 + Math.exp(-sum))
        loss -= weight * Math.log(Math.max(1e-9, label ? probability : 1 - probability))
        const share = weight * (probability - label)
        for (const sign of some) gradient[sign] = (gradient[sign] ?? 0) + share
      }
    return loss
  })
  return tables(names, fitted)
}

function tables(names: readonly string[], fitted: Float64Array): LineWeights {
  const around: Record<string, number[]> = {}
  const page: Record<string, number> = {}
  for (const [at, name] of names.entries()) {
    const value = Math.round((fitted[at] ?? 0) * 100) / 100
    const [where = '', ...rest] = name.split(': ')
    const sign = rest.join(': ')
    if (where === 'page') page[sign] = value
    else {
      const row = around[sign] ?? Array.from({ length: 2 * reach + 1 }, () => 0)
      row[Number(where)] = value
      around[sign] = row
    }
  }
  return { around, page }
}
