import type { Field } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site, SourceSettings } from '../model/site.ts'
import { guessLanguage } from '../text/language.ts'

/** From here on a guess is believed over the publication's language, which is said of all articles and of none. */
const certain = 0.7

/** UTF-16 code units: a guess from the whole text costs more time, and is no better. */
const sampled = 4_000

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
    const tag = languageTag(declared.value)
    if (tag) return { ...declared, value: tag }
    const place = { path, line: declared.line }
    diagnostics.push(
      diagnose(
        'front-matter-type',
        place,
        `"${declared.value}" is no language tag (BCP 47), like "en" or "pt-BR".`,
      ),
    )
  }
  if (source?.language) return { value: source.language, from: 'settings', confidence: 1, line: null }
  const guess = guessLanguage(text.slice(0, sampled))
  if (guess.language && guess.confidence >= certain && primary(guess.language) !== primary(site.language))
    return { value: guess.language, from: 'text', confidence: guess.confidence, line: null }
  return site.language ? { value: site.language, from: 'settings', confidence: 1, line: null } : null
}

const primary = (tag: string) => tag.split('-')[0]!.toLowerCase()

/** `en_US.UTF-8` → `en-US`; null where there is no such tag. */
export function languageTag(written: string): string | null {
  try {
    return (
      Intl.getCanonicalLocales(
        written
          .trim()
          .replace(/[.@].*$/, '')
          .replace(/_/g, '-'),
      )[0] ?? null
    )
  } catch {
    return null
  }
}
