import { laterLines, ledgerAdditions, ledgerLines, parseLedger } from '../catalog/ledger-text.ts'
import type { Ledger } from '../model/ledger.ts'
import { LedgerAccessError, LedgerConflictError, type LedgerStore } from '../model/ledger-store.ts'
import type { NewestLedger } from '../store/object-publication.ts'
import type { LedgerText } from '../store/object-writer.ts'

/** Where the ledger's text rests beside the publication, and changes in the same step. */
export interface LedgerPlace {
  newestLedger(): Promise<NewestLedger>
  stageLedger(change: LedgerText, generation: number): void
}

/** Parts behind the first up to which what is new is added as another part: every reader of the ledger fetches each. */
const maxParts = 16

/**
 * The ledger of a publication in an object store. What is written waits for the publication that it belongs to: both become current in one
 * step, or neither does.
 * @param former where the ledger was before: it goes on from there when nothing was published here yet
 */
export function createObjectLedger(place: LedgerPlace, former?: LedgerStore): LedgerStore {
  let last: LedgerRead | null = null

  async function ledgerIn({ generation, parts, text: read }: NewestLedger): Promise<LedgerRead> {
    const text = await readOrFail(read())
    if (text !== null) return { ledger: parseLedger(text), parts, generation }
    if (!former) return { ledger: null, parts, generation }
    return { ledger: (await former.read()).ledger, parts: Number.POSITIVE_INFINITY, generation }
  }

  return {
    async read() {
      const newest = await readOrFail(place.newestLedger())
      const { generation } = newest
      if (last?.generation !== generation) last = await ledgerIn(newest)
      return { ledger: last.ledger, version: String(generation) }
    },
    async writable() {
      return true
    },
    async write(ledger, over) {
      const before = last
      last = null
      if (before === null || String(before.generation) !== over) throw new LedgerConflictError()
      place.stageLedger(changeBetween(before.ledger, ledger, before.parts), before.generation)
      return over
    },
  }
}

interface LedgerRead {
  ledger: Ledger | null
  parts: number
  generation: number
}

const readOrFail = <T>(reading: Promise<T>): Promise<T> =>
  reading.catch(error => {
    throw new LedgerAccessError('read', error)
  })

function changeBetween(former: Ledger | null, ledger: Ledger, parts: number): LedgerText {
  const additions = former && parts <= maxParts ? ledgerAdditions(former, ledger) : null
  if (!additions) return { kind: 'replaced', text: [...ledgerLines(ledger)].join('') }
  return { kind: 'appended', text: [...laterLines(additions.entries, additions.collections)].join('') }
}
