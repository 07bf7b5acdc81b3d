import { expect, test } from 'vitest'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

interface Checked {
  article?: { html: string; url: { value: string } | string }
  diagnostics: { code: string; message: string }[]
}

async function checked(files: Record<string, string>, body: string): Promise<Checked> {
  using folder = temporaryFolder({
    ...files,
    'static/img/a.png': 'x',
    'public/img/a.png': 'x',
    [files['docusaurus.config.js'] ? 'blog/a.mdx' : 'posts/a.md']:
      `---\ntitle: A\ndate: 2026-01-02\n---\n\n${body}\n`,
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out).files.find(({ path }: { path: string }) => /\/a\.mdx?$/.test(path))
}
const docusaurus = {
  'docusaurus.config.js':
    "module.exports = { title: 'T', url: 'https://news.example.org', baseUrl: '/sub/', presets: [['classic', {}]] }\n",
}
const vitepress = {
  '.vitepress/config.mts':
    "export default { title: 'T', base: '/sub/', cleanUrls: true, sitemap: { hostname: 'https://news.example.org/sub/' } }\n",
}
const picture = '<img alt="A" src="https://news.example.org/sub/media/static/img/a.png">'
const about = '<a href="https://news.example.org/sub/about">x</a>'

test.each([
  ['[x](/about)', about],
  ['[x](/sub/about)', about],
  ['[x](//news.example.org/sub/about)', about],
  ['<Link to="/about">x</Link>', about],
  ['[x](pathname:///about)', about],
  ['[x](/sub?a=b#c)', '<a href="https://news.example.org/sub?a=b#c">x</a>'],
  ['[x](/sub#c)', '<a href="https://news.example.org/sub#c">x</a>'],
  ['<img alt="A" src={useBaseUrl("/img/a.png")} />', picture],
  [
    '<ThemedImage alt="A" sources={{light: useBaseUrl("/img/a.png"), dark: useBaseUrl("/img/b.png")}} />',
    picture,
  ],
])('Docusaurus: what leads to the site’s root leads below its base path: %s', async (body, html) => {
  const file = await checked(docusaurus, body)
  expect(file.article?.html).toContain(html)
  expect(file.diagnostics.filter(({ code }) => /unresolved|missing/.test(code))).toEqual([])
})

test('spaces in the pictures of a theme cost no more than their length', async () => {
  const sources = `{{ light: ${' '.repeat(50_000)} "/img/a.png" }}`
  const { article } = await checked(docusaurus, `Words.\n\n<ThemedImage sources=${sources} />`)
  expect(article?.html).toContain('<p>Words.</p>')
})

test.each([
  '<iframe src="https://www.youtube.com/embed/abcdef" />',
  '<video\n  src="/a.mp4"\n  controls\n/>',
  '<Link to="/a" />',
  '<div className="a" /> <textarea /> <script src="/a.js" />',
  '<noscript />',
  '<title />',
])('what is closed in itself takes in nothing that stands behind it: %s', async element => {
  const body = `Words.\n\n${element}\n\nMore.\n\n\`\`\`js\n<a />\n\`\`\``
  const code = '<pre><code class="language-js">&lt;a /&gt;\n</code></pre>'
  expect((await checked(docusaurus, body)).article?.html).toContain(`<p>More.</p>\n${code}`)
  if (!/Link|script/.test(element))
    expect((await checked(vitepress, body)).article?.html).toContain(`<p>More.</p>\n${code}`)
})

test('MDX has no indented code: what stands far in is what it says', async () => {
  const tabs = `<Tabs>
    <TabItem label="Apple">

        Words *of it*.

        - one
          - two

            more

        \`\`\`js
        if (a) {
            b()
        }
        \`\`\`

    </TabItem>
</Tabs>

    <MembersOnly>Hidden</MembersOnly>

    {/* Hidden */}

<pre>{\`a {
    b
}\`}</pre>`
  const html = (await checked(docusaurus, tabs)).article?.html ?? ''
  expect(html).toContain(
    '<p><strong>Apple</strong></p>\n<p>Words <em>of it</em>.</p>\n<ul>\n<li>one\n<ul>\n<li>\n<p>two</p>\n<p>more</p>\n</li>\n</ul>\n</li>\n</ul>',
  )
  expect(html).toContain('<pre><code class="language-js">if (a) {\n    b()\n}\n</code></pre>')
  expect(html).toContain('<pre>a {\n    b\n}</pre>')
  expect(html).not.toContain('Hidden')
})

test('`pathname://` in code is code', async () => {
  const file = await checked(docusaurus, '`[x](pathname:///about)` and `<Link to="/a">`')
  expect(file.article?.html).toBe(
    '<p><code>[x](pathname:///about)</code> and <code>&lt;Link to="/a"&gt;</code></p>',
  )
})

test('what components say in an attribute is read', async () => {
  const tabs = '<Tabs>\n<TabItem value="a" label="Apple">\n\nWords.\n\n</TabItem>\n</Tabs>'
  expect((await checked(docusaurus, tabs)).article?.html).toContain(
    '<p><strong>Apple</strong></p>\n<p>Words.</p>',
  )
  const box = '<Admonition type="tip" title="Apple">\n\nWords.\n\n</Admonition>'
  expect((await checked(docusaurus, box)).article?.html).toContain(
    '<p><strong>Apple</strong></p>\n<p>Words.</p>',
  )
  expect((await checked(vitepress, 'New <Badge type="tip" text="beta" /> words')).article?.html).toContain(
    '<p>New beta words</p>',
  )
})

test('VitePress: the base that the sitemap’s host is written with counts once', async () => {
  const { article } = await checked(vitepress, '[x](/about) ![A](/img/a.png)')
  const { url, html } = article!
  expect(typeof url === 'string' ? url : url.value).toBe('https://news.example.org/sub/posts/a')
  expect(html).toContain('<a href="https://news.example.org/sub/about">x</a>')
  expect(html).toContain('src="https://news.example.org/sub/media/public/img/a.png"')
})

test('VitePress: what is taken in from other files is told, and paths in calls are paths', async () => {
  const { article, diagnostics } = await checked(
    vitepress,
    '<img :src="withBase(\'/img/a.png\')" alt="A">\n\n<<< @/snippets/x.js\n\n<!--@include: ./part.md-->\n\n```\n<<< @/y.js\n```',
  )
  expect(article?.html).toContain('src="https://news.example.org/sub/media/public/img/a.png"')
  expect(article?.html).not.toContain('x.js')
  expect(article?.html).toContain('y.js')
  expect(
    diagnostics.filter(({ code }) => code === 'markup-unresolved').map(({ message }) => message),
  ).toEqual([
    expect.stringContaining('<<< @/snippets/x.js'),
    expect.stringContaining('<!--@include: ./part.md-->'),
  ])
})

test.each([
  'js title="a.js" {1}',
  "js {1} title='a.js'",
  'js {title="a.js"}',
  'js:title=a.js',
  'js [a.js]',
  'js:line-numbers {1} [a.js]',
])('the title of a block of code is read with it: %s', async info => {
  const { article } = await checked(vitepress, `\`\`\`${info}\none\n\`\`\``)
  expect(article?.html).toMatch(
    /^<figure>\n<figcaption>a\.js<\/figcaption>\n<pre><code class="language-js">one\n<\/code><\/pre>\n<\/figure>$/,
  )
})

test('Eleventy: an address that is written with the path prefix has it once', async () => {
  using folder = temporaryFolder({
    'eleventy.config.js':
      'export default function (config) {\n  return { dir: { input: "src" }, pathPrefix: "/sub/" }\n}\n',
    'src/_data/metadata.json': '{"title": "T", "url": "https://news.example.org/sub/"}',
    'src/posts/a.md': '---\ntitle: A\ndate: 2026-01-02\n---\n\nWords.\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const { article } = JSON.parse(out).files.find(({ article }: { article: unknown }) => article)
  expect(JSON.stringify(article.url)).toContain('https://news.example.org/sub/posts/a/')
})

const astro = {
  'astro.config.mjs': "export default { site: 'https://news.example.org' }\n",
  'src/pages/blog/[...slug].astro': '---\n---\n',
}
async function ofAstro(body: string): Promise<Checked> {
  using folder = temporaryFolder({
    ...astro,
    'src/content/blog/a.mdx': `---\ntitle: A\npubDate: 2026-01-02\n---\n\n${body}\n`,
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out).files.find(({ path }: { path: string }) => path.endsWith('a.mdx'))
}

test.each(['Button', 'Select', 'Code', 'Title', 'Embed', 'Script', 'Svg', 'Textarea'])(
  'MDX: what stands behind <%s /> is read',
  async name => {
    const { article, diagnostics } = await ofAstro(`Before.\n\n<${name} kind="x" />\n\nBehind it.`)
    expect(article?.html.replace(/\n+/g, '')).toBe('<p>Before.</p><p>Behind it.</p>')
    expect(diagnostics.map(({ code }) => code)).toContain('markup-unresolved')
  },
)

test('MDX: words between the tags of a component stay, whatever it is called', async () => {
  expect((await ofAstro('One <Button href="/x">Click here</Button> two.')).article?.html).toBe(
    '<p>One Click here two.</p>',
  )
})

test('MDX: fragments and components of components show nothing themselves', async () => {
  const { article } = await ofAstro(
    '<>\n*One*\n</>\n\nTwo <Foo.Bar x="y" /> and `<>`.\n\n<Link to="/b">\n  *Three*\n</Link>',
  )
  expect(article?.html.replace(/\n+/g, '')).toBe(
    '<p><em>One</em></p><p>Two  and <code>&lt;&gt;</code>.</p><a href="https://news.example.org/b"><p><em>Three</em></p></a>',
  )
})

test('MDX: what stands between tags is Markdown without blank lines, too', async () => {
  const { article } = await ofAstro(
    '<Steps>\n1. *One*\n2. Two\n</Steps>\n\n<div class="x">\n**Bold**\n</div>',
  )
  expect(article?.html.replace(/\n+/g, '')).toBe(
    '<ol><li><em>One</em></li><li>Two</li></ol><div><p><strong>Bold</strong></p></div>',
  )
  const code = await ofAstro('```html\n<div>\n**x**\n</div>\n```')
  expect(code.article?.html).toContain('&lt;div&gt;\n**x**\n&lt;/div&gt;')
})

test.each([
  [
    '<LinkCard title="A guide" description="For all" href="https://g.example/" />',
    '<a href="https://g.example/">A guide</a>: For all',
  ],
  ['Is <Badge text="new" />.', '<p>Is new.</p>'],
  ['<Card title="A card">Words.</Card>', '<strong>A card</strong>'],
  [
    '<Bluesky id="https://bsky.app/profile/a.example/post/1" />',
    'href="https://bsky.app/profile/a.example/post/1"',
  ],
  ['<Spotify spotifyLink="track/abc" />', 'href="https://open.spotify.com/track/abc"'],
])('MDX: what a component shows is read: %s', async (body, html) => {
  expect((await ofAstro(body)).article?.html).toContain(html)
})

test('Zola: a link to a section, a picture by its path, names of emoji and of files of code', async () => {
  using folder = temporaryFolder({
    'config.toml': 'base_url = "https://news.example.org/sub"\n[markdown]\nrender_emoji = true\n',
    'content/blog/_index.md': '+++\ntitle = "B"\n+++\n',
    'content/blog/a/index.md':
      '+++\ntitle = "A"\ndate = 2026-01-02\n+++\n[s](@/blog/_index.md#x) :tada:\n\n{{ image(path="in.png", alt="A") }}\n\n```rust,linenos,name=main.rs\nfn\n```\n',
    'content/blog/a/in.png': 'x',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const { article } = JSON.parse(out).files.find(({ article }: { article: unknown }) => article)
  expect(article.html).toContain('<a href="https://news.example.org/sub/blog/#x">s</a> 🎉')
  expect(article.html).toContain('src="https://news.example.org/sub/media/content/blog/a/in.png"')
  expect(article.html).toContain('<figcaption>main.rs</figcaption>\n<pre><code class="language-rust">')
})

test('VitePress: nothing is lost behind a component that is closed in itself', async () => {
  const { article, diagnostics } = await checked(
    vitepress,
    'One.\n\n<Button />\n\nTwo <Icon name="x"/> three.\n\n<Button>Click</Button> four.',
  )
  expect(article?.html.replace(/\n+/g, '')).toBe('<p>One.</p><p>Two  three.</p><p>Click four.</p>')
  expect(diagnostics.map(({ code }) => code)).toContain('markup-unresolved')
})

async function ofMkDocs(body: string): Promise<Checked> {
  using folder = temporaryFolder({
    'mkdocs.yml':
      'site_name: T\nsite_url: https://news.example.org/\ntheme: {name: material}\nplugins: [blog]\nmarkdown_extensions: [attr_list, pymdownx.tabbed, pymdownx.emoji]\n',
    'docs/blog/posts/a.md': `---\ndate: 2026-01-02\n---\n# A\n\n${body}\n`,
    'docs/blog/posts/i.png': 'x',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out).files.find(({ article }: { article: unknown }) => article)
}

test('Material for MkDocs: tabs, lists of attributes, emoji and snippets', async () => {
  const { article, diagnostics } = await ofMkDocs(
    '![A](i.png){ width="300" loading=lazy } :smile:\n\n=== "Tab *A*"\n\n    ``` py\n    a = 1\n    ```\n\n=== "Tab B"\n\n    Text of *B*.\n\nBehind.\n{ .annotate }\n\n--8<-- "part.md"',
  )
  expect(article?.html.replace(/\n+/g, '')).toBe(
    '<p><img src="https://news.example.org/media/docs/blog/posts/i.png" alt="A"> 😄</p><p><strong>Tab <em>A</em></strong></p><pre><code class="language-py">a = 1</code></pre><p><strong>Tab B</strong></p><p>Text of <em>B</em>.</p><p>Behind.</p>',
  )
  expect(diagnostics.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('--8<-- "part.md"'),
  )
})

test('a picture for dark pages beside the one for light ones is not shown', async () => {
  const { article } = await ofMkDocs('![A](i.png#only-light)\n![A](i.png#only-dark)\n\n![B](i.png#only-dark)')
  expect(article?.html.match(/<img/g)).toHaveLength(2)
})

test('Obsidian: sizes are no descriptions, and pages that pictures name are links', async () => {
  using folder = temporaryFolder({
    '.obsidian/app.json': '{}',
    'a.md':
      '---\ndate: 2026-01-02\n---\n![[x.png|A pier|200x100]] ![A pier|100](x.png) a|100\n\n![](https://www.youtube.com/watch?v=AbCdEfGhIjK)\n',
    'x.png': 'x',
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const { article } = JSON.parse(out).files.find(({ article }: { article: unknown }) => article)
  expect(article.html.match(/alt="[^"]*"/g)).toEqual(['alt="A pier"', 'alt="A pier"'])
  expect(article.html).toContain('a|100')
  expect(article.html).toContain(
    '<p><a href="https://www.youtube.com/watch?v=AbCdEfGhIjK">Watch: youtube.com/watch?v=AbCdEfGhIjK (YouTube)</a></p>',
  )
})
