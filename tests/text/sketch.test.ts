import { describe, expect, test } from 'vitest'
import { similarity, sketchOf } from '../../src/text/sketch.ts'

/** Ledgers hold sketches: another way to compute them must not give other ones, or no moved article would be known again. */
const sketches: [text: string, sketch: string][] = [
  ['', 'ffffffffffffffffffffffffffffffffffffffffffffab3effffffffffffffff'],
  ['One', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffaba5'],
  ['The tide comes in twice a day', 'ffffffffdb74ffff227cffffffffffff01fdf322ffffffffffffffffffffffff'],
  ['naïve café déjà-vu x9', 'ffffffffffffffffbc13ffffffffffffffffffffffffffffffff8ed54a48ffff'],
  ['İstanbul ΣΊΣΥΦΟΣ ﬁn', '17cfcaa8ffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['潮の満ち引きは一日に二度', '09e4ffff5163b12748c5ffff76bbffff3ac73be4ffffffff75f699c2ffffffff'],
  ['น้ำขึ้นน้ำลง', '7093f460fffffffffffff50bffffffffb9bbffff7e69950cfffffffffacb843e'],
  ['😀 𝒜lpha \ud83d beta', 'ffffffffffffffffffffffffffffffffffffffffffffffff49d4ffffffffffff'],
  ["don't re-read 1,000 pages", 'ffffffffffff645d90c4ffffffffffffffffd7edffffffffffffffff40e1e253'],
]

describe('sketches', () => {
  test.each(sketches)('of %j', (text, sketch) => {
    expect(sketchOf(text)).toBe(sketch)
  })

  test('a text with some other words stays similar, another one is not', () => {
    const words = Array.from({ length: 200 }, (_, number) => `word${(number * 7919) % 1009}`)
    const edited = words.toSpliced(50, 5, 'quite', 'other')
    const another = words.map(word => `${word}x`)
    expect(similarity(sketchOf(words.join(' ')), sketchOf(edited.join(' ')))).toBeGreaterThan(0.6)
    expect(similarity(sketchOf(words.join(' ')), sketchOf(another.join(' ')))).toBeLessThan(0.3)
  })
})
