import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'

/** One document as a file, with what a reader's view of it is compared with. */
export interface FeedFile {
  /** `/archive/3/rss.xml` */
  path: string
  file: string
  format: 'rss' | 'atom'
  body: string
  /** The JSON Feed of the same articles in the same order. */
  json: string
  /** The ids as this format has them, in the order of the document. */
  ids: string[]
  feedAuthors: string[]
}

export interface SeenItem {
  title: string | null
  /** Seconds; null where the reader has none. */
  epoch: number | null
  authors: string[]
  body: string | null
}

export interface ReaderPlaces {
  npm: string | undefined
  simplepie: string | undefined
  python: string
}

/** What a reader does of its own, whatever the feed: what it makes of a value that was read rightly. */
export interface OwnWays {
  title?(title: string, places: ReaderPlaces): string
  /** Whether the date is one that it cannot hold. */
  date?(epoch: number, format: FeedFile['format']): boolean
  /** The lists of names that it may show. */
  authors?(names: string[], feed: FeedFile): string[][]
  /** The body it makes of one; true where it is known to lose the body's form, and `text` compares what is left. */
  body?(html: string): string | boolean
  /** What is compared of two bodies where the reader writes HTML anew. */
  text?(html: string): string
}

export interface FeedReader {
  name: string
  isThere(places: ReaderPlaces): boolean
  /** In the order of the feeds; null where a feed could not be read. */
  read(feeds: FeedFile[], places: ReaderPlaces): Promise<(SeenItem[] | null)[]>
  own: OwnWays
}

const year = (digits: string) => Date.parse(`${digits}-01-01T00:00:00Z`) / 1000
const runs = (program: string, words: string[]) => spawnSync(program, words, { stdio: 'ignore' }).status === 0
const buffer = { maxBuffer: 2 ** 29 }

/** Where an item names nobody, the feed's author stands in. */
const orFeedAuthors = (names: string[], { feedAuthors }: FeedFile) =>
  names.length === 0 ? [feedAuthors] : []

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** Of libraries that give the date as it was written. `Date.parse` reads the year 33 as 2033. */
function secondsOf(written: string | undefined): number | null {
  const [, day, month = '', year, time] = /^\w+, (\d\d) (\w+) (\d{4}) (\S+) GMT$/.exec(written ?? '') ?? []
  const iso = year ? `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day}T${time}Z` : written
  const epoch = Date.parse(iso ?? '')
  return Number.isNaN(epoch) ? null : Math.floor(epoch / 1000)
}

const feedsmith: FeedReader = {
  name: 'feedsmith',
  isThere: () => true,
  async read(feeds) {
    return feeds.map(({ format, body }) =>
      format === 'rss'
        ? (parseRssFeed(body).items ?? []).map(item => ({
            title: item.title ?? null,
            epoch: secondsOf(item.pubDate),
            authors: item.dc?.creators ?? [],
            body: item.content?.encoded ?? null,
          }))
        : (parseAtomFeed(body).entries ?? []).map(entry => ({
            title: textOf(entry.title),
            epoch: secondsOf(entry.published),
            authors: (entry.authors ?? []).flatMap(({ name }) => name ?? []),
            body: textOf(entry.content),
          })),
    )
  },
  own: {},
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : ((value as { value?: string } | undefined)?.value ?? null)

const npmFeedparser: FeedReader = {
  name: 'npm feedparser',
  isThere: ({ npm }) => npm !== undefined && existsSync(join(npm, 'node_modules/feedparser')),
  read(feeds, { npm }) {
    const FeedParser = createRequire(join(npm!, 'x.js'))('feedparser')
    return Promise.all(
      feeds.map(async ({ body }) => {
        const items: SeenItem[] = []
        const parser = Readable.from([body]).pipe(new FeedParser({ addmeta: false }))
        for await (const item of parser)
          items.push({
            title: item.title,
            epoch: item.pubdate ? Math.floor(item.pubdate.getTime() / 1000) : null,
            authors: item.author ? [item.author] : [],
            body: item.description,
          })
        return items
      }),
    )
  },
  own: {
    // It takes HTML out of titles, though XML says that they are text: its own function for that says what is left.
    title: (title, { npm }) => createRequire(join(npm!, 'x.js'))('feedparser/lib/utils').stripHtml(title),
    // JavaScript's `Date` takes a year below 100 for one of the last century or this.
    date: (epoch, format) => format === 'rss' && epoch < year('0100'),
    // It has room for one author; where an Atom entry has several, it takes the feed's.
    authors: (names, feed) => [
      ...orFeedAuthors(names, feed),
      feed.format === 'rss' ? names.slice(0, 1) : names.length > 1 ? feed.feedAuthors : [],
    ],
  },
}

const rssParser: FeedReader = {
  name: 'rss-parser',
  isThere: ({ npm }) => npm !== undefined && existsSync(join(npm, 'node_modules/rss-parser')),
  async read(feeds, { npm }) {
    const RssParser = createRequire(join(npm!, 'x.js'))('rss-parser')
    const parser = new RssParser({
      customFields: { item: [['dc:creator', 'creators', { keepArray: true }]] },
    })
    return Promise.all(
      feeds.map(async ({ body, format }) =>
        (await parser.parseString(body)).items.map((item: Record<string, string & string[]>) => ({
          title: item.title,
          epoch: secondsOf(format === 'rss' ? item.pubDate : item.isoDate),
          authors: (format === 'rss' ? item.creators : item.author ? [item.author] : []) ?? [],
          body: format === 'rss' ? item['content:encoded'] : item.content,
        })),
      ),
    )
  },
  // It has room for one author of an Atom entry.
  own: { authors: (names, { format }) => (format === 'atom' ? [names.slice(0, 1)] : []) },
}

/** Windows-1252, as browsers read bytes that call themselves Latin 1. */
const windows1252 = new TextDecoder('windows-1252')

const pythonFeedparser: FeedReader = {
  name: 'python3-feedparser',
  isThere: ({ python }) => runs(python, ['-c', 'import feedparser']),
  async read(feeds, { python }) {
    // Clean-up and resolving are switched off: ours is clean, and the item is to be compared as it came.
    const program = `
import calendar, feedparser, json, sys
for path in sys.argv[1:]:
    feed = feedparser.parse(open(path, 'rb').read(), sanitize_html=False, resolve_relative_uris=False)
    print(json.dumps(None if feed.bozo else [{
      'title': entry.get('title'),
      'epoch': calendar.timegm(entry.published_parsed) if entry.get('published_parsed') else None,
      'authors': [author['name'] for author in entry.get('authors', []) if author.get('name')],
      'body': (entry.get('content') or [{'value': entry.get('summary')}])[0]['value'],
    } for entry in feed.entries]))
`
    const out = execFileSync(python, ['-c', program, ...feeds.map(({ file }) => file)], {
      encoding: 'utf8',
      ...buffer,
    })
    return out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
  },
  own: {
    // C1 controls become what windows-1252 has in their places.
    title: asWindows1252,
    body: asWindows1252,
    authors: (names, feed) => [
      ...orFeedAuthors(names, feed),
      names.map(asWindows1252),
      // Several `dc:creator` are joined.
      [names.join(', ')],
      [asWindows1252(names.join(', '))],
    ],
  },
}

function asWindows1252(text: string): string {
  return text.replace(/[\x80-\x9f]/g, character => {
    const decoded = windows1252.decode(Uint8Array.of(character.charCodeAt(0)))
    return decoded
  })
}

const simplePie: FeedReader = {
  name: 'SimplePie',
  isThere: ({ simplepie }) => simplepie !== undefined && runs('php', ['-v']),
  async read(feeds, { simplepie }) {
    const program = `
require $argv[1] . '/autoloader.php';
foreach (array_slice($argv, 2) as $path) {
  $feed = new \\SimplePie\\SimplePie();
  $feed->enable_cache(false);
  $feed->set_raw_data(file_get_contents($path));
  $feed->enable_order_by_date(false);
  $feed->init();
  $items = [];
  // It gives titles and names as HTML, whatever they were in the feed.
  $text = fn($html) => html_entity_decode($html ?? '', ENT_QUOTES | ENT_HTML5, 'UTF-8');
  foreach ($feed->get_items() as $item) {
    $date = $item->get_date('U');
    $items[] = [
      'title' => $text($item->get_title()),
      'epoch' => $date === null ? null : (int) $date,
      'authors' => array_map(fn($author) => $text($author->get_name()), $item->get_authors() ?: []),
      'body' => $item->get_content(true),
    ];
  }
  echo json_encode($feed->error() ? null : $items, JSON_INVALID_UTF8_SUBSTITUTE), "\\n";
}
`
    const words = ['-d', 'memory_limit=2G', '-d', 'error_reporting=0', '-r', program, '--', simplepie!]
    return feeds.map(({ file }) =>
      JSON.parse(execFileSync('php', [...words, file], { encoding: 'utf8', ...buffer })),
    )
  },
  own: {
    // 0 and -1 are its words for no date; of years before 1000 it knows some.
    date: epoch => epoch === 0 || epoch === -1 || epoch < year('1000'),
    authors: orFeedAuthors,
    // It sanitises anew, as HTML 4: the words are compared. 256 nested elements are all that libxml2's HTML parser takes,
    // and it has its own idea of how a comment ends.
    body: html =>
      /(?:<(?:div|blockquote)>\s*){250}/.test(html) || html.includes('<!--') || html.includes('-&gt;'),
    text: wordsOf,
  },
}

function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:[a-z]+|#\d+|#x[\da-f]+);/gi, ' ')
    .replace(/["'<>\s\u0085\u00a0\p{Cc}]+/gu, '')
}

const sfeed: FeedReader = {
  name: 'sfeed',
  isThere: () => existsSync('/usr/bin/sfeed'),
  async read(feeds) {
    const escapes: Record<string, string> = { n: '\n', t: '\t', '\\': '\\' }
    const unescaped = (text: string) => text.replace(/\\([nt\\])/g, (_, letter) => escapes[letter]!)
    return feeds.map(({ body }) => {
      const out = spawnSync('sfeed', { input: body, encoding: 'utf8', ...buffer }).stdout
      return out
        .split('\n')
        .filter(line => line !== '')
        .map(line => {
          const [epoch, title, , content = '', , , author] = line.split('\t')
          return {
            title: title ?? null,
            epoch: epoch === '' ? null : Number(epoch),
            authors: author ? [author] : [],
            body: unescaped(content),
          }
        })
    })
  },
  own: {
    title: withoutControls,
    body: withoutControls,
    // It has room for one author.
    authors: (names, feed) => [
      ...orFeedAuthors(names, feed),
      names.slice(0, 1),
      names.slice(0, 1).map(withoutControls),
    ],
  },
}

/** One line an item, and a tab between the fields: it leaves control characters out. */
function withoutControls(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '')
}

const newsboat: FeedReader = {
  name: 'newsboat',
  isThere: () => runs('newsboat', ['-v']),
  async read(feeds) {
    const server = createServer((request, answer) => {
      const feed = feeds.find(({ path }) => path === request.url)!
      answer.setHeader('content-type', `application/${feed.format}+xml`)
      answer.end(readFileSync(feed.file))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const home = mkdtempSync(join(tmpdir(), 'broadsheet-newsboat-'))
    try {
      const seen: SeenItem[][] = []
      for (const feed of feeds)
        seen.push(await subscribed(feed, `http://127.0.0.1:${port}${feed.path}`, home))
      return seen
    } finally {
      server.close()
      rmSync(home, { recursive: true })
    }
  },
  own: {
    // 32 bits without a sign; what its parser of dates does not know is now.
    date: epoch => epoch < 0 || epoch >= 2 ** 32,
    // Of several `dc:creator` the last.
    authors: (names, feed) => [
      ...orFeedAuthors(names, feed),
      feed.format === 'rss' ? names.slice(-1) : [names.join(', ')],
    ],
  },
}

/** Each feed in a cache of its own: items of one id in two documents would be one. */
async function subscribed(feed: FeedFile, url: string, home: string): Promise<SeenItem[]> {
  const cache = join(home, `${feed.path.replaceAll('/', '-')}.db`)
  writeFileSync(join(home, 'urls'), `${url}\n`)
  const words = ['-u', join(home, 'urls'), '-c', cache, '-C', '/dev/null', '-x', 'reload']
  await new Promise(resolve =>
    spawn('newsboat', words, { stdio: 'ignore', env: { ...process.env, HOME: home } }).once('exit', resolve),
  )
  const database = new DatabaseSync(cache)
  const rows = database.prepare('select guid, title, pubDate, author, content from rss_item').all() as {
    guid: string
    title: string
    pubDate: number
    author: string
    content: string
  }[]
  database.close()
  const byId = new Map(rows.map(row => [row.guid, row]))
  return feed.ids.flatMap(id => {
    const row = byId.get(id)
    return row
      ? [{ title: row.title, epoch: row.pubDate, authors: row.author ? [row.author] : [], body: row.content }]
      : []
  })
}

export const feedReaders = [newsboat, sfeed, pythonFeedparser, feedsmith, npmFeedparser, rssParser, simplePie]
