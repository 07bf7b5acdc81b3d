/** What is remembered of one article for as long as the publication lives. Instants are epoch milliseconds. */
export interface LedgerEntry {
  /** The id under which subscribers know it; never changes. */
  id: string
  /** Where its file was last seen, inside the folder. */
  path: string
  /** When it was first published. The order of archives follows this, then the id. */
  first: number
  /** Its date when last published: a change of many dates at once is a mistake somewhere. */
  published: number
  /**
   * The date that its file gave when an adopted feed gave another: as long as the file gives this one, `published` is the
   * date that subscribers know. Null where no feed's date was taken over.
   */
  dated: number | null
  /** When its words were last changed; null while they are as they were first published. */
  revised: number | null
  title: string
  /** Digest of its words, white space and markup left out. */
  words: string
  /** A min-hash of its words, to recognise it after a rename and an edit in one go. */
  sketch: string
  /** Where it is read: a path on the publication (so that a new host changes nothing), or an address elsewhere. */
  address: string
  /** Paths it had before, the latest last; they lead to `address`. */
  formerAddresses: string[]
  /** When it was withdrawn; null while it is published. */
  withdrawn: number | null
  /** A page that is no news, and in no feed. Absent: it is news. */
  inFeeds?: false
  /** The archive document it belongs to in each collection, by the collection's key. Membership never changes. */
  archives: Record<string, number>
}

/** What a collection's subscription documents held when anything in them last changed. */
export interface CollectionContents {
  /** Of all that these articles said. */
  digest: string
  /** When that was looked at: epoch milliseconds, whole seconds. */
  at: number
  /** When it last changed otherwise than the dates of its articles tell; null: it never did. */
  changed: number | null
}

/** What is remembered of a collection that articles were published under: people subscribe to it. */
export interface CollectionEntry {
  /** `tag c++`: the kind, and the name as names are compared. */
  key: string
  /** When it was first published: epoch milliseconds. */
  first: number
  /** Its path on the publication; nobody else's for as long as the publication lives. */
  address: string
  /** Paths it had before, the latest last; they lead to `address`. */
  formerAddresses: string[]
  /** Absent: nothing is remembered of it yet. */
  contents?: CollectionContents
}

/** The memory of a publication: a text file in its folder, meant to be committed. */
export interface Ledger {
  /** The authority of minted ids, kept when the publication changes its host. */
  authority: string
  /** Where it was last published: the address before every path in it. Absent where nobody wrote that down: an older ledger, an adopted feed. */
  url?: string
  /** By id. */
  entries: ReadonlyMap<string, LedgerEntry>
  /** By key. Absent where nothing is remembered of them: the ledger is of a time when they were not. */
  collections?: ReadonlyMap<string, CollectionEntry>
}

/**
 * Whether somebody may have read an article that is there no more: one that was removed before its time came left no mark that anybody
 * saw, and must leave none now.
 */
export const wasWithdrawn = ({ first, published, withdrawn }: LedgerEntry): boolean =>
  withdrawn !== null && withdrawn >= Math.min(first, published)
