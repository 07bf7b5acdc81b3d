import { isPlaceFor, isReservedPath, type MovedAddress, settleAddresses } from '../catalog/addresses.ts'
import type { ParsedArticle } from '../model/article.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { publicationPath } from '../text/urls.ts'
import type { ReadableReading } from './article-readings.ts'

/** Who claims which address on the publication, and who could not have the one that it claimed. */
export function createAddresses(site: Pick<Site, 'url' | 'pages'>) {
  const siteUrl = site.url
  const claims = new Map<string, string>()
  const claimants = new Map<string, string | Set<string>>()
  let moved = new Map<string, MovedAddress>()
  let isContested = false
  let isFirst = true

  function release(path: string): void {
    const address = claims.get(path)
    if (address === undefined) return
    claims.delete(path)
    const holders = claimants.get(address)
    if (holders instanceof Set) holders.delete(path)
    if (!(holders instanceof Set) || holders.size === 0) claimants.delete(address)
    // It is free now for one that could not have it, or the number behind it.
    if (moved.size > 0) isContested = true
  }

  function hold(path: string, address: string): void {
    claims.set(path, address)
    const holders = claimants.get(address)
    if (holders === undefined) claimants.set(address, path)
    else claimants.set(address, holders instanceof Set ? holders.add(path) : new Set([holders, path]))
    if (holders !== undefined || moved.size > 0 || isReservedPath(address, site)) isContested = true
  }

  return {
    moved: (path: string) => moved.get(path),
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
     * @param published what says where articles are so far; null: nothing does
     */
    settle(readings: () => ReadableReading[], published: Ledger | null): Map<string, string | undefined> {
      const moves = new Map<string, string | undefined>()
      // One that could not have its address when it was published stays where it is, though nobody else may claim that now.
      if (isFirst) isContested ||= elsewhereIn(published, claims, site).length > 0
      isFirst = false
      if (!isContested) return moves
      isContested = false
      const places = placesIn(published, claims, site)
      const articles = new Map(readings().map(({ article, file }) => [article, file.path]))
      const before = moved
      moved = new Map()
      for (const [article, address] of settleAddresses(articles.keys(), site, path => places.get(path)))
        moved.set(articles.get(article) ?? '', address)
      // What is said of one names who has the address that it wanted.
      for (const path of new Set([...before.keys(), ...moved.keys()]))
        if (before.get(path)?.diagnostic.message !== moved.get(path)?.diagnostic.message)
          moves.set(path, before.get(path)?.url)
      return moves
    },
  }
}

type Claims = ReadonlyMap<string, string>

const entriesHere = (ledger: Ledger | null, claims: Claims) =>
  [...(ledger?.entries.values() ?? [])].filter(
    ({ path, withdrawn }) => withdrawn === null && claims.has(path),
  )

/** Those that are published at the address that they claim, but for a number behind it. */
function elsewhereIn(ledger: Ledger | null, claims: Claims, site: Pick<Site, 'pages'>): LedgerEntry[] {
  return entriesHere(ledger, claims).filter(({ path, address }) => {
    const claimed = claims.get(path) ?? address
    return claimed !== address && isPlaceFor(claimed, address, site)
  })
}

/** Where articles stay, by file: at the address that they claim, or behind a number where another had that one. */
function placesIn(ledger: Ledger | null, claims: Claims, site: Pick<Site, 'pages'>): Map<string, string> {
  const elsewhere = new Set(elsewhereIn(ledger, claims, site).map(({ path }) => claims.get(path)))
  const others = holdersOf(elsewhere, ledger)
  const stays = ({ id, path, address }: LedgerEntry) => {
    const claimed = claims.get(path) ?? address
    if (claimed === address || isReservedPath(claimed, site)) return true
    return others.get(claimed)?.some(other => other !== id) === true
  }
  return new Map(
    entriesHere(ledger, claims)
      .filter(stays)
      .map(({ path, address }) => [path, address]),
  )
}

/** Ids of articles that have or had one of these addresses, by address. */
function holdersOf(addresses: ReadonlySet<string | undefined>, ledger: Ledger | null): Map<string, string[]> {
  const holders = new Map<string, string[]>()
  if (addresses.size === 0) return holders
  for (const { id, address, formerAddresses } of ledger?.entries.values() ?? [])
    for (const held of [address, ...formerAddresses])
      if (addresses.has(held)) holders.set(held, [...(holders.get(held) ?? []), id])
  return holders
}
