import { identify } from '../../src/catalog/identity.ts'
import { entriesBeside, nextLedger } from '../../src/catalog/next-ledger.ts'
import type { Ledger } from '../../src/model/ledger.ts'

/** Articles that have their ids, in the order of the candidates, and what is remembered of them. */
export function identified(...given: Parameters<typeof identify>) {
  const found = identify(...given)
  return {
    articles: found.map(({ article }) => article),
    entries: new Map(found.map(({ article, entry }) => [article, entry])),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** The ledger once these are published, and nothing else is. */
export function ledgerWith(
  ledger: Ledger,
  { entries }: Pick<ReturnType<typeof identified>, 'entries'>,
  now: number,
) {
  const { other, without } = entriesBeside(ledger, entries.values())
  return nextLedger(ledger, other, without, now)
}
