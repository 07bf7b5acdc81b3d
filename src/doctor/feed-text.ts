import type { OutgoingAnswer } from '../model/outgoing.ts'
import { textPlace } from '../text/text-place.ts'
import type { Report } from './finding.ts'

/**
 * The characters of a document as a strict reader decodes them: a byte order mark first, then the charset of
 * Content-Type, then the XML declaration, then UTF-8 (RFC 7303 §3). What disagrees is found.
 */
export function readText({ url, headers, body }: OutgoingAnswer, report: Report): string {
  const inHeader = /charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? null
  const mark = markOf(body)
  const start = new TextDecoder('latin1').decode(body.subarray(0, 200))
  const declared =
    /^(?:\xEF\xBB\xBF)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? null
  const ascii = body.every(byte => byte < 0x80)
  if (inHeader && declared && encodingName(inHeader) !== encodingName(declared) && !ascii)
    report('encoding-mixed', url, `Content-Type says ${inHeader}, the XML declaration says ${declared}.`)
  const isJson = /json/.test(headers['content-type'] ?? '') || /^\s*\{/.test(start)
  if (!inHeader && !declared && !mark && !ascii && !isJson)
    report('charset-missing', url, `Content-Type is ${headers['content-type'] ?? 'missing'}.`)
  const encoding = mark ?? inHeader ?? declared ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body)
  } catch {
    const text = new TextDecoder().decode(body)
    report('encoding-mixed', url, `${placeOf(text, text.indexOf('\uFFFD'))} is not ${encoding}.`)
    return text
  }
}

function markOf(body: Uint8Array): string | null {
  const [a, b, c] = body
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return a === 0xff && b === 0xfe ? 'utf-16le' : null
}

/** Labels of one encoding (`utf8`, `UTF-8`) have one name. */
function encodingName(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return label.toLowerCase()
  }
}

/** `Line 3, column 7`, for a position in a text. */
export function placeOf(text: string, at: number): string {
  const { line, column } = textPlace(text, at)
  return `Line ${line}, column ${column}`
}
