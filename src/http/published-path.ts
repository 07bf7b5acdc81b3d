import type { Snapshot } from '../model/snapshot.ts'
import { belowBase, readPath } from './paths.ts'

/**
 * Tells which path on the publication a request's path means (`/paper/rss.xml` is `/rss.xml` of a publication at
 * `/paper/`); null: none. Reads the publication's own address once, for as long as it stays the same.
 */
export function createPublishedPath(): (path: string, snapshot: Pick<Snapshot, 'url'>) => string | null {
  let known = { url: '', base: '/' }
  return (path, { url }) => {
    if (known.url !== url) {
      const base = readPath(new URL(url).pathname)
      known = { url, base: base === null || base === 'malformed' ? '/' : base }
    }
    const meant = readPath(path)
    return meant === null || meant === 'malformed' ? null : belowBase(meant, known.base)
  }
}
