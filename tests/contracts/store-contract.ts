import { describe, expect, test } from 'vitest'
import type {
  DocumentResource,
  MediaFile,
  MediaResource,
  Publication,
  RenderedDocument,
  Resource,
  Snapshot,
  Store,
} from '../../src/model/snapshot.ts'
import { sha256 } from '../../src/text/digests.ts'

const noon = Date.UTC(2026, 0, 1, 12)
const megabyte = 1024 * 1024

function document(path: string, body: string, more: Partial<RenderedDocument> = {}): RenderedDocument {
  return { path, mediaType: 'text/plain', body, headers: {}, page: null, maxAge: null, ...more }
}

function publication(more: Partial<Publication> = {}): Publication {
  return {
    url: 'https://example.org/',
    maxAge: 300,
    publishedAt: noon,
    documents: [],
    media: [],
    redirects: [],
    gone: [],
    due: [],
    ...more,
  }
}

/** A medium whose file can be written to, as a folder's can. Like a folder's it refuses to be read under an old stamp. */
function mediumFile(path: string, bytes: Uint8Array) {
  let content = bytes
  let version = 1
  const file = (): MediaFile => {
    const stamp = `${version}`
    return {
      path,
      mediaType: 'audio/mpeg',
      size: content.length,
      stamp,
      async read(range) {
        if (`${version}` !== stamp) throw new Error('changed')
        return range ? content.slice(range.start, range.end + 1) : content.slice()
      },
    }
  }
  const write = (next: Uint8Array) => {
    content = next
    version++
  }
  return { file, write }
}

async function resourceAt(snapshot: Snapshot, path: string, now = snapshot.publishedAt) {
  return snapshot.at(now).lookup(path)
}

async function documentAt(snapshot: Snapshot, path: string, now?: number): Promise<DocumentResource> {
  const resource = await resourceAt(snapshot, path, now)
  expect(resource?.kind).toBe('document')
  return resource as DocumentResource
}

async function mediumAt(snapshot: Snapshot, path: string): Promise<MediaResource> {
  const resource = await resourceAt(snapshot, path)
  expect(resource?.kind).toBe('media')
  return resource as MediaResource
}

type Body = Awaited<ReturnType<Store['body']>>

async function bytesOf(body: Body): Promise<Uint8Array | null> {
  if (body === null || body instanceof Uint8Array) return body
  return new Uint8Array(await new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
}

async function textOf(store: Store, document: DocumentResource): Promise<string | null> {
  const bytes = await bytesOf(await store.body(document.bodies.identity))
  return bytes && new TextDecoder().decode(bytes)
}

/** Large bodies are compared by their digests: a list of three million differences helps nobody. */
async function expectBytes(body: Body | Promise<Body>, expected: Uint8Array): Promise<void> {
  const bytes = (await bytesOf(await body))!
  expect([bytes.length, await sha256(bytes)]).toEqual([expected.length, await sha256(expected)])
}

/** What every store promises, whatever it keeps its bytes in. `create` gives an empty one. */
export function runStoreContract(name: string, create: () => Store | Promise<Store>): void {
  describe(`a store: ${name}`, () => {
    test('has nothing before the first publication', async () => {
      const store = await create()
      expect(await store.current()).toBeNull()
    })

    test('keeps what is published, byte for byte', async () => {
      const store = await create()
      const text = 'Ein Satz. Une phrase. یک جمله. '.repeat(40)
      const snapshot = await store.publish(
        publication({
          documents: [
            document('/a.txt', text, { headers: { link: '<x>; rel="hub"' }, page: '/', maxAge: 7 }),
          ],
          redirects: [{ path: '/old', location: '/a.txt' }],
          gone: ['/gone'],
        }),
      )
      expect(await store.current()).toBe(snapshot)
      expect(snapshot).toMatchObject({
        generation: 1,
        publishedAt: noon,
        url: 'https://example.org/',
        maxAge: 300,
      })
      const found = await documentAt(snapshot, '/a.txt')
      expect(found).toMatchObject({
        mediaType: 'text/plain',
        headers: { link: '<x>; rel="hub"' },
        page: '/',
        maxAge: 7,
      })
      expect(await textOf(store, found)).toBe(text)
      expect(await resourceAt(snapshot, '/old')).toEqual({
        kind: 'redirect',
        status: 301,
        location: '/a.txt',
      })
      expect(await resourceAt(snapshot, '/gone')).toEqual({ kind: 'gone' })
      for (const path of ['/', '/A.txt', '/a.txt/', '', '__proto__', 'constructor', '/old/'])
        expect(await resourceAt(snapshot, path), path).toBeUndefined()
      expect([...snapshot.paths(noon)].map(([path]) => path).sort()).toEqual(['/a.txt', '/gone', '/old'])
    })

    test('names bodies by their bytes, and tells their true length', async () => {
      const store = await create()
      const snapshot = await store.publish(
        publication({ documents: [document('/a', 'same '.repeat(200)), document('/empty', '')] }),
      )
      for (const path of ['/a', '/empty'])
        for (const [coding, ref] of Object.entries((await documentAt(snapshot, path)).bodies)) {
          const bytes = (await bytesOf(await store.body(ref)))!
          expect([path, coding, bytes.length, await sha256(bytes)]).toEqual([
            path,
            coding,
            ref.length,
            ref.hash,
          ])
        }
    })

    test('gives equal bytes equal weak tags, and other bytes other ones', async () => {
      const store = await create()
      const snapshot = await store.publish(
        publication({ documents: [document('/a', 'one'), document('/b', 'one'), document('/c', 'two')] }),
      )
      const [a, b, c] = await Promise.all(['/a', '/b', '/c'].map(path => documentAt(snapshot, path)))
      expect(a!.etag).toMatch(/^W\/"[0-9a-f]{32,}"$/)
      expect(b!.etag).toBe(a!.etag)
      expect(c!.etag).not.toBe(a!.etag)
    })

    test('counts a publication that changes nothing as none', async () => {
      const store = await create()
      const documents = () => [document('/a', 'one'), document('/b', 'two')]
      const due = () => [{ at: noon + 9_000_000, documents: [document('/a', 'later')], gone: ['/b'] }]
      const first = await store.publish(publication({ documents: documents(), due: due() }))
      const second = await store.publish(
        publication({ documents: documents(), due: due(), publishedAt: noon + 5000 }),
      )
      expect(second.generation).toBe(1)
      expect(await documentAt(second, '/a')).toEqual(await documentAt(first, '/a'))
      const third = await store.publish(
        publication({ documents: documents(), due: [], publishedAt: noon + 6000 }),
      )
      expect(third.generation).toBe(2)
    })

    test('counts what comes due as published when a publication says the same', async () => {
      const store = await create()
      const at = noon + 60_000
      const due = [{ at, documents: [document('/a', 'later')], gone: [] }]
      const first = await store.publish(publication({ documents: [document('/a', 'now')], due }))
      const second = await store.publish(
        publication({ documents: [document('/a', 'later')], publishedAt: at + 30_000 }),
      )
      expect(second.generation).toBe(1)
      expect(await documentAt(second, '/a', at + 30_000)).toEqual(await documentAt(first, '/a', at))
    })

    test.each([
      ['a document', { documents: [document('/a', 'one'), document('/b', 'two!')] }],
      ['a header', { documents: [document('/a', 'one', { headers: { x: 'y' } }), document('/b', 'two')] }],
      ['a new path', { documents: [document('/a', 'one'), document('/b', 'two'), document('/c', '3')] }],
      ['a lost path', { documents: [document('/a', 'one')] }],
      ['a redirect', { redirects: [{ path: '/old', location: '/a' }] }],
      ['a gone path', { gone: ['/old'] }],
      ['the address', { url: 'https://example.net/' }],
      ['the lifetime', { maxAge: 5 }],
    ] satisfies [string, Partial<Publication>][])('counts %s as a change', async (_, change) => {
      const store = await create()
      const documents = [document('/a', 'one'), document('/b', 'two')]
      await store.publish(publication({ documents }))
      expect((await store.publish(publication({ documents, ...change }))).generation).toBe(2)
    })

    test('moves a path’s date when its bytes change, and only then', async () => {
      const store = await create()
      const first = await store.publish(
        publication({ documents: [document('/a', 'one'), document('/b', 'two')] }),
      )
      const second = await store.publish(
        publication({
          documents: [document('/a', 'one'), document('/b', 'shorter by a deletion')],
          publishedAt: noon + 60_500,
        }),
      )
      const date = noon / 1000
      expect((await documentAt(first, '/a')).lastModified).toBe(date + 1)
      expect((await documentAt(second, '/a')).lastModified).toBe(date + 1)
      expect((await documentAt(second, '/b')).lastModified).toBe(date + 61)
    })

    test('takes a document that comes back, the same object, for another change', async () => {
      const store = await create()
      const one = document('/a', 'one '.repeat(100))
      await store.publish(publication({ documents: [one] }))
      await store.publish(publication({ documents: [document('/a', 'two')], publishedAt: noon + 10_000 }))
      const back = await store.publish(publication({ documents: [one], publishedAt: noon + 20_000 }))
      const found = await documentAt(back, '/a')
      expect([back.generation, found.lastModified, await textOf(store, found)]).toEqual([
        3,
        noon / 1000 + 21,
        one.body,
      ])
      const still = await store.publish(publication({ documents: [one], publishedAt: noon + 30_000 }))
      expect([still.generation, await documentAt(still, '/a')]).toEqual([3, found])
    })

    test('never lets a date stand still or go back over a change, even if the clock does', async () => {
      const store = await create()
      const dates: number[] = []
      for (const [index, at] of [noon, noon, noon + 900, noon - 3_600_000, noon + 1000].entries()) {
        const documents = [document('/a', `version ${index}`)]
        const snapshot = await store.publish(publication({ documents, publishedAt: at }))
        dates.push((await documentAt(snapshot, '/a')).lastModified!)
      }
      expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b))
    })

    test('keeps the bytes of a snapshot that somebody still reads', async () => {
      const store = await create()
      const text = 'the first version '.repeat(50)
      const first = await store.publish(publication({ documents: [document('/a', text)] }))
      const held = await documentAt(first, '/a')
      await store.publish(publication({ documents: [document('/a', 'the second')] }))
      await store.publish(publication({ documents: [] }))
      expect(await textOf(store, held)).toBe(text)
      expect(await documentAt(first, '/a')).toBe(held)
    })

    test('publishes one after the other, in the order asked', async () => {
      const store = await create()
      const texts = Array.from(
        { length: 8 },
        (_, index) => `version ${index} ${'x'.repeat(1000 * (8 - index))}`,
      )
      const snapshots = await Promise.all(
        texts.map(text => store.publish(publication({ documents: [document('/a', text)] }))),
      )
      expect(snapshots.map(({ generation }) => generation)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      for (const [index, snapshot] of snapshots.entries())
        expect(await textOf(store, await documentAt(snapshot, '/a'))).toBe(texts[index])
      expect(await store.current()).toBe(snapshots.at(-1))
    })

    test('keeps the last snapshot when a publication fails, and takes the next', async () => {
      const store = await create()
      const good = await store.publish(publication({ documents: [document('/a', 'one')] }))
      const broken = {
        ...document('/b', ''),
        get body(): string {
          throw new Error('rendering failed')
        },
      }
      await expect(
        store.publish(publication({ documents: [document('/a', 'two'), broken] })),
      ).rejects.toThrow('rendering failed')
      expect(await store.current()).toBe(good)
      const next = await store.publish(publication({ documents: [document('/a', 'three')] }))
      expect(next.generation).toBe(2)
    })

    test('carries what comes due', async () => {
      const store = await create()
      const [one, two] = [noon + 60_000, noon + 120_000]
      const snapshot = await store.publish(
        publication({
          documents: [document('/a', 'a'), document('/b', 'b'), document('/same', 'same')],
          due: [
            { at: one, documents: [document('/a', 'a1'), document('/new', 'new')], gone: ['/b'] },
            {
              at: two,
              documents: [document('/a', 'a2'), document('/b', 'back'), document('/same', 'same')],
              gone: [],
            },
          ],
        }),
      )
      const text = async (path: string, now: number) => {
        const resource = await resourceAt(snapshot, path, now)
        return resource?.kind === 'document' ? textOf(store, resource) : resource?.kind
      }
      const seen = async (now: number) =>
        Promise.all(['/a', '/b', '/new', '/same'].map(path => text(path, now)))
      expect(await seen(noon)).toEqual(['a', 'b', undefined, 'same'])
      expect(await seen(one - 1)).toEqual(['a', 'b', undefined, 'same'])
      expect(await seen(one)).toEqual(['a1', 'gone', 'new', 'same'])
      expect(await seen(two + 1e9)).toEqual(['a2', 'back', 'new', 'same'])
      expect([noon, one - 1, one, two, two + 1].map(now => snapshot.nextDue(now))).toEqual([
        one,
        one,
        two,
        null,
        null,
      ])
      const paths = (now: number) => [...snapshot.paths(now)].map(([path]) => path).sort()
      expect(paths(noon)).toEqual(['/a', '/b', '/same'])
      expect(paths(one)).toEqual(['/a', '/b', '/new', '/same'])
      const date = async (path: string, now: number) => (await documentAt(snapshot, path, now)).lastModified
      expect(await date('/a', one)).toBe(one / 1000 + 1)
      expect(await date('/a', two)).toBe(two / 1000 + 1)
      expect(await date('/same', two)).toBe(noon / 1000 + 1)
    })

    const sizes = [
      ['an empty', 0],
      ['a small', 1000],
      ['a large', 3 * megabyte + 17],
    ] as const
    test.each(sizes)('serves %s medium, whole and in parts', async (_, size) => {
      const store = await create()
      const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251)
      const { file } = mediumFile('/media/a.mp3', bytes)
      const snapshot = await store.publish(publication({ media: [file()] }))
      const medium = await mediumAt(snapshot, '/media/a.mp3')
      expect(medium).toMatchObject({ mediaType: 'audio/mpeg', lastModified: noon / 1000 + 1 })
      expect(medium.etag).toMatch(/^"[0-9a-f]{32,}"$/)
      expect(medium.body.length).toBe(size)
      await expectBytes(store.body(medium.body), bytes)
      const ranges = [
        [0, 0],
        [0, size - 1],
        [size - 1, size - 1],
        [size >> 2, size >> 1],
      ] as const
      for (const [start, end] of size > 0 ? ranges : [])
        await expectBytes(store.body(medium.body, { start, end }), bytes.slice(start, end + 1))
    })

    test.each(sizes.slice(1))('tags %s medium by its bytes, whatever its stamp', async (_, size) => {
      const store = await create()
      const bytes = new Uint8Array(size).fill(1)
      const medium = mediumFile('/media/a.mp3', bytes)
      const publish = async (at: number) =>
        mediumAt(
          await store.publish(publication({ media: [medium.file()], publishedAt: at })),
          '/media/a.mp3',
        )
      const first = await publish(noon)
      medium.write(bytes.slice())
      const touched = await publish(noon + 60_000)
      expect(touched).toEqual(first)
      await expectBytes(store.body(touched.body), bytes)
      medium.write(new Uint8Array(size).fill(2))
      const changed = await publish(noon + 120_000)
      expect(changed.etag).not.toBe(first.etag)
      expect(changed.lastModified).toBe(noon / 1000 + 121)
      await expectBytes(store.body(changed.body), new Uint8Array(size).fill(2))
    })

    test('never answers with bytes a medium did not have when it was published', async () => {
      const store = await create()
      const old = new Uint8Array(3 * megabyte).fill(1)
      const medium = mediumFile('/media/a.mp3', old)
      const { body } = await mediumAt(
        await store.publish(publication({ media: [medium.file()] })),
        '/media/a.mp3',
      )
      const underWay = await store.body(body)
      medium.write(new Uint8Array(3 * megabyte).fill(2))
      for (const late of [
        () => underWay,
        () => store.body(body),
        () => store.body(body, { start: 5, end: 9 }),
      ]) {
        const bytes = await Promise.resolve(late())
          .then(bytesOf)
          .catch(() => null)
        if (bytes) expect(bytes.every(byte => byte === 1)).toBe(true)
      }
    })

    test('keeps a medium that was published and cannot be read now', async () => {
      const store = await create()
      const bytes = new Uint8Array(500).fill(7)
      const medium = mediumFile('/media/a.mp3', bytes)
      const first = await mediumAt(
        await store.publish(publication({ media: [medium.file()] })),
        '/media/a.mp3',
      )
      const failing = { ...medium.file(), stamp: 'other', read: () => Promise.reject(new Error('EIO')) }
      const documents = [document('/a', 'news')]
      const snapshot = await store.publish(
        publication({ media: [failing], documents, publishedAt: noon + 60_000 }),
      )
      expect(await mediumAt(snapshot, '/media/a.mp3')).toEqual(first)
      await expectBytes(store.body(first.body), bytes)
      expect((await documentAt(snapshot, '/a')).kind).toBe('document')
    })

    test('leaves out a medium that cannot be read, and publishes the rest', async () => {
      const store = await create()
      const unreadable: MediaFile = {
        path: '/media/a.mp3',
        mediaType: 'audio/mpeg',
        size: 10,
        stamp: 'x',
        read: () => Promise.reject(new Error('no permission')),
      }
      const { file } = mediumFile('/media/b.mp3', new Uint8Array(5))
      const snapshot = await store.publish(
        publication({ media: [unreadable, file()], documents: [document('/a', 'one')] }),
      )
      const found: (Resource | undefined)[] = []
      for (const path of ['/media/a.mp3', '/media/b.mp3', '/a']) found.push(await resourceAt(snapshot, path))
      expect(found.map(resource => resource?.kind)).toEqual([undefined, 'media', 'document'])
    })
  })
}
