import type { MediaFile } from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { readPart } from './file-stream.ts'

const chunk = 1024 * 1024

/**
 * A digest of a file too large to hold: the digest of its chunks' digests, in hex. It means the bytes as a plain digest
 * does, and needs one chunk of memory (WebCrypto has no digest that takes its bytes little by little).
 */
export async function digestInChunks(file: MediaFile, digest: Digest): Promise<string> {
  let digests = ''
  for (let start = 0; start < file.size; start += chunk) {
    const end = Math.min(start + chunk, file.size) - 1
    digests += await digest(await readPart(file, { start, end }))
  }
  return digest(new TextEncoder().encode(digests))
}
