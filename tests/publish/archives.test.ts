import { expect, test } from 'vitest'
import { followArchives, livingPublication } from '../support/archive-client.ts'
import { simulateArchives } from '../support/archive-simulation.ts'
import { exampleSite } from '../support/articles.ts'
import { parseDocument } from '../support/xml.ts'

test('a cold client that follows the links gets every article, whatever is edited, deleted and added', async () => {
  const simulation = {
    articles: 120,
    edits: 10,
    deletions: 30,
    additions: 20,
    retaggings: 40,
    limit: 4,
    batch: 1,
    seed: 5,
  }
  expect(await simulateArchives(simulation)).toEqual({
    publications: 101,
    failures: [],
    mostTouched: 1,
    articles: 110,
  })
})

const article = (n: number, date = `2020-01-${String(n).padStart(2, '0')}`) =>
  `---\ntitle: Number ${n}\ndate: ${date}\n---\nText of number ${n}, which is like no other text: ${n * n * 7919}.\n`

test('an archive appears only when full, marks itself, and leads back to the front', async () => {
  const files = new Map<string, string>()
  const publish = livingPublication({ ...exampleSite, limit: 3 }, files)
  for (const n of [1, 2]) files.set(`${n}.md`, article(n))
  const small = await publish(Date.parse('2026-01-01T00:00:00Z'))
  expect([...small.documents.keys()].filter(path => path.startsWith('/archive/'))).toEqual([])
  expect(small.documents.get('/rss.xml')!.body).toContain('<fh:complete/>')

  for (const n of [3, 4]) files.set(`${n}.md`, article(n))
  const full = await publish(Date.parse('2026-01-02T00:00:00Z'))
  const archive = full.documents.get('/archive/1/atom.xml')!
  expect(parseDocument(archive.body).name).toBe('feed')
  expect(archive.body).toContain('<fh:archive/>')
  expect(archive.body).toContain('<link rel="current" href="https://example.org/atom.xml"/>')
  expect(full.documents.get('/rss.xml')!.body).not.toContain('fh:complete')
  expect(full.documents.get('/')!.body).toContain('href="https://example.org/archive/1/"')
  expect(followArchives(full.documents, '/feed.json').fetched).toEqual(['/feed.json', '/archive/1/feed.json'])
})

test('an article that is added with an old date changes no archive, and the front carries it', async () => {
  const files = new Map([1, 2, 3, 4, 5, 6].map(n => [`${n}.md`, article(n)]))
  const publish = livingPublication({ ...exampleSite, limit: 3 }, files)
  const before = await publish(Date.parse('2026-01-01T00:00:00Z'))
  files.set('old.md', article(7, '1999-01-01'))
  const after = await publish(Date.parse('2026-01-02T00:00:00Z'))
  for (const n of [1, 2])
    expect(after.documents.get(`/archive/${n}/rss.xml`)).toBe(before.documents.get(`/archive/${n}/rss.xml`))
  expect(after.documents.get('/rss.xml')!.body).toContain('Number 7')
})

test('a deletion leaves a gap: no other archive changes, and the address is gone', async () => {
  const files = new Map([1, 2, 3, 4, 5, 6].map(n => [`${n}.md`, article(n)]))
  const publish = livingPublication({ ...exampleSite, limit: 3 }, files)
  const before = await publish(Date.parse('2026-01-01T00:00:00Z'))
  files.delete('2.md')
  const after = await publish(Date.parse('2026-01-02T00:00:00Z'))
  expect(followArchives(after.documents, '/rss.xml').ids).not.toContain('tag:example.org,2026:file/2.md')
  expect(after.documents.get('/archive/2/rss.xml')).toBe(before.documents.get('/archive/2/rss.xml'))
  expect(after.publication.gone).toEqual(['/articles/2/'])
})
