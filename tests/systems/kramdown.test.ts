import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/parse/markdown.ts'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

/** What stands in a post, and of its marked words those that Jekyll 4.3 with kramdown 2.4 shows. */
const hidden: [string, string, string][] = [
  ['a tag in code', '<div markdown="1" hidden>\n\nN1\n\n    </div>\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  ['words in that code', '<div markdown="1" hidden>\n\n    N1 </div>\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  ['a tag far in', '<div markdown="1" hidden>\nN1\n    </div>\n\nN2', 'Y1'],
  ['never closed but in code', '<div markdown="1" hidden>\n\nN1\n\n    </div>\n\nN2', 'Y1'],
  ['code in fences', '<div markdown="1" hidden>\n\n~~~\n</div>\n~~~\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  ['a fence that nothing ends', '```\n<div hidden>\n\nN1\n</div>\n\nY2', 'Y1 Y2'],
  ['in a list', '<aside hidden markdown="1">\n* N1\n\n    </aside>\n\n* N2\n</aside>\n\nY2', 'Y1 Y2'],
  ['in a quote', '<div hidden markdown="1">\n\n> N1 </div>\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  ['in words', '<div hidden markdown="1">\n\nN1 </div> N2\n\nN3\n\n</div>\n\nY2', 'Y1 Y2'],
  ['in a title', '<div hidden markdown="1">\n\n[N1](a "</div>")\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  ['in a remark', '<div hidden markdown="1">\n\n<!-- </div> -->\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  ['of another', '<div hidden markdown="1">\n\nN1</span></p>\n\nN2\n\n</div>\n\nY2', 'Y1 Y2'],
  [
    'one in another',
    '<div markdown="1" hidden>\n<div markdown="1">N1\n\n    </div>\n\nN2\n\n</div>\n\nN3\n\n</div>\n\nY2',
    'Y1 Y2',
  ],
  ['behind words of its line', '<div hidden markdown="1">N1</div> N2\n\nN3', 'Y1'],
  ['at the end of its line', '<div hidden markdown="1">\nN1\n</div> Y2\nY3', 'Y1 Y2 Y3'],
  ['several in a line', '<div>Y2</div><div hidden>\n\nN1\n</div>', 'Y1 Y2'],
  ['an element of words', '<p markdown="1" hidden>N1\n\n<div>N2</div> N3\n\nN4</p>\n\nY2', 'Y1 Y2'],
  ['no Markdown', '<p hidden>N1\n\nN2</p>\n\nY2', 'Y1 Y2'],
  ['no Markdown, code', '<div hidden>\n\n    </div>\n\nY2', 'Y1 Y2'],
  ['what it holds is not closed', '<div hidden><p>N1\n\nN2</div>\n\nN3', 'Y1'],
  [
    'a cell that holds Markdown',
    '<table hidden><tr><td markdown="1">\n\nN1\n\n    </td></tr></table>\n\nN2\n\n</td></tr></table>\n\nY2',
    'Y1 Y2',
  ],
  ['in an item of a list', '- <div hidden>\nN1\n\nY2', 'Y1 Y2'],
  ['in an item, not closed', '- <div markdown="1" hidden>N1\n<section>\nY2\n\nY3\n</section>', 'Y1 Y2 Y3'],
  ['in a quote, not closed', '> <div hidden>\n  N1\n\nY2', 'Y1 Y2'],
  ['in a quote, not closed, and a list', '> <div hidden>\n> N1\n- N2\n\nY2', 'Y1 Y2'],
  ['in a quote, not closed, and a fence', '> <div hidden>\n> N1\n```\nN2\n```\n\nY2', 'Y1 Y2'],
  ['in a quote, not closed, and a definition', '> <ul hidden><li>N1</ul>\nN2\n: N3\n\nY2', 'Y1 Y2'],
  ['a quote that a tag ends', '> <div hidden>\n> N1\n<div>\nY2\n</div>', 'Y1 Y2'],
  ['a remark in a definition', 'Y2\n: Y3\n\n    {::comment}\n    N1\n    {:/comment}\n\nY4', 'Y1 Y2 Y3 Y4'],
  ['a remark in a note', 'Y2[^a]\n\n[^a]: Y3\n\n    {::comment}\n    N1\n    {:/comment}\n', 'Y1 Y2 Y3'],
  ['an item in a definition', 'Y2\n: Y3\n\n    - Y4\n    - {: hidden="1"} N1\n', 'Y1 Y2 Y3 Y4'],
  ['far behind the mark of an item', '- Y2\n-     <div hidden>N1</div>\n\nY3', 'Y1 Y2 Y3'],
  ['above a list of attributes', '<div hidden>\n{: hidden="hidden"}\nN1\n</div>\n\nY2', 'Y1 Y2'],
  ['tags over lines', "<div\n  hidden\n  markdown='1'>\n\nN1\n\n</div>\n\nY2", 'Y1 Y2'],
  ['by the style', '<section markdown="block" style="display: none">\n## N1\n</section>\n\nY2', 'Y1 Y2'],
  ['a remark', '{::comment}\nN1\n\n    {:/comment}\n\nN2\n\n{:/comment}\n\nY2', 'Y1 Y2'],
  ['a remark with words', '{::comment a="b"}\nN1\n{:/comment}\n\nY2', 'Y1 Y2'],
  ['a remark in a line', '{::comment}N1{:/} Y2', 'Y1 Y2'],
  ['a remark that names its end', '{::comment}\n`{:/comment}` N1\n\nN2\n{:/comment}\n\nY2', 'Y1 Y2'],
  ['a remark in a list', '- Y2\n\n    {::comment}\n    N1\n    {:/comment}\n\n- Y3', 'Y1 Y2 Y3'],
  ['emphasis', 'Y2 *N1 **N2** N3*{: hidden="hidden"} Y3', 'Y1 Y2 Y3'],
  ['emphasis in a line', 'Y2 **Y3** x **N1 *N2* N3**{: style="display:none"} Y4', 'Y1 Y2 Y3 Y4'],
  ['links', 'Y2 [N1 [N2]](a(b)){: hidden="hidden"} ![N3](a.png){: hidden="hidden"} Y3', 'Y1 Y2 Y3'],
  ['code', 'Y2 `Y3` ``N1 ` N2``{: hidden="hidden"} Y4', 'Y1 Y2 Y3 Y4'],
  ['words in HTML', 'Y2 <span>N1</span>{: hidden="hidden"} Y3', 'Y1 Y2 Y3'],
  ['an item', '* Y2\n* {: hidden="hidden"} N1\n  N2\n\n  * N3\n\n* Y3\n\nY4', 'Y1 Y2 Y3 Y4'],
  ['an item and lines that go on', '* {: hidden="hidden"} N1\nN2\n\nY2', 'Y1 Y2'],
  ['for another form', '{::nomarkdown type="latex"}\nN1\n{:/}\n\nY2', 'Y1 Y2'],
]

test('of HTML in kramdown that is shown which Jekyll shows', async () => {
  const posts = hidden.map(([, text], index) => [`_posts/2026-01-02-p${index}.md`, post(text)])
  using folder = temporaryFolder({ '_config.yml': 'title: T\n', ...Object.fromEntries(posts) })
  const { out } = await broadsheet('check', folder.path, '--json')
  const files: { path: string; article?: { html: string } }[] = JSON.parse(out).files
  const shown = hidden.map(([name], index) => {
    const html = files.find(({ path }) => path.endsWith(`-p${index}.md`))?.article?.html ?? ''
    return [name, (html.match(/\b[YN]\d\b/g) ?? []).sort().join(' ')]
  })
  expect(shown).toEqual(hidden.map(([name, , words]) => [name, words]))
})

const post = (text: string) => `---\ntitle: A\n---\n\nY1\n\n${text}\n`

const html = (text: string) =>
  renderMarkdown(text, 'A title', ['definitions', 'abbreviations', 'kramdown-html']).html.trim()

test.each([
  [
    'blocks',
    '<div markdown="1">\n**a**\n\n- b\n</div>',
    '<div>\n<p><strong>a</strong></p>\n<ul>\n<li>b</li>\n</ul>\n</div>',
  ],
  ['no Markdown unless it says so', '<div>\n\n*a*\n\n</div>', '<div>\n\n*a*\n\n</div>'],
  [
    'its content may be Markdown all the same',
    '<ul><li markdown="1">\n*a*\n</li></ul>',
    '<ul>\n<li>\n<p><em>a</em></p>\n</li>\n</ul>',
  ],
  ['words', '<p markdown="1">a *b*</p>', '<p>\na <em>b</em></p>'],
  ['an empty element', '<div/>\n*a*', '<div></div>\n<p><em>a</em></p>'],
  ['a tag that closes nothing', '*a*\n</div>\nb', '<p><em>a</em>\n&lt;/div&gt;\nb</p>'],
  ['a block in words', 'a <div class="x">b</div>', '<p>a <span class="x">b</span></p>'],
  ['what is not closed ends with the words', 'a <b>c\n\nd', '<p>a <b>c</b></p>\n<p>d</p>'],
])('HTML in kramdown: %s', (_, text, expected) => {
  expect(html(text)).toBe(expected)
})

test.each([
  ['no head', '| a | b |\n| c | d |', 'tbody a|b / c|d'],
  ['no pipes around', 'a | b\nc | d', 'tbody a|b / c|d'],
  ['a head', '| a | b |\n|---|---|\n| c |', 'thead a|b tbody c|'],
  ['dashes above all', '|---|\n| a |', 'tbody a'],
  ['parts and a foot', '| a |\n|---|\n| b |\n|---|\n| c |\n|===|\n| d |', 'thead a tbody b tbody c tfoot d'],
  ['pipes that part nothing', '| `a|b` | c \\| d | $|e|$ |', 'tbody `a|b`|c | d|$|e|$'],
  ['code alone', '`a|b`', null],
  ['no blank line above', 'Words\n| a | b |\n|---|---|\n| c | d |', null],
  ['no blank line below', '| a | b |\n| c | d |\nWords', null],
  ['a head alone', '| a |\n|---|', null],
  ['in a list', '- | a | b |\n  | c | d |', 'tbody a|b / c|d'],
  ['in HTML', '<div markdown="1">\n| a | b |\n\n</div>', 'tbody a|b'],
  ['a heading', 'a | b\n---', null],
])('tables in kramdown: %s', (_, text, expected) => {
  const table = /<table>([\s\S]*)<\/table>/.exec(html(text))?.[1]
  const outline = table
    ?.replace(/<(t(?:head|body|foot))>/g, ' $1 ')
    .replace(/<\/tr>\s*<tr>/g, ' / ')
    .replace(/<\/t[hd]>\s*<t[hd][^>]*>/g, '|')
    .replace(/<\/?code>/g, '`')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  expect(outline ?? null).toBe(expected)
})

test('parse_block_html: all blocks hold Markdown', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'title: T\nkramdown:\n  parse_block_html: true\n',
    '_posts/2026-01-02-a.md': post('<div>\n\n*a*\n\n</div>'),
  })
  const { out } = await broadsheet('get', '/feed.json', folder.path)
  expect(JSON.parse(out).items[0].content_html).toContain('<em>a</em>')
})

test('what a template shows as Markdown is Markdown in its HTML', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'title: T\n',
    '_includes/note.html': '<div class="note">\n  {{ include.text | markdownify }}\n</div>\n',
    '_posts/2026-01-02-a.md': post('{% include note.html text="*a* b" %}'),
  })
  const { out } = await broadsheet('get', '/feed.json', folder.path)
  expect(JSON.parse(out).items[0].content_html).toContain('<em>a</em> b')
})

test('no HTML in kramdown takes long', () => {
  const many = 6_000
  const texts = [
    '<div markdown="1">\n\n',
    '<div>x</div>',
    '- <div>x\n',
    '<b>\n<div>x</div>\n',
    '- ```js\n',
    '- <!-- \n',
    'a\n</div>\n',
    '|a`\n',
    '|<code>',
    '<div a="\n',
    '<table><tr><td markdown="1">\n',
    '<div><p markdown="1">x</p></div>',
  ].map(part => part.repeat(many))
  const start = performance.now()
  for (const text of [...texts, `- a\n\n${'  <!--\n\n'.repeat(many)}`]) html(text)
  expect(performance.now() - start).toBeLessThan(15_000)
})
