import type { Snapshot } from '../model/snapshot.ts'

/**
 * Seconds an answer may be kept: what the document says, else the publication, and never beyond the moment at which the
 * publication changes by itself.
 */
export function lifetime(maxAge: number | null, snapshot: Snapshot, now: number): number {
  const seconds = maxAge ?? snapshot.maxAge
  const due = snapshot.nextDue(now)
  return due === null ? seconds : Math.min(seconds, Math.floor((due - now) / 1000))
}

export const publicFor = (seconds: number) => `public, max-age=${seconds}`
