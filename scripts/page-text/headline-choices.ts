import { readSignals } from '../../src/page-text/line-signals.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'
import { headlineOptions } from '../../src/page-text/page-outline.ts'
import { readChosenTitle } from '../../src/page-text/title-reading.ts'
import { noHeadline, pageKind } from '../../src/page-text/title-score.ts'
import type { TitleFeatures } from '../../src/page-text/title-shape.ts'
import type { DateHints } from '../../src/text/date-grammar.ts'
import { guessLanguage } from '../../src/text/language.ts'
import type { Choice } from './headline-fit.ts'
import { type Page, plainText } from './truth.ts'

/** Numbers for names of features, in the order in which they come. */
export function featureNumbers() {
  const numbers = new Map<string, number>()
  const names: string[] = []
  const number = (name: string) => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, names.length)
    names.push(name)
    return names.length - 1
  }
  return { number, names }
}

/** Which of a feature's weights a name is of: the one of all pages, or what is added to it on one kind of page. */
export function partsOf(name: string): { kind: string; feature: string } {
  const [kind = '', ...rest] = name.split(': ')
  return { kind, feature: rest.join(': ') }
}

/** A page as the fit sees it; null where its headline stands in it and no line that may be one is it. */
export function choiceOf({ truth, text }: Page, number: (name: string) => number): Choice | null {
  const hints: DateHints = { language: guessLanguage(text).language, order: null }
  const lines = readSignals(pageLines(text), hints, new Map())
  const seen = headlineOptions(lines)
  const kind = pageKind(seen)
  const packed = (features: TitleFeatures) => packedOf(features, kind, number)
  const wanted = plainText(truth.title)
  const options: Choice['options'] = [packed({ [noHeadline]: 1 })]
  const right: number[] = []
  for (const [at, features] of seen.entries()) {
    if (!features) continue
    const read = wanted && readChosenTitle(lines, { index: at, last: at, confidence: 1, sure: true }).title
    if (wanted && plainText(read) === wanted) right.push(options.length)
    options.push(packed(features))
  }
  const stands = wanted !== '' && plainText(text).includes(wanted)
  if (right.length === 0 && stands) return null
  return { options, right: right.length > 0 ? right : [0], weight: truth.weight }
}

function packedOf(
  features: TitleFeatures,
  kind: string,
  number: (name: string) => number,
): Choice['options'][number] {
  const entries = Object.entries(features)
  const numbers = ['all', kind].flatMap(part => entries.map(([name]) => number(`${part}: ${name}`)))
  const amounts = entries.map(([, amount]) => amount)
  return { features: Uint16Array.from(numbers), amounts: Float64Array.from([...amounts, ...amounts]) }
}
