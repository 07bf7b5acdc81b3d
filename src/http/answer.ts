import type { HeaderFields } from './header-fields.ts'
import type { Target } from './paths.ts'

/** What an answer depends on, and nothing else of a request does: the same on every runtime and in every framework. */
export interface ReadRequest {
  method: string
  target: Target
  /** By name in lower case; several fields of one name are joined by `, `. */
  headers: { get(name: string): string | null }
}

/** An answer before any framework has seen it. A HEAD's has the fields of the GET's and no body. */
export interface Answer {
  status: number
  /** May be shared by many answers: never to be changed. */
  headers: HeaderFields
  body: Uint8Array | ReadableStream<Uint8Array> | null
  /** Whether `body` is in the coding that `content-encoding` names. */
  encoded: boolean
}

export function bodiless(status: number, headers: HeaderFields): Answer {
  return { status, headers, body: null, encoded: false }
}

export function withBody(status: number, headers: HeaderFields, body: Answer['body']): Answer {
  return { status, headers, body, encoded: headers['content-encoding'] !== undefined }
}
