import type { Resource, Snapshot, View } from '../model/snapshot.ts'
import { itemAt } from '../text/item-at.ts'

/** What changes by itself at an instant: only the paths whose answer differs from the one before. */
export interface DueStep {
  /** Epoch milliseconds. */
  at: number
  changes: Map<string, Resource>
}

/** A snapshot's parts, once every document has become a resource. */
export interface SnapshotParts {
  generation: number
  publishedAt: number
  url: string
  maxAge: number
  resources: Map<string, Resource>
  /** In order of time. */
  due: DueStep[]
}

/** A snapshot whose resources are all in memory; only their bodies may rest elsewhere. */
export function createSnapshot(parts: SnapshotParts): Snapshot {
  const { resources, due } = parts
  const views = [viewOf(resources, new Map())]
  let changes = new Map<string, Resource>()
  for (const step of due) {
    changes = new Map([...changes, ...step.changes])
    views.push(viewOf(resources, changes))
  }
  const passed = (now: number) => {
    let count = 0
    for (const { at } of due) {
      if (at > now) break
      count++
    }
    return count
  }
  return {
    generation: parts.generation,
    publishedAt: parts.publishedAt,
    url: parts.url,
    maxAge: parts.maxAge,
    at: now => itemAt(views, passed(now)).view,
    nextDue: now => due[passed(now)]?.at ?? null,
    paths: now => itemAt(views, passed(now)).paths(),
  }
}

function viewOf(resources: Map<string, Resource>, changes: Map<string, Resource>) {
  const view: View = { lookup: path => changes.get(path) ?? resources.get(path) }
  return {
    view,
    *paths(): Generator<[string, Resource]> {
      for (const [path, resource] of resources) yield [path, changes.get(path) ?? resource]
      for (const [path, resource] of changes) if (!resources.has(path)) yield [path, resource]
    },
  }
}
