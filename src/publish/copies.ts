import { MultiMap } from '../text/multi-map.ts'
import { filledSlots } from '../text/sketch.ts'
import type { ReadableReading } from './article-readings.ts'

/** Parts of a sketch that must be filled: a handful of words may well stand in two articles. */
const manyParts = 8

/** Which files have the same words: two dumps of one article, or an article of two exports. */
export function createCopies() {
  const byWords = new MultiMap()

  return {
    /** The paths of all that have these words, if they are many enough to tell. */
    of: (words: string) => byWords.of(words),
    /** @returns paths with the words that came or went */
    change(path: string, before: ReadableReading | undefined, after: ReadableReading | undefined): string[] {
      const [old, now] = [wordsOf(before), wordsOf(after)]
      if (old === now) return []
      if (old !== null) byWords.delete(old, path)
      if (now !== null) byWords.add(now, path)
      return [old, now].flatMap(words => {
        const paths = words === null ? [] : byWords.of(words)
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
