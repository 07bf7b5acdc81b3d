import type { EmbeddedCover, MediaFacts } from '../model/media-facts.ts'
import { itemAt } from '../text/item-at.ts'
import { pictureAt } from './embedded-cover.ts'
import type { MediaBytes } from './media-bytes.ts'
import { factsOf, rounded } from './media-facts.ts'
import { pictureIn, readVorbisComments } from './vorbis-comments.ts'

const blocks = { streamInfo: 0, comments: 4, picture: 6 }

/** FLAC (RFC 9639 §8). @param start of the letters `fLaC` */
export async function readFlac(bytes: MediaBytes, start: number): Promise<MediaFacts> {
  const facts = factsOf('audio/flac')
  let cover: EmbeddedCover | null = null
  for (let at = start + 4, last = false; !last; ) {
    const head = await bytes.view(at, 4)
    last = (head.getUint8(0) & 0x80) !== 0
    const kind = head.getUint8(0) & 0x7f
    const length = head.getUint32(0) & 0xffffff
    at += 4
    if (kind === blocks.streamInfo)
      Object.assign(facts, await lengthOf(bytes, streamInfo(await bytes.view(at, 34))))
    if (kind === blocks.comments) {
      const pieces = [{ start: at, length }]
      Object.assign(facts, readVorbisComments(await bytes.upTo(at, length), pieces))
    }
    if (kind === blocks.picture) {
      const found = pictureIn(await bytes.upTo(at, Math.min(length, 1_024)))
      if (found && (!cover || found.kind === 3))
        cover = await pictureAt(bytes, at + found.start, found.length)
    }
    at += length
  }
  return { ...facts, cover: cover ?? facts.cover }
}

interface StreamInfo {
  rate: number
  /** 0: nobody knew. */
  samples: number
  /** Samples of a block; 0 where blocks differ. */
  block: number
  /** Bytes of the largest frame; 0: unknown. */
  largest: number
}

/** §8.2 */
function streamInfo(view: DataView): StreamInfo {
  const [least, most] = [view.getUint16(0), view.getUint16(2)]
  return {
    rate: view.getUint32(10) >>> 12,
    samples: (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14),
    block: least === most ? most : 0,
    largest: view.getUint32(6) & 0xffffff,
  }
}

/** The header says how much there was; the number of the last frame that has begun, how much there is. */
async function lengthOf(
  bytes: MediaBytes,
  { rate, samples, block, largest }: StreamInfo,
): Promise<Pick<MediaFacts, 'duration' | 'cut'>> {
  if (rate === 0) return { duration: null, cut: false }
  const tail = Math.min(2 * (largest || 16_384) + 64, 131_072)
  const last = block > 0 ? lastFrameIn(await bytes.upTo(Math.max(0, bytes.size - tail), tail)) : null
  const there = last === null ? null : last * block
  if (samples === 0) return { duration: there === null ? null : rounded(there / rate), cut: false }
  const cut = there !== null && there + block < samples
  return { duration: rounded((cut ? there : samples) / rate), cut }
}

/** The number of the last frame whose header stands in these bytes and agrees with its check (§9.1). */
function lastFrameIn(bytes: Uint8Array): number | null {
  for (let at = bytes.length - 6; at >= 0; at--) {
    if (bytes[at] !== 0xff || bytes[at + 1] !== 0xf8) continue
    const [number, after] = codedNumber(bytes, at + 4)
    if (number === null) continue
    const sizeAndRate = itemAt(bytes, at + 2)
    const size = sizeAndRate >>> 4
    const rate = sizeAndRate & 15
    const end =
      after + (size === 6 ? 1 : size === 7 ? 2 : 0) + (rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0)
    if (end < bytes.length && crc8(bytes.subarray(at, end)) === bytes[end]) return number
  }
  return null
}

/** As UTF-8 codes characters. */
function codedNumber(bytes: Uint8Array, at: number): [number: number | null, after: number] {
  const first = bytes[at] ?? 0xff
  const ones = Math.clz32(~(first << 24))
  if (ones === 0) return [first, at + 1]
  if (ones === 1 || ones > 7) return [null, at]
  let number = first & (0xff >> (ones + 1))
  for (let index = 1; index < ones; index++) number = number * 64 + ((bytes[at + index] ?? 0) & 0x3f)
  return [number, at + ones]
}

function crc8(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff
  }
  return crc
}
