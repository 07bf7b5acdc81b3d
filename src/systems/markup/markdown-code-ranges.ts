import { lowerBound } from '../../text/lower-bound.ts'

/**
 * Where a Markdown text holds code, as offsets in rising order: fenced and indented blocks, and spans in backticks on one line.
 * A reading by lines that is right for what people write; CommonMark's own parser decides what is published.
 */
export function codeRanges(text: string): [number, number][] {
  const ranges: [number, number][] = []
  let fence: string | null = null
  let start = 0
  let indented = true
  // How far in the words of the lists stand that a line is in, the innermost last.
  const items: number[] = []
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at)
    const end = next === -1 ? text.length : next
    const line = text.slice(at, end)
    const mark: string | undefined =
      /^[ \t]*(?:>[ \t]?)*(?:[*+-][ \t]+|\d+[.)][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      if (mark && mark[0] === fence[0] && mark.length >= fence.length && /^[ \t>]*[`~]+[ \t]*$/.test(line)) {
        ranges.push([start, end])
        fence = null
      }
    } else if (mark) {
      fence = mark
      start = at
      indented = false
    } else if (line.trim() === '') indented = true
    else if (indented && isFarIn(line, items)) ranges.push([at, end])
    else {
      indented = false
      takeItem(line, items)
      if (line.includes('`')) ranges.push(...codeSpans(line, at))
    }
    at = end + 1
  }
  if (fence !== null) ranges.push([start, text.length])
  return ranges
}

/** A rule between parts is none. */
export const listItem =
  /^(?![ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})$)([ \t]*)([*+-]|\d{1,9}[.)]|:|\[\^[^\]\s]+\]:)([ \t]+)(?=\S)/
export const widthOf = (indent: string) => indent.replaceAll('\t', '    ').length

/** @param items changed in place */
function takeItem(line: string, items: number[]): void {
  if (/^#{1,6}[ \t]/.test(line)) items.length = 0
  const [, before = '', sign = '', space = ''] = listItem.exec(line) ?? []
  if (sign === '') return
  const width = widthOf(before)
  while (items.length > 0 && width < (items.at(-1) ?? 0)) items.pop()
  // What goes on in a footnote is four characters in, however long its mark is.
  const inside = sign.startsWith('[') ? 4 : sign.length + (space.length > 4 ? 1 : space.length)
  items.push(width + inside)
}

/**
 * Whether a line behind a blank one is so far in that it is code: in a list, farther than its words. Lists that it is not far enough in for have ended.
 * @param items changed in place
 */
function isFarIn(line: string, items: number[]): boolean {
  const width = widthOf(/^[ \t]*/.exec(line)?.[0] ?? '')
  while (items.length > 0 && width < (items.at(-1) ?? 0)) items.pop()
  return width - (items.at(-1) ?? 0) >= 4
}

/** CommonMark §6.1: a span ends at the next run of as many backticks as it began with. */
function codeSpans(line: string, offset: number): [number, number][] {
  const runs = [...line.matchAll(/`+/g)].map(match => ({ at: match.index, length: match[0].length }))
  // Those of each length, the next first: each list is walked once.
  const byLength = Map.groupBy(runs.toReversed(), ({ length }) => length)
  const spans: [number, number][] = []
  let free = 0
  for (const run of runs) {
    const same = byLength.get(run.length)
    same?.pop()
    if (run.at < free) continue
    const close = same?.at(-1)
    if (!close) continue
    free = close.at + run.length
    spans.push([offset + run.at, offset + free])
  }
  return spans
}

/** Whether an offset lies in one of the ranges, which are in rising order. */
export function rangeTest(ranges: [number, number][]): (offset: number) => boolean {
  return offset => {
    const range = ranges[lowerBound(ranges, ([, end]) => end <= offset)]
    return range !== undefined && range[0] <= offset
  }
}
