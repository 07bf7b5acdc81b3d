import { expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { MediaFile, Publication, StoreReader } from '../../src/model/snapshot.ts'
import { createMemoryStore } from '../../src/store/memory.ts'

const megabyte = 1024 * 1024

const publication = (media: MediaFile[]): Publication => ({
  url: 'https://example.org/',
  maxAge: 300,
  publishedAt: Date.UTC(2026, 0, 1),
  documents: [{ path: '/a', mediaType: 'text/plain', body: 'one', headers: {}, page: null, maxAge: null }],
  media,
  redirects: [],
  gone: [],
  due: [],
})

/** A film of three megabytes in a file, of which `read` gives what the file holds at the time. */
function film() {
  let content = Uint8Array.from({ length: 3 * megabyte }, (_, index) => index % 251)
  let largest = 0
  const medium: MediaFile = {
    path: '/media/film.mp4',
    mediaType: 'video/mp4',
    size: content.length,
    stamp: '1',
    async read(range) {
      const bytes = range ? content.slice(range.start, range.end + 1) : content.slice()
      largest = Math.max(largest, bytes.length)
      return bytes
    },
  }
  return {
    medium,
    original: content,
    largestRead: () => largest,
    truncate() {
      content = content.slice(0, 100)
    },
  }
}

async function serving(medium: MediaFile) {
  const store = createMemoryStore()
  await store.publish(publication([medium]))
  return createReaderApp({ store })
}

test('a large medium is read little by little, whole and in parts', async () => {
  const { medium, original, largestRead } = film()
  const app = await serving(medium)
  const whole = await app.request('/media/film.mp4')
  expect(whole.headers.get('content-length')).toBe(`${3 * megabyte}`)
  expect(Buffer.compare(new Uint8Array(await whole.arrayBuffer()), original)).toBe(0)
  const part = await app.request('/media/film.mp4', { headers: { range: 'bytes=1000000-1999999' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000000-1999999/3145728'])
  expect(Buffer.compare(new Uint8Array(await part.arrayBuffer()), original.slice(1e6, 2e6))).toBe(0)
  expect(largestRead()).toBeLessThanOrEqual(megabyte)
})

test('a medium that has changed under us is a 503, never other bytes under the old tag', async () => {
  const { medium, truncate } = film()
  const app = await serving(medium)
  truncate()
  for (const headers of [{}, { range: 'bytes=0-9999' }]) {
    const answer = await app.request('/media/film.mp4', { headers })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    expect([answer.headers.get('etag'), answer.headers.get('content-range')]).toEqual([null, null])
  }
})

test('a medium that changes while it is sent breaks off', async () => {
  const { medium, truncate } = film()
  const answer = await (await serving(medium)).request('/media/film.mp4')
  truncate()
  await expect(answer.arrayBuffer()).rejects.toThrow('/media/film.mp4 has changed since it was published')
})

test('a file of another length, read whole, is never cut to look like a part', async () => {
  const { medium } = film()
  const shorter = { ...medium, read: async () => new Uint8Array(2 * megabyte) }
  const published = { ...medium }
  const app = await serving(published)
  published.read = shorter.read
  expect((await app.request('/media/film.mp4')).status).toBe(503)
})

test('HEAD and 304 never look for a body', async () => {
  const store = createMemoryStore()
  await store.publish(publication([film().medium]))
  const bodiless: StoreReader = {
    current: () => store.current(),
    body: () => {
      throw new Error('nobody asked for a body')
    },
  }
  const errors: unknown[] = []
  const app = createReaderApp({ store: bodiless, onError: error => errors.push(error) })
  for (const path of ['/a', '/media/film.mp4']) {
    const head = await app.request(path, { method: 'HEAD' })
    const again = await app.request(path, { headers: { 'if-none-match': head.headers.get('etag')! } })
    expect([head.status, again.status]).toEqual([200, 304])
  }
  expect(errors).toEqual([])
})
