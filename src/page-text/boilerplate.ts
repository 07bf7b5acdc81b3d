import { fnv1a } from '../text/fnv1a.ts'
import { scramble } from '../text/sketch.ts'

/** A line must stand in this many files of one source, and in this share of them, to be its boilerplate. */
const minFiles = 3
const minShare = 0.2
/** Of a few files more must have it: what three of eight have in common may be the heading `Conclusion`. */
const minShareOfFew = 0.5
/** As many files with a line are no accident, where they are its share. */
const manyFiles = 10
/** Longer lines are an article's own words, however often they are printed. */
const maxLineLength = 400

/** The lines of a text that may be boilerplate, as hashes (32 bits), each once: what is counted takes little room. */
export function lineHashes(text: string): Uint32Array {
  return new Uint32Array(new Set(Array.from(shortLines(text), hashOfLine)))
}

/** The lines (trimmed) of a text that have these hashes. */
export function linesWith(text: string, hashes: ReadonlySet<number>): Map<number, string> {
  const found = new Map<number, string>()
  for (const line of shortLines(text)) {
    const hash = hashOfLine(line)
    if (hashes.has(hash)) found.set(hash, line)
  }
  return found
}

/**
 * The lines that repeat across files of one source, so that they are not one article's own.
 * @param files the hashes of each one's lines
 * @param whole whether the source is all there is, and not one directory among others
 */
export function repeatedHashes(files: readonly Uint32Array[], whole: boolean): Set<number> {
  const share = Math.ceil(files.length * minShare)
  const ofFew = whole ? 0 : Math.min(Math.ceil(files.length * minShareOfFew), manyFiles)
  const minCount = Math.max(minFiles, share, ofFew)
  const counts = new Map<number, number>()
  for (const hashes of files) for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  return new Set([...counts].flatMap(([hash, count]) => (count >= minCount ? [hash] : [])))
}

function* shortLines(text: string): Iterable<string> {
  for (const row of text.split('\n')) {
    const line = row.trim()
    if (line && line.length <= maxLineLength) yield line
  }
}

const hashOfLine = (line: string) => scramble(fnv1a(line))
