import { expect, test } from 'vitest'
import { type MarkdownExtra, markdownExtras } from '../../src/model/preset.ts'
import { renderMarkdown } from '../../src/parse/markdown.ts'

const html = (text: string, extras: readonly MarkdownExtra[] = markdownExtras) =>
  renderMarkdown(text, 'A title', extras).html.trim()

// What is expected is what kramdown 2.4 and goldmark (Hugo 0.111) make of it, white space left out.
test.each([
  [
    'one term, two definitions',
    'Term\n: *one*\n: two\n',
    '<dl>\n<dt>Term</dt>\n<dd><em>one</em></dd>\n<dd>two</dd>\n</dl>',
  ],
  ['two terms', 'A\nB\n: both\n', '<dl>\n<dt>A</dt>\n<dt>B</dt>\n<dd>both</dd>\n</dl>'],
  ['lines that go on', 'A\n: one\n  more\nlazy\n', '<dl>\n<dt>A</dt>\n<dd>one\nmore\nlazy</dd>\n</dl>'],
  ['a blank line above', 'A\n\n: one\n', '<dl>\n<dt>A</dt>\n<dd>\n<p>one</p>\n</dd>\n</dl>'],
  [
    'paragraphs below',
    'A\n:   one\n\n    two\n\n    - three\n\nNo more.\n',
    '<dl>\n<dt>A</dt>\n<dd>one\n<p>two</p>\n<ul>\n<li>three</li>\n</ul>\n</dd>\n</dl>\n<p>No more.</p>',
  ],
  [
    'entries go on behind a blank line',
    'A\n: one\n\nB\n: two\n',
    '<dl>\n<dt>A</dt>\n<dd>one</dd>\n<dt>B</dt>\n<dd>two</dd>\n</dl>',
  ],
  [
    'in a quote',
    '> A\n> : one\n\nNo: that is a colon.\n',
    '<blockquote>\n<dl>\n<dt>A</dt>\n<dd>one</dd>\n</dl>\n</blockquote>\n<p>No: that is a colon.</p>',
  ],
  ['a heading is no term', '# A b\n: one\n', '<h1 id="a-b">A b</h1>\n<p>: one</p>'],
  ['in code', '```\nA\n: one\n```\n', '<pre><code>A\n: one\n</code></pre>'],
])('definition lists: %s', (_, text, expected) => {
  expect(html(text)).toBe(expected)
})

test('abbreviations are explained wherever they stand, and their lines are not shown', () => {
  const text =
    'HTML, `HTML`, *W3C*, not XHTML.\n\n*[HTML]: Hyper "Text"\n*[W3C]: World Wide Web Consortium\n*[XY]:\n'
  expect(html(text)).toBe(
    '<p><abbr title="Hyper &quot;Text&quot;">HTML</abbr>, <code>HTML</code>, <em><abbr title="World Wide Web Consortium">W3C</abbr></em>, not XHTML.</p>',
  )
  expect(html('Words of it.\n*[it]: a thing\n')).toBe('<p>Words of <abbr title="a thing">it</abbr>.</p>')
})

test.each([
  [
    'blocks',
    '<div markdown="1" class="note">\n**bold**\n\n- one\n</div>\n',
    '<div class="note">\n<p><strong>bold</strong></p>\n<ul>\n<li>one</li>\n</ul>\n</div>',
  ],
  ['in one line', '<div markdown="1">*a*</div> behind\n', '<div>\n<p><em>a</em></p>\n</div>\n<p>behind</p>'],
  ['words alone', '<p markdown=1>a *b*</p>\n', '<p>\na <em>b</em></p>'],
  ['words by wish', "<div markdown='span'>\n*a*\n</div>\n", '<div>\n<em>a</em></div>'],
  [
    'one in another, indented',
    '<section markdown="block">\n  <div markdown="1">\n    *a*\n  </div>\n  *b*\n</section>\n',
    '<section>\n<div>\n<p><em>a</em></p>\n</div>\n<p><em>b</em></p>\n</section>',
  ],
  [
    'below the heading of what is folded',
    '<details markdown="1">\n<summary>a</summary>\n*b*\n</details>\n',
    '<details>\n<summary>a</summary>\n<p><em>b</em></p>\n</details>',
  ],
  [
    'with code that holds its end',
    '<div markdown="1">\n\n```\n</div>\n```\n\n*a* `</div>`\n</div>\n',
    '<div>\n<pre><code>&lt;/div&gt;\n</code></pre>\n<p><em>a</em> <code>&lt;/div&gt;</code></p>\n</div>',
  ],
  [
    'far in',
    '<section markdown="1">\n\n    <div>\n\n    </div>\n\n</section>\n\n*a*\n',
    '<section>\n<div>\n</div>\n</section>\n<p><em>a</em></p>',
  ],
  ['switched off', '<div markdown="0">\n*a*\n</div>\n', '<div markdown="0">\n*a*\n</div>'],
  ['never closed', '<div markdown="1">\n*a*\n', '<div markdown="1">\n*a*'],
])('Markdown in HTML: %s', (_, text, expected) => {
  expect(html(text)).toBe(expected)
})

test('elsewhere the same signs are words', () => {
  const text = 'Term\n: HTML\n\n*[HTML]: words\n\n<div markdown="1">\n*a*\n</div>\n'
  expect(html(text, [])).toBe('<p>Term\n: HTML</p>\n<p>*[HTML]: words</p>\n<div markdown="1">\n*a*\n</div>')
})

test('no text of such signs takes long', () => {
  const many = 20_000
  const texts = [
    `${'a\n'.repeat(many)}: b`,
    `a\n${': b\n\n'.repeat(many)}`,
    'a\n\n'.repeat(many),
    '<div markdown="1">\n\n'.repeat(many),
    `${'<div markdown="1">\n'.repeat(many)}${'</div>\n'.repeat(many)}`,
    `${Array.from({ length: many }, (_, index) => `*[A${index}]: b\n`).join('')}\n${'A1 A2 '.repeat(many)}`,
  ]
  const start = performance.now()
  for (const text of texts) html(text)
  expect(performance.now() - start).toBeLessThan(10_000)
})
