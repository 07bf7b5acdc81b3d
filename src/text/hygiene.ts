import { codePointName } from './code-point.ts'
/**
 * The one gate that every string of an article passes before it may enter a document. It alters nothing but what
 * XML 1.0 cannot carry (§2.2, production 2, `Char`), and closes what would leak out of the string (UAX #9). Zero-width
 * joiners and directional marks (U+200C–200F) are part of how Persian or Hindi is spelt, and stay.
 */

/** What the gate had to do, for the caller to say. */
export interface HygieneFinding {
  kind: 'forbidden' | 'bidi'
  /** `U+000C`, each once, in the order met. */
  characters: string[]
  /** How many characters were removed, replaced or added. */
  count: number
  /** Where the first one stood, in UTF-16 code units; null where it was only missing. */
  index: number | null
}

export interface Hygienic {
  text: string
  findings: HygieneFinding[]
}

/** VT, FF and the four separators: white space in the eyes of whoever typed it, so a space takes their place. */
const forbiddenSpace = /[\v\f\x1c-\x1f]/
const forbidden = /[\x00-\x08\v\f\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu
const forbiddenUnit = /[\x00-\x08\v\f\x0e-\x1f\ufffe\uffff]/
const bidiControl = /[\u202a-\u202e\u2066-\u2069]/

/** For a field of one line (a title, a name): every run of line breaks, tabs and spaces becomes one space. */
export function cleanLine(text: string): Hygienic {
  const { text: cleaned, findings } = removeForbidden(text)
  return closeBidi(cleaned.replace(/[\t\n\r ]+/g, ' ').trim(), findings)
}

/** Whether there is nothing to be seen in a text: white space, controls and characters without a shape alone. */
export function isBlank(text: string): boolean {
  return /^[\p{White_Space}\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]*$/u.test(text)
}

/** For text of several lines: line ends become LF, and direction controls are closed where their paragraph ends. */
export function cleanLines(text: string): Hygienic {
  const { text: cleaned, findings } = removeForbidden(text)
  const lines = cleaned.includes('\r') ? cleaned.replace(/\r\n?/g, '\n') : cleaned
  if (!bidiControl.test(lines)) return { text: lines, findings }
  let all = findings
  const closed = lines.split('\n').map(line => {
    const result = closeBidi(line, all)
    all = result.findings
    return result.text
  })
  return { text: closed.join('\n'), findings: all }
}

/** Forbidden characters alone: what markup needs, whose direction controls are closed block by block. */
export function removeForbidden(text: string): Hygienic {
  // Nearly every string is clean, and it pays to see that fast.
  if (!forbiddenUnit.test(text) && text.isWellFormed()) return clean(text)
  const characters = new Set<string>()
  let count = 0
  const index = text.search(forbidden)
  const cleaned = text.replace(forbidden, character => {
    characters.add(codePointName(character))
    count++
    return forbiddenSpace.test(character) ? ' ' : ''
  })
  return { text: cleaned, findings: [{ kind: 'forbidden', characters: [...characters], count, index }] }
}

/** What has to follow a paragraph so that its open embeddings and isolates end with it (UAX #9, X7 and X6a). */
export function missingBidiClosers(paragraph: string): string {
  return bidiControl.test(paragraph) ? closersOf(openBidi(paragraph)) : ''
}

/** Reads the direction controls of one more stretch of a paragraph onto the stack of those still open. */
export function openBidi(text: string, open: string[] = []): string[] {
  if (!bidiControl.test(text)) return open
  for (const [control] of text.matchAll(/[\u202a-\u202e\u2066-\u2069]/g)) {
    if (control === popEmbedding) {
      // PDF ends the last embedding, but not across an isolate's border (X7).
      if (open.at(-1) === popEmbedding) open.pop()
    } else if (control === popIsolate) {
      // PDI ends the last isolate and every embedding opened within it (X6a).
      const isolate = open.lastIndexOf(popIsolate)
      if (isolate !== -1) open.length = isolate
    } else open.push(control >= '\u2066' ? popIsolate : popEmbedding)
  }
  return open
}

export const closersOf = (open: string[]): string => open.toReversed().join('')

const noFindings: HygieneFinding[] = []
const clean = (text: string): Hygienic => ({ text, findings: noFindings })

const popEmbedding = '\u202c'
const popIsolate = '\u2069'

function closeBidi(text: string, findings: HygieneFinding[]): Hygienic {
  const closers = missingBidiClosers(text)
  if (!closers) return { text, findings }
  const characters = [...new Set([...closers].map(codePointName))]
  return {
    text: text + closers,
    findings: [...findings, { kind: 'bidi', characters, count: closers.length, index: null }],
  }
}
