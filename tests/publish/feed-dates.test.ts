import { expect, test } from 'vitest'
import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import { createPipeline, type Pipeline } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { byPath } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 5, 1, 9)

/** A publication that is looked at again and again: by one process, or each time by another one that knows its ledger only. */
function publication(files: Map<string, string>, process: 'one' | 'many', site = exampleSite) {
  const source = memorySource(files)
  let pipeline: Pipeline | null = null
  let ledger: Ledger | null = null
  return async (now: number) => {
    if (process === 'many' || !pipeline) pipeline = createPipeline(source, site)
    const inspection = await pipeline.look({ now, ledger, ledgerKept: true })
    ledger = process === 'many' ? parseLedger(formatLedger(inspection.ledger)) : inspection.ledger
    const made = renderPublication(site, inspection, { now, source })
    const feeds = byPath(made.documents)
    const updated = (path: string) => {
      const rss = /<lastBuildDate>(.*?)</.exec(feeds.get(`${path}rss.xml`)?.body ?? '')?.[1] ?? ''
      const atom = /^ {4}<updated>(.*?)</m.exec(feeds.get(`${path}atom.xml`)?.body ?? '')?.[1] ?? ''
      expect(Date.parse(rss)).toBe(Date.parse(atom))
      return Date.parse(rss)
    }
    const titles = (path: string) =>
      JSON.parse(feeds.get(`${path}feed.json`)?.body ?? '{"items":[]}').items.map(
        ({ title }: { title: string }) => title,
      )
    const body = (path: string) => feeds.get(path)?.body
    return { updated, titles, body, due: made.due, ledger }
  }
}

const article = (title: string, date: string, more = 'tags: [harbour]') =>
  `---\ntitle: ${title}\ndate: ${date}\n${more}\n---\n${title} is what it says.\n`
const threeArticles = () =>
  new Map([
    ['a.md', article('A', '2026-05-01T10:00:00Z')],
    ['b.md', article('B', '2026-05-02T10:00:00Z')],
    ['c.md', article('C', '2026-05-03T10:00:00Z', 'tags: [river]')],
  ])
const newest = Date.UTC(2026, 4, 3, 10)

test.each(['one', 'many'] as const)(
  'the date of a feed moves with what it holds (%s process)',
  async process => {
    const files = threeArticles()
    const look = publication(files, process)
    let found = await look(start)
    expect([found.updated('/'), found.updated('/tags/river/')]).toEqual([newest, newest])
    found = await look(start + hour)
    expect(found.updated('/')).toBe(newest)

    files.delete('b.md')
    found = await look(start + 2 * hour)
    expect([found.updated('/'), found.updated('/tags/harbour/')]).toEqual([
      start + 2 * hour,
      start + 2 * hour,
    ])
    expect(found.updated('/tags/river/')).toBe(newest)

    files.set('c.md', article('C', '2026-05-03T10:00:00Z', 'tags: [harbour]'))
    files.set('d.md', article('D', '2026-05-04T10:00:00Z', 'tags: [river]'))
    found = await look(start + 3 * hour)
    expect(found.updated('/tags/harbour/')).toBe(start + 3 * hour)
    found = await look(start + 4 * hour)
    expect(found.updated('/tags/harbour/')).toBe(start + 3 * hour)

    files.set('old.md', article('Old', '2019-01-01', 'tags: [attic]'))
    found = await look(start + 5 * hour)
    expect([found.updated('/'), found.updated('/tags/river/')]).toEqual([start + 5 * hour, start + 3 * hour])
  },
)

test.each(['one', 'many'] as const)(
  'an article whose time comes brings its own date and no other (%s process)',
  async process => {
    const files = threeArticles()
    const due = start + day
    files.set('later.md', article('Later', new Date(due).toISOString()))
    const look = publication(files, process)
    const first = await look(start)
    const step = first.due.find(({ at }) => at === due)
    const atDue = step?.documents.find(({ path }) => path === '/rss.xml')?.body
    expect(atDue).toContain(`<lastBuildDate>${new Date(due).toUTCString()}<`)
    for (const later of [hour, 2 * hour]) expect((await look(due + later)).updated('/')).toBe(due)
  },
)

test.each(['one', 'many'] as const)(
  'what changes in an archive alone is no reason to get the feed again (%s process)',
  async process => {
    const dated = (letter: string, day: number, more?: string) =>
      article(letter, `2026-05-0${day}T10:00:00Z`, more)
    const files = new Map([...'abcde'].map((letter, index) => [`${letter}.md`, dated(letter, index + 1)]))
    files.set('b.md', dated('b', 2, `tags: [harbour]\nexpires: ${new Date(start + day).toISOString()}`))
    const look = publication(files, process, { ...exampleSite, limit: 2 })
    const subscribed = ['/', '/tags/harbour/'].flatMap(path =>
      ['rss.xml', 'atom.xml', 'feed.json'].map(name => path + name),
    )
    const first = await look(start)
    const feeds = subscribed.map(first.body)
    expect(first.body('/archive/1/rss.xml')).toContain('a is what it says')
    const expiry = first.due.find(({ at }) => at === start + day)
    const atExpiry = expiry?.documents.map(({ path }) => path) ?? []
    expect(atExpiry).toContain('/archive/1/rss.xml')
    expect(atExpiry.filter(path => subscribed.includes(path))).toEqual([])

    files.set('a.md', `${files.get('a.md')}And more.\n`)
    const edited = await look(start + hour)
    expect(edited.body('/archive/1/rss.xml')).toContain('And more.')
    expect(subscribed.map(edited.body)).toEqual(feeds)
    const expired = await look(start + day + hour)
    expect(expired.body('/archive/1/rss.xml')).not.toContain('b is what it says')
    expect(expired.updated('/')).toBe(edited.updated('/'))

    files.set('e.md', `${files.get('e.md')}And more.\n`)
    const newest = await look(start + 2 * day)
    expect([newest.updated('/'), newest.updated('/tags/harbour/')]).toEqual([
      start + 2 * day,
      start + 2 * day,
    ])
  },
)

test.each(['one', 'many'] as const)(
  'what else changes in a subscription document moves its date (%s process)',
  async process => {
    const files = new Map(
      [...'abcdefg'].map((letter, index) => [
        `${letter}.md`,
        article(letter, `2026-05-0${index + 1}T10:00:00Z`),
      ]),
    )
    const look = publication(files, process, { ...exampleSite, limit: 2, tombstones: true })
    const first = await look(start)
    files.set('older.md', article('older', '2019-01-01T10:00:00Z'))
    const archived = await look(start + hour)
    expect(archived.titles('/')).toEqual(first.titles('/'))
    expect(archived.body('/atom.xml')).not.toBe(first.body('/atom.xml'))
    expect(archived.updated('/')).toBe(start + hour)
    files.delete('a.md')
    const told = await look(start + 2 * hour)
    expect(told.body('/atom.xml')).toContain('deleted-entry')
    expect(told.updated('/')).toBe(start + 2 * hour)
  },
)

test('the ledger is the same where nothing changed', async () => {
  const look = publication(threeArticles(), 'many')
  const { ledger } = await look(start)
  expect(formatLedger((await look(start + day)).ledger)).toBe(formatLedger(ledger))
})

test('a date without a time stands by its day: above where the hour is not known, else by the hour of its first publication', async () => {
  const files = new Map([
    ['noon.md', article('Noon', '2026-05-30T12:00:00Z')],
    ['day.md', article('Day', '2026-05-30')],
    ['before.md', article('Before', '2026-05-29T23:00:00Z')],
    ['after.md', article('After', '2026-05-31T00:10:00Z')],
  ])
  const look = publication(files, 'many')
  expect((await look(start)).titles('/')).toEqual(['After', 'Day', 'Noon', 'Before'])
  files.set('morning.md', article('Morning', '2026-06-01'))
  files.set('early.md', article('Early', '2026-06-01T08:00:00Z'))
  await look(start + hour)
  files.set('evening.md', article('Evening', '2026-06-01T18:00:00Z'))
  files.set('night.md', article('Night', '2026-06-01'))
  const { titles } = await look(start + 10 * hour)
  expect(titles('/').slice(0, 4)).toEqual(['Night', 'Evening', 'Morning', 'Early'])
  expect(titles('/tags/harbour/')).toEqual(titles('/'))
})
