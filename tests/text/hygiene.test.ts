import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanLines, missingBidiClosers, removeForbidden } from '../../src/text/hygiene.ts'

test.each([
  ['a title\fwith\vodd\x1cspace', 'a title with odd space'],
  ['two\nlines\r\nand\ttabs', 'two lines and tabs'],
  ['a\x00b\x07c\x1bd', 'abcd'],
  ['noncharacters \ufffe\uffff', 'noncharacters'],
  ['a lone \ud83d surrogate', 'a lone surrogate'],
  ['a whole 😀 one', 'a whole 😀 one'],
  ['no-break\u00a0space and \u3000wide one', 'no-break\u00a0space and \u3000wide one'],
  ['می\u200cخواهم \u200fو\u200e', 'می\u200cخواهم \u200fو\u200e'],
  ['\u202bopen', '\u202bopen\u202c'],
  ['\u2067isolate \u202dinside', '\u2067isolate \u202dinside\u202c\u2069'],
  ['\u2067a \u202db\u2069 c', '\u2067a \u202db\u2069 c'],
  ['a stray \u202c closer', 'a stray \u202c closer'],
])('a line: %j becomes %j', (written, cleaned) => expect(cleanLine(written).text).toBe(cleaned))

test('what was done is told', () => {
  expect(removeForbidden('a\fb\f\x01').findings).toEqual([
    { kind: 'forbidden', characters: ['U+000C', 'U+0001'], count: 3, index: 1 },
  ])
  expect(cleanLine('\u202b').findings).toEqual([
    { kind: 'bidi', characters: ['U+202C'], count: 1, index: null },
  ])
  expect(cleanLine('nothing to do').findings).toEqual([])
})

test('paragraphs end direction controls, not the text', () => {
  expect(cleanLines('\u202bone\r\ntwo\rthree').text).toBe('\u202bone\u202c\ntwo\nthree')
})

// XML 1.0 §2.2, production 2.
const xmlText = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u

test('whatever goes in, XML can carry what comes out, and a second pass changes nothing', () => {
  const anything = fc.string({ unit: 'binary' })
  const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map(codes => String.fromCharCode(...codes))
  fc.assert(
    fc.property(fc.oneof(anything, units), text => {
      for (const clean of [cleanLine, cleanLines]) {
        const once = clean(text)
        expect(once.text).toMatch(xmlText)
        expect(clean(once.text)).toEqual({ text: once.text, findings: [] })
        for (const line of once.text.split('\n')) expect(missingBidiClosers(line)).toBe('')
      }
    }),
    { numRuns: 500 },
  )
})
