/** FNV-1a over UTF-16 code units, 32 bits: quick, and the same everywhere. `before`: the hash of a text that this one goes on from. */
export function fnv1a(text: string, before = 0x811c9dc5): number {
  let hash = before
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
