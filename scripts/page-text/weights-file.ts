import type { TitleWeights } from '../../src/page-text/title-weights.ts'
import type { Page } from './truth.ts'

/** The text of `src/page-text/title-weights.ts`. */
export function weightsFile(weights: TitleWeights, pages: readonly Page[], fitted: number): string {
  const sites = new Set(pages.map(({ truth }) => truth.site)).size
  const languages = new Set(pages.map(({ truth }) => truth.lang.split(/[-_]/)[0]).filter(Boolean)).size
  const day = new Date().toISOString().slice(0, 10)
  const rows = Object.entries(weights)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, weight]) => `  ${/^[a-z]+$/.test(name) ? name : `'${name}'`}: ${weight},`)
  return `/* Written by \`npm run fit -- FOLDER TRUTH --write\` (scripts/fit.ts) on ${day}: not for editing by hand. */

/** Adds to a line's score as a headline, by feature. */
export type TitleWeights = Readonly<Record<string, number>>

/**
 * What each feature adds to a line's score as a headline: a conditional logistic regression (of a page's lines one is the
 * headline, or none is) over ${fitted} public pages of ${sites} sites in ${languages} languages whose headlines are known.
 * A feature that is not here has no weight, and is an error.
 */
export const titleWeights: TitleWeights = {
${rows.join('\n')}
}
`
}
