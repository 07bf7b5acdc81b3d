import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/parse/markdown.ts'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

const text = 'Term\n: what HTML means\n\n*[HTML]: Hypertext\n\n<div markdown="1">\n*inside*\n</div>\n'
const definitions = /<dl>\s*<dt>Term<\/dt>\s*<dd>what/
const abbreviations = /<abbr title="Hypertext">HTML<\/abbr>/
const htmlBlocks = /<div>\s*<p><em>inside<\/em><\/p>\s*<\/div>/
const all = [definitions, abbreviations, htmlBlocks]
const post = (head: string) => `---\n${head}\n---\n\n${text}`
const dated = post('title: A\ndate: 2026-01-02')

test.each<[string, Record<string, string>, RegExp[]]>([
  ['Jekyll', { '_config.yml': 'title: T\n', '_posts/2026-01-02-a.md': post('title: A') }, all],
  [
    'Jekyll with another Markdown',
    { '_config.yml': 'title: T\nmarkdown: CommonMark\n', '_posts/2026-01-02-a.md': post('title: A') },
    [],
  ],
  [
    'Pelican',
    { 'pelicanconf.py': "SITENAME = 'T'\n", 'content/a.md': `Title: A\nDate: 2026-01-02\n\n${text}` },
    all,
  ],
  ['Hugo', { 'hugo.toml': 'title = "T"\n', 'content/posts/a.md': dated }, [definitions]],
  [
    'Hugo with definition lists switched off',
    {
      'hugo.toml': 'title = "T"\n[markup.goldmark.extensions]\ndefinitionList = false\n',
      'content/posts/a.md': dated,
    },
    [],
  ],
  [
    'Material for MkDocs',
    {
      'mkdocs.yml':
        'site_name: T\nplugins: [blog]\nmarkdown_extensions:\n  - abbr\n  - toc: {permalink: true}\n  - markdown.extensions.md_in_html\n',
      'docs/blog/posts/a.md': dated,
    },
    [abbreviations, htmlBlocks],
  ],
  [
    'Material for MkDocs with extra',
    {
      'mkdocs.yml': 'site_name: T\nplugins: [blog]\nmarkdown_extensions: [extra]\n',
      'docs/blog/posts/a.md': dated,
    },
    all,
  ],
  ['no system', { 'a.md': dated }, []],
])('of %s its own Markdown is read', async (_, files, expected) => {
  using folder = temporaryFolder({ ...files, 'broadsheet.toml': 'timezone = "UTC"\n' })
  const { out } = await broadsheet('check', folder.path, '--json')
  const articles = JSON.parse(out).files.flatMap(({ article }: { article: unknown }) => article ?? [])
  expect(articles).toHaveLength(1)
  const { html } = articles[0]
  expect(all.filter(pattern => pattern.test(html))).toEqual(expected)
})

test.each<[string, Record<string, string>, string]>([
  ['VitePress', { '.vitepress/config.js': 'export default { title: "T" }\n', 'posts/a.md': '' }, '🎉'],
  [
    'Docusaurus',
    { 'docusaurus.config.js': 'export default { title: "T" }\n', 'blog/2026-01-02-a.md': '' },
    '🎉',
  ],
  ['Hugo', { 'hugo.toml': 'title = "T"\nenableEmoji = true\n', 'content/posts/a.md': '' }, '🎉'],
  ['Hugo by default', { 'hugo.toml': 'title = "T"\n', 'content/posts/a.md': '' }, ':tada:'],
  ['no system', { 'a.md': '' }, ':tada:'],
])('names of pictures are read where the system’s Markdown has them: %s', async (_, files, shown) => {
  const words =
    '---\ntitle: A\ndate: 2026-01-02\n---\n\nOne :tada:, `:tada:`, :none-such:, 10:100:20 and [a](b:tada:c).\n'
  using folder = temporaryFolder({
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text || words])),
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [article] = JSON.parse(out).files.flatMap(({ article }: { article: unknown }) => article ?? [])
  expect(article.html).toContain(`One ${shown}, <code>:tada:</code>, :none-such:, 10:100:20 and `)
})

test('marks of how code is shown are no code in VitePress and Docusaurus', () => {
  const code =
    '```js{1,3}:line-numbers\n// highlight-next-line\na\n  <!-- highlight-start -->\nb // [!code focus]\n# [!code ++]\nc["[!code x]"]\nhighlight-end of it\n```\n'
  const { html } = renderMarkdown(code, 'A', ['code-marks'])
  expect(html).toBe(
    '<pre><code class="language-js">a\nb\nc[&quot;[!code x]&quot;]\nhighlight-end of it\n</code></pre>\n',
  )
  expect(renderMarkdown(code, 'A', []).html).toContain('highlight-next-line')
})

test.each([
  ['.vitepress/config.js', 'posts/a.md'],
  ['docusaurus.config.js', 'blog/2026-01-02-a.md'],
])('%s: so does its folder', async (settings, path) => {
  using folder = temporaryFolder({
    [settings]: 'export default { title: "T" }\n',
    [path]:
      '---\ntitle: A\ndate: 2026-01-02\n---\n\n```js\n// highlight-next-line\na // [!code focus]\n```\n',
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [article] = JSON.parse(out).files.flatMap(({ article }: { article: unknown }) => article ?? [])
  expect(article.html).toContain('<code class="language-js">a\n</code>')
})

/** What stands in an article, and of its marked words those that Pelican 4.8 with Python-Markdown 3.4, and Hugo 0.111, show. */
test.each<[string, 'Pelican' | 'Hugo', string, string]>([
  ['a paragraph with an empty line in it', 'Pelican', '<p hidden>N1\n\nN2</p>\n\nY1', 'Y1'],
  ['a block with empty lines in it', 'Pelican', '<div hidden>\n\nN1\n\n- N2\n\n</div>\n\nY1', 'Y1'],
  ['a note in a block', 'Pelican', '<section hidden>\n\nN1[^a]\n\n[^a]: N2\n\n</section>\n\nY1', 'Y1'],
  ['far behind the mark of an item', 'Pelican', '1.     <div hidden>N1</div>\n\nY1', 'Y1'],
  ['a picture', 'Pelican', '![N1](a.png){hidden} Y1 {hidden.txt}', 'Y1'],
  ['a heading alone', 'Pelican', 'Y1\n\n# N1 {: hidden=hidden }\nY2', 'Y1 Y2'],
  ['a heading', 'Hugo', 'Y1\n## N1 {hidden=true}\nY2', 'Y1 Y2'],
  ['one by its style', 'Hugo', 'Y1\n\n- ## N1 {style="display:none"}\n\nY2', 'Y1 Y2'],
  ['words in curly brackets', 'Hugo', 'Y1 {hidden=true} Y2', 'Y1 Y2'],
])('what Markdown hides is hidden: %s (%s)', async (_, system, text, shown) => {
  const article = `title: A\ndate: 2026-01-02\n`
  using folder = temporaryFolder(
    system === 'Pelican'
      ? { 'pelicanconf.py': "SITENAME = 'T'\n", 'content/a.md': `${article}\n${text}\n` }
      : { 'hugo.toml': 'title = "T"\n', 'content/posts/a.md': `---\n${article}---\n\n${text}\n` },
  )
  const { out } = await broadsheet('check', folder.path, '--json')
  const [found] = JSON.parse(out).files.flatMap(({ article }: { article: unknown }) => article ?? [])
  expect((found.html.match(/\b[YN]\d\b/g) ?? []).join(' ')).toBe(shown)
})

test('the id of a heading does not say what is hidden in it', () => {
  const { html } = renderMarkdown('## One <em hidden>secret</em> <b>two</b>\n', 'A')
  expect(html).toContain('<h2 id="one-two">')
})

const raw = `---
title: A
date: 2026-01-02
---

First shown1.

<div>hidden1</div>

<div>

shown2 stands between

</div>

- item shown3
- <div>hidden2
  hidden3</div>

> <section>hidden4
> hidden5

1. one
   <p>hidden6</p>

Words <b>shown4</b> of a paragraph.

<!--more-->

\`\`\`html
<div>shown5</div>
\`\`\`

    <div>shown6</div>

<table><tr><td>hidden7</td></tr></table>
hidden8 belongs to it.

{{< figure src="/p.png" caption="shown7" >}}

{{< raw >}}
<div>
<script src="x"></script>

between9
</div>
{{< /raw >}}

1. one
2. <div>hidden9</div>

   shown10
3. three

<div>
- hidden10
</div>

shown9

<https://example.com/shown8>
`
const hiddenWords = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(number => `hidden${number}`)
const shownWords = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(number => `shown${number}`)

test.each<[string, string, string[]]>([
  ['Hugo, which leaves blocks of HTML out', '', []],
  ['Hugo that is told that HTML is safe', '[markup.goldmark.renderer]\nunsafe = true\n', hiddenWords],
  ['Hugo with its renderer of old', '[markup]\ndefaultMarkdownHandler = "blackfriday"\n', hiddenWords],
])('%s', async (_, settings, hidden) => {
  using folder = temporaryFolder({
    'hugo.toml': `title = "T"\n${settings}`,
    'content/posts/a.md': raw,
    'layouts/shortcodes/raw.html': '{{ .Inner }}',
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [{ article, diagnostics }] = JSON.parse(out).files
  const found = (words: string[]) => words.filter(word => article.html.includes(word))
  expect([found(shownWords), found(hiddenWords)]).toEqual([shownWords, hidden])
  expect(article.html).toContain('between9')
  expect(article.html).toMatch(/<p>shown10<\/p>\s*<\/li>\s*<li>/)
  const lines = diagnostics.flatMap(({ code, line }: { code: string; line: number }) =>
    code === 'html-hidden' ? [line] : [],
  )
  expect(lines).toEqual(hidden.length > 0 ? [] : [8, 10, 14, 17, 20, 24, 36, 50])
})

const notes = `Text[^1] and more[^two].

[^1]: <div>hidden1</div>

[^two]: Words <b>shown1</b> of a note.

    <section>
    hidden2
    </section>

    shown2

Term
: <div>hidden3</div>

Other
: shown3

    <p>hidden4</p>

    shown4

{{% box %}}hidden5{{% /box %}}

{{< box >}}shown5{{< /box >}}

Before {{% word %}} after.

{{% aside %}}
`

test.each<[string, string, string[]]>([
  ['', 'Hugo leaves blocks of HTML out of notes, definitions and what shortcodes write as Markdown', []],
  [
    '[markup.goldmark.renderer]\nunsafe = true\n',
    'Hugo that is told that HTML is safe keeps them',
    ['hidden1', 'hidden2', 'hidden3', 'hidden4', 'hidden5'],
  ],
])('%s%s', async (settings, _, hidden) => {
  using folder = temporaryFolder({
    'hugo.toml': `title = "T"\n${settings}`,
    'content/posts/a.md': `---\ntitle: A\ndate: 2026-01-02\n---\n${notes}`,
    'layouts/shortcodes/box.html': '<div class="box">{{ .Inner }}</div>\n',
    'layouts/shortcodes/word.html': '<b>shown6</b>\n',
    'layouts/shortcodes/aside.html': '<aside>\n\nshown7 **strong**\n\n</aside>\n',
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [{ article, diagnostics }] = JSON.parse(out).files
  const words = (name: string) => [1, 2, 3, 4, 5, 6, 7].map(number => `${name}${number}`)
  const found = (all: string[]) => all.filter(word => article.html.includes(word))
  expect([found(words('shown')), found(words('hidden'))]).toEqual([words('shown'), hidden])
  const told = diagnostics.map(({ message }: { message: string }) => message).join('\n')
  for (const number of hidden.length > 0 ? [] : [1, 3, 4]) expect(told).toContain(`hidden${number}`)
  expect(told.includes('hidden5')).toBe(hidden.length === 0)
})

test('Pelican’s summaries are Markdown: their words are the summary', async () => {
  const summary = 'A *fine* day, [see]({filename}b.md) & "more" <b>so</b>'
  using folder = temporaryFolder({
    'pelicanconf.py': "SITENAME = 'T'\n",
    'content/b.md': 'Title: B\nDate: 2026-01-01\nSummary: <span hidden>Hidden</span>\n\nOther words.\n',
    'content/a.md': `Title: A\nDate: 2026-01-02\nSummary: ${summary}\n\nWords.\n`,
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [file, hidden] = JSON.parse(out).files
  expect(JSON.stringify(hidden.article.summary)).toContain('Other words.')
  expect(JSON.stringify(file.article.summary)).toContain('A fine day, see & \\"more\\" so')
})
