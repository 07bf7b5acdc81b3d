import type { MediaFile } from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { readPart } from './file-stream.ts'

/** Bytes. */
export const mediaChunk = 1024 * 1024

/**
 * A digest of a file too large to hold: the digest of its chunks' digests, in hex. It means the bytes as a plain digest
 * does, and needs one chunk of memory (WebCrypto has no digest that takes its bytes little by little).
 * @param onChunk takes each chunk, with its digest, in their order
 */
export async function digestInChunks(
  file: MediaFile,
  digest: Digest,
  onChunk?: (digest: string, bytes: Uint8Array) => Promise<void>,
): Promise<string> {
  let digests = ''
  // Whoever takes the chunks may keep them; a digest does not.
  const room = onChunk ? undefined : new Uint8Array(Math.min(mediaChunk, file.size))
  for (let start = 0; start < file.size; start += mediaChunk) {
    const end = Math.min(start + mediaChunk, file.size) - 1
    const bytes = await readPart(file, { start, end }, room)
    const chunk = await digest(bytes)
    digests += chunk
    await onChunk?.(chunk, bytes)
  }
  return digest(new TextEncoder().encode(digests))
}
