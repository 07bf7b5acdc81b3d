import type { ServerResponse } from 'node:http'
import { createHeldBytes } from '../../store/held-bytes.ts'

/** Sends a body as that of an answer whose fields have been written. Resolves when nothing of it is held any more. */
export type SendStream = (
  body: ReadableStream<Uint8Array>,
  outgoing: Pick<ServerResponse, 'write' | 'end' | 'destroy' | 'destroyed' | 'once' | 'off'>,
) => Promise<void>

/**
 * Sends streams no quicker than their readers take them: the next piece of each is read when the one before it has left, and into the same
 * room, so that thousands of readers who take little leave no garbage either. What is held for all of them is bounded.
 * @param heldBytes see `createHeldBytes`
 */
export function createStreamSender(heldBytes?: number): SendStream {
  const held = createHeldBytes(heldBytes)
  return async function send(body, outgoing) {
    const share = held.share()
    const pieces = piecesOf(body, room => {
      const size = share.take()
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
      share.end()
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
