import { type IdentifiedArticle, recognisedByPath } from '../catalog/identity.ts'
import type { Article } from '../model/article.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { createIds } from './article-ids.ts'
import {
  type ArticleReadings,
  type CandidateAt,
  createArticleReadings,
  isReadable,
} from './article-readings.ts'
import { type FileReading, inReadingOrder } from './file-reading.ts'
import type { KeyedChanges } from './keyed-changes.ts'

/** An article with its id and address, and all that is to be said of it. */
export interface SettledArticle extends Omit<IdentifiedArticle, 'article' | 'entry'> {
  /** Null where the file could not be read. */
  found: Pick<IdentifiedArticle, 'article' | 'entry'> | null
}

export interface ArticleContext {
  /** Epoch milliseconds. */
  now: number
  /** What was published before; null: nothing is known. */
  ledger: Ledger | null
  /** The ledger that the look before this one came to; null: there was none. */
  next: Ledger | null
  /** Whether the first sight of an undated article will be kept. */
  ledgerKept: boolean
  /**
   * Files whose articles were withdrawn at the last look, though they are there: a withdrawn article is known again by its
   * words alone.
   */
  withdrawn: Iterable<string>
  /** Whether a file cannot be read just now: what the ledger says of it is nobody else's. */
  isUnavailable(path: string): boolean
}

/** Articles, by the paths of their files. */
export interface ArticleStage {
  apply(changes: KeyedChanges<FileReading>, context: ArticleContext): KeyedChanges<SettledArticle>
}

/** Changes beyond this share of a folder are identified with all of it. */
const manyChanges = 0.05

/**
 * Gives articles their addresses, their links to each other, and their ids. What one change does to others it finds by
 * looking them up: who claims an address, who leads to a file, who has an id. Where an address is contested it settles all
 * addresses anew, where an id is, it identifies all articles anew, and hands on what is other.
 */
export function createArticleStage(site: Site): ArticleStage {
  const readings = createArticleReadings(site)
  const settled = new Map<string, SettledArticle>()
  const ids = createIds(site)

  /** The article as it is to be handed on; null where it is the very same as before. */
  function settle({ path, candidate, identified }: CandidateAt & { identified: IdentifiedArticle }) {
    const before = settled.get(path)
    const { entry } = identified
    const isSame = before?.found?.article.fingerprint === identified.article.fingerprint
    const article: Article = isSame && before?.found ? before.found.article : identified.article
    const read = readings.all.get(path)?.diagnostics ?? []
    const diagnostics = [...read, ...candidate.found, ...identified.diagnostics]
    readings.share(path, candidate, article, entry)
    if (
      before?.found?.article === article &&
      before.found.entry === entry &&
      sameList(before.diagnostics, diagnostics)
    )
      return null
    return { found: { article, entry }, diagnostics: diagnostics.length > 0 ? diagnostics : none }
  }

  return {
    apply(given, outer) {
      // What is known of a file that cannot be read just now is an article as any other.
      const isUnavailable = (path: string) => outer.isUnavailable(path) && !readings.all.has(path)
      const context = { ...outer, isUnavailable }
      const changes = { ...given, set: asKnown(given.set, readings) }
      const ledger = outer.ledgerKept ? (outer.next ?? outer.ledger) : outer.ledger
      const recognised = createRecognised(readings, isUnavailable)
      const wordsAt = (path: string) => readings.all.get(path)?.digests.words
      const published = { ledger, isUnavailable, wordsAt, recognised: () => recognised(ledger) }
      const dirty = readings.takeIn(changes, context.now, published)
      for (const path of context.withdrawn) if (readings.all.has(path)) dirty.add(path)
      const { set, unread } = unreadFiles(changes.set)
      const removed = new Set([...changes.removed, ...unread].filter(path => settled.has(path)))
      const left = [...removed, ...set.keys(), ...dirty].flatMap(path => settled.get(path)?.found ?? [])
      const isFew = dirty.size <= 20 + readings.all.size * manyChanges
      const few = isFew ? ids.identifyFew(readings.candidates(readings.inOrder(dirty)), left, context) : null
      const all = () =>
        ids.identifyAll(readings.candidates(readings.paths()), recognised(context.ledger), context)
      for (const one of few ?? all()) {
        const made = settle(one)
        if (made) set.set(one.path, made)
      }
      for (const [path, article] of set) settled.set(path, article)
      for (const path of removed) settled.delete(path)
      return { set, removed }
    },
  }
}

/** Who is who in a ledger is found out once in a look, for addresses and for ids. */
function createRecognised(readings: ArticleReadings, isUnavailable: (path: string) => boolean) {
  const found = new Map<Ledger, ReadonlyMap<string, LedgerEntry>>()
  return (ledger: Ledger | null): ReadonlyMap<string, LedgerEntry> => {
    if (ledger === null) return new Map()
    const known = found.get(ledger) ?? recognisedIn(ledger)
    found.set(ledger, known)
    return known
  }

  function recognisedIn({ entries, authority }: Ledger): ReadonlyMap<string, LedgerEntry> {
    const candidates = [...readings.all.values()]
      .sort(inReadingOrder)
      .map(({ article, digests: { words, sketch } }) => ({ article, words, sketch }))
    const readable = [...entries.values()].filter(({ path }) => !isUnavailable(path))
    return recognisedByPath(candidates, readable, authority)
  }
}

/** Files without an article: those that are to be told of, and the others. */
function unreadFiles(readings: ReadonlyMap<string, FileReading>) {
  const set = new Map<string, SettledArticle>()
  const unread: string[] = []
  for (const [path, reading] of readings) {
    if (isReadable(reading)) continue
    // A file that holds many articles is told of by them, and by itself where something is wrong with it.
    const isTold = reading.entries === undefined && !reading.sound && !reading.cover
    if (isTold || reading.diagnostics.length > 0)
      set.set(path, { found: null, diagnostics: reading.diagnostics })
    else unread.push(path)
  }
  return { set, unread }
}

const none: never[] = []

/** Readings, with what is known of files that can't be read just now. */
function asKnown(
  set: ReadonlyMap<string, FileReading>,
  readings: ArticleReadings,
): ReadonlyMap<string, FileReading> {
  const away = [...set.values()].filter(({ unavailable }) => unavailable)
  if (away.length === 0) return set
  return new Map([...set, ...away.map(reading => [reading.file.path, readings.asKnown(reading)] as const)])
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, at) => JSON.stringify(value) === JSON.stringify(b[at]))
}
