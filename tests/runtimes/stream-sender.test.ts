import { EventEmitter, once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createStreamSender } from '../../src/runtimes/node/stream-sender.ts'
import { streamFile } from '../../src/store/file-stream.ts'
import { createHeldBytes } from '../../src/store/held-bytes.ts'

const kibibyte = 1024

const size = 1024 * kibibyte
const content = Uint8Array.from({ length: size }, (_, index) => index % 251)

/** A film in a file, and the bytes that were asked for at a time. */
function film() {
  const asked: number[] = []
  const file = {
    path: '/media/film.mp4',
    mediaType: 'video/mp4',
    size,
    stamp: '1',
    read: async ({ start, end } = { start: 0, end: size - 1 }, room = new Uint8Array(end - start + 1)) => {
      asked.push(end - start + 1)
      room.set(content.subarray(start, end + 1))
      return room
    },
  }
  return {
    asked,
    stream: async () => (await streamFile(file, { start: 0, end: size - 1 }, createHeldBytes().share()))!,
  }
}

/** A connection whose reader takes a piece whenever `take` is called, and otherwise nothing. */
class Connection extends EventEmitter {
  received = Buffer.alloc(0)
  destroyed = false
  ended = false
  #taken: ((error?: Error | null) => void)[] = []

  write(piece: Uint8Array, taken: (error?: Error | null) => void): boolean {
    this.received = Buffer.concat([this.received, piece])
    this.#taken.push(taken)
    this.emit('piece')
    return false
  }
  take() {
    for (const taken of this.#taken.splice(0)) taken(null)
  }
  end() {
    this.ended = true
    this.emit('ended')
    return this
  }
  destroy() {
    this.destroyed = true
    this.emit('close')
    return this
  }
}

/** Whatever was to be read ahead is then: nothing in here waits for a disk. */
async function aWhile() {
  for (let turn = 0; turn < 3; turn++) await setImmediate()
}

/** Sends the film to somebody who takes nothing, as far as that goes. */
async function stalled(send: ReturnType<typeof createStreamSender>, stream: ReadableStream<Uint8Array>) {
  const connection = new Connection()
  const began = once(connection, 'piece')
  const sent = send(stream, connection as never)
  await began
  await aWhile()
  return { connection, sent }
}

test('of a stream that nobody takes one piece is read, and the next when it has left', async () => {
  const { asked, stream } = film()
  const { connection, sent } = await stalled(createStreamSender(), await stream())
  expect(asked).toHaveLength(1)
  for (const pieces of [2, 3]) {
    const next = once(connection, 'piece')
    connection.take()
    await next
    await aWhile()
    expect(asked).toHaveLength(pieces)
  }
  connection.on('piece', () => connection.take())
  connection.take()
  await sent
  expect(connection.ended).toBe(true)
  expect(Buffer.compare(connection.received, content)).toBe(0)
})

test('what is held for many who take nothing is bounded, whoever came first', async () => {
  const budget = 128 * kibibyte
  const send = createStreamSender(budget)
  const held: number[] = []
  for (let reader = 0; reader < 100; reader++) {
    const { asked, stream } = film()
    const { connection } = await stalled(send, await stream())
    const next = once(connection, 'piece')
    // The first piece shows that the file is there, and is small for everybody.
    connection.take()
    await next
    held.push(asked.at(-1)!)
  }
  expect(held[0]).toBe(16 * kibibyte)
  expect(Math.min(...held)).toBe(4 * kibibyte)
  expect(held.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(budget + 100 * 4 * kibibyte)
})

test('who hangs up gives back what was held for him', async () => {
  const send = createStreamSender(256 * kibibyte)
  const readers = await Promise.all(
    Array.from({ length: 100 }, async () => stalled(send, await film().stream())),
  )
  for (const { connection } of readers) connection.destroy()
  await Promise.all(readers.map(({ sent }) => sent))
  const { asked, stream } = film()
  const { connection } = await stalled(send, await stream())
  const next = once(connection, 'piece')
  connection.take()
  await next
  expect(asked.at(-1)).toBe(32 * kibibyte)
})

test('a stream of pieces of its own waits too', async () => {
  let given = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        given++
        controller.enqueue(new Uint8Array([given]))
        if (given === 3) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const { connection, sent } = await stalled(createStreamSender(), stream)
  expect(given).toBe(1)
  connection.on('piece', () => connection.take())
  connection.take()
  await sent
  expect([[...connection.received], connection.ended]).toEqual([[1, 2, 3], true])
})

test('where the connection fails nothing more is read, and whoever gives the stream is told', async () => {
  let cancelled = false
  const stream = new ReadableStream<Uint8Array>({
    pull: controller => controller.enqueue(new Uint8Array(10)),
    cancel() {
      cancelled = true
    },
  })
  const connection = new Connection()
  connection.write = (_, taken) => {
    taken(new Error('EPIPE'))
    return false
  }
  await createStreamSender()(stream, connection as never)
  expect([cancelled, connection.destroyed, connection.ended]).toEqual([true, true, false])
})
