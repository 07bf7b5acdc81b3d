import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import { PersistentMap } from '../text/persistent-map.ts'

/**
 * The ledger after a publication. The same object where nothing of it is other.
 * @param present what is published or waits for its time, as far as it is other than before
 * @param gone what is not any more; see `entriesBeside`
 * @param now epoch ms: when that was withdrawn
 * @param collections what is remembered of collections from now on. Default: what was
 * @param url where it is published from now on. Default: where it was
 */
export function nextLedger(
  ledger: Ledger,
  present: Iterable<LedgerEntry>,
  gone: Iterable<LedgerEntry>,
  now: number,
  collections: Ledger['collections'] = ledger.collections,
  url: Ledger['url'] = ledger.url,
): Ledger {
  const changed = new Map<string, LedgerEntry>()
  for (const entry of gone) changed.set(entry.id, withdrawnAt(entry, now))
  for (const entry of present) changed.set(entry.id, entry)
  const before = PersistentMap.of(ledger.entries)
  const entries = before.with(changed)
  if (entries === before && collections === ledger.collections && url === ledger.url) return ledger
  return {
    authority: ledger.authority,
    entries,
    ...(url !== undefined && { url }),
    ...(collections && { collections }),
  }
}

/**
 * What the ledger remembers besides these, and what of these it does not have as it is.
 * @param present all that is published or waits for its time
 */
export function entriesBeside(
  ledger: Ledger,
  present: Iterable<LedgerEntry>,
): { without: LedgerEntry[]; other: Iterable<LedgerEntry> } {
  const other: LedgerEntry[] = []
  const ids = new Set<string>()
  for (const entry of present) {
    ids.add(entry.id)
    if (ledger.entries.get(entry.id) !== entry) other.push(entry)
  }
  return { without: [...ledger.entries.values()].filter(({ id }) => !ids.has(id)), other }
}

/** The same object where it is withdrawn already. */
export function withdrawnAt(entry: LedgerEntry, now: number): LedgerEntry {
  return entry.withdrawn === null ? { ...entry, withdrawn: now } : entry
}
