import { BroadsheetError } from '../model/errors.ts'
/** A file that is read in parts. Rejects where it can't be read. */
export interface MediaFile {
  /** Bytes. */
  size: number
  /** `length` bytes from `start`, fewer only where the file ends. */
  read(start: number, length: number): Promise<Uint8Array>
}

/** More of a file's notes was asked for than is read of any: it is damaged, or made to keep us busy. */
export class TooMuchError extends BroadsheetError {
  override readonly name = 'TooMuchError'
}

/** Bytes of headers and tags that are read of one file at most; frames that have to be counted come beyond. */
const mostNotes = 512_000
const windowSize = 16_384

/** Looks at a file here and there, keeping the part it looked at last. */
export interface MediaBytes {
  size: number
  /** A view of `length` bytes; throws a RangeError where the file ends before. */
  view(start: number, length: number): Promise<DataView>
  /** So many as there are. */
  upTo(start: number, length: number): Promise<Uint8Array>
  /** A part of the file as a file. */
  part(start: number, length: number): MediaBytes
}

export function createMediaBytes(file: MediaFile, most = mostNotes): MediaBytes {
  let known: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) }
  let read = 0

  async function upTo(start: number, wanted: number): Promise<Uint8Array> {
    const length = Math.max(0, Math.min(wanted, file.size - start))
    const offset = start - known.start
    if (offset >= 0 && offset + length <= known.bytes.length)
      return known.bytes.subarray(offset, offset + length)
    const asked = Math.min(Math.max(length, windowSize), file.size - start)
    read += asked
    if (read > most) throw new TooMuchError(`more than ${most} bytes of notes`)
    known = { start, bytes: await file.read(start, asked) }
    return known.bytes.subarray(0, length)
  }
  return within(upTo, 0, file.size)
}

/** The same for bytes that are all there. */
export function bytesInMemory(bytes: Uint8Array): MediaBytes {
  return within(async (start, length) => bytes.subarray(start, start + length), 0, bytes.length)
}

function within(upTo: MediaBytes['upTo'], from: number, size: number): MediaBytes {
  const inside: MediaBytes['upTo'] = (start, length) =>
    upTo(from + start, Math.max(0, Math.min(length, size - start)))
  return {
    size,
    upTo: inside,
    async view(start, length) {
      const bytes = await inside(start, length)
      if (bytes.length < length) throw new RangeError('the file ends')
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },
    part: (start, length) => within(upTo, from + start, Math.min(length, size - start)),
  }
}

/** Four letters of a box, or a mark at the beginning of a file. */
export function lettersAt(view: DataView, at: number, length = 4): string {
  let letters = ''
  for (let index = 0; index < length; index++) letters += String.fromCharCode(view.getUint8(at + index))
  return letters
}

export function bytesOf(view: DataView, start = 0, end = view.byteLength): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, Math.max(0, end - start))
}

const utf8 = new TextDecoder()

/** UTF-8 up to the first NUL. */
export function utf8Text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return utf8.decode(end === -1 ? bytes : bytes.subarray(0, end)).trim()
}
