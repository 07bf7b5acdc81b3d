/** The pages of an Ogg stream: RFC 3533 §6. */
function pagesOf(bytes: Uint8Array): Uint8Array[] {
  const pages: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const count = bytes[at + 26]!
    const segments = bytes.subarray(at + 27, at + 27 + count)
    const end = at + 27 + count + segments.reduce((sum, length) => sum + length, 0)
    pages.push(bytes.subarray(at, end))
    at = end
  }
  return pages
}

/** The same Opus with one comment of `length` bytes, whose other comments come after it. Checksums are left as zeros. */
export function withComment(opus: Uint8Array, length: number): Uint8Array {
  const [head, ...rest] = pagesOf(opus)
  const sound = rest.findIndex(page => Buffer.from(page.subarray(6, 14)).readBigInt64LE() > 0n)
  const value = Buffer.concat([Buffer.from('FILLING='), Buffer.alloc(length - 8, 'x')])
  const number = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    return bytes
  }
  const title = Buffer.from('TITLE=Last')
  const packet = Buffer.concat([
    Buffer.from('OpusTags'),
    number(0),
    number(2),
    number(value.length),
    value,
    number(title.length),
    title,
  ])
  const pages: Buffer[] = []
  for (let at = 0, isLast = false; !isLast; at += 255 * 255) {
    const part = packet.subarray(at, at + 255 * 255)
    isLast = part.length < 255 * 255
    const segments = Buffer.alloc(isLast ? Math.floor(part.length / 255) + 1 : 255, 255)
    if (isLast) segments[segments.length - 1] = part.length % 255
    const page = Buffer.alloc(27)
    page.write('OggS')
    page[5] = at === 0 ? 0 : 1
    page.set(head!.subarray(14, 18), 14)
    page[26] = segments.length
    pages.push(page, segments, part)
  }
  return Uint8Array.from(Buffer.concat([head!, ...pages, ...rest.slice(sound)]))
}
