import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageSize } from '../../src/media/image-size.ts'

const folder = join(import.meta.dirname, '../fixtures/media/pictures')
const types: Record<string, string> = { jpg: 'image/jpeg', svg: 'image/svg+xml' }

test.each(readdirSync(folder))('%s is 40 by 30, and told by its bytes', name => {
  const extension = name.split('.').at(-1)!
  const size = imageSize(readFileSync(join(folder, name)))
  expect(size).toMatchObject({ type: types[extension] ?? `image/${extension}`, width: 40, height: 30 })
  expect(size!.colours === 'grey').toBe(name.startsWith('grey'))
})

/** A JPEG with an Exif block that says how it was held, behind the first marker. */
function heldAs(orientation: number, little: boolean): Uint8Array {
  const jpeg = readFileSync(join(folder, 'colour.jpg'))
  const exif = new DataView(new ArrayBuffer(2 + 2 + 6 + 8 + 2 + 12 + 4))
  exif.setUint16(0, 0xffe1)
  exif.setUint16(2, exif.byteLength - 2)
  for (const [index, letter] of [...'Exif'].entries()) exif.setUint8(4 + index, letter.charCodeAt(0))
  exif.setUint16(10, little ? 0x4949 : 0x4d4d)
  exif.setUint16(12, 42, little)
  exif.setUint32(14, 8, little)
  exif.setUint16(18, 1, little)
  exif.setUint16(20, 0x0112, little)
  exif.setUint16(22, 3, little)
  exif.setUint32(24, 1, little)
  exif.setUint16(28, orientation, little)
  return Buffer.concat([jpeg.subarray(0, 2), new Uint8Array(exif.buffer), jpeg.subarray(2)])
}

test.each([
  [1, 40, 30],
  [3, 40, 30],
  [6, 30, 40],
  [8, 30, 40],
])('a photograph held as %i is %i by %i', (orientation, width, height) => {
  for (const little of [true, false])
    expect(imageSize(heldAs(orientation, little))).toMatchObject({ width, height })
})

test('a picture for print is told from one for screens', () => {
  const jpeg = Uint8Array.from(readFileSync(join(folder, 'colour.jpg')))
  const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0)
  jpeg[frame + 9] = 4
  expect(imageSize(jpeg)).toMatchObject({ colours: 'cmyk' })
})

test('whatever the bytes, it answers', () => {
  const pictures = readdirSync(folder).map(name => readFileSync(join(folder, name)))
  const damaged = fc
    .tuple(
      fc.constantFrom(...pictures),
      fc.nat(2_000),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 }),
    )
    .map(([picture, length, changes]) => {
      const bytes = Uint8Array.from(picture.subarray(0, length))
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
      return bytes
    })
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), bytes => {
      const size = imageSize(bytes)
      expect(size === null || (size.width > 0 && size.height > 0)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
