import type { Candidate } from '../../src/catalog/recognise.ts'
import { sketchOf } from '../../src/text/sketch.ts'
import { anArticle } from './articles.ts'

/** A deterministic stream of numbers in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const syllables = 'ba de ki lo mu na pe ri so tu va we xi yo zu cha ble gro sta pli'.split(' ')

/** A text of made-up words: no two of them are alike. */
export function madeUpText(random: () => number, words: number): string {
  const word = () =>
    Array.from(
      { length: 2 + Math.floor(random() * 3) },
      () => syllables[Math.floor(random() * syllables.length)],
    ).join('')
  return Array.from({ length: words }, word).join(' ')
}

/** A parsed file as the identity rules see it. */
export function aCandidate(
  path: string,
  title: string,
  text: string,
  fields: Parameters<typeof anArticle>[0] = {},
): Candidate {
  const { id: _, revised: __, ...article } = anArticle({ path, title, text, ...fields })
  const words = `${title}\n${text}`
  return { article, words, sketch: sketchOf(words) }
}
