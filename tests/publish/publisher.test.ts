import { beforeEach, describe, expect, test } from 'vitest'
import type { Ledger } from '../../src/model/ledger.ts'
import { LedgerConflictError, type LedgerStore } from '../../src/model/ledger-store.ts'
import type { PublicationEvent } from '../../src/model/observer.ts'
import type { Snapshot } from '../../src/model/snapshot.ts'
import { SourceError } from '../../src/model/source.ts'
import { createPublisher, type PublisherOptions } from '../../src/publish/publisher.ts'
import { ledgerFailure } from '../../src/runtimes/cli/ledger-messages.ts'
import { newsOf } from '../../src/runtimes/cli/serve-publishing.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000

/** A ledger in memory, written by several as a file is: over the version that was read, or not at all. */
function memoryLedger() {
  let rests: { ledger: Ledger; version: string } | null = null
  let versions = 0
  const put = (ledger: Ledger) => {
    rests = { ledger, version: String(++versions) }
    return rests.version
  }
  const store: LedgerStore = {
    read: async () => rests ?? { ledger: null, version: null },
    writable: async () => true,
    async write(ledger, over) {
      if ((rests?.version ?? null) !== over) throw new LedgerConflictError()
      return put(ledger)
    },
  }
  return { store, put, now: () => rests?.ledger ?? null }
}

const article = (title: string, more = '', words = `Words of ${title}.`) =>
  `---\ntitle: ${title}\ndate: 2025-12-${String(title.length + 10)}\n${more}\n---\n\n${words}\n`

let files: Map<string, string>
let ledger: ReturnType<typeof memoryLedger>
let clock: number
beforeEach(() => {
  files = new Map([
    ['one.md', article('One', 'tags: [a]')],
    ['other.md', article('Other', 'tags: [b]')],
  ])
  ledger = memoryLedger()
  clock = start
})

function publisherOf(options: Partial<PublisherOptions> = {}) {
  const events: PublicationEvent[] = []
  const store = createMemoryStore()
  const publisher = createPublisher({
    source: memorySource(files),
    ledger: ledger.store,
    store,
    clock: () => clock,
    observers: [{ published: event => void events.push(event) }],
    render: 'popular',
    ...options,
  })
  return { publisher, store, events, publish: () => publisher.publish(exampleSite) }
}
const titlesIn = async (snapshot: Snapshot, path = '/feed.json') => {
  const resource = await snapshot.at(clock).lookup(path)
  return resource?.kind
}

describe('observers are told what a publication brought', () => {
  test('articles that are new, updated and withdrawn, and the documents that are other', async () => {
    const { publish, events } = publisherOf()
    await publish()
    expect(events[0]).toMatchObject({ generation: 1, publishedAt: start, withdrawn: [], updated: [] })
    expect(events[0]!.added.map(({ title }) => title)).toEqual(['Other', 'One'])
    expect(events[0]!.changed).toEqual(
      expect.arrayContaining(['/rss.xml', '/tags/a/atom.xml', '/articles/one/']),
    )

    clock += hour
    files.set('one.md', article('One', 'tags: [a]', 'Other words.'))
    await publish()
    expect(events[1]).toMatchObject({ generation: 2, added: [], withdrawn: [] })
    expect(events[1]!.updated.map(({ title }) => title)).toEqual(['One'])
    const { changed } = events[1]!
    expect(changed).toEqual(
      expect.arrayContaining(['/rss.xml', '/atom.xml', '/feed.json', '/tags/a/rss.xml', '/articles/one/']),
    )
    expect(changed.filter(path => path.startsWith('/tags/b/') || path === '/articles/other/')).toEqual([])

    clock += hour
    files.delete('other.md')
    await publish()
    expect(events[2]!.withdrawn).toEqual([
      {
        id: 'tag:example.org,2026:file/other.md',
        url: `${exampleSite.url}articles/other/`,
        title: 'Other',
      },
    ])
    expect(events[2]!.removed).toEqual(
      expect.arrayContaining(['/tags/b/', '/tags/b/rss.xml', '/articles/other/']),
    )
  })

  test('an article whose time has come is new then', async () => {
    files.set('later.md', `---\ntitle: Later\ndate: ${new Date(start + hour).toISOString()}\n---\n\nWords.\n`)
    const { publish, events } = publisherOf()
    await publish()
    expect(events[0]!.added.map(({ title }) => title)).not.toContain('Later')
    clock += 2 * hour
    await publish()
    expect(events[1]!.added.map(({ title }) => title)).toEqual(['Later'])
  })

  test('after a restart, what changed meanwhile, by the ledger', async () => {
    await publisherOf().publish()
    clock += hour
    files.set('new.md', article('Newest', 'tags: [b]'))
    const { publish, events } = publisherOf()
    await publish()
    expect(events[0]!.added.map(({ title }) => title)).toEqual(['Newest'])
    expect(events[0]!.changed).toEqual(
      expect.arrayContaining(['/rss.xml', '/tags/b/rss.xml', '/articles/new/']),
    )
    expect(events[0]!.changed.filter(path => path.startsWith('/tags/a/'))).toEqual([])
    expect(newsOf(events[0]!)).toBe('1 new (Newest)')
  })

  test('what an observer throws stops nothing, and the others are told', async () => {
    const errors: unknown[] = []
    const told: number[] = []
    const { publish } = publisherOf({
      onObserverError: error => void errors.push(error),
      observers: [
        {
          published() {
            throw new Error('at once')
          },
        },
        { published: () => Promise.reject(new Error('later')) },
        { published: ({ generation }) => void told.push(generation) },
      ],
    })
    const { snapshot } = await publish()
    expect(await titlesIn(snapshot)).toBe('document')
    expect(told).toEqual([1])
    await new Promise(setImmediate)
    expect(errors.map(String).sort()).toEqual(['Error: at once', 'Error: later'])
  })
})

describe('the ledger is never behind what was published', () => {
  test('a ledger that cannot be written stops publishing, and says which ids it would have had', async () => {
    let full = false
    const { publish, store } = publisherOf({
      ledger: {
        ...ledger.store,
        write: async (next, over) => {
          if (full) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
          return ledger.store.write(next, over)
        },
      },
    })
    const { snapshot } = await publish()
    full = true
    // An edit that brings no new id is not silent either.
    files.set('one.md', article('One', 'tags: [a]', 'Other words.'))
    await expect(publish()).rejects.toMatchObject({
      name: 'LedgerAccessError',
      code: 'ENOSPC',
      unrecorded: [],
    })
    files.set('new.md', article('Newest'))
    const refused = await publish().catch(error => error)
    expect(refused).toMatchObject({ unrecorded: ['tag:example.org,2026:file/new.md'] })
    expect(await store.current()).toBe(snapshot)
    const folder = {
      path: '/x',
      shown: 'x',
      names: { now: Date.now, names: async () => [], find: async () => [], text: async () => null },
    }
    expect(ledgerFailure(refused, folder)).toMatchObject({
      message: expect.stringContaining(
        "can't be written (ENOSPC). Nothing is published that it could not record.",
      ),
    })
    full = false
    const { inspection, event } = await publish()
    expect(inspection.articles.map(({ title }) => title)).toContain('Newest')
    expect(newsOf(event)).toBe('1 new (Newest), 1 updated (One)')
  })

  test('where another program has written it meanwhile, it is read again', async () => {
    const { publish } = publisherOf()
    await publish()
    const before = ledger.now()!
    files.set('new.md', article('Newest'))
    let raced = false
    const racing = publisherOf({
      ledger: {
        ...ledger.store,
        async write(next, over) {
          // The other one gave the article its first publication.
          if (!raced) {
            raced = true
            const entry = next.entries.get('tag:example.org,2026:file/new.md')!
            ledger.put({
              ...before,
              entries: new Map([...before.entries, [entry.id, { ...entry, first: 5 }]]),
            })
          }
          return ledger.store.write(next, over)
        },
      },
    })
    await racing.publish()
    expect(ledger.now()!.entries.get('tag:example.org,2026:file/new.md')!.first).toBe(5)
    expect(ledger.now()!.entries.size).toBe(3)
  })
})

test('a published article that can’t be read stops a publication that keeps nothing of the one before', async () => {
  const source = memorySource(files)
  await publisherOf({ source }).publish()
  const known = ledger.now()
  const failing = {
    ...source,
    async read(...asked: Parameters<typeof source.read>) {
      if (asked[0] === 'one.md') throw new SourceError('one.md', 'unreadable', { cause: new Error('EIO') })
      return source.read(...asked)
    },
  }
  const build = publisherOf({ source: failing, stopsOnUnread: true })
  const refused = await build.publish().then(
    () => null,
    error => ledgerFailure(error, { path: '/x', shown: 'x' } as never),
  )
  expect(refused).toMatchObject({
    message: 'Nothing is published: 1 of the published articles can\u0027t be read now.',
    report: '  one.md',
  })
  expect(build.store.current()).toBeNull()
  expect(ledger.now()).toBe(known)
  // A file that was never published costs itself only.
  files.set('new.md', article('New'))
  const others = {
    ...source,
    read: (...asked: Parameters<typeof source.read>) =>
      asked[0] === 'new.md' ? Promise.reject(new SourceError('new.md', 'unreadable')) : source.read(...asked),
  }
  const { inspection } = await publisherOf({ source: others, stopsOnUnread: true }).publish()
  expect(inspection.totals).toMatchObject({ published: 2, rejected: 1 })
})
