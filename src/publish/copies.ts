import { filledSlots } from '../text/sketch.ts'
import type { ReadableReading } from './article-readings.ts'

/** Parts of a sketch that must be filled: a handful of words may well stand in two articles. */
const manyParts = 8

/** Which files have the same words: two dumps of one article, or an article of two exports. */
export function createCopies() {
  const byWords = new Map<string, string | Set<string>>()
  const of = (words: string): string[] => {
    const paths = byWords.get(words)
    return paths === undefined ? [] : typeof paths === 'string' ? [paths] : [...paths]
  }

  function change(path: string, words: string, isThere: boolean): void {
    const paths = new Set(of(words))
    if (isThere) paths.add(path)
    else paths.delete(path)
    const [only] = paths
    if (only === undefined) byWords.delete(words)
    else byWords.set(words, paths.size === 1 ? only : paths)
  }

  return {
    /** The paths of all that have these words, if they are many enough to tell. */
    of,
    /** @returns paths with the words that came or went */
    change(path: string, before: ReadableReading | undefined, after: ReadableReading | undefined): string[] {
      const [old, now] = [wordsOf(before), wordsOf(after)]
      if (old === now) return []
      if (old !== null) change(path, old, false)
      if (now !== null) change(path, now, true)
      return [old, now].flatMap(words => {
        const paths = words === null ? [] : of(words)
        return paths.length === 1 && paths[0] === path ? [] : paths
      })
    },
  }
}

function wordsOf(reading: ReadableReading | undefined): string | null {
  if (reading?.article.status !== 'published') return null
  const { words, sketch } = reading.digests
  // Articles that a program gives have none.
  return words === '' || filledSlots(sketch) < manyParts ? null : words
}
