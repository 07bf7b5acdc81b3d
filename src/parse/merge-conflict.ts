/**
 * Lines that stand where two sides of a merge differ: before them, between them, behind them. Git and Mercurial write seven equals signs
 * between, Jujutsu signs of its own (https://docs.jj-vcs.dev/latest/conflicts/).
 */
const before = /^<{7}(?: .*)?$/
const between = /^(?:={7}|%{7}|\+{7}|-{7})(?: .*)?$/
const behind = /^>{7}(?: .*)?$/

/**
 * Where two sides of a merge stand in a text that nobody has decided between: the line, 1-based, of the first. All three lines, in their
 * order, and not all of them in one block of code: an article on merging shows them there.
 */
export function mergeConflictIn(text: string): number | null {
  if (!text.includes('<<<<<<<')) return null
  const lines = wordsOfLines(text)
  const fences = fencesOf(lines)
  let begun: number | null = null
  let isParted = false
  for (const [index, line] of lines.entries()) {
    if (line === null) continue
    if (before.test(line)) {
      begun = index
      isParted = false
    } else if (begun !== null && between.test(line)) isParted = true
    else if (begun !== null && isParted && behind.test(line)) {
      const fence = fences[begun]
      if (fence === null || fence !== fences[index]) return begun + 1
      begun = null
    }
  }
  return null
}

/** What lists put before their items' first lines (CommonMark §5.2). */
const listItem = /^ *(?:[-*+]|\d{1,9}[.)]) +/

/** Each line without what it is indented by, or a list has before it; null where it is so far in that it is code (CommonMark §4.4). */
function wordsOfLines(text: string): (string | null)[] {
  let inItem = 0
  return text.split('\n').map(written => {
    const line = written.replaceAll('\t', '    ').trimEnd()
    const item = listItem.exec(line)?.[0].length
    const words = item === undefined ? line.trimStart() : line.slice(item)
    if (item !== undefined) inItem = item
    else if (/^\S/.test(line) && ![before, between, behind].some(mark => mark.test(line))) inItem = 0
    return item === undefined && line.length - words.length > inItem + 3 ? null : words
  })
}

/** For each line the block of code that it is in, by the line that opens it; null in none, or in one that nothing closes (§4.5). */
function fencesOf(lines: readonly (string | null)[]): (number | null)[] {
  const fences: (number | null)[] = lines.map(() => null)
  let open: { mark: string; at: number } | null = null
  for (const [index, line] of lines.entries()) {
    const [, mark, info = ''] = /^(`{3,}|~{3,})(.*)$/.exec(line ?? '') ?? []
    if (mark === undefined) continue
    if (open === null) {
      if (!(mark.startsWith('`') && info.includes('`'))) open = { mark, at: index }
    } else if (mark.startsWith(open.mark) && info.trim() === '') {
      fences.fill(open.at, open.at, index + 1)
      open = null
    }
  }
  return fences
}
