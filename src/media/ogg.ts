import type { EmbeddedCover, MediaFacts } from '../model/media-facts.ts'
import { concatenated } from '../text/concatenated.ts'
import { lettersAt, type MediaBytes } from './media-bytes.ts'
import { factsOf, rounded } from './media-facts.ts'
import { readVorbisComments } from './vorbis-comments.ts'

/** One page (RFC 3533 §6). */
interface Page {
  serial: number
  /** Of the last packet that ends in it; -1n where none does. */
  granule: bigint
  continued: boolean
  last: boolean
  /** Where its packets' bytes begin, and how many there are. */
  start: number
  length: number
  segments: number[]
}

/** What its first packet says of a stream. */
interface Stream {
  serial: number
  type: string
  /** Ticks of the granule a second. */
  rate: number
  /** Ticks before the sound begins. */
  before: number
  /** Bytes before the comments in the second packet. */
  commentsAfter: number
}

/** Comments with a picture in them are long; what is beyond this is not read. With the windows around, it stays within what is read of a file. */
const longestComments = 390_000
/** Of a page with its head (RFC 3533 §6). */
const longestPage = 27 + 255 + 255 * 255
/** A page has 65,307 bytes at most. */
const tail = 65_536 + 4_096

/** Ogg with Opus, Vorbis or FLAC in it; null where no such stream is found. */
export async function readOgg(bytes: MediaBytes): Promise<MediaFacts | null> {
  const found = await firstStream(bytes)
  if (!found) return null
  const { stream, next, film } = found
  const comments = await secondPacket(bytes, next, stream)
  const said = readVorbisComments(comments.packet, comments.pieces)
  const end = await lastPage(bytes, stream.serial)
  const ticks = end.granule === null ? null : Number(end.granule) - stream.before
  return factsOf(film ? 'video/ogg' : 'audio/ogg', {
    ...said,
    ...film,
    duration: ticks === null || ticks <= 0 ? null : rounded(ticks / stream.rate),
    cut: end.cut,
    notesCut: comments.isLonger,
  })
}

async function firstStream(bytes: MediaBytes) {
  let film: { width: number; height: number } | null = null
  let stream: Stream | null = null
  let at = 0
  // Every stream's first page comes before any other (§4).
  for (let count = 0; count < 8; count++) {
    const page = await pageAt(bytes, at)
    if (!page) break
    const view = await bytes.view(page.start, Math.min(page.length, 64))
    const made = streamOf(view, page.serial)
    const isTheora = view.byteLength > 20 && lettersAt(view, 0, 7) === '\x80theora'
    if (!made && !isTheora && count > 0) break
    if (isTheora) film = { width: view.getUint16(10) * 16, height: view.getUint16(12) * 16 }
    stream ??= made
    at = page.start + page.length
  }
  return stream && { stream, film, next: at }
}

function streamOf(view: DataView, serial: number): Stream | null {
  const starts = (letters: string) =>
    view.byteLength >= letters.length && lettersAt(view, 0, letters.length) === letters
  // RFC 7845 §5.1: always 48 kHz.
  if (starts('OpusHead') && view.byteLength >= 19)
    return { serial, type: 'opus', rate: 48_000, before: view.getUint16(10, true), commentsAfter: 8 }
  if (starts('\x01vorbis') && view.byteLength >= 30)
    return { serial, type: 'vorbis', rate: view.getUint32(12, true), before: 0, commentsAfter: 7 }
  if (starts('\x7fFLAC') && view.byteLength >= 51)
    return { serial, type: 'flac', rate: view.getUint32(27) >>> 12, before: 0, commentsAfter: 4 }
  if (starts('Speex   ') && view.byteLength >= 64)
    return { serial, type: 'speex', rate: view.getUint32(36, true), before: 0, commentsAfter: 0 }
  return null
}

async function pageAt(bytes: MediaBytes, at: number): Promise<Page | null> {
  const head = await bytes.upTo(at, 27 + 255)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return pageIn(view, 0, at)
}

/** @param inFile where the view's first byte lies in the file */
function pageIn(view: DataView, at: number, inFile: number): Page | null {
  if (at + 27 > view.byteLength || lettersAt(view, at) !== 'OggS') return null
  const count = view.getUint8(at + 26)
  if (at + 27 + count > view.byteLength) return null
  const segments = Array.from({ length: count }, (_, index) => view.getUint8(at + 27 + index))
  return {
    serial: view.getUint32(at + 14, true),
    granule: view.getBigInt64(at + 6, true),
    continued: (view.getUint8(at + 5) & 1) !== 0,
    last: (view.getUint8(at + 5) & 4) !== 0,
    start: inFile + at + 27 + count,
    length: segments.reduce((sum, length) => sum + length, 0),
    segments,
  }
}

/** The packet that begins at the first page of a stream after its head, gathered from its pages; its comments alone. */
async function secondPacket(
  bytes: MediaBytes,
  from: number,
  { serial, commentsAfter }: Stream,
): Promise<{ packet: Uint8Array; pieces: EmbeddedCover['pieces']; isLonger: boolean }> {
  const parts: Uint8Array[] = []
  const pieces: EmbeddedCover['pieces'] = []
  let gathered = 0
  let isLonger = true
  for (let at = from; gathered < longestComments; ) {
    // What goes on over a page is long: the next page is read in one piece.
    if (pieces.length > 0) await bytes.upTo(at, longestPage)
    const page = await pageAt(bytes, at)
    // Where the file ends, or is damaged, there is no more of it.
    if (!page) {
      isLonger = false
      break
    }
    at = page.start + page.length
    if (page.serial !== serial) continue
    let length = 0
    let ended = false
    for (const segment of page.segments) {
      length += segment
      ended = segment < 255
      if (ended) break
    }
    // A window may move under what was read before.
    parts.push((await bytes.upTo(page.start, length)).slice())
    pieces.push({ start: page.start, length })
    gathered += length
    if (ended) {
      isLonger = false
      break
    }
  }
  const [first] = pieces
  if (first) pieces[0] = { start: first.start + commentsAfter, length: first.length - commentsAfter }
  return { packet: concatenated(parts).subarray(commentsAfter), pieces, isLonger }
}

/** The last complete page that says how far the stream has come. */
async function lastPage(
  bytes: MediaBytes,
  serial: number,
): Promise<{ granule: bigint | null; cut: boolean }> {
  const from = Math.max(0, bytes.size - tail)
  const end = await bytes.upTo(from, tail)
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength)
  let granule: bigint | null = null
  let cut = true
  for (let at = 0; at + 27 <= view.byteLength; ) {
    const page = view.getUint8(at) === 0x4f ? pageIn(view, at, from) : null
    if (!page) {
      at++
      continue
    }
    const complete = page.start + page.length <= bytes.size
    if (page.serial === serial && complete && page.granule >= 0n) granule = page.granule
    if (page.serial === serial) cut = !complete || !page.last
    at = page.start + page.length - from
  }
  return { granule, cut }
}
