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
  expect((await checked(vitepress, 'New <Badge type="tip" text="beta" /> words')).article?.html).toContain(
    '<p>New beta  words</p>',
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
