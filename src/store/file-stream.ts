import type { ByteRange, MediaFile } from '../model/snapshot.ts'

/** Bytes read at once: a disk is at its quickest with the most, and a stream costs little with the least. */
const [least, most] = [16 * 1024, 256 * 1024]

export interface FileStreams {
  /**
   * A part of a medium, read little by little while it is sent. The first bytes are read before there is a stream at all:
   * null where the file has changed since publication. A change later on breaks the stream off, so that what arrives is
   * too short rather than a mixture.
   */
  stream(file: MediaFile, range: ByteRange): Promise<ReadableStream<Uint8Array> | null>
  /** Streams that have neither ended nor been given up. */
  open(): number
}

/**
 * Streams of media that share what they may hold: the more is held by them, the less each reads at once.
 * @param heldBytes of all of them together; beyond that each has a smallest piece, and no more
 */
export function createFileStreams(heldBytes: number): FileStreams {
  let open = 0
  /** Bytes of the last piece of each. */
  let held = 0
  const piece = () => Math.max(least, Math.min(most, Math.floor((heldBytes - held) / 8)))

  async function stream(file: MediaFile, range: ByteRange): Promise<ReadableStream<Uint8Array> | null> {
    let next = range.start
    let isOpen = true
    let mine = 0
    open++
    const hold = (bytes: number) => {
      held += bytes - mine
      mine = bytes
    }
    const end = () => {
      if (isOpen) open--
      isOpen = false
      hold(0)
    }
    const read = async () => {
      try {
        hold(0)
        hold(piece())
        const last = Math.min(next + mine - 1, range.end)
        const bytes = await readPart(file, { start: next, end: last })
        next = last + 1
        return bytes
      } catch (error) {
        end()
        throw error
      }
    }
    let first: Uint8Array | null
    try {
      first = await read()
    } catch {
      return null
    }
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          controller.enqueue(first ?? (await read()))
          first = null
          if (next <= range.end) return
          end()
          controller.close()
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    )
  }

  return { stream, open: () => open }
}

/**
 * A part of a medium. Where its source cannot read parts, and gave the whole file, the part is cut from that.
 * @throws Where the file is no longer as long as it was
 */
export async function readPart(file: MediaFile, range: ByteRange): Promise<Uint8Array> {
  const length = range.end - range.start + 1
  const bytes = await file.read(range)
  if (bytes.length === length) return bytes
  if (bytes.length !== file.size) throw new Error(`${file.path} has changed since it was published`)
  return bytes.subarray(range.start, range.end + 1)
}
