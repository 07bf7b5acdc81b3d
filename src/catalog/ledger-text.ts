import { BroadsheetError } from '../model/errors.ts'
import type { CollectionEntry, Ledger, LedgerEntry } from '../model/ledger.ts'
import { formatRfc3339 } from '../text/dates.ts'
import { keysOfDifference, PersistentMap } from '../text/persistent-map.ts'
import { isEarlierCollection } from './collection-addresses.ts'

/*
 * The ledger as text: a line that says what it is, the authority, one JSON object a line (collections in the order of
 * keys, then articles in the order of ids), and a last line. One article a line merges well; the last line tells a whole file from a torn one; a line that stands twice after
 * a union merge is put together again.
 * A line `# url` says where it was last published; who does not know it reads a comment.
 * Later states of some of them may follow, again with that last line: a large ledger is not written anew for each edit.
 */
const opening = '# Broadsheet ledger 1: the ids and histories of these articles. Commit it; do not edit it.'
const closing = '# end of ledger'

/** A ledger that cannot be trusted: publication stops, since minting new ids would mark everything unread. */
export class LedgerError extends BroadsheetError {
  override readonly name = 'LedgerError'
  /** 1-based. */
  readonly line: number
  /** Nothing is lost: a merge in git is not finished, and its markers stand between the lines. */
  readonly isConflict: boolean
  constructor(line: number, message: string, { isConflict = false } = {}) {
    super(message)
    this.line = line
    this.isConflict = isConflict
  }
}

/** The whole text, in the order of ids. */
export function formatLedger(ledger: Ledger): string {
  return [...ledgerLines(ledger)].join('')
}

/** The lines of the whole text, with their ends. */
export function* ledgerLines({ authority, url, entries, collections }: Ledger): Iterable<string> {
  yield `${opening}\n# authority ${authority}\n`
  if (url !== undefined) yield `# url ${url}\n`
  yield* laterLines(
    [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    [...(collections?.values() ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1)),
  )
}

/** Lines to stand behind a whole text: what has become of these articles and collections. */
export function* laterLines(
  entries: Iterable<LedgerEntry>,
  collections: Iterable<CollectionEntry> = [],
): Iterable<string> {
  for (const collection of collections) yield `${JSON.stringify(writtenCollection(collection))}\n`
  for (const entry of entries) yield `${JSON.stringify(written(entry))}\n`
  yield `${closing}\n`
}

export interface LedgerAdditions {
  entries: LedgerEntry[]
  collections: CollectionEntry[]
}

/** What has to stand behind a ledger's text to make another one of it; null where something was taken out or the address is another, which no line can say. */
export function ledgerAdditions(former: Ledger, ledger: Ledger): LedgerAdditions | null {
  if (former.authority !== ledger.authority || former.url !== ledger.url) return null
  const entries = addedValues(former.entries, ledger.entries)
  const collections = addedValues(former.collections ?? new Map(), ledger.collections ?? new Map())
  return entries && collections && { entries, collections }
}

function addedValues<Value>(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): Value[] | null {
  const added: Value[] = []
  for (const key of keysOfDifference(before, after)) {
    const value = after.get(key)
    if (value === undefined) return null
    added.push(value)
  }
  return added
}

export interface LedgerReading {
  ledger: Ledger
  /** How many later states stand behind the whole text. */
  later: number
  /** The last of them are not all there, and were left out: whoever wrote them was interrupted before they were published. */
  torn: boolean
}

/** @throws LedgerError with the line where the text is not a whole ledger. */
export function parseLedger(text: string): Ledger {
  return parseLedgerLines(text.split('\n')).ledger
}

/**
 * @param lines without their ends; the last one is what stands behind the last end, if only an empty text
 * @throws LedgerError with the line where the text is not a whole ledger.
 */
export function parseLedgerLines(lines: Iterable<string>): LedgerReading {
  const whole = nothingRead()
  let authority: string | undefined
  let url: string | undefined
  let later: ReadLines | null = null
  let number = 0
  let laterCount = 0
  let lastWritten = 0
  let unreadable: unknown = null
  for (const ended of lines) {
    const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended
    number++
    // Only the very last line may be a torn one.
    if (unreadable) throw unreadable
    if (line !== '') lastWritten = number
    if (number === 1 && line !== opening) throw unknownVersion()
    else if (number === 2) {
      authority = /^# authority (\S+)$/.exec(line)?.[1]
      if (!authority) throw unknownVersion()
    } else if (line === closing) {
      for (const [id, entry] of later?.entries ?? []) whole.entries.set(id, entry)
      for (const [key, entry] of later?.collections ?? []) whole.collections.set(key, entry)
      laterCount += sizeOf(later)
      later = nothingRead()
    } else if (line.startsWith('#')) {
      // Two branches may have moved it: the later line counts, as with git's union merge the one of theirs.
      url = /^# url (\S+)$/.exec(line)?.[1] ?? url
    } else if (line !== '') {
      try {
        remember(readLine(line, number), later ?? whole)
      } catch (error) {
        unreadable = error
      }
    }
  }
  if (!authority) throw unknownVersion()
  // Behind a whole ledger it is the end of an addition that was interrupted; else the ledger itself is cut.
  if (!later)
    throw new LedgerError(lastWritten, `The ledger is cut short: its last line should be "${closing}".`)
  const { entries, collections } = whole
  return {
    ledger: {
      authority,
      entries: PersistentMap.of(entries),
      ...(url !== undefined && { url }),
      ...(collections.size > 0 && { collections }),
    },
    later: laterCount,
    torn: unreadable !== null || sizeOf(later) > 0,
  }
}

interface ReadLines {
  entries: Map<string, LedgerEntry>
  collections: Map<string, CollectionEntry>
}

const nothingRead = (): ReadLines => ({ entries: new Map(), collections: new Map() })
const sizeOf = (read: ReadLines | null) => (read ? read.entries.size + read.collections.size : 0)

/** Most articles never had another: one list for all. */
const noAddresses: string[] = []

function remember(entry: LedgerEntry | CollectionEntry, { entries, collections }: ReadLines): void {
  if ('key' in entry) {
    const known = collections.get(entry.key)
    collections.set(entry.key, known ? mergedCollection(known, entry) : entry)
    return
  }
  const known = entries.get(entry.id)
  entries.set(entry.id, known ? merged(known, entry) : entry)
}

function unknownVersion(): LedgerError {
  return new LedgerError(1, 'This is not a ledger of a version that this Broadsheet knows.')
}

function written(entry: LedgerEntry): Record<string, unknown> {
  const {
    id,
    path,
    first,
    published,
    dated,
    revised,
    title,
    words,
    sketch,
    address,
    formerAddresses,
    withdrawn,
    inFeeds,
    archives,
  } = entry
  return {
    id,
    path,
    title,
    first: formatRfc3339(first),
    published: formatRfc3339(published),
    ...(dated === null ? {} : { dated: formatRfc3339(dated) }),
    ...(revised === null ? {} : { revised: formatRfc3339(revised) }),
    ...(withdrawn === null ? {} : { withdrawn: formatRfc3339(withdrawn) }),
    ...(inFeeds === false && { in_feeds: false }),
    address,
    ...(formerAddresses.length > 0 ? { former: formerAddresses } : {}),
    words,
    sketch,
    ...(Object.keys(archives).length > 0 ? { archives } : {}),
  }
}

function writtenCollection({
  key,
  first,
  address,
  formerAddresses,
  contents,
}: CollectionEntry): Record<string, unknown> {
  return {
    collection: key,
    first: formatRfc3339(first),
    address,
    ...(formerAddresses.length > 0 ? { former: formerAddresses } : {}),
    ...(contents && { holds: contents.digest, seen: formatRfc3339(contents.at) }),
    ...(contents && contents.changed !== null && { changed: formatRfc3339(contents.changed) }),
  }
}

function readLine(line: string, number: number): LedgerEntry | CollectionEntry {
  let value: Record<string, unknown>
  try {
    value = objectIn(line)
  } catch {
    const conflict = /^(<{7}|={7}|>{7})/.test(line)
    throw new LedgerError(
      number,
      conflict ? 'A merge was left unfinished here.' : 'This line is damaged: it should be one JSON object.',
      { isConflict: conflict },
    )
  }
  const text = (key: string): string => {
    if (typeof value[key] !== 'string') throw new LedgerError(number, `This line has no text "${key}".`)
    return value[key]
  }
  const instant = (key: string): number => {
    const epoch = Date.parse(text(key))
    if (Number.isNaN(epoch)) throw new LedgerError(number, `"${key}" is not a date in this line.`)
    return epoch
  }
  const optional = (key: string) => (value[key] === undefined ? null : instant(key))
  const formerAddresses = Array.isArray(value.former) ? value.former.map(String) : noAddresses
  if (value.collection !== undefined) {
    const contents = value.holds !== undefined && {
      contents: { digest: text('holds'), at: instant('seen'), changed: optional('changed') },
    }
    const key = text('collection')
    return { key, first: instant('first'), address: text('address'), formerAddresses, ...contents }
  }
  const archives = value.archives as Record<string, number> | undefined
  const entry = {
    id: text('id'),
    path: text('path'),
    title: text('title'),
    first: instant('first'),
    published: instant('published'),
    dated: optional('dated'),
    revised: optional('revised'),
    withdrawn: optional('withdrawn'),
    address: text('address'),
    formerAddresses,
    words: text('words'),
    sketch: text('sketch'),
    archives: archives ? { ...archives } : {},
  }
  return value.in_feeds === false ? { ...entry, inFeeds: false } : entry
}

function objectIn(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no object')
  return value as Record<string, unknown>
}

/** Two histories of one article, after a merge: the earliest beginning, the latest state, every address it ever had. */
function merged(a: LedgerEntry, b: LedgerEntry): LedgerEntry {
  const [older, newer] = (a.revised ?? a.first) <= (b.revised ?? b.first) ? [a, b] : [b, a]
  const addresses = [...older.formerAddresses, older.address, ...newer.formerAddresses]
  return {
    ...newer,
    first: Math.min(a.first, b.first),
    withdrawn: a.withdrawn !== null && b.withdrawn !== null ? Math.max(a.withdrawn, b.withdrawn) : null,
    formerAddresses: [...new Set(addresses)].filter(address => address !== newer.address),
    archives: { ...newer.archives, ...older.archives },
  }
}

/** One collection that two branches published: the address it had first stays, the other one leads there. */
function mergedCollection(a: CollectionEntry, b: CollectionEntry): CollectionEntry {
  const [older, newer] = isEarlierCollection(a, b) ? [a, b] : [b, a]
  const former = [...older.formerAddresses, ...newer.formerAddresses, newer.address]
  const contents = (a.contents?.at ?? 0) >= (b.contents?.at ?? 0) ? a.contents : b.contents
  return {
    ...older,
    formerAddresses: [...new Set(former)].filter(address => address !== older.address),
    ...(contents && { contents }),
  }
}
