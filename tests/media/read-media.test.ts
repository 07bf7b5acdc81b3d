import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parseBuffer } from 'music-metadata'
import { expect, test } from 'vitest'
import { readEmbeddedCover } from '../../src/media/embedded-cover.ts'
import { imageSize } from '../../src/media/image-size.ts'
import type { MediaFile } from '../../src/media/media-bytes.ts'
import { readMedia } from '../../src/media/read-media.ts'
import type { MediaFacts } from '../../src/model/media-facts.ts'
import { withComment } from '../support/ogg-comments.ts'

const folder = join(import.meta.dirname, '../fixtures/media/sound')
const names = readdirSync(folder).filter(name => !name.endsWith('.json'))
const bytesOf = (name: string) => Uint8Array.from(readFileSync(join(folder, name)))

function fileOf(bytes: Uint8Array, size = bytes.length): MediaFile & { read: MediaFile['read'] } {
  return { size, read: async (start, length) => bytes.slice(start, start + length) }
}

async function factsOf(bytes: Uint8Array): Promise<MediaFacts> {
  const reading = await readMedia(fileOf(bytes))
  expect(reading).toHaveProperty('facts')
  return (reading as { facts: MediaFacts }).facts
}

test.each(names)('%s is read as its pair says', async name => {
  const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'))
  expect(await readMedia(fileOf(bytesOf(name)))).toEqual(expected)
})

/** The picture that every pictured file here has, from one in which it lies as it is. */
function picturedPlainly(): Uint8Array {
  const { start, length } = JSON.parse(readFileSync(join(folder, 'id3v24.mp3.expected.json'), 'utf8')).facts
    .cover.pieces[0]
  return bytesOf('id3v24.mp3').slice(start, start + length)
}

test.each(names)('a reader that is not ours finds the same in %s', async name => {
  const bytes = bytesOf(name)
  const ours = await factsOf(bytes)
  const theirs = await parseBuffer(bytes, { mimeType: ours.type }, { duration: true, includeChapters: true })
  if (theirs.format.duration !== undefined)
    expect(Math.abs(ours.duration! - theirs.format.duration)).toBeLessThan(0.2)
  // It takes the notes of a WAV file for Latin-1, whatever wrote them.
  if (name !== 'plain.wav') expect(ours.tags.title).toBe(theirs.common.title ?? null)
  expect(ours.tags.artist).toBe(theirs.common.artist ?? null)
  expect(ours.tags.number).toBe(theirs.common.track.no ?? null)
  const [picture] = theirs.common.picture ?? []
  expect(ours.cover === null).toBe(picture === undefined)
  if (!ours.cover) return
  const read = async (start: number, length: number) => bytes.slice(start, start + length)
  const whole = await readEmbeddedCover(ours.cover, read)
  // It leaves the stuffing of version 2.3 in pictures; the same picture is in another file.
  const other = name === 'unsynchronised-v23.mp3' ? picturedPlainly() : Uint8Array.from(picture!.data)
  expect(whole).toEqual(other)
  expect(imageSize(whole)).toMatchObject({ type: ours.cover.type, width: ours.cover.width })
  expect(await readEmbeddedCover(ours.cover, read, { start: 2, end: 9 })).toEqual(whole.slice(2, 10))
})

const endsEarly = names.filter(name => !/bare|no-header|aac/.test(name))

test.each(endsEarly)(
  '%s with its end missing is said to be cut, and no longer than what is left',
  async name => {
    const bytes = bytesOf(name)
    const whole = await factsOf(bytes)
    const reading = await readMedia(fileOf(bytes.slice(0, Math.floor(bytes.length * 0.7))))
    if ('facts' in reading) {
      expect(reading.facts.cut).toBe(true)
      expect(reading.facts.duration ?? 0).toBeLessThanOrEqual(whole.duration!)
    } else expect(reading.fault).toBe('damaged')
  },
)

test.each([
  ['nothing', new Uint8Array(0), 'empty'],
  [
    'a page that a server sent in place of the sound',
    new TextEncoder().encode('<!doctype html><title>404</title>'),
    'unknown',
  ],
  ['a picture', Uint8Array.from(readFileSync(join(folder, '../pictures/colour.jpg'))), 'unknown'],
  ['zeros', new Uint8Array(100_000), 'unknown'],
])('%s is no sound', async (_, bytes, fault) => {
  expect(await readMedia(fileOf(bytes))).toEqual({ fault })
})

test.each([
  [100, 'Last', false],
  [300_000, 'Last', false],
  [380_000, 'Last', false],
  [400_000, null, true],
  [3_000_000, null, true],
])(
  'of an Opus with a comment of %i bytes the length is told, and whether there is more',
  async (length, title, notesCut) => {
    const bytes = withComment(bytesOf('pictured.opus'), length)
    let read = 0
    const reading = await readMedia({
      size: bytes.length,
      async read(start, length) {
        read += length
        return bytes.slice(start, start + length)
      },
    })
    expect(reading).toMatchObject({ facts: { notesCut, cut: false, tags: { title } } })
    expect('facts' in reading && reading.facts.duration).toBeCloseTo(2.5, 1)
    expect(read).toBeLessThanOrEqual(512_000)
  },
)

test('a file of 2 GB costs a few reads', async () => {
  const head = bytesOf('plain.wav')
  const [size, read]: [number, number[]] = [2 ** 31 + 5, []]
  const view = new DataView(head.buffer)
  const data = Buffer.from(head).indexOf('data')
  view.setUint32(data + 4, size - data - 8, true)
  const reading = await readMedia({
    size,
    async read(start, length) {
      read.push(length)
      const bytes = new Uint8Array(length)
      if (start < head.length) bytes.set(head.subarray(start, start + length))
      return bytes
    },
  })
  expect(reading).toMatchObject({ facts: { type: 'audio/wav', cut: false } })
  expect((reading as { facts: MediaFacts }).facts.duration).toBeCloseTo((size - data - 8) / 8_000, 0)
  expect(read.reduce((sum, length) => sum + length, 0)).toBeLessThan(524_288)
  const zeros = await readMedia({ size, read: async (_, length) => new Uint8Array(length) })
  expect(zeros).toEqual({ fault: 'unknown' })
})

test('whatever is done to a file, it answers, and reads no more than it may', async () => {
  const whole = names.map(bytesOf)
  const changed = fc
    .tuple(
      fc.constantFrom(...whole),
      fc.nat(40_000),
      fc.array(fc.tuple(fc.nat(1_500), fc.nat(255)), { maxLength: 12 }),
    )
    .map(([file, length, changes]) => {
      const bytes = file.slice(0, length)
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
      return bytes
    })
  await fc.assert(
    fc.asyncProperty(changed, async bytes => {
      let read = 0
      const reading = await readMedia({
        size: bytes.length,
        async read(start, length) {
          read += length
          return bytes.slice(start, start + length)
        },
      })
      if ('facts' in reading) {
        const { duration, chapters, cover } = reading.facts
        expect(duration === null || duration >= 0).toBe(true)
        expect(chapters.every(({ start, title }) => start >= 0 && title !== '')).toBe(true)
        expect(cover === null || cover.length > 0).toBe(true)
      }
      expect(read).toBeLessThan(16_000_000)
    }),
    { numRuns: 1_500 },
  )
})
