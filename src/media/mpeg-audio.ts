import type { MediaFacts } from '../model/media-facts.ts'
import { isId3, readId3 } from './id3.ts'
import { lettersAt, type MediaBytes, type MediaFile } from './media-bytes.ts'
import { factsOf, rounded } from './media-facts.ts'

/** One frame's header (ISO/IEC 11172-3 §2.4.1.3, 13818-3; for ADTS 13818-7 §6.2). */
interface FrameHead {
  /** Bytes, header included. */
  length: number
  samples: number
  rate: number
  /** What stays the same from frame to frame in one stream. */
  kind: number
  bitrate: number
  /** Bytes from the header to where a Xing header would be; 0 where there can be none. */
  xing: number
}

const bitrates = {
  v1l1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l23: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const rates = [[11_025, 12_000, 8_000], [], [22_050, 24_000, 16_000], [44_100, 48_000, 32_000]]
const adtsRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
]

function frameHead(view: DataView, at: number): FrameHead | null {
  if (at + 7 > view.byteLength) return null
  const word = view.getUint32(at)
  if (word >>> 21 !== 0x7ff) return null
  const layer = 4 - ((word >>> 17) & 3)
  return layer === 4 ? adtsHead(view, at, word) : mpegHead(word, layer)
}

function mpegHead(word: number, layer: number): FrameHead | null {
  const version = (word >>> 19) & 3
  const index = (word >>> 12) & 15
  const rate = rates[version]?.[(word >>> 10) & 3]
  const table = version === 3 ? (`v1l${layer}` as 'v1l1') : layer === 1 ? 'v2l1' : 'v2l23'
  const kilobits = bitrates[table][index]
  if (version === 1 || index === 0 || kilobits === undefined || rate === undefined) return null
  const bitrate = kilobits * 1000
  const padding = (word >>> 9) & 1
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152
  const length =
    layer === 1
      ? (Math.floor((12 * bitrate) / rate) + padding) * 4
      : Math.floor(((samples / 8) * bitrate) / rate) + padding
  const mono = ((word >>> 6) & 3) === 3
  const side = version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17
  return { length, samples, rate, kind: (word >>> 17) & 0xf, bitrate, xing: layer === 3 ? 4 + side : 0 }
}

function adtsHead(view: DataView, at: number, word: number): FrameHead | null {
  const rate = adtsRates[(word >>> 10) & 15]
  const length = ((word & 3) << 11) | (view.getUint16(at + 4) >>> 5)
  if (rate === undefined || length < 7) return null
  return { length, samples: 1024, rate, kind: 0x10, bitrate: 0, xing: 0 }
}

/** Bytes that are searched for the first frame: some programs leave room behind their tags. */
const searched = 65_536
/** Bytes of frames of one bitrate after which the rest is reckoned: seventeen minutes of speech. */
const enough = 16_000_000
const step = 1_048_576

/** MP3 (and its older layers, and AAC without a container); null where the bytes are no such sound. */
export async function readMpegAudio(bytes: MediaBytes, file: MediaFile): Promise<MediaFacts | null> {
  let start = 0
  let tag: Awaited<ReturnType<typeof readId3>> = null
  // A second tag, left by a program that did not see the first.
  while (isId3(await bytes.upTo(start, 10))) {
    const found = await readId3(bytes.part(start, bytes.size - start))
    if (!found) break
    tag ??= found
    start += found.end
  }
  const first = await firstFrame(bytes, start)
  if (!first) return null
  const type = first.head.kind === 0x10 ? 'audio/aac' : 'audio/mpeg'
  const said = await headerSays(bytes, first.at, first.head)
  const length = said ?? (await countFrames(file, first.at, first.head))
  const { tags, chapters, cover } = tag ?? {}
  return factsOf(type, { ...(tag && { tags, chapters, cover }), ...length })
}

/** Two frames that follow each other: one may be chance. The last of a file has no second. */
async function firstFrame(bytes: MediaBytes, start: number): Promise<{ at: number; head: FrameHead } | null> {
  const area = await bytes.upTo(start, searched)
  const view = new DataView(area.buffer, area.byteOffset, area.byteLength)
  for (let at = 0; at + 7 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0xff) continue
    const head = frameHead(view, at)
    if (!head) continue
    const next = await bytes.upTo(start + at + head.length, 7)
    const follows = next.length === 7 ? frameHead(new DataView(next.buffer, next.byteOffset, 7), 0) : null
    const isLast = start + at + head.length === bytes.size
    if (isLast || (follows && follows.kind === head.kind && follows.rate === head.rate))
      return { at: start + at, head }
  }
  return null
}

/** Xing's, Info's or VBRI's count of frames; null where there is none. */
async function headerSays(
  bytes: MediaBytes,
  at: number,
  { xing, samples, rate }: FrameHead,
): Promise<Pick<MediaFacts, 'duration' | 'cut'> | null> {
  if (xing === 0) return null
  const head = await bytes.upTo(at, 64)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (view.byteLength < 64) return null
  let frames = 0
  let length = 0
  if (/^(?:Xing|Info)$/.test(lettersAt(view, xing))) {
    const flags = view.getUint32(xing + 4)
    if (flags & 1) frames = view.getUint32(xing + 8)
    if (flags & 2) length = view.getUint32(xing + 8 + (flags & 1 ? 4 : 0))
  } else if (lettersAt(view, 36) === 'VBRI') {
    length = view.getUint32(36 + 10)
    frames = view.getUint32(36 + 14)
  }
  if (frames === 0) return null
  const left = bytes.size - at
  // A cut file keeps its header: of what it says, so much is left as there are bytes. Tags behind the sound are no matter.
  const cut = length > 0 && left < length * 0.98
  return { duration: rounded(((frames * samples) / rate) * (cut ? left / length : 1)), cut }
}

/** Frame after frame. While all have one bitrate, a part tells for the rest. */
async function countFrames(
  file: MediaFile,
  start: number,
  { kind, rate, bitrate }: FrameHead,
): Promise<Pick<MediaFacts, 'duration' | 'cut'>> {
  let seconds = 0
  let at = start
  let constant = bitrate > 0
  let lost = 0
  while (at < file.size && lost < searched) {
    const chunk = await file.read(at, step)
    if (chunk.length === 0) break
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let inside = 0
    while (inside + 7 <= view.byteLength && lost < searched) {
      const head = view.getUint8(inside) === 0xff ? frameHead(view, inside) : null
      if (!head || head.kind !== kind || head.rate !== rate) {
        inside++
        lost++
        continue
      }
      lost = 0
      if (head.bitrate !== bitrate) constant = false
      // The last frame counts for as much as is there.
      const there = Math.min(1, (file.size - at - inside) / head.length)
      seconds += (there * head.samples) / head.rate
      inside += head.length
    }
    if (inside === 0) break
    at += Math.min(inside, Math.max(chunk.length, inside))
    if (view.byteLength < step && at >= file.size - 7) break
    if (constant && at - start > enough) {
      seconds += ((file.size - at) * 8) / bitrate
      break
    }
  }
  return { duration: rounded(seconds), cut: false }
}
