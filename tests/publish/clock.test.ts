import { describe, expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import { ClockError, createPublisher, firstGeneration, MassChangeError } from '../../src/publish/publisher.ts'
import { openLedger } from '../../src/runtimes/node/ledger-file.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { temporaryFolder } from '../runtimes/command-line.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const [minute, day] = [60_000, 86_400_000]
const start = Date.parse('2026-06-01T12:00:00Z')
const article = (title: string, at: number, words = '') =>
  `---\ntitle: ${title}\ndate: ${new Date(at).toISOString()}\n---\n\nThe text of ${title} is its own. ${words}\n`

/** A publication whose clock is set by hand. `restart` forgets everything but the folder and its ledger. */
function publicationOn(files: Map<string, string>, folder: string) {
  let now = start
  const store = createMemoryStore()
  const source = memorySource(files)
  const make = () =>
    createPublisher({
      source,
      store,
      ledger: openLedger(folder),
      clock: () => now,
      earliest: firstGeneration,
    })
  let publisher = make()
  const app = createReaderApp({ store, clock: () => now })
  return {
    async publish(at: number, accept?: number) {
      now = at
      return publisher.publish(exampleSite, { accept: accept ?? null })
    },
    restart() {
      publisher = make()
    },
    /** Titles in the main feed. */
    async feed(at = now) {
      now = at
      const feed = (await (await app.request('/feed.json')).json()) as { items: { title: string }[] }
      return feed.items.map(({ title }) => title)
    },
    instants: async () =>
      [...((await openLedger(folder).read()).ledger?.entries ?? [])]
        .map(([id, { first, published, revised, withdrawn }]) => [id, first, published, revised, withdrawn])
        .sort(),
  }
}

function fiveArticles() {
  const files = new Map<string, string>()
  for (let number = 0; number < 5; number++)
    files.set(`${number}.md`, article(`N${number}`, start - number * day))
  files.set('later.md', article('Later', start + 30 * day))
  return files
}

const steps = [-minute, -10 * minute, -day, -400 * day, -55 * 365 * day]

describe('a clock that is set back', () => {
  test.each(steps)('by %i ms while running: no feed empties, no instant goes back', async step => {
    using folder = temporaryFolder()
    const files = fiveArticles()
    const publication = publicationOn(files, folder.path)
    await publication.publish(start)
    files.set('0.md', article('N0', start, 'Revised.'))
    await publication.publish(start + minute)
    const before = await publication.instants()
    files.set('1.md', article('N1', start - day, 'Revised while the clock was wrong.'))
    const wrong = await publication.publish(start + step).catch(error => error)
    if (step < -3_600_000) expect(wrong).toBeInstanceOf(ClockError)
    expect(await publication.feed()).toEqual(['N0', 'N1', 'N2', 'N3', 'N4'])
    const after = await publication.instants()
    for (const [at, [id, first, published, revised]] of after.entries()) {
      expect([id, first, published]).toEqual(before[at]?.slice(0, 3))
      expect(Number(revised)).toBeGreaterThanOrEqual(Number(before[at]?.[3]))
    }
    await publication.publish(start + 2 * minute)
    expect(await publication.feed()).toEqual(['N0', 'N1', 'N2', 'N3', 'N4'])
  })

  test.each(steps)('by %i ms between runs: no feed empties, no instant goes back', async step => {
    using folder = temporaryFolder()
    const files = fiveArticles()
    const publication = publicationOn(files, folder.path)
    await publication.publish(start)
    files.set('0.md', article('N0', start, 'Revised.'))
    await publication.publish(start + minute)
    const before = await publication.instants()
    publication.restart()
    const wrong = await publication.publish(start + step).catch(error => error)
    if (step < -3_600_000) expect(wrong).toBeInstanceOf(ClockError)
    expect(await publication.feed()).toEqual(['N0', 'N1', 'N2', 'N3', 'N4'])
    expect(await publication.instants()).toEqual(before)
    await publication.publish(start + 2 * minute)
    expect(await publication.feed()).toEqual(['N0', 'N1', 'N2', 'N3', 'N4'])
  })

  test('in 1971, with nothing remembered, nothing is published', async () => {
    using folder = temporaryFolder()
    const publication = publicationOn(fiveArticles(), folder.path)
    await expect(publication.publish(Date.UTC(1971, 0, 1))).rejects.toThrow(
      'The clock says 1971-01-01T00:00:00Z, and it is later than 2026-01-01T00:00:00Z.',
    )
    expect(await publication.instants()).toEqual([])
    await publication.publish(start)
    expect(await publication.feed()).toHaveLength(5)
  })
})

describe('a clock that is ahead', () => {
  test('by years, between runs: what waits comes out only where its number is accepted', async () => {
    using folder = temporaryFolder()
    const files = fiveArticles()
    const publication = publicationOn(files, folder.path)
    await publication.publish(start)
    files.set('0.md', article('N0', start, 'Revised.'))
    await publication.publish(start + minute)
    publication.restart()
    const refused = await publication.publish(start + 800 * day).catch(error => error)
    expect(refused).toBeInstanceOf(MassChangeError)
    expect(refused.alarm.count).toBe(1)
    publication.restart()
    await publication.publish(start + 2 * minute)
    expect(await publication.feed()).not.toContain('Later')
    publication.restart()
    await publication.publish(start + 800 * day, 1)
    expect(await publication.feed()).toContain('Later')
  })

  test.each([minute, day, 29 * day])('by %i ms: nothing that is due behind it is published', async step => {
    using folder = temporaryFolder()
    const publication = publicationOn(fiveArticles(), folder.path)
    await publication.publish(start)
    await publication.publish(start + step)
    expect(await publication.feed()).toEqual(['N0', 'N1', 'N2', 'N3', 'N4'])
  })
})
