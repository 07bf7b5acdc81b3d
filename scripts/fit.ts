/*
 * How well page text is read, and the weights of the headline's features and of signs of a page's own lines:
 *
 *   npm run fit -- FOLDER TRUTH              fit on all pages and on five folds by site, and score both
 *   npm run fit -- FOLDER TRUTH --write      … and write src/page-text/title-weights.ts and line-weights.ts
 *   npm run fit -- FOLDER TRUTH --score      score the weights that are there; --misses lists what was missed
 *   --groups                                 the folder teaches its boilerplate first, as it does in a publication
 *
 * TRUTH is described in page-text/truth.ts. Pages of one site lie in one fold, so that the folds' figures are of sites
 * that the fit has not seen.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { ParseContext } from '../src/model/reading.ts'
import { siteDefaults } from '../src/model/site.ts'
import { type LineWeights, lineWeights } from '../src/page-text/line-weights.ts'
import type { PageWeights } from '../src/page-text/page-outline.ts'
import { accountPageText } from '../src/page-text/page-text.ts'
import { type TitleWeights, titleWeights } from '../src/page-text/title-weights.ts'
import { randomFrom, recombine } from '../tests/support/page-text-pages.ts'
import { choiceOf, featureNumbers, partsOf } from './page-text/headline-choices.ts'
import { type Choice, fitChoices } from './page-text/headline-fit.ts'
import { fitLines, type LabelledPage, labelledPage } from './page-text/line-fit.ts'
import { addToScore, emptyScore, type Score, scoreRows } from './page-text/score.ts'
import { foldOf, type Page, readPages } from './page-text/truth.ts'
import { lineWeightsFile, weightsFile } from './page-text/weights-file.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: 'string', default: '5' },
    misses: { type: 'boolean', default: false },
    penalty: { type: 'string', default: '6' },
    recombined: { type: 'string', default: '2000' },
    score: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const [folder, truthFile] = positionals
if (!folder || !truthFile) {
  console.error('Name a folder of page text and the file that says what is known of it.')
  process.exit(2)
}
const pages = readPages(folder, truthFile)
/** A page of which nothing is known. */
const somePage: Page = {
  text: '',
  truth: {
    id: '',
    site: '',
    lang: '',
    title: null,
    date: null,
    author: null,
    with: [],
    without: [],
    body: null,
    weight: 1,
  },
}
const context: ParseContext = { site: siteDefaults, media: () => undefined, boilerplate: () => new Map() }
const asItIs: PageWeights = { titles: titleWeights, lines: lineWeights }
if (values.score) print({ 'as it is': scoreOf(pages, asItIs) })
else crossValidate()

function crossValidate(): void {
  const weightsFor = { titles: titleFit(), lines: lineFit() }
  const all = (wanted: (page: Page) => boolean) => ({
    titles: weightsFor.titles.weights(wanted),
    lines: weightsFor.lines.weights(wanted),
  })
  const folds = Number(values.folds)
  const unseen = emptyScore()
  for (let fold = 0; fold < folds; fold++) {
    const isOf = ({ truth }: Page) => foldOf(truth.site, folds) === fold
    const weights = all(page => !isOf(page))
    for (const page of pages.filter(isOf)) addPage(unseen, page, weights)
  }
  const weights = all(() => true)
  print({ 'as it is': scoreOf(pages, asItIs), fit: scoreOf(pages, weights), 'unseen sites': unseen })
  if (!values.write) return
  write('title-weights.ts', weightsFile(weights.titles, pages, weightsFor.titles.count))
  write('line-weights.ts', lineWeightsFile(weights.lines, weightsFor.lines.fitted))
}

function write(name: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(`../src/page-text/${name}`, import.meta.url)), text)
}

/** Weights of headlines' features, fitted to some of the pages. */
function titleFit() {
  const { number, names } = featureNumbers()
  const choices = pages.map(page => choiceOf(page, number))
  // What no page showed has a weight too (none): what the code sees and the file does not know is an error.
  const lines = pages.flatMap(({ text }) => text.split('\n').filter(line => line.trim() !== ''))
  const random = randomFrom(1)
  for (let count = 0; count < Number(values.recombined); count++)
    choiceOf({ ...somePage, text: recombine(lines, random) }, number)
  const weights = (wanted: (page: Page) => boolean): TitleWeights => {
    const chosen = pages.flatMap((page, at) => (wanted(page) ? (choices[at] ?? []) : []))
    return namedWeights(names, fitChoices(chosen as Choice[], names.length, Number(values.penalty)))
  }
  return { weights, count: choices.filter(choice => choice !== null).length }
}

/** Weights of lines' signs, fitted to those of some pages whose texts are known. */
function lineFit() {
  const { number, names } = featureNumbers()
  const labelled = pages.map(page => labelledPage(page, number))
  const weights = (wanted: (page: Page) => boolean): LineWeights => {
    const chosen = pages.flatMap((page, at) => (wanted(page) ? (labelled[at] ?? []) : []))
    return fitLines(chosen as LabelledPage[], names, Number(values.penalty))
  }
  return { weights, fitted: pages.filter((_, at) => labelled[at]) }
}

/** Each kind of page has its own table: what all pages give a feature, and what the kind adds. */
function namedWeights(names: readonly string[], fitted: Float64Array): TitleWeights {
  const by = new Map(names.map((name, at) => [name, fitted[at] ?? 0]))
  const features = [...new Set(names.map(name => partsOf(name).feature))].sort()
  const tableOf = (kind: string) =>
    Object.fromEntries(
      features.map(feature => {
        const weight = (by.get(`all: ${feature}`) ?? 0) + (by.get(`${kind}: ${feature}`) ?? 0)
        return [feature, Math.round(weight * 100) / 100]
      }),
    )
  return { article: tableOf('article'), page: tableOf('page') }
}

function scoreOf(some: readonly Page[], weights: PageWeights): Score {
  const score = emptyScore()
  for (const page of some) addPage(score, page, weights)
  return score
}

function addPage(score: Score, { truth, text }: Page, weights: PageWeights): void {
  const { reading } = accountPageText(text, `${truth.id}.txt`, context, weights)
  addToScore(score, truth, text, reading)
}

function print(scores: Record<string, Score>): void {
  const sites = new Set(pages.map(({ truth }) => truth.site)).size
  const languages = new Set(pages.map(({ truth }) => truth.lang.split(/[-_]/)[0]).filter(Boolean)).size
  console.log(`${pages.length} pages of ${sites} sites in ${languages} languages`)
  for (const [name, score] of Object.entries(scores)) {
    console.log(`\n${name.padEnd(26)}${'right'.padStart(9)}${'wrong'.padStart(9)}${'of'.padStart(7)}`)
    for (const [what = '', right = '', wrong = '', of = ''] of scoreRows(score))
      console.log(`${what.padEnd(26)}${right.padStart(9)}${wrong.padStart(9)}${of.padStart(7)}`)
  }
  const [last] = Object.values(scores).slice(-1)
  if (values.misses && last) console.log(`\n${last.misses.join('\n')}`)
}
