import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv, readCsvTable } from '../../src/text/csv.ts'

test.each<[string, string[][]]>([
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\nc,',
    [
      ['a', 'b'],
      ['c', ''],
    ],
  ],
  ['\uFEFFa\n\n"b\r\n""c"" , d",\r', [['a'], ['b\r\n"c" , d', '']]],
  ['"",x', [['', 'x']]],
  ['', []],
])('%j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows)
})

test.each(['"never closed', '"a"b,c'])('%s is none', text => {
  expect(() => readCsv(text)).toThrow(SyntaxError)
})

test('what is written as RFC 4180 says is read back', () => {
  const row = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 })
  const quote = (field: string) => `"${field.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(row), rows => {
      expect(readCsv(rows.map(fields => `${fields.map(quote).join(',')}\r\n`).join(''))).toEqual(rows)
    }),
  )
})

test('a table has its first row as names', () => {
  expect(readCsvTable('id, name\n1,A,B\n2\n')).toEqual([
    { id: '1', name: 'A' },
    { id: '2', name: '' },
  ])
})
