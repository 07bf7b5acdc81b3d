import { lazily } from './lazily.ts'

/**
 * Finds where a run of characters ends that begins at a place: the place itself where none does. Most runs are of ASCII between ASCII, and
 * ask no pattern.
 * @param pattern sticky: a run; of ASCII any number of those characters that it matches alone
 */
export function endOfRun(pattern: RegExp): (text: string, start: number) => number {
  const inRun = lazily(() =>
    Uint8Array.from({ length: 128 }, (_, unit) => {
      pattern.lastIndex = 0
      return Number(pattern.test(String.fromCharCode(unit)))
    }),
  )
  return (text, start) => {
    const isInRun = inRun()
    let end = start
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end)
      if (unit >= 128) break
      if (isInRun[unit] === 0) return end
    }
    if (end === text.length) return end
    pattern.lastIndex = start
    return pattern.test(text) ? pattern.lastIndex : start
  }
}
