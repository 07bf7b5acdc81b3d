import type { ParsedArticle } from '../model/article.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import { similarity, sketchKeys } from '../text/sketch.ts'

/** An article with what makes it recognisable. */
export interface Candidate {
  article: ParsedArticle
  /** Digest of its words. */
  words: string
  sketch: string
  /** Fingerprint of all that the article says. Absent: it is not needed, or made of the article later. */
  content?: string
}

/** Two texts that agree in fewer slots than this are taken for two articles. */
const alike = 0.3

/**
 * Finds the articles of a folder in what is remembered of it: which file is which entry, after any mixture of edits,
 * renames, moves, copies, deletions and restorations. No entry is given to two files. Files that stay without an entry
 * are new; entries without a file are gone.
 *
 * The surest evidence first: an id that the file itself claims; the same words in the same place; the same words in a new
 * place; the same place with other words; and, for what is then left, likeness of words, title, date and name together.
 */
export function recognise(
  candidates: Candidate[],
  entries: Iterable<LedgerEntry>,
  claimedId: (article: ParsedArticle) => string | null,
): Map<Candidate, LedgerEntry> {
  const known = [...entries]
  const found = byClaimedId(candidates, known, claimedId)
  const claimants = new Set(found.keys())
  const claimed = new Set(found.values())
  const byPath = entriesByPath(known)
  // The usual look at a folder ends here: all is where it was.
  const open = new Set<Candidate>()
  for (const candidate of candidates) {
    if (claimants.size > 0 && claimants.has(candidate)) continue
    const entry = byPath
      .of(candidate.article.path)
      .find(entry => entry.words === candidate.words && !claimed.has(entry))
    if (entry) found.set(candidate, entry)
    else open.add(candidate)
  }
  if (open.size === 0) return found
  const held = new Set(found.values())
  const free = new Map(known.flatMap(entry => (held.has(entry) ? [] : [[entry.id, entry] as const])))
  const take = (candidate: Candidate, entry: LedgerEntry) => {
    found.set(candidate, entry)
    free.delete(entry.id)
    open.delete(candidate)
  }

  bySameWords(open, free, take)
  for (const candidate of [...open]) {
    const entry = byPath
      .of(candidate.article.path)
      .filter(entry => free.has(entry.id))
      .sort((a, b) => similarity(b.sketch, candidate.sketch) - similarity(a.sketch, candidate.sketch))
      // Another article under the name of one that is gone is a new article.
      .find(entry => entry.withdrawn === null || similarity(entry.sketch, candidate.sketch) >= alike)
    if (entry) take(candidate, entry)
  }
  byLikeness(open, free, take)
  return found
}

/** Most paths have one entry: that one costs no list. */
function entriesByPath(entries: readonly LedgerEntry[]) {
  const first = new Map<string, LedgerEntry>()
  const more = new Map<string, LedgerEntry[]>()
  for (const entry of entries) {
    const { path } = entry
    const others = more.get(path)
    if (others) others.push(entry)
    else if (first.has(path)) more.set(path, [entry])
    else first.set(path, entry)
  }
  return {
    of(path: string): LedgerEntry[] {
      const entry = first.get(path)
      return entry === undefined ? [] : [entry, ...(more.get(path) ?? [])]
    },
  }
}

type Take = (candidate: Candidate, entry: LedgerEntry) => void

/**
 * Of several files that claim one id (a copy does), the one in the known place has it, else the first by path. An article that has it
 * keeps it though its file says it no more, unless the file that claims it now has the article's words. And one that was published under
 * another id, since somebody else had this one, keeps that.
 */
function byClaimedId(
  candidates: readonly Candidate[],
  entries: readonly LedgerEntry[],
  claimedId: (article: ParsedArticle) => string | null,
): Map<Candidate, LedgerEntry> {
  const found = new Map<Candidate, LedgerEntry>()
  const claims = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const id = claimedId(candidate.article)
    if (id === null) continue
    const claimants = claims.get(id)
    if (claimants) claimants.push(candidate)
    else claims.set(id, [candidate])
  }
  if (claims.size === 0) return found
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  const inPlace = new Map(candidates.map(candidate => [candidate.article.path, candidate]))
  const living = new Map(
    entries.flatMap(entry => (entry.withdrawn === null ? [[entry.path, entry] as const] : [])),
  )
  const isHeld = (entry: LedgerEntry, claimant: Candidate) => {
    // It was published as another one, and nothing of it is other but that this id is free now.
    const own = living.get(claimant.article.path)
    if (own && own !== entry && own.words === claimant.words && entry.words !== claimant.words) return true
    const stayed = inPlace.get(entry.path)
    if (!stayed || entry.withdrawn !== null || claimedId(stayed.article) !== null) return false
    if (stayed.words === entry.words) return true
    return claimant.words !== entry.words && similarity(stayed.sketch, entry.sketch) >= alike
  }
  for (const [id, claimants] of claims) {
    const entry = byId.get(id)
    if (!entry) continue
    const claimant = claimants.find(({ article }) => article.path === entry.path) ?? claimants[0]!
    if (!isHeld(entry, claimant)) found.set(claimant, entry)
  }
  return found
}

/**
 * The same words in another place are a rename, unless the known place still holds an edited form of them: then this is
 * a copy of the former text, and the article is the one that stayed.
 */
function bySameWords(open: Set<Candidate>, free: Map<string, LedgerEntry>, take: Take): void {
  const inPlace = new Map([...open].map(candidate => [candidate.article.path, candidate]))
  const byWords = Map.groupBy(free.values(), ({ words }) => words)
  const known = new Set(byWords.keys())
  for (const candidate of [...open]) {
    const same = (byWords.get(candidate.words) ?? []).filter(entry => free.has(entry.id))
    if (same.length === 0) continue
    byWords.set(candidate.words, same)
    const entry = same
      .slice(0, mostLikely)
      .filter(entry => {
        const stayed = inPlace.get(entry.path)
        return (
          !stayed ||
          stayed === candidate ||
          !open.has(stayed) ||
          // It is another article that was moved: the two changed places, or more did.
          known.has(stayed.words) ||
          isAnother(stayed, candidate, entry)
        )
      })
      .sort((a, b) => evidence(candidate, b) - evidence(candidate, a) || (a.id < b.id ? -1 : 1))[0]
    if (entry) take(candidate, entry)
  }
}

/**
 * Whether what is in the place of an entry is no edited form of it: other words, or the next letter of a series, which is like
 * the one before it, while a file with the very words has more of its title and date.
 */
function isAnother(inPlace: Candidate, moved: Candidate, entry: LedgerEntry): boolean {
  const marks = ({ article: { title, published } }: Candidate) =>
    Number(title === entry.title) + Number(published?.epoch === dateOf(entry))
  return similarity(inPlace.sketch, entry.sketch) < alike || marks(moved) > marks(inPlace)
}

/** So many entries are compared with an article for what they have in common. */
const mostLikely = 200

/** What is left was moved and edited at once, or is new: pairs are made from the likeliest down. */
function byLikeness(open: Set<Candidate>, free: Map<string, LedgerEntry>, take: Take): void {
  const keysOf = (sketch: string, title: string, published: number | undefined, path: string) => [
    ...sketchKeys(sketch),
    `title ${title}`,
    `date ${published}`,
    `name ${baseName(path)}`,
  ]
  const index = indexOf(free.values(), entry => keysOf(entry.sketch, entry.title, dateOf(entry), entry.path))
  const pairs: { candidate: Candidate; entry: LedgerEntry; score: number }[] = []
  for (const candidate of open) {
    const { title, published, path } = candidate.article
    const keys = keysOf(candidate.sketch, title, published?.epoch, path)
    // A key that many entries share says nothing, and would make this quadratic.
    const likely = new Set(keys.flatMap(key => (index.get(key) ?? []).slice(0, mostLikely)))
    for (const entry of likely) {
      const score = evidence(candidate, entry)
      if (score >= 1) pairs.push({ candidate, entry, score })
    }
  }
  pairs.sort(
    (a, b) =>
      b.score - a.score ||
      (a.candidate.article.path < b.candidate.article.path
        ? -1
        : a.candidate.article.path > b.candidate.article.path
          ? 1
          : 0) ||
      (a.entry.id < b.entry.id ? -1 : 1),
  )
  for (const { candidate, entry } of pairs)
    if (open.has(candidate) && free.has(entry.id)) take(candidate, entry)
}

/**
 * How much speaks for an article being an entry; 1 is enough. Words that are alike are enough by themselves; without
 * them it takes two of title, exact date and file name, and for a withdrawn entry the words as well.
 */
function evidence({ article, sketch }: Candidate, entry: LedgerEntry): number {
  const words = similarity(sketch, entry.sketch)
  const marks =
    (article.title === entry.title ? 0.5 : 0) +
    (article.published?.epoch === dateOf(entry) ? 0.5 : 0) +
    (sameTellingName(article.path, entry.path) ? 0.5 : 0)
  const enough = words >= alike || (entry.withdrawn === null && marks >= 1)
  return enough ? 1 + words + marks : 0
}

/** What the file gave. */
const dateOf = ({ dated, published }: LedgerEntry) => dated ?? published

/** Folders of bundles hold nothing but `index.md`: such a name tells nothing. */
function sameTellingName(a: string, b: string): boolean {
  const name = baseName(a)
  return name === baseName(b) && !/^(?:_?index|readme|post|article|content)\.\w+$/.test(name)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase()
}

function indexOf<Value>(values: Iterable<Value>, keysOf: (value: Value) => string[]): Map<string, Value[]> {
  const index = new Map<string, Value[]>()
  for (const value of values)
    for (const key of keysOf(value)) {
      const list = index.get(key)
      if (list) list.push(value)
      else index.set(key, [value])
    }
  return index
}
