import { encodePath } from '../text/urls.ts'

/** RFC 9110 §4.1 asks for at least 8000 octets. Nothing that is published has an address as long. */
export const maxTargetLength = 8000

/** A request target's path as it was sent, and its query without `?`. */
export interface Target {
  path: string
  query: string
}

export function targetOf(url: string): Target {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  if (start === -1) return { path: '/', query: '' }
  const end = url.indexOf('?', start)
  const path = end === -1 ? url.slice(start) : url.slice(start, end)
  // RFC 3986 §6.2.2.3. Node and browsers resolve dots before anybody sees them; workerd leaves them in.
  return {
    path: dotSegment.test(path) ? new URL(url).pathname : path,
    query: end === -1 ? '' : url.slice(end + 1),
  }
}

const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/** Every character stands for itself and there are no empty parts: the path of nearly every request. */
const plainPath = /^(?:\/(?!\/)[\w.~!$&'()*+,;=:@-]*)+$/

const plainQuery = /^[\w.~!$&'()*+,;=:@/?%-]*$/

/** The target in an origin-form request line (RFC 9112 §3.2.1), or null where it takes a URL parser to know what it says. */
export function plainTarget(target: string): Target | null {
  const end = target.indexOf('?')
  const path = end === -1 ? target : target.slice(0, end)
  const query = end === -1 ? '' : target.slice(end + 1)
  return plainPath.test(path) && !dotSegment.test(path) && plainQuery.test(query) ? { path, query } : null
}

/**
 * The path a request means: decoded, in NFC, without empty parts. `null` where it can mean nothing here (an encoded
 * slash is not a separator, RFC 3986 §2.2, and no published path contains one); `'malformed'` where its percent-encoding is
 * broken.
 */
export function readPath(path: string): string | null | 'malformed' {
  if (plainPath.test(path)) return path
  if (/%2f/i.test(path)) return null
  try {
    return decodeURIComponent(path)
      .normalize('NFC')
      .replace(/\/{2,}/g, '/')
  } catch {
    return 'malformed'
  }
}

/** Whether an address is written in our one way, but for the case of its percent-encoding, which means nothing (RFC 3986 §6.2.2.1). */
export function isSpelling(written: string, ours: string): boolean {
  return written === ours || written.replace(/%[\da-f]{2}/gi, triplet => triplet.toUpperCase()) === ours
}

/** The one way we write a path in an address: RFC 3986 §3.3's characters as they are, all others encoded. */
export function writePath(path: string): string {
  return plainPath.test(path) ? path : encodePath(path)
}

/** Where a path that leads nowhere may have meant to lead. */
export function nearbyPath(path: string): string {
  if (path.endsWith('/index.html')) return path.slice(0, -'index.html'.length)
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`
}

/** The part of a path below a base (`/` or `/news/`), or null where it lies elsewhere; the base itself may lack its slash. */
export function belowBase(path: string, base: string): string | null {
  if (base === '/') return path
  if (path.startsWith(base)) return path.slice(base.length - 1)
  return path === base.slice(0, -1) ? '/' : null
}

/** A published path below a base: `/rss.xml` below `/news/` is `/news/rss.xml`. */
export function onBase(path: string, base: string): string {
  return base === '/' ? path : base + path.slice(1)
}
