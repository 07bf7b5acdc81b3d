import { join } from 'node:path'
import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { type PageTemplates, standardPages } from '../../src/documents/pages/page-templates.ts'
import type { Article } from '../../src/model/article.ts'
import type { Site } from '../../src/model/site.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { createRenderer } from '../../src/publish/renderer.ts'
import { folderSource } from '../../src/source/folder.ts'
import { anArticle, dateAt, exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const article = (name: string, day: number, fields: Partial<Article> = {}) =>
  anArticle({ path: `${name}.md`, title: name, published: dateAt(`2026-03-0${day}T00:00:00Z`), ...fields })
const [first, second, third] = [article('first', 1), article('second', 2), article('third', 3)]

function documentsOf(
  articles: Article[],
  more: { site?: Partial<Site>; pages?: Partial<PageTemplates> } = {},
) {
  const site = { ...exampleSite, ...more.site }
  const options = { now: 0, source: null, ...(more.pages && { pages: more.pages }) }
  const { documents } = renderPublication(site, { articles }, options)
  return new Map(documents.map(document => [document.path, document]))
}

const linksTo = (page: string) =>
  [...page.matchAll(/<a rel="(prev|next)" href="([^"]*)"/g)].map(match => match.slice(1))

test('a feed’s page is the way to subscribe to it; an archive’s is its articles', () => {
  const tagged = article('tagged', 4, { tags: ['R&D'] })
  const entries = new Map([[tagged, { archives: { all: 1 }, formerAddresses: [] } as never]])
  const { documents } = renderPublication(
    exampleSite,
    { articles: [tagged], entryOf: article => entries.get(article) },
    { now: 0, source: null },
  )
  const made = new Set(documents.map(({ path }) => path))
  const pages = documents.filter(({ page }) => page !== null)
  expect(pages.map(({ path, page }) => [path, page])).toContainEqual([
    '/tags/r-d/rss.xml',
    '/tags/r-d/subscribe/',
  ])
  expect(pages.map(({ path, page }) => [path, page])).toContainEqual(['/archive/1/atom.xml', '/archive/1/'])
  expect(pages.filter(({ page }) => !made.has(page!))).toEqual([])
})

test('every address that a page links to on the publication is published', () => {
  const documents = documentsOf([
    article('a', 1, { tags: ['x', 'y z'], section: 'S', language: 'fa', direction: 'rtl' }),
    article('b', 2, { authors: [{ name: 'Broadsheet', url: null, email: null, role: null }] }),
  ])
  const links = [...documents.values()]
    .filter(({ mediaType }) => mediaType.startsWith('text/html'))
    .flatMap(({ body }) => [...body.matchAll(/(?:href|src)="(https:\/\/example\.org\/[^"]*)"/g)])
    .map(match => decodeURIComponent(new URL(match[1]!).pathname))
  expect(new Set(links).size).toBeGreaterThan(30)
  expect([...new Set(links)].filter(path => !documents.has(path))).toEqual([])
})

test('what a page loads of the publication is named without a host, below the publication’s path', () => {
  const url = 'https://example.org/news/'
  const documents = documentsOf([first!], { site: { url, logo: 'l.svg', icon: `${url}media/i.png?2` } })
  const pages = [...documents.values()].filter(({ mediaType }) => mediaType.startsWith('text/html'))
  const loaded = pages.flatMap(({ body }) =>
    [
      ...body.matchAll(/<(?:link rel="(?:stylesheet|icon)" href|script src|img class="logo" src)="([^"]*)"/g),
    ].map(match => match[1]),
  )
  expect(new Set(loaded)).toEqual(
    new Set(['/news/style.css', '/news/media/i.png?2', '/news/media/l.svg', '/news/subscribe.js']),
  )
})

test('the sitemap names every page but the ways to subscribe and what stands in for missing ones', () => {
  const archived = article('archived', 4, { tags: ['x'], section: 'S' })
  const entries = new Map([[archived, { archives: { all: 1, 'tag x': 1 }, formerAddresses: [] } as never]])
  const articles = [archived, article('new', 5, { url: 'https://other.example/elsewhere' })]
  const { documents } = renderPublication(
    exampleSite,
    { articles, entryOf: article => entries.get(article) },
    { now: 0, source: null },
  )
  const sitemap = documents.find(({ path }) => path === '/sitemap.xml')!.body
  const listed = [...sitemap.matchAll(/<loc>https:\/\/example\.org([^<]*)</g)].map(match => match[1]!)
  const pages = documents.flatMap(({ path, mediaType }) => (mediaType.startsWith('text/html') ? [path] : []))
  expect(pages).toContain('/archive/1/')
  expect(listed.sort()).toEqual(pages.filter(path => !/\/subscribe\/$|^\/4\d\d\.html$/.test(path)).sort())
})

test('previous and next follow the order of publication, past articles that are read elsewhere', () => {
  const elsewhere = article('elsewhere', 2, { url: 'https://other.example/x' })
  const documents = documentsOf([third!, elsewhere, first!])
  expect(linksTo(documents.get('/articles/third/')!.body)).toEqual([
    ['prev', 'https://example.org/articles/first/'],
  ])
  expect(linksTo(documents.get('/articles/first/')!.body)).toEqual([
    ['next', 'https://example.org/articles/third/'],
  ])
})

describe('between publications', () => {
  const renderer = createRenderer(exampleSite)
  const publish = (articles: Article[], stylesheet: string | null = null) =>
    new Map(
      renderPublication(
        exampleSite,
        { articles, stylesheet },
        { now: 0, source: null, renderer },
      ).documents.map(document => [document.path, document]),
    )
  const changes = (before: ReturnType<typeof publish>, after: ReturnType<typeof publish>) =>
    [...after].flatMap(([path, document]) => (before.get(path) === document ? [] : [path])).sort()

  test('a page is made anew when what it shows of its neighbours changes, and only then', () => {
    const before = publish([third!, second!, first!])
    expect(changes(before, publish([third!, second!, first!]))).toEqual([])
    const body = { ...third!, html: '<p>Other words.</p>' }
    expect(changes(before, publish([body, second!, first!]))).not.toContain('/articles/second/')
    const title = { ...third!, title: 'Another title' }
    const after = changes(publish([body, second!, first!]), publish([title, second!, first!]))
    expect(after).toContain('/articles/second/')
    expect(after).not.toContain('/articles/first/')
  })

  test('a new article changes the page before it, the lists, and what stands in for missing pages', () => {
    const after = changes(publish([second!, first!]), publish([third!, second!, first!]))
    expect(after.filter(path => !/\.(?:xml|json)$/.test(path))).toEqual([
      '/',
      '/404.html',
      '/410.html',
      '/articles/second/',
      '/articles/third/',
      '/feeds/',
      '/subscribe/',
    ])
  })

  test('a stylesheet of one’s own changes the stylesheet alone', () => {
    const before = publish([first!])
    expect(changes(before, publish([first!], 'a { color: red }\n'))).toEqual(['/style.css'])
  })
})

describe('pages of one’s own', () => {
  test('take the place of ours, and may wrap or fill them', () => {
    const pages: Partial<PageTemplates> = {
      article: (view, frame) =>
        standardPages.article(view, frame).replace('</article>', '<p>Thank you.</p></article>'),
      notFound: ({ latest }) => `<!doctype html><title>Lost</title>${latest.length}`,
    }
    const documents = documentsOf([second!, first!], { pages })
    expect(documents.get('/articles/first/')!.body).toContain('<p>Thank you.</p></article>')
    expect(documents.get('/404.html')!.body).toBe('<!doctype html><title>Lost</title>2')
    expect(documents.get('/410.html')!.body).toContain('This article was withdrawn')
  })
})

describe('settings for the look', () => {
  const folder = (files: Record<string, string>, site: Partial<Site>) =>
    inspect(memorySource(new Map(Object.entries(files))), { ...exampleSite, ...site }, { now: 0 })

  test('footer and links are on every page, as text', () => {
    const links = [
      { title: 'Imprint', url: '/articles/imprint/' },
      { title: 'A path like a scheme', url: '/javascript://news/' },
    ]
    const site = { footer: '<b>&', links }
    for (const path of ['/', '/articles/first/', '/subscribe/', '/feeds/', '/404.html']) {
      const page = documentsOf([first!], { site }).get(path)!.body
      expect(page).toContain('&lt;b&gt;&amp;')
      expect(page).toContain('href="https://example.org/articles/imprint/"')
      expect(page).toContain('href="https://example.org/javascript://news/"')
    }
  })

  test('icon, logo and stylesheet come from the folder', async () => {
    const files = { 'img/i.png': 'png', 'logo.svg': '<svg/>', 'theme.css': 'body { margin: 0 }' }
    const site = { icon: 'img/i.png', logo: './logo.svg', stylesheet: 'theme.css' }
    const { media, stylesheet, settings } = await folder(files, site)
    expect([[...media.keys()], stylesheet, settings]).toEqual([
      ['img/i.png', 'logo.svg'],
      'body { margin: 0 }',
      [],
    ])
    const documents = documentsOf([first!], { site })
    expect(documents.get('/')!.body).toContain('<link rel="icon" href="/media/img/i.png">')
    expect(documents.get('/')!.body).toContain('src="/media/logo.svg"')
    expect(documents.get('/rss.xml')!.body).toContain('https://example.org/media/logo.svg')
  })

  test('a file that is not there is said, and the publication goes on', async () => {
    const site = { icon: 'none.png', logo: 'https://example.org/logo.png', stylesheet: '../outside.css' }
    const { settings, stylesheet, totals } = await folder({}, site)
    expect(settings.map(({ code, path }) => [code, path])).toEqual([
      ['setting-file-missing', 'none.png'],
      ['setting-file-missing', '../outside.css'],
    ])
    expect([stylesheet, totals.warnings]).toEqual([null, 2])
  })
})

test('every page of seeds/ is HTML without a syntax error', async () => {
  const site = {
    ...exampleSite,
    logo: 'images/data-flow.png',
    footer: 'F',
    links: [{ title: 'L', url: '/' }],
  }
  const inspection = await inspect(folderSource(join(import.meta.dirname, '../../seeds')), site, {
    now: Date.parse('2026-11-23T12:00:00Z'),
  })
  const { documents } = renderPublication(site, inspection, { now: 0, source: null })
  const pages = documents.filter(({ mediaType }) => mediaType.startsWith('text/html'))
  expect(pages.length).toBeGreaterThan(40)
  const errors = pages.flatMap(({ path, body }) => {
    const found: string[] = []
    parse(body, { onParseError: ({ code, startLine }) => found.push(`${path}:${startLine} ${code}`) })
    return found
  })
  expect(errors).toEqual([])
})

test('an article without a picture has none in its JSON-LD: the logo is the publisher’s', () => {
  const page = documentsOf([first!], { site: { logo: 'l.svg' } }).get(new URL(first!.url).pathname)?.body
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page ?? '')?.[1] ?? '')
  expect(data.image).toBeUndefined()
  expect(data.publisher.logo.url).toMatch(/l\.svg$/)
})
