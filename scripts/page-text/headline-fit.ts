import { leastUnder } from './gradient.ts'

/** One page as the fit sees it: what can be seen of each line that may be the headline, and which of them are it. */
export interface Choice {
  /** Features by the number of their name, and how much of each. */
  options: { features: Uint16Array; amounts: Float64Array }[]
  /** Numbers of the options that are right; the headline may stand more than once. */
  right: number[]
  /** How much the page counts. */
  weight: number
}

/**
 * Fits weights by a conditional logistic regression: of a page's options one is right, and its probability is its share of the
 * exponentials of the scores. Small weights are preferred (a penalty on their squares).
 * @param penalty how much a weight of 1 costs, in nats
 */
export function fitChoices(choices: readonly Choice[], size: number, penalty: number): Float64Array {
  return leastUnder(size, (weights, gradient) => {
    let loss = 0
    for (let at = 0; at < size; at++) {
      const weight = weights[at] ?? 0
      loss += (penalty / 2) * weight * weight
      gradient[at] = penalty * weight
    }
    for (const choice of choices) loss += addChoice(choice, weights, gradient)
    return loss
  })
}

/** Adds what one page says of the weights; returns how little probable its headline is (in nats). */
function addChoice(
  { options, right, weight }: Choice,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const scores = options.map(({ features, amounts }) => {
    let score = 0
    for (let at = 0; at < features.length; at++)
      score += (weights[features[at] ?? 0] ?? 0) * (amounts[at] ?? 0)
    return score
  })
  const most = Math.max(...scores)
  const odds = scores.map(score => Math.exp(score - most))
  const all = odds.reduce((sum, one) => sum + one, 0)
  const own = right.reduce((sum, at) => sum + (odds[at] ?? 0), 0)
  for (const [at, { features, amounts }] of options.entries()) {
    const share = weight * ((odds[at] ?? 0) / all - (right.includes(at) ? (odds[at] ?? 0) / own : 0))
    if (share === 0) continue
    for (let feature = 0; feature < features.length; feature++) {
      const name = features[feature] ?? 0
      gradient[name] = (gradient[name] ?? 0) + share * (amounts[feature] ?? 0)
    }
  }
  return weight * (Math.log(all) - Math.log(own))
}
