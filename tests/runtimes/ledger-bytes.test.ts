import { expect, test } from 'vitest'
import { withdrawnAt } from '../../src/catalog/identity.ts'
import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger, LedgerEntry } from '../../src/model/ledger.ts'
import { nextLedgerBytes, type WrittenLedger, writtenLedger } from '../../src/runtimes/node/ledger-bytes.ts'
import { madeUpText, randomNumbers } from '../support/folders.ts'

const random = randomNumbers(7)
const entry = (id: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  path: `${id}.md`,
  first: 0,
  published: 0,
  dated: null,
  revised: null,
  title: madeUpText(random, 4),
  words: 'w',
  sketch: 's',
  address: `/${id}/`,
  formerAddresses: [],
  withdrawn: null,
  archives: {},
  ...more,
})
const ledgerOf = (entries: LedgerEntry[]): Ledger => ({
  authority: 'example.org,2026',
  entries: new Map(entries.map(entry => [entry.id, entry])),
})

test('a ledger written from the one before is the ledger written whole, byte for byte', () => {
  let known: WrittenLedger | null = null
  let bytes: Buffer | null = null
  let ledger = ledgerOf(Array.from({ length: 30 }, (_, n) => entry(`tag:${(n * 7) % 30} é${n}`)))
  for (let round = 0; round < 60; round++) {
    const next = nextLedgerBytes(known, bytes, ledger)
    known = next.written
    bytes = next.bytes
    expect(bytes.toString(), `round ${round}`).toBe(formatLedger(ledger))
    if (round % 9 === 0) known = writtenLedger(parseLedger(bytes.toString()), bytes)
    const entries = new Map(known.ledger.entries)
    const ids = [...entries.keys()]
    for (let n = 0; n < 1 + random() * 4; n++) {
      const id = ids[Math.floor(random() * ids.length)]!
      if (random() < 0.4) entries.set(id, entry(id))
      else if (random() < 0.5) entries.set(id, withdrawnAt(entries.get(id)!, round))
      else {
        const fresh = `${random() < 0.3 ? 'a' : random() < 0.5 ? 'tag:' : 'z'}${round} ${n}`
        entries.set(fresh, entry(fresh))
      }
    }
    ledger = { authority: 'example.org,2026', entries }
  }
})

test('lines that a merge left twice, entries that are gone and another authority are written anew', () => {
  const ledger = ledgerOf([entry('a'), entry('b')])
  const text = formatLedger(ledger)
  const lines = text.split('\n')
  const merged = Buffer.from([...lines.slice(0, 3), lines[2], ...lines.slice(3)].join('\n'))
  const read = writtenLedger(parseLedger(merged.toString()), merged)
  const next = ledgerOf([...read.ledger.entries.values(), entry('c')])
  expect(nextLedgerBytes(read, merged, next).bytes.toString()).toBe(formatLedger(next))
  const whole = nextLedgerBytes(null, null, ledger)
  const fewer = ledgerOf([ledger.entries.get('b')!])
  expect(nextLedgerBytes(whole.written, whole.bytes, fewer).bytes.toString()).toBe(formatLedger(fewer))
  const moved = { ...ledger, authority: 'example.net,2026' }
  expect(nextLedgerBytes(whole.written, whole.bytes, moved).bytes.toString()).toBe(formatLedger(moved))
})
