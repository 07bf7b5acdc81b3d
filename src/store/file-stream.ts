import type { ByteRange, MediaFile } from '../model/snapshot.ts'
import type { HeldShare } from './held-bytes.ts'

/** Bytes that show whether the file is still the one that was published. */
const firstBytes = 4 * 1024

/**
 * A part of a medium, read while it is sent, and never ahead of whoever takes it: nothing is held between two pieces. It is a stream of
 * bytes, so that whoever sends it may have all pieces read into the same room (`getReader({ mode: 'byob' })`). The first are read before
 * there is a stream at all: null where the file has changed since publication. A change later on breaks the stream off, so that what
 * arrives is too short rather than a mixture.
 * @param share what whoever brings no room of his own may hold
 */
export async function streamFile(
  file: MediaFile,
  range: ByteRange,
  share: HeldShare,
): Promise<ReadableStream<Uint8Array> | null> {
  let next = range.start
  const readInto = async (room: Uint8Array) => {
    const bytes = Math.min(room.length, range.end + 1 - next)
    await readPart(file, { start: next, end: next + bytes - 1 }, room)
    next += bytes
    return bytes
  }
  let first: Uint8Array | null = new Uint8Array(Math.min(firstBytes, range.end + 1 - range.start))
  try {
    await readInto(first)
  } catch {
    return null
  }
  const pieceInto = async (controller: ReadableByteStreamController) => {
    const asked = controller.byobRequest
    if (asked?.view) {
      asked.respond(await readInto(asked.view as Uint8Array))
      return
    }
    const room = new Uint8Array(Math.min(share.take(), range.end + 1 - next))
    await readInto(room)
    controller.enqueue(room)
  }
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      try {
        if (first) controller.enqueue(first as Uint8Array<ArrayBuffer>)
        else await pieceInto(controller)
        first = null
        if (next <= range.end) return
        controller.close()
      } catch (error) {
        share.end()
        throw error
      }
      share.end()
    },
    cancel: share.end,
  })
}

/**
 * A part of a medium. Where its source cannot read parts, and gave the whole file, the part is cut from that.
 * @param room where the bytes are to be, from its beginning on; without it, in an array of their own
 * @throws Where the file is no longer as long as it was
 */
export async function readPart(file: MediaFile, range: ByteRange, room?: Uint8Array): Promise<Uint8Array> {
  const length = range.end - range.start + 1
  const read = await file.read(range, room?.subarray(0, length))
  if (read.length !== length && read.length !== file.size)
    throw new Error(`${file.path} has changed since it was published`)
  const bytes = read.length === length ? read : read.subarray(range.start, range.end + 1)
  if (!room || bytes.buffer === room.buffer) return bytes
  room.set(bytes)
  return room.subarray(0, length)
}
