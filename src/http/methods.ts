import { type Answer, bodiless, type ReadRequest } from './answer.ts'
import type { HeaderFields } from './header-fields.ts'
import { textAnswer } from './plain-answer.ts'
import { bareSecurity } from './security-headers.ts'

const allowed = 'GET, HEAD, OPTIONS'

export const isRead = (method: string) => method === 'GET' || method === 'HEAD'

/** The answer to any other method at an address that exists. */
export function answerMethod(request: ReadRequest): Answer {
  if (request.method !== 'OPTIONS')
    return textAnswer(405, 'This address can only be read.', { allow: allowed, 'cache-control': 'no-store' })
  return bodiless(204, { ...bareSecurity, allow: allowed, ...preflight(request) })
}

/** Fetch §3.3.3: a browser asks before it sends validators or a range to another site. */
function preflight({ headers }: ReadRequest): HeaderFields {
  if (headers.get('access-control-request-method') === null) return {}
  return {
    'access-control-allow-methods': allowed,
    'access-control-allow-headers': allowedHeaders(headers.get('access-control-request-headers')),
    'access-control-max-age': '86400',
    vary: 'Access-Control-Request-Headers',
  }
}

const fieldNames = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/
const maxFieldNames = 2_000

/** Whatever the script wants to send: no field makes an answer other than anybody gets, and `*` would leave out `Authorization`. */
function allowedHeaders(asked: string | null): string {
  const isList = asked !== null && asked.length <= maxFieldNames && fieldNames.test(asked)
  return isList
    ? asked
    : 'A-IM, Cache-Control, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Range'
}
