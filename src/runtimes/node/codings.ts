import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip, zstdCompress } from 'node:zlib'
import type { Gunzip } from '../../store/object-layout.ts'
import type { Compressors } from '../../store/resources.ts'
import type { Digest } from '../../text/digests.ts'

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)
const zstdAsync = promisify(zstdCompress)

/**
 * What Node compresses with at publication. The levels are where a document of feed size stops getting smaller for the
 * time it takes: brotli's 11 takes fifty times as long as its 5 for a sixth less.
 */
export const nodeCompressors: Required<Compressors> = {
  gzip: async bytes => withRoomOfItsOwn(await gzipAsync(bytes, { level: 6, chunkSize: chunkSizeFor(bytes) })),
  br: async bytes =>
    withRoomOfItsOwn(
      await brotliAsync(bytes, {
        chunkSize: chunkSizeFor(bytes),
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 5,
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    ),
  zstd: async bytes =>
    withRoomOfItsOwn(
      await zstdAsync(bytes, {
        chunkSize: chunkSizeFor(bytes),
        params: { [constants.ZSTD_c_compressionLevel]: 3 },
      }),
    ),
}

/**
 * Bytes that a coding gives in one piece: after each the other thread waits for the main one, which is busy with the next documents. Half of the
 * document is more than text takes.
 */
const chunkSizeFor = ({ length }: Uint8Array) => Math.max(length >> 1, 1024)

const gunzipAsync = promisify(gunzip)

const maxGunzipChunk = 8 * 1024 * 1024

/** Several times as quick as a stream of the web's, which hands on 16 KB at a time: most come in one piece of their own size. */
export const nodeGunzip: Gunzip = bytes => {
  const { buffer, byteOffset, length } = bytes
  // The length before it was packed ends the file (RFC 1952 §2.3.1). It is a guess: whatever it says, all bytes are given.
  const said = length < 4 ? 0 : new DataView(buffer, byteOffset + length - 4).getUint32(0, true)
  return gunzipAsync(bytes, { chunkSize: Math.min(Math.max(said + 1, 256), maxGunzipChunk) })
}

/** zlib gives the used part of a larger piece, and all of that would be held. */
function withRoomOfItsOwn(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  copy.set(bytes)
  return copy
}

/** Node's own SHA-256: synchronous, and several times as fast as WebCrypto's on bodies of this size. */
export const nodeDigest: Digest = bytes => hash('sha256', bytes)
