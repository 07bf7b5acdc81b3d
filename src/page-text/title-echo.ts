import { type LineSignals, maxMetaLength } from './line-signals.ts'
import { phraseKey } from './phrase-index.ts'
import type { TitleFeatures } from './title-shape.ts'

/** In how many of a text's first paragraphs each stem stands. */
export type Vocabulary = ReadonlyMap<string, number>

/** How many paragraphs are read, and how much of each, in UTF-16 code units. */
const maxParagraphs = 20
const maxLineLength = 2000

/** The stems of the first paragraphs from a line on. */
export function vocabularyOf(
  lines: readonly LineSignals[],
  body: number,
  paragraphs: number = maxParagraphs,
): Vocabulary {
  const stems = new Map<string, number>()
  let left = paragraphs
  for (let at = body; at < lines.length && left > 0; at++) {
    const line = lines[at]!
    if (!line.prose) continue
    left--
    for (const stem of new Set(keyOf(line).split(' ').map(stemOf)))
      stems.set(stem, (stems.get(stem) ?? 0) + 1)
  }
  return stems
}

/** The key of a line's first `maxLineLength`; a short line's is known. */
function keyOf({ text, key }: LineSignals): string {
  return text.length <= maxMetaLength ? key : phraseKey(text.slice(0, maxLineLength))
}

/** Enough of a word to know it again in another form. */
function stemOf(word: string): string {
  return word.slice(0, Math.max(4, Math.min(6, word.length - 2)))
}

/** A line's longer words in a form that compares. */
export function stemsOf({ key }: LineSignals): string[] {
  return key
    .split(' ')
    .filter(word => word.length >= 4)
    .map(stemOf)
}

/** How much of a line comes again in the text: a headline's words do, a menu's do not. */
export function echoFeatures(line: LineSignals, vocabulary: Vocabulary): TitleFeatures {
  const stems = stemsOf(line)
  if (stems.length === 0) return {}
  const few = line.words <= 3
  const known = stems.filter(stem => vocabulary.has(stem)).length
  if (known === 0) return { [few ? 'no echo, few words' : 'no echo']: 1 }
  let often = 0
  for (const stem of stems) often += Math.log1p(vocabulary.get(stem) ?? 0)
  const seen: TitleFeatures = { 'echoes in all': Math.min(2, often / 4) }
  if (!few) seen.echo = known / stems.length
  seen[few ? 'echoes often, few words' : 'echoes often'] = often / stems.length
  return seen
}

/** Paragraphs at the text's start that a headline takes its words from before all others. */
export const leadParagraphs = 3

/** How much of a line's words stands in the text and in its lead, each 0 to 1, and a score of both: more for more words. */
export function leadEcho(
  line: LineSignals,
  vocabulary: Vocabulary,
  lead: Vocabulary,
): { stems: string[]; echo: number; lead: number; score: number } {
  const stems = [...new Set(stemsOf(line))]
  const shareIn = (words: Vocabulary) =>
    stems.filter(stem => words.has(stem)).length / Math.max(1, stems.length)
  const [echo, inLead] = [shareIn(vocabulary), shareIn(lead)]
  return { stems, echo, lead: inLead, score: ((inLead + echo) / 2) * Math.min(6, stems.length) }
}
