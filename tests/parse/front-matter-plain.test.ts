import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlainFrontMatter } from '../../src/parse/front-matter-plain.ts'
import { readWithParser } from '../../src/parse/front-matter-yaml.ts'

const pieces =
  'title|date|a|b-c|_d|:|: |:  | |  |\n|\n|\n- |\n  - |- |#| #|"|\'|,|, |[|]|{|}|&|*|!|\\||>|%|@|`|true|No|null|~|1|1.0|1.10|007|0x1F|1e3|-5|2026-01-31|09:30:00|é|日本|word|two words|\t|\\|?|...|---|<<|=|https://a.example/b?c=d#e|.5|+1|_|-|Infinity|.inf'
    .split(/(?<!\\)\|/)
    .map(piece => piece.replace('\\|', '|'))
const keyed = fc
  .tuple(
    fc.constantFrom('title', 'date', 'tags', 'k'),
    fc.constantFrom(':', ': ', ':  '),
    fc.array(fc.constantFrom(...pieces), { maxLength: 4 }),
  )
  .map(([key, colon, value]) => `${key}${colon}${value.join('')}\n`)
const blocks = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map(parts => parts.join('')),
  fc.array(keyed, { maxLength: 5 }).map(rows => rows.join('')),
)

test('what is read without a YAML parser is read as one reads it', () => {
  let plainly = 0
  fc.assert(
    fc.property(blocks, text => {
      const plain = readPlainFrontMatter(text)
      if (!plain || Object.keys(plain.values).length === 0) return
      plainly++
      const parsed = readWithParser({ text, line: 0, path: 'a.md' })
      expect({ values: plain.values, lines: plain.lines, diagnostics: [] }).toEqual({
        values: parsed?.values,
        lines: parsed?.lines,
        diagnostics: parsed?.diagnostics,
      })
    }),
    { numRuns: 10_000 },
  )
  expect(plainly).toBeGreaterThan(300)
})

test.each([
  'title: Plain words\ndate: 2026-01-31T09:30:00+01:00\ntags: [one, "two"]\ncategories:\n  - a\n  - b\ndraft: false\n',
  'url: https://a.example/b?c=d#e\nversion: 1.10\ncount: 42\n\nempty:\nquoted: "a: b # c"\n',
])('the common forms need no parser: %j', text => expect(readPlainFrontMatter(text)).not.toBeNull())
