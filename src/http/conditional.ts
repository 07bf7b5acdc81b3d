import { parseHttpDate } from '../text/http-dates.ts'
import type { ReadRequest } from './answer.ts'

/** What a representation is compared by. */
export interface Validators {
  /** `"…"` or `W/"…"`. */
  etag: string
  /** Epoch seconds; null where there is none to compare with. */
  lastModified: number | null
}

export type Precondition = 'proceed' | 'not-modified' | 'failed'

/**
 * The preconditions of a GET or HEAD in the order of RFC 9110 §13.2.2. Headers that are not lists of entity tags or no
 * dates are ignored.
 * @param now Epoch milliseconds
 */
export function evaluatePreconditions(
  headers: ReadRequest['headers'],
  validators: Validators,
  now: number,
): Precondition {
  const ifMatch = headers.get('if-match')
  if (ifMatch !== null) {
    if (!matchesStrongly(ifMatch, validators.etag)) return 'failed'
  } else if (validators.lastModified !== null) {
    const date = dateOf(headers.get('if-unmodified-since'), now)
    if (date !== null && validators.lastModified > date) return 'failed'
  }
  const ifNoneMatch = headers.get('if-none-match')
  // A date beside entity tags is ignored (§13.1.3), even where the tags can't be read: a 200 is never wrong.
  if (ifNoneMatch !== null) return matchesWeakly(ifNoneMatch, validators.etag) ? 'not-modified' : 'proceed'
  if (validators.lastModified === null) return 'proceed'
  const date = dateOf(headers.get('if-modified-since'), now)
  return date !== null && validators.lastModified <= date ? 'not-modified' : 'proceed'
}

/**
 * The Last-Modified to send and compare: none while the second of the change still runs, for the bytes may change again
 * within it (§8.8.2.2).
 */
export function settledLastModified(lastModified: number | null, now: number): number | null {
  return lastModified !== null && lastModified * 1000 <= now ? lastModified : null
}

/** `If-None-Match`: `*` or any tag of the list, weakly (§13.1.2, §8.8.3.2). */
export function matchesWeakly(header: string, etag: string): boolean {
  if (header === etag) return true
  const list = header.trim()
  if (list === '*') return true
  const wanted = opaque(etag)
  return tagsOf(list).some(tag => {
    const found = opaque(tag)
    return found === wanted || found.replace(codingSuffix, '') === wanted
  })
}

/** `If-Match` and `If-Range`: a weak tag is never equal to anything (§8.8.3.2). */
export function matchesStrongly(header: string, etag: string): boolean {
  const list = header.trim()
  if (list === '*') return true
  return !etag.startsWith('W/') && tagsOf(list).includes(etag)
}

/** A list's members; quotes may hold commas, and some clients lose the quotes. */
const tagsOf = (list: string): string[] => list.match(/(?:W\/)?"[^"]*"|[^\s,"]+/gi) ?? []

/** The tag without `W/`, which proxies that recompress add and drop, and without quotes. */
const opaque = (tag: string) => tag.replace(/^W\//i, '').replace(/^"(.*)"$/, '$1')

/** What servers and proxies append when they compress: Apache `-gzip`, Jetty `--gzip`, others `;br`. */
const codingSuffix = /(?:--?|[;:/+])(?:gzip|br|zstd|deflate)$/i

function dateOf(header: string | null, now: number): number | null {
  const instant = header === null ? null : parseHttpDate(header, now)
  return instant === null ? null : instant / 1000
}
