import type {
  BodyRef,
  Coding,
  DocumentResource,
  DocumentSet,
  PublishedDocument,
  RenderedDocument,
} from '../model/snapshot.ts'
import { valueUnder } from '../text/item-at.ts'
import { createLruCache } from '../text/lru-cache.ts'
import { documentResource, encodeBody, type ResourceTools } from './resources.ts'

export interface OnDemandOptions {
  tools: Pick<ResourceTools, 'digest' | 'compress'>
  /** Bytes of bodies to keep; others are made again when they are asked for. */
  maxBodyBytes: number
  /** Documents whose validators are kept. */
  maxDocuments: number
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
  /**
   * These are the documents from now on. Bodies of the ones before can still be made, for answers under way; of those
   * before them only what has not changed since, and nothing of them is held any more.
   */
  replace(current: DocumentSet[]): void
}

/** What is known of a path. It outlives the publication in which it was made. */
interface Known {
  path: string
  /** The last documents in which it was found to be the same; null where these are held no more. */
  found: { documents: DocumentSet; document: PublishedDocument } | null
  fingerprint: string
  resource: DocumentResource
}

/**
 * A document is made again only where its fingerprint is another one: after a publication that does not touch it, the
 * same resource answers for it, though its bytes may have been let go.
 */
export function createOnDemandDocuments(options: OnDemandOptions): OnDemandDocuments {
  const { tools } = options
  const known = createKnownDocuments(options.maxDocuments)
  const bodies = createLruCache<BodyRef, Uint8Array>(options.maxBodyBytes, ({ length }) => length)
  const underWay = new Map<string, { documents: DocumentSet; made: Promise<DocumentResource> }>()
  const again = new Map<BodyRef, Promise<Uint8Array | null>>()
  let current: DocumentSet[] = []

  function lookup(documents: DocumentSet, path: string, at: number) {
    const before = known.at(path)
    if (before?.found?.documents === documents) return before.resource
    const document = documents.get(path)
    if (!document) return undefined
    if (before?.fingerprint === document.fingerprint) {
      before.found = { documents, document }
      known.remember(before)
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
    const encoded = await encode(rendered, tools)
    const before = known.at(path)?.resource
    const resource = documentResource(rendered, encoded.bodies, at, before)
    for (const [ref, bytes] of encoded.bytes) bodies.set(ref, bytes)
    known.remember({ path, found: { documents, document }, fingerprint, resource })
    return resource
  }

  async function makeAgain(ref: BodyRef): Promise<Uint8Array | null> {
    const owner = known.ownerOf(ref)
    if (!owner) return null
    const document = owner.found?.document ?? documentAsItWas(owner, current)
    if (!document) return null
    const { bodies: refs, bytes } = await encode(document.render(), tools)
    const { resource } = owner
    let found: Uint8Array | null = null
    for (const [coding, kept] of Object.entries(resource.bodies) as [Coding, BodyRef][]) {
      const made = refs[coding]
      // Other bytes than the validator stands for are never sent.
      if (made?.hash !== kept.hash) continue
      const body = valueUnder(bytes, made)
      bodies.set(kept, body)
      if (kept === ref) found = body
    }
    return found
  }

  return {
    lookup,
    replace(next) {
      known.holdOnly(new Set([...next, ...current]))
      current = next
    },
    body(ref) {
      const kept = bodies.get(ref)
      if (kept) return kept
      if (!known.ownerOf(ref)) return undefined
      const pending = again.get(ref)
      if (pending) return pending
      const made = makeAgain(ref).finally(() => again.delete(ref))
      again.set(ref, made)
      return made
    },
  }
}

/** What is known of paths, and whose the bodies are. */
function createKnownDocuments(maxDocuments: number) {
  const known = new Map<string, Known>()
  const owners = new WeakMap<BodyRef, Known>()
  /** Known no more; somebody may still be reading them. */
  const leaving = new Set<Known>()
  return {
    at: (path: string) => known.get(path),
    ownerOf: (ref: BodyRef) => owners.get(ref),
    remember(entry: Known): void {
      const before = known.get(entry.path)
      if (before && before !== entry) leaving.add(before)
      known.delete(entry.path)
      known.set(entry.path, entry)
      for (const ref of Object.values(entry.resource.bodies)) owners.set(ref, entry)
      if (known.size <= maxDocuments) return
      for (const [path, oldest] of known) {
        known.delete(path)
        oldest.found = null
        return
      }
    },
    /** Documents of other sets are let go. */
    holdOnly(held: ReadonlySet<DocumentSet>): void {
      for (const entries of [known.values(), leaving])
        for (const entry of entries) {
          if (entry.found && held.has(entry.found.documents)) continue
          entry.found = null
          leaving.delete(entry)
        }
    },
  }
}

async function encode(rendered: RenderedDocument, tools: OnDemandOptions['tools']) {
  const identity = new TextEncoder().encode(rendered.body)
  return encodeBody(identity, await tools.digest(identity), tools)
}

function documentAsItWas(
  { path, fingerprint }: Known,
  current: DocumentSet[],
): PublishedDocument | undefined {
  const documents = current.flatMap(documents => documents.get(path) ?? [])
  return documents.find(document => document.fingerprint === fingerprint)
}
