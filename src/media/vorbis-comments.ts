import type { EmbeddedCover, MediaFacts } from '../model/media-facts.ts'
import { captures } from '../text/captures.ts'
import { fromBase64 } from './embedded-cover.ts'
import { imageSize } from './image-size.ts'
import { chapterOf, countOf, inOrder } from './media-facts.ts'

/**
 * The notes of Vorbis, Opus and FLAC (https://xiph.org/vorbis/doc/v-comment.html), with the chapters that people write into
 * them (`CHAPTER001=00:01:00.000`, `CHAPTER001NAME=Intro`).
 * @param bytes from the vendor's length on; they may end too soon, which costs what was cut
 * @param pieces where those bytes lie in the file
 */
export function readVorbisComments(
  bytes: Uint8Array,
  pieces: EmbeddedCover['pieces'],
): Pick<MediaFacts, 'tags' | 'chapters' | 'cover'> {
  const { texts, pictures } = commentsIn(bytes)
  const text = (...names: string[]) => names.map(name => texts.get(name)).find(Boolean) ?? null
  return {
    tags: {
      title: text('TITLE'),
      artist: text('ARTIST', 'PERFORMER', 'ALBUMARTIST'),
      album: text('ALBUM'),
      number: countOf(text('TRACKNUMBER', 'TRACK')),
      season: countOf(text('DISCNUMBER', 'DISC')),
      date: text('DATE', 'YEAR'),
      description: text('DESCRIPTION', 'COMMENT', 'SYNOPSIS'),
    },
    chapters: inOrder(
      [...texts].flatMap(([name, value]) => {
        const number = /^CHAPTER(\d{2,4})$/.exec(name)?.[1]
        const start = number === undefined ? null : secondsIn(value)
        if (start === null) return []
        const url = texts.get(`CHAPTER${number}URL`) ?? null
        return [chapterOf(start, texts.get(`CHAPTER${number}NAME`) ?? '', url)]
      }),
    ),
    cover: frontCover(pictures.flatMap(place => encodedCover(bytes, place, pieces) ?? [])),
  }
}

type Place = EmbeddedCover['pieces'][number]

const pictureName = 'METADATA_BLOCK_PICTURE='

/** `pictures`: where the values of such comments lie in these bytes. */
function commentsIn(bytes: Uint8Array): { texts: Map<string, string>; pictures: Place[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts = new Map<string, string>()
  const pictures: Place[] = []
  if (view.byteLength < 8) return { texts, pictures }
  const utf8 = new TextDecoder()
  let at = 4 + view.getUint32(0, true)
  if (at + 4 > view.byteLength) return { texts, pictures }
  const count = view.getUint32(at, true)
  at += 4
  for (let index = 0; index < count && at + 4 <= view.byteLength; index++) {
    const length = view.getUint32(at, true)
    at += 4
    const start = utf8.decode(bytes.subarray(at, at + pictureName.length)).toUpperCase()
    if (start === pictureName) {
      if (at + length <= view.byteLength)
        pictures.push({ start: at + pictureName.length, length: length - pictureName.length })
      at += length
      continue
    }
    const [, name, value] = /^([\x20-\x7d]+?)=(.*)$/s.exec(utf8.decode(bytes.subarray(at, at + length))) ?? []
    if (name && value?.trim() && !texts.has(name.toUpperCase())) texts.set(name.toUpperCase(), value.trim())
    at += length
  }
  return { texts, pictures }
}

type Picture = EmbeddedCover & { kind: number }

/** The front cover, else the first picture. */
function frontCover(pictures: Picture[]): EmbeddedCover | null {
  const found = pictures.find(({ kind }) => kind === 3) ?? pictures[0]
  if (!found) return null
  const { kind: _, ...cover } = found
  return cover
}

/** A picture within a comment: FLAC's block of it in Base64. */
function encodedCover(bytes: Uint8Array, place: Place, pieces: Place[]): Picture | null {
  try {
    const block = fromBase64(bytes.subarray(place.start, place.start + place.length))
    const picture = pictureIn(block)
    const size = picture && imageSize(block.subarray(picture.start))
    if (!size || picture.start + picture.length > block.length) return null
    const { type, width, height } = size
    const { kind, length, start: skip } = picture
    return { kind, type, length, width, height, pieces: within(pieces, place), coding: 'base64', skip }
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

/** Where a part of something that lies in pieces lies. */
function within(pieces: Place[], { start, length }: Place): Place[] {
  let before = 0
  return pieces.flatMap(piece => {
    const from = Math.max(start - before, 0)
    const to = Math.min(start + length - before, piece.length)
    before += piece.length
    return from < to ? [{ start: piece.start + from, length: to - from }] : []
  })
}

/** FLAC's block of a picture: kind, type, description, sizes, bytes; RFC 9639 §8.8. */
export function pictureIn(block: Uint8Array): { start: number; length: number; kind: number } | null {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  if (view.byteLength < 32) return null
  const typeEnd = 8 + view.getUint32(4)
  if (typeEnd + 24 > view.byteLength) return null
  const sizes = typeEnd + 4 + view.getUint32(typeEnd)
  if (sizes + 20 > view.byteLength) return null
  return { start: sizes + 20, length: view.getUint32(sizes + 16), kind: view.getUint32(0) }
}

/** `00:01:02.500` in seconds. */
function secondsIn(text: string): number | null {
  const match = /^(\d+):([0-5]?\d):([0-5]?\d(?:[.,]\d+)?)$/.exec(text.trim())
  if (!match) return null
  const [hours, minutes, seconds] = captures(match, 3)
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
}
