import { isGivenName } from './given-names.ts'
import type { LineSignals } from './line-signals.ts'
import type { Outline } from './page-outline.ts'

/** So much of the text may stand in a box about its author, and in so many paragraphs. */
const maxShare = 0.25
const maxParagraphs = 4
/** A text has so many paragraphs before somebody tells of its author. */
const minParagraphs = 3

/** Where the box about who wrote it begins, behind the text; null where there is none. */
export function portraitAt(
  lines: readonly LineSignals[],
  { start, heart, end }: Outline,
  authors: readonly string[],
  isFree: (at: number) => boolean,
): number | null {
  const names = authors.filter(name => name.includes(' '))
  const total = proseOf(lines.slice(start, end))
  let before = proseOf(lines.slice(start, heart))
  for (let at = heart; at < end; at++) {
    const line = lines[at]
    if (!line) break
    if (isFree(at) && before.count >= minParagraphs && opensPortrait(lines, at, names)) {
      const isSmall =
        total.weight - before.weight <= total.weight * maxShare && total.count - before.count <= maxParagraphs
      const inText = lines
        .slice(start, at)
        .some(({ prose, text }) => prose && names.some(name => tells(text, name)))
      if (isSmall && !inText) return at
    }
    if (line.prose) before = { weight: before.weight + line.weight, count: before.count + 1 }
  }
  return null
}

function proseOf(lines: readonly LineSignals[]): { weight: number; count: number } {
  let weight = 0
  let count = 0
  for (const line of lines) if (line.prose) [weight, count] = [weight + line.weight, count + 1]
  return { weight, count }
}

/** Whether a text is about somebody: their last name stands in it. */
function tells(text: string, name: string): boolean {
  const family = name.split(' ').at(-1) ?? name
  return text.includes(family)
}

const about =
  /^(?:Über|About|À propos de|A propos de|Sobre|Acerca de|Su di|Over|O autorze:?|Mehr über|More about|Om|Об авторе:?)\s(?=\p{Lu})/u

/** "Jane Doe contributed reporting": what she did for the text, and nothing of herself. */
const atWork = /\b(?:contributed|reported|reporting)\b/

/** A paragraph that begins with the author's name, which is no speaker's ("Jane Doe: …"), or the name as heading of one. */
function opensPortrait(lines: readonly LineSignals[], at: number, names: readonly string[]): boolean {
  const line = lines[at]
  if (!line || line.text.length > 1200) return false
  if (line.prose && !atWork.test(line.text))
    return names.some(
      name => line.text.startsWith(name) && /^(?:,? ?\(|,? \p{Ll})/u.test(line.text.slice(name.length)),
    )
  const heading = about.exec(line.text)
  const rest = heading ? line.text.slice(heading[0].length) : line.text
  const isNamed =
    names.some(name => (heading ? rest.startsWith(name) : rest === name)) ||
    (heading !== null && line.words <= 6 && isGivenName(rest.split(/\s/)[0] ?? ''))
  return isNamed && lines.slice(at + 1, at + 3).some(({ prose }) => prose)
}
