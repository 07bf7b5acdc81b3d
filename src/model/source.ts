/** A file in a publication's folder, before it is read. */
export interface SourceFile {
  /** Inside the folder, `/` between parts, no leading slash. */
  path: string
  /** Bytes. */
  size: number
  /** Changes whenever the content may have changed (mtime and size, say); null where unknown: always read then. */
  stamp: string | null
}

/** Where article files come from. Everything is addressed by path inside the folder; nothing outside it can be. */
export interface Source {
  /** Shown to people. */
  name: string
  /** Every file, in the order of its path by UTF-16 code units, whatever the platform's listing order. */
  list(): Promise<SourceListing>
  /** The bytes. Rejects with a `SourceError` where the file can't be read. */
  read(path: string): Promise<Uint8Array>
}

export interface SourceListing {
  files: SourceFile[]
  /** Files that could not even be looked at: `reason` is `unreadable` or `outside` (a link that leaves the folder). */
  refused: { path: string; reason: 'unreadable' | 'outside' }[]
  /** Hidden files, node_modules, our own earlier output. */
  ignored: number
}

/** A file (or the folder itself) that a source can't give: our own error, to be reported, never a crash. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly path: string
  readonly reason: 'unreadable' | 'outside'

  constructor(path: string, reason: 'unreadable' | 'outside', options?: ErrorOptions) {
    super(
      reason === 'outside'
        ? `${path} lies outside the folder.`
        : `${path} can't be read${because(options?.cause)}.`,
      options,
    )
    this.path = path
    this.reason = reason
  }
}

/** True also for an error of another copy of this module. */
export function isSourceError(error: unknown): error is SourceError {
  return error instanceof Error && error.name === 'SourceError'
}

function because(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
}
