import { formatLedger, formatLedgerEntry } from '../../catalog/ledger-text.ts'
import type { Ledger, LedgerEntry } from '../../model/ledger.ts'

/** A ledger that lies in a file, to write the next one from: of a hundred thousand lines an edit changes one. */
export interface WrittenLedger {
  ledger: Ledger
  /** In the order of the lines; null where the text is not laid out as we do it: lines that a merge left twice. */
  ids: string[] | null
}

/** Lines before the first entry and after the last. */
const frame = { before: 2, after: 1 }

export function writtenLedger(ledger: Ledger, bytes: Buffer): WrittenLedger {
  const ids = [...ledger.entries.keys()]
  const inOrder = ids.every((id, index) => index === 0 || ids[index - 1]! < id)
  const canonical = inOrder && countLines(bytes) === ids.length + frame.before + frame.after
  return { ledger, ids: canonical ? ids : null }
}

/**
 * The text of a ledger: `formatLedger`'s, by way of the lines that the one before has already.
 * @param bytes the text of the one before
 */
export function nextLedgerBytes(
  before: WrittenLedger | null,
  bytes: Buffer | null,
  ledger: Ledger,
): { bytes: Buffer; written: WrittenLedger } {
  const changed =
    before?.ids && before.ledger.authority === ledger.authority ? changesOf(before, ledger) : null
  if (!before?.ids || !changed || !bytes) {
    const ids = [...ledger.entries.keys()].sort()
    return { bytes: Buffer.from(formatLedger(ledger)), written: { ledger, ids } }
  }
  const { ids } = before
  const starts = lineStarts(bytes)
  const pieces: Uint8Array[] = []
  const nextIds = ids.slice()
  let from = 0
  let added = 0
  for (const entry of changed) {
    const place = placeOf(ids, entry.id)
    const isKnown = ids[place] === entry.id
    const at = starts[place + frame.before]!
    pieces.push(bytes.subarray(from, at), Buffer.from(`${formatLedgerEntry(entry)}\n`))
    from = isKnown ? starts[place + frame.before + 1]! : at
    if (!isKnown) nextIds.splice(place + added++, 0, entry.id)
  }
  pieces.push(bytes.subarray(from))
  return { bytes: Buffer.concat(pieces), written: { ledger, ids: nextIds } }
}

/** Entries that are new or other, in the order of ids; null where some are gone. */
function changesOf({ ledger: former }: WrittenLedger, ledger: Ledger): LedgerEntry[] | null {
  const changed: LedgerEntry[] = []
  let known = 0
  for (const [id, entry] of ledger.entries) {
    const before = former.entries.get(id)
    if (before) known++
    if (before !== entry) changed.push(entry)
  }
  if (known < former.entries.size) return null
  return changed.sort((a, b) => (a.id < b.id ? -1 : 1))
}

const lineEnd = 10

function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) count++
  return count
}

/** Where each line begins, and where the one after the last would. */
function lineStarts(bytes: Buffer): number[] {
  const starts = [0]
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) starts.push(at + 1)
  return starts
}

/** Where an id stands, or would stand. */
function placeOf(ids: string[], id: string): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}
