import { expect, test } from 'vitest'
import { articleList } from '../../../src/documents/pages/article-list.ts'
import { createPageFrame } from '../../../src/documents/pages/page-frame.ts'
import { standardPages } from '../../../src/documents/pages/page-templates.ts'
import type { ArticleView } from '../../../src/documents/pages/page-views.ts'
import type { Article } from '../../../src/model/article.ts'
import { plainEpisode } from '../../../src/model/episode.ts'
import type { Site } from '../../../src/model/site.ts'
import { anArticle, dateAt, exampleSite } from '../../support/articles.ts'

const collections: ArticleView['collections'] = [
  { kind: 'all', name: 'Example', path: '/' },
  { kind: 'tag', name: 'R&D', path: '/tags/r-d/' },
  { kind: 'tag', name: 'خوراک', path: '/tags/خوراک/' },
  { kind: 'author', name: 'Broadsheet', path: '/authors/broadsheet/' },
  { kind: 'section', name: 'News', path: '/sections/news/' },
]

function pageOf(fields: Partial<Article>, site: Partial<Site> = {}, view: Partial<ArticleView> = {}): string {
  const frame = createPageFrame({ ...exampleSite, ...site })
  const article = anArticle(fields)
  return standardPages.article({ article, collections: [], previous: null, next: null, ...view }, frame)
}

/** All matches of a pattern's first group. */
const all = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].map(match => match[1])
const times = (page: string) => all(page, /<time datetime="([^"]*)">/g)
const structured = (page: string) =>
  JSON.parse(all(page, /<script type="application\/ld\+json">(.*?)<\/script>/gs)[0]!)

test('the publication’s feeds are announced first, in all formats; then each that concerns the article', () => {
  const page = pageOf({}, {}, { collections })
  expect(all(page, /<link rel="alternate"[^>]* href="https:\/\/example\.org([^"]*)"/g)).toEqual([
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
    '/sections/news/rss.xml',
    '/tags/r-d/rss.xml',
    '/tags/%D8%AE%D9%88%D8%B1%D8%A7%DA%A9/rss.xml',
    '/authors/broadsheet/rss.xml',
  ])
})

test('whatever a title holds, it ends no script and opens no tag', () => {
  const title = '</script><script>alert(1)</script><!-- "&amp;\u2028'
  const page = pageOf({
    title,
    summary: title,
    authors: [{ name: title, url: null, email: null, role: null }],
  })
  expect(all(page, /<(script)\b/g)).toHaveLength(1)
  expect(structured(page)).toMatchObject({ headline: title, description: title, author: [{ name: title }] })
  expect(page).not.toContain('alert(1)</script>')
})

test('structured data say what is known and nothing else', () => {
  const data = structured(pageOf({ language: 'de', tags: ['a'], authors: [] }))
  expect(data).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: 'A title',
    description: 'A summary.',
    url: 'https://example.org/articles/first/',
    mainEntityOfPage: 'https://example.org/articles/first/',
    datePublished: '2026-03-01T09:00:00Z',
    dateModified: '2026-03-01T09:00:00Z',
    publisher: { '@type': 'Organization', name: 'Example', url: 'https://example.org/' },
    inLanguage: 'de',
    keywords: ['a'],
  })
  expect(structured(pageOf({ agency: 'Wire' }))['@type']).toBe('NewsArticle')
})

test('the author is a link to the author’s page, in whatever letters the name is written', () => {
  const author = { name: 'BROADSHEET', url: null, email: null, role: null }
  expect(pageOf({ authors: [author] }, {}, { collections })).toContain(
    '<a rel="author" href="https://example.org/authors/broadsheet/" dir="auto">BROADSHEET</a>',
  )
})

test('dates are those of the publication’s zone', () => {
  const page = pageOf({ published: dateAt('2026-03-01T23:30:00Z') }, { timezone: 'Asia/Tokyo' })
  expect(page).toContain('<time datetime="2026-03-01T23:30:00Z">March 2, 2026 at 8:30')
})

test('a date without a time is that day, wherever it is read', () => {
  const published = {
    ...dateAt('2026-03-01T20:30:00Z'),
    precision: 'day' as const,
    local: '2026-03-02T00:00:00',
  }
  for (const timezone of ['UTC', 'America/Los_Angeles', 'Asia/Tehran']) {
    const page = pageOf({ published, revised: published.epoch }, { timezone })
    expect(page).toContain('<time datetime="2026-03-02">March 2, 2026</time>')
  }
})

test.each([
  ['the same instant', '2026-03-01T09:00:00Z', 'second', 1],
  ['earlier: a mistake', '2026-02-01T09:00:00Z', 'second', 1],
  ['later', '2026-03-01T10:00:00Z', 'second', 2],
  ['the same day, where only that is known', '2026-03-01T10:00:00Z', 'day', 1],
  ['another day, where only that is known', '2026-03-02T10:00:00Z', 'day', 2],
] as const)('updated is said when it differs: %s', (_, revised, precision, count) => {
  const published = { ...dateAt('2026-03-01T09:00:00Z'), precision }
  expect(times(pageOf({ published, revised: Date.parse(revised) }))).toHaveLength(count)
})

test('previous and next are led to, each in its own language', () => {
  const neighbour = (title: string, language: string, direction: 'ltr' | 'rtl') => ({
    title,
    url: `https://example.org/${title}/`,
    language,
    direction,
  })
  const page = pageOf(
    {},
    {},
    { previous: neighbour('پیش', 'fa', 'rtl'), next: neighbour('after', 'en', 'ltr') },
  )
  expect(page).toMatch(/<a rel="prev" href="[^"]*">.*?lang="fa" dir="rtl">پیش</)
  expect(page).toMatch(/<a rel="next" href="https:\/\/example\.org\/after\/">/)
  expect(pageOf({})).not.toContain('class="neighbours"')
})

test('a page speaks the article’s language; where we cannot, ours is marked as what it is', () => {
  const persian = pageOf({ language: 'fa', direction: 'rtl' })
  expect(persian).toContain('<html lang="fa" dir="rtl">')
  expect(persian).toContain('<header class="masthead">')
  expect(persian).toContain('۱۰ اسفند ۱۴۰۴')
  const japanese = pageOf({ language: 'ja' }, { language: 'de' })
  expect(japanese).toContain('<html lang="ja" dir="ltr">')
  expect(japanese).toContain('<header class="masthead" lang="de" dir="ltr">')
  expect(japanese).toContain('>1. März 2026')
})

test('a picture that the body shows already is not shown twice', () => {
  const image = {
    url: 'https://example.org/i.png?a=1&b=2',
    alt: '',
    type: null,
    length: null,
    width: 4,
    height: 3,
  }
  expect(pageOf({ image })).toContain('class="picture"')
  expect(
    pageOf({ image, html: '<p><img src="https://example.org/i.png?a=1&amp;b=2" alt=""></p>' }),
  ).not.toContain('class="picture"')
})

test('sound and film have players, any other file a link', () => {
  const file = (name: string, type: string) => ({
    url: `https://example.org/media/${name}`,
    type,
    length: 3_400_000,
    title: null,
    duration: 754,
  })
  const page = pageOf({
    enclosures: [
      file('a%20b.mp3', 'audio/mpeg'),
      file('c.mp4', 'video/mp4'),
      file('%E0%A4%A.pdf', 'application/pdf'),
    ],
  })
  expect(all(page, /<(audio|video) controls preload="none"/g)).toEqual(['audio', 'video'])
  expect(page).toContain(
    '<bdi>a b.mp3</bdi> <span class="meta">13 min</span> <span class="meta">3.4 MB</span>',
  )
  expect(page).toContain('<bdi>%E0%A4%A.pdf</bdi>')
})

test('a note says its words once: the title that was made of them is there for the ear alone', () => {
  const derived = { title: { from: 'derived', confidence: 1, line: null } } as const
  const note = { title: 'A seal…', summary: 'A seal on the pier.', html: '<p>A seal on the pier.</p>' }
  const page = pageOf({ ...note, fields: derived })
  expect(page).toContain('<h1 class="sr-only">A seal…</h1>')
  expect(pageOf({ ...note, fields: derived }, { untitled: 'first-words' })).toContain('<h1>A seal…</h1>')
  const frame = createPageFrame(exampleSite)
  const listed = (article: Article) => `${articleList([article], frame, frame.own)}`
  const words = all(listed(anArticle({ ...note, fields: derived })), />([^<]*seal[^<]*)</g)
  expect(words).toEqual(['A seal on the pier.'])
  expect(all(listed(anArticle(note)), />([^<]*seal[^<]*)</g)).toEqual(['A seal…', 'A seal on the pier.'])
})

test('a transcript in another language is named as people name it', () => {
  const transcript = (language: string, html: string) => ({ url: '', type: 'text/vtt', language, html })
  const page = pageOf({
    episode: { ...plainEpisode, transcripts: [transcript('en', '<p>a</p>'), transcript('de', '<p>b</p>')] },
  })
  expect(page).toContain('Transcript <span class="meta" lang="de">Deutsch</span></h2>')
})
