import type { FramePlace } from '../model/reading.ts'
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
/** So much of what a file shares with others must it share with a neighbour to be of the same source. */
const minKinship = 0.25
/** How much closer kin are looked for within a source, how close at most, and how much more of the frames they must tell. */
const closerBy = 1.15
const maxKinship = 0.9
const minMoreTold = 1.2
/** A source among closer kin has so many files, and they so many lines of its frame. */
const minCloserFiles = 5
const minCloserLines = 6
/** So much of what files have in common do nearly all of them have, where they are of one source. */
const minOfAll = 0.6
/** How much less a line weighs the more files have it: by this power of their number. */
const scarcity = 0.6
/** So much of a file's prose stands in another: they are copies, and speak with one voice. */
const minCopied = 0.5
/** In so many of its files a line must stand before or behind the article to be of the page's frame. */
const minInFrame = 0.8
/** A frame's border is a label that so many pages of the source have, of those with its commonest one. */
const minOfBorder = 0.9
/** So much of a file's own prose may stand on the other side: a lead, teasers, a reader's comment. */
const maxOwnBefore = 0.1
const maxOwnBehind = 0.3

/** The lowest two bits of a line's hash say what it looks like. */
const kindBits = 3
const short = 0
const sentence = 1
const long = 2
/** Short, and ends as sentences do: no label of a page. */
const said = 3

/** The lines of a text as hashes (32 bits) in their order, each once: what is counted takes little room. */
export function lineHashes(text: string): Uint32Array {
  const hashes = new Set<number>()
  for (const line of trimmedLines(text)) hashes.add(hashOfLine(line))
  return new Uint32Array(hashes)
}

/** The lines (trimmed) of a text that have these hashes. */
export function linesWith(text: string, hashes: ReadonlySet<number>): Map<number, string> {
  const found = new Map<number, string>()
  for (const line of trimmedLines(text)) {
    const hash = hashOfLine(line)
    if (hashes.has(hash)) found.set(hash, line)
  }
  return found
}

/** Lines that the pages of one source have in common, by their hashes, and where they stand. */
export type SourceHashes = ReadonlyMap<number, CommonPlace>

export interface CommonPlace {
  place: FramePlace
  /** The side of the article on which it stands: `place`, if it is known to be of a page's frame by what it says. */
  side: FramePlace
}

/**
 * The sources of a heap of files, found by what the files share, and what each source's pages have in common besides their
 * articles. Files that are copies of each other count as one. Linear in the number of lines.
 * @param files the hashes of each one's lines, in their order
 */
export function sourcesAmong(files: readonly Uint32Array[]): SourceHashes[] {
  return sourcesIn(withoutCopies(files), minKinship).map(({ common }) => common)
}

interface FoundSource {
  common: SourceHashes
  /** How many lines of its files' frames it tells. */
  told: number
}

/**
 * Sources that share what they print (an agency's reports, translations of one text) are found as one first: where closer
 * kin tell clearly more of the frames, they are sources of their own.
 */
function sourcesIn(files: readonly Uint32Array[], kinship: number): FoundSource[] {
  return kinOf(files, hash => (hash & kindBits) !== long, minFiles, kinship).flatMap(group => {
    if (group.length < minFiles) return []
    const own = group.flatMap(at => files[at] ?? [])
    const common = commonOf(own)
    const { told, isOne } = toldOf(own, common)
    const closer = kinship * closerBy
    const parts = isOne || closer > maxKinship || own.length < 2 * minFiles ? [] : sourcesIn(own, closer)
    const toldByParts = parts.reduce((sum, part) => sum + part.told, 0)
    if (parts.length > 1 && toldByParts > told * minMoreTold) return parts
    // Of many sites' pages some have a share bar in common, and are no closer kin for it.
    const isSource =
      kinship === minKinship || (own.length >= minCloserFiles && told >= own.length * minCloserLines)
    return common.size > 0 && isSource ? [{ common, told }] : []
  })
}

/** How many lines of the files' frames are told, and whether nearly all files have most of what some have in common. */
function toldOf(files: readonly Uint32Array[], common: SourceHashes): { told: number; isOne: boolean } {
  const times = new Map<number, number>()
  for (const hashes of files) for (const hash of hashes) times.set(hash, (times.get(hash) ?? 0) + 1)
  let [told, shared, ofAll] = [0, 0, 0]
  for (const [hash, count] of times) {
    if (count < minFiles || (hash & kindBits) === long) continue
    shared += count
    if ((common.get(hash)?.place ?? 'amid') === 'amid') continue
    told += count
    if (count >= files.length * minInFrame) ofAll += count
  }
  return { told, isOne: ofAll >= shared * minOfAll }
}

/** Of files that are copies or near copies of each other the first. */
function withoutCopies(files: readonly Uint32Array[]): Uint32Array[] {
  const isProse = (hash: number) => isLong(hash & kindBits)
  return kinOf(files, isProse, 1, minCopied).flatMap(group => files[group[0] ?? 0] ?? [])
}

/**
 * Groups files that share lines. A line weighs more the fewer files have it: what all sites say is no kinship, and what
 * nobody else says speaks against one. Only neighbours in a line's list of files are compared, which are the same for most
 * lines of a source.
 */
function kinOf(
  files: readonly Uint32Array[],
  counts: (hash: number) => boolean,
  least: number,
  minShared: number,
): number[][] {
  const holders = new Map<number, number[]>()
  for (const [at, hashes] of files.entries())
    for (const hash of hashes) {
      if (!counts(hash)) continue
      const known = holders.get(hash)
      if (known) known.push(at)
      else holders.set(hash, [at])
    }
  const totals = new Float64Array(files.length)
  const shared = new Map<number, number>()
  for (const list of holders.values()) {
    if (list.length < least) continue
    const weight = list.length ** -scarcity
    // That a neighbour does not have what hardly any file has (a link to one article) says little against it.
    const against = least > 1 ? weight * Math.min(1, list.length / manyFiles) : weight
    for (const [place, at] of list.entries()) {
      totals[at] = (totals[at] ?? 0) + against
      const before = list[place - 1]
      if (before === undefined) continue
      const pair = before * files.length + at
      shared.set(pair, (shared.get(pair) ?? 0) + weight)
    }
  }
  const heads = files.map((_, at) => at)
  for (const [pair, weight] of shared) {
    const [one, other] = [Math.floor(pair / files.length), pair % files.length]
    const less = Math.min(totals[one] ?? 0, totals[other] ?? 0)
    if (weight >= less * minShared) join(heads, one, other)
  }
  const groups = new Map<number, number[]>()
  for (const at of heads.keys()) {
    const head = headOf(heads, at)
    const known = groups.get(head)
    if (known) known.push(at)
    else groups.set(head, [at])
  }
  return [...groups.values()]
}

function headOf(heads: number[], at: number): number {
  let head = at
  for (let above = heads[head] ?? head; above !== head; above = heads[head] ?? head) {
    heads[head] = heads[above] ?? above
    head = above
  }
  return head
}

/** The smaller number is the head: who comes first in the list. */
function join(heads: number[], one: number, other: number): void {
  const [a, b] = [headOf(heads, one), headOf(heads, other)]
  heads[Math.max(a, b)] = Math.min(a, b)
}

/**
 * What the files of one source have in common. A frame begins and ends with labels that nearly all of its pages have:
 * what an author repeats before the text (a greeting) or behind it (a standing heading, a farewell) lies between them.
 */
function commonOf(files: readonly Uint32Array[]): SourceHashes {
  const minCount = Math.max(
    minFiles,
    Math.ceil(files.length * minShare),
    Math.min(Math.ceil(files.length * minShareOfFew), manyFiles),
  )
  const counts = new Map<number, number>()
  for (const hashes of files) for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  const isCommon = (hash: number) => (counts.get(hash) ?? 0) >= minCount
  const sides = files.map(hashes => sidesOf(hashes, isCommon))
  const all = (side: keyof Sides) => sides.map(of => of[side])
  const before = inFrame(all('before'), counts, true)
  const behind = inFrame(all('behind'), counts, false)
  const found = new Map<number, CommonPlace>()
  for (const hash of counts.keys()) {
    if (!isCommon(hash) || (hash & kindBits) === long) continue
    const side = before.has(hash) ? 'before' : behind.has(hash) ? 'behind' : 'amid'
    const isBeyond = before.get(hash) || behind.get(hash)
    if (side !== 'amid' || !isLong(hash & kindBits))
      found.set(hash, { place: isBeyond ? side : 'amid', side })
  }
  return found
}

/** A file's common lines that stand before nearly all of its own prose, and behind it, in their order. */
interface Sides {
  before: number[]
  behind: number[]
}

function sidesOf(hashes: Uint32Array, isCommon: (hash: number) => boolean): Sides {
  const isOwn = (hash: number) => isLong(hash & kindBits) && !isCommon(hash)
  const own = hashes.filter(isOwn).length
  const sides: Sides = { before: [], behind: [] }
  let passed = 0
  let underOwn = false
  for (const [at, hash] of hashes.entries()) {
    if (isOwn(hash)) passed++
    else if (!isCommon(hash)) underOwn = true
    else if (passed <= own * maxOwnBefore) {
      // Under the headline one label over a sentence is a heading.
      const [last = hash, next = hash] = [hashes[at - 1], hashes[at + 1]]
      const heads = isLong(next & kindBits) && (isLong(last & kindBits) || !isCommon(last))
      if (!underOwn || !heads) sides.before.push(hash)
    } else if (own - passed <= own * maxOwnBehind) {
      // What heads prose of the article's own is its heading.
      if (!isOwn(hashes[at + 1] ?? 0)) sides.behind.push(hash)
    }
  }
  return sides
}

/**
 * The lines that stand on one side in nearly all files that have them, and whether they do so beyond the frame's border.
 * @param isBefore whether the border is the last line of the frame, else the first
 */
function inFrame(
  files: readonly (readonly number[])[],
  counts: ReadonlyMap<number, number>,
  isBefore: boolean,
): ReadonlyMap<number, boolean> {
  const on = new Map<number, number>()
  for (const hashes of files) for (const hash of hashes) on.set(hash, (on.get(hash) ?? 0) + 1)
  const isMostly = (hash: number, times: number) => times >= (counts.get(hash) ?? 0) * minInFrame
  let most = 0
  for (const [hash, times] of on)
    if ((hash & kindBits) === short && isMostly(hash, times)) most = Math.max(most, times)
  const isBorder = (hash: number) => {
    const times = on.get(hash) ?? 0
    return (hash & kindBits) === short && times >= most * minOfBorder && isMostly(hash, times)
  }
  const beyond = new Map<number, number>()
  for (const hashes of files) {
    const outer = isBefore
      ? hashes.slice(0, hashes.findLastIndex(isBorder) + 1)
      : hashes.slice(hashes.findIndex(isBorder))
    if (hashes.some(isBorder)) for (const hash of outer) beyond.set(hash, (beyond.get(hash) ?? 0) + 1)
  }
  const lines = [...on].filter(([hash, times]) => isMostly(hash, times))
  return new Map(lines.map(([hash]) => [hash, isMostly(hash, beyond.get(hash) ?? 0)]))
}

function* trimmedLines(text: string): Iterable<string> {
  for (const row of text.split('\n')) {
    const line = row.trim()
    // Brackets and marks of listings are everywhere and nobody's.
    if (/\p{L}{2}/u.test(line)) yield line
  }
}

/** How sentences end; a teaser is cut off. */
const closed = /(?<!\.\.)[.!?。！？؟۔]["'”’»“)\]]*$/u
/** In Latin letters: an ideograph says as much as some of them. */
const minSentence = 60
const lettersInIdeograph = 2.5
const ideographs = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu

/** Whether a line is a whole sentence of some length: prose, and no label. */
export function isSentence(line: string): boolean {
  if (line.length < minSentence / lettersInIdeograph || !closed.test(line.slice(-6))) return false
  if (line.length >= minSentence) return true
  const wide = line.match(ideographs)?.length ?? 0
  return line.length + wide * (lettersInIdeograph - 1) >= minSentence
}

const isLong = (kind: number) => kind === sentence || kind === long

/** How short remarks end, a picture behind them. */
const saidEnd = /(?<!\.\.)[.!?。！？؟۔]["'”’»“)\]]*(?:\s*\p{Extended_Pictographic}\ufe0f?)*$/u

function hashOfLine(line: string): number {
  const isSaid = saidEnd.test(line.slice(-16))
  const kind = line.length > maxLineLength ? long : isSentence(line) ? sentence : isSaid ? said : short
  return ((scramble(fnv1a(line)) & ~kindBits) | kind) >>> 0
}
