import type { ByteRange } from '../model/snapshot.ts'

/** A part of a stream of bytes, read only as far as it is asked for. Static assets know no ranges. */
export function sliceStream(
  stream: ReadableStream<Uint8Array>,
  range: ByteRange,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let position = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) throw new Error('the body is shorter than its range')
          const part = value.subarray(
            Math.max(range.start - position, 0),
            Math.max(range.end + 1 - position, 0),
          )
          position += value.length
          if (part.length > 0) controller.enqueue(part)
          if (position > range.end) {
            controller.close()
            await reader.cancel()
          }
          if (part.length > 0 || position > range.end) return
        }
      },
      cancel: reason => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
