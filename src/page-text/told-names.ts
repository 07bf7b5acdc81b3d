import type { LineSignals } from './line-signals.ts'
import type { Outline } from './page-outline.ts'

/** Whether a line is the caption of a picture, its credit on the next line, and the text tells of who is in it. */
export function isPictured(
  name: string,
  line: LineSignals,
  lines: readonly LineSignals[],
  { start, end }: Outline,
): boolean {
  if (!lines[line.index + 1]?.credit) return false
  const words = name.split(/\s+/)
  const family = words.at(-1) ?? name
  const wanted = words.length > 1 && family.length >= 4 ? family : name
  return lines.slice(start, end).some(({ prose, text }) => prose && holdsWord(text, wanted))
}

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!letter.test(text[at - 1] ?? '') && !letter.test(text[at + word.length] ?? '')) return true
  return false
}

const letter = /\p{L}/u
const small = /(?<!\p{L})\p{Ll}{3,}(?!\p{L})/gu

/** Whether the page writes all words of a would-be name with small letters elsewhere: "Local Strategy", "See Updates". */
export function isInWords(name: string, lines: readonly LineSignals[]): boolean {
  const wanted = new Set(
    name
      .split(/[\s-]+/)
      .filter(word => /^\p{Lu}\p{L}{2,}$/u.test(word))
      .map(word => word.toLowerCase()),
  )
  if (wanted.size === 0) return false
  for (const { text, prose } of lines) {
    if (!prose) continue
    for (const [word] of text.matchAll(small)) wanted.delete(word)
    if (wanted.size === 0) return true
  }
  return false
}
