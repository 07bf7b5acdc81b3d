import { articleAt, isReservedPath, type MovedAddress, settleAddresses } from '../catalog/addresses.ts'
import { claimedId, type IdentifiedArticle, identify } from '../catalog/identity.ts'
import type { Candidate } from '../catalog/recognise.ts'
import type { Article, ParsedArticle } from '../model/article.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { publicationPath } from '../text/urls.ts'
import { linkedFile, settleLinks } from './article-links.ts'
import { type ArticleDigests, type FileReading, inReadingOrder } from './file-reading.ts'
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

type ReadableReading = FileReading & { article: ParsedArticle; digests: ArticleDigests }

const isReadable = (reading: FileReading): reading is ReadableReading => reading.article !== null

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
  const addresses = createAddresses(site)
  const readings = new Map<string, ReadableReading>()
  /** Files by which others lead to them. */
  const linking = new Map<string, Set<string>>()
  const settled = new Map<string, SettledArticle>()
  const ids = createIds(site)

  const urlOf = (path: string) => addresses.moved(path)?.url ?? readings.get(path)?.article.url

  /** Takes the readings in, and says whose addresses or links may be other for it. */
  function takeIn(changes: KeyedChanges<FileReading>): Set<string> {
    const dirty = new Set(changes.set.keys())
    const touched = new Set([...changes.set.keys(), ...changes.removed])
    const before = new Map([...touched].map(path => [path, urlOf(path)]))
    for (const path of touched) {
      link(readings.get(path), 'delete')
      const reading = changes.set.get(path)
      const readable = reading && isReadable(reading) ? reading : undefined
      if (readable) readings.set(path, readable)
      else readings.delete(path)
      link(readable, 'add')
      addresses.claim(path, readable?.article)
    }
    const moves = addresses.settle(() => inOrder(readings))
    for (const [path, url] of moves) {
      if (!before.has(path)) before.set(path, url ?? readings.get(path)?.article.url)
      if (readings.has(path)) dirty.add(path)
    }
    for (const [path, url] of before)
      if (url !== urlOf(path)) for (const from of linking.get(path) ?? []) dirty.add(from)
    return dirty
  }

  function link(reading: ReadableReading | undefined, change: 'add' | 'delete'): void {
    for (const written of reading?.links ?? []) {
      const target = linkedFile(written)
      const from = linking.get(target) ?? new Set()
      from[change](reading?.file.path ?? '')
      if (from.size > 0) linking.set(target, from)
      else linking.delete(target)
    }
  }

  function candidateOf(reading: ReadableReading): Candidate & { found: Diagnostic[] } {
    const { article, links, digests, file } = reading
    const moved = addresses.moved(file.path)
    const addressed = moved ? articleAt(article, moved.url) : article
    const linked = settleLinks(addressed, links, site.url, urlOf)
    const { words, sketch } = digests
    const content =
      linked.article === article
        ? digests.content
        : fingerprintOf([digests.content, addressed.url, ...linked.targets])
    const found = [...(moved ? [moved.diagnostic] : []), ...linked.diagnostics]
    return { article: linked.article, words, sketch, content, found }
  }

  /** The article as it is to be handed on; the very same as before where it says the same. */
  function settle(
    path: string,
    candidate: Candidate & { found: Diagnostic[] },
    identified: IdentifiedArticle,
  ) {
    const reading = readings.get(path)
    const before = settled.get(path)
    const { entry } = identified
    const isSame = before?.found?.article.fingerprint === identified.article.fingerprint
    const article: Article = isSame && before?.found ? before.found.article : identified.article
    const diagnostics = [...(reading?.diagnostics ?? []), ...candidate.found, ...identified.diagnostics]
    if (reading) readings.set(path, sharing(reading, candidate, article, entry))
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
      const isUnavailable = (path: string) => !readings.has(path) && outer.isUnavailable(path)
      const context = { ...outer, isUnavailable }
      const changes = {
        ...given,
        set: new Map([...given.set].map(([path, reading]) => [path, asKnown(reading)])),
      }
      const dirty = takeIn(changes)
      for (const path of context.withdrawn) if (readings.has(path)) dirty.add(path)
      const set = new Map<string, SettledArticle>()
      const removed = new Set<string>()
      for (const path of changes.removed) if (settled.has(path)) removed.add(path)
      for (const [path, reading] of changes.set) {
        if (isReadable(reading)) continue
        // A file that holds many articles is told of by them, and by itself where something is wrong with it.
        const isTold = reading.entries === undefined && !reading.sound && !reading.cover
        if (isTold || reading.diagnostics.length > 0)
          set.set(path, { found: null, diagnostics: reading.diagnostics })
        else if (settled.has(path)) removed.add(path)
      }
      const candidates = (paths: Iterable<string>) =>
        [...paths].flatMap(path => {
          const reading = readings.get(path)
          return reading ? [{ path, candidate: candidateOf(reading) }] : []
        })
      const left = [...removed, ...set.keys(), ...dirty].flatMap(path => settled.get(path)?.found ?? [])
      const isFew = dirty.size <= 20 + readings.size * manyChanges
      const few = isFew ? ids.identifyFew(candidates(inPathOrder(dirty)), left, context) : null
      for (const { path, candidate, identified } of few ??
        ids.identifyAll(candidates(inOrder(readings).map(({ file }) => file.path)), context)) {
        const made = settle(path, candidate, identified)
        if (made) set.set(path, made)
      }
      for (const [path, article] of set) settled.set(path, article)
      for (const path of removed) settled.delete(path)
      return { set, removed }
    },
  }

  /** What cannot be read just now is as it was, and is told of. */
  function asKnown(reading: FileReading): FileReading {
    const before = reading.unavailable && readings.get(reading.file.path)
    return before ? { ...before, diagnostics: reading.diagnostics } : reading
  }

  function inPathOrder(paths: Set<string>): string[] {
    const some = [...paths].flatMap(path => readings.get(path) ?? [])
    return some.sort(inReadingOrder).map(({ file }) => file.path)
  }
}

const none: never[] = []

const inOrder = (readings: ReadonlyMap<string, ReadableReading>) =>
  [...readings.values()].sort(inReadingOrder)

/**
 * One object in place of two: the article where the folder has given it nothing but its id, for it says all that was parsed;
 * and the digests that the ledger has too.
 */
function sharing(
  reading: ReadableReading,
  { article: linked }: Candidate,
  article: Article,
  { words, sketch }: LedgerEntry,
): ReadableReading {
  const { content } = reading.digests
  const isKnown = words === reading.digests.words && sketch === reading.digests.sketch
  const digests = isKnown ? { words, sketch, content } : reading.digests
  const isOwn = linked === reading.article && article.published === linked.published
  return { ...reading, digests, article: isOwn ? article : reading.article }
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, at) => JSON.stringify(value) === JSON.stringify(b[at]))
}

/** Who claims which address on the publication, and who could not have the one that it claimed. */
function createAddresses({ url: siteUrl }: Site) {
  const claims = new Map<string, string>()
  const claimants = new Map<string, string | Set<string>>()
  let moved = new Map<string, MovedAddress>()
  let isContested = false

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
    if (holders !== undefined || moved.size > 0 || isReservedPath(address)) isContested = true
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
    /** Where claims met: who is elsewhere than before, with its address before where that was not the one it claims. */
    settle(readings: () => ReadableReading[]): Map<string, string | undefined> {
      const moves = new Map<string, string | undefined>()
      if (!isContested) return moves
      isContested = false
      const articles = new Map(readings().map(({ article, file }) => [article, file.path]))
      const before = moved
      moved = new Map()
      for (const [article, address] of settleAddresses(articles.keys(), { url: siteUrl }))
        moved.set(articles.get(article) ?? '', address)
      // What is said of one names who has the address that it wanted.
      for (const path of new Set([...before.keys(), ...moved.keys()]))
        if (before.get(path)?.diagnostic.message !== moved.get(path)?.diagnostic.message)
          moves.set(path, before.get(path)?.url)
      return moves
    },
  }
}

interface CandidateAt {
  path: string
  candidate: Candidate & { found: Diagnostic[] }
}

/** Who has which id. */
function createIds(site: Site) {
  let ledger: Ledger | null = null
  /** Ids of the ledger that no article has. */
  let unheld = new Set<string>()
  /** An article claims an id that is not its own: who is who hangs on every other one. */
  let contested = false

  const undated = ({ ledgerKept }: ArticleContext) => site.undated === 'first-seen' && ledgerKept

  const isContested = ({ article }: IdentifiedArticle, { authority }: Ledger) => {
    const claimed = claimedId(article, authority)
    return claimed !== null && claimed !== article.id
  }

  return {
    /** Null where what changed may change others: an id that is claimed, or a ledger that nobody here has seen. */
    identifyFew(
      changed: CandidateAt[],
      left: Pick<IdentifiedArticle, 'article' | 'entry'>[],
      context: ArticleContext,
    ): (CandidateAt & { identified: IdentifiedArticle })[] | null {
      const known = ledger
      if (known === null || contested) return null
      // Identified by the same ledger, or by what came of it.
      const given = context.ledger ?? known
      const next = context.next ?? known
      if (given !== next && given !== known) return null
      if (context.ledger !== null && given === known && next !== known) return null
      // Nothing was ever published: the clock says when an article without a date was first seen, at each look anew.
      if (context.ledger === null && (known.entries.size > 0 || context.ledgerKept)) return null
      const free = new Set([...unheld, ...left.map(({ article }) => article.id)])
      // What was never published is remembered by nobody: its id is free with its file.
      const holderOf = (id: string) =>
        free.has(id) ? given.entries.get(id)?.path : next.entries.get(id)?.path
      for (const { candidate } of changed) {
        const claimed = claimedId(candidate.article, given.authority)
        if (claimed !== null && !free.has(claimed) && holderOf(claimed) !== undefined) return null
      }
      const entries = [...free].flatMap(id => given.entries.get(id) ?? [])
      const rest = { free: entries.filter(({ path }) => !context.isUnavailable(path)), holderOf }
      const candidates = changed.map(({ candidate }) => candidate)
      const identified = identify(
        candidates,
        given,
        { url: site.url, undated: undated(context) },
        context.now,
        rest,
      )
      if (identified.some(one => one.diagnostics.length > 0 || isContested(one, given))) return null
      ledger = given
      unheld = new Set([...free].filter(id => given.entries.has(id)))
      for (const { article } of identified) unheld.delete(article.id)
      return paired(changed, identified)
    },
    identifyAll(
      all: CandidateAt[],
      context: ArticleContext,
    ): (CandidateAt & { identified: IdentifiedArticle })[] {
      const given = context.ledger ?? { authority: site.tagAuthority, entries: new Map() }
      const candidates = all.map(({ candidate }) => candidate)
      const rest = {
        free: [...given.entries.values()].filter(({ path }) => !context.isUnavailable(path)),
        holderOf: (id: string) => given.entries.get(id)?.path,
      }
      const identified = identify(
        candidates,
        given,
        { url: site.url, undated: undated(context) },
        context.now,
        rest,
      )
      ledger = given
      contested = identified.some(one => one.diagnostics.length > 0 || isContested(one, given))
      unheld = new Set(given.entries.keys())
      for (const { article } of identified) unheld.delete(article.id)
      return paired(all, identified)
    },
  }
}

function paired(changed: CandidateAt[], identified: IdentifiedArticle[]) {
  return changed.flatMap((one, at) => {
    const found = identified[at]
    return found ? [{ ...one, identified: found }] : []
  })
}
