import type { LineSignals } from './line-signals.ts'
import { leadEcho, leadParagraphs, type Vocabulary, vocabularyOf } from './title-echo.ts'
import { indicators, type TitleFeatures, wordClass } from './title-shape.ts'

/** Of all prose so much at most stands behind a list of links. */
const maxBehind = 0.34
/** Less of its words than this in the text, or in its lead, and a line is about something else. */
const minEcho = 0.6
const minLead = 0.5

/**
 * What can be seen of a line behind the text that says what the text says: where the page's own headline did not come
 * along, its lists ("Recent posts", "Most read") may hold it still. One line at most, by its index.
 */
export function elsewhereFeatures(
  lines: readonly LineSignals[],
  from: number,
  body: number,
  vocabulary: Vocabulary,
): Map<number, TitleFeatures> {
  const features = new Map<number, TitleFeatures>()
  const [best, second] = rankedEchoes(lines, from, body, vocabulary)
  if (!best || best.echo < minEcho || best.lead < minLead) return features
  const { words, closed, key } = lines[best.at]!
  for (let at = best.at; at < lines.length; at++) {
    if (lines[at]!.key !== key) continue
    features.set(at, {
      elsewhere: 1,
      'elsewhere echo': best.echo,
      'elsewhere echoes': Math.min(2, best.often / 4),
      'elsewhere in the lead': best.lead,
      'elsewhere margin': (best.score - (second?.score ?? 0)) / 2,
      'elsewhere score': best.score / 3,
      ...indicators({ 'elsewhere closed': closed, [`elsewhere words ${wordClass(words)}`]: true }),
    })
  }
  return features
}

interface Echo {
  at: number
  /** How much of the line's words stands in the text, and in its lead: 0 to 1. */
  echo: number
  lead: number
  /** How often they stand there, by logarithms. */
  often: number
  score: number
}

/** The two lines behind the text that say most of what it says. */
function rankedEchoes(
  lines: readonly LineSignals[],
  from: number,
  body: number,
  vocabulary: Vocabulary,
): Echo[] {
  const lead = vocabularyOf(lines, body, leadParagraphs)
  const found = new Map<string, Echo>()
  let behind = 0
  const all = lines.slice(body).reduce((sum, line) => sum + proseOf(line), 0)
  for (let at = lines.length - 1; at >= from; at--) {
    const line = lines[at]!
    behind += proseOf(line)
    if (behind > all * maxBehind) break
    if (!isLink(line)) continue
    const { stems, ...echo } = leadEcho(line, vocabulary, lead)
    if (stems.length < 2) continue
    const often = stems.reduce((sum, stem) => sum + Math.log1p(vocabulary.get(stem) ?? 0), 0)
    found.set(line.key, { at, often, ...echo })
  }
  return [...found.values()].sort((one, two) => two.score - one.score).slice(0, 2)
}

function proseOf({ prose, weight }: LineSignals): number {
  return prose ? weight : 0
}

function isLink({ prose, words, text, boilerplate, dates, shape }: LineSignals): boolean {
  if (prose || boilerplate || dates.length > 0 || shape === 'code' || /^(?:…|\.\.|\p{Ll})/u.test(text))
    return false
  return words >= 4 && words <= 25 && text.length <= 200
}
