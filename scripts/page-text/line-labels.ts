import type { LineSignals } from '../../src/page-text/line-signals.ts'
import type { Truth } from './truth.ts'

/** A line's text where it is long enough to be found in another by chance no more. */
const minLong = 20
/** So much of the known text must stand in the page for its lines to be told. */
const minFound = 0.4

/** Of each line whether it is the article's text (1) or the page's (0); null where that is not known. Null of a page whose text is not. */
function lineLabels(lines: readonly LineSignals[], truth: Truth): (0 | 1 | null)[] | null {
  if (!truth.body) return null
  const whole = lettersOf(truth.body)
  const own = new Set(truth.body.split('\n').map(lettersOf))
  const keys = lines.map(({ text }) => lettersOf(text))
  const isIn = keys.map(key =>
    key.length >= minLong
      ? whole.includes(key) || (key.length > 60 && whole.includes(key.slice(0, 50)))
      : key !== '' && own.has(key),
  )
  const long = keys.flatMap((key, at) => (isIn[at] && key.length >= minLong + 10 ? [at] : []))
  const found = long.reduce((sum, at) => sum + (keys[at]?.length ?? 0), 0)
  const [first, last] = [long[0], long.at(-1)]
  if (first === undefined || last === undefined || first === last || found < whole.length * minFound)
    return null
  const [title, author] = [lettersOf(truth.title ?? ''), lettersOf(truth.author ?? '')]
  return lines.map((line, at) => {
    const key = keys[at] ?? ''
    // Headlines, names and dates are looked for by others.
    const isMeta = line.dates.length > 0 && line.besideDates < 30
    if (isMeta || key === title || (author !== '' && key.length < 80 && key.includes(author))) return null
    if (at < first || at > last) return 0
    if (isIn[at]) return 1
    return key.length >= minLong ? 0 : null
  })
}

/** Lines as first and last of a range. */
export type LineRange = readonly [first: number, last: number]

/** Among which lines a page's text begins, and among which the first behind it is, the page's end among them; null where nothing is known. */
export function textRanges(
  lines: readonly LineSignals[],
  truth: Truth,
): { starts: LineRange; ends: LineRange } | null {
  const labels = lineLabels(lines, truth) ?? snippetLabels(lines, truth)
  const [first, last] = [labels.indexOf(1), labels.lastIndexOf(1)]
  if (first < 0) return null
  const behind = labels.indexOf(0, last)
  return {
    starts: [labels.lastIndexOf(0, first) + 1, first],
    ends: [last + 1, behind < 0 ? lines.length : behind],
  }
}

/** Shorter snippets stand in any line. */
const minSnippet = 8

/** What the snippets say that the body must keep, and those that it must not hold. */
function snippetLabels(lines: readonly LineSignals[], truth: Truth): (0 | 1 | null)[] {
  const keysOf = (snippets: readonly string[]) =>
    snippets.map(lettersOf).filter(key => key.length >= minSnippet)
  const [own, others] = [keysOf(truth.with), keysOf(truth.without)]
  return lines.map(({ text }) => {
    const key = lettersOf(text)
    if (own.some(snippet => key.includes(snippet))) return 1
    return others.some(snippet => key.includes(snippet)) ? 0 : null
  })
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
