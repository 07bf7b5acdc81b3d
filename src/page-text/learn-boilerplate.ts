import { fnv1a } from '../text/fnv1a.ts'
import { scramble } from '../text/sketch.ts'
import { folderOf } from '../text/urls.ts'
import { lineHashes, linesWith, repeatedHashes } from './boilerplate.ts'

/**
 * The lines (trimmed) that each directory of page text has in common, those below it included. The empty path stands
 * for all of the folder. Directories without any are left out.
 */
export type LearntLines = ReadonlyMap<string, ReadonlySet<string>>

/** What page text has taught, and of which files. */
export interface LearntBoilerplate {
  lines: LearntLines
  /** The files that were counted, by path. */
  samples: ReadonlyMap<string, FileSample>
}

/** What is remembered of a file that was counted; an object never changes. */
export interface FileSample {
  stamp: string | null
  /** Hashes of its lines; null where it can't be read, or is not a text. */
  lines: Uint32Array | null
}

export const nothingLearnt: LearntBoilerplate = { lines: new Map(), samples: new Map() }

interface PageFile {
  path: string
  stamp: string | null
}

/** So many files are counted of all the folder, so many of one directory: a fifth of them is not found by accident. */
const maxFilesOfFolder = 512
const maxFilesOfDirectory = 128
/** A directory of fewer files shows nothing by itself: they are counted with those around it only. */
const minFilesOfDirectory = 5

/**
 * Learns which lines are not one article's own: those that repeat across the files of the folder, or of one directory (a
 * folder may hold the pages of several sites). Of many files a sample is read, chosen by their paths alone: it stays the
 * same when files change, and nearly so when some come or go.
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
  const samples = new Map<string, FileSample>()
  for (const file of new Set([...sources.values()].flat())) {
    const known = before.samples.get(file.path)
    const same = known && file.stamp !== null && known.stamp === file.stamp
    samples.set(file.path, same ? known : sampleOf(file, await readText(file)))
  }
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
    for (const line of known) for (const hash of lineHashes(line)) textOf.set(hash, line)

  const lines = new Map<string, ReadonlySet<string>>()
  for (const [directory, counted] of sources) {
    const found = isCountedAsBefore(directory, counted)
      ? before.lines.get(directory)
      : await linesIn(counted, directory === '')
    if (found && found.size > 0) lines.set(directory, found)
  }
  return { lines, samples }

  async function linesIn(counted: File[], whole: boolean): Promise<Set<string>> {
    const readable = counted.filter(({ path }) => samples.get(path)!.lines !== null)
    const hashesOf = ({ path }: File) => samples.get(path)!.lines!
    const repeated = repeatedHashes(readable.map(hashesOf), whole)
    // Nobody has kept their texts. One file has most of them, so that few are read for it.
    const missing = new Set([...repeated].filter(hash => !textOf.has(hash)))
    for (const file of readable) {
      if (missing.size === 0) break
      if (!hashesOf(file).some(hash => missing.has(hash))) continue
      for (const [hash, line] of linesWith((await readText(file)) ?? '', missing)) {
        textOf.set(hash, line)
        missing.delete(hash)
      }
    }
    return new Set([...repeated].flatMap(hash => textOf.get(hash) ?? []))
  }
}

function sampleOf({ stamp }: PageFile, text: string | null): FileSample {
  return { stamp, lines: text === null ? null : lineHashes(text) }
}

/** Tells of a file, by its path, what the directories that it lies in have learnt. */
export function boilerplateIn(learnt: LearntLines): (path: string) => ReadonlySet<string> {
  const found = new Map<string, ReadonlySet<string>>()
  return path => linesOf(folderOf(path))

  function linesOf(directory: string): ReadonlySet<string> {
    const known = found.get(directory)
    if (known) return known
    const own = learnt.get(directory) ?? new Set()
    const above = directory === '' ? new Set<string>() : linesOf(folderOf(directory))
    // Most directories add nothing: one set serves them all.
    const lines = [...own].every(line => above.has(line)) ? above : new Set([...above, ...own])
    found.set(directory, lines)
    return lines
  }
}

export function sameLines(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a === b || (a.size === b.size && [...a].every(line => b.has(line)))
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
