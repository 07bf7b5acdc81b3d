import { expect, test } from 'vitest'
import { atomId } from '../../src/catalog/identity.ts'
import type { Candidate } from '../../src/catalog/recognise.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import { dateAt } from '../support/articles.ts'
import { aCandidate, madeUpText, randomNumbers } from '../support/folders.ts'
import { identified, ledgerWith } from '../support/identified.ts'

const random = randomNumbers(1)
const [first, second, third] = [
  madeUpText(random, 120),
  madeUpText(random, 120),
  madeUpText(random, 120),
] as const
const edited = (text: string) => `${text.split(' ').slice(0, 100).join(' ')} ${madeUpText(random, 20)}`
const site = { url: 'https://example.org/', undated: false }
const empty: Ledger = { authority: 'example.org,2026', entries: new Map() }
const start = Date.parse('2026-05-01T00:00:00Z')

function publish(candidates: Candidate[], ledger: Ledger, now: number) {
  const { articles, entries, diagnostics } = identified(candidates, ledger, site, now)
  return {
    articles,
    ids: articles.map(({ id }) => id),
    diagnostics,
    ledger: ledgerWith(ledger, { entries }, now),
  }
}

const [idA, idB] = ['tag:example.org,2026:file/a.md', 'tag:example.org,2026:file/b.md']
const before = publish([aCandidate('a.md', 'A', first), aCandidate('b.md', 'B', second)], empty, start)

test('a new article is named after its path', () => {
  expect(before.ids).toEqual([idA, idB])
})

test.each<[string, Candidate[], (string | null)[]]>([
  ['an edit', [aCandidate('a.md', 'A', edited(first)), aCandidate('b.md', 'B', second)], [idA, idB]],
  ['all words anew in place', [aCandidate('a.md', 'X', third), aCandidate('b.md', 'B', second)], [idA, idB]],
  ['a retitle', [aCandidate('a.md', 'New', first), aCandidate('b.md', 'B', second)], [idA, idB]],
  ['a rename', [aCandidate('c.md', 'A', first), aCandidate('b.md', 'B', second)], [idA, idB]],
  [
    'a move between folders',
    [aCandidate('2026/a.md', 'A', first), aCandidate('b.md', 'B', second)],
    [idA, idB],
  ],
  [
    'two files changing places',
    [aCandidate('a.md', 'B', second), aCandidate('b.md', 'A', first)],
    [idB, idA],
  ],
  [
    'a rename with an edit',
    [aCandidate('c.md', 'A', edited(first)), aCandidate('b.md', 'B', second)],
    [idA, idB],
  ],
  [
    'a rename with a retitle',
    [aCandidate('c.md', 'New', first), aCandidate('b.md', 'B', second)],
    [idA, idB],
  ],
  [
    'a copy beside the original',
    [aCandidate('a.md', 'A', first), aCandidate('a2.md', 'A', first), aCandidate('b.md', 'B', second)],
    [idA, null, idB],
  ],
  [
    'a copy whose original is edited',
    [
      aCandidate('a.md', 'A', edited(first)),
      aCandidate('a0.md', 'A', first),
      aCandidate('b.md', 'B', second),
    ],
    [idA, null, idB],
  ],
  [
    'a rename, and another article in its place',
    [aCandidate('a.md', 'New', third), aCandidate('c.md', 'A', first), aCandidate('b.md', 'B', second)],
    [null, idA, idB],
  ],
  [
    'a rename, and the next of the series in its place',
    [
      aCandidate('2026/a.md', 'A', first),
      aCandidate('a.md', 'A', edited(first), { published: dateAt('2026-05-08T00:00:00Z') }),
      aCandidate('b.md', 'B', second),
    ],
    [idA, null, idB],
  ],
  [
    'a copy that is to become the next of the series, and an edit of the original',
    [
      aCandidate('a.md', 'New', edited(first)),
      aCandidate('a2.md', 'A', first, { published: dateAt('2026-05-08T00:00:00Z') }),
      aCandidate('b.md', 'B', second),
    ],
    [idA, null, idB],
  ],
])('%s changes no id', (_, candidates, expected) => {
  const after = publish(candidates, before.ledger, start + 1000)
  expect(after.ids.map(id => (id === idA || id === idB ? id : null))).toEqual(expected)
  expect(new Set(after.ids).size).toBe(after.ids.length)
})

test.each<[string, Record<string, string>]>([
  ['two change places', { a: 'b', b: 'a' }],
  ['three change places', { a: 'b', b: 'c', c: 'a' }],
  ['each gives its name to the next, and the last gets a new one', { a: 'b', b: 'c', c: 'd' }],
])('letters that are like each other: %s', (_, renamed) => {
  const letters = { a: first, b: edited(first), c: edited(first) }
  const named = (names: Record<string, string>) =>
    Object.entries(letters).map(([name, text]) => aCandidate(`${names[name] ?? name}.md`, 'Letter', text))
  const published = publish(named({}), empty, start)
  for (const candidates of [named(renamed), named(renamed).reverse()]) {
    const after = publish(candidates, published.ledger, start + 1000)
    const ids = after.articles.map(({ text, id }) => [text, id])
    expect(Object.fromEntries(ids)).toEqual(
      Object.fromEntries(published.articles.map(({ text, id }) => [text, id])),
    )
  }
})

test('an article that was withdrawn and comes back is the same, elsewhere and edited too', () => {
  const gone = publish([aCandidate('b.md', 'B', second)], before.ledger, start + 1000)
  expect(gone.ledger.entries.get(idA)!.withdrawn).toBe(start + 1000)
  const back = publish(
    [aCandidate('b.md', 'B', second), aCandidate('old/z.md', 'A', edited(first))],
    gone.ledger,
    start + 2000,
  )
  expect(back.ids).toEqual([idB, idA])
  expect(back.ledger.entries.get(idA)!.withdrawn).toBeNull()
})

test('another article under the name of one that is gone is a new article, with an id of its own', () => {
  const gone = publish([aCandidate('b.md', 'B', second)], before.ledger, start + 1000)
  const { ids } = publish(
    [aCandidate('a.md', 'Other', third), aCandidate('b.md', 'B', second)],
    gone.ledger,
    start + 2000,
  )
  expect(ids).toEqual([`${idA}~2`, idB])
})

test('a new host changes nothing', () => {
  const moved = { ...before.ledger }
  const { articles } = identified(
    [aCandidate('a.md', 'A', first, { url: 'https://new.example/articles/a/' })],
    moved,
    { url: 'https://new.example/', undated: false },
    start,
  )
  expect(articles[0]!.id).toBe(idA)
  expect(moved.entries.get(idA)!.formerAddresses).toEqual([])
})

test('revised moves with the words alone', () => {
  const spaced = publish(
    [aCandidate('c.md', 'A', first), aCandidate('b.md', 'B', second)],
    before.ledger,
    start + 1000,
  )
  expect(spaced.articles[0]!.revised).toBe(spaced.articles[0]!.published!.epoch)
  const changed = publish(
    [aCandidate('c.md', 'A', edited(first)), aCandidate('b.md', 'B', second)],
    spaced.ledger,
    start + 2000,
  )
  expect(changed.articles[0]!.revised).toBe(start + 2000)
  const again = publish(
    [aCandidate('c.md', 'A', changed.articles[0]!.text), aCandidate('b.md', 'B', second)],
    changed.ledger,
    start + 9000,
  )
  expect(again.articles[0]!.revised).toBe(start + 2000)
})

test('an address that changes is remembered, and a return forgets it', () => {
  const at = (address: string) => [aCandidate('a.md', 'A', first, { url: `https://example.org/${address}/` })]
  const one = publish(at('x'), empty, start)
  const two = publish(at('y'), one.ledger, start + 1)
  expect(two.ledger.entries.get(idA)!.formerAddresses).toEqual(['/x/'])
  expect(publish(at('x'), two.ledger, start + 2).ledger.entries.get(idA)!.formerAddresses).toEqual(['/y/'])
})

test('a given id is kept character for character; a second file that claims it gets its own, and is told', () => {
  const { ids, diagnostics } = publish(
    [aCandidate('a.md', 'A', first, { guid: '12345' }), aCandidate('b.md', 'B', second, { guid: '12345' })],
    empty,
    start,
  )
  expect(ids).toEqual(['12345', idB])
  expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([['id-taken', 'b.md']])
  expect(atomId('12345', 'example.org,2026')).toBe('tag:example.org,2026:guid/12345')
  expect(atomId('https://example.com?p=1', 'example.org,2026')).toBe('https://example.com?p=1')
})

test('an article that could not have the id it claims keeps its own when that one is free', () => {
  const both = publish(
    [aCandidate('a.md', 'A', first, { guid: 'g' }), aCandidate('b.md', 'B', second, { guid: 'g' })],
    empty,
    start,
  )
  const left = publish([aCandidate('b.md', 'B', second, { guid: 'g' })], both.ledger, start + 1000)
  expect([both.ids, left.ids]).toEqual([['g', idB], [idB]])
  const moved = publish([aCandidate('b.md', 'A', first, { guid: 'g' })], both.ledger, start + 1000)
  expect(moved.ids).toEqual(['g'])
})

test.each<[string, string, (string | null)[]]>([
  ['stays as it is', first, ['p-id', null]],
  ['is edited', edited(first), ['p-id', null]],
  ['was moved, and another is in its place', third, [null, 'p-id']],
])('an id whose line was taken out is not another file’s, while its article %s', (_, text, expected) => {
  const given = publish([aCandidate('a.md', 'A', first, { guid: 'p-id' })], empty, start)
  const kept = publish([aCandidate('a.md', 'A', first)], given.ledger, start + 1000)
  expect(kept.ids).toEqual(['p-id'])
  const moved = text === third ? first : second
  const { ids, diagnostics } = publish(
    [aCandidate('a.md', 'A', text), aCandidate('b.md', 'B', moved, { guid: 'p-id' })],
    kept.ledger,
    start + 2000,
  )
  expect(ids.map(id => (id === 'p-id' ? id : null))).toEqual(expected)
  expect(new Set(ids).size).toBe(2)
  expect(diagnostics.map(({ code, path }) => [code, path])).toEqual(
    expected[0] === null ? [] : [['id-taken', 'b.md']],
  )
})

test('an id that is given later does not replace the one subscribers know', () => {
  const { ids, diagnostics } = publish(
    [aCandidate('a.md', 'A', first, { guid: 'new' }), aCandidate('b.md', 'B', second)],
    before.ledger,
    start,
  )
  expect(ids).toEqual([idA, idB])
  expect(diagnostics.map(({ code }) => code)).toEqual(['id-kept'])
})

test("a source's own id names its article, and a copied dump gets another", () => {
  const source = { source: 'Example News', sourceId: '737' }
  const { ids } = publish(
    [aCandidate('x.txt', 'A', first, source), aCandidate('y.txt', 'A', first, source)],
    empty,
    start,
  )
  expect(ids).toEqual(['tag:example.org,2026:source/Example%20News/737', 'tag:example.org,2026:file/y.txt'])
})

test('an article without a date gets that of its first publication, once', () => {
  const undated = { url: 'https://example.org/', undated: true }
  const candidate = aCandidate('a.md', 'A', first, { published: null })
  const one = identified([candidate], empty, undated, start)
  const ledger = ledgerWith(empty, one, start)
  const two = identified([candidate], ledger, undated, start + 5000)
  expect(two.articles[0]!.published!.epoch).toBe(start)
})

test('first publication: the own dates of a folder that is new, the clock for what comes later', () => {
  const old = aCandidate('old.md', 'Old', third, { published: dateAt('1999-01-01T00:00:00Z') })
  expect([...identified([old], empty, site, start).entries.values()][0]!.first).toBe(
    Date.parse('1999-01-01T00:00:00Z'),
  )
  expect([...identified([old], before.ledger, site, start).entries.values()][0]!.first).toBe(start)
})

test('a page that says only when it was updated keeps the date it was published under', () => {
  const pageOf = (updated: string, from: 'derived' | 'text' = 'derived') =>
    aCandidate('a.txt', 'A', first, {
      published: dateAt(updated),
      updated: dateAt(updated),
      fields: { published: { from, confidence: 0.5, line: 3 } },
    })
  const once = publish([pageOf('2025-03-01T00:00:00Z')], empty, start)
  expect(once.articles[0]!.published!.rfc3339).toBe('2025-03-01T00:00:00Z')

  const later = publish([pageOf('2026-05-02T00:00:00Z')], once.ledger, start + 172_800_000)
  expect(later.articles[0]!.published!.rfc3339).toBe('2025-03-01T00:00:00Z')
  expect(later.articles[0]!.revised).toBe(Date.parse('2026-05-02T00:00:00Z'))
  expect(later.ledger.entries.get(later.ids[0]!)!.published).toBe(Date.parse('2025-03-01T00:00:00Z'))

  const told = publish([pageOf('2024-02-01T00:00:00Z', 'text')], later.ledger, start + 259_200_000)
  expect(told.articles[0]!.published!.rfc3339).toBe('2024-02-01T00:00:00Z')
})
