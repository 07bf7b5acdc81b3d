/** A line of git's, Mercurial's or Jujutsu's that stands where two sides of a merge differ. */
const sides = [/^<{7}(?: .*)?$/, /^={7}$/, /^>{7}(?: .*)?$/]

/**
 * Where two sides of a merge stand in a text that nobody has decided between: the line, 1-based, of the first. All three lines, in their
 * order, and in no block of code: an article on merging shows them there.
 */
export function mergeConflictIn(text: string): number | null {
  if (!/^<{7}/m.test(text)) return null
  let begun: number | null = null
  let next = 0
  let fence: string | null = null
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark && fence === null) fence = mark
    else if (mark && fence !== null && mark.startsWith(fence)) fence = null
    if (fence !== null) continue
    if (sides[0]?.test(line)) {
      begun = index + 1
      next = 1
    } else if (next > 0 && sides[next]?.test(line)) next++
    if (next === sides.length) return begun
  }
  return null
}
