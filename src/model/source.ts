import { BroadsheetError, isErrorNamed } from './errors.ts'
import type { EmbeddedCover } from './media-facts.ts'
import type { ByteRange } from './snapshot.ts'

/** A file in a publication's folder, before it is read. */
export interface SourceFile {
  /** Inside the folder, `/` between parts, no leading slash. */
  path: string
  /** Bytes. */
  size: number
  /** Changes whenever the content may have changed (mtime and size, say); null where unknown: always read then. */
  stamp: string | null
  /** It is a link to this file of the folder. */
  linkTo?: string
  /** It is no file but a picture in one: `stamp` is that file's. Never in a listing. */
  inside?: { path: string; size: number; cover: EmbeddedCover }
}

/** Where article files come from. Everything is addressed by path inside the folder; nothing outside it can be. */
export interface Source {
  /** Shown to people. */
  name: string
  /** Every file, in the order of its path by UTF-16 code units, whatever the platform's listing order. */
  list(): Promise<SourceListing>
  /**
   * The listing with nothing but these paths looked at anew; what did not change are the same objects. Null where that
   * can't be told without looking at everything. Absent: it never can.
   */
  relist?(listing: SourceListing, paths: Iterable<string>): Promise<SourceListing | null>
  /** The bytes, or a part of them. Rejects with a `SourceError` where the file can't be read or is not the one that was meant. */
  read(path: string, part?: FilePart): Promise<Uint8Array>
  /** The same of a whole file, at once. Absent: it can't be had so. */
  readSync?(path: string): Uint8Array
}

/** What is wanted of a file. */
export interface FilePart {
  range?: ByteRange | undefined
  /** As long as the range: a source that can reads into it, and gives it back. */
  room?: Uint8Array | undefined
  /** The stamp the file had when it was listed; one that has another now is refused. */
  stamp?: string | null
}

/** A file of a source as those read it who look into it here and there. */
export function readParts(source: Pick<Source, 'read'>, { path, size, stamp }: SourceFile) {
  return (start: number, length: number) =>
    source.read(path, { range: { start, end: Math.min(size, start + length) - 1 }, stamp })
}

/**
 * What could not even be looked at: `outside` is a link that leaves the folder, `link` one to a folder inside, `special` a pipe, a socket or a
 * device, `name` whatever has a name that is not UTF-8, under which it cannot be opened.
 */
export interface RefusedPath {
  path: string
  reason: 'unreadable' | 'outside' | 'link' | 'special' | 'name'
  /** It is a folder, or a link to one: of `link` its path. */
  folder?: string | true
}

export interface SourceListing {
  files: SourceFile[]
  refused: RefusedPath[]
  /** Hidden files, node_modules, our own earlier output. */
  ignored: number
}

const reasons = {
  unreadable: "can't be read",
  outside: 'lies outside the folder',
  changed: 'has changed since it was listed',
} as const

/** A file (or the folder itself) that a source can't give: our own error, to be reported, never a crash. */
export class SourceError extends BroadsheetError {
  override readonly name = 'SourceError'
  readonly path: string
  readonly reason: keyof typeof reasons

  constructor(path: string, reason: keyof typeof reasons, options?: ErrorOptions) {
    super(`${path} ${reasons[reason]}${because(options?.cause)}`, options)
    this.path = path
    this.reason = reason
  }
}

/** True also for an error of another copy of this module. */
export function isSourceError(error: unknown): error is SourceError {
  return isErrorNamed<SourceError>(error, 'SourceError')
}

const systemReasons: Record<string, string> = {
  EACCES: 'its permissions forbid it',
  EPERM: 'its permissions forbid it',
  EISDIR: 'it is a folder',
  ENOENT: 'it is gone',
  EIO: 'the disk fails',
  ELOOP: 'it is a link that leads back to itself',
}

/** Whether a file is not there any more, or never was: no fault of the disk, that may pass. */
export function isGone(error: unknown): boolean {
  if (isSourceError(error) && error.reason === 'outside') return true
  const cause = isSourceError(error) ? error.cause : error
  return (
    cause instanceof Error && 'code' in cause && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(cause.code))
  )
}

/** Why a file could not be read, in a sentence for whoever put it there. */
export function whyUnreadable(error: unknown): string {
  const cause = isSourceError(error) ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null
  const reason =
    code !== null && Object.hasOwn(systemReasons, code) ? `${systemReasons[code]} (${code})` : null
  return `This file cannot be read: ${reason ?? (error instanceof Error ? error.message : String(error))}.`
}

function because(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
}
