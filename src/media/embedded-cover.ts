import type { EmbeddedCover } from '../model/media-facts.ts'
import { concatenated } from '../text/concatenated.ts'
import { imageHeaderBytes, imageSize } from './image-size.ts'
import type { MediaBytes } from './media-bytes.ts'

/** A picture that lies as it is somewhere in a file, measured. @param offset of these bytes in the file */
export async function pictureAt(
  bytes: MediaBytes,
  start: number,
  length: number,
  offset = 0,
): Promise<EmbeddedCover | null> {
  const size =
    imageSize(await bytes.upTo(start, Math.min(length, 16_384))) ??
    imageSize(await bytes.upTo(start, Math.min(length, imageHeaderBytes)))
  if (!size) return null
  const { type, width, height } = size
  return { type, length, width, height, pieces: [{ start: offset + start, length }], coding: null, skip: 0 }
}

/**
 * The picture itself, or a part of it. One that lies there as it is costs that part alone.
 * @param read bytes of the file
 */
export async function readEmbeddedCover(
  { pieces, coding, skip, length }: EmbeddedCover,
  read: (start: number, length: number) => Promise<Uint8Array>,
  range = { start: 0, end: length - 1 },
): Promise<Uint8Array> {
  const [piece] = pieces
  if (coding === null && piece) return read(piece.start + range.start, range.end - range.start + 1)
  const parts: Uint8Array[] = []
  for (const { start, length } of pieces) parts.push(await read(start, length))
  const written = concatenated(parts)
  const plain = coding === 'base64' ? fromBase64(written) : withoutStuffing(written)
  return plain.subarray(skip + range.start, skip + range.end + 1)
}

/** ID3v2 §6.1: `FF 00` stands for `FF`. */
export function withoutStuffing(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 0 && at > 0 && bytes[at - 1] === 0xff))
}

/** Throws where it is none. */
export function fromBase64(text: Uint8Array): Uint8Array {
  const letters = new TextDecoder('latin1').decode(text).replace(/\s+/g, '')
  return Uint8Array.from(atob(letters), letter => letter.charCodeAt(0))
}
