import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { DocumentResource, DocumentSet, Publication, Snapshot, Store } from '../../src/model/snapshot.ts'
import { createMemoryStore } from '../../src/store/memory.ts'

const noon = Date.UTC(2026, 0, 1, 12)

/** Documents by path, and how often each was made. */
function documentSet(bodies: Record<string, string>, made: string[]): DocumentSet {
  const document = (path: string) => ({
    path,
    fingerprint: bodies[path]!,
    render() {
      made.push(path)
      return { path, mediaType: 'text/plain', body: bodies[path]!, headers: {}, page: null, maxAge: null }
    },
  })
  return {
    get: path => (Object.hasOwn(bodies, path) ? document(path) : undefined),
    values: () => Object.keys(bodies).map(document),
  }
}

const publication = (onDemand: DocumentSet, more: Partial<Publication> = {}): Publication => ({
  url: 'https://example.org/',
  maxAge: 300,
  publishedAt: noon,
  documents: [],
  onDemand,
  media: [],
  redirects: [],
  gone: [],
  due: [],
  ...more,
})

const storeOf = (maxBodyBytes: number) =>
  createMemoryStore({
    digest: bytes => createHash('sha256').update(bytes).digest('hex'),
    compress: { gzip: gzipSync },
    maxBodyBytes,
  })

async function documentAt(snapshot: Snapshot, path: string, now = snapshot.publishedAt) {
  const found = await snapshot.at(now).lookup(path)
  expect(found?.kind).toBe('document')
  return found as DocumentResource
}

async function textOf(store: Store, document: DocumentResource) {
  const bytes = await store.body(document.bodies.identity)
  return bytes && new TextDecoder().decode(bytes as Uint8Array)
}

const long = (text: string) => `${text} `.repeat(200)

test('a document is made when it is first asked for, once for all who ask at that moment', async () => {
  const made: string[] = []
  const store = storeOf(1e6)
  const snapshot = await store.publish(publication(documentSet({ '/a': long('a'), '/b': long('b') }, made)))
  expect(made).toEqual([])
  const [one, other] = await Promise.all([documentAt(snapshot, '/a'), documentAt(snapshot, '/a')])
  expect(other).toBe(one)
  expect(await textOf(store, one)).toBe(long('a'))
  expect(one.bodies.gzip!.length).toBeLessThan(one.bodies.identity.length)
  await documentAt(snapshot, '/a')
  expect(made).toEqual(['/a'])
  expect(await snapshot.at(noon).lookup('/c')).toBeUndefined()
})

test('a publication that does not touch a document keeps its resource, and makes nothing', async () => {
  const made: string[] = []
  const store = storeOf(1e6)
  const first = await store.publish(publication(documentSet({ '/a': long('a'), '/b': long('b') }, made)))
  const [a, b] = [await documentAt(first, '/a'), await documentAt(first, '/b')]
  const changed = documentSet({ '/a': long('a'), '/b': long('other') }, made)
  const second = await store.publish(publication(changed, { publishedAt: noon + 60_000 }))
  expect([first.generation, second.generation]).toEqual([1, 2])
  expect(await documentAt(second, '/a')).toBe(a)
  const later = await documentAt(second, '/b')
  expect(later.etag).not.toBe(b.etag)
  expect([a.lastModified, b.lastModified, later.lastModified]).toEqual([
    noon / 1000 + 1,
    noon / 1000 + 1,
    noon / 1000 + 61,
  ])
  expect(made).toEqual(['/a', '/b', '/b'])
  const third = await store.publish(publication(changed, { publishedAt: noon + 90_000 }))
  expect(third.generation).toBe(2)
})

test('a reader under way keeps the publication it began with', async () => {
  const store = storeOf(1e6)
  const first = await store.publish(publication(documentSet({ '/a': long('first') }, [])))
  const held = await documentAt(first, '/a')
  const second = await store.publish(publication(documentSet({ '/a': long('second') }, [])))
  expect(await textOf(store, await documentAt(second, '/a'))).toBe(long('second'))
  expect(await textOf(store, held)).toBe(long('first'))
  expect(await textOf(store, await documentAt(first, '/a'))).toBe(long('first'))
})

test('bytes that were let go are made again, the very same; the validators never went', async () => {
  const made: string[] = []
  const store = storeOf(3_000)
  const bodies = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`/${index}`, long(`number ${index}`)]),
  )
  const snapshot = await store.publish(publication(documentSet(bodies, made)))
  const documents = new Map<string, DocumentResource>()
  for (const path of Object.keys(bodies)) documents.set(path, await documentAt(snapshot, path))
  expect(made).toHaveLength(20)
  for (const [path, document] of documents) {
    expect(await documentAt(snapshot, path)).toBe(document)
    for (const [coding, ref] of Object.entries(document.bodies)) {
      const bytes = (await store.body(ref)) as Uint8Array
      expect([coding, createHash('sha256').update(bytes).digest('hex')]).toEqual([coding, ref.hash])
    }
  }
  expect(made.length).toBeGreaterThan(20)
})

test('bytes that can’t be made again as they were are no answer', async () => {
  const bodies = { '/a': long('as it was'), '/b': long('something else to keep') }
  const set = documentSet(bodies, [])
  const honest = set.get('/a')!
  // A document that says the same of itself, and is another: what its fingerprint is made of was not all.
  let text = bodies['/a']
  const store = storeOf(2_000)
  const snapshot = await store.publish(
    publication({
      ...set,
      get: path =>
        path === '/a' ? { ...honest, render: () => ({ ...honest.render(), body: text }) } : set.get(path),
    }),
  )
  const document = await documentAt(snapshot, '/a')
  await documentAt(snapshot, '/b')
  text = long('now different')
  expect(await store.body(document.bodies.identity)).toBeNull()
})

test('what comes due brings its own documents', async () => {
  const at = noon + 60_000
  const store = storeOf(1e6)
  const due = [{ at, documents: [], gone: ['/a'], onDemand: documentSet({ '/b': long('later') }, []) }]
  const snapshot = await store.publish(
    publication(documentSet({ '/a': long('a'), '/b': long('b') }, []), { due }),
  )
  expect(await textOf(store, await documentAt(snapshot, '/b', at - 1))).toBe(long('b'))
  expect(await textOf(store, await documentAt(snapshot, '/b', at))).toBe(long('later'))
  expect((await snapshot.at(at).lookup('/a'))?.kind).toBe('gone')
  expect((await documentAt(snapshot, '/b', at)).lastModified).toBe(at / 1000 + 1)
})

test('one that fails is tried again', async () => {
  const set = documentSet({ '/a': 'words' }, [])
  let fails = true
  const store = storeOf(1e6)
  const snapshot = await store.publish(
    publication({
      ...set,
      get(path) {
        const document = set.get(path)!
        return {
          ...document,
          render() {
            if (fails) throw new Error('no luck')
            return document.render()
          },
        }
      },
    }),
  )
  await expect(Promise.resolve(snapshot.at(noon).lookup('/a'))).rejects.toThrow('no luck')
  fails = false
  expect(await textOf(store, await documentAt(snapshot, '/a'))).toBe('words')
})

test('a document of two publications ago can be made again as long as it has not changed', async () => {
  const made: string[] = []
  const store = storeOf(1)
  const first = await store.publish(publication(documentSet({ '/a': long('a'), '/b': long('b') }, made)))
  const [a, b] = [await documentAt(first, '/a'), await documentAt(first, '/b')]
  await store.publish(publication(documentSet({ '/a': long('a'), '/b': long('c') }, made)))
  expect(await textOf(store, a)).toBe(long('a'))
  expect(await textOf(store, b)).toBe(long('b'))
  await store.publish(publication(documentSet({ '/a': long('a'), '/b': long('d') }, made)))
  expect(await textOf(store, a)).toBe(long('a'))
  expect(await textOf(store, b)).toBeNull()
})

test('nothing of former publications is held, whatever was read of them', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const store = storeOf(1e6)
  const sets: WeakRef<DocumentSet>[] = []
  for (let number = 0; number < 6; number++) {
    const set = documentSet({ '/same': long('s'), '/other': long(`${number}`) }, [])
    sets.push(new WeakRef(set))
    const snapshot = await store.publish(publication(set))
    await documentAt(snapshot, '/other')
    if (number === 0) await documentAt(snapshot, '/same')
  }
  // Weak references hold what they gave until the task has ended.
  await new Promise(resolve => setTimeout(resolve))
  collectGarbage()
  expect(sets.map(set => set.deref() !== undefined)).toEqual([false, false, false, false, true, true])
})
