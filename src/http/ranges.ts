import type { ByteRange } from '../model/snapshot.ts'
import { parseHttpDate } from '../text/http-dates.ts'
import { matchesStrongly, type Validators } from './conditional.ts'

/** The one range to send, `whole` for an ordinary 200, or `unsatisfiable` for a 416. */
export type RangeAnswer = ByteRange | 'whole' | 'unsatisfiable'

/**
 * What a `Range` header asks of `length` bytes (RFC 9110 §14.2). One range of bytes is honoured. Anything else, several
 * ranges among it, gets the whole: a server may ignore the header, and no player or downloader asks for several.
 */
export function readRange(header: string | null, length: number): RangeAnswer {
  const parts = header === null ? null : /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header.trim())
  if (!parts) return 'whole'
  const [, first, last] = parts as unknown as [string, string, string]
  if (first === '') return last === '' ? 'whole' : suffixRange(Number(last), length)
  const start = Number(first)
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1)
  // §14.1.1: a range whose end lies before its start is invalid, and an invalid header is ignored.
  if (last !== '' && Number(last) < start) return 'whole'
  return start < length ? { start, end } : 'unsatisfiable'
}

function suffixRange(wanted: number, length: number): RangeAnswer {
  if (wanted === 0) return 'unsatisfiable'
  // §14.1.2 calls a suffix of nothing satisfiable, and no Content-Range can say it.
  return length === 0 ? 'whole' : { start: Math.max(length - wanted, 0), end: length - 1 }
}

/** Whether `If-Range` (RFC 9110 §13.1.5) lets a range through: no header, the very tag, or exactly the date. */
export function allowsRange(header: string | null, validators: Validators, now: number): boolean {
  if (header === null) return true
  if (header.includes('"')) return matchesStrongly(header, validators.etag)
  const date = parseHttpDate(header, now)
  return date !== null && validators.lastModified !== null && date === validators.lastModified * 1000
}
