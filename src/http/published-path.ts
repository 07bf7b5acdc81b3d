import type { Snapshot } from '../model/snapshot.ts'
import { belowBase, readPath } from './paths.ts'

/** The path below which requests arrive, and the one that the publication's url says it lives at; `/` at both ends. */
export interface Base {
  here: string
  public: string
}

/**
 * Tells the base of a publication by its url, which is read once, for as long as it stays the same.
 * @param basePath where requests arrive, if that is not the path of the url
 */
export function createBaseOf(basePath?: string): (url: string) => Base {
  let known = { url: '', base: { here: '/', public: '/' } }
  return url => {
    if (known.url !== url) {
      const path = readPath(new URL(url).pathname)
      const own = path === null || path === 'malformed' ? '/' : path
      known = { url, base: { here: basePath ?? own, public: own } }
    }
    return known.base
  }
}

/**
 * Tells which path on the publication a request's path means (`/paper/rss.xml` is `/rss.xml` of a publication at
 * `/paper/`); null: none.
 */
export function createPublishedPath(
  baseOf = createBaseOf(),
): (path: string, snapshot: Pick<Snapshot, 'url'>) => string | null {
  return (path, { url }) => {
    const meant = readPath(path)
    return meant === null || meant === 'malformed' ? null : belowBase(meant, baseOf(url).here)
  }
}
