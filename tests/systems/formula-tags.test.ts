import { expect, test } from 'vitest'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

const post = (body: string) => `---\ntitle: A\ndate: 2026-01-02 10:00:00\n---\n\n${body}\n`

test.each<[string, Record<string, string>, string[]]>([
  [
    'Hugo',
    {
      'hugo.toml': 'title = "T"\n',
      'content/posts/a.md': post(
        'A {{< katex >}}x_{1} * y * z{{< /katex >}} and {{< katex "a_1 * b * c" >}}.\n\n{{< katex display >}}\n\\sum_{i=1}^{n} a_i * b * c\n{{< /katex >}}\n\n{{% math %}}\n$$\na * b * c\n$$\n{{% /math %}}',
      ),
    },
    [
      '<p>A \\(x_{1} * y * z\\) and \\(a_1 * b * c\\).</p>',
      '<p>$$\n\\sum_{i=1}^{n} a_i * b * c\n$$</p>',
      '<p>$$\na * b * c\n$$</p>',
    ],
  ],
  [
    'Jekyll',
    {
      '_config.yml': 'title: T\n',
      '_posts/2026-01-02-a.md': post(
        'A {% katex %}x * y * z < 1{% endkatex %} and {% katexmm %}$a_1 * b$ is *so*{% endkatexmm %}.',
      ),
    },
    ['<p>A $x * y * z &lt; 1$ and $a_1 * b$ is <em>so</em>.</p>'],
  ],
  [
    'Hexo',
    {
      '_config.yml': 'title: T\n',
      'source/_posts/a.md': post(
        '{% math %}\n\\begin{aligned}\na_1 * b * c \\\\\nd\n\\end{aligned}\n{% endmath %}',
      ),
    },
    ['<p>$$\n\\begin{aligned}\na_1 * b * c \\\\\nd\n\\end{aligned}\n$$</p>'],
  ],
  [
    'Zola',
    {
      'config.toml': 'base_url = "https://news.example.org"\ntitle = "T"\n',
      'content/a.md':
        '+++\ntitle = "A"\ndate = 2026-01-02\n+++\n\nA {{ katex(body="x_1 * y * z") }}.\n\n{% katex(block=true) %}\na_1 * b * c\n{% end %}\n',
    },
    ['<p>A \\(x_1 * y * z\\).</p>', '<p>$$\na_1 * b * c\n$$</p>'],
  ],
])('formulae in tags of %s arrive letter for letter', async (_, files, expected) => {
  using folder = temporaryFolder({ ...files, 'broadsheet.toml': 'timezone = "UTC"\n' })
  const { out } = await broadsheet('check', folder.path, '--json')
  const [file] = JSON.parse(out).files.filter(({ article }: { article: unknown }) => article)
  expect(file.article.html.split(/\n(?=<p>)/)).toEqual(expected)
  expect(file.diagnostics.map(({ code }: { code: string }) => code)).not.toContain('markup-unresolved')
})

test.each(['A set $\\#A$ of $5\\%$ *each*', 'Widths $a\\,b$ and $c\\;d$'])(
  'what TeX escapes is no escape of Markdown: %s',
  async text => {
    using folder = temporaryFolder({ 'a.md': post(text), 'broadsheet.toml': 'timezone = "UTC"\n' })
    const { out } = await broadsheet('check', folder.path, '--json')
    expect(JSON.parse(out).files[0].article.html).toBe(`<p>${text.replace('*each*', '<em>each</em>')}</p>`)
  },
)
