import { articleAt, fileKey, type MovedAddress } from '../catalog/addresses.ts'
import type { Candidate } from '../catalog/recognise.ts'
import type { Article, ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { MultiMap } from '../text/multi-map.ts'
import { publicationPath } from '../text/urls.ts'
import { type LinkTargets, linkedFile, settleLinks } from './article-links.ts'
import { createAddresses } from './contested-addresses.ts'
import { createCopies } from './copies.ts'
import { type ArticleDigests, type FileReading, inReadingOrder } from './file-reading.ts'
import type { KeyedChanges } from './keyed-changes.ts'
import { createLinkTargets, type LinkPlace } from './link-targets.ts'
import type { Published } from './published-places.ts'

export type ReadableReading = FileReading & { article: ParsedArticle; digests: ArticleDigests }

export const isReadable = (reading: FileReading): reading is ReadableReading => reading.article !== null

/** An article at its address, its links leading where they lead, before it has its id. */
export interface CandidateAt {
  path: string
  candidate: Candidate & { found: Diagnostic[] }
}

/** The readings that are articles, with who claims which address and who leads to whom. */
export type ArticleReadings = ReturnType<typeof createArticleReadings>

export function createArticleReadings(site: Site) {
  const addresses = createAddresses(site)
  const readings = new Map<string, ReadableReading>()
  const links = createLinks(site.url, readings)
  const copies = createCopies()
  const urlOf = (path: string) => addresses.moved(path)?.url ?? readings.get(path)?.article.url
  const targets = createLinkTargets(site, path => readings.get(path)?.article, urlOf, addresses.fileAt)
  const { placeOf } = targets
  const inOrder = () => [...readings.values()].sort(inReadingOrder)
  const pathsOf = (some: ReadableReading[]) => some.sort(inReadingOrder).map(({ file }) => file.path)

  /** @returns paths of which other things are to be said now */
  function put(path: string, reading: FileReading | undefined): string[] {
    const readable = reading && isReadable(reading) ? reading : undefined
    const others = copies.change(path, readings.get(path), readable)
    links.change(readings.get(path), 'delete')
    if (readable) readings.set(path, readable)
    else readings.delete(path)
    targets.change(path, readable?.article)
    links.change(readable, 'add')
    addresses.claim(path, readable?.article)
    return others
  }

  /** The file that a reading is a copy of: the first with its words. */
  function originalOf({ file: { path }, digests }: ReadableReading): string | null {
    const same = copies.of(digests.words)
    const [first] = same.length > 1 ? pathsOf(same.flatMap(other => readings.get(other) ?? [])) : [path]
    return first === undefined || first === path ? null : first
  }

  return {
    all: readings as ReadonlyMap<string, ReadableReading>,
    /** Paths, in the order of readings. */
    paths: () => pathsOf([...readings.values()]),
    inOrder: (paths: Iterable<string>) => pathsOf([...paths].flatMap(path => readings.get(path) ?? [])),
    /**
     * Takes the readings in, and says whose addresses or links may be other for it.
     * @param time epoch milliseconds: what has expired since the time before is led to no more
     * @param published where articles are so far
     */
    takeIn(changes: KeyedChanges<FileReading>, time: number, published: Published): Set<string> {
      const dirty = new Set(changes.set.keys())
      const given = [...changes.set.keys(), ...changes.removed]
      const touched = new Set([...given, ...targets.otherAt(time)])
      const before = readings.size > 0 && new Map([...touched].map(path => [path, placeOf(path)]))
      targets.setTime(time)
      const alike = given.flatMap(path => put(path, changes.set.get(path)))
      const moves = addresses.settle(inOrder, published)
      // The first look: everything is to be said of all of them.
      if (!before) return dirty
      for (const path of alike) if (readings.has(path)) dirty.add(path)
      for (const [path, url] of moves) {
        const was = url ?? readings.get(path)?.article.url
        if (!before.has(path)) before.set(path, { ...placeOf(path), leadsTo: was, url: was, aliases: [] })
        if (readings.has(path)) dirty.add(path)
      }
      const leading = [...before].flatMap(([path, was]) => links.toOther(path, was, placeOf(path)))
      for (const path of leading) dirty.add(path)
      return dirty
    },
    candidates: (paths: Iterable<string>): CandidateAt[] =>
      [...paths].flatMap(path => {
        const reading = readings.get(path)
        const of = (one: ReadableReading) =>
          candidateOf(one, addresses.moved(path), originalOf(one), site, targets)
        return reading ? [{ path, candidate: of(reading) }] : []
      }),
    /** What was made of a reading says all that it says: it is held once from now on. */
    share(path: string, candidate: Candidate, article: Article, entry: LedgerEntry): void {
      const reading = readings.get(path)
      if (reading) readings.set(path, sharing(reading, candidate, article, entry))
    },
    /** What cannot be read just now is as it was, and is told of. */
    asKnown(reading: FileReading): FileReading {
      const before = reading.unavailable && readings.get(reading.file.path)
      return before ? { ...before, diagnostics: reading.diagnostics } : reading
    },
  }
}

const isElsewhere = (was: LinkPlace, is: LinkPlace) =>
  was.leadsTo !== is.leadsTo ||
  was.url !== is.url ||
  was.title !== is.title ||
  was.aliases.join('\n') !== is.aliases.join('\n')

/**
 * Files and addresses by which others lead to them: gathered when one is elsewhere for the first time, which most runs of the program never see.
 */
function createLinks(siteUrl: string, readings: ReadonlyMap<string, ReadableReading>) {
  let linking: MultiMap | null = null

  function gathered(): MultiMap {
    const all = new MultiMap()
    for (const [path, { links }] of readings) for (const written of links) all.add(linkedFile(written), path)
    return all
  }

  return {
    /**
     * Those that lead to a file that is elsewhere now, by its name or by one of the addresses that its article has, had, or claims to have
     * had.
     */
    toOther(path: string, was: LinkPlace, is: LinkPlace): string[] {
      if (!isElsewhere(was, is)) return []
      linking ??= gathered()
      const found = linking
      const keys = [was, is].flatMap(({ url, aliases }) => [
        fileKey((url && publicationPath(url, siteUrl)) ?? ''),
        ...aliases,
      ])
      return [path, ...keys].flatMap(target => found.of(target))
    },
    change(reading: ReadableReading | undefined, change: 'add' | 'delete'): void {
      if (!reading || linking === null) return
      for (const written of reading.links) linking[change](linkedFile(written), reading.file.path)
    },
  }
}

/**
 * @param moved where it is, if it could not have the address it claims
 * @param original the file whose words it has, if another one comes before it
 */
function candidateOf(
  { article, links, digests }: ReadableReading,
  moved: MovedAddress | undefined,
  original: string | null,
  site: Site,
  targets: LinkTargets,
): CandidateAt['candidate'] {
  const addressed = moved ? articleAt(article, moved.url) : article
  const linked = settleLinks(addressed, links, site.url, targets)
  const { words, sketch } = digests
  const content =
    linked.article === article
      ? digests.content
      : fingerprintOf([digests.content, addressed.url, ...linked.targets])
  const twice = original === null ? [] : [diagnose('article-twice', article, sameWords(original))]
  const found = [...(moved ? [moved.diagnostic] : []), ...twice, ...linked.diagnostics]
  return { article: linked.article, words, sketch, content, found }
}

const sameWords = (original: string) => `${original} has the very same words.`

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
