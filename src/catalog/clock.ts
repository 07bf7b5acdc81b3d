import type { Ledger } from '../model/ledger.ts'
import { keysOfDifference } from '../text/persistent-map.ts'

/** Milliseconds. A clock that is set right may go back so far; what happened meanwhile has happened all the same. */
const tolerance = 3_600_000

/**
 * The latest instant at which something was seen to happen, by what is remembered: words that changed, a withdrawal.
 * @param before what was known of a ledger before it: only what is other is looked at. Default: nothing
 */
export function lastInstant(
  ledger: Ledger | null,
  before: { ledger: Ledger | null; last: number } | null = null,
): number {
  let last = before?.last ?? Number.NEGATIVE_INFINITY
  if (ledger === null) return last
  const known = before?.ledger?.entries
  const others = known && [...keysOfDifference(known, ledger.entries)]
  const changed = others?.flatMap(id => ledger.entries.get(id) ?? []) ?? ledger.entries.values()
  for (const { revised, withdrawn } of changed) last = Math.max(last, revised ?? last, withdrawn ?? last)
  return last
}

/** Milliseconds without a publication after which a scheduled article does not come out by itself. */
const longSilence = 400 * 86_400_000

/** How a clock stands to what is remembered. Instants are epoch milliseconds. */
export interface ClockReading {
  /** What it says. */
  said: number
  /** The latest instant that is known. */
  last: number
  /** Never before the latest instant: nothing that was published waits for its time again. */
  now: number
  /** It is set back, or it was ahead before. */
  isBehind: boolean
  /** Articles that would come out of their waiting after years, all at once. */
  early: number
}

export function clockReading(said: number, last: number, ledger: Ledger | null): ClockReading {
  const isBehind = said < last - tolerance
  let early = 0
  if (said - last > longSilence && Number.isFinite(last))
    ledger?.entries.forEach(({ first, published, withdrawn }) => {
      if (withdrawn === null && first === published && published > last && published <= said) early++
    })
  return { said, last, now: Math.max(said, last), isBehind, early }
}
