import { DamagedObjectError } from '../model/object-store.ts'
import type { Coding, Resource, Snapshot } from '../model/snapshot.ts'
import { inTurns } from '../text/in-turns.ts'
import type { ObjectBodies } from './object-bodies.ts'

export interface ReadAheadOptions {
  bodies: ObjectBodies
  /** Epoch milliseconds. */
  clock: () => number
  /** Documents, those nearest to the top of the publication first. */
  most: number
  /** Milliseconds after which no further body is asked for. */
  patience: number
}

/** A document that readers had, in the codings in which they had it. */
interface Wanted {
  path: string
  codings: Coding[]
}

/** Bodies asked for at once. */
const atOnce = 6

/**
 * Reads what a newer snapshot has in the place of what is in memory of an older one, before it takes that one's place: a store that goes away
 * the moment after takes nothing from readers, and the first of them waits for nothing.
 * @throws ObjectStoreError where the store does not answer
 */
export async function readAhead(from: Snapshot, to: Snapshot, options: ReadAheadOptions): Promise<void> {
  const { bodies, clock, most, patience } = options
  const now = clock()
  const due = to.nextDue(now)
  const views = [to.at(now), ...(due === null ? [] : [to.at(due)])]
  const read = async ({ path, codings }: Wanted) => {
    for (const view of views) {
      if (clock() - now > patience) return
      const resource = await view.lookup(path)
      for (const coding of codings) {
        const body = resource?.kind === 'document' ? resource.bodies[coding] : undefined
        if (body && !bodies.has(body.hash)) await bodies.whole(body)
      }
    }
  }
  await inTurns(wantedOf(from, now, bodies).slice(0, most), atOnce, wanted =>
    read(wanted).catch(error => {
      // Nothing is gained by waiting for what is broken.
      if (!(error instanceof DamagedObjectError)) throw error
    }),
  )
}

function wantedOf(snapshot: Snapshot, now: number, { has }: ObjectBodies): Wanted[] {
  const wanted: Wanted[] = []
  for (const [path, resource] of snapshot.paths(now)) {
    const codings = codingsOf(resource).filter(([, hash]) => has(hash))
    if (codings.length > 0) wanted.push({ path, codings: codings.map(([coding]) => coding) })
  }
  const depth = (path: string) => path.split('/').length
  return wanted.sort((a, b) => depth(a.path) - depth(b.path))
}

function codingsOf(resource: Resource): [Coding, string][] {
  if (resource.kind !== 'document') return []
  return (Object.entries(resource.bodies) as [Coding, { hash: string }][]).map(([coding, { hash }]) => [
    coding,
    hash,
  ])
}
