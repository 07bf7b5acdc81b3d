import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { textPlace } from '../text/text-place.ts'
import { guessEncoding } from './encoding-guess.ts'

export interface Decoded {
  /** LF line ends, no byte order mark; null where the bytes are not text. */
  text: string | null
  diagnostics: Diagnostic[]
}

/**
 * Decodes an article file: by its byte order mark, as UTF-8, as the encoding it declares (HTML's `meta`, XML's
 * declaration), or as a legacy encoding that can plainly be told from the bytes. Whatever is not certain is said.
 */
export function decodeText(bytes: Uint8Array, path: string): Decoded {
  if (bytes.length === 0) return reject('file-empty', path, 'The file is empty.')
  const marked = markOf(bytes)
  if (marked) return decodeAs(bytes.subarray(marked.length), marked.label, path)
  // By far the commonest case comes first: nothing about it is in doubt.
  const utf8 = decodeStrictly(bytes, 'utf-8')
  if (utf8 !== null && !control.test(utf8)) return { text: finish(utf8), diagnostics: [] }
  const binary = binaryKind(bytes)
  if (binary) return reject('file-binary', path, `The file is ${binary}, not text.`)
  const wide = wideWithoutMark(bytes)
  if (wide) return guessed(decodeAs(bytes, wide, path), wide, path, 'every second byte is zero')
  const declared = declaredEncoding(bytes)
  // An encoding of ASCII bytes with escapes (ISO-2022-JP) is valid UTF-8 too; only its declaration tells.
  if (declared?.startsWith('iso-2022')) return decodeAs(bytes, declared, path)
  if (utf8 !== null) return { text: finish(utf8), diagnostics: [] }
  if (declared && declared !== 'utf-8') return decodeAs(bytes, declared, path)
  const guess = guessEncoding(bytes)
  if (guess) return guessed(decodeAs(bytes, guess, path), guess, path, 'it is not valid UTF-8')
  return decodeAs(bytes, 'utf-8', path)
}

const control = /[\x00-\x08\x0e-\x1f]/

function reject(code: 'file-empty' | 'file-binary', path: string, message: string): Decoded {
  return { text: null, diagnostics: [diagnose(code, { path }, message)] }
}

function guessed(decoded: Decoded, label: string, path: string, why: string): Decoded {
  const message = `The file was read as ${label}, because ${why} and it declares no encoding.`
  return {
    ...decoded,
    diagnostics: [diagnose('encoding-guessed', { path }, message), ...decoded.diagnostics],
  }
}

function decodeAs(bytes: Uint8Array, label: string, path: string): Decoded {
  const text = finish(decoderOf(label).decode(bytes))
  const at = text.indexOf('\ufffd')
  if (at === -1 || decodeStrictly(bytes, label) !== null) return { text, diagnostics: [] }
  const place = { path, ...textPlace(text, at) }
  const count = text.split('\ufffd').length - 1
  const message = `${count === 1 ? 'One place is' : `${count} places are`} not valid ${label}; the first is here.`
  return { text, diagnostics: [diagnose('encoding-invalid', place, message)] }
}

function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** A runtime may lack a legacy encoding; UTF-8 shows then what can be shown. */
function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { ignoreBOM: true })
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true })
  }
}

function finish(text: string): string {
  const unmarked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked
}

/** Encoding Standard §6, BOM sniff. UTF-32's mark begins with UTF-16's; it is not an encoding of the web. */
function markOf(bytes: Uint8Array): { label: string; length: number } | null {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', length: 3 }
  if (a === 0xff && b === 0xfe && !(c === 0 && d === 0)) return { label: 'utf-16le', length: 2 }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', length: 2 }
  return null
}

const signatures: [string, string][] = [
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['47494638', 'a GIF picture'],
  ['25504446', 'a PDF'],
  ['504b0304', 'a ZIP archive'],
  ['1f8b', 'compressed with gzip'],
  ['7f454c46', 'a program'],
  ['494433', 'an MP3 recording'],
  ['4f676753', 'an Ogg recording'],
  ['d0cf11e0', 'an old Office document'],
  ['fffe0000', 'UTF-32'],
  ['0000feff', 'UTF-32'],
]

/** So many bytes are looked at to tell text from anything else. */
const maxSampleBytes = 8_192

function binaryKind(bytes: Uint8Array): string | null {
  const head = [...bytes.subarray(0, 4)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const known = signatures.find(([signature]) => head.startsWith(signature))
  if (known) return known[1]
  const sample = bytes.subarray(0, maxSampleBytes)
  let odd = 0
  for (const byte of sample) if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) odd++
  // Text may hold a stray control character or NUL; bytes of anything else are one eighth controls.
  return odd * 20 > sample.length && !wideWithoutMark(bytes) ? 'binary' : null
}

/** UTF-16 of mostly Latin text without a mark: the high bytes, all on one side, are zero. */
function wideWithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, maxSampleBytes & ~1)
  if (sample.length < 4 || bytes.length % 2 === 1) return null
  const zeros = { even: 0, odd: 0 }
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd']++
  const half = sample.length / 2
  if (zeros.odd > half * 0.6 && zeros.even < half * 0.02) return 'utf-16le'
  if (zeros.even > half * 0.6 && zeros.odd < half * 0.02) return 'utf-16be'
  return null
}

const declarations = [
  /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i,
  /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:.-]+)["']/i,
]

/** The label's encoding as the Encoding Standard names it, lower case; null where none, or one unknown, is declared. */
function declaredEncoding(bytes: Uint8Array): string | null {
  // HTML Standard §13.2.3.2: the prescan looks at 1024 bytes; pages with long heads are seen to declare it later.
  const head = String.fromCharCode(...bytes.subarray(0, 4_096))
  for (const declaration of declarations) {
    const label = declaration.exec(head)?.[1]
    try {
      if (label) return new TextDecoder(label).encoding
    } catch {}
  }
  return null
}
