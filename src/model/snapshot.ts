/** Content codings (RFC 9110 §8.4.1) a body can rest in. */
export type Coding = 'identity' | 'gzip' | 'br' | 'zstd'

/** A body by the hash of its bytes, as a store's own snapshots name it. `length` in bytes. */
export interface BodyRef {
  /** SHA-256 of the bytes as they go out, lower-case hex; a medium in the folder may be named otherwise by its store. */
  hash: string
  length: number
}

/** A rendered document: feed, list or page. */
export interface DocumentResource {
  kind: 'document'
  mediaType: string
  /** Weak (`W/"…"`), made of the identity bytes at publication and shared by every coding. */
  etag: string
  /**
   * Epoch seconds: the first whole second after this path's bytes last changed (a copy taken earlier in the second of
   * the change is then always older); null where unknown. Never goes back while the path lives.
   */
  lastModified: number | null
  bodies: { identity: BodyRef } & { [coding in Coding]?: BodyRef }
  /** Extra headers, already complete: `link`, `content-language`. Names in lower case. */
  headers: Record<string, string>
  /** The path of the page that a person sees at this address, where that is a feed's. */
  page: string | null
  /** Seconds a cache may keep it; null: the application's default. */
  maxAge: number | null
}

/** A file of the folder that articles refer to. Ranges are honoured. */
export interface MediaResource {
  kind: 'media'
  mediaType: string
  /** Strong: the very bytes. */
  etag: string
  lastModified: number | null
  body: BodyRef
}

/** A former path. `location` is absolute or a path on this publication. */
export interface RedirectResource {
  kind: 'redirect'
  status: 301 | 302 | 308
  location: string
}

/** An article that was withdrawn. */
export interface GoneResource {
  kind: 'gone'
}

/** An article that is published, and that cannot be given: its file can't be read, and nothing else remembers it. */
export interface AwayResource {
  kind: 'away'
}

export type Resource = DocumentResource | MediaResource | RedirectResource | GoneResource | AwayResource

/**
 * What readers see at one instant. `lookup` takes the decoded, normalised path and never does work that grows with the
 * publication.
 */
export interface View {
  lookup(path: string): Resource | undefined | Promise<Resource | undefined>
}

/** The immutable result of one publication. */
export interface Snapshot {
  /** Grows by one with every publication that changed something, for ever, restarts included. */
  generation: number
  /** Epoch milliseconds. */
  publishedAt: number
  /** The address every absolute URL starts with; ends in `/`. */
  url: string
  /** Seconds a cache may keep a document that says nothing itself. */
  maxAge: number
  /** The view at an instant (epoch ms): a snapshot carries what changes at its next due times. */
  at(now: number): View
  /** Epoch ms of the next change after `now`, or null. */
  nextDue(now: number): number | null
  /** Every path with its resource at `now`, but for documents that are made when they are asked for. */
  paths(now: number): Iterable<[string, Resource]>
}

/** A range of bytes, both ends included. */
export interface ByteRange {
  start: number
  end: number
}

/** The reader's side of a store. */
export interface StoreReader {
  current(): Snapshot | null | Promise<Snapshot | null>
  /**
   * The bytes of a body, or exactly those of the range; null where the store does not hold them (any more), a medium
   * that has changed since publication among them. A stream ends early, with an error, rather than mix two bodies.
   */
  body(
    ref: BodyRef,
    range?: ByteRange,
  ): Uint8Array | ReadableStream<Uint8Array> | null | Promise<Uint8Array | ReadableStream<Uint8Array> | null>
}

/** A document that can be made at any time while the publication that it belongs to is current. */
export interface PublishedDocument {
  path: string
  /** Of everything it is made of. While it is the same, `render` gives the same document. */
  fingerprint: string
  render(): RenderedDocument
}

/** Documents by path, none of which has been made. The same object as long as nothing in it changes. */
export interface DocumentSet {
  /** Never does work that grows with the publication, but for the first call. */
  get(path: string): PublishedDocument | undefined
  /** Every one, each path once. */
  values(): Iterable<PublishedDocument>
}

/** A document before it rests anywhere: what the documents room makes. */
export interface RenderedDocument {
  /** On the publication: `/rss.xml`. Decoded, NFC. */
  path: string
  mediaType: string
  body: string
  headers: Record<string, string>
  page: string | null
  maxAge: number | null
}

/** A medium before it rests anywhere. */
export interface MediaFile {
  /** On the publication: `/media/…`. */
  path: string
  mediaType: string
  size: number
  /** Changes whenever the content may have changed; null where unknown: the store then keeps the bytes themselves. */
  stamp: string | null
  /**
   * The whole file, or that part of it; a source that cannot read parts may give the whole for any. Rejects where the
   * file can't be read, or is no longer what `size` and `stamp` say.
   * @param room as long as that part: a source that can reads into it, and gives it back
   */
  read(range?: ByteRange, room?: Uint8Array): Promise<Uint8Array>
}

/** What a writer hands to a store: one complete publication. */
export interface Publication {
  url: string
  maxAge: number
  /** Epoch milliseconds, from the clock that was handed in. */
  publishedAt: number
  /**
   * The generation that was published last, as far as the publisher knows: a store that forgets goes on from there. One that
   * remembers goes by its own. Absent: none was.
   */
  lastGeneration?: number
  documents: RenderedDocument[]
  /** Further documents, to be made when they are first asked for; may name those above too. Absent: there are none. */
  onDemand?: DocumentSet
  media: MediaFile[]
  redirects: { path: string; location: string }[]
  gone: string[]
  /** Where articles are that are published and cannot be given just now. Absent: there are none. */
  away?: string[]
  /** What changes by itself at epoch-ms instants, in order: documents that are new or other, and paths that are gone. */
  due: DuePublication[]
}

/** What is other from an instant on, media that are to be seen only then among it. */
export interface DuePublication {
  /** Epoch milliseconds. */
  at: number
  documents: RenderedDocument[]
  /** All further documents at that time, in place of those before. */
  onDemand?: DocumentSet
  media?: MediaFile[]
  gone: string[]
}

/** A place where snapshots rest. */
export interface Store extends StoreReader {
  /** Keeps the publication and makes it current in one step. */
  publish(publication: Publication): Promise<Snapshot>
}
