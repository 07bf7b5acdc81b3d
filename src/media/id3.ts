import type { Chapter, EmbeddedCover, MediaTags } from '../model/media-facts.ts'
import { pictureAt, withoutStuffing } from './embedded-cover.ts'
import { imageSize } from './image-size.ts'
import { bytesInMemory, lettersAt, type MediaBytes } from './media-bytes.ts'
import { chapterOf, countOf, inOrder, noTags } from './media-facts.ts'

/** What an ID3v2 tag at the beginning of a file says; https://id3.org/id3v2.4.0-structure and -frames. */
export interface Id3Tag {
  /** Where the sound begins. */
  end: number
  tags: MediaTags
  chapters: Chapter[]
  cover: EmbeddedCover | null
}

interface Frame {
  id: string
  start: number
  length: number
  /** Null where its bytes are as they are; else how many they are once they are plain (ID3v2.4 §4.1.2); 0: nobody says. */
  plainLength: number | null
}

/** Of a tag that is unsynchronised as a whole, so much is read; a larger picture is left out. */
const longestStuffed = 400_000
/** Texts longer than this are no titles and no notes. */
const longestText = 65_536

/** Null where there is none. */
export async function readId3(bytes: MediaBytes): Promise<Id3Tag | null> {
  const head = await bytes.upTo(0, 10)
  if (head.length < 10 || !isId3(head)) return null
  const header = new DataView(head.buffer, head.byteOffset, 10)
  const [version, flags] = [header.getUint8(3), header.getUint8(5)]
  const size = syncsafe(header.getUint32(6))
  const end = 10 + size + (flags & 0x10 ? 10 : 0)
  if (version < 2 || version > 4) return { end, tags: noTags, chapters: [], cover: null }
  // §6.1: before version 2.4 the whole tag is unsynchronised, its sizes being those of the plain one.
  const whole = flags & 0x80 && version < 4
  const stuffed = whole ? (await bytes.upTo(10, Math.min(size, longestStuffed))).slice() : null
  const plain = stuffed ? bytesInMemory(withoutStuffing(stuffed)) : bytes.part(10, size)
  const start = flags & 0x40 && version > 2 ? await extendedHeaderEnd(plain, version) : 0
  const frames = await framesOf(plain, start, version)
  const texts = await textsOf(plain, frames)
  return {
    end,
    tags: tagsOf(texts),
    chapters: inOrder(await chaptersOf(plain, frames, version)),
    cover: stuffedCover(await coverOf(plain, frames, 10, version), stuffed),
  }
}

/** Where a picture lies in the file, of which the plain tag is known. */
function stuffedCover(cover: EmbeddedCover | null, stuffed: Uint8Array | null): EmbeddedCover | null {
  const [piece] = cover?.pieces ?? []
  if (!cover || !piece || !stuffed) return cover
  const ends: number[] = []
  const wanted = [piece.start - 10, piece.start - 10 + piece.length]
  for (let at = 0, plain = 0; at <= stuffed.length && ends.length < 2; at++) {
    if (stuffed[at] === 0 && stuffed[at - 1] === 0xff) continue
    if (plain === wanted[ends.length]) ends.push(at)
    plain++
  }
  const [start = 0, end = stuffed.length] = ends
  return { ...cover, pieces: [{ start: 10 + start, length: end - start }], coding: 'unsynchronised' }
}

async function extendedHeaderEnd(tag: MediaBytes, version: number): Promise<number> {
  const size = (await tag.view(0, 4)).getUint32(0)
  return version === 4 ? syncsafe(size) : size + 4
}

/** Headers alone: a picture of megabytes is stepped over. */
async function framesOf(tag: MediaBytes, start: number, version: number): Promise<Frame[]> {
  const frames: Frame[] = []
  const [idLength, headLength] = version === 2 ? [3, 6] : [4, 10]
  for (let at = start; at + headLength <= tag.size; ) {
    const head = await tag.view(at, headLength)
    const id = lettersAt(head, 0, idLength)
    if (!/^[A-Z\d]+$/.test(id)) break
    const length = version === 2 ? head.getUint32(2) & 0xffffff : await frameLength(tag, at, head, version)
    at += headLength
    if (length <= 0 || at + length > tag.size) break
    const flags = version === 2 ? 0 : head.getUint16(8)
    // Compressed and encrypted frames are nobody's in podcasts.
    const hidden = version === 4 ? flags & 0x0c : flags & 0xc0
    const skipped = version === 4 && flags & 0x01 ? 4 : 0
    const isStuffed = version === 4 && (flags & 0x02) !== 0
    const said = isStuffed && skipped > 0 ? syncsafe((await tag.view(at, 4)).getUint32(0)) : 0
    if (!hidden)
      frames.push({
        id,
        start: at + skipped,
        length: length - skipped,
        plainLength: isStuffed ? said : null,
      })
    at += length
  }
  return frames
}

/** Some programs wrote plain sizes into tags of version 2.4: the one after which another frame begins is meant. */
async function frameLength(tag: MediaBytes, at: number, head: DataView, version: number): Promise<number> {
  const plain = head.getUint32(4)
  if (version < 4 || plain < 0x80) return plain
  const safe = syncsafe(plain)
  if (safe === plain || (plain & 0x80808080) !== 0) return plain & 0x80808080 ? plain : safe
  const follows = async (length: number) => {
    const next = await tag.upTo(at + 10 + length, 4)
    return next.length < 4 || next[0] === 0 || next.every(isFrameLetter)
  }
  return (await follows(safe)) || !(await follows(plain)) ? safe : plain
}

const isFrameLetter = (byte: number) => (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57)

const namesOf22: Record<string, string> = {
  TT2: 'TIT2',
  TP1: 'TPE1',
  TAL: 'TALB',
  TRK: 'TRCK',
  TPA: 'TPOS',
  TYE: 'TYER',
  TDA: 'TDAT',
  COM: 'COMM',
  PIC: 'APIC',
}

const textFrames = new Set([
  'TIT2',
  'TPE1',
  'TALB',
  'TRCK',
  'TPOS',
  'TDRL',
  'TDRC',
  'TYER',
  'TDAT',
  'TDES',
  'COMM',
  'TXXX',
])

async function textsOf(tag: MediaBytes, frames: Frame[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const { id: written, start, length, plainLength } of frames) {
    const id = namesOf22[written] ?? written
    if (!textFrames.has(id) || length > longestText) continue
    const found = await tag.upTo(start, length)
    const content = plainLength === null ? found : withoutStuffing(found)
    const [encoding = 0] = content
    if (id === 'TXXX') {
      const [name = '', value = ''] = textList(content.subarray(1), encoding)
      texts.set(`TXXX:${name.toLowerCase()}`, value)
      continue
    }
    // A comment has its language and a short name before it; named ones are programs' own.
    const [first = '', second = ''] = textList(content.subarray(id === 'COMM' ? 4 : 1), encoding)
    const text = id === 'COMM' ? (first === '' ? second : '') : first
    if (text.trim() !== '' && !texts.has(id)) texts.set(id, text.trim())
  }
  return texts
}

function tagsOf(texts: Map<string, string>): MediaTags {
  const text = (...ids: string[]) => ids.map(id => texts.get(id)).find(Boolean) ?? null
  return {
    title: text('TIT2'),
    artist: text('TPE1'),
    album: text('TALB'),
    number: countOf(text('TRCK')),
    season: countOf(text('TPOS')),
    date: text('TDRL', 'TDRC', 'TXXX:date') ?? dayOf(text('TYER'), text('TDAT')),
    description: text('TDES', 'TXXX:description', 'COMM', 'TXXX:comment'),
  }
}

/** Version 2.3 has the year and `DDMM` apart. */
function dayOf(year: string | null, day: string | null): string | null {
  const [, date, month] = /^(\d\d)(\d\d)$/.exec(day ?? '') ?? []
  return year && date && /^\d{4}$/.test(year) ? `${year}-${month}-${date}` : year
}

/** `CHAP`; https://id3.org/id3v2-chapters-1.0 */
async function chaptersOf(tag: MediaBytes, frames: Frame[], version: number): Promise<Chapter[]> {
  const chapters: Chapter[] = []
  for (const { id, start, length } of frames) {
    if (id !== 'CHAP') continue
    const frame = tag.part(start, length)
    const names = (await frame.upTo(0, 256)).indexOf(0) + 1
    const milliseconds = (await frame.view(names, 4)).getUint32(0)
    const inner = await framesOf(frame, names + 16, version)
    const title = (await textsOf(frame, inner)).get('TIT2') ?? ''
    const link = inner.find(({ id }) => id === 'WXXX')
    const url = link && link.length < 4_096 ? linkOf(await frame.upTo(link.start, link.length)) : null
    chapters.push(chapterOf(milliseconds / 1000, title, url))
  }
  return chapters
}

/** A description in any encoding, then the address in Latin-1. */
function linkOf(content: Uint8Array): string | null {
  const end = textEnd(content.subarray(1), content[0] ?? 0)
  const url = decode(content.subarray(1 + end), 0).replace(/\0.*$/s, '')
  return /^https?:\/\//i.test(url) ? url : null
}

/** The front cover, else the first picture. */
async function coverOf(
  tag: MediaBytes,
  frames: Frame[],
  offset: number,
  version: number,
): Promise<EmbeddedCover | null> {
  let cover: EmbeddedCover | null = null
  for (const { id, start, length, plainLength } of frames) {
    if (id !== 'APIC' && id !== 'PIC') continue
    const found = await tag.upTo(start, Math.min(length, 1_024))
    const head = plainLength === null ? found : withoutStuffing(found)
    const mimeEnd = version === 2 ? 4 : head.indexOf(0, 1) + 1
    const kind = head[mimeEnd]
    const from = mimeEnd + 1 + textEnd(head.subarray(mimeEnd + 1), head[0] ?? 0)
    if (cover && kind !== 3) continue
    cover =
      plainLength === null
        ? await pictureAt(tag, start + from, length - from, offset)
        : await stuffedFrame(tag, { start, length, plainLength }, from, offset)
    if (kind === 3) break
  }
  return cover
}

/** A picture in a frame that is unsynchronised by itself. */
async function stuffedFrame(
  tag: MediaBytes,
  { start, length, plainLength }: { start: number; length: number; plainLength: number },
  skip: number,
  offset: number,
): Promise<EmbeddedCover | null> {
  if (plainLength <= skip || length > longestStuffed) return null
  const size = imageSize(withoutStuffing(await tag.upTo(start, Math.min(length, 65_536))).subarray(skip))
  if (!size) return null
  const { type, width, height } = size
  const pieces = [{ start: offset + start, length }]
  return { type, length: plainLength - skip, width, height, pieces, coding: 'unsynchronised', skip }
}

function syncsafe(size: number): number {
  return ((size >>> 3) & 0xfe00000) | ((size >>> 2) & 0x1fc000) | ((size >>> 1) & 0x3f80) | (size & 0x7f)
}

const encodings = ['windows-1252', 'utf-16', 'utf-16be', 'utf-8'] as const

function decode(bytes: Uint8Array, encoding: number): string {
  const name = encodings[encoding] ?? 'windows-1252'
  if (name !== 'utf-16') return new TextDecoder(name).decode(bytes)
  const big = bytes[0] === 0xfe && bytes[1] === 0xff
  return new TextDecoder(big ? 'utf-16be' : 'utf-16le').decode(bytes)
}

/** The strings of a frame, parted by NULs. */
function textList(bytes: Uint8Array, encoding: number): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = textEnd(bytes.subarray(at), encoding)
    texts.push(decode(bytes.subarray(at, at + end), encoding).replaceAll('\0', ''))
    at += end
  }
  return texts
}

/** Where the text that begins here has ended, its terminator included. */
function textEnd(bytes: Uint8Array, encoding: number): number {
  if (encoding !== 1 && encoding !== 2) return endOr(bytes.indexOf(0), bytes.length)
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at + 2
  return bytes.length
}

const endOr = (at: number, length: number) => (at === -1 ? length : at + 1)

/** An ID3 tag within another container (a chunk of a WAV file). */
export async function readId3Within(
  bytes: MediaBytes,
  start: number,
  length: number,
): Promise<Id3Tag | null> {
  const tag = await readId3(bytes.part(start, length))
  if (!tag?.cover) return tag
  const pieces = tag.cover.pieces.map(piece => ({ ...piece, start: piece.start + start }))
  return { ...tag, cover: { ...tag.cover, pieces } }
}

/** Whether bytes begin with a tag. */
export function isId3([i, d, three]: Uint8Array): boolean {
  return i === 0x49 && d === 0x44 && three === 0x33
}
