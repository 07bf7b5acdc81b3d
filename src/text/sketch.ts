import { fnv1aStart, fnv1aStep } from './fnv1a.ts'
import { itemAt } from './item-at.ts'
import { endOfRun } from './runs.ts'

const slots = 16
/** No pair fell into the slot. */
const empty = 0xffff
const emptySlot = 'ffff'
const space = 0x20

const endOfWord = endOfRun(
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/uy,
)

/**
 * A min-hash of a text (one hash a pair, which also chooses the slot: one-permutation hashing) over pairs of neighbouring words (of characters, where a script does not part words): 16 slots of
 * 16 bits as hex. Two texts agree in about as many slots as they share pairs, so a moved and edited article is known
 * again, and two articles about one subject are not taken for each other.
 */
export function sketchOf(text: string): string {
  const minima = new Uint16Array(slots).fill(empty)
  const add = (hashed: number) => {
    const hash = scramble(hashed)
    const slot = hash % slots
    const value = Math.min(hash >>> 16, empty - 1)
    if (value < itemAt(minima, slot)) minima[slot] = value
  }
  const lower = text.toLowerCase()
  // The hash of a pair, as one text with a space between, goes on from that of its first word: no pair is ever made.
  let first = 0
  let words = 0
  for (let at = 0; at < lower.length; ) {
    const end = endOfWord(lower, at)
    if (end === at) {
      at++
      continue
    }
    let pair = fnv1aStep(first, space)
    let word = fnv1aStart
    for (; at < end; at++) {
      const unit = lower.charCodeAt(at)
      pair = fnv1aStep(pair, unit)
      word = fnv1aStep(word, unit)
    }
    if (words++ > 0) add(pair)
    first = word
  }
  if (words < 2) add(words === 0 ? fnv1aStart : first)
  return [...minima].map(value => value.toString(16).padStart(4, '0')).join('')
}

/** The share of agreeing slots among those that either text fills, 0 to 1. */
export function similarity(a: string, b: string): number {
  let agreeing = 0
  let filled = 0
  for (let at = 0; at < slots * 4; at += 4) {
    const [one, other] = [a.slice(at, at + 4), b.slice(at, at + 4)]
    if (one === emptySlot && other === emptySlot) continue
    filled++
    if (one === other) agreeing++
  }
  return filled === 0 ? 0 : agreeing / filled
}

/** How many slots a text fills, 0 to 16: a few words fill few. */
export function filledSlots(sketch: string): number {
  let filled = 0
  for (let at = 0; at < sketch.length; at += 4) if (!sketch.startsWith(emptySlot, at)) filled++
  return filled
}

/** The parts by which sketches that may be similar find each other in an index. */
export function sketchKeys(sketch: string): string[] {
  return Array.from({ length: slots }, (_, slot) => `${slot}:${sketch.slice(slot * 4, slot * 4 + 4)}`).filter(
    key => !key.endsWith(emptySlot),
  )
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
export function scramble(value: number): number {
  let mixed = value >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
