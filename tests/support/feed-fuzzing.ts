import { type PageTemplates, standardPages } from '../../src/documents/pages/page-templates.ts'
import { createApp } from '../../src/index.ts'
import type { Article, ParsedArticle } from '../../src/model/article.ts'
import type { Site } from '../../src/model/site.ts'
import type { RenderedDocument } from '../../src/model/snapshot.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { resolveSite } from '../../src/settings/resolved-site.ts'
import { anArticle, dateAt } from './articles.ts'
import { randomNumbers } from './folders.ts'
import { oddCharacters } from './hostile-corpus.ts'
import { judgeDocuments } from './judge-documents.ts'
import { memorySource } from './memory-source.ts'

export interface FeedFuzzing {
  /** Articles in all. */
  count: number
  seed: number
  /** A bug put into the documents, which the judges have to see. */
  seeded?: ((document: RenderedDocument) => RenderedDocument) | null
}

export interface FeedFuzzingResult {
  articles: number
  published: number
  publications: number
  feeds: number
  items: number
  failures: string[]
}

/** After so many failures there is no point in more. */
const enough = 20
const now = Date.parse('2027-01-01T00:00:00Z')
/** A collection costs far more than an article, and their number hardly grows with that of the articles. */
const perPublication = 120
/**
 * Pages are not judged here (that is `tests/documents/pages`), and would be most of the work: a QR code for each feed
 * alone was a quarter. Every so many publications have them, so that an article which no page can show is noticed.
 */
const pagesEvery = 10
const noPages = Object.fromEntries(Object.keys(standardPages).map(name => [name, () => '']))

/** Publishes random articles by the two ways there are, a folder and `createApp`, and judges every document. */
export async function fuzzFeeds({ count, seed, seeded = null }: FeedFuzzing): Promise<FeedFuzzingResult> {
  const result: FeedFuzzingResult = {
    articles: 0,
    published: 0,
    publications: 0,
    feeds: 0,
    items: 0,
    failures: [],
  }
  for (let round = 0; result.articles < count && result.failures.length < enough; round++) {
    const chance = new Chance(seed * 1_000_003 + round)
    const size = Math.min(perPublication, count - result.articles)
    const where = `seed ${seed}, publication ${round}`
    // Two publications, one of either kind, have pages.
    const pages = round % (2 * pagesEvery) < 2 ? standardPages : noPages
    try {
      const { documents, published } =
        round % 2 === 0 ? await fromFiles(chance, size, pages) : await fromObjects(chance, size, pages)
      const judged = judgeDocuments(seeded ? documents.map(seeded) : documents)
      result.published += published
      result.feeds += judged.feeds
      result.items += judged.items
      for (const problem of judged.problems) result.failures.push(`${where}: ${problem}`)
    } catch (error) {
      result.failures.push(`${where}: ${(error as Error).stack}`)
    }
    result.articles += size
    result.publications++
  }
  return result
}

async function fromFiles(chance: Chance, size: number, pages: Partial<PageTemplates>) {
  const files = new Map<string, string>()
  for (let index = 0; index < size; index++) {
    const [path, text] = aFile(chance, index)
    files.set(path, text)
  }
  const site = aSite(chance)
  const source = memorySource(files)
  const inspection = await inspect(source, site, { now, ledgerKept: true })
  const fault = inspection.files.find(file => file.diagnostics.some(({ code }) => code === 'file-unparsable'))
  if (fault)
    throw new Error(
      `${JSON.stringify(fault.path)}: ${fault.diagnostics.map(({ message }) => message).join('; ')}`,
    )
  const { documents } = renderPublication(site, inspection, { now, source, pages })
  return { documents, published: inspection.totals.published }
}

/** The documents as `createApp` serves them. Every article has to be there: nothing about an object is reason to drop it. */
async function fromObjects(chance: Chance, size: number, pages: Partial<PageTemplates>) {
  const articles = Array.from({ length: size }, (_, index) => anObject(chance, index))
  const { preview: _, ...site } = aSite(chance)
  const app = createApp({ articles, site, pages, clock: () => now })
  const documents: RenderedDocument[] = []
  const get = async (url: string) => {
    const answer = await app.request(url)
    // A redirect, too, would be wrong: these are the addresses that the documents give.
    if (answer.status !== 200) throw new Error(`${url}: status ${answer.status}`)
    const path = `/${url.slice(site.url.length)}`
    documents.push({ path, mediaType: '', body: await answer.text(), headers: {}, page: null, maxAge: null })
  }
  await get(`${site.url}opml.xml`)
  await get(`${site.url}sitemap.xml`)
  const folders = [...documents[0]!.body.matchAll(/xmlUrl="([^"]*)rss\.xml"/g)].map(([, url]) => url!)
  // Collections repeat the items of the whole: a few of them are enough.
  const some = folders
    .slice(1)
    .sort(() => chance.number() - 0.5)
    .slice(0, 4)
  for (const folder of [folders[0]!, ...some])
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) await get(folder + file)
  const items = JSON.parse(documents.find(({ path }) => path === '/feed.json')!.body).items.length
  const expected = articles.filter(
    ({ published }) =>
      Number.isFinite(published?.epoch) &&
      published!.epoch <= now &&
      published!.epoch >= Date.parse('0001-01-01'),
  )
  if (items !== expected.length) throw new Error(`${items} of ${expected.length} articles are in the feed`)
  return { documents, published: items }
}

const alphabet = [
  ...oddCharacters.map(code => String.fromCharCode(code)),
  ...(
    ']]> ]]&gt; <![CDATA[ & &amp; &amp;amp; &#0; &#xD800; &lt; < > " \' <b> </b> <p> </p> <script> --> <!-- <?x ?> ${ $& $1 broadsheet:0: ' +
    'broadsheet:12: \\ / .. ../ % %zz %00 ? # | ^ ` { } [ ] ( ) * _ ~ : ; , . = + - @ http:// javascript: data: mailto: \u00df \u0130 \ufb01 ' +
    'e\u0301 \u0645\u06cc\u200c\u062e \u6570\u636e \ud83d\udc69\u200d\ud83d\udc67 \ud83c\udde9\ud83c\uddea \ud83d \u{10ffff} \u{1fffe} __proto__ constructor null 0 --- +++ &nbsp; <a href=x> <img src=y>'
  ).split(' '),
  ' ',
  '\n',
  '\r\n',
]

/** Everything that is random in one publication. */
class Chance {
  readonly number: () => number
  /** Names that articles of one publication share: each has three feeds and a page. */
  private readonly names: string[]

  constructor(seed: number) {
    this.number = randomNumbers(seed)
    this.names = ['word', ...Array.from({ length: 4 }, () => this.text(4))]
  }

  name(): string {
    return this.one(this.names)
  }

  /** Mostly a shared name: one of its own for each article would make collections of one article, by the dozen. */
  label(most: number): string {
    return this.number() < 0.85 ? this.name() : this.text(most)
  }

  below(limit: number): number {
    return Math.floor(this.number() * limit)
  }

  one<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }

  /** A text of up to so many pieces: plain words, odd characters, markup. Empty, too. */
  text(most = 8): string {
    let text = ''
    for (let pieces = this.below(most + 1); pieces > 0; pieces--)
      text += this.number() < 0.4 ? this.one(['word ', 'Titel', ' of ', 'x', '7']) : this.piece()
    return text
  }

  piece(): string {
    const roll = this.number()
    if (roll < 0.8) return this.one(alphabet)
    if (roll < 0.9) return String.fromCharCode(this.below(0x10000))
    return String.fromCodePoint(this.below(0x110000))
  }

  /** An address, or what somebody takes for one. */
  url(): string {
    const base = this.one([
      'https://example.org/',
      'https://other.example/',
      '/',
      '',
      'HTTP://example.org',
      'https://exämple.org/',
      'ftp://x/',
      'https://',
    ])
    return base + this.text(4)
  }

  maybe<T>(value: () => T): T | null {
    return this.number() < 0.5 ? value() : null
  }

  list<T>(most: number, value: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, value)
  }

  epoch(): number {
    const roll = this.number()
    if (roll < 0.8) return Date.UTC(2000) + this.below(26 * 365 * 86_400) * 1000 + this.below(1000)
    return this.one([
      0,
      -1,
      Date.parse('0001-01-01T00:00Z'),
      Date.parse('0999-12-31'),
      now,
      now + 1,
      8.64e15,
      -8.64e15,
      Number.NaN,
    ])
  }
}

function aSite(chance: Chance): Site {
  return resolveSite({
    title: chance.text(),
    description: chance.text(),
    url: chance.one([
      'https://example.org/',
      'https://example.org/ünder/folder%20x/',
      'http://127.0.0.1:8080/',
    ]),
    tagAuthority: 'example.org,2026',
    copyright: chance.maybe(() => chance.text()),
    authors: chance.list(2, () => anAuthor(chance)),
    // A small one makes an archive of every article or two, in every collection: seldom.
    limit: chance.number() < 0.1 ? chance.one([1, 3]) : chance.one([10, 30, 50]),
    content: chance.one(['full', 'full', 'summary']),
    maxAge: chance.one([null, 0, 59, 300, 31_536_000]),
    sources: {
      wire: {
        match: null,
        timezone: null,
        language: null,
        dateOrder: null,
        author: null,
        feed: 'https://wire.example/a|b',
      },
    },
    feeds: [
      {
        name: chance.text(),
        slug: 'own',
        include: { tags: ['word'], authors: [], sections: [], languages: [] },
        exclude: { tags: [], authors: [], sections: [], languages: ['fa'] },
      },
    ],
    podcast: {
      categories: chance.list(2, () => chance.text()),
      explicit: false,
      image: null,
      email: null,
      guid: null,
      locked: null,
    },
    feedNamespaces: { geo: 'https://example.org/geo#' },
    feedFields: [
      { element: 'geo:lat', on: 'item', from: { key: 'lat' } },
      { element: 'geo:all', on: 'feed', from: { value: chance.text() } },
    ],
  })
}

const anAuthor = (chance: Chance) => ({
  name: chance.name(),
  url: chance.maybe(() => chance.url()),
  email: chance.maybe(() => `${chance.text(2)}@example.org`),
  role: chance.maybe(() => chance.text()),
})

function anObject(chance: Chance, index: number): ParsedArticle | Article {
  const epoch = chance.epoch()
  const date = (epoch: number) => ({ ...dateAt('2026-01-01T00:00:00Z'), raw: chance.text(), epoch })
  const { id: _, revised: __, ...article } = anArticle()
  const parsed: ParsedArticle = {
    ...article,
    path: chance.one([`${index}.md`, chance.text(), `folder/${chance.text()}.md`]),
    title: chance.text(),
    kicker: chance.maybe(() => chance.text()),
    section: chance.maybe(() => chance.name()),
    standfirst: chance.maybe(() => chance.text()),
    summary: chance.text(12),
    authors: chance.list(3, () => anAuthor(chance)),
    published: date(epoch),
    updated: chance.maybe(() => date(chance.epoch())),
    source: chance.maybe(() => chance.one(['wire', chance.text()])),
    sourceId: chance.maybe(() => chance.text()),
    guid: chance.maybe(() => chance.one([chance.text(), chance.url(), 'same'])),
    language: chance.maybe(() => chance.one(['en', 'fa', chance.name()])),
    direction: chance.one(['ltr', 'rtl']),
    html: chance.text(30),
    text: chance.text(30),
    tags: chance.list(6, () => chance.name()),
    url: chance.url(),
    aliases: chance.list(2, () => chance.text()),
    image: chance.maybe(() => ({
      url: chance.url(),
      alt: chance.text(),
      type: chance.maybe(() => chance.text(2)),
      length: chance.maybe(() => chance.one([0, 5, -1, 1.5, Number.NaN])),
      width: chance.maybe(() => chance.one([0, 640, -1, 0.1])),
      height: chance.maybe(() => 480),
    })),
    enclosures: chance.list(3, () => ({
      url: chance.url(),
      type: chance.one(['audio/mpeg', 'application/pdf', chance.text(2)]),
      length: chance.maybe(() => chance.one([0, 5, -1, 1.5, Number.POSITIVE_INFINITY])),
      title: chance.maybe(() => chance.text()),
      duration: chance.maybe(() => chance.one([61, -1, 0.5])),
    })),
    extra: { lat: chance.one([chance.text(), 5, [chance.text(), 6], { a: chance.text() }]) },
  }
  return chance.number() < 0.2 ? { ...parsed, id: chance.text(), revised: epoch } : parsed
}

/** The same variety as a file: front matter in three languages, bodies in three formats. */
function aFile(chance: Chance, index: number): [path: string, text: string] {
  const epoch = chance.epoch()
  const date = Number.isNaN(epoch) ? chance.text(3) : new Date(epoch).toISOString()
  const fields: Record<string, unknown> = {
    title: chance.text(),
    date,
    updated: chance.maybe(() => chance.text(3)),
    description: chance.maybe(() => chance.text(12)),
    subtitle: chance.maybe(() => chance.text()),
    section: chance.maybe(() => chance.name()),
    authors: chance.list(3, () => chance.one([chance.name(), anAuthor(chance)])),
    tags: chance.list(6, () => chance.name()),
    source: chance.maybe(() => chance.one(['wire', chance.text()])),
    lang: chance.maybe(() => chance.one(['en', 'fa', chance.name()])),
    id: chance.maybe(() => chance.one([chance.text(), chance.url(), 'same'])),
    slug: chance.maybe(() => chance.text()),
    permalink: chance.maybe(() => chance.url()),
    aliases: chance.list(2, () => chance.text()),
    image: chance.maybe(() => ({ src: chance.url(), alt: chance.text() })),
    enclosures: chance.list(3, () => ({
      url: chance.url(),
      type: chance.text(2),
      title: chance.text(),
      length: chance.one(['5', -1, 'x']),
    })),
    lat: chance.text(),
    [chance.text()]: chance.text(),
  }
  const body = chance.text(30)
  const json = JSON.stringify(fields)
  const name = `${index}${chance.one(['', ' ', '%', '-ü'])}`
  const kind = chance.below(5)
  if (kind === 0) return [`${name}.md`, `${json}\n\n${body}\n`]
  // JSON is YAML, but for what YAML allows in double quotes.
  if (kind === 1)
    return [
      `${name}.md`,
      `---\n${Object.entries(fields)
        .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
        .join('\n')}\n---\n${body}\n`,
    ]
  if (kind === 2)
    return [
      `${name}.md`,
      `+++\ntitle = ${JSON.stringify(fields.title)}\ndate = ${JSON.stringify(date)}\ntags = ${JSON.stringify(fields.tags)}\n+++\n${body}\n`,
    ]
  if (kind === 3)
    return [
      `${name}.html`,
      `<html><head><title>${chance.text()}</title><meta name=author content="${chance.label(4)}"><meta name=keywords content='${chance.label(4)}'><meta name=date content="${date}"><link rel=canonical href="${chance.url()}"></head><body><article><h1>${chance.text()}</h1>${body}<p>x</p></article></body></html>`,
    ]
  return [
    `${name}.txt`,
    `${date}\n\n${chance.text()}\n\nBy ${chance.label(3)}\n\n${body}\n\n${chance.text(20)} and a last sentence.\n`,
  ]
}

/** Bugs by name, put into documents to see that they are found. */
export const seededBugs: Record<string, (document: RenderedDocument) => RenderedDocument> = {
  'cdata-end': document => edited(document, '.xml', ']]&gt;', ']]>'),
  'form-feed': document => edited(document, '.xml', 'word ', 'word\f'),
  'lost-item': document => edited(document, 'rss.xml', /<item>[\s\S]*?<\/item>/, ''),
  'other-id': document => edited(document, 'feed.json', /"id": "tag:/, '"id": "tag:x'),
  'half-character': document => edited(document, 'feed.json', 'word', '\ud83d'),
}

function edited(
  document: RenderedDocument,
  suffix: string,
  from: string | RegExp,
  to: string,
): RenderedDocument {
  return document.path.endsWith(suffix) ? { ...document, body: document.body.replace(from, to) } : document
}
