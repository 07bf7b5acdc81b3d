import type { FramePlace, ParseContext } from '../model/reading.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { scramble } from '../text/sketch.ts'
import { folderOf } from '../text/urls.ts'
import { isSentence, lineHashes, linesWith, type SourceHashes, sourcesAmong } from './boilerplate.ts'
import {
  type DayOrder,
  dateOrderIn,
  type LearntOrders,
  orderAmong,
  type ShownOrder,
  shownOrder,
} from './learn-date-order.ts'
import { asksReaders, isPageLine } from './phrase-index.ts'

/**
 * The lines (trimmed) that the pages of each source have in common, the sources by the directory that they were found
 * in, those below it included. The empty path stands for all of the folder. Directories without any are left out.
 */
export type LearntLines = ReadonlyMap<string, readonly SourceLines[]>

/** What pages of one source have in common, and where it stands. */
export type SourceLines = ReadonlyMap<string, FramePlace>

/** What page text has taught, and of which files. */
export interface LearntBoilerplate {
  lines: LearntLines
  /** In which order they write numeric dates. */
  orders: LearntOrders
  /** The files that were counted, by path. */
  samples: ReadonlyMap<string, FileSample>
}

/** What is remembered of a file that was counted; an object never changes. */
export interface FileSample {
  stamp: string | null
  /** Hashes of its lines; null where it can't be read, or is not a text. */
  lines: Uint32Array | null
  /** What its numeric dates say of their order; null where it has none. */
  dates: ShownOrder | null
}

export const nothingLearnt: LearntBoilerplate = { lines: new Map(), orders: new Map(), samples: new Map() }

interface PageFile {
  path: string
  stamp: string | null
}

/** So many files are counted of all the folder, which may be a heap of many sources, and so many of one directory. */
const maxFilesOfFolder = 2048
const maxFilesOfDirectory = 128
/** What pages have in common is a page's frame where so many lines of it are known as such, or so many stand around the text. */
const minKnownLines = 2
const minFrameLines = 8
/** A directory of fewer files shows nothing by itself: they are counted with those around it only. */
const minFilesOfDirectory = 5

/**
 * Learns which lines are not one article's own: those that frame the pages of one source. The files of a folder, and of
 * each of its directories, are of one source or of several, which are found by what the files share. What an author
 * repeats (a greeting, standing headings) is no frame: that has lines of menus, share bars, legal notices, or many. Of
 * many files a sample is read, chosen by their paths alone: it stays the same when files change, and nearly so when
 * some come or go.
 * @param files all page text there is
 * @param readText null where there is no text
 * @param before what was learnt the last time: files that it knows are not read again
 */
export async function learnBoilerplate<File extends PageFile>(
  files: readonly File[],
  readText: (file: File) => Promise<string | null>,
  before: LearntBoilerplate = nothingLearnt,
): Promise<LearntBoilerplate> {
  const sources = sampleSources(files)
  const samples = await samplesOf(new Set([...sources.values()].flat()), readText, before)
  // Whatever was counted of a directory then is in the sample of then: chosen of that, it is the same.
  const sourcesBefore = sampleSources([...before.samples.keys()].map(path => ({ path })))
  const isCountedAsBefore = (directory: string, counted: File[]) => {
    const then = sourcesBefore.get(directory)
    return (
      then?.length === counted.length &&
      counted.every(
        ({ path }, at) => then[at]!.path === path && samples.get(path) === before.samples.get(path),
      )
    )
  }
  const textOf = new Map<number, string>()
  for (const known of before.lines.values())
    for (const source of known)
      for (const line of source.keys()) for (const hash of lineHashes(line)) textOf.set(hash, line)

  const lines = new Map<string, readonly SourceLines[]>()
  const orders = new Map<string, DayOrder>()
  for (const [directory, counted] of sources) {
    const found = isCountedAsBefore(directory, counted)
      ? before.lines.get(directory)
      : await sourcesIn(counted)
    if (found && found.length > 0) lines.set(directory, found)
    // Pages of several sites may write their dates in several ways.
    const order =
      (found?.length ?? 0) > 1
        ? null
        : orderAmong(counted.map(({ path }) => samples.get(path)?.dates ?? null))
    if (order) orders.set(directory, order)
  }
  return { lines, orders, samples }

  async function sourcesIn(counted: File[]): Promise<SourceLines[]> {
    const readable = counted.flatMap(file => {
      const hashes = samples.get(file.path)?.lines
      return hashes ? [{ file, hashes }] : []
    })
    const sources = sourcesAmong(readable.map(({ hashes }) => hashes))
    // Nobody has kept their texts. One file of a source has most of them, so that few are read for it.
    const missing = new Set(sources.flatMap(source => [...source.keys()].filter(hash => !textOf.has(hash))))
    for (const { file, hashes } of readable) {
      if (missing.size === 0) break
      if (!hashes.some(hash => missing.has(hash))) continue
      for (const [hash, line] of linesWith((await readText(file)) ?? '', missing)) {
        textOf.set(hash, line)
        missing.delete(hash)
      }
    }
    return sources.map(textsOf).filter(isFramed)
  }

  function textsOf(source: SourceHashes): SourceLines {
    const texts = new Map<string, FramePlace>()
    for (const [hash, { place, side }] of source) {
      const text = textOf.get(hash)
      if (text === undefined) continue
      const isOfFrame = place === side || isPageLine(text) || asksReaders(text)
      // What is no label is learnt in the frame only.
      if (isOfFrame || !isSentence(text)) texts.set(text, isOfFrame ? side : 'amid')
    }
    return texts
  }
}

/** What is remembered of some files; those that are as they were are not read again. */
async function samplesOf<File extends PageFile>(
  files: Iterable<File>,
  readText: (file: File) => Promise<string | null>,
  before: LearntBoilerplate,
): Promise<Map<string, FileSample>> {
  const samples = new Map<string, FileSample>()
  for (const file of files) {
    const known = before.samples.get(file.path)
    const same = known && file.stamp !== null && known.stamp === file.stamp
    samples.set(file.path, same ? known : sampleOf(file, await readText(file)))
  }
  return samples
}

/** Whether it is pages that share these lines, and not an author's own articles. */
function isFramed(source: SourceLines): boolean {
  const labels = [...source].flatMap(([line, place]) => (place === 'amid' || isSentence(line) ? [] : line))
  return labels.length >= minFrameLines || labels.filter(isPageLine).length >= minKnownLines
}

function sampleOf({ stamp }: PageFile, text: string | null): FileSample {
  return text === null
    ? { stamp, lines: null, dates: null }
    : { stamp, lines: lineHashes(text), dates: shownOrder(text) }
}

/** So much of a source's frame a page of it holds. */
const minHeld = 0.25
const minLinesHeld = 3

/** Tells of a file, by its path and then its lines (trimmed), which of them its sources have taught to be boilerplate. */
export function boilerplateIn(learnt: LearntLines): (path: string) => BoilerplateOf {
  const found = new Map<string, BoilerplateOf>()
  return path => {
    const directory = folderOf(path)
    const known = found.get(directory) ?? boilerplateOf(sourcesAround(learnt, path))
    found.set(directory, known)
    return known
  }
}

/** Of a page's lines those that are not its article's own. */
export type BoilerplateOf = ParseContext['boilerplate']

function boilerplateOf(sources: readonly SourceLines[]): BoilerplateOf {
  const sourcesWith = new Map<string, number[]>()
  for (const [number, source] of sources.entries())
    for (const line of source.keys()) {
      const known = sourcesWith.get(line)
      if (known) known.push(number)
      else sourcesWith.set(line, [number])
    }
  return lines => {
    const held = new Map<number, number>()
    const known = new Set(lines.filter(line => sourcesWith.has(line)))
    for (const line of known)
      for (const number of sourcesWith.get(line) ?? []) held.set(number, (held.get(number) ?? 0) + 1)
    const isOf = (number: number) => {
      const count = held.get(number) ?? 0
      const { size } = sources[number] ?? { size: 0 }
      return count >= Math.min(size, Math.max(minLinesHeld, size * minHeld))
    }
    const found = new Map<string, FramePlace>()
    for (const line of known)
      for (const number of sourcesWith.get(line) ?? []) {
        const place = sources[number]?.get(line)
        if (place && !found.has(line) && isOf(number)) found.set(line, place)
      }
    return found
  }
}

function sourcesAround(learnt: LearntLines, path: string): SourceLines[] {
  const found: SourceLines[] = []
  let directory = path
  do {
    directory = folderOf(directory)
    found.push(...(learnt.get(directory) ?? []))
  } while (directory !== '')
  return found
}

/**
 * Tells of a file whether it is read in another way by what is learnt now than by what was learnt before: where that may
 * be, if nobody knows its lines.
 */
export function changedIn(before: LearntBoilerplate, now: LearntBoilerplate): (path: string) => boolean {
  const changed = new Map<string, ReadonlySet<number>>()
  const [orderBefore, orderNow] = [dateOrderIn(before.orders), dateOrderIn(now.orders)]
  return path => {
    const sample = now.samples.get(path)
    if ((!sample || sample.dates === 'open') && orderBefore(path) !== orderNow(path)) return true
    const directory = folderOf(path)
    const hashes =
      changed.get(directory) ??
      hashesBetween(sourcesAround(before.lines, path), sourcesAround(now.lines, path))
    changed.set(directory, hashes)
    if (hashes.size === 0) return false
    return sample?.lines ? sample.lines.some(hash => hashes.has(hash)) : true
  }
}

/** The lines of sources that are in one list only. */
function hashesBetween(before: readonly SourceLines[], now: readonly SourceLines[]): Set<number> {
  const keyOf = (source: SourceLines) =>
    [...source]
      .map(([line, place]) => `${line}\n${place}`)
      .sort()
      .join('\n')
  const [then, since] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))]
  const other = [...then].filter(key => !since.has(key)).concat([...since].filter(key => !then.has(key)))
  return new Set(other.flatMap(key => [...lineHashes(key)]))
}

interface Sampling<File> {
  total: number
  /** Beyond this nothing belongs to the sample any more. */
  maxRank: number
  ranked: { file: File; rank: number }[]
}

/** Every directory that can teach something, and the files of it that are counted: those whose paths' hashes are smallest. */
function sampleSources<File extends { path: string }>(files: readonly File[]): Map<string, File[]> {
  const samplings = new Map<string, Sampling<File>>()
  for (const file of files) {
    const rank = scramble(fnv1a(file.path))
    let directory = file.path
    do {
      directory = folderOf(directory)
      const known = samplings.get(directory)
      const sampling = known ?? { total: 0, maxRank: Number.POSITIVE_INFINITY, ranked: [] }
      if (!known) samplings.set(directory, sampling)
      sampling.total++
      if (rank > sampling.maxRank) continue
      sampling.ranked.push({ file, rank })
      if (sampling.ranked.length >= 2 * mostOf(directory)) cut(sampling, mostOf(directory))
    } while (directory !== '')
  }
  const sources = new Map<string, File[]>()
  for (const [directory, sampling] of samplings) {
    const isSource =
      directory === '' ||
      // Where all of the files above are in it, it is not a source besides that one.
      (sampling.total >= minFilesOfDirectory && sampling.total < samplings.get(folderOf(directory))!.total)
    if (!isSource) continue
    cut(sampling, mostOf(directory))
    sources.set(
      directory,
      sampling.ranked.map(({ file }) => file),
    )
  }
  return sources
}

const mostOf = (directory: string) => (directory === '' ? maxFilesOfFolder : maxFilesOfDirectory)

function cut(sampling: Sampling<{ path: string }>, max: number): void {
  const { ranked } = sampling
  ranked.sort((a, b) => a.rank - b.rank || (a.file.path < b.file.path ? -1 : 1))
  if (ranked.length < max) return
  ranked.length = max
  sampling.maxRank = ranked[max - 1]!.rank
}
