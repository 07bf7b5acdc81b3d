import type { Field } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site, SourceSettings } from '../model/site.ts'
import { canonicalLanguage, guessLanguage, primaryLanguage } from '../text/language.ts'

/** From here on a guess is believed over the publication's language, which is said of all articles and of none. */
const minCertainty = 0.7

/** UTF-16 code units: so many show whether a text may be in another language, and so many which one it is. */
const glimpsed = 400
const maxSample = 2_000

/** The article's language: declared, its source's, the text's own where it plainly differs, else the publication's. */
export function settleLanguage(
  declared: Field<string> | undefined,
  text: string,
  source: SourceSettings | null,
  site: Pick<Site, 'language'>,
  path: string,
  diagnostics: Diagnostic[],
): Field<string> | null {
  if (declared) {
    const tag = canonicalLanguage(declared.value)
    if (tag) return { ...declared, value: tag }
    const place = { path, line: declared.line }
    diagnostics.push(
      diagnose(
        'front-matter-type',
        place,
        `"${declared.value}" is not a language tag (BCP 47), like "en" or "pt-BR".`,
      ),
    )
  }
  if (source?.language) return { value: source.language, from: 'settings', confidence: 1, line: null }
  const guess = plainGuess(text, site.language)
  if (guess) return { value: guess.language, from: 'text', confidence: guess.confidence, line: null }
  return site.language ? { value: site.language, from: 'settings', confidence: 1, line: null } : null
}

/** The language that a text is plainly in, where it is another than the publication's. */
function plainGuess(text: string, usual: string): { language: string; confidence: number } | null {
  // Nearly all articles are in the usual language, and a few lines of them show it.
  if (isUsual(guessLanguage(text.slice(0, glimpsed)).language, usual)) return null
  const { language, confidence } = guessLanguage(text.slice(0, maxSample))
  return language === null || confidence < minCertainty || isUsual(language, usual)
    ? null
    : { language, confidence }
}

const isUsual = (language: string | null, usual: string) =>
  language !== null && primaryLanguage(language) === primaryLanguage(usual)
