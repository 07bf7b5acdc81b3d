import { fileKey, isPlaceFor, isReservedPath } from '../catalog/addresses.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'

/** What says where articles are so far. */
export interface Published {
  /** Null: nothing was published. */
  ledger: Ledger | null
  /** Whether a file cannot be read just now. */
  isUnavailable(path: string): boolean
  /** Which article of the ledger is in which file now, of those that can be read. */
  recognised(): ReadonlyMap<string, LedgerEntry>
  /** The digest of a file's words. */
  wordsAt(path: string): string | undefined
}

/** Where articles that were published stay. Addresses are paths on the publication. */
export interface PublishedPlaces {
  /** By the file that each is in now: the address that it claims, or one with a number behind it where another had that. */
  stay: ReadonlyMap<string, string>
  /** Addresses of articles that can't be read just now, with their files: nobody else's. */
  kept: ReadonlyMap<string, string>
}

/** @param claims addresses that the articles of files ask for */
export function publishedPlaces(
  { ledger, isUnavailable, recognised, wordsAt }: Published,
  claims: ReadonlyMap<string, string>,
  site: Pick<Site, 'pages'>,
): PublishedPlaces {
  const entries = [...(ledger?.entries.values() ?? [])]
  const isAway = ({ path }: LedgerEntry) => isUnavailable(path) && !claims.has(path)
  const files = entries.length === 0 ? [] : filesOf(entries, claims, recognised(), wordsAt)
  const held = files.map(({ file, entry }) => ({ file, entry, claimed: claims.get(file) ?? entry.address }))
  const elsewhere = held.filter(
    ({ entry, claimed }) => claimed !== entry.address && isPlaceFor(claimed, entry.address, site),
  )
  const holders = holdersOf(new Set(elsewhere.map(({ claimed }) => fileKey(claimed))), entries)
  const gaveWay = elsewhere.filter(
    ({ entry, claimed }) =>
      isReservedPath(claimed, site) || holders.get(fileKey(claimed))?.some(id => id !== entry.id),
  )
  const own = held.filter(({ entry, claimed }) => claimed === entry.address)
  return {
    stay: new Map([...own, ...gaveWay].map(({ file, entry }) => [file, entry.address])),
    kept: new Map(
      entries.flatMap(entry =>
        entry.withdrawn === null && isAway(entry) ? [[entry.address, entry.path] as const] : [],
      ),
    ),
  }
}

/** Which file each article is in now, as it will be known again when it gets its id. Of what was withdrawn the very same words alone tell. */
function filesOf(
  entries: readonly LedgerEntry[],
  claims: ReadonlyMap<string, string>,
  recognised: ReadonlyMap<string, LedgerEntry>,
  wordsAt: Published['wordsAt'],
): { file: string; entry: LedgerEntry }[] {
  const living = entries.filter(({ withdrawn }) => withdrawn === null)
  const taken = new Set(living.map(({ address }) => address))
  const files: { file: string; entry: LedgerEntry }[] = []
  for (const [file, entry] of recognised) {
    const isBack = () => wordsAt(file) === entry.words && !taken.has(entry.address)
    if (claims.has(file) && (entry.withdrawn === null || isBack())) files.push({ file, entry })
  }
  return files
}

/** Ids of articles that have or had one of these addresses, by what `fileKey` says of it. */
function holdersOf(keys: ReadonlySet<string>, entries: readonly LedgerEntry[]): Map<string, string[]> {
  const holders = new Map<string, string[]>()
  if (keys.size === 0) return holders
  for (const { id, address, formerAddresses } of entries)
    for (const key of [address, ...formerAddresses].map(fileKey))
      if (keys.has(key)) holders.set(key, [...(holders.get(key) ?? []), id])
  return holders
}
