import { expect, test } from 'vitest'
import { codeFrame } from '../../src/runtimes/cli/code-frame.ts'

const plain = (_: unknown, text: string) => text
const frame = (text: string, line: number, column: number | null) =>
  codeFrame(text, line, column, plain).join('\n')

test.each([
  ['marks the column', 'a\nbcd\r\ne', 2, 2, '2 | bcd\n  |  ^'],
  ['marks the end of the line', 'abc', 1, 4, '1 | abc\n  |    ^'],
  ['keeps tabs under tabs', '\t\tkey: x', 1, 3, '1 | \t\tkey: x\n  | \t\t^'],
  ['marks nothing without a column', 'abc', 1, null, '1 | abc'],
  ['is empty where there is no such line', 'abc', 7, 1, ''],
  ['is empty for an empty line', 'abc\n\n', 2, 1, ''],
  ['shows control characters harmlessly', 'a\x1b[2Jb', 1, 2, '1 | a�[2Jb\n  |  ^'],
])('a frame %s', (_, text, line, column, expected) => {
  expect(frame(text, line, column)).toBe(expected)
})

test('a long line is cut on both sides, and the mark stays under its character', () => {
  const text = `${'a'.repeat(500)}X${'b'.repeat(500)}`
  const [source, mark] = frame(text, 1, 501).split('\n') as [string, string]
  expect(source.length).toBeLessThan(140)
  expect(source[mark.indexOf('^')]).toBe('X')
  expect([source.slice(4, 6), source.at(-1)]).toEqual(['…a', '…'])
})
