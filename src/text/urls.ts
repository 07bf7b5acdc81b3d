/** The decoded path of an address below a publication's url (`/` + the rest), or null where it lies elsewhere. */
export function publicationPath(address: string, base: string): string | null {
  if (!address.startsWith(base)) return null
  // By far the most of them, each of which is asked for several times in a look at a folder.
  const rest = address.slice(base.length)
  if (plainPath.test(rest)) return `/${rest}`
  try {
    return `/${decodeURIComponent(rest.replace(/[?#].*$/, ''))}`.normalize('NFC')
  } catch {
    return null
  }
}

/** What is the same decoded and normalised. */
const plainPath = /^[\w\-.~!$&'()*+,;=:@/]*$/

/** An absolute http(s) address of plain ASCII that needs no normalising: by far the commonest kind in articles. */
const plainAbsolute =
  /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w\-~!$&'()*+,;=:@%/]*(?:\.[\w\-~!$&'()*+,;=:@%/]+)*)?(?:\?[\w\-.~!$&'()*+,;=:@%/?]*)?(?:#[\w\-.~!$&'()*+,;=:@%/?]*)?$/

/** Whether a path is one of several, or lies below one. */
export const isAmong = (places: readonly string[], path: string) =>
  places.some(place => path === place || path.startsWith(`${place}/`))

/** The path that a publication lies below, without a slash at its end: `/project`; empty at the root of its host. */
export const basePathOf = (url: string) => new URL(url).pathname.replace(/\/$/, '')

/** A path from the root of a site that lies below one itself; as it is where it is written so already, or is none. */
export const rootedBelow = (path: string, base: string) =>
  base === '' ||
  !/^\/(?!\/)/.test(path) ||
  (path.startsWith(base) && /^(?:[/?#]|$)/.test(path.slice(base.length)))
    ? path
    : base + path

/** Whether a string is an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** `href` made absolute; null where it is not a URL. An absolute address that is valid as it stands is not rewritten. */
export function resolveUrl(href: string, base: string): string | null {
  const trimmed = trimUrl(href)
  if (plainAbsolute.test(trimmed)) return trimmed
  return URL.parse(trimmed, base)?.href ?? null
}

/**
 * An http or https address as feeds may carry it: the URL Standard leaves characters in addresses that are none of a URI
 * (RFC 3986 §2), such as `|` in a path and `%` before anything; they are percent-encoded. Null where there is no such
 * address, or one with a name and password in it, which no document may give (RFC 9110 §4.2.4).
 */
export function documentUrl(address: string, base?: string): string | null {
  const url = URL.parse(trimUrl(address), base)
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    !/^(?:[\w\-.~!$&'()*+,;=%]+|\[[\da-f:.]+\])$/i.test(url.hostname)
  )
    return null
  return url.username || url.password ? null : uriOf(url.href)
}

/** A URL as the URL Standard prints it, with the characters that no URI may have percent-encoded (RFC 3986 §2). */
export function uriOf(href: string): string {
  if (!notOfUrisOnce.test(href) || !/^https?:/i.test(href)) return href
  const slash = href.indexOf('/', href.indexOf('//') + 2)
  const hostEnd = slash === -1 ? href.length : slash
  const rest = href.slice(hostEnd)
  const fragment = rest.indexOf('#')
  return (
    href.slice(0, hostEnd) +
    rest.replace(notOfUris, (character, at: number) =>
      at === fragment ? character : encodeURIComponent(character),
    )
  )
}

const notOfUrisOnce = /[^\w\-.~!$&'()*+,;=:@/?%]|%(?![\da-f]{2})/i
const notOfUris = /[^\w\-.~!$&'()*+,;=:@/?%]|%(?![\da-f]{2})/gi

/**
 * A link as browsers read it: surrounding white space and controls are dropped, tabs and line breaks even within
 * (URL Standard, §4.4 basic URL parser, steps 1 to 3). Whoever looks at a scheme must look at this.
 */
export function trimUrl(href: string): string {
  return /[\x00-\x20]/.test(href) ? href.replace(leadingOrTrailing, '').replace(/[\t\n\r]+/g, '') : href
}

const leadingOrTrailing = /^[\x00-\x20]+|[\x00-\x20]+$/g

/** `HTTPS://…` → `https`; null where the link is relative. */
export function schemeOf(href: string): string | null {
  return /^([a-z][a-z0-9+.-]*):/i.exec(trimUrl(href))?.[1]?.toLowerCase() ?? null
}

/**
 * A path as the path of a URL, in the one way that we write it everywhere: RFC 3986 §3.3's characters as they are, all others
 * encoded.
 */
export function encodePath(path: string): string {
  // A lone surrogate has no UTF-8 form, and encodeURIComponent throws on it.
  return encodeURIComponent(path.toWellFormed()).replace(
    /%(?:2F|24|26|2B|2C|3B|3D|3A|40)/g,
    decodeURIComponent,
  )
}

/** The path a percent-encoded one stands for; as it is where the encoding is broken. */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Resolves `.` and `..` of a path inside the folder; null where it would leave it. */
export function normalisePath(path: string): string | null {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

/** The folder of a path: `posts/a.md` → `posts`, `a.md` → ``. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** `posts/a.md` → `a.md` */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** What stands behind the last dot of a file's name, in small letters; empty where there is none. */
export function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot === -1 || path.includes('/', dot) ? '' : path.slice(dot + 1).toLowerCase()
}
