import { scramble } from './sketch.ts'

/**
 * A short name for what something is made of: equal parts have equal fingerprints, and other parts, but for a chance of
 * one in 2⁶⁴, other ones. Made to notice changes, not to withstand somebody who looks for two texts with one name.
 * @returns 16 hex digits
 */
export function fingerprintOf(parts: Iterable<string | number | boolean | null>): string {
  let one = 0x9e3779b9
  let two = 0x85ebca6b
  for (const part of parts) {
    // The kind and the length go in first, so that ['a', 'b'] is not ['ab'], nor '1' 1.
    const text = typeof part === 'string' ? part : `${part}`
    const start = text.length * 2 + (typeof part === 'string' ? 1 : 0)
    one = Math.imul(one ^ start, 0x01000193)
    two = Math.imul(two ^ start, 0x27d4eb2f)
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      one = Math.imul(one ^ unit, 0x01000193)
      two = Math.imul(two ^ unit, 0x5bd1e995)
      two ^= two >>> 15
    }
    one ^= one >>> 13
  }
  return hexOf(scramble(one ^ Math.imul(two, 0x9e3779b1))) + hexOf(scramble(two ^ Math.imul(one, 0x85ebca77)))
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Eight digits, by a table: each document of a publication has a fingerprint. */
const hexOf = (value: number): string =>
  `${hexOfByte[value >>> 24]}${hexOfByte[(value >>> 16) & 255]}${hexOfByte[(value >>> 8) & 255]}${hexOfByte[value & 255]}`
