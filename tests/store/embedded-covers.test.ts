import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { Publication, StoreReader } from '../../src/model/snapshot.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { writeWorkerBundle } from '../../src/runtimes/worker/worker-bundle.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { createObjectReader } from '../../src/store/object-reader.ts'
import { temporaryFolder } from '../runtimes/command-line.ts'
import { deployedReader } from '../support/deployed-bundle.ts'
import { createMemoryObjects } from '../support/memory-objects.ts'
import { memorySource } from '../support/memory-source.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const fixtures = join(import.meta.dirname, '../fixtures/media/sound')
/** One that lies there as it is, one with stuffing in it, one in Base64 over pages. */
const names = ['id3v24.mp3', 'unsynchronised-v23.mp3', 'pictured.opus']

async function publicationOf(): Promise<Publication> {
  const files = new Map<string, string | Uint8Array>(
    names.flatMap(name => [
      [name, Uint8Array.from(readFileSync(join(fixtures, name)))],
      [`${name.replace(/\..*/, '')}.md`, `---\ntitle: ${name}\ndate: 2026-03-04\n---\n\nWords.\n`],
    ]),
  )
  const source = memorySource(files)
  const { site } = readSettings(
    'title = "Tides"\nurl = "https://tides.example/"\ntimezone = "UTC"\n[podcast]\n',
  )
  return (await createPublisher({ source, clock: () => now }).prepare(site!)).publication
}

async function expectCovers(store: StoreReader, publication: Publication) {
  // The three sounds carry one picture; in the first it lies as it was made.
  const file = readFileSync(join(fixtures, 'id3v24.mp3'))
  const start = file.indexOf(Uint8Array.of(0xff, 0xd8, 0xff))
  const picture = Uint8Array.from(file.subarray(start, start + 247))
  const app = createReaderApp({ store, clock: () => now })
  for (const name of names) {
    const path = `/media/${name}.cover.jpg`
    expect(await publication.media.find(medium => medium.path === path)!.read()).toEqual(picture)
    const whole = await app.request(path)
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-type')).toBe('image/jpeg')
    expect(whole.headers.get('content-length')).toBe(`${picture.length}`)
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(picture)
    const part = await app.request(path, { headers: { range: 'bytes=10-19' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${picture.length}`)
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(picture.slice(10, 20))
  }
}

test('pictures inside sounds are served by a Worker with its assets', async () => {
  using folder = temporaryFolder()
  const publication = await publicationOf()
  await writeWorkerBundle(folder.path, publication)
  await expectCovers(deployedReader(folder.path), publication)
})

test('pictures inside sounds are served from an object store', async () => {
  const objects = createMemoryObjects()
  const publication = await publicationOf()
  const clock = () => now
  await createObjectPublication({ objects, digest: nodeDigest, compress: {}, clock }).publish(publication)
  const reader = createObjectReader({ objects, digest: nodeDigest, clock })
  await reader.refresh()
  await expectCovers(reader, publication)
})
