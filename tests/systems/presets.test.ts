import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from '../runtimes/command-line.ts'

const fixtures = join(import.meta.dirname, '../fixtures/presets')

interface CheckedFile {
  path: string
  status: string
  reason?: string
  article?: {
    id: string
    url: string
    title: string
    published: string | null
    updated: string | null
    authors: { name: string; url: string | null }[]
    language: string
    tags: string[]
    section: string | null
    text: string
  }
  diagnostics: { severity: string; code: string; message: string }[]
}

/** One line for each fact that a reader of the fixture wants to see. */
function told({ status, reason, article, diagnostics }: CheckedFile) {
  const said = diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, message }) => `${code}: ${message}`)
  return {
    status: reason ? `${status}: ${reason}` : status,
    ...(article && {
      title: article.title,
      published: article.published,
      ...(article.updated && { updated: article.updated }),
      url: article.url,
      by: article.authors.map(({ name, url }) => (url ? `${name} (${url})` : name)).join(', '),
      language: article.language,
      ...(article.section && { section: article.section }),
      ...(article.tags.length > 0 && { tags: article.tags.join(', ') }),
      ...(article.id.startsWith('tag:') ? {} : { id: article.id }),
      text: article.text,
    }),
    ...(said.length > 0 && { said }),
  }
}

/** Each folder has beside it, in `NAME.json`, what `check` must say of it; `UPDATE_FIXTURES=1` writes that anew, to be read. */
describe("a folder of another system's", () => {
  const names = readdirSync(fixtures, { withFileTypes: true }).filter(entry => entry.isDirectory())
  test.each(names.map(({ name }) => name))('%s', async name => {
    const { out } = await broadsheet('check', join(fixtures, name), '--json')
    const { preset, totals, files } = JSON.parse(out)
    const all = Object.fromEntries(files.map((file: CheckedFile) => [file.path, told(file)]))
    const shown = `${JSON.stringify({ preset, totals, files: all }, null, 2)}\n`
    const pair = join(fixtures, `${name}.json`)
    if (process.env.UPDATE_FIXTURES) writeFileSync(pair, shown)
    expect(shown).toBe(readFileSync(pair, 'utf8'))
  })
})

test.each([
  ['jekyll', '/feed.xml', 'https://jekyll.broadsheet.example/base/atom.xml'],
  ['jekyll', '/feed', 'https://jekyll.broadsheet.example/base/atom.xml'],
  ['jekyll', '/feed/by_tag/cold.xml', 'https://jekyll.broadsheet.example/base/tags/cold/atom.xml'],
  ['hugo', '/index.xml', 'https://hugo.broadsheet.example/site/rss.xml'],
  ['zola', '/feed.xml', 'https://zola.broadsheet.example/languages/en/atom.xml'],
  ['eleventy', '/feed/feed.xml', 'https://eleventy.broadsheet.example/prefix/atom.xml'],
  ['pelican', '/feeds/all.atom.xml', 'https://pelican.broadsheet.example/atom.xml'],
  ['docusaurus', '/blog/rss.xml', 'https://docusaurus.broadsheet.example/base/rss.xml'],
  ['ghost', '/rss/', 'https://ghost.broadsheet.example/rss.xml'],
  ['ghost', '/tag/cold/rss/', 'https://ghost.broadsheet.example/tags/cold/rss.xml'],
  ['wordpress', '/feed', 'https://wp.broadsheet.example/rss.xml'],
  ['wordpress', '/category/weather/feed/', 'https://wp.broadsheet.example/sections/weather/rss.xml'],
  [
    'wordpress-markup',
    '/category/drinks/feed/',
    'https://wp2.broadsheet.example/sections/hot-drinks/rss.xml',
  ],
  [
    'wordpress-markup',
    '/category/food/drinks/feed/atom/',
    'https://wp2.broadsheet.example/sections/hot-drinks/atom.xml',
  ],
  ['wordpress-markup', '/category/food/feed/', 'https://wp2.broadsheet.example/tags/food/rss.xml'],
  ['wordpress-markup', '/tag/qa/feed', 'https://wp2.broadsheet.example/tags/q-a/rss.xml'],
  [
    'wordpress-markup',
    '/author/desk-one/feed/',
    'https://wp2.broadsheet.example/authors/broadsheet-friends/rss.xml',
  ],
  ['wordpress-markup', '/2024/01/questions/', 'https://wp2.broadsheet.example/2024/01/qa/'],
  ['ghost-newest', '/tag/news/rss/', 'https://ghost6.broadsheet.example/tags/latest-news/rss.xml'],
  [
    'ghost-newest',
    '/author/desk/rss/',
    'https://ghost6.broadsheet.example/authors/the-desk-of-broadsheet/rss.xml',
  ],
  ['blogger-takeout', '/feeds/posts/default', 'http://localhost:8787/atom.xml'],
  ['blogger-takeout', '/feeds/posts/default/-/Web%20Tools', 'http://localhost:8787/tags/web-tools/atom.xml'],
  ['buttondown-cli', '/archive/first/', 'https://bd.broadsheet.example/articles/first/'],
  ['buttondown', '/rss', 'https://bd.broadsheet.example/rss.xml'],
  ['beehiiv', '/feed', 'https://bee.broadsheet.example/rss.xml'],
  ['tumblr', '/tagged/snow/rss', 'https://tumblr.broadsheet.example/tags/snow/rss.xml'],
  ['movable-type', '/index.xml', 'https://mt.broadsheet.example/rss.xml'],
  ['substack', '/feed', 'https://substack.broadsheet.example/rss.xml'],
])('%s: the old feed %s leads to the new one', async (name, path, location) => {
  const { out } = await broadsheet('get', path, join(fixtures, name), '-i')
  expect(out).toMatch(/^301\n/)
  expect(out).toContain(`location: ${location}\n`)
})

test.each([
  ['wordpress', '<guid isPermaLink="false">http://wp.broadsheet.example/?p=10&amp;x</guid>'],
  ['wordpress', '<guid isPermaLink="false">not a uri 20</guid>'],
  ['wordpress', '<enclosure url="https://wp.broadsheet.example/a.mp3" length="12345" type="audio/mpeg"/>'],
  ['wordpress', '<figcaption>Words below</figcaption>'],
  ['substack', 'url="https://substack.broadsheet.example/audio/a.mp3"'],
  ['ghost', '<guid isPermaLink="false">65b9f1a0c0ffee0000000001</guid>'],
  ['ghost', 'src="https://ghost.broadsheet.example/media/content/images/a.png"'],
])('%s: the feed says %s, and nothing that was not to be published', async (name, words) => {
  const { out } = await broadsheet('get', '/rss.xml', join(fixtures, name))
  expect(out).toContain(words)
  expect(out).not.toMatch(/[Nn]ever/)
})

test.each([
  'beehiiv',
  'blogger-backup',
  'blogger-takeout',
  'buttondown',
  'buttondown-cli',
  'feed-beside-articles',
  'ghost-newest',
  'movable-type',
  'notion',
  'notion-html',
  'squarespace',
  'wordpress-markup',
  'docusaurus-hidden',
  'eleventy-data',
  'hexo-hidden',
  'astro-hidden',
  'vitepress',
  'obsidian',
  'quartz',
  'mkdocs-blog',
  'nuxt-content',
  'nextjs',
])('%s: no feed and no page says what was not to be published', async name => {
  const urls = ['/rss.xml', '/atom.xml', '/feed.json', '/', '/sitemap.xml']
  for (const url of urls) {
    const { out } = await broadsheet('get', url, join(fixtures, name))
    expect(out).not.toMatch(/[Nn]ever/)
    expect(out.length).toBeGreaterThan(100)
  }
})

/** Where a text was to be read first says nothing of where this site has it, and each system has its own key for that. */
test.each([
  ['jekyll', { '_config.yml': '' }, '_posts/2026-01-31-one.md', '/2026/01/31/one.html'],
  ['hugo', { 'hugo.toml': '' }, 'content/posts/one.md', '/posts/one/'],
  ['zola', { 'config.toml': 'base_url = "https://a.example"' }, 'content/blog/one.md', '/blog/one/'],
  ['eleventy', { 'eleventy.config.js': '' }, 'posts/one.md', '/posts/one/'],
  ['astro', { 'astro.config.mjs': '' }, 'src/content/blog/one.md', '/blog/one/'],
  ['pelican', { 'pelicanconf.py': '' }, 'content/one.md', '/one.html'],
  ['hexo', { '_config.yml': '' }, 'source/_posts/one.md', '/2026/01/31/one/'],
  ['docusaurus', { 'docusaurus.config.js': '' }, 'blog/2026-01-31-one.md', '/blog/2026/01/31/one'],
  ['vitepress', { '.vitepress/config.js': '' }, 'posts/one.md', '/posts/one.html'],
])('%s: a canonical address elsewhere is not the article’s own', async (name, settings, path, address) => {
  const first = 'https://elsewhere.broadsheet.example/first'
  const [open, end] = name === 'zola' ? ['+++', ' = '] : ['---', ': ']
  const lines = Object.entries({ canonical_url: first, canonicalURL: first }).map(
    ([key, value]) => `${key}${end}"${value}"\n`,
  )
  const date = `title${end}"one"\ndate${end}2026-01-31\n`
  using folder = temporaryFolder({
    ...settings,
    [path]: `${open}\n${date}${lines.join('')}${open}\n\nThe harbour was quiet, and the boats lay in it.\n`,
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [file] = JSON.parse(out).files as CheckedFile[]
  expect(new URL(file!.article!.url).pathname).toBe(address)
})

test('--preset says what a folder is, and none says that it is no other system’s', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'url: https://a.broadsheet.example\n',
    'one.md': datedArticle('One'),
    '_posts/2024-01-31-two.md': datedArticle('Two'),
  })
  const urls = async (...words: string[]) => {
    const { out } = await broadsheet('check', folder.path, '--json', ...words)
    const { preset, files } = JSON.parse(out)
    return [preset, ...files.map((file: CheckedFile) => file.article!.url)]
  }
  expect(await urls()).toEqual([
    { name: 'jekyll', why: '_config.yml lies in the folder' },
    'https://a.broadsheet.example/2026/01/31/two.html',
  ])
  expect(await urls('--preset', 'none')).toEqual([
    { name: 'none', why: '--preset says so' },
    'http://localhost:8787/articles/two/',
    'http://localhost:8787/articles/one/',
  ])
  const { exitCode, said } = await broadsheet('check', folder.path, '--preset', 'jekyl')
  expect([exitCode, said]).toEqual([2, expect.stringContaining('jekyll')])
})

test('the report for people names the system and why', async () => {
  const { out } = await broadsheet('check', join(fixtures, 'eleventy'))
  expect(out).toContain('Read as eleventy reads it: .eleventy.js lies in the folder.\n')
})

describe('everything in a folder is accounted for', () => {
  const files = {
    'one.md': datedArticle('One', '2026-01-31T09:30:00Z', '![a](a.png)'),
    'a.png': 'png',
    'unused.png': 'png',
    'style.css': '',
    'Library.docx': 'PK',
    'letters/Second.docx': 'PK',
    'post.rst': 'Library\n=======\n',
    'export.zip': 'PK',
    noext: 'words',
    LICENSE: 'words',
    'x.strange': 'words',
    'notes/left-out.md': datedArticle('Left out'),
    'broadsheet.toml': 'ignore = ["notes/**"]\n',
  }

  test('--json names each file that was not read, its kind and what to do', async () => {
    using folder = temporaryFolder(files)
    const { out } = await broadsheet('check', folder.path, '--json')
    const { unread } = JSON.parse(out)
    const told = Object.fromEntries(
      unread.map(({ path, kind, what }: { path: string; kind: string; what: string }) => [
        path,
        `${kind}: ${what}`,
      ]),
    )
    expect(told).toEqual({
      LICENSE: 'service: settings, data, styles or a program',
      'Library.docx': 'format: Word',
      'broadsheet.toml': 'service: settings, data, styles or a program',
      'export.zip': 'archive: an archive',
      'letters/Second.docx': 'format: Word',
      noext: 'nameless: without an extension',
      'notes/left-out.md': 'ignored: left out by `ignore`, or by the rules of its system',
      'post.rst': 'format: reStructuredText',
      'style.css': 'service: settings, data, styles or a program',
      'unused.png': 'media: a picture, sound or film',
      'x.strange': 'unknown: .strange',
    })
    for (const { hint } of unread) expect(hint).toMatch(/\w/)
  })

  test.each([
    ['JSON', 'post.json', '{"title": "Lost", "content": "Words.", "date": "2024-01-01"}'],
    [
      'JSON',
      'posts.json',
      '[{"id": 1, "title": {"rendered": "Lost"}, "content": {"rendered": "<p>Words.</p>"}}]',
    ],
    ['CSV', 'posts.csv', 'id,title,content\n1,Lost,Words\n'],
    ['XML', 'posts.xml', '<posts><post><title>Lost</title><body>Words.</body></post></posts>'],
  ])('articles in %s of no system that is known: %s', async (form, path, text) => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One'), [path]: text })
    const { out } = await broadsheet('check', folder.path)
    expect(out).toContain(`Not read: 1 file.\n  1 in ${form} of no system that is known here: ${path}\n`)
  })

  test.each([
    ['package.json', '{"name": "a", "description": "Words.", "scripts": {}}'],
    ['data.json', '{"title": "A chart", "values": [1, 2]}'],
    [
      'feed.json',
      '{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"title": "A", "content_text": "B"}]}',
    ],
    [
      'feed.xml',
      '<rss><channel><title>A</title><item><title>A</title><description>B</description></item></channel></rss>',
    ],
    ['sitemap.xml', '<urlset><url><loc>https://a.example/</loc></url></urlset>'],
    ['numbers.csv', 'title,count\nA,1\n'],
  ])('no articles: %s', async (path, text) => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One'), [path]: text })
    const { out } = await broadsheet('check', folder.path)
    expect(out).not.toContain('Not read')
  })

  test('the report for people groups them by kind, and says nothing of pictures and styles', async () => {
    using folder = temporaryFolder(files)
    const { out } = await broadsheet('check', folder.path)
    expect(out).toContain('Not read: 7 files.\n')
    expect(out).toContain('  2 in Word: Library.docx, letters/Second.docx\n    Save it as HTML, or run')
    expect(out).not.toContain('style.css')
  })

  test('where nothing is published the reason names a file that is there', async () => {
    using folder = temporaryFolder({
      'docusaurus.config.js': 'module.exports = {}\n',
      'deep/er/one.md': datedArticle('One'),
    })
    const { out } = await broadsheet('check', folder.path)
    expect(out).toContain(
      'Nothing is published: deep/er/one.md: outside of where docusaurus keeps articles (blog/**).',
    )
    expect(out).not.toContain('holds no')
  })

  test.each([
    ['hugo.toml', '', 'hugo'],
    ['config.toml', 'base_url = "https://a.broadsheet.example"\n', 'zola'],
  ])('%s: the page of a section is not told to move to where it is', async (settings, text, name) => {
    using folder = temporaryFolder({
      [settings]: text,
      'content/posts/_index.md': '---\ntitle: Posts\n---\n',
      'content/posts/one.md': '+++\ntitle = "One"\ndate = 2026-01-31\n+++\n\nThe boats lay quiet.\n',
    })
    const { out } = await broadsheet('check', folder.path)
    expect(out).not.toContain('Move it there')
    expect(out).not.toContain(`outside of where ${name}`)
  })

  test('a site that lies below is named, once', async () => {
    using folder = temporaryFolder({
      'README.md': '# A program\n\nWords.\n',
      'website/docusaurus.config.js': 'module.exports = {}\n',
      'website/blog/2026-01-31-one.md': '---\ntitle: One\n---\n\nWords.\n',
    })
    const { out } = await broadsheet('check', folder.path, '--json')
    const { settings } = JSON.parse(out)
    expect(settings.map(({ code, path }: { code: string; path: string }) => [code, path])).toEqual([
      ['site-below', 'website'],
    ])
  })
})

describe('Eleventy is known by how package.json calls it', () => {
  const dated = datedArticle('One')
  const checked = async (files: Record<string, string>) => {
    using folder = temporaryFolder(files)
    const { out } = await broadsheet('check', folder.path, '--json')
    const { preset, files: read } = JSON.parse(out)
    const known = read.map(({ path, status, article }: CheckedFile) => [path, status, article?.url])
    return { why: preset.why, known }
  }
  const scripts = (build: string) => JSON.stringify({ scripts: { lint: 'eslint .', build } })

  test('with settings elsewhere, and the site made where its sources are', async () => {
    const { why, known } = await checked({
      'package.json': scripts('npm run clean && npx @11ty/eleventy --config=_build/site.js --quiet'),
      '_build/site.js': 'export default c => ({ dir: { data: "facts", output: "." } })\n',
      'facts/site.json': '{ "url": "https://a.broadsheet.example/" }',
      'blog/2026/one/index.md': dated,
      'about.md': dated,
    })
    expect(why).toBe('package.json calls it with _build/site.js')
    expect(known).toEqual([
      ['blog/2026/one/index.md', 'published', 'https://a.broadsheet.example/blog/2026/one/'],
    ])
  })

  test('without settings, and what stands in the call counts', async () => {
    const { why, known } = await checked({
      'package.json': scripts('NODE_ENV=production eleventy --input src --output=src/out --pathprefix /my/'),
      'src/_data/site.json': '{ "url": "https://a.broadsheet.example/" }',
      'src/posts/one.md': dated,
      'src/out/two.md': dated,
      'README.md': dated,
    })
    expect(why).toBe('package.json calls it')
    expect(known).toEqual([['src/posts/one.md', 'published', 'https://a.broadsheet.example/my/posts/one/']])
  })

  test('nothing else in package.json makes a folder Eleventy’s', async () => {
    const { why } = await checked({
      'package.json': JSON.stringify({ name: 'eleventy', scripts: { build: 'build-eleventy-like' } }),
      'one.md': dated,
    })
    expect(why).toBe('no settings file lies in the folder')
  })
})

test.each([
  [
    'its feed plugin',
    {
      'eleventy.config.js':
        'export default c => { c.addPlugin(feedPlugin, { type: "atom", metadata: { title: "The Harbour", language: "de", subtitle: "News", base: "https://a.broadsheet.example/", author: { name: "Ada" } } }) }\n',
    },
  ],
  [
    'data in JavaScript',
    {
      'eleventy.config.js': '',
      '_data/metadata.js':
        'export default { title: "The Harbour", language: "de", description: "News", url: "https://a.broadsheet.example/", author: { name: "Ada", email: "" } }\n',
    },
  ],
  [
    'the head of its feed’s template',
    {
      'eleventy.config.js': '',
      'feed/feed.njk':
        '---json\n{ "permalink": "feed.xml", "metadata": { "title": "The Harbour", "language": "de", "subtitle": "News", "url": "https://a.broadsheet.example/", "author": { "name": "Ada" } } }\n---\n<feed></feed>\n',
    },
  ],
])('Eleventy: %s says what the site is called and where it is', async (_, settings) => {
  using folder = temporaryFolder({ ...settings, 'posts/one.md': datedArticle('One') })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [file] = JSON.parse(out).files as CheckedFile[]
  expect(file?.article).toMatchObject({
    url: 'https://a.broadsheet.example/posts/one/',
    language: 'de',
    authors: [{ name: 'Ada' }],
  })
  expect((await broadsheet('get', '/feed.json', folder.path)).out).toContain('"title": "The Harbour"')
})

test('Eleventy: data that a program names are told where they may give addresses', async () => {
  using folder = temporaryFolder({
    'eleventy.config.js':
      'export default c => {\n  const data = { permalink: "{{ page | where }}" }\n  for (const p in data) c.addGlobalData(p, data[p])\n}\n',
    'posts/one.md': datedArticle('One'),
  })
  expect((await broadsheet('check', folder.path)).out).toContain(
    'eleventy.config.js:3 warning system-setting-unknown',
  )
})

describe('what stands behind words for their looks', () => {
  const shown = async (files: Record<string, string>) => {
    using folder = temporaryFolder(files)
    const { out } = await broadsheet('check', folder.path, '--json')
    return JSON.parse(out).files[0].article.html as string
  }
  const text = [
    '## The harbour {#quay}',
    '## The boats { #boats .wide style="--icon: var(--boat);" }',
    'See [the quay](#quay){ .button target="_blank" }.',
    '{.wide}\nA line of its own.',
    '## The rest { .icon-before }',
  ].join('\n\n')

  test.each([
    ['hugo', { 'hugo.toml': '[markup.goldmark.parser.attribute]\nblock = true\n' }, 'content/posts/one.md'],
    ['jekyll', { '_config.yml': '' }, '_posts/2026-01-31-one.md'],
    ['eleventy', { 'eleventy.config.js': "import attributes from 'markdown-it-attrs'" }, 'posts/one.md'],
  ])('%s: is left out, and what headings are called stays', async (name, settings, path) => {
    const html = await shown({ ...settings, [path]: datedArticle('One', '2026-01-31', text) })
    expect(html).toContain('<h2 id="quay">The harbour</h2>')
    expect(html).toContain('<h2 id="boats">The boats</h2>')
    expect(html).toContain('>the quay</a>.')
    expect(html).toContain('<h2 id="the-rest">The rest</h2>')
    if (name !== 'jekyll') expect(html).not.toContain('{')
  })

  test.each(['{: #quay}', '{: .wide #quay}'])(
    'Jekyll: %s below a heading is what it is called',
    async list => {
      const html = await shown({
        '_config.yml': '',
        '_posts/2026-01-31-one.md': datedArticle(
          'One',
          '2026-01-31',
          `## The harbour\n${list}\n\nText.\n{: .lead}`,
        ),
      })
      expect(html).toBe('<h2 id="quay">The harbour</h2>\n<p>Text.</p>')
    },
  )

  test.each([
    ['as it is', {}, '<p>The boats lay quiet. {.lead}</p>'],
    [
      'with markdown-it-attrs',
      { 'package.json': '{"devDependencies": {"markdown-it-attrs": "4"}}' },
      '<p>The boats lay quiet.</p>',
    ],
  ])('Eleventy %s: behind a paragraph', async (_, packages, expected) => {
    const html = await shown({
      ...packages,
      'eleventy.config.js': '',
      'posts/one.md': datedArticle('One', '2026-01-31', 'The boats lay quiet. {.lead}'),
    })
    expect(html).toBe(expected)
  })

  test('Hugo without attributes of blocks shows them', async () => {
    const html = await shown({
      'hugo.toml': '',
      'content/posts/one.md': datedArticle('One', '2026-01-31', '{.wide}\nA line.'),
    })
    expect(html).toContain('{.wide}')
  })
})

describe('a tag of the site’s own that names a picture shows it', () => {
  const article = (text: string) => datedArticle('One', '2026-01-31', `The boats lay quiet.\n\n${text}`)
  const shown = async (files: Record<string, string>) => {
    using folder = temporaryFolder(files)
    const { out } = await broadsheet('check', folder.path, '--json')
    const [{ article: read, diagnostics }] = JSON.parse(out).files
    return {
      html: read.html as string,
      codes: diagnostics.map(({ code }: { code: string }) => code) as string[],
    }
  }

  test('Zola: where its template asks for more than can be known, and the picture lies where the page is', async () => {
    const { html, codes } = await shown({
      'config.toml': 'base_url = "https://a.broadsheet.example"',
      'templates/shortcodes/figure.html':
        '<figure>{% set at = get_url(path=page.path ~ src) %}<img src="{{ at }}">{{ caption | markdown(inline=true) | safe }}</figure>',
      'content/2026/one.md': `+++\ntitle = "One"\ndate = 2026-01-31\n+++\n\nThe boats lay quiet.\n\n{{ figure(src="tree.svg", caption="A *tree*,<br />old & < tall", credits="By [Ada\nL.](https://b.broadsheet.example/a_(b))") }}\n`,
      'static/2026/one/tree.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    })
    expect(html).toContain(
      '<img src="https://a.broadsheet.example/media/static/2026/one/tree.svg" alt="A tree, old &amp; &lt; tall">',
    )
    expect(html).toContain(
      '<figcaption>A <em>tree</em>,<br>old &amp; &lt; tall By <a href="https://b.broadsheet.example/a_(b)">Ada\nL.</a></figcaption>',
    )
    expect(codes).not.toContain('markup-unresolved')
    expect(codes).not.toContain('media-missing')
  })

  test('Pelican: with a small picture and words behind it', async () => {
    const { html, codes } = await shown({
      'pelicanconf.py': '',
      'content/one.md': article('{% photo /media/caldera.jpg /media/small.jpg Caldera’s so: "cool". %}'),
      'content/media/caldera.jpg': 'jpg',
    })
    expect(html).toContain('/media/content/media/caldera.jpg" alt="Caldera’s so: &quot;cool&quot;."')
    expect(codes).not.toContain('markup-unresolved')
  })

  test('Hexo: `img` has the names of its classes before the picture', async () => {
    const { html } = await shown({
      '_config.yml': '',
      'source/_posts/one.md': article('{% img left wide /a.png 40 60 "The quay" "Boats at the quay" %}'),
      'source/a.png': 'png',
    })
    expect(html).toContain('/media/source/a.png" alt="Boats at the quay"')
  })

  test.each([
    [
      'with words and sizes',
      `{% image "./a.png", "The quay's end", "(min-width: 30em) 50vw, 100vw" %}`,
      "The quay's end",
    ],
    ['with a value that a program knows', '{% image "./a.png", alt %}', ''],
  ])('Eleventy: the shortcode for pictures %s', async (_, text, alt) => {
    const { html } = await shown({
      'eleventy.config.js': '',
      'posts/one.md': article(text),
      'posts/a.png': 'png',
    })
    expect(html).toContain(`/media/posts/a.png" alt="${alt}"`)
  })

  test('any other tag stays what it was', async () => {
    const { html } = await shown({
      'pelicanconf.py': '',
      'content/one.md': article('{% photo of the harbour %} {% attach a.png %}'),
    })
    expect(html).toContain('{% photo of the harbour %} {% attach a.png %}')
  })
})

describe('code by its place and its first line', () => {
  const shown = async (files: Record<string, string>) => {
    using folder = temporaryFolder(files)
    const { out } = await broadsheet('check', folder.path, '--json')
    return JSON.parse(out).files[0].article.html as string
  }
  const figure =
    '<figure>\n\t<img src="a.png" alt="">\n\t<figcaption>\n\n\tThe *quay*.\n\t</figcaption>\n</figure>'
  const post = { 'posts/one.md': datedArticle('One', '2026-01-31', `Boats.\n\n${figure}`) }

  test('Eleventy takes an indented block for text', async () => {
    const html = await shown({ 'eleventy.config.js': '', ...post })
    expect(html).toContain('The <em>quay</em>.')
    expect(html).not.toContain('<pre>')
  })

  test.each([
    [
      'of an old version',
      { 'eleventy.config.js': '', 'package.json': '{"devDependencies":{"@11ty/eleventy":"^1.0.2"}}' },
    ],
    [
      'that says so',
      { 'eleventy.config.js': 'export default c => { c.amendLibrary("md", md => md.enable("code")) }' },
    ],
  ])('Eleventy %s takes it for code', async (_, settings) => {
    expect(await shown({ ...settings, ...post })).toContain('<pre><code>The *quay*.')
  })

  test('a first line that names the language is not shown', async () => {
    const html = await shown({
      'pelicanconf.py': '',
      'content/one.md': datedArticle(
        'One',
        '2026-01-31',
        'Boats.\n\n    :::php\n    echo 1;\n\nAnd:\n\n    #!python\n    print(1)\n\nBut:\n\n    #!/bin/sh\n    ls\n\nAnd:\n\n    :::note\n    Boats.\n    :::',
      ),
    })
    expect(html).toContain('<pre><code class="language-php">echo 1;\n</code></pre>')
    expect(html).toContain('<pre><code class="language-python">print(1)\n</code></pre>')
    expect(html).toContain('<pre><code>#!/bin/sh\nls\n</code></pre>')
    expect(html).toContain('<pre><code>:::note\nBoats.\n:::')
  })

  test.each([
    ['a plain folder', {}],
    ['Hugo', { 'hugo.toml': '' }],
    ['MkDocs without CodeHilite', { 'mkdocs.yml': 'site_name: A\nplugins: [blog]\n' }],
  ])('in %s such a line is code', async (name, settings) => {
    const path =
      name === 'Hugo' ? 'content/one.md' : name === 'a plain folder' ? 'one.md' : 'docs/blog/posts/one.md'
    const html = await shown({
      ...settings,
      [path]: datedArticle('One', '2026-01-31', 'Boats.\n\n    #!python\n    print(1)'),
    })
    expect(html).toContain('#!python\nprint(1)')
  })
})

test('Zola: what a shortcode shows as Markdown is Markdown in its HTML', async () => {
  using folder = temporaryFolder({
    'config.toml': 'base_url = "https://a.broadsheet.example"',
    'templates/shortcodes/info.html':
      '<div class="info">\n  <b>{{ title | markdown(inline=true) | safe }}</b>\n  {{ body | markdown | safe }}\n</div>\n',
    'content/one.md':
      '+++\ntitle = "One"\ndate = 2026-01-31\n+++\n\nBoats.\n\n{% info(title="A *quay*") %}\nSee [them](https://b.broadsheet.example/).\n\n- One\n  - Two\n{% end %}\n\nThe *end*.\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const html = JSON.parse(out).files[0].article.html as string
  expect(html).toContain('<b>A <em>quay</em></b>')
  expect(html).toContain('<p>See <a href="https://b.broadsheet.example/">them</a>.</p>')
  expect(html).toMatch(/<li>One\n<ul>\n<li>Two<\/li>\n<\/ul>\n<\/li>/)
  expect(html).toContain('<p>The <em>end</em>.</p>')
})

test('a name that is written with its mail address is a name', async () => {
  using folder = temporaryFolder({
    'config.toml':
      'base_url = "https://a.broadsheet.example"\nauthor = "ada@b.broadsheet.example (Ada Lovelace)"\n',
    'content/one.md': '+++\ntitle = "One"\ndate = 2026-01-31\n+++\n\nBoats.\n',
    'content/two.md':
      '+++\ntitle = "Two"\ndate = 2026-01-31\nauthors = ["Grace Hopper <grace@b.broadsheet.example>", "Ada (of the harbour)"]\n+++\n\nBoats.\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const names = JSON.parse(out).files.map(({ article }: CheckedFile) =>
    article?.authors.map(({ name }) => name),
  )
  expect(names).toEqual([['Ada Lovelace'], ['Grace Hopper', 'Ada (of the harbour)']])
})

test('Hexo: blocks of code and quotes between tags, and code from files', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'url: https://a.broadsheet.example\n',
    'source/downloads/code/quay/build.sh': '#!/bin/sh\nmake quay\nmake boats\n',
    'source/_posts/one.md': datedArticle(
      'One',
      '2026-01-31',
      [
        'Boats.',
        '{% codeblock _config.yml lang:yaml %}\n# Docs: {{ none }}\ndeploy:\n  - one\n{% endcodeblock %}',
        '{% blockquote Ada Lovelace, Notes https://b.broadsheet.example/ The notes %}\nWhat I *cannot* create.\n\nNor that.\n{% endblockquote %}',
        '{% blockquote %}\nAlone.\n{% endblockquote %}',
        '{% include_code lang:sh from:2 to:2 quay/build.sh %}',
        '{% include_code quay/none.sh %}',
      ].join('\n\n'),
    ),
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const html = JSON.parse(out).files[0].article.html as string
  expect(html).toContain(
    '<pre><code class="language-yaml"># Docs: {{ none }}\ndeploy:\n  - one\n</code></pre>',
  )
  expect(html).toContain(
    '<blockquote>\n<p>What I <em>cannot</em> create.</p>\n<p>Nor that.\n<br>— Ada Lovelace, Notes, <a href="https://b.broadsheet.example/">The notes</a></p>\n</blockquote>',
  )
  expect(html).toContain('<blockquote>\n<p>Alone.</p>\n</blockquote>')
  expect(html).toContain('<pre><code class="language-sh">make quay\n</code></pre>')
  expect(html).not.toContain('{%')
})

test('Jekyll: several people in one line are parted where the site’s data know each of them', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'title: A\n',
    '_data/authors.yml': 'ada:\n  name: Ada Lovelace\ngrace:\n  name: Grace Hopper\n',
    '_posts/2026-01-31-one.md': '---\ntitle: One\nauthor: ada, grace\n---\n\nBoats.\n',
    '_posts/2026-01-31-two.md': '---\ntitle: Two\nauthor: Smith, ada\n---\n\nBoats.\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const names = JSON.parse(out).files.map(({ article }: CheckedFile) =>
    article?.authors.map(({ name }) => name),
  )
  expect(names).toEqual([['Ada Lovelace', 'Grace Hopper'], ['Smith, ada']])
})

test.each([
  ['a comment', '{% comment %}{% for a in site.notes %}{% endfor %}{% endcomment %}', true],
  ['a count', '{% assign n = site.notes | size %}', true],
  ['a choice', '{% assign n = site.notes | where: "open", true %}{% for a in n %}{% endfor %}', true],
  ['a collection without pages', '{% for a in site.notes %}{{ a.title }}{% endfor %}', false],
])('Jekyll: %s in a feed of the site’s own makes no articles', async (_, feed, output) => {
  using folder = temporaryFolder({
    '_config.yml': `collections:\n  notes:\n    output: ${output}\n`,
    'feed.xml': `---\n---\n<feed>${feed}</feed>\n`,
    '_posts/2026-01-31-one.md': datedArticle('One'),
    '_notes/two.md': datedArticle('Two', '2026-01-30'),
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const published = JSON.parse(out).files.filter(({ status }: { status: string }) => status === 'published')
  expect(published.map(({ path }: { path: string }) => path)).toEqual(['_posts/2026-01-31-one.md'])
})

test('Jekyll: what a feed of the site’s own carries are articles', async () => {
  using folder = temporaryFolder({
    '_config.yml':
      'url: https://a.broadsheet.example\ncollections:\n  releases:\n    output: true\n  pages:\n    output: true\n  samples:\n    output: false\ndefaults:\n  - scope: { path: "", type: releases }\n    values: { permalink: "/:year/:month/:day/:title/" }\n',
    'feed.xml':
      '---\n---\n<feed>{% assign all = site.releases | concat: site.posts %}{% for item in all %}<entry>{% if item.author %}{{ item.author }}{% endif %}</entry>{% endfor %}{% for page in site.pages %}<entry></entry>{% endfor %}</feed>\n',
    '_releases/2026-01-30-first.md': '---\ntitle: First\n---\n\nBoats.\n',
    '_pages/about.md': datedArticle('About'),
    '_samples/one.md': datedArticle('Sample'),
    '_posts/2026-01-31-one.md': '---\ntitle: One\n---\n\nSee [it](/_releases/2026-01-30-first.md).\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const { files } = JSON.parse(out)
  expect(files.map(({ path, article }: CheckedFile) => [path, article?.url])).toEqual([
    ['_posts/2026-01-31-one.md', 'https://a.broadsheet.example/2026/01/31/one.html'],
    ['_releases/2026-01-30-first.md', 'https://a.broadsheet.example/2026/01/30/first/'],
  ])
  expect(files[0].article.html).toContain('href="https://a.broadsheet.example/2026/01/30/first/"')
})

const loop = (list: string, entry = '<entry>{{ item.title }}</entry>') =>
  `{% for item in ${list} %}${entry}{% endfor %}`

// What Jekyll's own feed leaves out of the collection is not published here, whichever way it is left out.
test.each([
  ['a filter', `{% assign some = site.releases | where: "public", true %}${loop('some')}`],
  [
    'a filter behind another list',
    `{% assign all = site.releases | concat: site.posts %}{% assign some = all | where_exp: "item", "item.public" %}${loop('some')}`,
  ],
  [
    'a filter before another list',
    `{% assign some = site.releases | where: "public", true %}{% assign all = site.posts | concat: some | sort: "date" %}${loop('all')}`,
  ],
  ['a condition', loop('site.releases', '{% if item.public %}<entry>{{ item.title }}</entry>{% endif %}')],
  [
    'unless',
    loop('site.releases', '{%- unless item.hidden -%}<item>{{ item.title }}</item>{%- endunless -%}'),
  ],
  ['continue', loop('site.releases', '{% if item.hidden %}{% continue %}{% endif %}<entry></entry>')],
  ['a condition around', `{% if page.all %}${loop('site.releases')}{% endif %}`],
])('Jekyll: nothing is published of a collection that a feed shows in part: %s', async (_, template) => {
  using folder = temporaryFolder({
    '_config.yml': 'url: https://a.broadsheet.example\ncollections:\n  releases:\n    output: true\n',
    'feed.xml': `---\n---\n<feed>${template}</feed>\n`,
    '_releases/first.md': '---\ntitle: Marmalade\ndate: 2026-01-30\nhidden: true\n---\n\nMarmalade.\n',
    '_posts/2026-01-31-one.md': datedArticle('One'),
  })
  const checked = await broadsheet('check', folder.path)
  expect(checked.out).toContain('some entries of the collection "releases"')
  for (const path of ['/feed.json', '/atom.xml', '/sitemap.xml'])
    expect((await broadsheet('get', path, folder.path)).out).not.toMatch(/Marmalade|first/)
})

test('Jekyll: a loop that asks whether there is anything shows all', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'url: https://a.broadsheet.example\ncollections: {releases: {output: true}}\n',
    'rss.xml': `---\n---\n<rss>{% if site.releases.size > 0 %}${loop('site.releases reversed limit: 10')}{% endif %}</rss>\n`,
    '_releases/first.md': datedArticle('First', '2026-01-30'),
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  expect(JSON.parse(out).files.map(({ path }: CheckedFile) => path)).toEqual(['_releases/first.md'])
})

test.each([
  ['Jekyll', { '_config.yml': '' }, '_posts/2026-01-31-one.md', true],
  ['Pelican', { 'pelicanconf.py': '' }, 'content/one.md', true],
  ['Hugo', { 'hugo.toml': '' }, 'content/posts/one.md', false],
])('%s: a link to a file with blanks in its name', async (_, settings, path, isOne) => {
  using folder = temporaryFolder({
    ...settings,
    [path]: datedArticle(
      'One',
      '2026-01-31',
      '![The quay](/a b.png) `![x](/a b.png)` [words](/c "a title.x")',
    ),
    'a b.png': 'png',
    'content/a b.png': 'png',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const { html } = JSON.parse(out).files[0].article
  expect(html.includes('a%20b.png" alt="The quay"')).toBe(isOne)
  expect(html).toContain('<code>![x](/a b.png)</code>')
  expect(html).toContain('title="a title.x"')
})

test.each([
  ['{{ if .Get "show" }}{{ .Inner }}{{ end }}', ' show=false'],
  ['{{ if .Get "show" }}{{ .Inner }}{{ end }}', ' show=0'],
  ['{{ if hugo.IsDevelopment }}{{ .Inner | markdownify }}{{ end }}', ''],
  ['{{ if and (.Get "show") (.Get "z") }}{{ .Inner }}{{ end }}', ' show="yes"'],
  ['{{ $show := .Get "show" | default false }}{{ if $show }}{{ .Inner }}{{ end }}', ''],
  ['{{/* {{ .Inner }} */}}<p>shown</p>{{ partial "x" }}', ''],
])('Hugo: what a template may hide is left out, and said: %s with%s', async (template, words) => {
  using folder = temporaryFolder({
    'hugo.toml': '',
    'layouts/shortcodes/s.html': template,
    'content/one.md': datedArticle('One', '2026-01-31', `Boats.\n\n{{< s${words} >}}HIDDEN{{< /s >}}`),
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  expect(JSON.parse(out).files[0].article.html).not.toContain('HIDDEN')
  expect(out).toContain('markup-unresolved')
})
