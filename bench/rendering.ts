import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { Feed } from 'feed'
import { fillArchives } from '../src/catalog/archives.ts'
import { collect } from '../src/catalog/collections.ts'
import type { Article } from '../src/model/article.ts'
import type { Collection } from '../src/model/collection.ts'
import type { LedgerEntry } from '../src/model/ledger.ts'
import { createRenderer } from '../src/publish/renderer.ts'
import { anArticle, dateAt, exampleSite } from '../tests/support/articles.ts'
import { madeUpText, randomNumbers } from '../tests/support/folders.ts'
import { median } from './fresh-process.ts'

/*
 * Every feed of a publication, archives included: an article rendered once per format and put into each document, beside
 * every document rendered whole with `feed`. Fresh processes, interleaved, medians.
 * npm run bench -- rendering [--articles 10000] [--rounds 5]
 */
const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    run: { type: 'string' },
  },
})

interface Run {
  /** Milliseconds of processor time, the collector's threads included: other work on the machine does not count. */
  time: number
  documents: number
  characters: number
}

const ways: Record<string, (collections: Collection[]) => string[]> = {
  'once per article': collections => {
    const renderer = createRenderer(exampleSite)
    return collections.flatMap(collection =>
      [null, ...collection.archives.map(({ number }) => number)]
        .flatMap(archive => renderer.feeds(collection, archive)!)
        .map(feed => feed.render().body),
    )
  },
  'whole with feed': collections =>
    collections.flatMap(collection =>
      [collection.newest, ...collection.archives.map(({ articles }) => articles)].flatMap(wholeWithFeed),
    ),
}

/** One of the ways in this process, or all of them in processes of their own. */
if (values.run !== undefined) console.log(JSON.stringify(measured(ways[values.run]!)))
else compare()

function measured(way: (collections: Collection[]) => string[]): Run {
  const collections = madeUpCollections(Number(values.articles))
  const start = process.cpuUsage()
  const bodies = way(collections)
  const { user, system } = process.cpuUsage(start)
  const time = (user + system) / 1000
  return { time, documents: bodies.length, characters: bodies.reduce((sum, body) => sum + body.length, 0) }
}

function compare() {
  const runs = new Map<string, Run[]>(Object.keys(ways).map(name => [name, []]))
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, list] of runs) {
      const words = [import.meta.filename, '--run', name, '--articles', values.articles]
      const { stdout, status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      list.push(JSON.parse(stdout))
    }
  const whole = median(runs.get('whole with feed')!.map(({ time }) => time))
  console.log(`${values.articles} articles of 4 KB, ${values.rounds} rounds, medians`)
  for (const [name, list] of runs) {
    const time = median(list.map(run => run.time))
    const [{ documents, characters }] = list as [Run]
    console.log(
      `${name.padEnd(18)} ${(time / 1000).toFixed(2).padStart(6)} s  ${documents} documents, ${Math.round(characters / 1e6)} MB  ${(time / whole).toFixed(3)} x feed`,
    )
  }
}

/** All articles with 40 tags, 20 authors, 5 sections and 2 languages: every article stands in six collections or more. */
function madeUpCollections(count: number): Collection[] {
  const random = randomNumbers(count)
  const pick = (below: number) => Math.floor(random() * below)
  const articles = Array.from({ length: count }, (_, number): Article => {
    const paragraphs = Array.from({ length: 8 }, () => `<p>${madeUpText(random, 70)}</p>`)
    return anArticle({
      path: `${number}.md`,
      title: madeUpText(random, 6),
      summary: madeUpText(random, 30),
      html: paragraphs.join('\n'),
      published: dateAt(new Date(Date.UTC(2000, 0, 1) + number * 60_000).toISOString()),
      tags: [`tag ${pick(40)}`, `tag ${pick(40)}`],
      authors: [{ name: `Author ${pick(20)}`, url: null, email: null, role: null }],
      section: `Section ${pick(5)}`,
      language: pick(10) === 0 ? 'de' : 'en',
    })
  })
  const entries = new Map(articles.map(article => [article, entryOf(article)]))
  const { limit } = exampleSite
  const everything = { removed: [], added: articles }
  const before = { title: 'Bench', limit, entryOf: (article: Article) => entries.get(article) }
  const filled = fillArchives(collect([], everything, before), before.entryOf, new Map(), () => limit)
  const entryIn = (article: Article) => filled.entries.get(article.id) ?? entries.get(article)
  return collect([], everything, { ...before, entryOf: entryIn })
}

function entryOf({ id, path, title, url, published }: Article): LedgerEntry {
  const first = published!.epoch
  const rest = {
    dated: null,
    revised: null,
    words: '',
    sketch: '',
    formerAddresses: [],
    withdrawn: null,
    archives: {},
  }
  return { id, path, title, first, published: first, address: url, ...rest }
}

function wholeWithFeed(articles: Article[]): string[] {
  const feed = new Feed({
    id: 'https://example.org/',
    title: 'Bench',
    link: 'https://example.org/',
    copyright: '',
    updated: new Date(0),
  })
  for (const { id, url, title, summary, html, published, tags, authors } of articles)
    feed.addItem({
      id,
      title,
      link: url,
      date: new Date(published!.epoch),
      description: summary,
      content: html,
      author: authors.map(({ name }) => ({ name })),
      category: tags.map(name => ({ name, term: name })),
    })
  return [feed.rss2(), feed.atom1(), feed.json1()]
}
