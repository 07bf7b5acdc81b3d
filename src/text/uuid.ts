/**
 * A name-based UUID, version 5 (RFC 9562 §5.5): the same for the same name, for ever.
 * @param namespace a UUID
 */
export function uuidOf(name: string, namespace: string): string {
  const seed = Uint8Array.from(namespace.replaceAll('-', '').match(/../g)!, pair => Number.parseInt(pair, 16))
  const text = new TextEncoder().encode(name)
  const bytes = new Uint8Array(seed.length + text.length)
  bytes.set(seed)
  bytes.set(text, seed.length)
  const hash = sha1(bytes).subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** FIPS 180-4 §6.1. Version 5 is defined by it; WebCrypto's would make every caller asynchronous. Nothing is secured by it. */
function sha1(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(((message.length + 72) >> 6) << 6)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, message.length * 8)
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const words = new Int32Array(80)
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 80; t++)
      words[t] =
        t < 16
          ? view.getInt32(block + t * 4)
          : rotate(words[t - 3]! ^ words[t - 8]! ^ words[t - 14]! ^ words[t - 16]!, 1)
    let [a, b, c, d, e] = state as [number, number, number, number, number]
    for (let t = 0; t < 80; t++) {
      const next = (rotate(a, 5) + mix(t, b, c, d) + e + constants[Math.floor(t / 20)]! + words[t]!) | 0
      e = d
      d = c
      c = rotate(b, 30)
      b = a
      a = next
    }
    ;[a, b, c, d, e].forEach((value, index) => {
      state[index] = (state[index]! + value) | 0
    })
  }
  const digest = new DataView(new ArrayBuffer(20))
  state.forEach((value, index) => {
    digest.setInt32(index * 4, value)
  })
  return new Uint8Array(digest.buffer)
}

const constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6]

function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (b & c) | (~b & d)
  if (t >= 40 && t < 60) return (b & c) | (b & d) | (c & d)
  return b ^ c ^ d
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
