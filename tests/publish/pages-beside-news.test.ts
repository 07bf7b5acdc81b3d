import { expect, test } from 'vitest'
import { changesSince } from '../../src/catalog/changes.ts'
import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import { createPipeline } from '../../src/publish/inspect.ts'
import { preparePublication, renderPublication } from '../../src/publish/publication.ts'
import { createRenderer } from '../../src/publish/renderer.ts'
import { byPath } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const now = Date.UTC(2026, 5, 1)
const news = '---\ntitle: The bridge\ndate: 2026-01-01\ntags: [Harbour]\n---\nIt is open.\n'
const about = '---\ntitle: About us\nin_feeds: false\ntags: [Masthead]\n---\nWe print on Fridays.\n'

async function publish(files: Record<string, string>, settings: Partial<typeof exampleSite> = {}) {
  const site = { ...exampleSite, ...settings }
  const source = memorySource(new Map(Object.entries(files)))
  const look = () => createPipeline(source, site).look({ now, ledgerKept: true })
  const inspection = await look()
  const publication = renderPublication(site, inspection, { now, source })
  const documents = byPath(publication.documents)
  return { inspection, publication, documents, body: (path: string) => documents.get(path)?.body ?? '' }
}

test('a page that is no news needs no date, is read at its address, and stands in no feed and no list', async () => {
  const { inspection, documents, body } = await publish({ 'a.md': news, 'about.md': about })
  expect(inspection.files.map(({ path, status }) => [path, status])).toEqual([
    ['a.md', 'published'],
    ['about.md', 'published'],
  ])
  expect(inspection.files.flatMap(({ diagnostics }) => diagnostics)).toEqual([])
  expect(body('/articles/about/')).toContain('We print on Fridays.')
  expect(body('/articles/about/')).not.toMatch(/<time|datePublished|published_time|1970|2026/)
  expect(body('/sitemap.xml')).toContain('https://example.org/articles/about/')
  for (const [path, { body: text }] of documents)
    if (!['/articles/about/', '/sitemap.xml'].includes(path)) expect(text, path).not.toContain('on Fridays')
  for (const file of ['rss.xml', 'atom.xml', 'feed.json']) expect(body(`/${file}`)).not.toContain('About us')
  expect(documents.has('/tags/masthead/rss.xml')).toBe(false)
})

test('a page that the settings name stands at the foot once, by the name that they give it', async () => {
  const links = [{ title: 'Who we are', url: '/articles/about/' }]
  const { body } = await publish({ 'a.md': news, 'about.md': about }, { links })
  expect(body('/').match(/<a href="[^"]*about\/"[^>]*>[^<]*/g)).toEqual([
    '<a href="https://example.org/articles/about/" lang="en" dir="auto">Who we are',
  ])
})

test.each([
  'in_feeds: false',
  'include_in_feeds: no',
  'feed: false',
  'rss: false',
  'exclude_from_feed: true',
  'hiddenInRss: true',
  '"in-feed": "off"',
])('`%s` makes a page of it', async line => {
  const { inspection } = await publish({ 'p.md': `---\ntitle: Imprint\n${line}\n---\nText.\n` })
  expect([inspection.articles.length, inspection.pages.length]).toEqual([0, 1])
})

test.each(['in_feeds: true', 'feed: https://example.org/f.xml', 'exclude_from_feed: false'])(
  '`%s` does not',
  async line => {
    const { inspection } = await publish({ 'p.md': `---\ntitle: Imprint\n${line}\n---\nText.\n` })
    expect(inspection.files[0]).toMatchObject({ status: 'withheld', reason: 'undated' })
  },
)

test('a draft stays one, and where a site keeps its own pages there is none to be seen', async () => {
  const draft = about.replace('in_feeds', 'draft: true\nin_feeds')
  const { inspection } = await publish({ 'd.md': draft })
  expect(inspection.files[0]?.reason).toBe('draft')
  const beside = await publish({ 'a.md': about }, { pages: 'none' })
  expect(beside.inspection.files[0]?.reason).toBe('unlisted')
})

test('news that becomes a page leaves its feeds and lists in an edit too, and subscribers are told to lose it', async () => {
  const files = new Map([
    ['a.md', news],
    ['b.md', news.replace('bridge', 'gate')],
  ])
  const source = memorySource(files)
  const pipeline = createPipeline(source, exampleSite)
  const first = await pipeline.look({ now, ledgerKept: true })
  files.set('b.md', news.replace('bridge', 'gate').replace('tags', 'feed: false\ntags'))
  const next = await pipeline.look({
    now,
    ledger: first.ledger,
    ledgerKept: true,
    changed: new Set(['b.md']),
  })
  const anew = await createPipeline(source, exampleSite).look({ now, ledger: first.ledger, ledgerKept: true })
  for (const look of [next, anew]) {
    expect(look.articles.map(({ title }) => title)).toEqual(['The bridge'])
    expect(look.pages.map(({ title }) => title)).toEqual(['The gate'])
    expect(look.collections.find(({ key }) => key === 'tag harbour')?.articles).toHaveLength(1)
  }
  expect(changesSince(first.ledger, next.ledger, now)).toMatchObject({
    withdrawn: [{ title: 'The gate' }],
    updated: [],
  })
  const written = parseLedger(formatLedger(next.ledger))
  const same = await createPipeline(source, exampleSite).look({ now, ledger: written, ledgerKept: true })
  expect(changesSince(written, same.ledger, now)).toMatchObject({ withdrawn: [], new: [], restored: [] })
  files.set('b.md', news.replace('bridge', 'gate'))
  const back = await createPipeline(source, exampleSite).look({ now, ledger: written, ledgerKept: true })
  expect(changesSince(written, back.ledger, now).restored).toMatchObject([{ title: 'The gate' }])
})

test('a page that is deleted was in no feed, and leaves no tombstone there', async () => {
  const site = { ...exampleSite, tombstones: true }
  const files = new Map([
    ['a.md', news],
    ['about.md', about],
  ])
  const source = memorySource(files)
  const first = await createPipeline(source, site).look({ now, ledgerKept: true })
  files.delete('about.md')
  const next = await createPipeline(source, site).look({ now, ledger: first.ledger, ledgerKept: true })
  const { publication } = preparePublication(site, next, { now, source })
  const atom = publication.documents.find(({ path }) => path === '/atom.xml')
  expect(String(atom?.body)).not.toContain('deleted-entry')
})

const inSection = (title: string, section: string, more = '') =>
  `---\ntitle: ${title}\ndate: 2026-01-01\nsection: ${section}\n${more}---\nWords of ${title}.\n`

test('every page leads to the sections, where there are several, and to pages that are no news', async () => {
  const files = { 'a.md': inSection('A', 'Harbour'), 'b.md': inSection('B', 'River'), 'about.md': about }
  const { body } = await publish(files)
  for (const path of ['/', '/articles/a/', '/articles/about/', '/sections/river/', '/feeds/', '/404.html']) {
    expect(body(path), path).toContain('<nav class="sections" aria-label="Sections">')
    expect(body(path), path).toMatch(/<footer.*href="https:\/\/example.org\/articles\/about\/".*About us/s)
  }
  expect(body('/sections/river/')).toContain('sections/river/" aria-current="page"')
  const { body: single } = await publish({ 'a.md': inSection('A', 'Harbour') })
  expect(single('/')).not.toContain('class="sections"')
})

test('the dates of a list have one form, whatever languages its articles are in', async () => {
  const { body } = await publish({
    'a.md': inSection('A', 'Harbour', 'lang: de\n'),
    'b.md': inSection('B', 'Harbour', 'lang: fr\n'),
  })
  const dates = [...body('/sections/harbour/').matchAll(/<time[^>]*>([^<]*)</g)].map(([, date]) => date)
  expect(dates).toEqual(['January 1, 2026', 'January 1, 2026'])
})

test('another section changes every page, and says so to whoever is told of changed documents', async () => {
  const files = new Map(
    Object.entries({ 'a.md': inSection('A', 'Harbour'), 'b.md': inSection('B', 'Harbour') }),
  )
  const source = memorySource(files)
  const pipeline = createPipeline(source, exampleSite)
  const renderer = createRenderer(exampleSite)
  const first = await pipeline.look({ now, ledgerKept: true })
  const before = preparePublication(exampleSite, first, { now, source, renderer })
  files.set('b.md', inSection('B', 'River'))
  const next = await pipeline.look({ now, ledger: first.ledger, changed: new Set(['b.md']) })
  const after = preparePublication(exampleSite, next, {
    now,
    source,
    renderer,
    before: { documents: before.documents, changes: next.changes! },
  })
  const unlike = new Set(after.documents.pathsUnlike(before.documents, next.changes!))
  for (const { path, body } of after.publication.documents) {
    const former = before.publication.documents.find(document => document.path === path)
    if (former?.body !== body) expect(unlike, path).toContain(path)
  }
  expect(unlike).toContain('/articles/a/')
})
