import { expect, test } from 'vitest'
import { createReader } from '../../src/http/reader.ts'
import { type ObjectStore, ObjectStoreError } from '../../src/model/object-store.ts'
import type { Publication, Snapshot, StoreReader } from '../../src/model/snapshot.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { bodiesOf, recordKey } from '../../src/store/object-layout.ts'
import { copyPublication, listGenerations, rollBack, sweep } from '../../src/store/object-maintenance.ts'
import { createObjectPublication, type ObjectPublicationOptions } from '../../src/store/object-publication.ts'
import { createObjectReader } from '../../src/store/object-reader.ts'
import { createObjectReading, newestRecord, type ObjectCache } from '../../src/store/object-reading.ts'
import { isPublicationConflict } from '../../src/store/object-writer.ts'
import { createMemoryObjects } from '../support/memory-objects.ts'

const noon = Date.UTC(2026, 0, 1, 12)
const hour = 3_600_000

/** Every path's text. */
type Texts = Record<string, string>

function publicationOf(texts: Texts, more: Partial<Publication> = {}): Publication {
  const documents = Object.entries(texts).map(([path, body]) => ({
    path,
    mediaType: 'text/plain',
    body,
    headers: {},
    page: null,
    maxAge: null,
  }))
  return {
    url: 'https://example.org/',
    maxAge: 300,
    publishedAt: noon,
    documents,
    media: [],
    redirects: [],
    gone: [],
    due: [],
    ...more,
  }
}

const pages = (count: number, edited: Texts = {}): Texts => ({
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`/${index}`, `The text of page ${index}.`]),
  ),
  ...edited,
})

function open(objects: ObjectStore, more: Partial<ObjectPublicationOptions> = {}) {
  return createObjectPublication({ objects, digest: nodeDigest, compress: {}, clock: () => noon, ...more })
}

const readingOf = (objects: ObjectStore) => createObjectReading({ objects, digest: nodeDigest })

async function readerOf(objects: ObjectStore) {
  const trouble: unknown[] = []
  const reader = createObjectReader({
    objects,
    digest: nodeDigest,
    clock: () => noon,
    onTrouble: error => trouble.push(error),
  })
  await reader.refresh()
  return { ...reader, trouble }
}

/** What a reader who comes anew finds at these paths. */
async function textsIn(store: StoreReader, paths: string[], now = noon): Promise<Texts> {
  const snapshot = (await store.current()) as Snapshot
  const found: Texts = {}
  for (const path of paths) {
    const resource = await snapshot.at(now).lookup(path)
    if (resource?.kind !== 'document') continue
    const body = await store.body(resource.bodies.identity)
    found[path] = body === null ? '(no body)' : new TextDecoder().decode(body as Uint8Array)
  }
  return found
}

/** The same objects, each call of which goes through `around` first. */
function watched(objects: ObjectStore, around: (call: keyof ObjectStore, key: string) => void): ObjectStore {
  return {
    ...objects,
    async get(key, range) {
      around('get', key)
      return objects.get(key, range)
    },
    async put(key, bytes) {
      around('put', key)
      return objects.put(key, bytes)
    },
    async create(key, bytes) {
      around('create', key)
      return objects.create(key, bytes)
    },
    async list(prefix, options) {
      around('list', prefix)
      return objects.list(prefix, options)
    },
  }
}

test('a publisher that is killed at any of its writes leaves the former publication or the new one', async () => {
  const before = pages(40)
  const after = pages(40, { '/3': 'Another text.', '/new': 'A new page.' })
  const paths = Object.keys({ ...before, ...after })
  const outcomes = new Set<string>()
  for (let kill = 1; ; kill++) {
    const objects = createMemoryObjects(() => noon)
    await open(objects).publish(publicationOf(before))
    let writes = 0
    const dying = watched(objects, call => {
      if ((call === 'put' || call === 'create') && ++writes >= kill)
        throw new ObjectStoreError('killed', null)
    })
    const failed = await open(dying)
      .publish(publicationOf(after))
      .then(
        () => false,
        () => true,
      )
    const found = await textsIn(await readerOf(objects), paths)
    expect([before, after]).toContainEqual(found)
    outcomes.add(found['/new'] === undefined ? 'former' : 'new')
    // And whoever publishes next is not held up by it.
    await open(objects).publish(publicationOf(after))
    expect(await textsIn(await readerOf(objects), paths)).toEqual(after)
    if (!failed) break
  }
  expect([...outcomes].sort()).toEqual(['former', 'new'])
})

test('an edit writes its changed bodies together, the rows beside the table, and the record', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(10_000)))
  const written: string[] = []
  const counting = watched(objects, (call, key) => {
    if (call === 'put' || call === 'create') written.push(key.slice(0, 2))
  })
  const edited = pages(10_000, { '/77': 'Edited.', '/78': 'Edited as well.', '/home': 'Newest first.' })
  const publication = open(counting)
  const { generation } = await publication.newestLedger()
  publication.stageLedger({ kind: 'appended', text: 'one line more\n' }, generation)
  await publication.publish(publicationOf(edited))
  expect(written.sort()).toEqual(['b/', 'g/', 'l/', 's/'])
  expect(await (await publication.newestLedger()).text()).toBe('one line more\n')
})

test('a reader is ready after six requests, whatever the size', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(20_000)))
  const asked: string[] = []
  const reader = await readerOf(watched(objects, (_, key) => void asked.push(key)))
  expect(asked.length).toBeLessThanOrEqual(6)
  expect(await textsIn(reader, ['/19999'])).toEqual({ '/19999': 'The text of page 19999.' })
  const before = asked.length
  const snapshot = (await reader.current())!
  const strangers = Array.from({ length: 500 }, (_, index) => `/wp-admin/${index}.php`)
  for (const path of strangers) expect(await snapshot.at(noon).lookup(path)).toBeUndefined()
  // By chance a hash may be that of a path: then its part of the table is read.
  expect(asked.length - before).toBeLessThan(3)
})

test.each([
  ['was done, and the answer was lost', true],
  ['was not done', false],
])('a write of the record that is not answered and %s is settled by reading it', async (_, done) => {
  const objects = createMemoryObjects(() => noon)
  let lost = 0
  const unclear: ObjectStore = {
    ...objects,
    async create(key, bytes) {
      if (lost++ > 0) return objects.create(key, bytes)
      if (done) await objects.create(key, bytes)
      return 'unknown'
    },
  }
  const snapshot = await open(unclear).publish(publicationOf(pages(3)))
  expect(snapshot.generation).toBe(1)
  expect(
    await listGenerations({ objects, reading: readingOf(objects), digest: nodeDigest, clock: () => noon }, 9),
  ).toHaveLength(1)
})

test('a store that can’t be read once the record is there: it is published, and read when the store answers again', async () => {
  const objects = createMemoryObjects()
  const troubles: unknown[] = []
  let away = false
  const failing: ObjectStore = {
    ...objects,
    async create(key, bytes) {
      const outcome = await objects.create(key, bytes)
      away = true
      return outcome
    },
    get: (key, range) => (away ? Promise.reject(new ObjectStoreError('away', 503)) : objects.get(key, range)),
    list: (...words) => (away ? Promise.reject(new ObjectStoreError('away', 503)) : objects.list(...words)),
  }
  const publication = open(failing, { onTrouble: error => troubles.push(error) })
  const snapshot = await publication.publish(publicationOf(pages(3)))
  expect([snapshot.generation, [...snapshot.paths(noon)].length, troubles.length]).toEqual([1, 3, 1])
  away = false
  await publication.refresh()
  expect((await publication.current())?.generation).toBe(1)
  expect((await publication.publish(publicationOf(pages(4)))).generation).toBe(2)
})

test('a record that was written though its publisher was told of a failure is not taken for the next one', async () => {
  const objects = createMemoryObjects(() => noon)
  let away = false
  const failing: ObjectStore = {
    ...objects,
    async create(key, bytes) {
      if (!away) return objects.create(key, bytes)
      await objects.create(key, bytes)
      throw new ObjectStoreError('the answer was lost', null)
    },
  }
  const publication = open(failing)
  await publication.publish(publicationOf({ '/': 'one' }))
  away = true
  await expect(publication.publish(publicationOf({ '/': 'two' }))).rejects.toThrow('the answer was lost')
  away = false
  expect((await publication.publish(publicationOf({ '/': 'three' }))).generation).toBe(3)
  expect(await textsIn(await readerOf(objects), ['/'])).toEqual({ '/': 'three' })
})

test('of two publishers that stand on the same generation one loses, and publishes on what the other left', async () => {
  const objects = createMemoryObjects(() => noon)
  const [one, two] = [open(objects), open(objects)]
  for (const publication of [one, two]) {
    const { generation } = await publication.newestLedger()
    publication.stageLedger({ kind: 'replaced', text: publication === one ? 'one\n' : 'two\n' }, generation)
  }
  await one.publish(publicationOf(pages(2)))
  const lost = await two.publish(publicationOf(pages(3))).then(
    () => null,
    error => error,
  )
  expect(isPublicationConflict(lost)).toBe(true)
  const { text, generation } = await two.newestLedger()
  expect([await text(), generation]).toEqual(['one\n', 1])
  two.stageLedger({ kind: 'appended', text: 'two\n' }, generation)
  expect((await two.publish(publicationOf(pages(3)))).generation).toBe(2)
  expect(await (await one.newestLedger()).text()).toBe('one\ntwo\n')
})

test('many publishers in a race: every generation once, nothing lost', async () => {
  const objects = createMemoryObjects(() => noon)
  const publish = async (name: string) => {
    const publication = open(objects)
    for (let done = 0; done < 12; ) {
      const { generation } = await publication.newestLedger()
      publication.stageLedger({ kind: 'appended', text: `${name}${done}\n` }, generation)
      try {
        await publication.publish(publicationOf({ '/': `${name}${done}` }))
        done++
      } catch (error) {
        if (!isPublicationConflict(error)) throw error
      }
    }
  }
  await Promise.all(['a', 'b', 'c', 'd'].map(publish))
  const record = (await newestRecord(objects))!
  expect(record.generation).toBe(48)
  const { text } = await open(objects).newestLedger()
  const lines = (await text())!.trimEnd().split('\n')
  expect(lines).toHaveLength(48)
  for (const name of ['a', 'b', 'c', 'd'])
    expect(lines.filter(line => line.startsWith(name))).toEqual(
      Array.from({ length: 12 }, (_, index) => `${name}${index}`),
    )
})

test('an object that is not what its name tells is never served', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(2_000)))
  const [pack] = await objects.list('b/')
  const sound = (await objects.get(pack!.key))!
  await objects.put(
    pack!.key,
    sound.map(byte => byte ^ 1),
  )
  const reader = await readerOf(objects)
  const snapshot = (await reader.current())!
  const resource = await snapshot.at(noon).lookup('/7')
  if (resource?.kind !== 'document') throw new Error('no document')
  expect(await reader.body(resource.bodies.identity)).toBeNull()
  expect(String(reader.trouble[0])).toContain(pack!.key)
  // A stranger's answer in HTTP: ask again. When the object is well again, it is served.
  const ask = createReader({ store: reader, clock: () => noon })
  const request = { method: 'GET', target: { path: '/7', query: '' }, headers: new Headers() }
  expect((await ask.answer(request))?.status).toBe(503)
  await objects.put(pack!.key, sound)
  expect((await ask.answer(request))?.status).toBe(200)
})

test('a part of the table that is damaged or away costs its own paths only, for as long as it is', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(5_000)))
  const record = (await newestRecord(objects))!
  expect(record.shards.length).toBeGreaterThan(8)
  const key = `s/${record.shards[0]}`
  const sound = (await objects.get(key))!
  await objects.put(key, sound.slice(0, -1))
  const reader = await readerOf(objects)
  const ask = createReader({ store: reader, clock: () => noon })
  const statuses = async () => {
    const seen: (number | undefined)[] = []
    for (let index = 0; index < 200; index++)
      seen.push(
        (
          await ask.answer({
            method: 'GET',
            target: { path: `/${index}`, query: '' },
            headers: new Headers(),
          })
        )?.status,
      )
    return seen
  }
  const while_ = await statuses()
  expect(new Set(while_)).toEqual(new Set([200, 503]))
  expect(while_.filter(status => status === 503).length).toBeLessThan(40)
  await objects.put(key, sound)
  expect(new Set(await statuses())).toEqual(new Set([200]))
})

test('while the store is away, what is known is served, and what is not is to be asked for again', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(3, { '/big': 'x'.repeat(300_000) })))
  let away = false
  const reader = await readerOf(
    watched(objects, () => {
      if (away) throw new ObjectStoreError('away', null)
    }),
  )
  expect((await textsIn(reader, ['/1']))['/1']).toBe('The text of page 1.')
  away = true
  await expect(reader.refresh()).rejects.toThrow('away')
  expect(await textsIn(reader, ['/1', '/big'])).toEqual({ '/1': 'The text of page 1.', '/big': '(no body)' })
  await open(objects).publish(publicationOf(pages(3, { '/1': 'News.' })))
  away = false
  await reader.refresh()
  expect((await textsIn(reader, ['/1', '/big']))['/1']).toBe('News.')
})

test('a store that goes away once a newer generation is there takes nothing from readers that they had', async () => {
  const objects = createMemoryObjects(() => noon)
  const due = [{ at: noon + hour, documents: publicationOf({ '/1': 'At one.' }).documents, gone: [] }]
  await open(objects).publish(publicationOf(pages(600)))
  let isAway = (_call: keyof ObjectStore, _key: string) => false
  const reader = await readerOf(
    watched(objects, (call, key) => {
      if (isAway(call, key)) throw new ObjectStoreError('away', null)
    }),
  )
  const former = await textsIn(reader, ['/1', '/2'])
  // Every page is other, so that the table is written anew as well.
  const edited = Object.fromEntries(Object.keys(pages(600)).map(path => [path, `News of ${path}.`]))
  await open(objects).publish(publicationOf(edited, { due }))

  // Away while the newer one is being read: the former one stays, whole.
  isAway = (_, key) => key.startsWith('b/')
  await expect(reader.refresh()).rejects.toThrow('away')
  expect(await textsIn(reader, ['/1', '/2'])).toEqual(former)

  isAway = () => false
  await reader.refresh()
  isAway = () => true
  expect(await textsIn(reader, ['/1', '/2'])).toEqual({ '/1': 'News of /1.', '/2': 'News of /2.' })
  expect(await textsIn(reader, ['/1'], noon + hour)).toEqual({ '/1': 'At one.' })
})

test('a server that begins while the store is away serves what the one before it had on this machine', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(600)))
  const cached = new Map<string, Uint8Array>()
  const cache: ObjectCache = {
    get: async key => cached.get(key) ?? null,
    put: async (key, bytes) => void cached.set(key, bytes),
  }
  let away = false
  const asked = watched(objects, () => {
    if (away) throw new ObjectStoreError('away', null)
  })
  const begin = () => createObjectReader({ objects: asked, digest: nodeDigest, clock: () => noon, cache })
  await textsIn(begin(), ['/1'])
  away = true
  const next = begin()
  expect(await textsIn(next, ['/1'])).toEqual({ '/1': 'The text of page 1.' })
  expect([next.generation(), next.lastSeen()]).toEqual([1, null])
  await expect(next.refresh()).rejects.toThrow('away')
  const stranger = createObjectReader({ objects: asked, digest: nodeDigest, clock: () => noon })
  await expect(Promise.resolve(stranger.current())).rejects.toThrow('away')
  await open(objects).publish(publicationOf(pages(600, { '/1': 'News.' })))
  away = false
  await next.refresh()
  expect(await textsIn(next, ['/1'])).toEqual({ '/1': 'News.' })
})

test('a reader that could not look for days finds the newest, though the ones between were swept', async () => {
  let now = noon
  const objects = createMemoryObjects(() => now)
  const tools = { objects, reading: readingOf(objects), digest: nodeDigest, clock: () => now }
  const publication = open(objects, { clock: () => now })
  const reader = createObjectReader({ objects, digest: nodeDigest, clock: () => now })
  for (const home of ['first', 'second', 'third', 'fourth']) {
    await publication.publish(publicationOf({ '/': home }, { publishedAt: now }))
    if (home === 'first') await reader.refresh()
    now += 30 * hour
  }
  expect((await sweep(tools)).generations).toBeGreaterThan(1)
  expect(await objects.get(recordKey(2))).toBeNull()
  await reader.refresh()
  expect(await textsIn(reader, ['/'])).toEqual({ '/': 'fourth' })
})

test('a newer generation waits for no object that is broken, and for no more than it should', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(9)))
  let now = noon
  const slow: ObjectStore = {
    ...objects,
    async get(key, range) {
      if (key.startsWith('b/')) now += 400
      return objects.get(key, range)
    },
  }
  const reader = createObjectReader({ objects: slow, digest: nodeDigest, clock: () => now })
  await reader.refresh()
  const paths = Object.keys(pages(9))
  await textsIn(reader, paths)
  await open(objects).publish(publicationOf(pages(9, { '/1': 'Broken.', '/2': 'Broken as well.' })))
  const [newest] = (await objects.list('b/')).sort((a, b) => a.size - b.size)
  const sound = (await objects.get(newest?.key ?? ''))!
  await objects.put(newest?.key ?? '', sound.slice(1))
  await reader.refresh()
  expect((await reader.current())?.generation).toBe(2)
  await objects.put(newest?.key ?? '', sound)
  const everything = Object.fromEntries(paths.map(path => [path, `News of ${path}.`]))
  await open(objects).publish(publicationOf(everything))
  const before = now
  await reader.refresh()
  // Six are asked for at once, and no more when those are there.
  expect(now - before).toBeLessThanOrEqual(6 * 400)
  expect(await textsIn(reader, paths)).toEqual(everything)
  // Other pages in so great a number that the table is written anew, and a part of it is broken.
  await open(objects).publish(publicationOf(pages(700)))
  for (const name of (await newestRecord(objects))?.shards ?? [])
    await objects.put(`s/${name}`, new Uint8Array(9))
  await reader.refresh()
  expect((await reader.current())?.generation).toBe(4)
})

test('a reader never mixes generations while it moves from one to the next', async () => {
  const objects = createMemoryObjects(() => noon)
  const publication = open(objects)
  const versionOf = (version: number) => pages(50, { '/a': `a ${version}`, '/b': `b ${version}` })
  await publication.publish(publicationOf(versionOf(0)))
  const reader = await readerOf(objects)
  let done = false
  const looks = (async () => {
    let seen = 0
    while (!done) {
      const snapshot = (await reader.current())!
      const found: string[] = []
      for (const path of ['/a', '/b']) {
        const resource = await snapshot.at(noon).lookup(path)
        if (resource?.kind !== 'document') throw new Error('no document')
        found.push(
          new TextDecoder().decode((await reader.body(resource.bodies.identity)) as Uint8Array).slice(2),
        )
      }
      expect(found[0]).toBe(found[1])
      seen++
      await new Promise(resolve => setImmediate(resolve))
    }
    return seen
  })()
  for (let version = 1; version <= 60; version++) {
    await publication.publish(publicationOf(versionOf(version)))
    await reader.refresh()
  }
  done = true
  expect(await looks).toBeGreaterThan(10)
  expect((await textsIn(reader, ['/a']))['/a']).toBe('a 60')
})

test('what is due later lies in objects of its own', async () => {
  const objects = createMemoryObjects(() => noon)
  const at = noon + hour
  const later = publicationOf({ '/secret': 'What happens at one.' }).documents
  await open(objects).publish(publicationOf(pages(30), { due: [{ at, documents: later, gone: ['/3'] }] }))
  const reader = await readerOf(objects)
  const snapshot = (await reader.current())!
  const packs = new Set<string>()
  for (let index = 0; index < 30; index++)
    for (const body of bodiesOf((await snapshot.at(noon).lookup(`/${index}`)) ?? null))
      packs.add(body.pack ?? body.hash)
  for (const pack of packs)
    expect(new TextDecoder().decode((await objects.get(`b/${pack}`))!)).not.toContain('What happens')
  expect(await textsIn(reader, ['/secret', '/3'])).toEqual({ '/3': 'The text of page 3.' })
  expect(await textsIn(reader, ['/secret', '/3'], at)).toEqual({ '/secret': 'What happens at one.' })
})

test('a way back is a new generation with the old content and the newest ledger', async () => {
  const objects = createMemoryObjects(() => noon)
  const tools = { objects, reading: readingOf(objects), digest: nodeDigest, clock: () => noon }
  const publication = open(objects)
  for (const [index, text] of ['good', 'bad'].entries()) {
    publication.stageLedger({ kind: 'replaced', text: `${text}\n` }, index)
    await publication.publish(publicationOf({ '/': text }))
  }
  const reader = await readerOf(objects)
  expect(await textsIn(reader, ['/'])).toEqual({ '/': 'bad' })
  expect(await rollBack(tools, 7, 'somebody')).toBeNull()
  expect((await rollBack(tools, 1, 'somebody'))?.generation).toBe(3)
  await reader.refresh()
  expect(await textsIn(reader, ['/'])).toEqual({ '/': 'good' })
  expect(await (await open(objects).newestLedger()).text()).toBe('bad\n')
  expect((await listGenerations(tools, 9)).map(({ generation, restores }) => [generation, restores])).toEqual(
    [
      [3, 1],
      [2, undefined],
      [1, undefined],
    ],
  )
})

test('sweeping deletes what the last day does not need, and never what a publication under way may', async () => {
  let now = noon
  const objects = createMemoryObjects(() => now)
  const tools = { objects, reading: readingOf(objects), digest: nodeDigest, clock: () => now }
  const publication = open(objects, { clock: () => now })
  const medium = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251)
  const media = [
    {
      path: '/media/a.mp3',
      mediaType: 'audio/mpeg',
      size: medium.length,
      stamp: '1',
      read: async (range?: { start: number; end: number }) =>
        range ? medium.slice(range.start, range.end + 1) : medium,
    },
  ]
  for (let version = 0; version < 5; version++) {
    await publication.publish(
      publicationOf(pages(20, { '/': `version ${version}` }), { media, publishedAt: now }),
    )
    now += 10 * hour
  }
  await objects.put('b/of-a-publication-under-way', new Uint8Array(5))
  await objects.put('notes/of-somebody-else', new Uint8Array(5))
  const before = (await objects.list('')).length
  expect(await sweep(tools, { dryRun: true })).toMatchObject({ generations: 2 })
  expect((await objects.list('')).length).toBe(before)
  const report = await sweep(tools)
  expect(report.generations).toBe(2)
  expect(report.objects).toBeGreaterThan(0)
  expect((await objects.list('g/')).map(({ key }) => key)).toEqual([5, 4, 3].map(recordKey))
  expect((await objects.list('')).map(({ key }) => key)).toEqual(
    expect.arrayContaining(['b/of-a-publication-under-way', 'notes/of-somebody-else']),
  )
  expect((await sweep(tools)).objects).toBe(0)
  // All that is left can be read.
  const reader = await readerOf(objects)
  expect(Object.keys(await textsIn(reader, Object.keys(pages(20, { '/': '' }))))).toHaveLength(21)
  const sound = await (await reader.current())!.at(now).lookup('/media/a.mp3')
  if (sound?.kind !== 'media') throw new Error('no medium')
  const stream = (await reader.body(sound.body)) as ReadableStream<Uint8Array<ArrayBuffer>>
  expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(medium)
  // A way back to what is left works, and to what was swept is none.
  expect((await rollBack(tools, 3, 'somebody'))?.generation).toBe(6)
  expect(await rollBack(tools, 1, 'somebody')).toBeNull()
})

test('a copy in another store is the whole publication', async () => {
  const [objects, other] = [createMemoryObjects(() => noon), createMemoryObjects(() => noon)]
  const publication = open(objects)
  publication.stageLedger({ kind: 'replaced', text: 'the ledger\n' }, 0)
  await publication.publish(publicationOf(pages(700)))
  const tools = { objects, reading: readingOf(objects), digest: nodeDigest, clock: () => noon }
  const target = { objects: other, reading: readingOf(other), clock: () => noon }
  const unfit = () => Promise.reject(new Error('unfit'))
  await expect(copyPublication(tools, { ...target, beforeFirst: unfit }, 'somebody')).rejects.toThrow('unfit')
  expect(await other.list('')).toEqual([])
  const copied = await copyPublication(tools, target, 'somebody')
  expect(copied?.record.generation).toBe(1)
  expect(Object.keys(await textsIn(await readerOf(other), Object.keys(pages(700))))).toHaveLength(700)
  expect(await (await open(other).newestLedger()).text()).toBe('the ledger\n')
})

test('a copy takes nothing for there that may be swept, and writes nothing twice that stays', async () => {
  let now = noon
  const [objects, other] = [createMemoryObjects(() => noon), createMemoryObjects(() => now)]
  await open(objects).publish(publicationOf(pages(20)))
  const tools = { objects, reading: readingOf(objects), digest: nodeDigest, clock: () => now }
  const [body] = await objects.list('b/')
  // As an earlier publication, which nobody needs any more, left it there.
  await other.put(body?.key ?? '', (await objects.get(body?.key ?? '')) ?? new Uint8Array())
  now += 48 * hour
  const target = { objects: other, reading: readingOf(other), clock: () => now }
  const first = await copyPublication(tools, target, 'somebody')
  expect((await other.list('b/'))[0]?.modified).toBe(now)
  now += 48 * hour
  const second = await copyPublication(tools, target, 'somebody')
  expect([first?.copied, second?.copied, second?.record.generation]).toEqual([
    (await objects.list('')).length - 1,
    0,
    2,
  ])
})

test('after a way back a reader that asks by date gets what there is now, and a page that is the same keeps its date', async () => {
  let now = noon
  const objects = createMemoryObjects(() => now)
  const tools = { objects, reading: readingOf(objects), digest: nodeDigest, clock: () => now }
  const publication = open(objects, { clock: () => now })
  for (const home of ['good', 'bad']) {
    await publication.publish(publicationOf(pages(3, { '/': home }), { publishedAt: now }))
    now += hour
  }
  await rollBack(tools, 1, 'somebody')
  await publication.refresh()
  const dateOf = async (path: string) => {
    const found = await (await publication.current())?.at(now).lookup(path)
    return found?.kind === 'document' ? found.lastModified : null
  }
  expect(await dateOf('/')).toBe(now / 1000 + 1)
  expect(await dateOf('/1')).toBe(noon / 1000 + 1)
  expect(await textsIn(publication, ['/', '/1'])).toEqual({ '/': 'good', '/1': 'The text of page 1.' })
})

test('what a broken run uploaded is not uploaded again, on top of what was published before as well', async () => {
  const objects = createMemoryObjects(() => noon)
  await open(objects).publish(publicationOf(pages(3)))
  // Too large for packs: each is an object.
  const texts = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`/long-${index}`, `${index} `.repeat(100_000)]),
  )
  const after = publicationOf(pages(3, texts))
  let bodies = 0
  const dying = watched(objects, (call, key) => {
    if (call === 'put' && key.startsWith('b/') && ++bodies > 30) throw new ObjectStoreError('killed', null)
  })
  await expect(open(dying).publish(after)).rejects.toThrow('killed')
  const left = (await objects.list('b/')).length
  expect(left).toBeGreaterThan(20)
  const written: string[] = []
  const listed: string[] = []
  const counting = watched(objects, (call, key) => {
    if (call === 'put' && key.startsWith('b/')) written.push(key)
    if (call === 'list') listed.push(key)
  })
  await open(counting).publish(after)
  // Two are written without asking what there is.
  expect(written.length).toBeLessThanOrEqual(41 + 2 - (left - 1))
  expect(listed.filter(prefix => prefix === 'b/')).toHaveLength(1)
  expect(await textsIn(await readerOf(objects), ['/long-7'])).toEqual({ '/long-7': texts['/long-7'] })
  // An edit asks for no such list.
  listed.length = 0
  await open(counting).publish(publicationOf({ ...pages(3, texts), '/1': 'Edited.' }))
  expect(listed).not.toContain('b/')
})

test('what a publication under way writes anew while a sweep is on is not deleted', async () => {
  let now = noon
  const objects = createMemoryObjects(() => now)
  const publication = open(objects, { clock: () => now })
  for (const home of ['first', 'second', 'third', 'fourth']) {
    await publication.publish(publicationOf({ '/': home }, { publishedAt: now }))
    now += 30 * hour
  }
  const listed = await objects.list('')
  const restless: ObjectStore = {
    ...objects,
    async list(prefix, options) {
      const found = await objects.list(prefix, options)
      // Just behind the look at what there is.
      if (prefix === '')
        for (const { key } of listed)
          if (key.startsWith('b/')) await objects.put(key, (await objects.get(key)) ?? new Uint8Array())
      return found
    },
  }
  const tools = { objects: restless, reading: readingOf(restless), digest: nodeDigest, clock: () => now }
  await sweep(tools)
  const keys = (prefix: string) => listed.map(({ key }) => key).filter(key => key.startsWith(prefix))
  expect((await objects.list('b/')).map(({ key }) => key)).toEqual(keys('b/'))
  expect((await objects.list('s/')).length).toBeLessThan(keys('s/').length)
})
