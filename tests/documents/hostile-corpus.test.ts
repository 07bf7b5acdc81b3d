import { beforeAll, expect, test } from 'vitest'
import { absoluteUrl } from '../../src/documents/feed-channel.ts'
import { createReaderApp } from '../../src/http/app.ts'
import type { Site } from '../../src/model/site.ts'
import type { Publication, RenderedDocument } from '../../src/model/snapshot.ts'
import type { Inspection } from '../../src/publish/inspect.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { judgeAtom, judgeJsonFeed, judgeRss } from '../support/feed-rules.ts'
import { hostileCorpus } from '../support/hostile-corpus.ts'
import { judgeDocuments } from '../support/judge-documents.ts'
import { publishCorpus } from '../support/publish-corpus.ts'

let inspection: Inspection
let site: Site
let publication: Publication
let documents: RenderedDocument[]
beforeAll(async () => {
  const corpus = hostileCorpus()
  expect(corpus.size).toBeGreaterThan(750)
  const published = await publishCorpus(corpus)
  inspection = published.inspection
  site = published.site
  publication = published.publication
  documents = publication.documents
})

test('every feed, archive, OPML list and sitemap obeys its format, and the three formats agree', () => {
  const { feeds, items, problems } = judgeDocuments(documents)
  expect(problems.slice(0, 20)).toEqual([])
  expect(feeds).toBeGreaterThan(1300)
  expect(items).toBeGreaterThan(11_000)
})

test('the app answers each feed and each list at its address, with these bytes', async () => {
  const store = createMemoryStore()
  await store.publish(publication)
  const app = createReaderApp({ store, clock: () => publication.publishedAt })
  const machineRead = documents.filter(({ path }) => /\.(?:xml|json|txt)$/.test(path))
  expect(machineRead.length).toBeGreaterThan(1300)
  for (const { path, body, mediaType } of machineRead) {
    const answer = await app.request(absoluteUrl(path, site))
    expect([answer.status, answer.headers.get('content-type')], path).toEqual([200, mediaType])
    // Not by `expect`, which would say how two megabytes differ.
    if ((await answer.text()) !== body) expect.fail(`${path} is answered with other bytes`)
  }
})

test('nothing is lost in silence: what is not published says why', () => {
  expect(inspection.totals.published).toBeGreaterThan(750)
  for (const { path, status, reason, diagnostics } of inspection.files) {
    if (status === 'withheld') expect(reason, path).not.toBeNull()
    if (status === 'rejected')
      expect(
        diagnostics.some(({ severity }) => severity === 'error'),
        path,
      ).toBe(true)
  }
  const fault = inspection.files
    .flatMap(({ diagnostics }) => diagnostics)
    .find(({ code }) => code === 'file-unparsable')
  expect(fault).toBeUndefined()
})

test('every published article is in the archives or in front of them, under an id of its own', () => {
  const ids = new Set(
    documents
      .filter(({ path }) => /^\/(?:archive\/\d+\/)?feed\.json$/.test(path))
      .flatMap(({ body }) => JSON.parse(body).items.map((item: { id: string }) => item.id)),
  )
  expect(ids).toEqual(new Set(inspection.articles.map(({ id }) => id)))
  expect(ids.size).toBe(inspection.articles.length)
})

const bodyOf = (path: string) => documents.find(document => document.path === path)!.body

/** What is wrong with a document as it is published: looked for once, however many faults are put into it. */
const published = new Map<string, string[]>()
function publishedProblems(judge: typeof judgeRss, path: string): string[] {
  const known = published.get(path) ?? judge(bodyOf(path)).problems
  published.set(path, known)
  return known
}

test.each([
  ['a control character', judgeRss, '/rss.xml', '<title>', '<title>\u000c'],
  ['a reference to one', judgeRss, '/rss.xml', '<title>', '<title>&#xC;'],
  ['U+FFFE', judgeAtom, '/atom.xml', '<name>', '<name>\ufffe'],
  ['the end of a CDATA section', judgeAtom, '/atom.xml', '<![CDATA[', '<![CDATA[]]>'],
  ['an undeclared prefix', judgeRss, '/rss.xml', ' xmlns:dc="http://purl.org/dc/elements/1.1/"', ''],
  ['`<` in an attribute', judgeAtom, '/atom.xml', 'term="', 'term="<'],
  [
    'an id twice',
    judgeAtom,
    '/atom.xml',
    /<id>tag:[^<]*<\/id>(?=[\s\S]*<id>)/g,
    '<id>tag:x.example,2026:x</id>',
  ],
  ['an id that is not an IRI', judgeAtom, '/atom.xml', /<id>tag:[^<]*/, '<id>a b'],
  ['a second title', judgeAtom, '/atom.xml', '<updated>', '<title>x</title><updated>'],
  ['a date without a zone', judgeAtom, '/atom.xml', /<updated>([^<]*)Z</, '<updated>$1<'],
  ['a weekday that is not that day’s', judgeRss, '/rss.xml', /<pubDate>\w+/, '<pubDate>Xxx'],
  ['an item without guid', judgeRss, '/rss.xml', /<guid[^>]*>[^<]*<\/guid>/, ''],
  ['a second enclosure', judgeRss, '/rss.xml', /(<enclosure [^>]*>)/, '$1$1'],
  ['a relative address', judgeRss, '/rss.xml', /<link>https:\/\/[^/]*/, '<link>'],
  ['a lone surrogate', judgeJsonFeed, '/feed.json', '"title": "', '"title": "\\ud83d'],
  ['a control character', judgeJsonFeed, '/feed.json', '"title": "', '"title": "\\u0001'],
  ['an unknown key', judgeJsonFeed, '/feed.json', '"title": "', '"autor": "x", "title": "'],
  ['a number for an id', judgeJsonFeed, '/feed.json', /"id": "[^"]*"/, '"id": 5'],
] as const)('seeded: %s is found', (_, judge, path, from, to) => {
  const seeded = bodyOf(path).replace(from, to)
  expect(seeded).not.toBe(bodyOf(path))
  expect(publishedProblems(judge, path)).toEqual([])
  expect(judge(seeded).problems.length).toBeGreaterThan(0)
})
