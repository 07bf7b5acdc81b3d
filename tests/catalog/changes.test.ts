import { expect, test } from 'vitest'
import { adoptFeed } from '../../src/catalog/adopt.ts'
import { alarmAbout, changesSince, changesSinceFeed } from '../../src/catalog/changes.ts'
import type { Candidate } from '../../src/catalog/recognise.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import { readFeedFile } from '../../src/parse/feed-file.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { dateAt, exampleSite } from '../support/articles.ts'
import { aCandidate, madeUpText, randomNumbers } from '../support/folders.ts'
import { identified, ledgerWith } from '../support/identified.ts'
import { memorySource } from '../support/memory-source.ts'

const random = randomNumbers(3)
const now = Date.parse('2026-11-01T00:00:00Z')
const site = { url: 'https://example.org/', undated: false }
const empty: Ledger = { authority: 'example.org,2026', entries: new Map() }
const texts = Array.from({ length: 40 }, () => madeUpText(random, 80))
const folder = (count: number) =>
  texts.slice(0, count).map((text, n) => aCandidate(`${10 + n}.md`, `Title ${n}`, text))

function publish(candidates: Candidate[], ledger: Ledger, now = 0) {
  const { articles, entries } = identified(candidates, ledger, site, now)
  return { articles, entries, ledger: ledgerWith(ledger, { entries }, now) }
}
const idsOf = (changes: object) =>
  Object.fromEntries(
    Object.entries(changes).map(([kind, list]) => [kind, list.map(({ title }: { title: string }) => title)]),
  )

test('new, updated, redated, withdrawn and restored articles are told apart', () => {
  const before = publish([...folder(4), aCandidate('z.md', 'Gone', texts[9]!)], empty)
  const without = publish(folder(4), before.ledger)
  const [first, second, ...others] = folder(4)
  const changed = [
    aCandidate('10.md', 'Title 0', `${first!.article.text} more`),
    aCandidate('11.md', 'Title 1', second!.article.text, { published: dateAt('2020-01-01T00:00:00Z') }),
    ...others.slice(1),
    aCandidate('new.md', 'New', texts[8]!),
    aCandidate('z.md', 'Gone', texts[9]!),
  ]
  const after = publish(changed, without.ledger)
  expect(idsOf(changesSince(without.ledger, after.ledger, now))).toEqual({
    new: ['New'],
    updated: ['Title 0'],
    redated: ['Title 1'],
    renotified: [],
    readdressed: [],
    withdrawn: ['Title 2'],
    restored: ['Gone'],
    moved: [],
  })
})

test('a folder that is suddenly empty, or has other dates, raises the alarm by number', () => {
  const before = publish(folder(40), empty)
  const nothing = publish([], before.ledger)
  expect(alarmAbout(changesSince(before.ledger, nothing.ledger, now), before.ledger)).toEqual({
    count: 40,
    known: 40,
  })
  const redated = folder(40).map(({ article, ...rest }, n) => ({
    ...rest,
    article: n < 10 ? { ...article, published: dateAt('2020-01-01T00:00:00Z') } : article,
  }))
  const moved = publish(redated, before.ledger)
  expect(alarmAbout(changesSince(before.ledger, moved.ledger, now), before.ledger)).toEqual({
    count: 10,
    known: 40,
  })
  const two = publish(folder(38), before.ledger)
  expect(alarmAbout(changesSince(before.ledger, two.ledger, now), before.ledger)).toBeNull()
})

test('a folder whose articles all get another address raises it too', () => {
  const before = publish(folder(40), empty)
  const readdressed = folder(40).map(({ article, ...rest }) => ({
    ...rest,
    article: { ...article, url: article.url.replace('/articles/', '/posts/') },
  }))
  const after = publish(readdressed, before.ledger)
  const changes = changesSince(before.ledger, after.ledger, now)
  expect(changes.readdressed).toHaveLength(40)
  expect(alarmAbout(changes, before.ledger)).toEqual({ count: 40, known: 40 })
})

test('what waits for its time is not withdrawn; what was read and now waits is', async () => {
  const text = (n: number, date: string) => `---\ntitle: Number ${n}\ndate: ${date}\n---\n${texts[n]}\n`
  const files = new Map(
    Array.from({ length: 20 }, (_, n) => [`${n}.md`, text(n, n < 5 ? '2026-10-01' : '2027-01-01')]),
  )
  const look = (ledger: Ledger | null) => inspect(memorySource(files), exampleSite, { now, ledger })
  const first = await look(null)
  files.set('7.md', text(7, '2027-06-01'))
  const second = await look(first.ledger)
  expect(changesSince(first.ledger, second.ledger, now).withdrawn).toEqual([])
  files.set('3.md', text(3, '2027-01-01'))
  const third = await look(second.ledger)
  expect(idsOf(changesSince(second.ledger, third.ledger, now))).toMatchObject({
    withdrawn: ['Number 3'],
  })
})

test.each([
  ['5 of 9 articles', 9, 4, 5],
  ['3 of 5', 5, 2, 3],
  ['all of 3', 3, 0, 3],
  ['4 of 9', 9, 5, null],
  ['2 of 2', 2, 0, null],
  ['half of 18', 18, 9, null],
])('in a small publication, more than half is much: %s withdrawn', (_, known, left, alarm) => {
  const before = publish(folder(known), empty)
  const after = publish(folder(left), before.ledger)
  const raised = alarmAbout(changesSince(before.ledger, after.ledger, now), before.ledger)
  expect(raised?.count ?? null).toBe(alarm)
})

const feed = (articles: Parameters<typeof renderPublication>[1]['articles'], path: string) =>
  renderPublication(exampleSite, { articles }, { now: 0, source: null }).documents.find(
    document => document.path === path,
  )!.body

test.each(['/rss.xml', '/atom.xml', '/feed.json'])('our own %s shows no change against itself', path => {
  const { articles } = publish(folder(5), empty)
  expect(
    Object.values(changesSinceFeed(readFeedFile(feed(articles, path)).records, articles)).flat(),
  ).toEqual([])
})

test('a feed of another program: its ids and dates are taken over, matched by link, or by title and day', () => {
  const rss = `<rss version="2.0"><channel><title>x</title><link>http://old.example/</link><description/>
    <item><title>Renamed since</title><link>http://old.example/articles/10.html</link><guid>12345</guid><pubDate>Tue, 06 Jan 2015 08:00:00 GMT</pubDate></item>
    <item><title>Title 1</title><link>http://old.example/?p=1</link><guid>https://example.com?p=1</guid><pubDate>Sun, 01 Mar 2026 12:00:00 GMT</pubDate></item>
    <item><title>Never seen</title><link>http://old.example/never</link><guid>n</guid></item></channel></rss>`
  const { records } = readFeedFile(rss)
  const { articles, entries } = identified(folder(3), empty, site, 0)
  const adoption = adoptFeed(records, articles, article => entries.get(article), empty)
  expect(adoption.adopted.map(({ path, id }) => [path, id])).toEqual([
    ['10.md', '12345'],
    ['11.md', 'https://example.com?p=1'],
  ])
  expect(adoption.unmatched.map(({ id }) => id)).toEqual(['n'])
  const after = publish(folder(3), adoption.ledger)
  expect(after.articles.map(({ id }) => id)).toEqual([
    '12345',
    'https://example.com?p=1',
    'tag:example.org,2026:file/12.md',
  ])
  const undated = publish([aCandidate('10.md', 'Title 0', texts[0]!, { published: null })], adoption.ledger)
  expect(undated.articles[0]!.published!.epoch).toBe(Date.parse('2015-01-06T08:00:00Z'))
})

test('an id that subscribers know from us is not given up for one of another feed', () => {
  const before = publish(folder(1), empty)
  const { articles, entries } = identified(folder(1), before.ledger, site, 0)
  const records = [
    { item: 1, id: 'other', url: articles[0]!.url, title: 'Title 0', published: 0, updated: 0 },
  ]
  const adoption = adoptFeed(records, articles, article => entries.get(article), before.ledger)
  expect(adoption.adopted).toEqual([])
  expect(adoption.kept).toEqual([{ path: '10.md', id: articles[0]!.id, offered: 'other' }])
})

test('what is not a feed is said to be none', () => {
  for (const text of ['', 'hello', '<html></html>', '{"a":', '{"version":"1"}'])
    expect(() => readFeedFile(text), text).toThrow(expect.objectContaining({ name: 'FeedFileError' }))
})
