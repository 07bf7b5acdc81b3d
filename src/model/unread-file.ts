/**
 * Why a file of the folder was not read: its format; an archive; no extension; nobody knows; an article's format, but left out or not where its
 * system keeps articles; what belongs to a site besides its articles.
 */
export type UnreadKind =
  | 'format'
  | 'archive'
  | 'nameless'
  | 'unknown'
  | 'ignored'
  | 'elsewhere'
  | 'media'
  | 'service'

export interface UnreadFile {
  path: string
  kind: UnreadKind
  /** What it is, in words: `Word`, `an archive`. */
  what: string
  /** What to do where it is an article. */
  hint: string
}
