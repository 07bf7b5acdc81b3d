import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from './command-line.ts'

const url = 'https://blog.example.org/'
/** A folder of Jekyll's, with more posts than its feed holds. */
function aBlog(posts: number) {
  const days = Array.from({ length: posts }, (_, at) => String(at + 1).padStart(2, '0'))
  return temporaryFolder({
    '_config.yml': `title: Blog\nurl: ${url.slice(0, -1)}\ntimezone: UTC\n`,
    ...Object.fromEntries(
      days.map(day => [
        `_posts/2026-01-${day}-post-${day}.md`,
        `---\ntitle: Post ${day}\ntags: [recipes]\n---\n\nThe ${Number(day) * 7919} words.\n`,
      ]),
    ),
  })
}
/** Of the newest, as jekyll-feed writes it: ids are addresses without their extension. */
function oldFeed(from: number, to: number, idOf = (address: string) => address.replace(/\.html$/, '')) {
  const entries = Array.from({ length: to - from + 1 }, (_, at) => {
    const day = String(from + at).padStart(2, '0')
    const address = `${url}2026/01/${day}/post-${day}.html`
    return `<entry><title>Post ${day}</title><link href="${address}"/><id>${idOf(address)}</id><published>2026-01-${day}T00:00:00Z</published><updated>2026-01-${day}T00:00:00Z</updated></entry>`
  })
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>${url}feed</id><updated>2026-01-20T00:00:00Z</updated>${entries.join('')}</feed>`
}
const idsIn = (text: string) => [...text.matchAll(/<entry[^>]*>[\s\S]*?<id>(.*?)<\/id>/g)].map(([, id]) => id)

test('the old feed’s limit and its ids, those of older posts too; the feed that follows holds nothing new', async () => {
  using blog = aBlog(15)
  using place = temporaryFolder({ 'old.xml': oldFeed(6, 15) })
  const before = await broadsheet('diff', blog.path, '--against', place.at('old.xml'))
  expect(before.out).toContain('5 articles new:')
  expect(before.out).toContain('10 articles shown once more, under another id:')
  const { exitCode, said, out } = await broadsheet('adopt', place.at('old.xml'), blog.path)
  expect([exitCode, said]).toEqual([0, expect.stringContaining('15 articles take over')])
  expect(said).toContain('Of them 5 older ones that the feed holds no more')
  expect(said).toContain('The old feed held 10 articles, and so will the new ones (`limit = 10` in')
  expect(out).toContain(`_posts/2026-01-01-post-01.md  ${url}2026/01/01/post-01\n`)
  expect(readFileSync(blog.at('broadsheet.toml'), 'utf8')).toMatch(/^# .*\nlimit = 10\n$/)
  await broadsheet('build', blog.path, '--out', place.at('out'))
  const now = idsIn(readFileSync(place.at('out/atom.xml'), 'utf8'))
  expect(now).toEqual(idsIn(oldFeed(6, 15)).reverse())
  expect((await broadsheet('diff', blog.path, '--against', place.at('old.xml'))).out).toBe(
    'Subscribers will see no change.\n',
  )
})

test('its title, where nobody has said another: the feed that follows is called as before', async () => {
  const called = (title: string) => oldFeed(1, 2).replace('<title>Blog</title>', `<title>${title}</title>`)
  using place = temporaryFolder({ 'old.xml': called('Bridges &amp; &quot;rivers&quot;') })
  const files = {
    'eleventy.config.js': '',
    'posts/post-01.md':
      '---\ntitle: Post 01\ndate: 2026-01-01\npermalink: /2026/01/01/post-01.html\n---\n\nWords.\n',
  }
  using blog = temporaryFolder({ ...files, 'broadsheet.toml': `url = "${url}"\n` })
  const { said } = await broadsheet('adopt', place.at('old.xml'), blog.path)
  expect(said).toContain(
    'The old feed is called "Bridges & "rivers"", and so will be the new ones (`title` in',
  )
  const { out } = await broadsheet('get', '/feed.json', blog.path)
  expect(JSON.parse(out).title).toBe('Bridges & "rivers"')
  using named = temporaryFolder({ ...files, 'broadsheet.toml': `title = "Mine"\nurl = "${url}"\n` })
  expect((await broadsheet('adopt', place.at('old.xml'), named.path)).said).not.toContain('is called')
  expect(JSON.parse((await broadsheet('get', '/feed.json', named.path)).out).title).toBe('Mine')
  // Whoever has neither hears of it when it is published first.
  using plain = temporaryFolder({ ...files, 'broadsheet.toml': `url = "${url}"\n` })
  expect((await broadsheet('build', plain.path, '--out', place.at('out'))).said).toContain(
    'Readers see it as "Untitled publication": set `title` in',
  )
})

/** As each system writes the ids of its feed's items, which stay what they are for posts that the feed holds no more. */
test.each<
  [string, (posts: string[]) => Record<string, string>, (day: string) => { link: string; id: string }]
>([
  [
    'Hugo',
    days => ({
      'hugo.toml': `baseURL = "${url}"\ntitle = "Blog"\n`,
      ...Object.fromEntries(days.map(day => [`content/posts/post-${day}.md`, datedPost(day)])),
    }),
    day => ({ link: `${url}posts/post-${day}/`, id: `${url}posts/post-${day}/` }),
  ],
  [
    'WordPress',
    days => ({
      'broadsheet.toml': `url = "${url}"\n`,
      'export.xml': `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title><link>${url}</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>${url}</wp:base_site_url><wp:base_blog_url>${url}</wp:base_blog_url>${days
        .map(
          day =>
            `<item><title>Post ${day}</title><link>${url}post-${day}/</link><guid isPermaLink="false">${url}?p=${Number(day)}</guid><content:encoded><![CDATA[<p>The ${Number(day) * 7919} words.</p>]]></content:encoded><wp:post_id>${Number(day)}</wp:post_id><wp:post_date_gmt>2026-01-${day} 09:00:00</wp:post_date_gmt><wp:post_name>post-${day}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`,
        )
        .join('')}</channel></rss>`,
    }),
    day => ({ link: `${url}post-${day}/`, id: `${url}?p=${Number(day)}` }),
  ],
])(
  '%s: posts that its feed held no more have the ids that it gave them, and none is news',
  async (_, folderOf, of) => {
    const days = Array.from({ length: 14 }, (_, at) => String(at + 1).padStart(2, '0'))
    const items = days
      .slice(4)
      .map(
        day =>
          `<item><title>Post ${day}</title><link>${of(day).link}</link><guid>${of(day).id}</guid><pubDate>${new Date(`2026-01-${day}T09:00:00Z`).toUTCString()}</pubDate></item>`,
      )
    using blog = temporaryFolder(folderOf(days))
    using place = temporaryFolder({
      'old.xml': `<rss version="2.0"><channel><title>Blog</title><link>${url}</link><description/>${items.join('')}</channel></rss>`,
    })
    const { exitCode } = await broadsheet('adopt', place.at('old.xml'), blog.path)
    expect(exitCode).toBe(0)
    await broadsheet('build', blog.path, '--out', place.at('out'))
    const guids = (file: string) =>
      [...readFileSync(place.at(file), 'utf8').matchAll(/<guid[^>]*>([^<]*)/g)].map(([, id]) => id!)
    expect(guids('out/rss.xml').sort()).toEqual(
      days
        .slice(4)
        .map(day => of(day).id)
        .sort(),
    )
    const { out } = await broadsheet('check', blog.path, '--json')
    const ids = (JSON.parse(out).files as { article: { id: string } }[]).map(({ article }) => article.id)
    expect(ids.sort()).toEqual(days.map(day => of(day).id).sort())
    expect((await broadsheet('diff', blog.path, '--against', place.at('old.xml'))).out).toBe(
      'Subscribers will see no change.\n',
    )
  },
)

const datedPost = (day: string) =>
  `---\ntitle: Post ${day}\ndate: 2026-01-${day}T09:00:00Z\n---\n\nThe ${Number(day) * 7919} words.\n`

test('posts of an export that the feed held no more are no news, though their ids are not of addresses', async () => {
  const posts = Array.from({ length: 19 }, (_, at) => {
    const id = `64a0${String(at).padStart(20, '0')}`
    const date = new Date(Date.UTC(2026, 0, at + 1, 9)).toISOString()
    return {
      id,
      title: `Post ${at}`,
      slug: `post-${at}`,
      html: `<p>The ${at * 7919} words.</p>`,
      status: 'published',
      visibility: 'public',
      type: 'post',
      published_at: date,
      updated_at: date,
    }
  })
  const settings = [{ key: 'title', value: 'Blog' }]
  const ghost = { db: [{ meta: { exported_on: 1, version: '5.0.0' }, data: { posts, settings } }] }
  const items = posts
    .slice(4)
    .map(
      ({ id, title, slug, published_at }) =>
        `<item><title>${title}</title><link>${url}${slug}/</link><guid isPermaLink="false">${id}</guid><pubDate>${new Date(published_at).toUTCString()}</pubDate></item>`,
    )
  using blog = temporaryFolder({ 'ghost.json': JSON.stringify(ghost), 'broadsheet.toml': `url = "${url}"\n` })
  using place = temporaryFolder({
    'old.xml': `<rss version="2.0"><channel><title>Blog</title><link>${url}</link><description/>${items.join('')}</channel></rss>`,
  })
  const { said } = await broadsheet('adopt', place.at('old.xml'), blog.path)
  expect(said).toContain('15 articles take over')
  expect(said).toContain('4 older articles that the feed holds no more: published at their own dates')
  await broadsheet('build', blog.path, '--out', place.at('out'))
  const now = readFileSync(place.at('out/rss.xml'), 'utf8')
  expect([...now.matchAll(/<guid[^>]*>([^<]*)/g)].map(([, id]) => id).sort()).toEqual(
    posts.slice(4).map(({ id }) => id),
  )
  expect((await broadsheet('diff', blog.path, '--against', place.at('old.xml'))).out).toBe(
    'Subscribers will see no change.\n',
  )
})

test('where one id is otherwise, nothing is derived; a limit that is set stays', async () => {
  using blog = aBlog(12)
  blog.write('broadsheet.toml', 'limit = 20\n')
  using place = temporaryFolder({
    'old.xml': oldFeed(3, 12, address => (address.includes('post-07') ? 'urn:x:7' : address)),
  })
  const { said } = await broadsheet('adopt', place.at('old.xml'), blog.path)
  expect(said).toContain('10 articles take over')
  expect(said).not.toContain('Of them')
  expect(said).toContain('2 older articles that the feed holds no more: published at their own dates')
  expect(readFileSync(blog.at('broadsheet.toml'), 'utf8')).toBe('limit = 20\n')
})

test('after a first publication: the number of what subscribers see once more is asked for', async () => {
  using blog = aBlog(4)
  using place = temporaryFolder({ 'old.xml': oldFeed(1, 4) })
  const built = await broadsheet('build', blog.path, '--out', place.at('out'))
  expect(built.said).toContain(
    'This is a folder of jekyll. If people are subscribed to its feed, take over its ids',
  )
  const refused = await broadsheet('adopt', place.at('old.xml'), blog.path)
  expect(refused.said).toContain('keeps the id that Broadsheet published it under')
  expect(refused.said).toContain("With --accept 4 they take the old feed's ids")
  expect((await broadsheet('adopt', place.at('old.xml'), blog.path, '--accept', '3')).said).toContain(
    'With --accept 4',
  )
  const accepted = await broadsheet('adopt', place.at('old.xml'), blog.path, '--accept', '4')
  expect(accepted.said).toContain('4 articles had been published under another id')
  await broadsheet('build', blog.path, '--out', place.at('out'))
  expect(idsIn(readFileSync(place.at('out/atom.xml'), 'utf8'))).toEqual(idsIn(oldFeed(1, 4)).reverse())
})

test('other feeds of the old site lead to ours of the same name', async () => {
  using blog = aBlog(2)
  blog.write('broadsheet.toml', 'replace = ["/feed/recipes.xml", "/all-atom.xml"]\n')
  const recipes = await broadsheet('get', '/feed/recipes.xml', blog.path, '-i')
  expect(recipes.out).toMatch(/^301\n[\s\S]*location: \S*\/tags\/recipes\/rss\.xml\n/)
  expect((await broadsheet('get', '/all-atom.xml', blog.path, '-i')).out).toMatch(
    /location: \S*\/atom\.xml\n/,
  )
})

test('an article of no system at all is told nothing of other feeds', async () => {
  using folder = temporaryFolder({
    'articles/one.md': datedArticle('One'),
    'articles/broadsheet.toml': `url = "${url}"\n`,
  })
  const { said } = await broadsheet('build', folder.at('articles'), '--out', folder.at('out'))
  expect(said).not.toContain('This is a folder of')
})

const twoPosts = {
  'broadsheet.toml': `title = "Blog"\nurl = "${url}"\n`,
  'one.md': datedArticle('One'),
  'two.md': datedArticle('Two', '2026-01-02'),
}
/** Items by title, guid and link. */
const rssOf = (items: [string, string, string][]) =>
  `<rss version="2.0"><channel><title>Blog</title><link>${url}</link><description/>${items
    .map(
      ([title, id, link]) =>
        `<item><title>${title}</title><link>${url}${link}</link><guid isPermaLink="false">${id}</guid></item>`,
    )
    .join('')}</channel></rss>`
const idsOf = async (folder: string) =>
  (
    JSON.parse((await broadsheet('check', folder, '--json')).out).files as {
      path: string
      article: { id: string }
    }[]
  ).map(({ path, article }) => [path, article.id])

describe('items of one id', () => {
  const own = 'tag:blog.example.org,2026:file/two.md'

  test('one article has it, the first one’s; the other is named, and has an id of its own', async () => {
    using blog = temporaryFolder(twoPosts)
    using place = temporaryFolder({
      'old.xml': rssOf([
        ['One', 'x', 'one/'],
        ['Two', 'x', 'two/'],
      ]),
    })
    const { exitCode, said, out } = await broadsheet('adopt', place.at('old.xml'), blog.path)
    expect([exitCode, out]).toEqual([1, 'one.md  x\n'])
    expect(said).toContain('1 article takes over the id and date it had')
    expect(said).toContain(
      'Items 1 ("One") and 2 ("Two") of the feed have one id, x, and readers know one article by it: one.md takes it. What else is among them has an id of its own: subscribers see it once more.',
    )
    expect(said).not.toContain('No article was found')
    const ids = [
      ['one.md', 'x'],
      ['two.md', own],
    ]
    expect(await idsOf(blog.path)).toEqual(ids)
    const { out: seen } = await broadsheet('diff', blog.path, '--against', place.at('old.xml'))
    expect(seen).toMatch(/^1 article new:\n {2}Two .*\n$/)
    // Another order of the items, and another adoption, take it from nobody.
    place.write(
      'old.xml',
      rssOf([
        ['Two', 'x', 'two/'],
        ['One', 'x', 'one/'],
      ]),
    )
    await broadsheet('adopt', place.at('old.xml'), blog.path)
    expect(await idsOf(blog.path)).toEqual(ids)
  })

  test('an item that is listed twice is one', async () => {
    using blog = temporaryFolder(twoPosts)
    using place = temporaryFolder({
      'old.xml': rssOf([
        ['One', 'x', 'one/'],
        ['Two', 'y', 'two/'],
        ['One', 'x', 'one/'],
      ]),
    })
    const { exitCode, said } = await broadsheet('adopt', place.at('old.xml'), blog.path)
    expect(exitCode).toBe(0)
    expect(said).toContain(
      'Items 1 ("One") and 3 ("One") of the feed are one and the same, x: one.md takes it.',
    )
    expect(await idsOf(blog.path)).toEqual([
      ['one.md', 'x'],
      ['two.md', 'y'],
    ])
  })
})

describe('a feed that is none, or half of one', () => {
  const jsonFeed = (items: unknown) =>
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Blog', items })

  test.each([
    [{}, '`items` is an object. In a JSON Feed it is a list: '],
    [null, '`items` is null. In a JSON Feed it is a list: '],
    ['one', '`items` is text. In a JSON Feed it is a list: '],
    [[{ id: 'x' }, null], 'Item 2 is null. In a JSON Feed an item is an object: { "id": "…", "url": "…" }.'],
    [[3], 'Item 1 is a number. '],
    [['x'], 'Item 1 is text. '],
    [[[]], 'Item 1 is a list. '],
  ])('items: %j', async (items, words) => {
    using blog = temporaryFolder(twoPosts)
    using place = temporaryFolder({ 'old.json': jsonFeed(items) })
    const { exitCode, said } = await broadsheet('adopt', place.at('old.json'), blog.path)
    expect([exitCode, said]).toEqual([2, expect.stringContaining(`old.json: ${words}`)])
  })

  test('JSON that is broken: what stands in its way', async () => {
    using blog = temporaryFolder(twoPosts)
    using place = temporaryFolder({
      'old.json': '{"version": "https://jsonfeed.org/version/1.1",\n"title": }',
    })
    const { exitCode, said } = await broadsheet('adopt', place.at('old.json'), blog.path)
    expect([exitCode, said]).toEqual([
      2,
      expect.stringMatching(/old\.json: This is not .*Unexpected token '\}', [\s\S]*is not valid JSON/),
    ])
  })

  test('items without id and link are named by their places', async () => {
    using blog = temporaryFolder(twoPosts)
    const items = [{ id: 'x', title: 'One' }, {}, { content_text: 'Two' }]
    using place = temporaryFolder({ 'old.json': jsonFeed(items) })
    const { exitCode, said, out } = await broadsheet('adopt', place.at('old.json'), blog.path)
    expect([exitCode, out]).toEqual([1, 'one.md  x\n'])
    expect(said).toContain('Items 2 and 3 of the feed have neither id nor link: ')
  })
})
