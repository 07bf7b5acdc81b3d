import { fileKey, isReservedPath, type MovedAddress, settleAddresses } from '../catalog/addresses.ts'
import type { ParsedArticle } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import { MultiMap } from '../text/multi-map.ts'
import { publicationPath } from '../text/urls.ts'
import type { ReadableReading } from './article-readings.ts'
import { type Published, publishedPlaces } from './published-places.ts'

/** Who claims which address on the publication, and who could not have the one that it claimed. */
export function createAddresses(site: Pick<Site, 'url' | 'pages'>) {
  const siteUrl = site.url
  const claims = new Map<string, string>()
  const claimants = new MultiMap()
  let moved = new Map<string, MovedAddress>()
  /** The files of those, by what `fileKey` says of where they are instead. */
  let movedTo = new Map<string, string>()
  let isContested = false
  let isFirst = true

  function release(path: string): void {
    const address = claims.get(path)
    if (address === undefined) return
    claims.delete(path)
    claimants.delete(fileKey(address), path)
    // It is free now for one that could not have it, or the number behind it.
    if (moved.size > 0) isContested = true
  }

  function hold(path: string, address: string): void {
    claims.set(path, address)
    const key = fileKey(address)
    if (claimants.has(key) || moved.size > 0 || isReservedPath(address, site)) isContested = true
    claimants.add(key, path)
  }

  return {
    moved: (path: string) => moved.get(path),
    /** The file whose article is at an address, by what `fileKey` says of it. */
    fileAt(key: string): string | undefined {
      return claimants.of(key).find(path => !moved.has(path)) ?? movedTo.get(key)
    },
    /** @param article undefined: the file has none any more */
    claim(path: string, article: ParsedArticle | undefined): void {
      const address = article ? publicationPath(article.url, siteUrl) : null
      // What is said of one that is elsewhere names the place in its file.
      if (moved.has(path)) isContested = true
      if (address === claims.get(path)) return
      release(path)
      if (address !== null) hold(path, address)
    },
    /**
     * Where claims met: who is elsewhere than before, with its address before where that was not the one it claims.
     * @param readings in their order
     * @param published where articles are so far
     */
    settle(readings: () => ReadableReading[], published: Published): Map<string, string | undefined> {
      const moves = new Map<string, string | undefined>()
      if (!isFirst && !isContested) return moves
      const { stay, kept } = publishedPlaces(published, claims, site)
      // One that could not have its address when it was published stays where it is, though nobody else may claim that now.
      const isOtherwise =
        [...stay].some(([path, place]) => place !== claims.get(path)) ||
        [...kept.keys()].some(place => claimants.has(fileKey(place)))
      const isSettled = isFirst && !isContested && !isOtherwise
      isFirst = false
      isContested = false
      if (isSettled) return moves
      const articles = new Map(readings().map(({ article, file }) => [article, file.path]))
      const before = moved
      moved = new Map()
      for (const [article, address] of settleAddresses(articles.keys(), site, path => stay.get(path), kept))
        moved.set(articles.get(article) ?? '', address)
      movedTo = placesOf(moved, siteUrl)
      // What is said of one names who has the address that it wanted.
      for (const path of new Set([...before.keys(), ...moved.keys()]))
        if (before.get(path)?.diagnostic.message !== moved.get(path)?.diagnostic.message)
          moves.set(path, before.get(path)?.url)
      return moves
    },
  }
}

/** Files by what `fileKey` says of where their articles are. */
function placesOf(moved: ReadonlyMap<string, MovedAddress>, siteUrl: string): Map<string, string> {
  return new Map([...moved].map(([path, { url }]) => [fileKey(publicationPath(url, siteUrl) ?? url), path]))
}
