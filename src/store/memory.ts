import type {
  BodyRef,
  ByteRange,
  DocumentResource,
  DocumentSet,
  MediaFile,
  Publication,
  RenderedDocument,
  Resource,
  Snapshot,
  Store,
} from '../model/snapshot.ts'
import { type Digest, sha256 } from '../text/digests.ts'
import { streamFile } from './file-stream.ts'
import { createHeldBytes } from './held-bytes.ts'
import { createOnDemandDocuments, type OnDemandDocuments } from './on-demand.ts'
import { type Compressors, type PreviousPublication, prepareResources } from './resources.ts'
import { createSnapshot, type DueStep } from './snapshot.ts'

export interface MemoryStoreOptions {
  /** SHA-256; Node's own is quicker. @default WebCrypto's */
  digest?: Digest
  /** Codings made at publication, besides identity. @default none */
  compress?: Compressors
  /** Bytes; larger media stay in their files and are read when asked for. @default 1 MiB */
  maxMediumBytes?: number
  /** Bytes of documents made on demand that are kept; others are made again. @default 32 MiB */
  maxBodyBytes?: number
  /** Documents made on demand whose validators are kept. @default 20,000 */
  maxDocuments?: number
  /** Told of each medium that could not be read and is therefore not published. */
  onUnreadable?: (path: string, error: unknown) => void
}

/**
 * Snapshots in memory. Bodies hang on the references that snapshots hold, so that an answer under way keeps the bytes it
 * needs, and a snapshot that nobody looks at any more takes its bodies with it.
 * @example
 * const store = createMemoryStore({ digest: nodeDigest, compress: nodeCompressors })
 * const app = createApp({ store })
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const bodies = new WeakMap<BodyRef, Uint8Array>()
  const files = new WeakMap<BodyRef, MediaFile>()
  const held = createHeldBytes(2 * 1024 * 1024)
  const tools = {
    digest: options.digest ?? sha256,
    compress: options.compress ?? {},
    maxMediumBytes: options.maxMediumBytes ?? 1024 * 1024,
    unreadable: options.onUnreadable ?? (() => {}),
    known: new WeakMap<RenderedDocument, DocumentResource>(),
    keep(ref: BodyRef, bytes: Uint8Array) {
      bodies.set(ref, bytes)
    },
    keepMedium(ref: BodyRef, file: MediaFile, bytes: Uint8Array | null) {
      if (bytes) bodies.set(ref, bytes)
      else files.set(ref, file)
    },
  }
  const onDemand = createOnDemandDocuments({
    tools,
    maxBodyBytes: options.maxBodyBytes ?? 32 * 1024 * 1024,
    maxDocuments: options.maxDocuments ?? 20_000,
  })
  let current: (PreviousPublication & { sets: TimedDocuments[] }) | null = null
  let lastPublication: Promise<unknown> = Promise.resolve()

  const publish = async (publication: Publication): Promise<Snapshot> => {
    const prepared = await prepareResources(publication, current, tools)
    const { publishedAt, url, maxAge } = publication
    const generation = (current?.snapshot.generation ?? publication.lastGeneration ?? 0) + 1
    const sets = timedDocuments(publication)
    const made = createSnapshot({ generation, publishedAt, url, maxAge, ...prepared })
    let snapshot = sets.length > 0 ? withDocumentsOnDemand(made, sets, onDemand) : made
    if (current && showTheSame(current, { snapshot, due: prepared.due, sets }))
      snapshot = { ...snapshot, generation: current.snapshot.generation }
    current = { snapshot, due: prepared.due, sets }
    onDemand.replace(sets.map(({ documents }) => documents))
    return snapshot
  }

  return {
    current: () => current?.snapshot ?? null,
    body(ref: BodyRef, range?: ByteRange) {
      const bytes = bodies.get(ref)
      if (bytes) return range ? bytes.subarray(range.start, range.end + 1) : bytes
      const made = onDemand.body(ref)
      if (made !== undefined) return made
      const file = files.get(ref)
      return file ? streamFile(file, range ?? { start: 0, end: ref.length - 1 }, held.share()) : null
    },
    publish(publication) {
      // One at a time, in the order they were asked for; one that fails leaves the snapshot before it in place.
      const published = lastPublication.then(() => publish(publication))
      lastPublication = published.catch(() => {})
      return published
    },
  }
}

/** Documents that are made on demand from an instant on. */
interface TimedDocuments {
  /** Epoch milliseconds. */
  from: number
  documents: DocumentSet
}

function timedDocuments({ onDemand, publishedAt, due }: Publication): TimedDocuments[] {
  return [
    ...(onDemand ? [{ from: publishedAt, documents: onDemand }] : []),
    ...due.flatMap(({ at, onDemand }) => (onDemand ? [{ from: at, documents: onDemand }] : [])),
  ]
}

function atInstant<Timed extends { from: number }>(sets: Timed[], now: number): Timed | undefined {
  return sets.findLast(({ from }, index) => index === 0 || from <= now)
}

function withDocumentsOnDemand(
  snapshot: Snapshot,
  sets: TimedDocuments[],
  onDemand: OnDemandDocuments,
): Snapshot {
  const views = sets.map(({ from, documents }) => {
    const made = snapshot.at(from)
    const lookup = (path: string) => made.lookup(path) ?? onDemand.lookup(documents, path, from)
    return { from, view: { lookup } }
  })
  return { ...snapshot, at: now => atInstant(views, now)?.view ?? snapshot.at(now) }
}

/** Whether readers would see no difference between two publications, now or when the next due times come. */
function showTheSame(
  old: PreviousPublication & { sets: TimedDocuments[] },
  made: PreviousPublication & { sets: TimedDocuments[] },
): boolean {
  const now = made.snapshot.publishedAt
  return (
    old.snapshot.url === made.snapshot.url &&
    old.snapshot.maxAge === made.snapshot.maxAge &&
    samePaths(old.snapshot.paths(now), made.snapshot.paths(now)) &&
    dueAfter(now, old.due) === dueAfter(now, made.due) &&
    atInstant(old.sets, now)?.documents === atInstant(made.sets, now)?.documents
  )
}

function samePaths(old: Iterable<[string, Resource]>, made: Iterable<[string, Resource]>): boolean {
  const resources = new Map(old)
  let count = 0
  for (const [path, resource] of made) {
    // Resources that say the same are the same object: `prepareResources` sees to that.
    if (resources.get(path) !== resource) return false
    count++
  }
  return count === resources.size
}

function dueAfter(now: number, steps: DueStep[]): string {
  return JSON.stringify(steps.filter(step => step.at > now).map(step => [step.at, [...step.changes]]))
}
