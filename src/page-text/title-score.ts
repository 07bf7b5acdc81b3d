import { blockKindAt } from './body-html.ts'
import { isMeta, type LineSignals } from './line-signals.ts'
import type { NamedTitle } from './named-title.ts'
import { titleFeatures } from './title-features.ts'
import type { TitleFeatures } from './title-shape.ts'
import { type TitleWeights, titleWeights, type WeightTable } from './title-weights.ts'

/** The line taken as headline, and how sure that is. */
export interface TitleChoice {
  index: number
  /** The last line that belongs to it: the same, or its second half. */
  last: number
  /** 0 to 1: how probable it is, as measured on pages whose headlines are known. */
  confidence: number
  /** Sure enough to be taken out of the text; else it is shown as headline and stays where it is. */
  sure: boolean
  /** What spoke for it most, by its features. @default nobody has looked */
  because?: readonly string[]
}

/** Below this the text's first words serve better. */
const minLikelihood = 0.05
/** A headline, a date and so few paragraphs: more lines tell by themselves which of them is the headline. */
const maxOfShort = 5
/** Of 55 pages whose form told the headline and whose headlines are known, 53 had it. */
const confidenceByForm = 0.95
/** More lines than this over a headline are not left out on its word. */
const maxAbove = 60

/** The headline and what stands for it: the best line near the top, and one behind the text that suits better, if any. */
export interface TitleChoices {
  likely: TitleChoice | null
  /** Index of a line in the page's lists: the headline did not come along, and they name it. */
  elsewhere: number | null
}

/** Picks the headline: the line near the top that scores best by its shape, its place and its neighbours, or none. */
export function chooseTitle(
  lines: readonly LineSignals[],
  coreStart: number,
  named: NamedTitle | null,
  weights: TitleWeights = titleWeights,
): TitleChoices {
  const told = toldByForm(lines)
  if (told !== null) return { likely: choiceByForm(lines, told), elsewhere: null }
  const seen = titleFeatures(lines, coreStart, named)
  const table = weights[pageKind(seen)]
  const scores = seen.map(features => (features ? scoreOf(features, table) : -Infinity))
  const listed = bestOf(scores, at => isElsewhere(seen[at]!))
  const best = bestOf(scores, at => !isElsewhere(seen[at]!))
  const elsewhere =
    scores[listed]! > (scores[best] ?? -Infinity) &&
    probabilityOf(lines, scores, listed, table) >= minLikelihood
      ? listed
      : null
  const likely = best < 0 ? null : choiceOf(lines, best, probabilityOf(lines, scores, best, table))
  return { likely: likely && { ...likely, because: strongest(seen[best] ?? {}, table) }, elsewhere }
}

/** The names of the three features that added most. */
function strongest(seen: TitleFeatures, table: WeightTable): string[] {
  const added = Object.entries(seen).map(([name, amount]) => ({ name, part: amount * (table[name] ?? 0) }))
  const best = added.filter(({ part }) => part > 0.2).sort((one, two) => two.part - one.part)
  return best.slice(0, 3).map(({ name }) => name)
}

function isElsewhere(features: TitleFeatures): boolean {
  return 'elsewhere' in features
}

function bestOf(scores: readonly number[], counts: (at: number) => boolean): number {
  let best = -1
  for (const [at, score] of scores.entries()) if (score > (scores[best] ?? -Infinity) && counts(at)) best = at
  return best
}

/** How probable a line is: of one headline and none the scores' exponentials are the odds; equal lines are one headline. */
function probabilityOf(
  lines: readonly LineSignals[],
  scores: readonly number[],
  best: number,
  table: WeightTable,
): number {
  const { key } = lines[best]!
  let all = Math.exp(table[noHeadline] ?? 0)
  let own = 0
  for (const [at, score] of scores.entries()) {
    all += Math.exp(score)
    if (lines[at]!.key === key) own += Math.exp(score)
  }
  return own / all
}

function choiceOf(lines: readonly LineSignals[], best: number, confidence: number): TitleChoice | null {
  if (confidence < minLikelihood) return null
  const { first, final } = wholeOf(lines, best)
  const above = lines.slice(0, first).filter(line => !line.boilerplate && !line.ending).length
  const likely = confidence >= sureFrom(lines, first, final)
  const sure = canBeSure(lines[best]!) && likely && above <= maxAbove
  return { index: first, last: final, confidence, sure }
}

function choiceByForm(lines: readonly LineSignals[], index: number): TitleChoice {
  return {
    index,
    last: index,
    confidence: confidenceByForm,
    sure: canBeSure(lines[index]!),
    because: ['the form of the text'],
  }
}

/** A whole sentence, a verse that goes on or a line of two dates may be shown as headline; it is not taken out of the text. */
function canBeSure({ dates, prose, closed, text }: LineSignals): boolean {
  return dates.length < 2 && !/[,;،，、]$/.test(text) && !(prose && closed && !callsOrAsks.test(text))
}

/**
 * How probable a line must be to be sure: less where a date or a byline frames it, or where it is the file's first and
 * the text follows. Measured on sites that the weights had not seen, so that about one in twenty of those taken is wrong.
 */
function sureFrom(lines: readonly LineSignals[], first: number, final: number): number {
  const framed = [lines[first - 1], lines[final + 1]].some(line => line?.signs)
  const opens = first === 0 && lines[final]!.words >= 4 && (lines[final + 1]?.prose ?? false)
  // Over nothing but paragraphs no other line can be it.
  if (opens && lines.slice(final + 1).every(({ prose }) => prose)) return 0.4
  if (framed) return 0.6
  if (opens) return 0.54
  return lines[final + 2]?.signs ? 0.65 : 0.85
}

const isDateAlone = (line: LineSignals | undefined) => line?.dates.length === 1 && line.besideDates <= 3
const callsOrAsks = /[?!？！؟]["”»]?$/

/**
 * A sentence, however short; it may look like a byline ("Text here."), but is closed, as names are not. A headline may call or ask as well: amid many
 * lines such a one tells nothing.
 */
const beginsText = (line: LineSignals | undefined, isShort: boolean) =>
  line !== undefined &&
  (line.prose ||
    (line.closed && line.words > 0 && !isDateAlone(line) && (isShort || !callsOrAsks.test(line.text))))
const isBylineAlone = (line: LineSignals | undefined) => line?.byline?.announced === true && !line.prose

/** The line whose place alone says that it is the headline, however short the text is, whatever its words are like; null where no form tells. */
function toldByForm(lines: readonly LineSignals[]): number | null {
  if (isAsInNewspapers(lines)) return 0
  return isAsDocumented(lines) ? 1 : null
}

/**
 * The form that people are told to write: a date alone, the headline alone, perhaps a byline, then paragraphs, with blank lines between them. What
 * follows begins a text where it is a sentence, a list or a quotation, or all that there is. Over a short text there is no menu, and "Contact" is a headline as well.
 */
function isAsDocumented(lines: readonly LineSignals[]): boolean {
  const [date, headline, byline] = lines
  if (!isDateAlone(date) || !headline || headline.prose || isMeta(headline)) return false
  const isShort = lines.length <= maxOfShort
  if (headline.boilerplate && !isShort) return false
  const at = isBylineAlone(byline) && !beginsText(byline, isShort) ? 3 : 2
  const paragraph = lines[at]
  if (!paragraph || paragraph.boilerplate) return false
  const isAll = at === lines.length - 1 && !isMeta(paragraph)
  const isBlock = !['paragraph', 'heading', 'caption'].includes(blockKindAt(lines, at))
  if (!beginsText(paragraph, isShort) && !isAll && !isBlock) return false
  return [headline, byline, paragraph].every(line => line?.apart)
}

/** The form of newspapers: a first line that is neither, and right below it who wrote it and when; over a short text when is enough. */
function isAsInNewspapers(lines: readonly LineSignals[]): boolean {
  const [first, second, third] = lines
  if (!first || first.boilerplate || first.prose || isMeta(first)) return false
  if (isBylineAlone(second)) return isDateAlone(third)
  const isShort = lines.length <= maxOfShort
  return isDateAlone(second) && (isBylineAlone(third) || (isShort && beginsText(third, isShort)))
}

/** The one outcome that is no line: the page holds no headline. */
export const noHeadline = 'no headline'

/** A page with so many lines that may be its headline at most is no more than the article. */
const maxOfArticle = 20

/** What a page is by the lines that may be its headline: an article alone, or one amid menus and lists. */
export function pageKind(seen: readonly (TitleFeatures | null)[]): keyof TitleWeights {
  return seen.filter(features => features !== null).length <= maxOfArticle ? 'article' : 'page'
}

/** A feature that no page of the fit had counts nothing. */
function scoreOf(seen: TitleFeatures, table: WeightTable): number {
  let score = 0
  for (const name in seen) score += (seen[name] ?? 0) * (table[name] ?? 0)
  return score
}

/** A headline of two lines: the first ends in a colon or a dash. */
function wholeOf(lines: readonly LineSignals[], index: number): { first: number; final: number } {
  if (isHalf(lines[index - 1])) return { first: index - 1, final: index }
  const next = lines[index + 1]
  const ends =
    isHalf(lines[index]) && next && !next.prose && !next.boilerplate && next.words >= 2 && !isMeta(next)
  return { first: index, final: ends ? index + 1 : index }
}

function isHalf(line: LineSignals | undefined): boolean {
  if (!line || line.boilerplate || line.dates.length > 0 || line.byline?.announced) return false
  return line.words <= 12 && (/[–—]$/.test(line.text) || (line.words >= 2 && /[:：]$/.test(line.text)))
}
