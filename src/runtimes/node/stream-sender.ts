import type { ServerResponse } from 'node:http'

/** Bytes of a piece: a disk is at its quickest with the most, and a reader who does not take them costs little with the least. */
const [least, most] = [4 * 1024, 128 * 1024]

/** Sends a body as that of an answer whose fields have been written. Resolves when nothing of it is held any more. */
export type SendStream = (
  body: ReadableStream<Uint8Array>,
  outgoing: Pick<ServerResponse, 'write' | 'end' | 'destroy' | 'destroyed' | 'once' | 'off'>,
) => Promise<void>

/**
 * Sends streams no quicker than their readers take them: the next piece of each is read when the one before it has left, and into the same
 * room, so that thousands of readers who take little leave no garbage either. What is held for all of them is bounded: the more it is, the
 * smaller is the room of each.
 * @param heldBytes for all of them together; beyond that each has the smallest room, and no more
 */
export function createStreamSender(heldBytes = 8 * 1024 * 1024): SendStream {
  let held = 0
  /** An eighth of what is left, so that those who come later have some too; a power of two, so that it rarely changes. */
  const rightSize = () =>
    Math.max(least, Math.min(most, 2 ** Math.floor(Math.log2(Math.max(1, (heldBytes - held) / 8)))))

  return async function send(body, outgoing) {
    let size = 0
    const hold = (bytes: number) => {
      held += bytes - size
      size = bytes
    }
    const pieces = piecesOf(body, room => {
      hold(0)
      hold(rightSize())
      return room.byteLength === size ? room : new ArrayBuffer(size)
    })
    let hasLeft = () => {}
    const gone = () => {
      pieces.cancel()
      hasLeft()
    }
    outgoing.once('close', gone)
    try {
      while (!outgoing.destroyed) {
        const piece = await pieces.next()
        if (!piece) break
        await new Promise<void>((resolve, reject) => {
          hasLeft = resolve
          outgoing.write(piece, error => (error ? reject(error) : resolve()))
        })
      }
      outgoing.end()
    } catch {
      // What has arrived is shorter than announced, and the connection is closed: nobody takes it for the whole.
      outgoing.destroy()
      pieces.cancel()
    } finally {
      hold(0)
      outgoing.off('close', gone)
    }
  }
}

interface Pieces {
  next(): Promise<Uint8Array | null>
  cancel(): void
}

/** A stream of bytes is read into rooms of ours; any other gives pieces of its own. */
function piecesOf(body: ReadableStream<Uint8Array>, roomLike: (room: ArrayBuffer) => ArrayBuffer): Pieces {
  const reader = byteReader(body)
  if (!reader) {
    const plain = body.getReader()
    return {
      next: async () => (await plain.read()).value ?? null,
      cancel: () => void plain.cancel().catch(() => {}),
    }
  }
  let room = new ArrayBuffer(0)
  return {
    async next() {
      // The stream takes the room, and gives it back with the piece in it.
      const { value, done } = await reader.read(new Uint8Array(roomLike(room)))
      if (value) room = value.buffer
      return done || !value ? null : value
    },
    cancel: () => void reader.cancel().catch(() => {}),
  }
}

function byteReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: 'byob' })
  } catch {
    return null
  }
}
