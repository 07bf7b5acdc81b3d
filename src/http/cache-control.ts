import type { Snapshot } from '../model/snapshot.ts'
import type { Answer } from './answer.ts'
import { andThen, type SyncOrAsync } from './sync-or-async.ts'

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

/**
 * What somebody asked for with a name and a password is kept by nobody else's cache (RFC 9111 §3.5), though the publication
 * itself asks for none: a proxy in front of it does.
 */
export function withoutSharing<A extends Answer | undefined>(
  isPrivate: boolean,
  answer: SyncOrAsync<A>,
): SyncOrAsync<A> {
  if (!isPrivate) return answer
  return andThen(answer, found => {
    const shared = found?.headers['cache-control']
    if (!found || !shared?.startsWith('public')) return found
    return { ...found, headers: { ...found.headers, 'cache-control': shared.replace('public', 'private') } }
  })
}
