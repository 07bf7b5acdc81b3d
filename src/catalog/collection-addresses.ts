import type { CollectionKind } from '../model/collection.ts'
import type { CollectionEntry } from '../model/ledger.ts'
import { slugOf } from '../text/slugs.ts'

/** Kinds of collections that articles make by what they say of themselves. */
export type GroupKind = Exclude<CollectionKind, 'all' | 'custom'>

export const collectionFolders = {
  tag: 'tags',
  author: 'authors',
  section: 'sections',
  language: 'languages',
} as const satisfies Record<GroupKind, string>

/** What is remembered of collections, by key. */
export type CollectionEntries = ReadonlyMap<string, CollectionEntry>

/**
 * The addresses of collections that have none yet. Names whose slugs meet (`C++` and `C`) keep the plain one for the first
 * name by code units; the others get `-2`, `-3`. An address that any collection has or had is nobody else's, ever: people
 * subscribe to it.
 * @param keys `tag c++`; the outcome depends on the set of them alone, never on the order in which articles use them
 * @param known what is remembered, with that of collections that have no articles any more
 */
export function settleCollectionAddresses(
  keys: Iterable<string>,
  known: CollectionEntries,
): Map<string, string> {
  const sorted = [...new Set(keys)].filter(key => !known.has(key)).sort()
  const settled = new Map<string, string>()
  if (sorted.length === 0) return settled
  const taken = new Set(
    [...known.values()].flatMap(({ address, formerAddresses }) => [address, ...formerAddresses]),
  )
  for (const exact of [true, false])
    for (const key of sorted) {
      const [kind, name] = partsOf(key)
      const slug = slugOf(name)
      if (settled.has(key) || (exact && slug !== name)) continue
      let address = `/${collectionFolders[kind]}/${slug}/`
      for (let n = 2; taken.has(address); n++) address = `/${collectionFolders[kind]}/${slug}-${n}/`
      taken.add(address)
      settled.set(key, address)
    }
  return settled
}

/**
 * Two branches of a publication may have given one address to two collections before they were merged: it stays with the
 * one that had it first, and the other gets one anew. The same object where there is no such address.
 */
export function uncontested(known: CollectionEntries): CollectionEntries {
  const holders = new Map<string, CollectionEntry>()
  for (const entry of known.values()) {
    const holder = holders.get(entry.address)
    if (!holder || isEarlierCollection(entry, holder)) holders.set(entry.address, entry)
  }
  if (holders.size === known.size) return known
  const kept = new Map([...holders.values()].map(entry => [entry.key, entry]))
  const settled = settleCollectionAddresses(known.keys(), kept)
  return new Map(
    [...known].map(([key, entry]) => [key, kept.get(key) ?? { ...entry, address: settled.get(key)! }]),
  )
}

/** Which of two was published first; else the order of keys, so that every branch decides alike. */
export function isEarlierCollection(a: CollectionEntry, b: CollectionEntry): boolean {
  return (a.first - b.first || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.address < b.address ? -1 : 1)) < 0
}

function partsOf(key: string): [GroupKind, string] {
  const at = key.indexOf(' ')
  return [key.slice(0, at) as GroupKind, key.slice(at + 1)]
}
