import type { Snapshot } from '../model/snapshot.ts'
import { belowBase, readPath } from './paths.ts'

/** The path on the publication that a request's path means (`/paper/rss.xml` is `/rss.xml` there); null: none. */
export function publishedPath(path: string, { url }: Pick<Snapshot, 'url'>): string | null {
  const meant = readPath(path)
  const base = readPath(new URL(url).pathname)
  if (meant === null || meant === 'malformed' || base === null || base === 'malformed') return null
  return belowBase(meant, base)
}
