import { expect, test } from 'vitest'
import { formatLedger, LedgerError, ledgerAdditions, parseLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger, LedgerEntry } from '../../src/model/ledger.ts'

const instant = (text: string) => Date.parse(text)

function anEntry(fields: Partial<LedgerEntry>): LedgerEntry {
  return {
    id: 'tag:example.org,2026:file/a.md',
    path: 'a.md',
    first: instant('2026-01-01T00:00:00Z'),
    published: instant('2026-01-01T00:00:00Z'),
    dated: null,
    revised: null,
    title: 'A',
    words: 'ab',
    sketch: 'cd',
    address: '/articles/a/',
    formerAddresses: [],
    withdrawn: null,
    archives: {},
    ...fields,
  }
}
const ledgerOf = (...entries: LedgerEntry[]): Ledger => ({
  authority: 'example.org,2026',
  entries: new Map(entries.map(entry => [entry.id, entry])),
})
const full = ledgerOf(
  anEntry({
    id: 'z',
    title: 'Z\u2028\n"',
    formerAddresses: ['/old/'],
    withdrawn: instant('2026-02-01T00:00:00.5Z'),
  }),
  anEntry({ id: 'a', revised: instant('2026-03-01T00:00:00Z'), archives: { all: 3, 'tag x': 1 } }),
)

test('a ledger survives being written and read', () => {
  const text = formatLedger(full)
  expect(new Map(parseLedger(text).entries)).toEqual(full.entries)
  expect(formatLedger(parseLedger(text))).toBe(text)
})

test('where it was published is a line that older versions pass over; of two branches the later line counts', () => {
  const at = (url: string) => formatLedger({ ...full, url })
  expect(at('https://a.example/').split('\n')[2]).toBe('# url https://a.example/')
  expect(parseLedger(at('https://a.example/')).url).toBe('https://a.example/')
  expect(parseLedger(formatLedger(full)).url).toBeUndefined()
  const merged = at('https://a.example/').replace(
    /(# url .*)/,
    '# url https://b.example/\n$1\n# said by a later version',
  )
  expect(parseLedger(merged).url).toBe('https://a.example/')
  expect(ledgerAdditions({ ...full, url: 'https://a.example/' }, full)).toBeNull()
})

test('articles stand in the order of their ids, one a line', () => {
  expect(formatLedger(full).split('\n')[2]).toContain('"id":"a"')
  expect(formatLedger(full).trim().split('\n')).toHaveLength(5)
})

test('a ledger cut anywhere is never taken for a whole one', () => {
  const text = formatLedger(full)
  for (let length = 0; length < text.length - 1; length++)
    expect(() => parseLedger(text.slice(0, length)), `cut after ${length}`).toThrow(LedgerError)
})

test.each([
  ['a line that is not JSON', (lines: string[]) => lines.with(2, '{"id":'), 3],
  ['an unfinished merge', (lines: string[]) => lines.toSpliced(2, 0, '<<<<<<< HEAD'), 3],
  ['a missing field', (lines: string[]) => lines.with(3, '{"id":"x"}'), 4],
  ['another version', (lines: string[]) => lines.with(0, '# Broadsheet ledger 9'), 1],
])('%s is found, with its line', (_, damage, line) => {
  const text = damage(formatLedger(full).split('\n')).join('\n')
  expect(() => parseLedger(text)).toThrow(expect.objectContaining({ name: 'LedgerError', line }))
})

test('two sides of a merge, kept line by line, become one history', () => {
  const ours = anEntry({ id: 'a', address: '/x/', revised: instant('2026-05-01T00:00:00Z') })
  const theirs = anEntry({
    id: 'a',
    first: instant('2025-01-01T00:00:00Z'),
    withdrawn: instant('2026-02-01T00:00:00Z'),
  })
  const lines = formatLedger(ledgerOf(ours)).split('\n')
  const merged = lines.toSpliced(3, 0, formatLedger(ledgerOf(theirs)).split('\n')[2]!).join('\n')
  expect([...parseLedger(merged).entries.values()]).toEqual([
    anEntry({
      id: 'a',
      first: theirs.first,
      address: '/x/',
      formerAddresses: ['/articles/a/'],
      revised: ours.revised,
    }),
  ])
})
