import type { LineWeights } from '../../src/page-text/line-weights.ts'
import type { TitleWeights } from '../../src/page-text/title-weights.ts'
import type { Page } from './truth.ts'

/** The text of `src/page-text/title-weights.ts`. */
export function weightsFile(weights: TitleWeights, pages: readonly Page[], fitted: number): string {
  const sites = new Set(pages.map(({ truth }) => truth.site)).size
  const languages = new Set(pages.map(({ truth }) => truth.lang.split(/[-_]/)[0]).filter(Boolean)).size
  const day = new Date().toISOString().slice(0, 10)
  const rows = Object.keys(weights.page)
    .filter(name => weights.article[name] !== 0 || weights.page[name] !== 0)
    .map(
      name =>
        `  ${JSON.stringify(name).replace(/^"|"$/g, "'")}: [${weights.article[name]}, ${weights.page[name]}],`,
    )
  return `/* Written by \`npm run fit -- FOLDER TRUTH --write\` (scripts/fit.ts) on ${day}: not for editing by hand. */

/** Adds to a line's score as a headline, by feature. */
export type WeightTable = Readonly<Record<string, number>>

/** A table for pages that are no more than the article, and one for those with menus and lists around it. */
export interface TitleWeights {
  article: WeightTable
  page: WeightTable
}

/**
 * What each feature adds to a line's score as a headline, in an article alone and in a page: a conditional logistic regression
 * (of a page's lines one is the headline, or none is) over ${fitted} public pages and articles of ${sites} sites in
 * ${languages} languages whose headlines are known.
 */
const fitted: Readonly<Record<string, readonly [article: number, page: number]>> = {
${rows.join('\n')}
}

function column(at: 0 | 1): WeightTable {
  return Object.fromEntries(Object.entries(fitted).map(([name, weights]) => [name, weights[at]]))
}

export const titleWeights: TitleWeights = { article: column(0), page: column(1) }
`
}

/** The text of `src/page-text/line-weights.ts`. */
export function lineWeightsFile({ around, page, words }: LineWeights, pages: readonly Page[]): string {
  const sites = new Set(pages.map(({ truth }) => truth.site)).size
  const languages = new Set(pages.map(({ truth }) => truth.lang.split(/[-_]/)[0]).filter(Boolean)).size
  const day = new Date().toISOString().slice(0, 10)
  const keyOf = (name: string) => (/^[a-z]+$/.test(name) ? name : `'${name}'`)
  const aroundRows = Object.entries(around).map(
    ([name, rows]) => `    ${keyOf(name)}: [${rows.map(row => `[${row.join(', ')}]`).join(', ')}],`,
  )
  const pageRows = Object.entries(page)
    .filter(([, row]) => row.some(weight => weight !== 0))
    .map(([name, row]) => `    ${keyOf(name)}: [${row.join(', ')}],`)
  const byWeight = Map.groupBy([...words().keys()].sort(), word => words().get(word) ?? 0)
  const wordRows = [...byWeight]
    .sort(([one], [other]) => one - other)
    .map(([weight, some]) => `  [${weight}, '${some.join(' ')}'],`)
  return `/* Written by \`npm run fit -- FOLDER TRUTH --write\` (scripts/fit.ts) on ${day}: not for editing by hand. */
import { lazily } from '../text/lazily.ts'

/** What a sign adds, in nats: for a line to be of the text, to be its first, and to be the first behind it. */
export type LineGains = [text: number, first: number, behind: number]

export interface LineWeights {
  /** By signs of the line before the last, the last, the line itself, the next, and the one behind that. */
  around: Readonly<Record<string, readonly Readonly<LineGains>[]>>
  /** By signs of the line itself and its place in the page. */
  page: Readonly<Record<string, Readonly<LineGains>>>
  /** By its words, for a line to be of the text. */
  words: () => ReadonlyMap<string, number>
}

/** Words of many sites, by what they add. */
const words: readonly (readonly [number, string])[] = [
${wordRows.join('\n')}
]

/** Two choices among a page's lines, where its text begins and where it ends, over ${pages.length} public pages of ${sites} sites in ${languages} languages. */
export const lineWeights: LineWeights = {
  around: {
${aroundRows.join('\n')}
  },
  page: {
${pageRows.join('\n')}
  },
  words: lazily(
    () => new Map(words.flatMap(([weight, some]) => some.split(' ').map((word): [string, number] => [word, weight]))),
  ),
}
`
}
