import { listItem, widthOf } from './markdown-code-ranges.ts'

/** How far in the words of a list stand, and how far in they stand once what is too far in was moved. */
interface Item {
  written: number
  moved: number
}

/**
 * MDX has no indented code (https://mdxjs.com/docs/what-is-mdx/#markdown): what stands four characters in or farther is moved to where
 * Markdown takes it for what it is. Programs between fences keep their own indentation, and so do texts in backticks that stay open.
 */
export function withoutIndentedCode(source: string): string {
  if (!/^(?: {4}| {0,3}\t)/m.test(source)) return source
  const items: Item[] = []
  let fence: { mark: string; removed: number } | null = null
  let isText = false
  const lines = source.split('\n').map(line => {
    if (fence !== null) {
      const [, end = ''] = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(line) ?? []
      const moved = withoutWidth(line, fence.removed)
      if (end[0] === fence.mark[0] && end.length >= fence.mark.length) fence = null
      return moved
    }
    if (isText) {
      isText = !line.includes('`')
      return line
    }
    if (line.trim() === '') return line
    const moved = movedLine(line, items)
    const [, mark] =
      /^[ \t]*(?:>[ \t]?)*(?:[*+-][ \t]+|\d+[.)][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? []
    if (mark !== undefined) fence = { mark, removed: indentOf(line) - indentOf(moved) }
    else isText = /[{=(]\s*`[^`]*$/.test(line)
    return moved
  })
  return lines.join('\n')
}

const indentOf = (line: string) => widthOf(/^[ \t]*/.exec(line)?.[0] ?? '')

/** @param items the lists that the line is in, the innermost last; changed in place */
function movedLine(line: string, items: Item[]): string {
  const width = indentOf(line)
  while (items.length > 0 && width < (items.at(-1)?.written ?? 0)) items.pop()
  const { written, moved } = items.at(-1) ?? { written: 0, moved: 0 }
  const farther = width - written
  const indent = moved + (farther >= 4 ? 0 : farther)
  const words = line.trimStart()
  const [, , sign = '', space = ''] = listItem.exec(line) ?? []
  if (/^#{1,6}[ \t]/.test(line)) items.length = 0
  // What goes on in a footnote is four characters in, however long its mark is.
  const inside = sign.startsWith('[') ? 4 : sign.length + (space.length > 4 ? 1 : space.length)
  if (sign !== '') items.push({ written: width + inside, moved: indent + inside })
  return indent === width ? line : ' '.repeat(indent) + words
}

/** Without as many characters of white space as were taken from the fence. */
function withoutWidth(line: string, width: number): string {
  const indent = indentOf(line)
  return width <= 0 || indent === 0 ? line : ' '.repeat(Math.max(0, indent - width)) + line.trimStart()
}
