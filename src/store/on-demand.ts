import type {
  BodyRef,
  Coding,
  DocumentResource,
  DocumentSet,
  PublishedDocument,
  RenderedDocument,
} from '../model/snapshot.ts'
import { createBoundedCache } from '../text/bounded-cache.ts'
import { documentResource, encodeBody, type ResourceTools } from './resources.ts'

export interface OnDemandOptions {
  tools: Pick<ResourceTools, 'digest' | 'compress'>
  /** Bytes of bodies to keep; others are made again when they are asked for. */
  keptBytes: number
  /** Documents whose validators are kept. */
  keptDocuments: number
}

/** Documents that are made when they are first asked for, and kept as long as there is room. */
export interface OnDemandDocuments {
  /** @param at epoch ms: when the publication that has these documents was made */
  lookup(
    documents: DocumentSet,
    path: string,
    at: number,
  ): DocumentResource | Promise<DocumentResource> | undefined
  /** Undefined: this body is none of these documents'. Null: it can't be made any more. */
  body(ref: BodyRef): Uint8Array | Promise<Uint8Array | null> | undefined
}

/** What is known of a path. It outlives the publication in which it was made. */
interface Known {
  /** The last documents in which it was found to be the same. */
  documents: DocumentSet
  document: PublishedDocument
  fingerprint: string
  resource: DocumentResource
}

/**
 * A document is made again only where its fingerprint is another one: after a publication that does not touch it, the
 * same resource answers for it, though its bytes may have been let go.
 */
export function createOnDemandDocuments(options: OnDemandOptions): OnDemandDocuments {
  const { tools, keptDocuments } = options
  const known = new Map<string, Known>()
  const owners = new WeakMap<BodyRef, { of: Known; coding: Coding }>()
  const bodies = createBoundedCache<BodyRef, Uint8Array>(options.keptBytes, ({ length }) => length)
  const underWay = new Map<string, { documents: DocumentSet; made: Promise<DocumentResource> }>()
  const again = new Map<BodyRef, Promise<Uint8Array | null>>()

  function remember(path: string, entry: Known): void {
    known.delete(path)
    known.set(path, entry)
    for (const [coding, ref] of Object.entries(entry.resource.bodies))
      owners.set(ref, { of: entry, coding: coding as Coding })
    if (known.size > keptDocuments) known.delete(known.keys().next().value!)
  }

  function lookup(documents: DocumentSet, path: string, at: number) {
    const before = known.get(path)
    if (before?.documents === documents) return before.resource
    const document = documents.get(path)
    if (!document) return undefined
    if (before?.fingerprint === document.fingerprint) {
      before.documents = documents
      before.document = document
      remember(path, before)
      return before.resource
    }
    const pending = underWay.get(path)
    if (pending?.documents === documents) return pending.made
    const made = make(documents, document, at).finally(() => {
      if (underWay.get(path)?.made === made) underWay.delete(path)
    })
    underWay.set(path, { documents, made })
    return made
  }

  async function make(
    documents: DocumentSet,
    document: PublishedDocument,
    at: number,
  ): Promise<DocumentResource> {
    const { fingerprint, path } = document
    const rendered = document.render()
    const encoded = await encode(rendered)
    const before = known.get(path)?.resource
    const resource = documentResource(rendered, encoded.refs, at, before)
    for (const [ref, bytes] of encoded.bytes) bodies.keep(ref, bytes)
    remember(path, { documents, document, fingerprint, resource })
    return resource
  }

  async function encode(rendered: RenderedDocument) {
    const bytes = new Map<BodyRef, Uint8Array>()
    const identity = new TextEncoder().encode(rendered.body)
    const hash = await tools.digest(identity)
    const refs = await encodeBody(identity, hash, {
      ...tools,
      keep: (ref, body) => void bytes.set(ref, body),
    })
    return { refs, bytes }
  }

  async function makeAgain(ref: BodyRef): Promise<Uint8Array | null> {
    const owner = owners.get(ref)!
    const { refs, bytes } = await encode(owner.of.document.render())
    const { resource } = owner.of
    let found: Uint8Array | null = null
    for (const [coding, kept] of Object.entries(resource.bodies) as [Coding, BodyRef][]) {
      const made = refs[coding]
      // Other bytes than the validator stands for are never sent.
      if (made?.hash !== kept.hash) continue
      bodies.keep(kept, bytes.get(made)!)
      if (kept === ref) found = bytes.get(made)!
    }
    return found
  }

  return {
    lookup,
    body(ref) {
      const kept = bodies.get(ref)
      if (kept) return kept
      if (!owners.has(ref)) return undefined
      const pending = again.get(ref)
      if (pending) return pending
      const made = makeAgain(ref).finally(() => again.delete(ref))
      again.set(ref, made)
      return made
    },
  }
}
