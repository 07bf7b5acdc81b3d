import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { RenderedDocument } from '../../src/model/snapshot.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { folderSource } from '../../src/source/folder.ts'
import { judgeAtom } from '../support/feed-rules.ts'
import { hostileCorpus } from '../support/hostile-corpus.ts'
import { publishCorpus } from '../support/publish-corpus.ts'
import { type FeedFile, feedReaders, type ReaderPlaces, type SeenItem } from './feed-readers.ts'

/*
 * What programs that people read feeds with make of ours: every item of seeds/ and of the hostile corpus, archives
 * included, with title, date, authors and body as published. Where a reader is known to do something of its own
 * (`feed-readers.ts` says what, and why), an item that this explains is counted apart; what nothing explains is an error.
 *
 *   node tests/conformance/measure-readers.ts --npm DIR --simplepie DIR
 *
 * DIR are a folder in which `npm install feedparser rss-parser` was run, and a clone of github.com/simplepie/simplepie.
 * newsboat, sfeed, python3-feedparser and php are Debian's. What is missing is left out, and that is said.
 */
const { values } = parseArgs({
  options: {
    npm: { type: 'string' },
    simplepie: { type: 'string' },
    python: { type: 'string', default: '/usr/bin/python3' },
    reader: { type: 'string' },
    examples: { type: 'string', default: '5' },
  },
})
const places: ReaderPlaces = { npm: values.npm, simplepie: values.simplepie, python: values.python }

interface PublishedItem {
  title: string
  epoch: number
  authors: string[]
  html: string
}

interface Tally {
  items: number
  right: Record<'title' | 'date' | 'authors' | 'body', number>
  own: Record<'title' | 'date' | 'authors' | 'body', number>
  unexplained: string[]
}

const publications = {
  seeds: await publishSeeds(),
  'hostile corpus': (await publishCorpus(hostileCorpus())).publication.documents,
}
let unexplained = 0
for (const [corpus, documents] of Object.entries(publications)) {
  using files = writtenFeeds(documents)
  console.log(`${corpus}: ${files.feeds.length / 2} documents of each format`)
  for (const reader of feedReaders) {
    if (values.reader && !reader.name.includes(values.reader)) continue
    if (!reader.isThere(places)) {
      console.log(`  ${reader.name}: left out, it is not here`)
      continue
    }
    for (const format of ['rss', 'atom'] as const) {
      const feeds = files.feeds.filter(feed => feed.format === format)
      const seen = await reader.read(feeds, places)
      const tally = compare(feeds, seen, reader.own)
      unexplained += tally.unexplained.length
      const column = (key: keyof Tally['right']) =>
        `${key} ${tally.right[key]}${tally.own[key] > 0 ? ` + ${tally.own[key]} its own` : ''}`
      console.log(
        `  ${`${reader.name}, ${format}`.padEnd(26)} ${tally.items} items: ${(['title', 'date', 'authors', 'body'] as const).map(column).join(', ')}; ` +
          `${tally.unexplained.length} unexplained`,
      )
      for (const line of tally.unexplained.slice(0, Number(values.examples))) console.log(`    ${line}`)
    }
  }
}
process.exitCode = unexplained > 0 ? 1 : 0

function compare(
  feeds: FeedFile[],
  seen: (SeenItem[] | null)[],
  own: (typeof feedReaders)[number]['own'],
): Tally {
  const none = () => ({ title: 0, date: 0, authors: 0, body: 0 })
  const tally: Tally = { items: 0, right: none(), own: none(), unexplained: [] }
  feeds.forEach((feed, at) => {
    const published = publishedItems(feed)
    const items = seen[at] ?? []
    if (items.length !== published.length)
      tally.unexplained.push(`${feed.path}: ${items.length} of ${published.length} items`)
    published.forEach((item, index) => {
      const view = items[index]
      if (!view) return
      tally.items++
      const say = (
        key: keyof Tally['right'],
        right: boolean,
        explained: boolean,
        saw: unknown,
        was: unknown,
      ) => {
        if (right) tally.right[key]++
        else if (explained) tally.own[key]++
        else
          tally.unexplained.push(
            `${feed.path} #${index} ${key}: ${JSON.stringify(saw)?.slice(0, 150)} instead of ${JSON.stringify(was)?.slice(0, 150)}`,
          )
      }
      const title = plain(view.title ?? '')
      say(
        'title',
        title === plain(item.title),
        title === plain(own.title?.(item.title, places) ?? item.title),
        title,
        item.title,
      )
      say(
        'date',
        view.epoch === item.epoch,
        own.date?.(item.epoch, feed.format) ?? false,
        view.epoch,
        item.epoch,
      )
      const authors = view.authors.map(plain).join('; ')
      const names = item.authors.map(plain)
      const ownNames = own.authors?.(item.authors, feed) ?? []
      say(
        'authors',
        authors === names.join('; '),
        ownNames.some(list => list.map(plain).join('; ') === authors),
        authors,
        names,
      )
      const body = plain(view.body ?? '')
      const ownBody = own.body?.(item.html)
      say(
        'body',
        body === plain(item.html),
        ownBody === true ||
          (typeof ownBody === 'string' && plain(ownBody) === body) ||
          (own.text?.(view.body ?? '') ?? view.body) === own.text?.(item.html),
        firstDifference(body, plain(item.html)),
        firstDifference(plain(item.html), body),
      )
    })
  })
  return tally
}

/** Line ends and runs of white space apart: no reader shows them. */
function plain(text: string): string {
  return text.replace(/[\t\n\r ]+/g, ' ').trim()
}

function firstDifference(text: string, other: string): string {
  let at = 0
  while (at < text.length && text[at] === other[at]) at++
  return text.slice(Math.max(0, at - 20), at + 60)
}

function publishedItems({ json }: FeedFile): PublishedItem[] {
  return JSON.parse(json).items.map(
    (item: {
      title: string
      date_published: string
      authors?: { name: string }[]
      content_html: string
    }) => ({
      title: item.title,
      epoch: Math.floor(Date.parse(item.date_published) / 1000),
      authors: (item.authors ?? []).map(({ name }) => name),
      // XML cannot say this within CDATA, and HTML shows it the same.
      html: item.content_html.replaceAll(']]>', ']]&gt;'),
    }),
  )
}

/** The publication's own feeds and their archives, as files; gone afterwards. */
function writtenFeeds(documents: RenderedDocument[]) {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-readers-'))
  const bodies = new Map(documents.map(({ path, body }) => [path, body]))
  const feeds = documents.flatMap(({ path, body }): FeedFile[] => {
    const format = /^\/(?:archive\/\d+\/)?(rss|atom)\.xml$/.exec(path)?.[1] as FeedFile['format'] | undefined
    if (!format) return []
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, body)
    const json = bodies.get(path.replace(/[^/]+$/, 'feed.json'))!
    const ids =
      format === 'atom'
        ? judgeAtom(body).items.map(({ id }) => id)
        : JSON.parse(json).items.map((item: { id: string }) => item.id)
    const feedAuthors = (JSON.parse(json).authors ?? []).map(({ name }: { name: string }) => name)
    return [{ path, file, format, body, json, ids, feedAuthors }]
  })
  return { feeds, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

async function publishSeeds(): Promise<RenderedDocument[]> {
  const folder = join(import.meta.dirname, '../../seeds')
  const { site } = readSettings(readFileSync(join(folder, 'broadsheet.toml'), 'utf8'))
  const source = folderSource(folder)
  const now = Date.now()
  const inspection = await inspect(source, site!, { now })
  return renderPublication(site!, inspection, { now, source }).documents
}
