import type { Collection } from '../model/collection.ts'
import type { Site } from '../model/site.ts'

/** A new article waits in caches for at most this part of the time that usually lies between two. */
const partOfInterval = 1 / 24

/** Minutes that lifetimes are rounded down to: with them a feed's `ttl` changes seldom, and reads like a decision. */
const roundMinutes = [
  1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880, 10_080,
]

type Bounds = Pick<Site, 'maxAge' | 'maxAgeFloor' | 'maxAgeCeiling'>

/**
 * Seconds for which a collection's feed may be kept: what the settings fix, else a part of the collection's own publishing interval
 * between their floor and ceiling. A collection whose interval is not known yet is asked for as often as the floor allows.
 */
export function feedLifetime(
  { publishingInterval }: Pick<Collection, 'publishingInterval'>,
  site: Bounds,
): number {
  const { maxAge, maxAgeFloor, maxAgeCeiling } = site
  if (maxAge !== null) return maxAge
  if (publishingInterval === null) return maxAgeFloor
  const minutes = (publishingInterval * partOfInterval) / 60
  const rounded = roundMinutes.findLast(round => round <= minutes) ?? 0
  return Math.max(maxAgeFloor, Math.min(rounded * 60, maxAgeCeiling))
}

/** Seconds for which an archive may be kept: nothing is added to it any more. */
export function archiveLifetime({ maxAge, maxAgeFloor, maxAgeCeiling }: Bounds): number {
  return maxAge ?? Math.max(maxAgeFloor, maxAgeCeiling)
}

/** RSS 2.0's `ttl`: the same in whole minutes, which it can't have fewer of than one. */
export function minutesToLive(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60))
}
