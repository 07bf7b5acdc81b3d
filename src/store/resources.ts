import type {
  BodyRef,
  Coding,
  DocumentResource,
  MediaFile,
  MediaResource,
  Publication,
  RenderedDocument,
  Resource,
  Snapshot,
} from '../model/snapshot.ts'
import type { Digest } from '../text/digests.ts'
import { digestInChunks } from './chunked-digest.ts'
import type { DueStep } from './snapshot.ts'

export type Compress = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>
export type Compressors = { [coding in Exclude<Coding, 'identity'>]?: Compress }

/** What a store brings to the making of resources. */
export interface ResourceTools {
  digest: Digest
  /** The codings bodies are kept in, besides identity. */
  compress: Compressors
  /** Keeps a body's bytes. Called once for every body that `previous` does not have. */
  keep(ref: BodyRef, bytes: Uint8Array): void | Promise<void>
  /** Keeps a medium. `bytes` are there where it is small or cannot be read again; else `file` gives them when asked for. */
  keepMedium(ref: BodyRef, file: MediaFile, bytes: Uint8Array | null): void | Promise<void>
  /** A medium that could not be read is left out of the publication; everything else is published. */
  unreadable(path: string, error: unknown): void
  /** Bytes; larger media are read when asked for. */
  maxMediumBytes: number
  /**
   * What was made of documents before. One that is handed in again, the same object, is neither hashed nor encoded; its
   * text is not kept for that. Belongs to one store: the bodies in it are those it keeps.
   * @default nothing is known
   */
  known?: WeakMap<RenderedDocument, DocumentResource>
}

/** Every path's resource, and what changes by itself later. */
export interface PreparedPublication {
  resources: Map<string, Resource>
  due: DueStep[]
}

/** The publication before this one, whose bodies are used again. `due` may be empty where it was not kept. */
export interface PreviousPublication {
  snapshot: Snapshot
  due: DueStep[]
}

/** Bodies shorter than this gain nothing from a coding: the headers around them weigh more. */
const minCodedBytes = 256

/**
 * A publication's resources: entity tags from the bytes, Last-Modified kept where a path's bytes are those of
 * `previous` and moved on where they are not, each changed body compressed once. An unchanged resource is the very
 * object `previous` holds.
 */
export async function prepareResources(
  publication: Publication,
  previous: PreviousPublication | null,
  tools: ResourceTools,
): Promise<PreparedPublication> {
  const now = publication.publishedAt
  const known = tools.known ?? new WeakMap<RenderedDocument, DocumentResource>()
  const before = previous?.snapshot.at(now)
  const bodies = previous ? documentBodies(previous, now) : new Map<string, DocumentResource['bodies']>()

  const prepareDocument = async (document: RenderedDocument, at: number, old: Resource | undefined) => {
    const earlier = known.get(document)
    if (earlier && earlier === old) return earlier
    const coded = earlier?.bodies ?? (await bodiesOf(document.body))
    const resource = documentResource(document, coded, at, old)
    known.set(document, resource)
    return resource
  }

  const bodiesOf = async (text: string) => {
    const identity = new TextEncoder().encode(text)
    const hash = await tools.digest(identity)
    const earlier = bodies.get(hash)
    if (earlier) return earlier
    const made = await encodeBody(identity, hash, tools)
    for (const [ref, bytes] of made.bytes) await tools.keep(ref, bytes)
    bodies.set(hash, made.bodies)
    return made.bodies
  }

  const resources = new Map<string, Resource>()
  for (const { path, location } of publication.redirects)
    resources.set(path, reuse(await before?.lookup(path), { kind: 'redirect', status: 301, location }))
  for (const path of publication.gone)
    resources.set(path, reuse(await before?.lookup(path), { kind: 'gone' }))
  for (const path of publication.away ?? [])
    resources.set(path, reuse(await before?.lookup(path), { kind: 'away' }))
  for (const file of publication.media) {
    const medium = await prepareMedium(file, now, await before?.lookup(file.path), tools)
    if (medium) resources.set(file.path, medium)
  }
  for (const document of publication.documents)
    resources.set(document.path, await prepareDocument(document, now, await before?.lookup(document.path)))

  const due: DueStep[] = []
  for (const step of publication.due) {
    const changes = new Map<string, Resource>()
    const current = (path: string) =>
      due.findLast(earlier => earlier.changes.has(path))?.changes.get(path) ?? resources.get(path)
    for (const path of step.gone) changes.set(path, { kind: 'gone' })
    for (const file of step.media ?? []) {
      const old = current(file.path) ?? (await before?.lookup(file.path))
      const medium = await prepareMedium(file, step.at, old, tools)
      if (medium) changes.set(file.path, medium)
    }
    for (const document of step.documents) {
      const old = current(document.path)
      const resource = await prepareDocument(document, step.at, old)
      if (resource !== old) changes.set(document.path, resource)
    }
    due.push({ at: step.at, changes })
  }
  return { resources, due }
}

/** The bodies of every document, by the hash of the identity bytes. */
function documentBodies({ snapshot, due }: PreviousPublication, now: number) {
  const bodies = new Map<string, DocumentResource['bodies']>()
  const note = (resource: Resource) => {
    if (resource.kind === 'document') bodies.set(resource.bodies.identity.hash, resource.bodies)
  }
  for (const [, resource] of snapshot.paths(now)) note(resource)
  for (const step of due) for (const resource of step.changes.values()) note(resource)
  return bodies
}

/** Enough of the hash that two bodies never share a tag (128 bits). Hexadecimal, so that no tag ends like a proxy's `-br`. */
const opaqueTag = (hash: string) => `"${hash.slice(0, 32)}"`

/**
 * What is answered for a document with these bodies from an instant on; the very object that was there before where it
 * says the same.
 * @param at epoch ms
 */
export function documentResource(
  document: RenderedDocument,
  bodies: DocumentResource['bodies'],
  at: number,
  old: Resource | undefined,
): DocumentResource {
  const { mediaType, headers, page, maxAge } = document
  const lastModified = lastModifiedOf(bodies.identity.hash, at, old)
  // Weak, for it is shared by every coding of the document (RFC 9110 §8.8.3.3).
  const etag = `W/${opaqueTag(bodies.identity.hash)}`
  return reuse(old, { kind: 'document', mediaType, etag, lastModified, bodies, headers, page, maxAge })
}

/** The bodies of a document, and their bytes. */
export interface EncodedBodies {
  bodies: DocumentResource['bodies']
  bytes: ReadonlyMap<BodyRef, Uint8Array>
}

/** A document's body in every coding that makes it smaller. */
export async function encodeBody(
  identity: Uint8Array,
  hash: string,
  tools: Pick<ResourceTools, 'digest' | 'compress'>,
): Promise<EncodedBodies> {
  const bodies: DocumentResource['bodies'] = { identity: { hash, length: identity.length } }
  const kept = new Map([[bodies.identity, identity]])
  if (identity.length < minCodedBytes) return { bodies, bytes: kept }
  const codings = Object.entries(tools.compress) as [keyof Compressors, Compress][]
  const coded = await Promise.all(
    codings.map(async ([coding, compress]) => [coding, await compress(identity)] as const),
  )
  for (const [coding, bytes] of coded) {
    if (bytes.length >= identity.length) continue
    const ref = { hash: await tools.digest(bytes), length: bytes.length }
    kept.set(ref, bytes)
    bodies[coding] = ref
  }
  return { bodies, bytes: kept }
}

/**
 * What is answered for a medium with this body from an instant on; the very object that was there before where it says the same.
 * @param at epoch ms
 */
export function mediumResource(
  mediaType: string,
  body: BodyRef,
  at: number,
  old: Resource | undefined,
): MediaResource {
  const lastModified = lastModifiedOf(body.hash, at, old)
  return reuse(old, { kind: 'media', mediaType, etag: opaqueTag(body.hash), lastModified, body })
}

async function prepareMedium(
  file: MediaFile,
  now: number,
  old: Resource | undefined,
  tools: ResourceTools,
): Promise<Resource | null> {
  try {
    const { mediaType } = file
    const small = file.stamp === null || file.size <= tools.maxMediumBytes
    const bytes = small ? await file.read() : null
    const length = bytes?.length ?? file.size
    const hash = bytes ? await tools.digest(bytes) : await digestInChunks(file, tools.digest)
    const kept = old?.kind === 'media' && old.body.hash === hash ? old.body : null
    const body = kept ?? { hash, length }
    // A large medium is handed over again even where its bytes are the same: the file behind it may be another.
    if (!kept || !bytes) await tools.keepMedium(body, file, bytes)
    return mediumResource(mediaType, body, now, old)
  } catch (error) {
    tools.unreadable(file.path, error)
    // A failed read is no withdrawal: what was published stays.
    return old?.kind === 'media' ? old : null
  }
}

/**
 * The first whole second after the change. Rounded up because HTTP's dates have whole seconds: a copy taken earlier in
 * the second of the change then always has an earlier date. Never before the path's last one, though the clock be set back.
 */
export function lastModifiedOf(hash: string, at: number, old: Resource | undefined): number {
  const changed = Math.floor(at / 1000) + 1
  if (old?.kind !== 'document' && old?.kind !== 'media') return changed
  if (old.lastModified === null) return changed
  return bodyOf(old).hash === hash ? old.lastModified : Math.max(changed, old.lastModified + 1)
}

/** The old object where the new one says the same, so that what was computed from it stays of use. */
function reuse<R extends Resource>(old: Resource | undefined, made: R): R {
  return old && JSON.stringify(old) === JSON.stringify(made) ? (old as R) : made
}

/** The body as it is without any coding. */
export const bodyOf = (resource: DocumentResource | MediaResource): BodyRef =>
  resource.kind === 'document' ? resource.bodies.identity : resource.body
