import type { ParseContext } from '../../src/model/reading.ts'
import { siteDefaults } from '../../src/model/site.ts'

/** What a parser knows of a publication with nothing but defaults. */
export const plainContext: ParseContext = {
  site: siteDefaults,
  media: () => undefined,
  boilerplate: () => new Map(),
}

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Characters that texts from strangers hold, and that cut or join what a parser looks for. */
const odd = [
  '\u0000',
  '\u00ad',
  '\u200b',
  '\u200c',
  '\u202e',
  '\ufeff',
  '\ud800',
  '|',
  '•',
  '>',
  '```',
  '©',
  '۱۳۹۵/۷/۱',
  '@',
  ' ',
]

/** A page put together from lines of others, whole, cut or run together. */
export function recombine(lines: readonly string[], random: () => number): string {
  const pick = () => lines[Math.floor(random() * lines.length)]!
  const size = 1 + Math.floor(random() ** 2 * 60)
  let page = ''
  for (let at = 0; at < size; at++) {
    const dice = random()
    let line = pick()
    if (dice < 0.08) line = line.slice(0, Math.floor(random() * line.length))
    else if (dice < 0.14) line += pick()
    else if (dice < 0.18)
      line = `${line.slice(0, 40)}${odd[Math.floor(random() * odd.length)]!}${line.slice(40)}`
    else if (dice < 0.22) line = `${line}\n${line}`
    page += line + (random() < 0.75 ? '\n\n' : random() < 0.8 ? '\n' : '\n    ')
  }
  return page
}
