import type { ByteRange, MediaFile } from '../model/snapshot.ts'

const chunk = 256 * 1024

/**
 * A part of a medium, read little by little while it is sent. The first bytes are read before there is a stream at all:
 * null where the file has changed since publication. A change later on breaks the stream off, so that what arrives is
 * too short rather than a mixture.
 */
export async function streamFile(
  file: MediaFile,
  range: ByteRange,
): Promise<ReadableStream<Uint8Array> | null> {
  let next = range.start
  const read = async () => {
    const end = Math.min(next + chunk - 1, range.end)
    const bytes = await readPart(file, { start: next, end })
    next = end + 1
    return bytes
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
        if (next > range.end) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
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
