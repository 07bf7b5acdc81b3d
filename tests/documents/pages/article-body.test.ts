import { expect, test } from 'vitest'
import { pageBody } from '../../../src/documents/pages/article-body.ts'

const words = { task: { done: 'Done "so"', open: 'To do' } }
const image = {
  url: 'https://example.org/i.png?a=1&b=2',
  alt: '',
  type: null,
  length: null,
  width: 400,
  height: 300,
}

test.each([
  ['text', '<p>a &lt; b</p>', '<p>a &lt; b</p>'],
  [
    'code',
    '<pre class="language-js"><code>x</code></pre>',
    '<pre tabindex="0" class="language-js"><code>x</code></pre>',
  ],
  [
    'a table in a table',
    '<table><tr><td><table></table></td></tr></table><p></p><table></table>',
    '<div class="wide" tabindex="0"><table><tr><td><table></table></td></tr></table></div><p></p><div class="wide" tabindex="0"><table></table></div>',
  ],
  [
    'pictures: the first at once, others when they are near',
    '<img src="a" alt=""><img src="b" alt=""><img src="c" alt="" loading="eager">',
    '<img src="a" alt="" decoding="async"><img src="b" alt="" loading="lazy" decoding="async"><img src="c" alt="" loading="eager" decoding="async">',
  ],
  [
    'the picture whose size is known',
    '<img src="https://example.org/i.png?a=1&amp;b=2" alt="">',
    '<img src="https://example.org/i.png?a=1&amp;b=2" alt="" decoding="async" width="400" height="300">',
  ],
  [
    'a size that is given already',
    '<img src="https://example.org/i.png?a=1&amp;b=2" width="40">',
    '<img src="https://example.org/i.png?a=1&amp;b=2" width="40" decoding="async">',
  ],
  [
    'tasks',
    '<input type="checkbox" checked="" disabled=""><input type="checkbox" disabled="">',
    '<input type="checkbox" checked="" disabled="" aria-label="Done &quot;so&quot;"><input type="checkbox" disabled="" aria-label="To do">',
  ],
  ['a tag inside an attribute', '<p title="<pre><table><img>">x</p>', '<p title="<pre><table><img>">x</p>'],
  ['single quotes', "<p title='<pre>'>x</p><pre>", '<p title=\'<pre>\'>x</p><pre tabindex="0">'],
  ['a longer name', '<preview></preview><imgx>', '<preview></preview><imgx>'],
])('%s', (_, html, expected) => {
  expect(pageBody(html, image, words)).toBe(expected)
})
