import { expect, test } from 'vitest'
import { sanitiseBody } from '../../src/html/sanitise.ts'

const read = (html: string) =>
  sanitiseBody(html, {
    resolve: href => ({
      url: URL.parse(href, 'https://news.example/a/')?.href ?? null,
      media: null,
      problem: null,
    }),
  })

test.each([
  [
    'Prism’s bar',
    '<div class="code-toolbar"><pre><code>ls</code></pre><div class="toolbar"><div class="toolbar-item"><span>Shell</span></div></div></div>',
    'ls',
  ],
  [
    'VitePress’s language and numbers',
    '<div class="language-js line-numbers-mode"><span class="lang">js</span><pre><code>a</code></pre><div class="line-numbers-wrapper" aria-hidden="true"><span class="line-number">1</span><br></div></div>',
    'a',
  ],
  [
    'SyntaxHighlighter',
    '<div class="syntaxhighlighter"><table><tr><td class="gutter"><div class="line number1">1</div><div class="line number2">2</div></td><td class="code"><div class="container"><div class="line">one</div><div class="line">two</div></div></td></tr></table></div>',
    'one\ntwo',
  ],
  [
    'Crayon',
    '<div class="crayon-syntax"><div class="crayon-toolbar"><span>JS</span></div><table><tr><td class="crayon-nums"><div>1</div></td><td class="crayon-code"><div class="crayon-pre"><div class="crayon-line">one</div></div></td></tr></table></div>',
    'one',
  ],
  [
    'MediaWiki’s links for whoever edits',
    '<h2><span class="mw-headline">Past</span><span class="mw-editsection">[<a href="/w/?action=edit">edit</a>]</span></h2>',
    'Past',
  ],
  ['Tufte’s switch', '<p>A<input type="checkbox" class="margin-toggle"> B</p>', 'A B'],
  [
    'the button of a file',
    '<div class="wp-block-file"><a href="/e.pdf">Paper</a><a class="wp-block-file__button" href="/e.pdf">Download</a></div>',
    'Paper',
  ],
  ['the way back from a note', '<p>One. <a href="#ref-1">↩︎</a> <a href="#ref-2">↩ 2</a></p>', 'One.'],
])('what themes put beside the words is none of them: %s', (_, html, text) => {
  expect(read(html).text.trim()).toBe(text)
})

test('words of that kind stay', () => {
  expect(
    read('<p><span class="lang">js</span> <a href="#top">↑ Top</a> <span class="toolbar">x</span></p>').text,
  ).toBe('js ↑ Top x')
  expect(read('<p>A<input type="checkbox"></p>').html).toContain('<input')
})

test('all tabs are read, whichever of them a page shows first', () => {
  const tabs =
    '<div role="tabpanel"><p>npm i</p></div><div role="tabpanel" hidden><p>yarn add</p></div><p hidden>Hidden.</p>'
  expect(read(tabs).text).toBe('npm i\n\nyarn add')
})

test('a summary says nothing of notes and labels', () => {
  const { prose } = read(
    '<p><a class="skip-link" href="#main">Skip</a></p><p>One<sup class="fn"><a href="#u">2</a></sup>.</p><ol class="wp-block-footnotes"><li id="u">Note.</li></ol>',
  )
  expect(prose.trim()).toBe('One.')
})

test('a picture of a character is that character, and no picture among words is the article’s', () => {
  const emoji = '<p>Hooray <img class="emoji" alt="🎉" src="https://s.w.org/emoji/1f389.svg"></p>'
  expect(read(emoji).html).toBe('<p>Hooray 🎉</p>')
  const others =
    '<p><img class="wp-smiley" alt="smile" src="/s.gif"><img class="latex" alt="x" src="https://s0.wp.com/latex.php?latex=x"><img src="/a.jpg" alt="A"></p>'
  expect(read(others).html).toContain('s.gif')
  expect(read(others).image?.url).toBe('https://news.example/a.jpg')
})

test('the picture behind a cover is shown', () => {
  const cover =
    '<div class="wp-block-cover has-parallax" style="background-image:url(/bg.jpg)"><div><p>On it.</p></div></div>'
  expect(read(cover).html).toBe(
    '<div><img src="https://news.example/bg.jpg" alt=""><div><p>On it.</p></div></div>',
  )
})

test('Ghost: the picture behind a header is shown, and what asks for an address is not', () => {
  const header =
    '<div class="kg-card kg-header-card" data-background-image="/h.jpg" style="background-image: url(/h.jpg)"><h2>Head</h2></div>'
  expect(read(header).html).toBe('<div><img src="https://news.example/h.jpg" alt=""><h2>Head</h2></div>')
  expect(read('<div class="kg-card kg-signup-card"><h2>Sign up</h2><form></form></div>').html).toBe('')
})

test.each([
  ['AsciiMath', '<script type="math/asciimath">sum x</script>', '`sum x`'],
  ['MathML', '<script type="math/mml"><math><mi>w</mi></math></script>', '<math><mi>w</mi></math>'],
  ['TeX', '<script type="math/tex">a_1</script>', '\\(a_1\\)'],
])('a formula in a script is one: %s', (_, html, expected) => {
  expect(read(`<p>${html}</p>`).html).toBe(`<p>${expected}</p>`)
})

const box = (name: string, values: object, inside = '') =>
  `<div class="${name}" data-attrs="${JSON.stringify(values).replaceAll('"', '&quot;')}">${inside}</div>`

test.each([
  [
    'a post',
    box('tweet', { url: 'https://x.com/ann/status/1', full_text: 'Words <b>here</b>', name: 'Ann' }),
    '<blockquote><p>Words &lt;b&gt;here&lt;/b&gt;</p><p>— Ann (<a href="https://x.com/ann/status/1">https://x.com/ann/status/1</a>)</p></blockquote>',
  ],
  [
    'another letter',
    box('embedded-post-wrap', { url: 'https://a.substack.com/p/b', title: 'A letter' }),
    '<p><a href="https://a.substack.com/p/b">A letter</a></p>',
  ],
  [
    'a picture of Instagram’s',
    box('instagram', { instagram_id: 'AbC_1' }),
    '<p><a href="https://www.instagram.com/p/AbC_1/">https://www.instagram.com/p/AbC_1/</a></p>',
  ],
  ['a formula', box('latex-rendered', { persistentExpression: 'a_1 < b' }), '<p>\\[a_1 &lt; b\\]</p>'],
  [
    'what asks for an address',
    box('subscription-widget-wrap', { url: 'https://a.example' }, '<p>Subscribe</p>'),
    '',
  ],
  [
    'what holds words itself',
    box('x', { url: 'https://a.example' }, '<p>Words.</p>'),
    '<div><p>Words.</p></div>',
  ],
  ['what leads nowhere', box('tweet', { url: 'javascript:alert(1)', full_text: 'x' }), '<div></div>'],
])('Substack’s boxes show what stands in their attribute: %s', (_, html, expected) => {
  expect(read(html).html).toBe(expected)
})
