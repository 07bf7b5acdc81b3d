/**
 * FNV-1a over UTF-16 code units, 32 bits: quick, and the same everywhere.
 * @param before the hash of a text that this one goes on from
 * @param start, end of a part of the text, as `slice` takes them
 */
export function fnv1a(text: string, before = 0x811c9dc5, start = 0, end = text.length): number {
  let hash = before
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
