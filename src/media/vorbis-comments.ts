import type { EmbeddedCover, MediaFacts } from '../model/media-facts.ts'
import { imageSize } from './image-size.ts'
import { chapterOf, countOf, inOrder } from './media-facts.ts'

/**
 * The notes of Vorbis, Opus and FLAC (https://xiph.org/vorbis/doc/v-comment.html), with the chapters that people write into
 * them (`CHAPTER001=00:01:00.000`, `CHAPTER001NAME=Intro`).
 * @param bytes from the vendor's length on; they may end too soon, which costs what was cut
 */
export function readVorbisComments(bytes: Uint8Array): Pick<MediaFacts, 'tags' | 'chapters' | 'cover'> {
  const texts = commentsIn(bytes)
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
    cover: encodedCover(texts.get('METADATA_BLOCK_PICTURE')),
  }
}

function commentsIn(bytes: Uint8Array): Map<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts = new Map<string, string>()
  if (view.byteLength < 8) return texts
  const utf8 = new TextDecoder()
  let at = 4 + view.getUint32(0, true)
  if (at + 4 > view.byteLength) return texts
  const count = view.getUint32(at, true)
  at += 4
  for (let index = 0; index < count && at + 4 <= view.byteLength; index++) {
    const length = view.getUint32(at, true)
    at += 4
    const [, name, value] = /^([\x20-\x7d]+?)=(.*)$/s.exec(utf8.decode(bytes.subarray(at, at + length))) ?? []
    if (name && value?.trim() && !texts.has(name.toUpperCase())) texts.set(name.toUpperCase(), value.trim())
    at += length
  }
  return texts
}

/**
 * A picture within a comment is in Base64, and lies in no one piece of the file that could be served: its size is known,
 * and `start` is -1.
 */
function encodedCover(text: string | undefined): EmbeddedCover | null {
  if (!text) return null
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s+/g, '')), letter => letter.charCodeAt(0))
    const picture = pictureIn(bytes)
    if (!picture) return null
    const size = imageSize(bytes.subarray(picture.start))
    return (
      size && { type: size.type, start: -1, length: picture.length, width: size.width, height: size.height }
    )
  } catch {
    return null
  }
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
  const [, hours, minutes, seconds] = /^(\d+):([0-5]?\d):([0-5]?\d(?:[.,]\d+)?)$/.exec(text.trim()) ?? []
  if (hours === undefined) return null
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds!.replace(',', '.'))
}
