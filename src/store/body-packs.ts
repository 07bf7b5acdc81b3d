import type { ObjectStore } from '../model/object-store.ts'
import type { BodyRef, Resource } from '../model/snapshot.ts'
import { concatenated } from '../text/concatenated.ts'
import type { Digest } from '../text/digests.ts'
import { bodyKey, type PlacedBody } from './object-layout.ts'

/** Where each body lies, by the hash of its bytes. */
export type BodyPlaces = ReadonlyMap<string, PlacedBody>

export interface BodyWriter {
  /** Takes a body; it is written sooner or later, with others where it is small. */
  keep(ref: BodyRef, bytes: Uint8Array): Promise<void>
  /** Takes a body that is a list of parts, which are kept by themselves. */
  keepParts(ref: BodyRef, list: Uint8Array): Promise<void>
  /** What comes from now on lies in packs of its own: whoever may read what is public is not shown what is due later. */
  separate(): Promise<void>
  /** Waits until everything is written. Where each new body lies. */
  finish(): Promise<BodyPlaces>
  /** A part of a large medium, an object by itself. */
  keepPart(hash: string, bytes: Uint8Array): Promise<void>
}

export interface BodyWriterOptions {
  objects: ObjectStore
  digest: Digest
  /** Bodies that the store holds already. */
  known: BodyPlaces
  /** Keys that the store holds already, as a broken run may have left them. Asked once, by whoever has much to write. @default none is known */
  present?: (() => Promise<ReadonlySet<string>>) | undefined
  /** Bytes of bodies that lie in one pack, at most, but for the last of them. @default 4 MiB */
  packBytes?: number
  /** @default 16 */
  maxUploads?: number
  onUploaded?(bytes: number): void
}

/** Objects that are written without asking what there is: a listing costs more than they do. */
const writtenUnasked = 2

/** Larger bodies are objects by themselves. */
const maxPacked = 256 * 1024
const usualPackBytes = 4 * 1024 * 1024

/**
 * Whether a pack that is large enough ends with this body. Content decides, not only size: of two publications that differ in one article, made
 * without knowing each other, most packs are the same.
 */
const endsPack = (hash: string) => Number.parseInt(hash.slice(0, 2), 16) < 16

/** Uploads that are under way at once. What one of them fails with, the next one and the end are told. */
function createUploads({ objects, present, maxUploads = 16, onUploaded = () => {} }: BodyWriterOptions) {
  const underWay = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  let uploads = 0
  let there: Promise<ReadonlySet<string>> | undefined
  const assertSound = () => {
    if (failure) throw failure.error
  }
  return {
    async upload(key: string, bytes: Uint8Array): Promise<void> {
      if (++uploads > writtenUnasked) {
        there ??= present?.()
        if ((await there)?.has(key)) return
      }
      while (underWay.size >= maxUploads) await Promise.race(underWay)
      assertSound()
      const written = objects
        .put(key, bytes)
        .then(() => onUploaded(bytes.length))
        .catch(error => {
          failure ??= { error }
        })
        .finally(() => underWay.delete(written))
      underWay.add(written)
    },
    async finish(): Promise<void> {
      await Promise.all(underWay)
      assertSound()
    },
  }
}

/** Writes bodies by the hash of their bytes, each once. So many packs as are under way lie in memory. */
export function createBodyWriter(options: BodyWriterOptions): BodyWriter {
  const { digest, known, packBytes = usualPackBytes } = options
  const { upload, finish } = createUploads(options)
  const places = new Map<string, PlacedBody>()
  let pending: { ref: BodyRef; bytes: Uint8Array }[] = []
  let pendingBytes = 0

  async function flush(): Promise<void> {
    const packed = pending
    pending = []
    pendingBytes = 0
    if (packed.length === 0) return
    const [only] = packed
    if (packed.length === 1 && only) {
      places.set(only.ref.hash, { hash: only.ref.hash, length: only.ref.length })
      return upload(bodyKey(only.ref.hash), only.bytes)
    }
    const bytes = concatenated(packed.map(({ bytes }) => bytes))
    const pack = await digest(bytes)
    let offset = 0
    for (const { ref, bytes } of packed) {
      places.set(ref.hash, { hash: ref.hash, length: ref.length, pack, offset })
      offset += bytes.length
    }
    await upload(bodyKey(pack), bytes)
  }

  const isKept = (hash: string) => known.has(hash) || places.has(hash)

  return {
    async keep(ref, bytes) {
      if (isKept(ref.hash)) return
      if (bytes.length > maxPacked) {
        places.set(ref.hash, { hash: ref.hash, length: ref.length })
        return upload(bodyKey(ref.hash), bytes)
      }
      // Its place is known when the pack is full; until then it is not to be taken a second time.
      places.set(ref.hash, { hash: ref.hash, length: ref.length })
      pending.push({ ref, bytes })
      pendingBytes += bytes.length
      const isLarge = pendingBytes >= packBytes / 2
      if (pendingBytes >= packBytes || (isLarge && endsPack(ref.hash))) await flush()
    },
    async keepParts(ref, list) {
      if (isKept(ref.hash)) return
      places.set(ref.hash, { hash: ref.hash, length: ref.length, parts: true })
      await upload(bodyKey(ref.hash), list)
    },
    async keepPart(hash, bytes) {
      await upload(bodyKey(hash), bytes)
    },
    separate: flush,
    async finish() {
      await flush()
      await finish()
      return places
    },
  }
}

/** The resource with each body at its place. */
export function withPlaces<R extends Resource>(
  resource: R,
  places: (hash: string) => PlacedBody | undefined,
): R {
  const placed = (ref: BodyRef): PlacedBody => {
    const place = places(ref.hash)
    if (!place) throw new Error(`the body ${ref.hash} was not written`)
    return place
  }
  if (resource.kind === 'media') return { ...resource, body: placed(resource.body) }
  if (resource.kind !== 'document') return resource
  const bodies = Object.fromEntries(
    Object.entries(resource.bodies).map(([coding, ref]) => [coding, placed(ref)]),
  )
  return { ...resource, bodies }
}
