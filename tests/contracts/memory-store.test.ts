import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { brotliCompress, gzip, zstdCompress } from 'node:zlib'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/store/memory.ts'
import { runStoreContract } from './store-contract.ts'

runStoreContract('memory', () => createMemoryStore())

const node = {
  digest: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex'),
  compress: { gzip: promisify(gzip), br: promisify(brotliCompress), zstd: promisify(zstdCompress) },
}
runStoreContract('memory, with the tools of Node', () => createMemoryStore(node))

const text = 'words '.repeat(500)
const publication = (bodies: string[], publishedAt = Date.UTC(2026, 0, 1)) => ({
  url: 'https://example.org/',
  maxAge: 300,
  publishedAt,
  documents: bodies.map((body, index) => ({
    path: `/${index}`,
    mediaType: 'text/plain',
    body,
    headers: {},
    page: null,
    maxAge: null,
  })),
  media: [],
  redirects: [],
  gone: [],
  due: [],
})

test('memory: each changed body is compressed once', async () => {
  const compressed: number[] = []
  const count = (bytes: Uint8Array) => {
    compressed.push(bytes.length)
    return bytes.subarray(0, 9)
  }
  const store = createMemoryStore({ compress: { gzip: count } })
  await store.publish(publication([text, `${text}2`]))
  await store.publish(publication([text, `${text}2`]))
  await store.publish(publication([`${text}2`, text]))
  await store.publish(publication([text, `${text}33`]))
  expect(compressed).toEqual([3000, 3001, 3002])
})

test('memory: codings that gain nothing are not kept', async () => {
  const store = createMemoryStore({ compress: { gzip: bytes => bytes, br: bytes => bytes.subarray(1) } })
  const snapshot = await store.publish(publication([text, 'short']))
  const codings = [...snapshot.paths(0)].map(([, resource]) =>
    resource.kind === 'document' ? Object.keys(resource.bodies) : [],
  )
  expect(codings).toEqual([['identity', 'br'], ['identity']])
})

test('memory: media that cannot be read are reported', async () => {
  const seen: unknown[] = []
  const store = createMemoryStore({ onUnreadable: (path, error) => seen.push(path, error) })
  const read = () => Promise.reject(new Error('no permission'))
  const medium = { path: '/media/a.mp3', mediaType: 'audio/mpeg', size: 1, stamp: null, read }
  await store.publish({ ...publication([]), media: [medium] })
  expect(seen).toEqual(['/media/a.mp3', new Error('no permission')])
})

test('memory: a source that reads whole files only is enough for parts of a large medium', async () => {
  const bytes = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251)
  const medium = {
    path: '/media/a',
    mediaType: 'audio/mpeg',
    size: bytes.length,
    stamp: '1',
    read: async () => bytes,
  }
  const store = createMemoryStore()
  const snapshot = await store.publish({ ...publication([]), media: [medium] })
  const resource = await snapshot.at(0).lookup('/media/a')
  if (resource?.kind !== 'media') throw new Error('no medium')
  const part = await store.body(resource.body, { start: 1_000_000, end: 1_999_999 })
  const received = new Uint8Array(await new Response(part as ReadableStream).arrayBuffer())
  expect(Buffer.compare(received, bytes.slice(1_000_000, 2_000_000))).toBe(0)
})

test('memory: a snapshot that nobody looks at takes its bodies with it', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const store = createMemoryStore({ digest: node.digest })
  for (let version = 0; version < 30; version++)
    await store.publish(publication([`${version}`.padEnd(5_000_000, 'x')]))
  await new Promise(resolve => setTimeout(resolve))
  collect()
  expect(process.memoryUsage().arrayBuffers).toBeLessThan(40_000_000)
})
