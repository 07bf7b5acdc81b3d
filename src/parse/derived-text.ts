import type { Field } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'

/** A title for what has none: its first words, else what its first picture shows, else its file's name. */
export function deriveTitle(
  text: string,
  picture: string,
  name: string,
  path: string,
  diagnostics: Diagnostic[],
): Field<string> {
  const first = (text.trim() || picture).replace(/\s+/g, ' ').trim()
  const title = first ? shorten(first, 80) : name.replace(/[-_]+/g, ' ').trim() || path
  diagnostics.push(diagnose('title-missing', { path }, `No title was found; "${title}" stands in for it.`))
  return { value: title, from: 'derived', confidence: 0, line: null }
}

/** A paragraph that is an address alone: a film, or what a note links to. */
const bareAddress = /(?<=^\s*|\n\n)https?:\/\/\S+[ \t]*(?=\n\n|\s*$)/g

/** Formulae in paragraphs of their own that stand before all words: no sentence speaks of them yet. */
const formulaeFirst =
  /^\s*(?:(?:\$\$[^$]+\$\$|\\\[[^\]]+\\\]|\\begin\{(\w+\*?)\}[\s\S]+?\\end\{\1\})\s*(?:\n\n|$))+/

/** The body's first words, whole paragraphs where they fit; addresses that stand alone, and formulae before them, are no words. */
export function deriveSummary(text: string, title: string): Field<string> {
  const prose = text.slice(0, 2_000).replace(bareAddress, '')
  const flat = (prose.replace(formulaeFirst, '').trim() || prose).replace(/\s+/g, ' ').trim()
  return { value: shorten(flat, 300) || title, from: 'derived', confidence: 1, line: null }
}

/** At most `length` characters: whole words where the script has spaces, with an ellipsis where something was cut. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  // A cut inside a surrogate pair or before a combining mark would alter a letter.
  let cut = length - 1
  while (cut > 0 && /\p{M}|\u200d|\ufe0f|[\udc00-\udfff]/u.test(text.charAt(cut))) cut--
  const head = text.slice(0, cut)
  const space = text[cut] === ' ' ? cut : head.lastIndexOf(' ')
  const whole = space > length / 2 ? head.slice(0, space) : head
  return `${whole.replace(/[\s,;:–—-]+$/u, '')}…`
}
