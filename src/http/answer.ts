import type { Fields } from './fields.ts'
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
  fields: Fields
  body: Uint8Array | ReadableStream<Uint8Array> | null
  /** Whether `body` is in the coding that `content-encoding` names. */
  encoded: boolean
}

export function bodiless(status: number, fields: Fields): Answer {
  return { status, fields, body: null, encoded: false }
}

export function withBody(status: number, fields: Fields, body: Answer['body']): Answer {
  return { status, fields, body, encoded: fields['content-encoding'] !== undefined }
}
