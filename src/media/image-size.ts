/** What a picture's first bytes say of it. */
export interface ImageSize {
  /** The type by the bytes, whatever the file is called. */
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif' | 'image/svg+xml'
  /** As it is shown: a photograph's orientation is applied. CSS pixels. */
  width: number
  height: number
  /** How the colours are stored; null where the format or the first bytes don't say. */
  colours: 'rgb' | 'grey' | 'cmyk' | 'palette' | null
}

/** So many bytes tell the size of nearly every picture: cameras put up to 64 KB of notes before it. */
export const imageHeaderBytes = 131_072

type Size = Omit<ImageSize, 'type'>

/** The size of a picture from its first bytes; null where they are none that are known, or end too soon. Never throws. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = readers.find(([, isOne]) => isOne(bytes))
  if (!found) return null
  const [type, , read] = found
  try {
    const size = read(view, bytes)
    return size && size.width > 0 && size.height > 0 ? { type, ...size } : null
  } catch (error) {
    // A DataView throws at the end of the bytes.
    if (error instanceof RangeError) return null
    throw error
  }
}

const ascii = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end))

const readers: [
  ImageSize['type'],
  (bytes: Uint8Array) => boolean,
  (view: DataView, bytes: Uint8Array) => Size | null,
][] = [
  ['image/png', bytes => ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n', pngSize],
  ['image/jpeg', bytes => bytes[0] === 0xff && bytes[1] === 0xd8, jpegSize],
  ['image/gif', bytes => /^GIF8[79]a/.test(ascii(bytes, 0, 6)), gifSize],
  ['image/webp', bytes => /^RIFF.{4}WEBP/s.test(ascii(bytes, 0, 12)), webpSize],
  ['image/avif', bytes => /^.{4}ftyp(?:avi[fs]|mif1|msf1)/s.test(ascii(bytes, 0, 12)), avifSize],
  [
    'image/svg+xml',
    bytes => /^\uFEFF?\s*<(?:\?xml|!--|!doctype svg|svg[\s>])/i.test(textOf(bytes.subarray(0, 64))),
    svgSize,
  ],
]

/** https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(view: DataView): Size {
  const colourType = view.getUint8(25)
  const colours = colourType === 3 ? 'palette' : colourType & 2 ? 'rgb' : 'grey'
  return { width: view.getUint32(16), height: view.getUint32(20), colours }
}

/** Segment after segment to the start of the frame (ITU-T T.81 §B.2.2); Exif's orientation swaps the sides. */
function jpegSize(view: DataView, bytes: Uint8Array): Size | null {
  let turned = false
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    // SOF0 to SOF15 without DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      const components = view.getUint8(at + 9)
      const colours = components === 1 ? 'grey' : components === 4 ? 'cmyk' : 'rgb'
      return turned ? { width: height, height: width, colours } : { width, height, colours }
    }
    if (marker === 0xd9 || marker === 0xda) return null
    if (marker === 0xe1 && ascii(bytes, at + 4, at + 10) === 'Exif\0\0')
      turned = exifOrientation(view, at + 10) >= 5
    at += 2 + view.getUint16(at + 2)
  }
}

/** Exif 2.32 §4.6.4: 1 to 8; from 5 on the sides are swapped. 1 where nothing is said or the block is damaged. */
function exifOrientation(view: DataView, start: number): number {
  try {
    const little = view.getUint16(start) === 0x4949
    const directory = start + view.getUint32(start + 4, little)
    const entries = view.getUint16(directory, little)
    for (let entry = 0; entry < entries; entry++) {
      const at = directory + 2 + entry * 12
      if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little)
    }
  } catch {
    // The picture can be measured all the same.
  }
  return 1
}

function gifSize(view: DataView): Size {
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), colours: 'palette' }
}

/** RFC 9649 §2: lossy, lossless and extended files have their size in different places. */
function webpSize(view: DataView, bytes: Uint8Array): Size | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
        colours: 'rgb',
      }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, colours: 'rgb' }
    }
    case 'VP8X':
      return { width: uint24(24) + 1, height: uint24(27) + 1, colours: 'rgb' }
    default:
      return null
  }
}

/**
 * The largest `ispe` of the properties: the others belong to tiles and thumbnails. `irot` by a quarter turn swaps the
 * sides (ISO/IEC 23008-12 §6.5.3, §6.5.10).
 */
function avifSize(view: DataView, bytes: Uint8Array): Size | null {
  let size: Size | null = null
  let turned = false
  const text = ascii(bytes, 0, Math.min(bytes.length, 8_192))
  for (let at = text.indexOf('ispe'); at !== -1; at = text.indexOf('ispe', at + 4)) {
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)]
    if (!size || width * height > size.width * size.height) size = { width, height, colours: 'rgb' }
  }
  const rotation = text.indexOf('irot')
  if (rotation !== -1) turned = (view.getUint8(rotation + 4) & 1) === 1
  return size && turned ? { ...size, width: size.height, height: size.width } : size
}

/** https://www.w3.org/TR/SVG2/coords.html#SizingSVGInCSS: the given lengths, else the box; percentages say nothing. */
function svgSize(_: DataView, bytes: Uint8Array): Size | null {
  const tag = /<svg\b[^>]*>/i.exec(textOf(bytes.subarray(0, 16_384)))?.[0]
  if (!tag) return null
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]
  const [, , boxWidth = 0, boxHeight = 0] = (attribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : null
  const width = pixels(attribute('width'))
  const height = pixels(attribute('height'))
  if (width && height) return { width, height, colours: 'rgb' }
  if (!ratio) return null
  if (width) return { width, height: Math.round(width / ratio), colours: 'rgb' }
  if (height) return { width: Math.round(height * ratio), height, colours: 'rgb' }
  return { width: Math.round(boxWidth), height: Math.round(boxHeight), colours: 'rgb' }
}

const units: Record<string, number> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
}

function pixels(length: string | undefined): number | null {
  const [, digits, unit = ''] = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(length ?? '') ?? []
  const factor = units[unit.toLowerCase()]
  return digits === undefined || factor === undefined ? null : Math.round(Number(digits) * factor)
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
