import { bodies } from './conformance-publication.ts'

/** An answer in full: these header fields and no others, these bytes. What servers add by themselves is not compared. */
export interface ExpectedAnswer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}

const security = {
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
}
const shared = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Accept-Ranges, Content-Length, Content-Range, ETag, Link, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
}
const bareFields = {
  ...security,
  'access-control-allow-origin': '*',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}
const pageFields = {
  ...security,
  'content-security-policy':
    "default-src 'none'; img-src * data:; media-src *; script-src 'self'; style-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  'content-type': 'text/html; charset=utf-8',
}
const feedFields = {
  ...security,
  ...shared,
  'content-security-policy':
    "default-src 'none'; img-src * data:; media-src *; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
}

export const firstModified = 'Thu, 01 Jan 2026 00:00:01 GMT'
export const readersVary = 'Accept-Encoding, Sec-Fetch-Dest, Sec-Fetch-Mode'
export const peopleVary = 'Accept-Encoding, Accept, Sec-Fetch-Dest, Sec-Fetch-Mode'

export const etags = {
  rss: 'W/"01cb1dd808e3b18c56de70e68e40fb7b"',
  rssLater: 'W/"f1e08872c606170dfe54d94851c6abea"',
  home: 'W/"d85c9c546cbbe6a6a40df31adfa7dd1c"',
  json: 'W/"7565e3c35ffae9021d5269b080fa9211"',
  sound: '"bce0aff19cf5aa6a7469a30d61d04e43"',
}

const rssFields = {
  'content-language': 'en',
  link: '<https://example.org/rss.xml>; rel="self", <https://hub.example/>; rel="hub"',
}

export const rss: ExpectedAnswer = {
  status: 200,
  headers: {
    ...feedFields,
    ...rssFields,
    'content-type': 'application/rss+xml; charset=utf-8',
    'content-length': '800',
    'cache-control': 'public, max-age=300',
    etag: etags.rss,
    'last-modified': firstModified,
    vary: readersVary,
  },
  body: bodies.rss,
}

export const rssLater: ExpectedAnswer = {
  ...rss,
  headers: {
    ...rss.headers,
    'content-length': '70',
    etag: etags.rssLater,
    'last-modified': 'Thu, 01 Jan 2026 02:00:01 GMT',
  },
  body: bodies.rssLater,
}

export const atom: ExpectedAnswer = {
  status: 200,
  headers: {
    ...feedFields,
    'content-type': 'application/atom+xml; charset=utf-8',
    'content-length': '75',
    'cache-control': 'public, max-age=300',
    etag: 'W/"5860551c3a1299666e05eeccd16a3f12"',
    'last-modified': firstModified,
    vary: readersVary,
  },
  body: bodies.atom,
}

export const json: ExpectedAnswer = {
  status: 200,
  headers: {
    ...feedFields,
    'content-type': 'application/feed+json; charset=utf-8',
    'content-length': '79',
    'cache-control': 'public, max-age=60',
    etag: etags.json,
    'last-modified': firstModified,
    vary: readersVary,
  },
  body: bodies.json,
}

export const opml: ExpectedAnswer = {
  status: 200,
  headers: {
    ...feedFields,
    'content-type': 'text/x-opml; charset=utf-8',
    'content-length': '22',
    'cache-control': 'public, max-age=300',
    etag: 'W/"42d2b8ad6a1f62011c3ae5e56d877864"',
    'last-modified': firstModified,
    vary: 'Accept-Encoding',
  },
  body: bodies.opml,
}

export const style: ExpectedAnswer = {
  status: 200,
  headers: {
    ...opml.headers,
    'content-type': 'text/css; charset=utf-8',
    'content-length': '15',
    etag: 'W/"6d6068180a5c710c68c8ee0e290cb9b3"',
  },
  body: bodies.style,
}

export const home: ExpectedAnswer = {
  status: 200,
  headers: {
    ...pageFields,
    'content-length': '418',
    'cache-control': 'public, max-age=300',
    etag: etags.home,
    'last-modified': firstModified,
    link: '<https://example.org/rss.xml>; rel="alternate"; type="application/rss+xml"',
    vary: 'Accept-Encoding',
  },
  body: bodies.home,
}

const plainPage = {
  ...pageFields,
  'cache-control': 'public, max-age=300',
  'last-modified': firstModified,
  vary: 'Accept-Encoding',
}

export const article: ExpectedAnswer = {
  status: 200,
  headers: { ...plainPage, 'content-length': '70', etag: 'W/"a4f11d649bdd1d8053cafc1a860f729f"' },
  body: bodies.article,
}

export const tag: ExpectedAnswer = {
  status: 200,
  headers: { ...plainPage, 'content-length': '39', etag: 'W/"fe3d34cf0717b0502ff22e2bb8c4e319"' },
  body: bodies.tag,
}

/** The home page as a browser gets it at the address of `/rss.xml`. */
export const rssPage: ExpectedAnswer = {
  status: 200,
  headers: {
    ...pageFields,
    'content-length': '418',
    'cache-control': 'private, no-cache',
    etag: etags.home,
    link: '<https://example.org/rss.xml>; rel="alternate"; type="application/rss+xml"',
    vary: peopleVary,
  },
  body: bodies.home,
}

/** The home page at the address of `/feed.json`, which it does not announce itself. */
export const jsonPage: ExpectedAnswer = {
  ...rssPage,
  headers: {
    ...rssPage.headers,
    link: `${rssPage.headers.link}, <https://example.org/feed.json>; rel="alternate"; type="application/feed+json"`,
  },
}

export const notFound: ExpectedAnswer = {
  status: 404,
  headers: {
    ...pageFields,
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
    'content-length': '40',
    vary: 'Accept-Encoding',
  },
  body: bodies.notFound,
}

const mediaFields = {
  ...security,
  ...shared,
  'content-security-policy':
    "default-src 'none'; img-src 'self' data:; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'",
  'accept-ranges': 'bytes',
  'cache-control': 'public, max-age=300',
  'last-modified': firstModified,
}

export const sound: ExpectedAnswer = {
  status: 200,
  headers: { ...mediaFields, 'content-type': 'audio/mpeg', 'content-length': '100', etag: etags.sound },
  body: bodies.sound,
}

export const drawing: ExpectedAnswer = {
  status: 200,
  headers: {
    ...mediaFields,
    'content-security-policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
    'content-type': 'image/svg+xml',
    'content-length': '72',
    etag: '"8d491313ee7d57578d910b6c688f8eef"',
  },
  body: bodies.drawing,
}

export const emptyMedium: ExpectedAnswer = {
  status: 200,
  headers: {
    ...mediaFields,
    'content-type': 'audio/wav',
    'content-length': '0',
    etag: '"e3b0c44298fc1c149afbf4c8996fb924"',
  },
  body: '',
}

export const health: ExpectedAnswer = {
  status: 200,
  headers: {
    ...bareFields,
    'cache-control': 'no-store',
    'content-length': '31',
    'content-type': 'application/json',
  },
  body: '{"status":"ok","generation":1}\n',
}

/** `200` of a document, in a coding other than identity. */
export function coded(answer: ExpectedAnswer, coding: string, body: Uint8Array): ExpectedAnswer {
  const headers = { ...answer.headers, 'content-encoding': coding, 'content-length': `${body.length}` }
  return { ...answer, headers, body }
}

export function headOf(answer: ExpectedAnswer): ExpectedAnswer {
  return { ...answer, body: '' }
}

/** RFC 9110 §15.4.5: of the 200's fields only those that a cache needs; and those by which a script may see it. */
export function notModified(answer: ExpectedAnswer): ExpectedAnswer {
  const kept = [
    'access-control-allow-origin',
    'access-control-expose-headers',
    'cache-control',
    'etag',
    'vary',
  ]
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => kept.includes(name)))
  return { status: 304, headers, body: '' }
}

/** The bytes from `start` to `end`, both included. */
export function part(answer: ExpectedAnswer, start: number, end: number): ExpectedAnswer {
  const bytes = answer.body as Uint8Array
  return {
    status: 206,
    headers: {
      ...answer.headers,
      'content-length': `${end - start + 1}`,
      'content-range': `bytes ${start}-${end}/${bytes.length}`,
    },
    body: bytes.subarray(start, end + 1),
  }
}

export function sentence(
  status: number,
  text: string,
  headers: Record<string, string> = { 'cache-control': 'no-store' },
): ExpectedAnswer {
  return {
    status,
    headers: {
      ...bareFields,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': `${new TextEncoder().encode(text).length + 1}`,
      ...headers,
    },
    body: `${text}\n`,
  }
}

export function movedTo(location: string): ExpectedAnswer {
  return {
    status: 301,
    headers: { ...bareFields, location, 'cache-control': 'public, max-age=300', 'content-length': '0' },
    body: '',
  }
}

export const readOnly: ExpectedAnswer = sentence(405, 'This address can only be read.', {
  allow: 'GET, HEAD, OPTIONS',
  'cache-control': 'no-store',
})
export const unsatisfiable = sentence(416, 'There are 100 bytes.', {
  'accept-ranges': 'bytes',
  'content-range': 'bytes */100',
  'cache-control': 'no-store',
})
export const failed = sentence(412, 'This is not the version you asked for.')
export const withdrawn = sentence(410, 'This was withdrawn.', { 'cache-control': 'public, max-age=300' })
export const malformed = sentence(400, 'The percent-encoding of this address is broken.')
export const options: ExpectedAnswer = {
  status: 204,
  headers: { ...bareFields, allow: 'GET, HEAD, OPTIONS' },
  body: '',
}
export const preflight: ExpectedAnswer = {
  status: 204,
  headers: {
    ...options.headers,
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': 'if-none-match',
    'access-control-max-age': '86400',
    vary: 'Access-Control-Request-Headers',
  },
  body: '',
}
